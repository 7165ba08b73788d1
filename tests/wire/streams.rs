//! Answers whose values come one after the other, cut where it hurts: nothing is lost, doubled or made up.

use sdk::{Error, LineStream};
use sdk::types::Color;

use crate::received::Received;
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

const MANY_LINES: &str = "{\"R\":1}\n{\"R\":22}\r\n\n{\"R\":333}";

/// The lines behind so many bytes, cut off after some of them.
fn lines_from(first: usize, some: usize) -> Vec<u8> {
    let rest = &MANY_LINES[first..];
    let (status, range) = match first {
        0 => ("200 OK", String::new()),
        _ => {
            let (last, length) = (MANY_LINES.len() - 1, MANY_LINES.len());
            ("206 Partial Content", format!("Content-Range: bytes {first}-{last}/{length}\r\n"))
        }
    };
    let (length, some) = (rest.len(), &rest[..some.min(rest.len())]);
    let tag = "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\nContent-Type: application/x-ndjson";
    format!("HTTP/1.1 {status}\r\n{tag}\r\n{range}Content-Length: {length}\r\n\r\n{some}").into_bytes()
}

/// Wherever they are cut, if the service has what is missing.
#[tokio::test]
async fn lines_go_on_where_they_were_cut() {
    let mut calls = tokio::task::JoinSet::new();
    for cut in 1..MANY_LINES.len() {
        calls.spawn(async move {
            let first = |request: &Received| {
                let range = header(request, "range")?;
                range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
            };
            let wire = Wire::giving(move |index, request| match index {
                0 => lines_from(0, cut),
                _ => lines_from(first(request).unwrap(), usize::MAX),
            })
            .await;
            let client = wire.builder().max_retries(1).build().unwrap();
            let read = reds(client.answers().lines().stream_values()).await;
            assert_eq!(read, [Ok(Some(1)), Ok(Some(22)), Ok(Some(333))], "{cut}");
            let asked = wire.last();
            assert_eq!(header(&asked, "range").unwrap(), format!("bytes={cut}-"));
            assert_eq!(header(&asked, "if-range").unwrap(), "\"v1\"");
        });
    }
    calls.join_all().await;
}

#[tokio::test]
async fn what_is_no_stream_is_an_error_that_keeps_its_beginning() {
    const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{\"R\":1}\n</p>";
    let client = Wire::answering(PAGE).await.client();
    let read = reds(client.answers().lines().stream_values()).await;
    assert_eq!(read, [Err("<p>{\"R\":1}\n</p>".to_owned())]);
    let mut values = client.answers().events().stream_values();
    let error = values.next().await.unwrap().unwrap_err();
    assert!(values.next().await.is_none());
    assert_eq!(body(&error), "<p>{\"R\":1}\n</p>");
    assert!(error.to_string().contains("expected `text/event-stream`"), "{error}");
    let error = client.answers().lines().stream_values().next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("expected `application/x-ndjson`"), "{error}");
    // What says so otherwise, or says nothing, is one.
    for media_type in ["application/jsonl", "Application/JSON-Seq; charset=utf-8", "text/plain", "application/octet-stream"] {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n{{\"R\":1}}\n");
        let client = Wire::giving(move |_, _| answer.clone().into_bytes()).await.client();
        assert_eq!(reds(client.answers().lines().stream_values()).await, [Ok(Some(1))], "{media_type}");
    }
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

/// A list describes all events together, as it does all lines.
#[tokio::test]
async fn the_data_of_an_event_is_an_element_of_the_list_that_is_described() {
    const LISTS: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: [1]\n\ndata: [2,\ndata: 3]\n\n";
    let client = Wire::answering(LISTS).await.client();
    let mut values = client.answers().event_list().stream_values();
    for expected in [vec![1], vec![2, 3]] {
        assert_eq!(values.next().await.unwrap().unwrap(), expected);
    }
    assert!(values.next().await.is_none());
}

/// The events behind the one that a client had last, cut off after some bytes.
fn events_after(last: Option<String>, some: usize) -> Vec<u8> {
    let ids = 1 + last.map_or(0, |id| id.parse::<i64>().unwrap())..=3;
    let events: String = ids.map(|id| format!("id: {id}\nevent: color\ndata: {{\"R\":\ndata: {id}}}\n\n")).collect();
    let (length, some) = (events.len(), &events[..some.min(events.len())]);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    let end = if some.len() < length { "" } else { "0\r\n\r\n" };
    format!("{head}A\r\nretry: 1\n\n\r\n{:x}\r\n{some}\r\n{end}", some.len()).into_bytes()
}

/// Wherever it is cut, nothing is lost and nothing comes twice.
#[tokio::test]
async fn values_go_on_where_their_events_were_cut() {
    let length = "id: 1\nevent: color\ndata: {\"R\":\ndata: 1}\n\n".len();
    for cut in 1..3 * length {
        let wire = Wire::giving(move |index, request| match index {
            0 => events_after(None, cut),
            _ => events_after(header(request, "last-event-id"), usize::MAX),
        })
        .await;
        let client = wire.builder().max_retries(1).build().unwrap();
        let mut values = client.answers().events().stream_values();
        for expected in 1..=3 {
            let value = values.next().await.unwrap().unwrap();
            assert_eq!(value.r, Some(expected), "{cut}");
            assert_eq!(values.last_event().unwrap().id, expected.to_string());
        }
        assert!(values.next().await.is_none());
        // Before the first one it begins anew.
        let had = Some(cut / length).filter(|had| *had > 0).map(|had| had.to_string());
        assert_eq!(header(&wire.last(), "last-event-id"), had, "{cut}");
    }
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
