//! A secret that is shown once: never lost, never shown a second time.

use generated::Error;
use generated::Exposed;

use super::{SECRET, account, logged};
use crate::server::Server;

async fn failing_create(recording: &str) -> Error {
    let server = Server::play(recording).await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .await
        .unwrap_err();
    server.assert_played();
    error
}

#[track_caller]
fn assert_kept_and_hidden(error: &Error, secret: &str) {
    assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
    assert_eq!(error.was_sent(), Some(true));
    let body = String::from_utf8_lossy(error.raw_body().unwrap());
    assert!(body.contains(secret), "the secret is lost");
    let text = logged(error);
    assert!(!text.contains(secret), "the secret is shown: {text}");
    assert!(
        text.contains("raw_body"),
        "the way to the secret isn't told: {text}"
    );
}

#[tokio::test]
async fn truncated_json_after_a_create_keeps_the_secret() {
    assert_kept_and_hidden(&failing_create("create_truncated").await, SECRET);
}

#[tokio::test]
async fn a_connection_that_ends_in_the_body_keeps_the_secret() {
    assert_kept_and_hidden(&failing_create("create_cut_off").await, SECRET);
}

#[tokio::test]
async fn a_secret_of_the_wrong_kind_is_kept_and_hidden() {
    let error = failing_create("create_of_wrong_kind").await;
    assert_kept_and_hidden(&error, "123456789");
    assert!(
        error.to_string().contains("/result/client_secret"),
        "{error}"
    );
}

#[tokio::test]
async fn a_token_shows_no_secret_and_serialises_none_unasked() {
    let server = Server::play("create_documented").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let response = tokens
        .create(account(), "CI/CD token")
        .duration("60m")
        .with_response()
        .await
        .unwrap();
    assert!(!format!("{response:?} {response:#?}").contains(SECRET));
    let token = response.into_value();
    assert!(!format!("{token:?} {token:#?}").contains(SECRET));
    assert!(format!("{token:?}").contains("[redacted]"));
    let refused = serde_json::to_string(&token).unwrap_err();
    assert!(!refused.to_string().contains(SECRET));
    let exposed = serde_json::to_string(&Exposed(&token)).unwrap();
    assert!(exposed.contains(SECRET));
    let read: generated::zero_trust::access::service_tokens::ServiceTokenWithSecret =
        serde_json::from_str(&exposed).unwrap();
    assert_eq!(read, token);
}

#[tokio::test]
async fn a_raw_answer_shows_no_secret() {
    let server = Server::play("create_documented").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let raw = tokens
        .create(account(), "CI/CD token")
        .duration("60m")
        .send_raw()
        .await
        .unwrap();
    assert!(!format!("{raw:?}").contains(SECRET));
    assert!(raw.text().contains(SECRET));
}
