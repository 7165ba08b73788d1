//! Downloads that break off and go on, over real sockets: only with the rest of the same bytes.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated::{Client, Credentials, Error, Method};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::received::{Received, read_request};

const LENGTH: usize = 300_000;

/// Bytes of which no two parts are the same.
fn content() -> Vec<u8> {
    (0..LENGTH as u32 / 4).flat_map(u32::to_be_bytes).collect()
}

/// How a service answers a request that so many came before.
type Answer = Box<dyn Fn(usize, &Received) -> Vec<u8> + Send>;

/// A client that tries twice more, and what its service was asked.
async fn service(answer: Answer) -> (Client, Arc<Mutex<Vec<Received>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .base_url(format!("http://{}", listener.local_addr().unwrap()))
        .credentials(Credentials::api_token("test-token"))
        .idle_timeout(Duration::from_secs(5))
        .max_retries(2)
        .build()
        .unwrap();
    let asked: Arc<Mutex<Vec<Received>>> = Arc::default();
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let Some(request) = read_request(&mut socket).await else {
                continue;
            };
            let answer = {
                let mut log = log.lock().unwrap();
                let answer = answer(log.len(), &request);
                log.push(request);
                answer
            };
            let _ = socket.write_all(&answer).await;
            let _ = socket.shutdown().await;
        }
    });
    (client, asked)
}

/// Where the range of a request begins.
fn first(request: &Received) -> Option<usize> {
    let range = request.headers.get("range")?.strip_prefix("bytes=")?;
    range.strip_suffix('-')?.parse().ok()
}

const STRONG: &str = "etag: \"v1\"\r\naccept-ranges: bytes\r\n";

/// Some of the bytes behind `from`, of all that are announced.
fn part(from: usize, some: usize, headers: &str) -> Vec<u8> {
    let rest = &content()[from..];
    let head = if from == 0 {
        format!("HTTP/1.1 200 OK\r\n{headers}content-length: {LENGTH}\r\n\r\n")
    } else {
        let (last, left) = (LENGTH - 1, rest.len());
        format!(
            "HTTP/1.1 206 Partial Content\r\n{headers}content-range: bytes {from}-{last}/{LENGTH}\r\ncontent-length: {left}\r\n\r\n"
        )
    };
    [head.as_bytes(), &rest[..some.min(rest.len())]].concat()
}

/// What came, and how it ended.
async fn read(client: &Client, method: Method) -> (Vec<u8>, Option<Error>) {
    let mut download = client.request(method, "/content").download().await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = download.next().await {
        match piece {
            Ok(piece) => bytes.extend_from_slice(&piece),
            Err(error) => {
                assert!(download.next().await.is_none());
                return (bytes, Some(error));
            }
        }
    }
    (bytes, None)
}

#[tokio::test]
async fn what_breaks_off_goes_on_with_the_rest() {
    let answer = |_, request: &Received| part(first(request).unwrap_or(0), 70_000, STRONG);
    let (client, asked) = service(Box::new(answer)).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("content");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let call = client.request(Method::GET, "/content").query("a", "b");
    let download = call.header("x-mine", "kept").download().await.unwrap();
    let download = download.on_progress(move |it| log.lock().unwrap().push(it.transferred));
    // What is written needs no client any more.
    drop(client);
    let length = download.to_file(&path).await.unwrap();
    assert_eq!(length, LENGTH as u64);
    assert!(std::fs::read(&path).unwrap() == content());
    assert!(seen.lock().unwrap().is_sorted());
    let asked = asked.lock().unwrap();
    let ranges: Vec<_> = asked.iter().filter_map(first).collect();
    assert_eq!(ranges, [70_000, 140_000, 210_000, 280_000]);
    for request in &asked[1..] {
        assert_eq!(request.headers["if-range"], "\"v1\"");
        assert_eq!(request.headers["x-mine"], "kept");
        assert_eq!(request.headers["authorization"], "Bearer test-token");
        assert_eq!(request.path, asked[0].path);
    }
}

#[tokio::test]
async fn what_may_be_something_else_is_not_asked_for() {
    let weak = "etag: W/\"v1\"\r\naccept-ranges: bytes\r\n";
    let none = "etag: \"v1\"\r\naccept-ranges: none\r\n";
    for (headers, method) in [
        (weak, Method::GET),
        (none, Method::GET),
        ("etag: \"v1\"\r\n", Method::GET),
        ("accept-ranges: bytes\r\n", Method::GET),
        (STRONG, Method::POST),
    ] {
        let (client, asked) = service(Box::new(|_, _| part(0, 70_000, headers))).await;
        let (bytes, error) = read(&client, method).await;
        assert!(bytes == content()[..70_000]);
        assert!(matches!(error, Some(Error::Unreadable(_))), "{error:?}");
        assert_eq!(asked.lock().unwrap().len(), 1, "{headers}");
    }
}

#[tokio::test]
async fn what_is_something_else_is_not_taken() {
    let other_tag = STRONG.replace("v1", "v2");
    let answers: [Vec<u8>; 5] = [
        // Another content by now.
        part(0, LENGTH, &other_tag),
        part(70_000, LENGTH, &other_tag),
        part(70_004, LENGTH, STRONG),
        part(70_000, LENGTH, &format!("{STRONG}content-encoding: br\r\n")),
        b"HTTP/1.1 416 Range Not Satisfiable\r\ncontent-length: 0\r\n\r\n".to_vec(),
    ];
    for answer in answers {
        let answer = move |index, _: &Received| match index {
            0 => part(0, 70_000, STRONG),
            _ => answer.clone(),
        };
        let (client, asked) = service(Box::new(answer)).await;
        let (bytes, error) = read(&client, Method::GET).await;
        assert!(bytes == content()[..70_000]);
        let text = error.unwrap().to_string();
        assert!(text.contains("it broke off after 70000 bytes"), "{text}");
        assert_eq!(asked.lock().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn it_is_tried_as_often_as_the_call_may_be() {
    let answer = |index, request: &Received| match index {
        0 => part(0, 70_000, STRONG),
        _ => part(first(request).unwrap(), 0, STRONG),
    };
    let (client, asked) = service(Box::new(answer)).await;
    let (bytes, error) = read(&client, Method::GET).await;
    assert_eq!(bytes.len(), 70_000);
    assert!(matches!(error, Some(Error::Unreadable(_))), "{error:?}");
    assert_eq!(asked.lock().unwrap().len(), 3);
}
