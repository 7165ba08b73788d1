//! A loopback server that gives one answer to everything and hands out what it was sent.

use std::sync::{Arc, Mutex};

use sdk::{Client, ClientBuilder, Credentials, Error, RawResponse};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::received::{Received, read_request};

/// What an operation without content answers.
const NOTHING: &str = "HTTP/1.1 204 No Content\r\n\r\n";

pub struct Wire {
    base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Wire {
    /// Takes everything and has nothing to say.
    pub async fn silent() -> Self {
        Self::answering(NOTHING).await
    }

    /// Gives these bytes, after which the connection ends, to every request.
    pub async fn answering(answer: &'static str) -> Self {
        Self::giving(move |_, _| answer.as_bytes().to_vec()).await
    }

    /// Gives to every request what it takes, and how many came before it.
    pub async fn giving(answer: impl Fn(usize, &Received) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let log = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                if let Some(request) = read_request(&mut socket).await {
                    let answer = {
                        let mut log = log.lock().unwrap();
                        let answer = answer(log.len(), &request);
                        log.push(request);
                        answer
                    };
                    let _ = socket.write_all(&answer).await;
                    let _ = socket.shutdown().await;
                }
            }
        });
        Self { base_url, received }
    }

    /// A client that has nothing to prove.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// The beginnings of such a client.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.base_url).max_retries(0)
    }

    /// What was sent last.
    pub fn last(&self) -> Received {
        self.received.lock().unwrap().pop().unwrap()
    }

    /// A client with a credential.
    pub fn client_with(&self, credentials: Credentials) -> Client {
        let builder = Client::builder().base_url(&self.base_url);
        builder.credentials(credentials).build().unwrap()
    }

    /// What a call sends.
    pub async fn sent(&self, call: impl Future<Output = Result<RawResponse, Error>>) -> Received {
        call.await.unwrap();
        let mut received = std::mem::take(&mut *self.received.lock().unwrap());
        assert_eq!(received.len(), 1);
        received.remove(0)
    }
}

/// What stands between method and version in the request line of a `GET`.
pub fn target(request: Received) -> String {
    assert_eq!(request.method, "GET");
    request.path
}

/// A header, if it was sent.
pub fn header(request: &Received, name: &str) -> Option<String> {
    request.headers.get(name).cloned()
}

/// Compares what is sent, row by row: `call => expected`.
macro_rules! table {
    ($wire:ident, $seen:expr; $($call:expr => $expected:expr,)+) => {
        $(assert_eq!($seen($wire.sent($call.send_raw()).await), $expected, stringify!($call));)+
    };
}
pub(crate) use table;
