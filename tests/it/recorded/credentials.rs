//! How a caller proves who they are.

use generated::{Client, Credentials, Error};

use super::{TOKEN_ID, account};
use crate::server::Server;

#[tokio::test]
async fn an_email_and_a_key_go_together() {
    let server = Server::play("api_key").await;
    let credentials = Credentials::api_key("user@example.com", "test-key");
    let client = server.builder().credentials(credentials).build().unwrap();
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
async fn without_credentials_nothing_is_sent() {
    let server = Server::always(200, "{}").await;
    let client = server.builder().build().unwrap();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "name")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert_eq!(error.was_sent(), Some(false));
    let text = error.to_string();
    for variable in [
        "CLOUDFLARE_API_TOKEN",
        "CLOUDFLARE_EMAIL",
        "CLOUDFLARE_API_KEY",
    ] {
        assert!(text.contains(variable), "{text}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn credentials_dont_travel_in_the_clear() {
    let client = Client::builder()
        .base_url("http://service.example.com")
        .credentials(Credentials::api_token("test-token"))
        .build()
        .unwrap();
    let error = client
        .zero_trust()
        .access()
        .service_tokens()
        .get(account(), TOKEN_ID)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert!(!super::logged(&error).contains("test-token"));
}

#[test]
fn credentials_and_clients_show_no_secret() {
    let credentials = Credentials::api_key("user@example.com", "test-key");
    assert!(!format!("{credentials:?}").contains("test-key"));
    let client = Client::new(credentials).unwrap();
    assert!(!format!("{client:?}").contains("test-key"));
}

#[test]
fn clients_go_anywhere() {
    fn check<T: Clone + Send + Sync + 'static>() {}
    check::<Client>();
    check::<Credentials>();
}

#[tokio::test]
async fn a_host_that_is_named_gets_credentials_in_the_clear_and_no_other_does() {
    let refused = |host: &str| {
        let client = Client::builder()
            .base_url("http://service.invalid")
            .allow_insecure_http(host)
            .credentials(Credentials::api_token("test-token"))
            .max_retries(0)
            .build()
            .unwrap();
        async move {
            let tokens = client.zero_trust().access().service_tokens();
            let error = tokens.get(account(), TOKEN_ID).await.unwrap_err();
            error.to_string().contains("unencrypted")
        }
    };
    assert!(refused("other.invalid").await);
    assert!(!refused("Service.invalid").await);
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let elsewhere = Server::always(200, "{}").await;
    let location = format!("{}/stolen?token=abc", elsewhere.base_url);
    let server = Server::redirecting(&location).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens.get(account(), TOKEN_ID).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert!(!super::logged(&error).contains("token=abc"));
    assert!(elsewhere.received().is_empty());
    assert_eq!(server.received().len(), 1);
}
