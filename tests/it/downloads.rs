//! Answers of any length over real sockets: as pieces and into files, whole and broken.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated::{Client, Credentials, Error, Method, Progress};

use crate::scripted::{Scripted, Wire};

const CONTENT: &[u8] = &[7; 300_000];

/// A client that takes no more than a kilobyte at once.
fn client(server: &Scripted) -> Client {
    Client::builder()
        .base_url(&server.base_url)
        .credentials(Credentials::api_token("test-token"))
        .max_response_bytes(1024)
        .idle_timeout(Duration::from_millis(500))
        .build()
        .unwrap()
}

/// The first half of an answer.
fn half() -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
        CONTENT.len()
    );
    [head.as_bytes(), &CONTENT[..150_000]].concat()
}

fn whole() -> Wire {
    Wire::Answer("200 OK\r\nx-is: there".to_owned(), CONTENT.to_vec())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let name = |entry: std::fs::DirEntry| entry.file_name().into_string().unwrap();
    entries.map(|entry| name(entry.unwrap())).collect()
}

#[tokio::test]
async fn a_download_is_longer_than_the_bound_on_answers() {
    let server = Scripted::start(whole()).await;
    let client = client(&server);
    let call = || client.request(Method::GET, "/content");
    let mut download = call().download().await.unwrap();
    assert_eq!(download.status(), 200);
    assert_eq!(download.headers()["x-is"], "there");
    assert_eq!(download.content_length(), Some(300_000));
    let mut content = Vec::new();
    while let Some(piece) = download.next().await {
        content.extend_from_slice(&piece.unwrap());
    }
    assert!(content == CONTENT);
    assert!(download.next().await.is_none());
    let error = call().send_raw().await.unwrap_err();
    assert!(error.to_string().contains("larger than 1024 bytes"));
}

#[tokio::test]
async fn a_file_replaces_the_one_before_it_and_progress_is_told() {
    let server = Scripted::start(whole()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("content");
    std::fs::write(&path, "old").unwrap();
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let log = Arc::clone(&seen);
    let client = client(&server);
    let download = client.request(Method::GET, "/content").download().await;
    let written = download
        .unwrap()
        .on_progress(move |progress| log.lock().unwrap().push(progress))
        .to_file(&path)
        .await;
    assert_eq!(written.unwrap(), 300_000);
    assert!(std::fs::read(&path).unwrap() == CONTENT);
    assert_eq!(names(folder.path()), ["content"]);
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted_by_key(|progress| progress.transferred));
    let last = seen.last().unwrap();
    assert_eq!((last.transferred, last.total), (300_000, Some(300_000)));
}

#[tokio::test]
async fn what_breaks_off_leaves_nothing_behind() {
    for (wire, timed_out) in [(Wire::Reset(half()), false), (Wire::Stall(half()), true)] {
        let server = Scripted::start(wire).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("content");
        std::fs::write(&path, "old").unwrap();
        let client = client(&server);
        let download = client.request(Method::GET, "/content").download().await;
        let error = download.unwrap().to_file(&path).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
        assert_eq!(error.is_timeout(), timed_out, "{error:?}");
        assert!(error.to_string().contains("it broke off after"), "{error}");
        assert_eq!(names(folder.path()), ["content"]);
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
    }
}

#[tokio::test]
async fn a_dropped_download_leaves_nothing_behind() {
    let server = Scripted::start(Wire::Stall(half())).await;
    let folder = tempfile::tempdir().unwrap();
    let client = client(&server);
    let download = client.request(Method::GET, "/content").download().await;
    let writing = download.unwrap().to_file(folder.path().join("content"));
    let dropped = tokio::time::timeout(Duration::from_millis(200), writing).await;
    assert!(dropped.is_err());
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn the_time_of_a_call_is_for_all_of_its_download() {
    let server = Scripted::start(Wire::Stall(half())).await;
    let client = client(&server);
    let call = client.request(Method::GET, "/content");
    let mut download = call
        .timeout(Duration::from_millis(300))
        .download()
        .await
        .unwrap();
    let error = loop {
        if let Err(error) = download.next().await.unwrap() {
            break error;
        }
    };
    assert!(error.is_timeout() && error.to_string().contains("`timeout`"));
    assert!(download.next().await.is_none());
}

#[tokio::test]
async fn a_refused_download_is_an_error_and_tried_again_before() {
    let busy = "503 Service Unavailable\r\nretry-after: 0".to_owned();
    let server = Scripted::start(Wire::Answer(busy, b"no".to_vec())).await;
    let client = client(&server);
    let refused = client.request(Method::GET, "/content").download().await;
    let error = refused.unwrap_err();
    assert!(matches!(error, Error::Service(_)), "{error:?}");
    assert_eq!(error.raw_body().unwrap().as_ref(), b"no");
    assert_eq!(server.reached(), 3);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error() {
    let server = Scripted::start(whole()).await;
    let client = client(&server);
    let download = client.request(Method::GET, "/content").download().await;
    let error = download.unwrap().to_file("/nowhere/at/all").await;
    let text = error.unwrap_err().to_string();
    assert!(text.contains("the file can't be written"), "{text}");
}

/// With more, `cargo run --release -p tests --bin transfer -- 1024`.
#[cfg(target_os = "linux")]
#[test]
fn moving_data_takes_no_memory() {
    let moved = std::process::Command::new(env!("CARGO_BIN_EXE_transfer"))
        .arg("128")
        .output()
        .unwrap();
    assert!(moved.status.success(), "{moved:?}");
}
