//! Calls every operation and prints a line of JSON about each: the other half of `contract`.

#![allow(dead_code, unused_imports, deprecated, reason = "a small document needs less")]

mod calls;

use std::future::Future;
use std::pin::Pin;

use sdk::{CallFuture, Client, Credentials, Error, HeaderMap, Response};

/// One operation with its arguments.
struct Call {
    id: &'static str,
    /// Index into `calls::credentials`.
    credential: usize,
    send: for<'c> fn(&'c Client) -> Result<Pending<'c>, String>,
}

type Pending<'c> = Pin<Box<dyn Future<Output = Result<HeaderMap, Error>> + 'c>>;

/// Sends a call; of a decoded answer only the headers are of interest.
fn decoded<'c, T: 'c>(call: CallFuture<'c, Response<T>>) -> Pending<'c> {
    Box::pin(async move { call.await.map(|response| response.headers().clone()) })
}

/// An argument by its JSON.
fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("the argument type {} doesn't take {text}: {error}", std::any::type_name::<T>()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let base_url = std::env::args().nth(1).expect("a base URL");
    let examples = clients(|| client(&base_url));
    let made = clients(|| client(&base_url).default_header("Prefer", "dynamic=true"));
    for call in calls::CALLS.iter().copied().flatten() {
        let result = called(call, &examples).await;
        // An example that can't be read may not be of its own schema: what the mock server makes of that is.
        let again = match result["outcome"].as_str() {
            Some("unreadable") => Some(called(call, &made).await),
            _ => None,
        };
        println!("{}", serde_json::json!({ "id": call.id, "result": result, "again": again }));
    }
}

fn client(base_url: &str) -> sdk::ClientBuilder {
    Client::builder().base_url(base_url).max_retries(0)
}

/// A client for each way to prove who calls; one where there is none.
fn clients(new: impl Fn() -> sdk::ClientBuilder) -> Vec<Client> {
    let mut clients: Vec<Client> = calls::credentials()
        .into_iter()
        .map(|credentials| new().credentials(credentials).build().expect("a client"))
        .collect();
    if clients.is_empty() {
        clients.push(new().build().expect("a client"));
    }
    clients
}

async fn called(call: &Call, clients: &[Client]) -> serde_json::Value {
    let mut result = sent(call, clients).await;
    // The mock server closes idle connections, sometimes with a request on its way. It keeps nothing of what it was sent.
    if let Ok(Err(Error::MaybeSent(_))) = result {
        result = sent(call, clients).await;
    }
    match result {
        Ok(result) => outcome(result),
        Err(message) => serde_json::json!({ "outcome": "not called", "message": message }),
    }
}

async fn sent(call: &Call, clients: &[Client]) -> Result<Result<HeaderMap, Error>, String> {
    Ok((call.send)(&clients[call.credential])?.await)
}

fn outcome(result: Result<HeaderMap, Error>) -> serde_json::Value {
    let (outcome, message, path, headers) = match &result {
        Ok(headers) => ("decoded", String::new(), "", Some(headers)),
        Err(Error::Unreadable(error)) => {
            ("unreadable", error.message().to_owned(), error.path(), Some(error.headers()))
        }
        Err(Error::Service(error)) => {
            let body = String::from_utf8_lossy(error.raw_body()).into_owned();
            ("refused", body, "", Some(error.headers()))
        }
        Err(error) => ("not sent", error.to_string(), "", None),
    };
    let status = result.as_ref().err().and_then(Error::status).map(|status| status.as_u16());
    let violations = headers
        .and_then(|headers| headers.get("sl-violations"))
        .and_then(|value| serde_json::from_slice::<serde_json::Value>(value.as_bytes()).ok());
    serde_json::json!({
        "outcome": outcome, "status": status, "message": message, "path": path, "violations": violations
    })
}
