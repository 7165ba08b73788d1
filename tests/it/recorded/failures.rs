//! What goes wrong, and what the caller can know of it.

use generated::Error;

use super::{TOKEN_ID, account};
use crate::scripted::{Scripted, Wire};
use crate::server::Server;

#[tokio::test]
async fn a_refusal_says_why() {
    let server = Server::play("forbidden").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .await
        .unwrap_err();
    server.assert_played();
    assert!(error.is_forbidden());
    assert_eq!(error.request_id(), Some("8a1b2c3d4e5f-AMS"));
    assert_eq!(error.operation(), Some("account-service-tokens-create"));
    let refusal = error.as_service().unwrap();
    assert_eq!(refusal.status(), 403);
    let [why] = refusal.errors() else {
        panic!("one reason")
    };
    assert!(refusal.has_code(10000));
    assert_eq!(why.message, "Authentication error");
    assert_eq!(
        why.documentation_url.as_deref(),
        Some("https://developers.example.com/errors")
    );
    assert_eq!(why.source_pointer.as_deref(), Some("/name"));
    let text = error.to_string();
    assert!(
        text.contains("403") && text.contains("Authentication error"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::play("not_found").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .get(account(), TOKEN_ID)
        .await
        .unwrap_err();
    server.assert_played();
    assert!(error.is_not_found());
    assert_eq!(error.attempts(), 1, "404 stays 404");
}

#[tokio::test]
async fn success_false_is_an_error_even_with_200() {
    let server = Server::play("failure_with_200").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .get(account(), TOKEN_ID)
        .await
        .unwrap_err();
    server.assert_played();
    let refusal = error.as_service().unwrap();
    assert_eq!(refusal.status(), 200);
    assert_eq!(refusal.errors()[0].message, "something is off");
}

#[tokio::test]
async fn a_page_of_html_is_a_refusal_whose_text_stays_out_of_logs() {
    let server = Server::play("bad_gateway").await;
    let client = server.client();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .await
        .unwrap_err();
    server.assert_played();
    assert_eq!(error.status().unwrap(), 502);
    assert!(error.as_service().unwrap().errors().is_empty());
    assert!(!super::logged(&error).contains("token=abc"));
    assert!(error.raw_body().unwrap().starts_with(b"<html>"));
}

#[tokio::test]
async fn a_refused_connection_was_never_sent() {
    let server = Scripted::start(Wire::Refused).await;
    let client = server.client();
    let call = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .max_retries(1);
    let error = call.await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert_eq!(error.attempts(), 2, "what was never sent may be sent again");
}

#[tokio::test]
async fn a_value_that_would_leave_its_place_is_not_sent() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    for id in ["", ".", ".."] {
        let error = tokens.get(account(), id).await.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{id:?}: {error:?}");
    }
    let error = tokens
        .get(account(), TOKEN_ID)
        .header("x-bad", "a\r\nx-injected: b")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn any_text_stays_one_segment_of_the_path() {
    let server = Server::always(404, "{}").await;
    let client = server.client();
    let _ = client
        .zero_trust()
        .access()
        .service_tokens()
        .get(account(), "../a/b?c#d%2e ü")
        .await;
    let received = server.received();
    let id = received[0].path.rsplit('/').next().unwrap();
    assert_eq!(id, "..%2Fa%2Fb%3Fc%23d%252e%20%C3%BC");
}
