//! Whatever can go wrong on the wire, for every kind of method: what the caller is told, how often the request
//! reached the service, and that it ends in time. The table stands in the README of every SDK.

use std::path::Path;
use std::time::{Duration, Instant};

use generated::{AccountId, Client, Credentials, Error, JsonValue};

use crate::scripted::{Scripted, Wire};

/// Short, so that the tests are; long enough for a machine under load to connect.
const TIMEOUT: Duration = Duration::from_millis(2000);

/// Two waits of backoff at their longest, two of `Retry-After`, and what a machine under load needs.
const SLACK: Duration = Duration::from_secs(9);

const METHODS: [&str; 4] = ["GET", "PUT", "DELETE", "POST"];

/// What happens, and what goes over the wire.
fn faults() -> Vec<(&'static str, Wire)> {
    let answer = |head: &str, body: &str| Wire::Answer(head.to_owned(), body.as_bytes().to_vec());
    let json = |status: &str| answer(&format!("{status}\r\ncontent-type: application/json"), "{}");
    let html = |status: &str| {
        answer(
            &format!("{status}\r\ncontent-type: text/html"),
            "<html>no</html>",
        )
    };
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(2);
    let soon = soon.strftime("%a, %d %b %Y %H:%M:%S GMT");
    vec![
        ("connection refused", Wire::Refused),
        (
            "connection reset before the answer",
            Wire::Reset(Vec::new()),
        ),
        (
            "connection reset within the body",
            Wire::Reset(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"success\":".to_vec()),
        ),
        (
            "headers too slow: attempt timeout",
            Wire::Stall(b"HTTP/1.1 200 OK\r\n".to_vec()),
        ),
        (
            "body stands still: idle timeout",
            Wire::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"success\":".to_vec()),
        ),
        (
            "200, truncated JSON",
            answer(
                "200 OK\r\ncontent-type: application/json",
                "{\"success\":tr",
            ),
        ),
        ("200, HTML", html("200 OK")),
        ("200, empty", answer("200 OK", "")),
        (
            "307 to the same origin",
            answer("307 Elsewhere\r\nlocation: /elsewhere", ""),
        ),
        (
            "307 to another origin",
            answer("307 Elsewhere\r\nlocation: http://127.0.0.1:9/", ""),
        ),
        ("408", json("408 Request Timeout")),
        ("409", json("409 Conflict")),
        ("425", json("425 Too Early")),
        (
            "429, `Retry-After` in seconds",
            json("429 Too Many Requests\r\nretry-after: 1"),
        ),
        (
            "429, `Retry-After` as a date",
            json(&format!("429 Too Many Requests\r\nretry-after: {soon}")),
        ),
        (
            "429, `Retry-After` beyond a minute",
            json("429 Too Many Requests\r\nretry-after: 61"),
        ),
        ("500", json("500 Internal Server Error")),
        (
            "500, `x-should-retry: false`",
            json("500 No\r\nx-should-retry: false"),
        ),
        (
            "500, `x-should-retry: true`",
            json("500 No\r\nx-should-retry: true"),
        ),
        ("502, HTML", html("502 Bad Gateway")),
        ("503", json("503 Service Unavailable")),
        (
            "503, `Retry-After`",
            json("503 Service Unavailable\r\nretry-after: 0"),
        ),
        ("504", json("504 Gateway Timeout")),
        (
            "gzip that unpacks to more than the bound",
            Wire::Answer(
                "200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip".to_owned(),
                gzip_bomb(),
            ),
        ),
        (
            "10 GB announced",
            Wire::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n{".to_vec()),
        ),
        (
            "header with invalid bytes",
            Wire::Reset(b"HTTP/1.1 200 OK\r\nx-bad: a\0b\r\ncontent-length: 2\r\n\r\n{}".to_vec()),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_faults_is_what_happens() {
    let mut prepared = Vec::new();
    for (name, wire) in faults() {
        // Setting up clients is slow: none of them waits for another while its time runs.
        for method in METHODS {
            prepared.push((name, method, prepare(wire.clone()).await));
        }
    }
    let running: Vec<_> = prepared
        .into_iter()
        .map(|(name, method, (server, client))| (name, tokio::spawn(cell(method, server, client))))
        .collect();
    let mut table =
        String::from("| what happens | GET | PUT | DELETE | POST |\n|---|---|---|---|---|\n");
    let mut row = "";
    for (name, cell) in running {
        if name != row {
            table.push_str(if row.is_empty() { "| " } else { "\n| " });
            table.push_str(name);
            table.push_str(" |");
            row = name;
        }
        table.push_str(&format!(" {} |", cell.await.unwrap()));
    }
    table.push('\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/faults.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert_eq!(
        table,
        std::fs::read_to_string(&path).unwrap(),
        "UPDATE_EXPECT=1 accepts it"
    );
}

async fn prepare(wire: Wire) -> (Scripted, Client) {
    let server = Scripted::start(wire).await;
    let client = Client::builder()
        .base_url(&server.base_url)
        .credentials(Credentials::api_token("test-token"))
        .attempt_timeout(TIMEOUT)
        .idle_timeout(TIMEOUT / 2)
        .max_response_bytes(1024 * 1024)
        .build()
        .unwrap();
    (server, client)
}

/// The error, and how often the request arrived.
async fn cell(method: &str, server: Scripted, client: Client) -> String {
    let start = Instant::now();
    let error = call(&client, method).await.unwrap_err();
    let elapsed = start.elapsed();
    assert!(
        elapsed < 3 * TIMEOUT + SLACK,
        "{method} took {elapsed:?}: {error:?}"
    );
    assert!(error.elapsed() <= elapsed);
    assert!(
        error.attempts() as usize >= server.reached(),
        "{method}, reached {}: {error:?}",
        server.reached()
    );
    assert_eq!(error.method().unwrap().as_str(), method);
    assert!(error.operation().is_some() && error.path().unwrap().contains("/access/"));
    let class = match error {
        Error::NotSent(_) => "NotSent",
        Error::MaybeSent(_) => "MaybeSent",
        Error::Service(_) => "Service",
        Error::Unreadable(_) => "Unreadable",
        _ => "another",
    };
    format!("`{class}` {}×", server.reached())
}

async fn call(client: &Client, method: &str) -> Result<JsonValue, Error> {
    let tokens = client.zero_trust().access().service_tokens();
    let (account, id) = (AccountId::new("a"), "id");
    match method {
        "GET" => tokens.get(account, id).await.map(drop),
        "PUT" => tokens.update(account, id).await.map(drop),
        "DELETE" => tokens.delete(account, id).await.map(drop),
        _ => tokens.create(account, "name").await.map(drop),
    }
    .map(|()| JsonValue::Null)
}

/// Zeros without end, nearly: a gzip stream (RFC 1952) of one block with fixed codes (RFC 1951, section
/// 3.2.6), a zero and then 258 repetitions of what came before it for every 13 bits.
fn gzip_bomb() -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    let mut push = |code: &str| bits.extend(code.chars().map(|bit| bit == '1'));
    push("00110000");
    for _ in 0..20_000 {
        push("1100010100000");
    }
    push("0000000");
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend(bits.chunks(8).map(|bits| {
        bits.iter()
            .rev()
            .fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit))
    }));
    bytes
}

