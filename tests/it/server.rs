//! A loopback server that plays recorded exchanges over real sockets, and remembers what it was sent.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use generated::{Base64, Client, ClientBuilder, Credentials};
use serde::Deserialize;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::received::{Received, read_request};

/// Below this path, so that a base URL with a path is what every test uses.
const BASE_PATH: &str = "/client/v4";

/// What a recording has in place of a secret: anything may be sent there.
pub(crate) const MARK: &str = "[redacted]";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    #[serde(rename = "about")]
    _about: String,
    exchanges: Vec<Exchange>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    request: RecordedRequest,
    response: RecordedResponse,
}

impl Exchange {
    /// An answer to whatever is asked.
    fn of(status: u16, body: Option<Value>) -> Self {
        Self {
            request: RecordedRequest {
                method: String::new(),
                path: String::new(),
                headers: BTreeMap::new(),
                body: None,
                text: None,
                base64: None,
            },
            response: RecordedResponse {
                status,
                headers: BTreeMap::new(),
                body,
                text: None,
                base64: None,
                fault: None,
            },
        }
    }
}

/// What must be sent: nothing more in the path and the body, these headers among others.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct RecordedRequest {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Option<Value>,
    text: Option<String>,
    base64: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordedResponse {
    /// None where there is no answer.
    #[serde(default)]
    status: u16,
    headers: BTreeMap<String, String>,
    body: Option<Value>,
    text: Option<String>,
    base64: Option<String>,
    fault: Option<Fault>,
}

/// What goes wrong on the wire.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    /// The connection ends after the request, before any answer.
    Close,
    /// The connection ends after what is recorded of the body, when more was announced.
    Cut,
}

/// Plays one recording.
pub(crate) struct Server {
    pub(crate) base_url: String,
    exchanges: Vec<Exchange>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Plays `tests/recordings/<name>.json`.
    pub(crate) async fn play(name: &str) -> Self {
        Self::play_text(&recording(name)).await
    }

    /// Plays the text of a recording.
    pub(crate) async fn play_text(text: &str) -> Self {
        let recording: Recording =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        Self::answering(recording.exchanges, None).await
    }

    /// Answers every request with this JSON text.
    pub(crate) async fn always(status: u16, body: &str) -> Self {
        Self::always_with(status, BTreeMap::new(), body).await
    }

    /// Answers with these JSON texts one after the other, and to nothing else.
    pub(crate) async fn in_turn(bodies: Vec<Value>) -> Self {
        let exchanges = bodies.into_iter().map(|body| Exchange::of(200, Some(body)));
        Self::answering(exchanges.collect(), None).await
    }

    /// Sends every request elsewhere.
    pub(crate) async fn redirecting(location: &str) -> Self {
        let headers = BTreeMap::from([("location".to_owned(), location.to_owned())]);
        Self::always_with(307, headers, "").await
    }

    async fn always_with(status: u16, headers: BTreeMap<String, String>, body: &str) -> Self {
        let mut exchange = Exchange::of(status, None);
        exchange.response.headers = headers;
        exchange.response.text = Some(body.to_owned());
        Self::answering(Vec::new(), Some(exchange)).await
    }

