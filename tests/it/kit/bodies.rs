//! Bodies of any kind and length, which pass a recorder unchanged.

use generated::{ByteStream, Client, Method, Recorder};

use super::{offline, recorded, replay};
use crate::scripted::{Scripted, Wire};

const CONTENT: &[u8] = &[0xff; 300_000];

async fn service(head: &str, body: &[u8]) -> Scripted {
    Scripted::start(Wire::Answer(head.to_owned(), body.to_vec())).await
}

fn client(server: &Scripted, recorder: &Recorder) -> Client {
    recorded(Client::builder().base_url(&server.base_url), recorder)
}

async fn download(client: &Client) -> (Option<u64>, Vec<u8>) {
    let mut download = client
        .request(Method::GET, "/content")
        .download()
        .await
        .unwrap();
    let mut content = Vec::new();
    while let Some(piece) = download.next().await {
        content.extend_from_slice(&piece.unwrap());
    }
    (download.content_length(), content)
}

#[tokio::test]
async fn a_download_streams_through_and_is_replayed_to_the_byte() {
    let server = service("200 OK\r\ncontent-type: image/png", CONTENT).await;
    let recorder = Recorder::new();
    let passed = download(&client(&server, &recorder)).await;
    assert!(passed == (Some(300_000), CONTENT.to_vec()));
    assert!(recorder.to_json().contains(r#""base64": "/////"#));
    assert!(download(&offline(&replay(&recorder))).await == passed);
}

#[tokio::test]
async fn a_download_that_nobody_ends_is_recorded_as_cut_off() {
    let server = service("200 OK\r\ncontent-type: text/csv", &[b'a'; 300_000]).await;
    let recorder = Recorder::new();
    let request = client(&server, &recorder);
    let mut download = request
        .request(Method::GET, "/content")
        .download()
        .await
        .unwrap();
    let piece = download.next().await.unwrap().unwrap();
    assert_eq!(recorder.recorded(), 0);
    drop(download);
    assert_eq!(recorder.recorded(), 1);
    let client = offline(&replay(&recorder));
    let mut again = client
        .request(Method::GET, "/content")
        .download()
        .await
        .unwrap();
    assert!(again.next().await.unwrap().unwrap() == piece);
    assert!(again.next().await.unwrap().is_err());
}

#[tokio::test]
async fn a_body_over_the_limit_is_no_answer_and_says_so() {
    let server = service("200 OK\r\ncontent-type: image/png", CONTENT).await;
    let recorder = Recorder::new().max_body_bytes(299_999);
    let passed = download(&client(&server, &recorder)).await;
    assert!(passed.1 == CONTENT);
    let text = recorder.to_json();
    assert!(
        text.contains(r#""too_large": 300000"#) && text.len() < 1000,
        "{text}"
    );
    let client = offline(&replay(&recorder));
    let error = client
        .request(Method::GET, "/content")
        .send_raw()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /content was not sent: the recorded answer to GET /content was larger than what is recorded of one \
         (`Recorder::max_body_bytes`), or isn't one"
    );
    let all = Recorder::new().max_body_bytes(300_000);
    download(&self::client(&server, &all)).await;
    assert!(download(&offline(&replay(&all))).await == passed);
}

/// Requests are told apart by what they send, however it is sent.
#[tokio::test]
async fn uploads_are_compared_to_the_byte() {
    let server = service("204 Taken", b"").await;
    let recorder = Recorder::new();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        ByteStream::from_path(path)
    };
    let put = async |client: &Client, content: ByteStream| {
        let request = client.request(Method::PUT, "/content");
        request
            .body_bytes("application/octet-stream", content)
            .send_raw()
            .await
    };
    put(&client(&server, &recorder), file("sent", CONTENT))
        .await
        .unwrap();
    let replay = replay(&recorder);
    let offline = offline(&replay);
    let other = file("other", &CONTENT[1..]);
    for other in [other, "text".into()] {
        let error = put(&offline, other).await.unwrap_err().to_string();
        assert!(error.ends_with("has another body"), "{error}");
    }
    put(&offline, CONTENT.into()).await.unwrap();
    assert_eq!(replay.remaining(), 0);
}
