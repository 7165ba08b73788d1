use std::error::Error;

use subject::Client;
use subject::client::default::parameters::{GetAccountQuery, GetBalanceQuery, GetCustomersCustomerQuery};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = std::env::var("STRIPE_API_KEY")?;
    let client = Client::new("https://api.stripe.com")?
        .with_sensitive_header("authorization", format!("Bearer {token}"))?;
    println!("{:?}", client.get_account(&GetAccountQuery::default(), serde_json::Value::Null).await?);
    println!("{:?}", client.get_balance(&GetBalanceQuery::default(), serde_json::Value::Null).await?);
    println!("{:?}", client.get_customers_customer("cus_NffrFeUfNV2Hib", &GetCustomersCustomerQuery::default(), serde_json::Value::Null).await?);
    Ok(())
}
