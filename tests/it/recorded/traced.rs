//! What the crate `tracing` is told of calls: enough to find them again, and nothing that anybody gave.

use std::time::Duration;

use generated::{Client, Credentials, Method};
use tracing::Level;

use super::shown::{API_TOKEN, assert_hidden, telling};
use super::{SECRET, TOKEN_ID, account, logged};
use crate::captured::Captured;
use crate::scripted::Scripted;
use crate::server::Server;

const TEMPLATE: &str = "/{scope}/access/service_tokens/{service_token_id}";

#[tokio::test]
async fn a_call_is_a_span_with_one_for_each_attempt_inside() {
    let server = Server::play("get_fails_then_succeeds").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let captured = Captured::start();
    tokens.get(account(), TOKEN_ID).await.unwrap();
    let told = captured.of_the_sdk();
    let outline: Vec<(&str, &str, Level)> = told
        .iter()
        .map(|told| (told.name.as_str(), told.inside.as_str(), told.level))
        .collect();
    assert_eq!(
        outline,
        [
            ("call", "", Level::INFO),
            ("attempt", "call", Level::INFO),
            ("it waits to be sent again", "call", Level::INFO),
            ("attempt", "call", Level::INFO),
        ]
    );
    let authority = server.base_url.split('/').nth(2).unwrap();
    let (address, port) = authority.split_once(':').unwrap();
    let name = format!(
        "operation.name=account-service-tokens-get otel.kind=KIND otel.name=GET {TEMPLATE}"
    );
    let place = format!("server.address={address} server.port={port} url.template={TEMPLATE}");
    let good = format!(
        "http.request.method=GET http.request.resend_count=1 http.response.status_code=200 {name} {place}"
    );
    let bad = format!(
        "error.type=502 http.request.method=GET http.response.status_code=502 {name} otel.status_code=ERROR {place}"
    );
    assert_eq!(told[0].shown(), good.replace("KIND", "internal"));
    assert_eq!(told[1].shown(), bad.replace("KIND", "client"));
    assert_eq!(told[3].shown(), good.replace("KIND", "client"));
    let waited: f64 = told[2].fields["wait.seconds"].parse().unwrap();
    assert!((0.0..=0.5).contains(&waited));
    assert_eq!(told[2].fields["error.type"], "502");
}

#[tokio::test]
async fn a_path_and_a_method_of_the_callers_own_are_not_told() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let captured = Captured::start();
    let method = Method::from_bytes(b"SECRETLY").unwrap();
    let call = client.request(method, "/things/4711").query("key", "4712");
    call.send_raw().await.unwrap();
    let told = captured.of_the_sdk();
    assert_eq!(told[0].fields["otel.name"], "_OTHER");
    assert!(!told[0].fields.contains_key("url.template"));
    let text = format!("{told:?}");
    assert!(
        ["SECRETLY", "4711", "4712"]
            .iter()
            .all(|given| !text.contains(given)),
        "{text}"
    );
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_told() {
    let server = Server::play("create_of_wrong_kind").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let captured = Captured::start();
    tokens.create(account(), "CI/CD token").await.unwrap_err();
    let told = captured.of_the_sdk();
    let last = told.last().unwrap();
    assert_eq!(
        (last.name.as_str(), last.level),
        ("the answer can't be read", Level::WARN)
    );
    assert_eq!(
        last.shown(),
        "error.type=unreadable operation.name=account-service-tokens-create"
    );
}

/// At the finest level, with whatever the crates below have to say.
#[tokio::test]
async fn no_secret_is_told_by_anybody() {
    for wire in telling() {
        let server = Scripted::start(wire).await;
        let client = Client::builder()
            .base_url(&server.base_url)
            .credentials(Credentials::api_token(API_TOKEN))
            .default_header("x-more", API_TOKEN)
            .attempt_timeout(Duration::from_millis(300))
            .max_retries(1)
            .build()
            .unwrap();
        let captured = Captured::start();
        let tokens = client.zero_trust().access().service_tokens();
        let create = tokens.create(account(), SECRET).query("key", API_TOKEN);
        let error = create.await.unwrap_err();
        let list = tokens.list(account()).search(API_TOKEN).name(SECRET);
        list.stream().next().await.unwrap().unwrap_err();
        let raw = client.request(Method::POST, &format!("/{API_TOKEN}/{SECRET}"));
        let _ = raw.body_json(&SECRET).send_raw().await;
        let told = captured.all();
        assert!(
            told.iter().any(|told| told.name == "attempt"),
            "{}",
            logged(&error)
        );
        assert_hidden(&format!("{told:?}"));
    }
}
