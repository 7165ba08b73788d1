//! Bodies that are read while they are sent, over real sockets: whole, slow and broken.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use generated::{ByteStream, Bytes, Client, Credentials, Error, Method, Part, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::scripted::{Scripted, Wire};

/// Head and body.
type Upload = (String, Vec<u8>);

/// Takes uploads, and remembers heads and bodies.
struct Sink {
    client: Client,
    seen: Arc<Mutex<Vec<Upload>>>,
}

impl Sink {
    /// One that resets its first connections in the middle of the body.
    async fn failing(times: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client(&format!("http://{}", listener.local_addr().unwrap()));
        let seen: Arc<Mutex<Vec<Upload>>> = Arc::default();
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            for count in 0.. {
                let (mut socket, _) = listener.accept().await.unwrap();
                let (head, mut body) = head(&mut socket).await;
                if count < times {
                    socket.set_zero_linger().unwrap();
                } else {
                    rest(&mut socket, &head, &mut body).await;
                    let answer = b"HTTP/1.1 204 Taken\r\nconnection: close\r\n\r\n";
                    socket.write_all(answer).await.unwrap();
                }
                log.lock().unwrap().push((head, body));
            }
        });
        Self { client, seen }
    }

    async fn new() -> Self {
        Self::failing(0).await
    }

    fn put(&self) -> Request<'_> {
        self.client.request(Method::PUT, "/content")
    }

    fn seen(&self) -> Vec<Upload> {
        self.seen.lock().unwrap().clone()
    }
}

fn client(base_url: &str) -> Client {
    Client::builder()
        .base_url(base_url)
        .credentials(Credentials::api_token("test-token"))
        .attempt_timeout(Duration::from_secs(1))
        .build()
        .unwrap()
}

async fn head(socket: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return (String::from_utf8(bytes).unwrap().to_lowercase(), body);
        }
        assert_ne!(socket.read_buf(&mut bytes).await.unwrap(), 0);
    }
}

/// Reads to the end of the body, which is where its length says or where its last chunk is.
async fn rest(socket: &mut TcpStream, head: &str, body: &mut Vec<u8>) {
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: Option<usize> = length.map(|length| length.parse().unwrap());
    let is_over = |body: &[u8]| match length {
        Some(length) => body.len() >= length,
        None => body.ends_with(b"0\r\n\r\n"),
    };
    while !is_over(body) {
        if socket.read_buf(body).await.unwrap_or(0) == 0 {
            return;
        }
    }
}

struct Channel(mpsc::Receiver<Result<Bytes, String>>);

