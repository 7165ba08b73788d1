//! What callers get of a recording: what they got of the service, in order, and a clear error for anything else.

use generated::{AccountId, Client, Error, Method, Recorder, Replay, StatusCode};
use serde_json::json;

use super::{SECRET, kind, offline, recorded, replay};
use crate::scripted::{Scripted, Wire};
use crate::server::{Server, recording};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const TOKEN_ID: &str = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";

#[tokio::test]
async fn a_recording_of_the_other_tests_is_replayed() {
    let replay = Replay::from_json(&recording("create_documented")).unwrap();
    let client = offline(&replay);
    let tokens = client.zero_trust().access().service_tokens();
    let create = || tokens.create(AccountId::new(ACCOUNT), "CI/CD token");
    assert_eq!(replay.remaining(), 1);
    let created = create().duration("60m").with_response().await.unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    assert_eq!(created.request_id(), Some("8a1b2c3d4e5f-AMS"));
    assert_eq!(created.value().client_secret.expose_secret(), SECRET);
    assert_eq!(replay.remaining(), 0);
}

/// Every recording that our own server plays is one for `Replay`, and the other way round.
#[tokio::test]
async fn what_the_recorder_writes_is_what_a_server_can_play() {
    for name in [
        "get_fails_then_succeeds",
        "get_without_answer_then_succeeds",
        "rate_limited_then_created",
    ] {
        let server = Server::play(name).await;
        let recorder = Recorder::new();
        let client = recorded(server.builder(), &recorder);
        let expected = call(name, &client).await;
        let text = recorder.to_json();
        let replay = Replay::from_json(&text).unwrap();
        assert_eq!(call(name, &offline(&replay)).await, expected, "{text}");
        assert_eq!(replay.remaining(), 0);
        let server = Server::play_text(&text).await;
        assert_eq!(call(name, &server.client()).await, expected, "{text}");
        server.assert_played();
    }
}

async fn call(name: &str, client: &Client) -> String {
    let tokens = client.zero_trust().access().service_tokens();
    if name.starts_with("get") {
        let got = tokens
            .get(AccountId::new(ACCOUNT), TOKEN_ID)
            .with_response()
            .await
            .unwrap();
        return format!(
            "{:?} {} {:?}",
            got.value(),
            got.attempts(),
            got.request_id()
        );
    }
    let got = tokens
        .create(AccountId::new(ACCOUNT), "CI/CD token")
        .with_response()
        .await
        .unwrap();
    format!(
        "{:?} {} {:?}",
        got.value(),
        got.attempts(),
        got.request_id()
    )
}

