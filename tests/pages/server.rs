//! A loopback server with a list of answers, and what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk::{Client, Credentials};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// An answer: its `Link` header, where it has one, and its body; `BASE` in them is where the server is.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub link: Option<String>,
    pub body: Value,
}

impl From<Value> for Answer {
    fn from(body: Value) -> Self {
        Self { status: 200, link: None, body }
    }
}

/// A bare list with a link.
pub fn linked(names: &[&str], link: &str) -> Answer {
    Answer { link: Some(link.to_owned()), ..Answer::from(things(names)) }
}

/// `[{"id": "a"}, …]`.
pub fn things(names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "id": name })).collect()
}

/// Gives the answers one after the other, then the last one for ever.
pub struct Server {
    pub base_url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn giving(answers: Vec<Answer>) -> Self {
        Self::answering(move |index, _| answers[index.min(answers.len() - 1)].clone()).await
    }

    /// `answer` takes how many requests came before, and path and query.
    pub async fn answering(answer: impl Fn(usize, &str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (log, base) = (Arc::clone(&asked), base_url.clone());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let Some(path) = path_of(&mut socket).await else {
                    continue;
                };
                let index = {
                    let mut log = log.lock().unwrap();
                    log.push(path.clone());
                    log.len() - 1
                };
                let bytes = spelled(&answer(index, &path)).replace("BASE", &base);
                let _ = socket.write_all(bytes.as_bytes()).await;
                let _ = socket.shutdown().await;
            }
        });
        Self { base_url, asked }
    }

    /// A client without patience, whose credential goes into the query.
    pub fn client(&self) -> Client {
        Client::builder()
            .base_url(&self.base_url)
            .credentials(Credentials::key("secret"))
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap()
    }

    /// Path and query of every request, without the credential that each of them has to have once.
    #[track_caller]
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap().clone();
        let without = |path: &String| {
            assert_eq!(path.matches("key=").count(), 1, "{path}");
            let path = path.strip_suffix("key=secret").unwrap_or(path);
            path.trim_end_matches(['&', '?']).to_owned()
        };
        asked.iter().map(without).collect()
    }
}

async fn path_of(socket: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let head = String::from_utf8(bytes).ok()?;
    head.split(' ').nth(1).map(str::to_owned)
}

fn spelled(answer: &Answer) -> String {
    let body = answer.body.to_string();
    let link = answer.link.iter().map(|link| format!("link: {link}\r\n")).collect::<String>();
    // The longest that `BASE` can become is what the length has to know, so the connection ends the body.
    let status = answer.status;
    format!("HTTP/1.1 {status} So\r\nconnection: close\r\ncontent-type: application/json\r\n{link}\r\n{body}")
}
