//! Tokens that a client fetches with its own credentials (RFC 6749, section 4.4), and what may go wrong.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk::{Client, Credentials, Error, RawResponse};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::received::{Received, read_request};

/// A service that gives tokens at `/token` and takes them everywhere else.
struct Service {
    base_url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What the token endpoint says, in turn; then tokens that last an hour, numbered.
    script: Vec<(u16, String)>,
    /// Tokens that are no good any more.
    revoked: Vec<String>,
    asked: Vec<Received>,
    called: Vec<Received>,
    /// How long the token endpoint takes.
    delay: Duration,
}

impl Service {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move {
                    let Some(request) = read_request(&mut socket).await else { return };
                    let (status, body, delay) = state.lock().unwrap().answer(request);
                    tokio::time::sleep(delay).await;
                    let length = body.len();
                    let head = format!("HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
                    let _ = socket.write_all(format!("{head}{body}").as_bytes()).await;
                    let _ = socket.shutdown().await;
                });
            }
        });
        Self { base_url, state }
    }

    fn says(&self, status: u16, body: &str) {
        self.state.lock().unwrap().script.push((status, body.to_owned()));
    }

    fn credentials(&self) -> Credentials {
        Credentials::oauth2_client("me", "s3cret").token_url(format!("{}/token", self.base_url))
    }

    fn client(&self, credentials: Credentials) -> Client {
        let builder = Client::builder().base_url(&self.base_url).max_retries(0);
        builder.credentials(credentials).build().unwrap()
    }

    /// How often a token was asked for, and which tokens came with calls.
    fn seen(&self) -> (usize, Vec<String>) {
        let state = self.state.lock().unwrap();
        let tokens = state.called.iter().map(|request| request.headers["authorization"].clone());
        (state.asked.len(), tokens.collect())
    }
}

impl State {
    fn answer(&mut self, request: Received) -> (u16, String, Duration) {
        if request.path.starts_with("/token") {
            self.asked.push(request);
            let number = self.asked.len();
            let token = format!(r#"{{"access_token": "t{number}", "token_type": "bearer", "expires_in": 3600}}"#);
            let (status, body) = match self.script.is_empty() {
                true => (200, token),
                false => self.script.remove(0),
            };
            return (status, body, self.delay);
        }
        let is_revoked = request.headers.get("authorization").is_some_and(|it| self.revoked.contains(it));
        self.called.push(request);
        (if is_revoked { 401 } else { 204 }, String::new(), Duration::ZERO)
    }
}

async fn call(client: &Client) -> Result<RawResponse, Error> {
    client.security().oauth2().send_raw().await
}

fn bearer(numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|number| format!("Bearer t{number}")).collect()
}

