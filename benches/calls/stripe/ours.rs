use std::error::Error;

use subject::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    println!("{:?}", client.account().get().await?);
    println!("{:?}", client.balance().get().await?);
    println!("{:?}", client.customers().get("cus_NffrFeUfNV2Hib").await?);
    Ok(())
}
