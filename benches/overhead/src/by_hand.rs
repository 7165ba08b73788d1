//! The create call as one writes it with reqwest and serde for the day: no retries, no limits, nothing kept secret.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct NewToken<'a> {
    name: &'a str,
    duration: &'a str,
}

#[derive(Deserialize)]
struct Envelope {
    success: bool,
    result: Option<Token>,
}

/// The fields that the emitted model has, and as what it has them.
#[derive(Deserialize)]
#[allow(
    dead_code,
    reason = "decoded to be compared with a model that has them"
)]
pub struct Token {
    id: Option<String>,
    client_id: String,
    name: Option<String>,
    duration: Option<String>,
    enabled: Option<bool>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    pub client_secret: String,
}

pub struct Client {
    http: reqwest::Client,
    base_url: String,
}

impl Client {
    pub fn new(base_url: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("overhead")
            .build()?;
        let base_url = base_url.to_owned();
        Ok(Self { http, base_url })
    }

    pub async fn create(&self, account_id: &str, name: &str) -> reqwest::Result<Option<Token>> {
        let url = format!(
            "{}/accounts/{account_id}/access/service_tokens",
            self.base_url
        );
        let new = NewToken {
            name,
            duration: "60m",
        };
        let request = self.http.post(url).bearer_auth("test-token").json(&new);
        let answer = request.send().await?.error_for_status()?;
        let envelope: Envelope = answer.json().await?;
        Ok(envelope.result.filter(|_| envelope.success))
    }
}
