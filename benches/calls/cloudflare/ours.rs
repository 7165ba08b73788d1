use std::error::Error;

use subject::{Client, ZoneId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    println!("{:?}", client.user().get().await?);
    println!("{:?}", client.accounts().list().await?);
    println!("{:?}", client.zones().get(ZoneId::new("023e105f4ecef8ad9ca31a8372d0c353")).await?);
    Ok(())
}