#[tokio::test]
async fn what_a_transport_decompresses_is_bounded_too() {
    let head = "200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip".to_owned();
    let (_server, client) = prepare(Wire::Answer(head, gzip_bomb())).await;
    let error = call(&client, "GET").await.unwrap_err();
    assert!(
        error.to_string().contains("larger than 1048576 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn dropping_a_call_stops_its_waits_too() {
    let busy = "429 Too Many Requests\r\nretry-after: 1".to_owned();
    let server = Scripted::start(Wire::Answer(busy, b"{}".to_vec())).await;
    let client = server.client();
    let dropped = tokio::time::timeout(Duration::from_millis(500), call(&client, "POST")).await;
    assert!(dropped.is_err(), "it was still waiting");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(server.reached(), 1);
}

#[tokio::test]
async fn one_deadline_spans_all_attempts() {
    let server = Scripted::start(Wire::Stall(Vec::new())).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let call = tokens.get(AccountId::new("a"), "id");
    let start = Instant::now();
    let error = call
        .max_retries(1000)
        .timeout(Duration::from_secs(2))
        .await
        .unwrap_err();
    assert!(
        error.is_timeout() && start.elapsed() < Duration::from_secs(4),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_spent_budget_ends_what_is_sent_again() {
    let answer = Wire::Answer("503 No\r\nretry-after: 0".to_owned(), b"{}".to_vec());
    let server = Scripted::start(answer).await;
    let client = Client::builder()
        .base_url(&server.base_url)
        .credentials(Credentials::api_token("test-token"))
        .retry_budget(3)
        .build()
        .unwrap();
    for attempts in [3, 2, 1, 1] {
        let error = call(&client, "GET").await.unwrap_err();
        assert_eq!(error.attempts(), attempts);
    }
    assert_eq!(server.reached(), 7);
}