#[tokio::test]
async fn what_went_wrong_goes_wrong_again() {
    let wires = [
        Wire::Refused,
        Wire::Reset(Vec::new()),
        Wire::Reset(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf of it".to_vec()),
        Wire::Stall(Vec::new()),
        Wire::Answer("503 Busy\r\nretry-after: 0".to_owned(), b"busy".to_vec()),
    ];
    for wire in wires {
        let server = Scripted::start(wire.clone()).await;
        let recorder = Recorder::new();
        let builder = Client::builder()
            .base_url(&server.base_url)
            .attempt_timeout(std::time::Duration::from_millis(300));
        let before = whole(&recorded(builder, &recorder)).await;
        let replay = replay(&recorder);
        assert_eq!(whole(&offline(&replay)).await, before, "{wire:?}");
        assert_eq!(replay.unused(), [""; 0], "{wire:?}");
    }
}

type Seen = Result<(u16, String), ((String, u32), bool, Option<Vec<u8>>)>;

async fn whole(client: &Client) -> Seen {
    let answer = client.request(Method::GET, "/x").send_raw().await;
    let seen = |error: Error| {
        let body = error.raw_body().map(|body| body.to_vec());
        (kind(&error), error.is_timeout(), body)
    };
    answer
        .map(|answer| (answer.status().as_u16(), answer.text().into_owned()))
        .map_err(seen)
}

#[tokio::test]
async fn equal_requests_are_answered_in_order() {
    let server = Server::in_turn(vec![json!({"n": 1}), json!({"n": 2}), json!({"n": 3})]).await;
    let recorder = Recorder::new();
    let client = recorded(server.builder(), &recorder);
    let ask = async |client: &Client, query: &str| {
        let request = client.request(Method::GET, "/things").query("page", query);
        request
            .send_raw()
            .await
            .unwrap()
            .json::<serde_json::Value>()
            .unwrap()["n"]
            .clone()
    };
    for (query, number) in [("a", 1), ("b", 2), ("a", 3)] {
        assert_eq!(ask(&client, query).await, number);
    }
    let client = offline(&replay(&recorder));
    for (query, number) in [("a", 1), ("a", 3), ("b", 2)] {
        assert_eq!(ask(&client, query).await, number);
    }
}

#[tokio::test]
async fn what_isnt_recorded_is_refused_at_once_and_the_nearest_is_named() {
    let text = json!({"about": "", "exchanges": [
        {"request": {"method": "POST", "path": "/things/7?a=1&key=[redacted]", "headers": {}, "body": {"name": "x", "password": "[redacted]"}},
         "response": {"status": 204, "headers": {}}},
    ]});
    let replay = Replay::from_json(&text.to_string()).unwrap();
    let client = offline(&replay);
    let ask = |path: &'static str, query: &'static [(&str, &str)], name: &str| {
        let body = json!({"name": name, "password": SECRET});
        let request = client.request(Method::POST, path).body_json(&body);
        let request = query
            .iter()
            .fold(request, |request, (name, value)| request.query(name, value));
        request.send_raw()
    };
    let near = "the nearest, POST /things/7?a=1&key=[redacted], ";
    for (path, query, name, why) in [
        (
            "/other",
            &[("password", SECRET)][..],
            "x",
            "/other?password=[redacted]: NEAR has another path",
        ),
        (
            "/things/7",
            &[("key", SECRET), ("a", "2")],
            "x",
            "/things/7?key=[redacted]&a=2: NEAR has another query",
        ),
        (
            "/things/7",
            &[("key", SECRET), ("a", "1")],
            "y",
            "/things/7?key=[redacted]&a=1: NEAR has another body, at /name",
        ),
    ] {
        let error = ask(path, query, name).await.unwrap_err();
        let expected = format!(
            "POST {path} was not sent: nothing recorded answers POST {}",
            why.replace("NEAR ", near)
        );
        assert_eq!(error.to_string(), expected);
        assert_eq!(
            (kind(&error), error.was_sent()),
            (("NotSent".to_owned(), 1), Some(false))
        );
        assert!(!format!("{error:?}").contains(SECRET));
    }
    assert_eq!(replay.unused(), ["POST /things/7?a=1&key=[redacted]"]);
    let query = &[("a", "1"), ("key", SECRET)];
    ask("/things/7", query, "x").await.unwrap();
    assert_eq!(replay.remaining(), 0);
    let error = ask("/things/7", query, "x").await.unwrap_err();
    assert!(
        error.to_string().ends_with("was asked for already"),
        "{error}"
    );
}

#[test]
fn what_is_no_recording_says_where() {
    let exchange = |response: serde_json::Value| {
        json!({"exchanges": [{"request": {"method": "GET", "path": "/"}, "response": response}]})
            .to_string()
    };
    for (text, why) in [
        ("{".to_owned(), "it isn't JSON"),
        ("{}".to_owned(), "it has no list of `exchanges`"),
        (
            exchange(json!({})),
            "exchange 0: its response has no `status`",
        ),
        (
            exchange(json!({"status": "x"})),
            "exchange 0: its `status` isn't a status",
        ),
        (
            exchange(json!({"fault": "x"})),
            "exchange 0: its `fault` isn't one of those that are known",
        ),
        (
            exchange(json!({"status": 200, "base64": "!"})),
            "exchange 0: `base64` isn't base64",
        ),
        (
            exchange(json!({"status": 200, "headers": {"a": 1}})),
            "exchange 0: its `headers` aren't texts by name",
        ),
    ] {
        let error = Replay::from_json(&text).unwrap_err();
        let expected = format!("the recording can't be read: {why}");
        assert!(error.to_string().contains(&expected), "{error}");
    }
}
