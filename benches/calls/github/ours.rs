use std::error::Error;

use subject::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    println!("{:?}", client.user().get().await?);
    println!("{:?}", client.meta().meta_get().await?);
    println!("{:?}", client.repos().get("rust-lang", "rust").await?);
    Ok(())
}
