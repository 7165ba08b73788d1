use std::error::Error;

use subject::Client;
use subject::client::default::parameters::AccountsListAccountsQuery;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("CLOUDFLARE_API_TOKEN")?;
    let client = Client::new("https://api.cloudflare.com/client/v4")?
        .with_sensitive_header("authorization", format!("Bearer {token}"))?;
    println!("{:?}", client.user_user_details().await?);
    println!("{:?}", client.accounts_list_accounts(&AccountsListAccountsQuery::default()).await?);
    println!("{:?}", client.zones_0_get("023e105f4ecef8ad9ca31a8372d0c353").await?);
    Ok(())
}
