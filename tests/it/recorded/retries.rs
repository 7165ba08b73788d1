//! What is sent again, and what never is.

use std::time::{Duration, Instant};

use generated::{Error, Method};

use super::{SECRET, TOKEN_ID, account};
use crate::scripted::{Scripted, Wire};
use crate::server::Server;

#[tokio::test]
async fn a_create_turned_away_by_429_is_sent_again_after_the_time_asked_for() {
    let server = Server::play("rate_limited_then_created").await;
    let client = server.client();
    let start = Instant::now();
    let tokens = client.zero_trust().access().service_tokens();
    let token = tokens.create(account(), "CI/CD token").await.unwrap();
    server.assert_played();
    assert!(
        start.elapsed() >= Duration::from_secs(1),
        "Retry-After says one second"
    );
    assert_eq!(token.client_secret.expose_secret(), SECRET);
}

#[tokio::test]
async fn a_create_that_failed_inside_the_service_is_sent_once() {
    let server = Server::play("create_fails_with_500").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .await
        .unwrap_err();
    server.assert_played();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (500, 1)
    );
}

#[tokio::test]
async fn a_call_may_say_whether_twice_is_once() {
    let failed = Wire::Answer("500 Internal Server Error".to_owned(), Vec::new());
    let server = Scripted::start(failed).await;
    let client = server.client();
    let create = || {
        let tokens = client.zero_trust().access().service_tokens();
        tokens.create(account(), "CI/CD token").max_retries(1)
    };
    let delete = || client.request(Method::DELETE, "/things").max_retries(1);
    let attempts = [
        create().idempotent(true).await.unwrap_err().attempts(),
        create().idempotent(false).await.unwrap_err().attempts(),
        delete()
            .idempotent(false)
            .send::<()>()
            .await
            .unwrap_err()
            .attempts(),
        delete()
            .idempotent(true)
            .send::<()>()
            .await
            .unwrap_err()
            .attempts(),
    ];
    assert_eq!(attempts, [2, 1, 1, 2]);
    assert_eq!(server.reached(), 6);
}

#[tokio::test]
async fn a_rotate_that_failed_inside_the_service_is_sent_once() {
    let server = Server::play("rotate_fails_with_503").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .rotate(account(), TOKEN_ID)
        .await
        .unwrap_err();
    server.assert_played();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (503, 1)
    );
}

#[tokio::test]
async fn a_create_without_an_answer_is_sent_once_and_may_have_arrived() {
    let server = Server::play("create_without_answer").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .await
        .unwrap_err();
    server.assert_played();
    assert!(matches!(error, Error::MaybeSent(_)), "{error:?}");
    assert_eq!(error.was_sent(), None);
}

#[tokio::test]
async fn a_get_is_sent_again_after_502() {
    let server = Server::play("get_fails_then_succeeds").await;
    let client = server.client();
    client
        .zero_trust()
        .access()
        .service_tokens()
        .get(account(), TOKEN_ID)
        .await
        .unwrap();
    server.assert_played();
}

#[tokio::test]
async fn a_get_is_sent_again_after_a_broken_connection() {
    let server = Server::play("get_without_answer_then_succeeds").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let response = tokens
        .get(account(), TOKEN_ID)
        .with_response()
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(response.attempts(), 2);
}

#[tokio::test]
async fn the_limit_on_retries_is_the_callers() {
    let server = Server::always(503, "{}").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens
        .get(account(), TOKEN_ID)
        .max_retries(0)
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_deadline_ends_the_call() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = generated::Client::builder()
        .base_url(format!("http://{}", listener.local_addr().unwrap()))
        .credentials(generated::Credentials::api_token("test-token"))
        .build()
        .unwrap();
    let start = Instant::now();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens
        .create(account(), "name")
        .timeout(Duration::from_millis(200))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}
