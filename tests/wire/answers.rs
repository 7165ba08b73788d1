//! What is made of an answer, by its status and media type.

use std::fmt::Debug;

use sdk::Error;
use sdk::answers::{ByStatusAnswerAnswer, Failure, Problem};
use sdk::types::Color;

use crate::wire::{Wire, header};

const COLOR: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Left: 7\r\n\r\n{\"R\":100}";
const NOTHING: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const LATER: &str = "HTTP/1.1 202 Accepted\r\nContent-Type: text/plain\r\n\r\nin a minute";

fn is_color(color: &Color) -> bool {
    (color.r, color.g, color.b) == (Some(100), None, None)
}

#[tokio::test]
async fn one_kind_for_every_status() {
    let by_status = async |answer| Wire::answering(answer).await.client().answers().by_status().await;
    assert!(matches!(by_status(COLOR).await, Ok(ByStatusAnswerAnswer::Ok(color)) if is_color(&color)));
    assert!(matches!(by_status(LATER).await, Ok(ByStatusAnswerAnswer::Accepted(text)) if text == "in a minute"));
    assert!(matches!(by_status(NOTHING).await, Ok(ByStatusAnswerAnswer::NoContent)));
}

#[tokio::test]
async fn ranges_default_and_nothing() {
    let made = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n{\"R\":100}";
    let client = Wire::answering(made).await.client();
    assert!(is_color(&client.answers().range().await.unwrap()));
    assert!(is_color(&client.answers().default().await.unwrap()));
    let client = Wire::answering(NOTHING).await.client();
    client.answers().none().await.unwrap();
    assert!(client.answers().maybe().await.unwrap().is_none());
    let client = Wire::answering(COLOR).await.client();
    assert!(is_color(&client.answers().maybe().await.unwrap().unwrap()));
}

/// Of several media types JSON is asked for (RFC 9110, section 12.5.1); what isn't JSON admits failures that are.
#[tokio::test]
async fn media_types_asked_for() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let answers = client.answers();
    let asked = |request| header(&request, "accept").unwrap();
    crate::wire::table! { wire, asked;
        answers.several() => "application/json",
        answers.vendor_json() => "application/vnd.acme+json, application/json;q=0.9",
        answers.binary() => "image/png, */*;q=0.5",
        answers.text() => "text/plain, */*;q=0.5",
        answers.lines() => "application/x-ndjson, */*;q=0.5",
        answers.by_status() => "application/json, */*;q=0.5",
    }
}

#[tokio::test]
async fn media_types_read() {
    let client = Wire::answering(COLOR).await.client();
    assert!(is_color(&client.answers().several().await.unwrap()));
    assert!(is_color(&client.answers().vendor_json().await.unwrap()));
    let client = Wire::answering("HTTP/1.1 200 OK\r\n\r\n\0PNG\r\n").await.client();
    assert_eq!(client.answers().binary().await.unwrap().as_ref(), b"\0PNG\r\n");
    let client = Wire::answering("HTTP/1.1 200 OK\r\n\r\nblau: ü\n").await.client();
    assert_eq!(client.answers().text().await.unwrap(), "blau: ü\n");
    let client = Wire::answering("HTTP/1.1 200 OK\r\n\r\n{\"R\":100}\n\n{\"R\":100}\r\n").await.client();
    let lines = client.answers().lines().await.unwrap();
    assert!(lines.len() == 2 && lines.iter().all(is_color));
}

#[tokio::test]
async fn headers() {
    let client = Wire::answering(COLOR).await.client();
    let answer = client.answers().range().with_response().await.unwrap();
    assert_eq!(answer.headers()["x-left"], "7");
    assert!(is_color(answer.value()));
}

#[tokio::test]
async fn failures() {
    let failure = async |answer| failed(Wire::answering(answer).await.client().answers().by_status().await);
    let missing = failure("HTTP/1.1 404 Not Found\r\nX-Left: 6\r\n\r\n{\"reason\":\"no red\"}").await;
    assert!(missing.is_not_found());
    let service = missing.as_service().unwrap();
    assert_eq!(service.headers()["x-left"], "6");
    assert_eq!(service.json::<Failure>().unwrap().reason, "no red");

    let other = failure("HTTP/1.1 418 Teapot\r\n\r\n{\"reason\":\"tea\"}").await;
    assert_eq!(other.as_service().unwrap().json::<Failure>().unwrap().reason, "tea");

    let down = failure("HTTP/1.1 500 Down\r\n\r\n{\"title\":\"down\"}").await;
    assert_eq!(down.as_service().unwrap().json::<Problem>().unwrap().title, "down");

    // A refusal stays one, whatever it is written in.
    let page = failure("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<h1>no</h1>").await;
    assert_eq!(page.as_service().unwrap().raw_body().as_ref(), b"<h1>no</h1>");

    // What isn't what was promised says where.
    let unreadable = failure("HTTP/1.1 200 OK\r\n\r\n{\"R\":\"red\"}").await;
    assert!(matches!(unreadable, Error::Unreadable(error) if error.path() == "/R"));
}

fn failed<T: Debug>(outcome: Result<T, Error>) -> Error {
    outcome.unwrap_err()
}