impl Stream for Channel {
    type Item = Result<Bytes, String>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// A stream of these pieces.
fn stream(pieces: &[&'static str]) -> Channel {
    let (sender, receiver) = mpsc::channel(pieces.len());
    for piece in pieces {
        sender.try_send(Ok(Bytes::from(*piece))).unwrap();
    }
    Channel(receiver)
}

fn file(content: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    file
}

#[tokio::test]
async fn a_file_is_sent_with_its_length() {
    let sink = Sink::new().await;
    let content = vec![7; 300_000];
    let file = file(&content);
    let body = ByteStream::from_path(file.path());
    let sent = sink.put().body_bytes("image/png", body).send_raw().await;
    assert_eq!(sent.unwrap().status(), 204);
    let (head, body) = sink.seen().remove(0);
    assert!(head.contains("content-length: 300000\r\n"), "{head}");
    assert!(head.contains("content-type: image/png\r\n"), "{head}");
    assert!(body == content);
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_unless_its_length_is_said() {
    let sink = Sink::new().await;
    let pieces = ["one", "", "two"];
    for body in [
        ByteStream::from_stream(stream(&pieces)),
        ByteStream::from_stream_with_length(stream(&pieces), 6),
    ] {
        let sent = sink.put().body_bytes("text/plain", body).send_raw().await;
        assert_eq!(sent.unwrap().status(), 204);
    }
    let seen = sink.seen();
    assert!(seen[0].0.contains("transfer-encoding: chunked"));
    assert_eq!(seen[0].1, b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
    assert!(seen[1].0.contains("content-length: 6\r\n"));
    assert_eq!(seen[1].1, b"onetwo");
}

#[tokio::test]
async fn a_stream_of_another_length_than_said_breaks_the_request_off() {
    for (length, why) in [(5, "longer"), (7, "shorter")] {
        let sink = Sink::new().await;
        let body = ByteStream::from_stream_with_length(stream(&["one", "two"]), length);
        let sent = sink.put().body_bytes("text/plain", body).send_raw().await;
        let error = sent.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!((error.attempts(), error.was_sent()), (1, None));
    }
}

#[tokio::test]
async fn a_file_is_opened_again_for_another_attempt() {
    let sink = Sink::failing(2).await;
    let content = vec![7; 8_000_000];
    let file = file(&content);
    let body = ByteStream::from_path(file.path());
    let sent = sink.put().body_bytes("image/png", body).send_raw().await;
    assert_eq!(sent.unwrap().attempts(), 3);
    assert!(sink.seen()[2].1 == content);
}

#[tokio::test]
async fn a_stream_is_never_sent_twice() {
    let sink = Sink::failing(1).await;
    let body = ByteStream::from_stream(stream(&["one"]));
    let call = sink.put().body_bytes("text/plain", body);
    let error = call.clone().send_raw().await.unwrap_err();
    assert!(matches!(error, Error::MaybeSent(_)), "{error:?}");
    assert_eq!(error.attempts(), 1);
    let error = call.send_raw().await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert!(error.to_string().contains("was sent before"), "{error}");
    assert_eq!(sink.seen().len(), 1);
}

#[tokio::test]
async fn a_stream_that_nobody_began_to_read_may_be_sent_again() {
    let server = Scripted::start(Wire::Refused).await;
    let client = client(&server.base_url);
    let body = ByteStream::from_stream(stream(&["one"]));
    let call = client.request(Method::POST, "/").body_bytes("a/b", body);
    let error = call.send_raw().await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_not_tried_again() {
    let sink = Sink::new().await;
    let nowhere = ByteStream::from_path("/nowhere/at/all");
    let sent = sink.put().body_bytes("a/b", nowhere).send_raw().await;
    let error = sent.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error:?}");
    assert!(error.to_string().contains("the file can't be opened"));
    assert!(sink.seen().is_empty());
    let (sender, receiver) = mpsc::channel(1);
    sender.try_send(Err("secret".to_owned())).unwrap();
    let body = ByteStream::from_stream(Channel(receiver));
    let sent = sink.put().body_bytes("a/b", body).send_raw().await;
    let error = sent.unwrap_err();
    assert!(
        error.to_string().contains("its stream broke off"),
        "{error}"
    );
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn an_upload_may_take_as_long_as_it_moves() {
    let sink = Sink::new().await;
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        for _ in 0..6 {
            tokio::time::sleep(Duration::from_millis(300)).await;
            sender.send(Ok(Bytes::from("slow "))).await.unwrap();
        }
    });
    let body = ByteStream::from_stream(Channel(receiver));
    let sent = sink.put().body_bytes("text/plain", body).send_raw().await;
    let sent = sent.unwrap();
    assert_eq!((sent.status().as_u16(), sent.attempts()), (204, 1));
    assert!(sent.elapsed() > Duration::from_millis(1500));
}

#[tokio::test]
async fn an_upload_that_stands_still_ends() {
    let sink = Sink::new().await;
    let (_sender, receiver) = mpsc::channel(1);
    let body = ByteStream::from_stream(Channel(receiver));
    let sent = sink.put().body_bytes("text/plain", body).send_raw().await;
    assert!(sent.unwrap_err().is_timeout());
}

#[tokio::test]
async fn files_in_forms_are_sent_with_their_length_and_name() {
    let sink = Sink::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.png");
    std::fs::write(&path, "PNG").unwrap();
    let raw = ByteStream::from_stream_with_length(stream(&["one", "two"]), 6);
    let call = sink.put().part("title", "A photo");
    let call = call.part("photo", Part::path(&path).content_type("image/png"));
    let sent = call.part("raw", raw).send_raw().await;
    assert_eq!(sent.unwrap().status(), 204);
    let (head, body) = sink.seen().remove(0);
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())));
    let (_, boundary) = head.split_once("boundary=").unwrap();
    let boundary = boundary.lines().next().unwrap();
    let expected = format!(
        "--{boundary}\r\n\
        Content-Disposition: form-data; name=\"title\"\r\n\r\nA photo\r\n--{boundary}\r\n\
        Content-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n\
        Content-Type: image/png\r\n\r\nPNG\r\n--{boundary}\r\n\
        Content-Disposition: form-data; name=\"raw\"\r\n\r\nonetwo\r\n--{boundary}--\r\n"
    );
    assert_eq!(String::from_utf8(body).unwrap(), expected);
}
