//! Calls that `run.mjs` makes against a service of its own; each gives a text that says what came of it.

use std::time::Duration;

use generated::{AccountId, Client, Credentials, Error, Method};
use wasm_bindgen::prelude::wasm_bindgen;

fn client(base_url: &str) -> Result<Client, Error> {
    Client::builder()
        .base_url(base_url)
        .credentials(Credentials::api_token("test-token"))
        .attempt_timeout(Duration::from_millis(400))
        .max_retries(1)
        .build()
}

fn said<T: ToString>(outcome: Result<T, Error>) -> String {
    match outcome {
        Ok(value) => value.to_string(),
        Err(error) if error.is_timeout() => format!("timeout after {} attempts", error.attempts()),
        Err(error) => match error.status() {
            Some(status) => format!("{status}: {error}"),
            None => format!("sent: {:?}: {error}", error.was_sent()),
        },
    }
}

/// Creates a token; gives its secret.
#[wasm_bindgen]
pub async fn create(base_url: String, account: String) -> String {
    let create = async {
        let client = client(&base_url)?;
        let zero_trust = client.zero_trust();
        let tokens = zero_trust.access().service_tokens();
        let token = tokens.create(AccountId::new(account), "CI/CD token").await?;
        Ok(token.client_secret.expose_secret().to_owned())
    };
    said(create.await)
}

/// Reads a token; gives its name.
#[wasm_bindgen]
pub async fn get(base_url: String, account: String) -> String {
    let get = async {
        let client = client(&base_url)?;
        let zero_trust = client.zero_trust();
        let tokens = zero_trust.access().service_tokens();
        let token = tokens.get(AccountId::new(account), "token").await?;
        Ok(token.name.unwrap_or_default())
    };
    said(get.await)
}

/// Downloads piece by piece; gives how many bytes came.
#[wasm_bindgen]
pub async fn download(base_url: String, path: String) -> String {
    let download = async {
        let client = client(&base_url)?;
        let mut download = client.request(Method::GET, &path).download().await?;
        let mut length = 0;
        while let Some(piece) = download.next().await {
            length += piece?.len();
        }
        Ok(length)
    };
    said(download.await)
}

/// Reads server-sent events; gives their data, a line each.
#[wasm_bindgen]
pub async fn events(base_url: String, path: String) -> String {
    let events = async {
        let client = client(&base_url)?;
        let mut events = client.request(Method::GET, &path).stream_events();
        let mut data = Vec::new();
        while let Some(event) = events.next().await {
            data.push(event?.data);
        }
        Ok(data.join(" "))
    };
    said(events.await)
}
