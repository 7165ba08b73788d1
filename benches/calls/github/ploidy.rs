use std::error::Error;

use subject::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("GITHUB_TOKEN")?;
    let client = Client::new("https://api.github.com")?
        .with_sensitive_header("authorization", format!("Bearer {token}"))?;
    println!("{:?}", client.users_get_authenticated().await?);
    println!("{:?}", client.meta_get().await?);
    println!("{:?}", client.repos_get("rust-lang", "rust").await?);
    Ok(())
}
