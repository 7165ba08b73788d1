use std::error::Error;

use subject::generated::client::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = HttpClient::new().with_api_key(std::env::var("CLOUDFLARE_API_TOKEN")?);
    println!("{:?}", client.user_user_details().await?);
    println!("{:?}", client.accounts_list_accounts(None::<&str>, None, None, None).await?);
    println!("{:?}", client.zones_0_get("023e105f4ecef8ad9ca31a8372d0c353").await?);
    Ok(())
}
