//! Answers whose values come one after the other, cut where it hurts: nothing is lost, doubled or made up.

use sdk::{Error, LineStream};
use sdk::types::Color;

use crate::wire::{Wire, header};

/// The red of every item up to the end, with what couldn't be read in between.
async fn reds(mut items: LineStream<'_, Color>) -> Vec<Result<Option<i64>, String>> {
    let mut reds = Vec::new();
    while let Some(item) = items.next().await {
        reds.push(item.map(|color| color.r.map(i64::from)).map_err(|error| body(&error)));
    }
    assert!(items.next().await.is_none());
    reds
}

/// What an error keeps of the answer.
fn body(error: &Error) -> String {
    assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
    String::from_utf8_lossy(error.raw_body().unwrap()).into_owned()
}

const LINES: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{\"R\":1}\n\n{\"R\":2}\r\n{\"R\":3}";
const CUT_LINE: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{\"R\":1}\n{\"R\":";
const WRONG_LINE: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{\"R\":1}\n{\"R\":\"red\"}\n{\"R\":3}\n";
const SHORT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"R\":1}\n{\"R\":2}";

#[tokio::test]
async fn lines_come_one_after_the_other() {
    let client = Wire::answering(LINES).await.client();
    assert_eq!(reds(client.answers().lines().stream_values()).await, [Ok(Some(1)), Ok(Some(2)), Ok(Some(3))]);
    assert_eq!(client.answers().lines().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_line_that_is_cut_is_an_error_and_no_item() {
    let client = Wire::answering(CUT_LINE).await.client();
    assert_eq!(reds(client.answers().lines().stream_values()).await, [Ok(Some(1)), Err("{\"R\":".to_owned())]);
    // What was announced and didn't come may have belonged to the last line.
    let client = Wire::answering(SHORT).await.client();
    assert_eq!(reds(client.answers().lines().stream_values()).await, [Ok(Some(1)), Err(String::new())]);
}

#[tokio::test]
async fn a_line_that_is_something_else_is_an_error_with_its_place_and_the_next_one_follows() {
    let client = Wire::answering(WRONG_LINE).await.client();
    let expected = [Ok(Some(1)), Err("{\"R\":\"red\"}".to_owned()), Ok(Some(3))];
    assert_eq!(reds(client.answers().lines().stream_values()).await, expected);
    let mut items = client.answers().lines().stream_values();
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("/1/R"), "{error}");
}

#[tokio::test]
async fn no_more_than_a_line_is_kept() {
    let wire = Wire::answering(LINES).await;
    let client = wire.builder().max_response_bytes(8).build().unwrap();
    assert_eq!(reds(client.answers().lines().stream_values()).await.len(), 3);
    let long = "HTTP/1.1 200 OK\r\n\r\n{\"R\":1}\n                                         {\"R\":2}\n";
    let wire = Wire::answering(long).await;
    let client = wire.builder().max_response_bytes(8).build().unwrap();
    assert_eq!(reds(client.answers().lines().stream_values()).await, [Ok(Some(1)), Err(String::new())]);
}

const EVENTS: &str = "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream\r\n\r\n\
    retry: 7\nid: a\nevent: color\ndata: {\"R\":\ndata: 1}\n\ndata: {\"R\":\"red\"}\n\ndata: {\"R\":3}\n\ndata: [DONE]\n\ndata: {\"R\":4}\n\n";
const CUT_EVENT: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"delta\":{\"R\":1}}\n\ndata: {\"delta\":{\"R\":2}}\n";

#[tokio::test]
async fn the_data_of_events_is_what_the_document_says() {
    let client = Wire::answering(EVENTS).await.client();
    let mut values = client.answers().events().stream_values();
    assert_eq!(values.next().await.unwrap().unwrap().r, Some(1));
    let event = values.last_event().unwrap();
    assert_eq!((event.id.as_str(), event.event.as_str()), ("a", "color"));
    assert_eq!(event.retry, Some(std::time::Duration::from_millis(7)));
    // Data that is something else is an error that keeps it, and the next one follows.
    let error = values.next().await.unwrap().unwrap_err();
    assert_eq!(body(&error), "{\"R\":\"red\"}");
    assert_eq!(values.last_event().unwrap().data, "{\"R\":\"red\"}");
    assert_eq!(values.next().await.unwrap().unwrap().r, Some(3));
    // What many services end with is no value, and nothing follows it.
    assert!(values.next().await.is_none());
    assert!(values.next().await.is_none());
}

/// A POST isn't sent again: what broke off is told.
#[tokio::test]
async fn an_answer_may_come_as_events_or_whole() {
    let wire = Wire::answering(CUT_EVENT).await;
    let client = wire.client();
    let mut values = client.answers().either().stream(true).stream_values();
    assert_eq!(values.next().await.unwrap().unwrap().delta.r, Some(1));
    let error = values.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("ended within an event"), "{error}");
    assert!(values.next().await.is_none());
    let sent = wire.last();
    assert_eq!(sent.body, br#"{"stream":true}"#);
    assert_eq!(header(&sent, "accept").unwrap(), "text/event-stream");
    let client = Wire::answering("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"R\":1}").await.client();
    assert_eq!(client.answers().either().stream_values_body(true).await.unwrap().r, Some(1));
}