    /// Answers with these one after the other, and from then on with `rest`.
    async fn answering(exchanges: Vec<Exchange>, rest: Option<Exchange>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}{BASE_PATH}", listener.local_addr().unwrap());
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let (answers, log) = (exchanges.clone(), Arc::clone(&received));
        tokio::spawn(async move {
            loop {
                let Ok((mut socket, _)) = listener.accept().await else {
                    return;
                };
                let Some(request) = read_request(&mut socket).await else {
                    continue;
                };
                let index = {
                    let mut log = log.lock().unwrap();
                    log.push(request);
                    log.len() - 1
                };
                match answers.get(index).or(rest.as_ref()) {
                    Some(exchange) => answer(&mut socket, &exchange.response).await,
                    None => drop(
                        socket
                            .write_all(b"HTTP/1.1 599 One too many\r\ncontent-length: 0\r\n\r\n")
                            .await,
                    ),
                }
            }
        });
        Self {
            base_url,
            exchanges,
            received,
        }
    }

    /// A client of this server, with an API token.
    pub(crate) fn client(&self) -> Client {
        self.builder()
            .credentials(Credentials::api_token("test-token"))
            .build()
            .unwrap()
    }

    /// The beginnings of a client of this server.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.base_url)
    }

    /// What was sent so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Every recorded request came, as recorded, and no other.
    #[track_caller]
    pub(crate) fn assert_played(&self) {
        let received = self.received();
        let sent: Vec<RecordedRequest> = received
            .iter()
            .enumerate()
            .map(|(index, request)| {
                comparable(
                    request,
                    self.exchanges.get(index).map(|exchange| &exchange.request),
                )
            })
            .collect();
        let recorded: Vec<RecordedRequest> = self
            .exchanges
            .iter()
            .map(|exchange| exchange.request.clone())
            .collect();
        assert_eq!(sent, recorded, "what was sent isn't what was recorded");
    }
}

/// The text of `tests/recordings/<name>.json`.
pub(crate) fn recording(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("recordings")
        .join(name)
        .with_extension("json");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A request with those headers only that the recording speaks of, as far as it shows them.
fn comparable(request: &Received, recorded: Option<&RecordedRequest>) -> RecordedRequest {
    let recorded_header = |name: &str| recorded.and_then(|recorded| recorded.headers.get(name));
    let spoken_of = |name: &str| {
        recorded_header(name).is_some()
            || ["authorization", "x-auth-email", "x-auth-key"].contains(&name)
    };
    let shown = |name: &str, value: &str| match recorded_header(name) {
        Some(mark) if mark == MARK => MARK.to_owned(),
        _ => value.to_owned(),
    };
    let has_text = recorded.is_some_and(|recorded| recorded.text.is_some());
    let is_binary = recorded.is_some_and(|recorded| recorded.base64.is_some());
    let body = || request.body.as_slice();
    RecordedRequest {
        method: request.method.clone(),
        path: request
            .path
            .strip_prefix(BASE_PATH)
            .unwrap_or(&request.path)
            .to_owned(),
        headers: request
            .headers
            .iter()
            .filter(|(name, _)| spoken_of(name))
            .map(|(name, value)| (name.clone(), shown(name, value)))
            .collect(),
        body: (!request.body.is_empty() && !has_text && !is_binary)
            .then(|| serde_json::from_slice(body()).expect("the body is JSON")),
        text: has_text.then(|| String::from_utf8_lossy(body()).into_owned()),
        base64: is_binary.then(|| Base64::from(body()).as_str().to_owned()),
    }
}

async fn answer(socket: &mut TcpStream, response: &RecordedResponse) {
    if matches!(response.fault, Some(Fault::Close)) {
        return;
    }
    let body = match (&response.text, &response.body, &response.base64) {
        (Some(text), ..) => text.clone().into_bytes(),
        (None, Some(body), _) => body.to_string().into_bytes(),
        (None, None, Some(text)) => Base64::encoded(text).decode().expect("base64"),
        (None, None, None) => Vec::new(),
    };
    let announced = match response.fault {
        Some(Fault::Cut) => body.len() + 20,
        _ => body.len(),
    };
    let mut head = format!(
        "HTTP/1.1 {} Recorded\r\nconnection: close\r\ncontent-length: {announced}\r\n",
        response.status,
    );
    let ours = ["connection", "content-length", "transfer-encoding"];
    let headers = response.headers.iter();
    for (name, value) in headers.filter(|(name, _)| !ours.contains(&name.as_str())) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&body);
    let _ = socket.write_all(&bytes).await;
    let _ = socket.shutdown().await;
}
