use std::error::Error;

use subject::generated::client::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = HttpClient::new().with_api_key(std::env::var("STRIPE_API_KEY")?);
    println!("{:?}", client.get_account(None::<&str>, None).await?);
    println!("{:?}", client.get_balance(None::<&str>, None).await?);
    println!("{:?}", client.get_customers_customer("cus_NffrFeUfNV2Hib", None::<&str>, None).await?);
    Ok(())
}
