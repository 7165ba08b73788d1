//! Server-sent events over real sockets, cut where it hurts.

use std::sync::{Arc, Mutex};

use generated::{Client, Credentials, Error, Method};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::received::{Received, read_request};

/// A service that gives these answers one after the other, and what it was asked.
async fn service(
    answers: &'static [&'static str],
    media_type: &'static str,
) -> (Client, Arc<Mutex<Vec<Received>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .base_url(format!("http://{}", listener.local_addr().unwrap()))
        .credentials(Credentials::api_token("test-token"))
        .build()
        .unwrap();
    let asked: Arc<Mutex<Vec<Received>>> = Arc::default();
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let request = read_request(&mut socket).await.unwrap();
            log.lock().unwrap().push(request);
            let head = format!(
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {media_type}\r\n\r\n"
            );
            socket.write_all(head.as_bytes()).await.unwrap();
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (client, asked)
}

/// The data of all events, and how it ended.
async fn read(client: &Client, method: Method) -> (Vec<String>, Option<Error>) {
    let mut events = client.request(method, "/events").stream_events();
    let mut data = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => data.push(event.data),
            Err(error) => {
                assert!(events.next().await.is_none());
                return (data, Some(error));
            }
        }
    }
    (data, None)
}

/// What is cut: after the id, within the data, within a name, before the empty line.
const CUTS: [&[&str]; 4] = [
    &["retry: 1\nid: 1\ndata: a\n\nid: 2\n", "id: 2\ndata: b\n\n"],
    &[
        "retry: 1\nid: 1\ndata: a\n\nid: 2\ndata: b",
        "id: 2\ndata: b\n\n",
    ],
    &["retry: 1\nid: 1\ndata: a\n\ni", "id: 2\ndata: b\n\n"],
    &[
        "retry: 1\nid: 1\ndata: a\n\nid: 2\ndata: b\n",
        "id: 2\ndata: b\n\n",
    ],
];

#[tokio::test]
async fn a_stream_that_is_cut_goes_on_after_its_last_whole_event() {
    for answers in CUTS {
        let (client, asked) = service(answers, "text/event-stream; charset=utf-8").await;
        let (data, error) = read(&client, Method::GET).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(data, ["a", "b"]);
        let asked = asked.lock().unwrap();
        assert_eq!(asked[0].headers["accept"], "text/event-stream");
        assert_eq!(asked[0].headers.get("last-event-id"), None);
        assert_eq!(asked[1].headers["last-event-id"], "1");
    }
}

#[tokio::test]
async fn what_changes_things_or_has_no_ids_is_not_asked_for_again() {
    const NO_IDS: &[&str] = &["data: a\n\ndata: b"];
    for (answers, method) in [(CUTS[0], Method::POST), (NO_IDS, Method::GET)] {
        let (client, asked) = service(answers, "text/event-stream").await;
        let (data, error) = read(&client, method).await;
        assert_eq!(data, ["a"]);
        assert!(matches!(error, Some(Error::Unreadable(_))), "{error:?}");
        assert_eq!(asked.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_is_no_event_stream_is_an_error() {
    for (media_type, is_one) in [
        ("Text/Event-Stream;charset=UTF-8", true),
        ("application/json", false),
        ("text/event-stream-like", false),
    ] {
        let (client, _) = service(&["data: a\n\n"], media_type).await;
        let (data, error) = read(&client, Method::GET).await;
        assert_eq!(data.len(), usize::from(is_one), "{media_type}");
        let told = error.map(|error| error.to_string().contains("text/event-stream"));
        assert_eq!(told, (!is_one).then_some(true), "{media_type}");
    }
}