/// RFC 6749, section 4.4.2, authenticated as section 2.3.1 says.
#[tokio::test]
async fn the_token_is_asked_for_once_and_as_the_rfc_shows() {
    let service = Service::start().await;
    let client = service.client(service.credentials().scope("read write"));
    for _ in 0..3 {
        call(&client).await.unwrap();
    }
    call(&client.clone()).await.unwrap();
    assert_eq!(service.seen(), (1, bearer(&[1, 1, 1, 1])));
    let state = service.state.lock().unwrap();
    let asked = &state.asked[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/token"));
    assert_eq!(asked.headers["authorization"], "Basic bWU6czNjcmV0");
    assert_eq!(asked.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(asked.headers["accept"], "application/json");
    assert_eq!(asked.body, b"grant_type=client_credentials&scope=read%20write");
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_needed() {
    let service = Service::start().await;
    let client = service.client(service.credentials());
    client.security().none().send_raw().await.unwrap();
    assert_eq!(service.state.lock().unwrap().asked.len(), 0);
}

#[tokio::test]
async fn a_token_that_has_ended_is_replaced() {
    let service = Service::start().await;
    service.says(200, r#"{"access_token": "t0", "expires_in": 0}"#);
    let client = service.client(service.credentials());
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(service.seen(), (2, bearer(&[0, 2, 2])));
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced_once() {
    let service = Service::start().await;
    let client = service.client(service.credentials());
    call(&client).await.unwrap();
    service.state.lock().unwrap().revoked = bearer(&[1]);
    call(&client).await.unwrap();
    assert_eq!(service.seen(), (2, bearer(&[1, 1, 2])));
    // The service takes none: its answer stands.
    service.state.lock().unwrap().revoked = bearer(&[2, 3, 4, 5]);
    let answer = call(&client).await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(service.seen(), (3, bearer(&[1, 1, 2, 2, 3])));
}

#[tokio::test]
async fn calls_at_the_same_time_fetch_one_token() {
    let service = Service::start().await;
    service.state.lock().unwrap().delay = Duration::from_millis(100);
    let client = service.client(service.credentials());
    let other = client.clone();
    let (one, two, three) = tokio::join!(call(&client), call(&other), call(&client));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(service.seen(), (1, bearer(&[1, 1, 1])));
}

#[tokio::test]
async fn calls_at_the_same_time_share_a_failure_and_a_later_one_asks_again() {
    let service = Service::start().await;
    service.state.lock().unwrap().delay = Duration::from_millis(100);
    service.says(400, r#"{"error": "invalid_scope"}"#);
    let client = service.client(service.credentials());
    let (one, two) = tokio::join!(call(&client), call(&client));
    for error in [one.unwrap_err(), two.unwrap_err()] {
        assert!(error.to_string().contains("it answered 400 Bad Request: invalid_scope"), "{error}");
    }
    assert_eq!(service.seen(), (1, Vec::new()));
    call(&client).await.unwrap();
    assert_eq!(service.seen(), (2, bearer(&[2])));
}

/// Nobody waits for a call that was given up: what it asked for is there for the next one.
#[tokio::test]
async fn calls_whose_time_is_short_get_a_token_that_takes_longer() {
    let service = Service::start().await;
    service.state.lock().unwrap().delay = Duration::from_millis(300);
    let client = service.client(service.credentials());
    let short = Duration::from_millis(100);
    for _ in 0..2 {
        let error = client.security().oauth2().timeout(short).send_raw().await.unwrap_err();
        assert!(error.is_timeout() && matches!(error, Error::NotSent(_)), "{error}");
    }
    tokio::time::sleep(4 * short).await;
    client.security().oauth2().timeout(short).send_raw().await.unwrap();
    assert_eq!(service.seen(), (1, bearer(&[1])));
}

#[tokio::test]
async fn a_call_that_is_not_polled_holds_nobody_up() {
    let service = Service::start().await;
    service.state.lock().unwrap().delay = Duration::from_millis(100);
    let client = service.client(service.credentials());
    let mut still = Box::pin(call(&client));
    let began = tokio::time::timeout(Duration::from_millis(10), &mut still).await;
    assert!(began.is_err());
    tokio::time::timeout(Duration::from_secs(5), call(&client)).await.unwrap().unwrap();
    still.await.unwrap();
    assert_eq!(service.seen(), (1, bearer(&[1, 1])));
}

#[tokio::test]
async fn a_token_that_does_not_come_is_asked_for_again_and_only_so_long() {
    let service = Service::start().await;
    service.state.lock().unwrap().delay = Duration::from_secs(60);
    let builder = Client::builder().base_url(&service.base_url).max_retries(1);
    let builder = builder.credentials(service.credentials()).attempt_timeout(Duration::from_millis(200));
    let client = builder.build().unwrap();
    let (one, two) = tokio::join!(call(&client), call(&client));
    for error in [one.unwrap_err(), two.unwrap_err()] {
        assert!(error.to_string().contains("no whole answer within 0.2 s"), "{error}");
    }
    assert_eq!(service.seen().0, 2);
    service.state.lock().unwrap().delay = Duration::ZERO;
    call(&client).await.unwrap();
    assert_eq!(service.seen(), (3, bearer(&[3])));
}

#[tokio::test]
async fn no_token_is_asked_for_where_no_client_is_left() {
    let service = Service::start().await;
    service.state.lock().unwrap().delay = Duration::from_millis(100);
    for _ in 0..3 {
        service.says(503, "busy");
    }
    let builder = Client::builder().base_url(&service.base_url).max_retries(3);
    let client = builder.credentials(service.credentials()).build().unwrap();
    let given_up = tokio::time::timeout(Duration::from_millis(50), call(&client)).await;
    assert!(given_up.is_err());
    drop(client);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(service.seen(), (1, Vec::new()));
}

/// A client may outlive the runtime of the call that asked for its token.
#[test]
fn a_token_that_was_asked_for_in_a_runtime_that_is_gone_is_asked_for_again() {
    let elsewhere = tokio::runtime::Runtime::new().unwrap();
    let service = elsewhere.block_on(Service::start());
    service.state.lock().unwrap().delay = Duration::from_millis(300);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = service.client(service.credentials());
    let gone = runtime();
    let given_up = gone.block_on(async { tokio::time::timeout(Duration::from_millis(100), call(&client)).await });
    assert!(given_up.is_err());
    drop(gone);
    runtime().block_on(call(&client)).unwrap();
    assert_eq!(service.seen(), (2, bearer(&[2])));
}

#[tokio::test]
async fn without_a_token_the_call_is_not_sent_and_the_secret_not_shown() {
    let service = Service::start().await;
    let echo = r#"{"error": "s3cret", "error_description": "s3cret is wrong"}"#;
    let down = Client::builder()
        .base_url(&service.base_url)
        .max_retries(0)
        .credentials(Credentials::oauth2_client("me", "s3cret").token_url("http://127.0.0.1:1/token?key=s3cret"))
        .build()
        .unwrap();
    let open = service.client(service.credentials().token_url("http://tokens.invalid/token"));
    let wrong = service.client(service.credentials().token_url("s3cret"));
    let user = service.client(service.credentials().token_url("https://me:s3cret@tokens.invalid/"));
    let refused = service.client(service.credentials());
    for (client, what) in [
        (down, "no access token from http://127.0.0.1:1/token: "),
        (open, "`ClientBuilder::allow_insecure_http(\"tokens.invalid\")`"),
        (wrong, "the token URL can't be used"),
        (user, "the token URL can't be used"),
        (refused, "it answered 401 Unauthorized"),
    ] {
        service.state.lock().unwrap().script = vec![(401, echo.to_owned())];
        let error = call(&client).await.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{error:?}");
        let shown = format!("{error} {error:?} {client:?}");
        assert!(shown.contains(what), "{shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
    assert_eq!(service.seen().1, Vec::<String>::new());
}

#[tokio::test]
async fn a_token_endpoint_that_is_busy_is_asked_again() {
    let service = Service::start().await;
    service.says(503, "busy");
    service.says(429, "busy");
    let builder = Client::builder().base_url(&service.base_url).max_retries(2);
    let client = builder.credentials(service.credentials()).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(service.seen(), (3, bearer(&[3])));
}

/// Whoever has a token already gives it as it is.
#[tokio::test]
async fn a_token_or_header_of_the_callers_is_sent_as_it_is() {
    let service = Service::start().await;
    call(&service.client(Credentials::oauth2("mine"))).await.unwrap();
    let client = service.client(service.credentials());
    client.security().oauth2().header("authorization", "Bearer own").send_raw().await.unwrap();
    let expected = ["Bearer mine", "Bearer own"].map(str::to_owned).to_vec();
    assert_eq!(service.seen(), (0, expected));
}
