//! No form of any public value or error shows a credential or a secret of the service.

use std::fmt::{Debug, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use generated::{Client, Credentials, Error, Exposed, Method, Part, Recorder, Replay, Secret};

use super::{SECRET, TOKEN_ID, account, logged};
use crate::scripted::{Scripted, Wire};
use crate::server::Server;

/// Another one than the service's secret, so that a test tells which of them is shown.
pub(super) const API_TOKEN: &str = "v1.0-7f3c9a-api-token-never-to-be-shown";

/// A recording that somebody wrote by hand, with a secret in it.
const EXCHANGE: &str = r#"{"about": "", "exchanges": [{
    "request": {"method": "GET", "path": "/x?v1.0-7f3c9a-api-token-never-to-be-shown", "headers": {}},
    "response": {"status": 200, "headers": {}, "text": "v1.0-7f3c9a-api-token-never-to-be-shown"}
}]}"#;

#[track_caller]
pub(super) fn assert_hidden(text: &str) {
    for secret in [SECRET, API_TOKEN] {
        assert!(!text.contains(secret), "shown: {text}");
    }
}

fn both(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

#[test]
fn what_is_set_up_with_a_credential_shows_none() {
    let builder = Client::builder()
        .base_url("https://service.example.com")
        .default_header("x-more", API_TOKEN)
        .credentials(Credentials::api_key(API_TOKEN, API_TOKEN));
    let client = builder.clone().build().unwrap();
    let tokens = client.zero_trust().access().service_tokens();
    let mut text = String::new();
    for value in [
        &builder as &dyn Debug,
        &client,
        &Credentials::api_token(API_TOKEN),
        &Secret::new(API_TOKEN),
        &tokens.list(account()).search(API_TOKEN),
        &tokens
            .get(account(), API_TOKEN)
            .header("authorization", API_TOKEN),
        &tokens
            .create(account(), API_TOKEN)
            .body_field("x", API_TOKEN),
        &tokens.update(account(), TOKEN_ID).query("x", API_TOKEN),
        &tokens
            .delete(account(), TOKEN_ID)
            .body_bytes("text/plain", API_TOKEN),
        &client
            .request(Method::POST, "/x")
            .body_json(&API_TOKEN)
            .query("x", API_TOKEN),
        &Part::from(API_TOKEN),
        &Recorder::new().about(API_TOKEN),
        &Recorder::new().around(Arc::new(Replay::from_json(EXCHANGE).unwrap())),
        &Replay::from_json(EXCHANGE).unwrap(),
    ] {
        writeln!(text, "{}", both(value)).unwrap();
    }
    assert_hidden(&text);
}

#[test]
fn what_cannot_be_set_up_doesnt_say_with_which_credential() {
    let broken = format!("{API_TOKEN}\n");
    let builders = [
        Client::builder().base_url(format!("https://user:{API_TOKEN}@service.example.com")),
        Client::builder().base_url(format!("https://service.example.com?{API_TOKEN}")),
        Client::builder().base_url(API_TOKEN),
        Client::builder().default_header("x-more", &broken),
        Client::builder().default_header(&broken, "x"),
        Client::builder().user_agent(broken),
    ];
    for builder in builders {
        assert_hidden(&both(&builder));
        assert_hidden(&logged(&builder.build().unwrap_err()));
    }
}

/// What a service does that says the secrets wherever it can.
pub(super) fn telling() -> Vec<Wire> {
    let answer = |head: &str, body: String| Wire::Answer(head.to_owned(), body.into_bytes());
    let page = format!("<html>{API_TOKEN} {SECRET}</html>");
    vec![
        Wire::Refused,
        Wire::Reset(Vec::new()),
        Wire::Reset(format!("HTTP/1.1 200 OK\r\n{SECRET}\0: {API_TOKEN}\r\n\r\n").into_bytes()),
        Wire::Stall(format!("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{SECRET}").into_bytes()),
        answer(
            &format!("200 {SECRET}\r\nset-cookie: {API_TOKEN}"),
            page.clone(),
        ),
        answer("502 Bad Gateway\r\ncontent-type: text/html", page),
        answer(
            &format!("307 Go\r\nlocation: https://{SECRET}@a.example/?{API_TOKEN}"),
            String::new(),
        ),
        answer(
            "200 OK",
            format!(r#"{{"success": true, "result": {{"id": ["{SECRET}"]}}}}"#),
        ),
        answer(
            "200 OK",
            format!(r#"{{"success": true, "result": "{SECRET}"}}"#),
        ),
        answer(
            "200 OK",
            format!(r#"{{"success": true, "{SECRET}": {API_TOKEN}"#),
        ),
    ]
}

/// Every kind of error.
#[tokio::test]
async fn errors_show_nothing_that_was_sent_or_answered() {
    for wire in telling() {
        let server = Scripted::start(wire.clone()).await;
        let client = Client::builder()
            .base_url(&server.base_url)
            .credentials(Credentials::api_token(API_TOKEN))
            .attempt_timeout(std::time::Duration::from_secs(1))
            .max_retries(0)
            .build()
            .unwrap();
        let tokens = client.zero_trust().access().service_tokens();
        let call = tokens.create(account(), SECRET).query("key", API_TOKEN);
        let error: Error = call.await.unwrap_err();
        assert_hidden(&logged(&error));
        assert!(
            error.to_string().contains("account-service-tokens-create"),
            "{error}"
        );
        // What `unwrap` says of it.
        let unwrap = |outcome: Result<(), Error>| outcome.unwrap();
        let panic = catch_unwind(AssertUnwindSafe(|| unwrap(Err(error)))).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert!(message.contains("account-service-tokens-create"));
        assert_hidden(message);
    }
}

/// `No such token: …`, say some.
#[tokio::test]
async fn a_credential_that_the_service_repeats_is_hidden_in_its_messages() {
    let message = format!(r#"[{{"code": 1, "message": "no token {API_TOKEN}!"}}]"#);
    let refused = format!(r#"{{"success": false, "errors": {message}}}"#);
    let told = format!(r#"{{"success": true, "result": {{"id": "a"}}, "messages": {message}}}"#);
    let client = |server: &Scripted| {
        Client::builder()
            .base_url(&server.base_url)
            .credentials(Credentials::api_token(API_TOKEN))
            .build()
            .unwrap()
    };
    let server = Scripted::start(Wire::Answer("403 No".to_owned(), refused.into_bytes())).await;
    let no = client(&server);
    let tokens = no.zero_trust().access().service_tokens();
    let error = tokens.get(account(), TOKEN_ID).await.unwrap_err();
    assert_hidden(&logged(&error));
    assert!(
        error.to_string().contains("no token [redacted]!"),
        "{error}"
    );
    assert!(String::from_utf8_lossy(error.raw_body().unwrap()).contains(API_TOKEN));
    let server = Scripted::start(Wire::Answer("200 Yes".to_owned(), told.into_bytes())).await;
    let yes = client(&server);
    let tokens = yes.zero_trust().access().service_tokens();
    let response = tokens
        .get(account(), TOKEN_ID)
        .with_response()
        .await
        .unwrap();
    let messages = response.messages();
    assert_eq!(messages[0].message, "no token [redacted]!");
    assert_hidden(&both(&response));
}

#[tokio::test]
async fn a_secret_stays_hidden_until_it_is_asked_for() {
    let server = Server::play("create_documented").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let response = tokens
        .create(account(), "CI/CD token")
        .duration("60m")
        .with_response()
        .await
        .unwrap();
    assert_hidden(&both(&response));
    assert_hidden(&both(response.value()));
    let wrong = response.member::<u8>("/result/client_secret").unwrap_err();
    assert_hidden(&logged(&wrong));
    let token = response.into_value();
    assert_hidden(&both(&token));
    let unasked = serde_json::to_string(&token).unwrap_err();
    assert_hidden(&format!("{unasked}{}", both(&unasked)));
    assert!(
        serde_json::to_string(&Exposed(&token))
            .unwrap()
            .contains(SECRET)
    );
}

#[test]
fn secrets_are_compared_by_every_byte() {
    let secret = Secret::new(SECRET);
    assert_eq!(secret, Secret::from(SECRET));
    for index in 0..SECRET.len() {
        let mut other = SECRET.to_owned();
        other.replace_range(index..=index, "!");
        assert_ne!(secret, Secret::new(other), "byte {index}");
    }
    assert_ne!(secret, Secret::new(&SECRET[1..]));
    assert_ne!(secret, Secret::default());
}
