use std::error::Error;

use subject::generated::client::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = HttpClient::new().with_api_key(std::env::var("GITHUB_TOKEN")?);
    println!("{:?}", client.users_get_authenticated().await?);
    println!("{:?}", client.meta_get().await?);
    println!("{:?}", client.repos_get("rust-lang", "rust").await?);
    Ok(())
}
