//! Layers: code of the caller's own around attempts and around calls.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use generated::{
    CallLayer, CallOutcomeFuture, Error, Method, OutgoingCall, RequestBody, ResponseBody,
    Transport, TransportError, TransportFuture,
};
use http::{HeaderValue, Request, Response};

use super::{TOKEN_ID, account};
use crate::recorder::Recorder;
use crate::server::Server;

type Log = Arc<Mutex<Vec<String>>>;

/// Says when it is passed, around an attempt or around a call.
#[derive(Clone)]
struct Passed {
    name: &'static str,
    log: Log,
}

impl Passed {
    fn say(&self, what: &str) {
        self.log
            .lock()
            .unwrap()
            .push(format!("{} {what}", self.name));
    }
}

struct AroundAttempt {
    passed: Passed,
    inner: Arc<dyn Transport>,
}

impl Transport for AroundAttempt {
    fn send(&self, request: Request<RequestBody>) -> TransportFuture<'_, Response<ResponseBody>> {
        Box::pin(async move {
            self.passed.say("out");
            let answer = self.inner.send(request).await;
            self.passed.say("in");
            answer
        })
    }
}

impl CallLayer for Passed {
    fn around<'a>(&'a self, call: OutgoingCall<'a>) -> CallOutcomeFuture<'a> {
        Box::pin(async move {
            self.say("begins");
            let outcome = call.run().await;
            self.say("ends");
            outcome
        })
    }
}

#[tokio::test]
async fn the_first_layer_is_outermost() {
    let log = Log::default();
    let passed = |name| Passed {
        name,
        log: Arc::clone(&log),
    };
    let around = |name| {
        let passed = passed(name);
        move |inner| AroundAttempt {
            passed: passed.clone(),
            inner,
        }
    };
    let client = Recorder::new(|number| (if number == 0 { 502 } else { 200 }, Vec::new()))
        .builder()
        .layer(around("a"))
        .call_layer(passed("A"))
        .layer(around("b"))
        .call_layer(passed("B"))
        .build()
        .unwrap();
    client
        .request(Method::GET, "/things")
        .send_raw()
        .await
        .unwrap();
    let attempt = ["a out", "b out", "b in", "a in"];
    let expected = [
        &["A begins", "B begins"][..],
        &attempt,
        &attempt,
        &["B ends", "A ends"],
    ];
    assert_eq!(*log.lock().unwrap(), expected.concat());
}

/// Adds a header, and counts.
struct Counting {
    inner: Arc<dyn Transport>,
    count: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn send(
        &self,
        mut request: Request<RequestBody>,
    ) -> TransportFuture<'_, Response<ResponseBody>> {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let shown = format!("{:?}", request.headers());
        assert!(
            !shown.contains("test-token") && !shown.contains("4711"),
            "{shown}"
        );
        request.headers_mut().insert("x-count", number.into());
        self.inner.send(request)
    }
}

#[tokio::test]
async fn a_layer_sees_and_changes_every_attempt() {
    let server = Server::play("get_fails_then_succeeds").await;
    let count = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&count);
    let client = server
        .builder()
        .credentials(generated::Credentials::api_token("test-token"))
        .layer(move |inner| Counting {
            inner,
            count: Arc::clone(&counter),
        })
        .build()
        .unwrap();
    let tokens = client.zero_trust().access().service_tokens();
    tokens
        .get(account(), TOKEN_ID)
        .header("x-mine", "4711")
        .await
        .unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
    let received = server.received();
    let counts: Vec<&str> = received
        .iter()
        .map(|request| request.headers["x-count"].as_str())
        .collect();
    assert_eq!(counts, ["0", "1"]);
}

/// Answers without the network.
struct Offline;

impl Transport for Offline {
    fn send(&self, _: Request<RequestBody>) -> TransportFuture<'_, Response<ResponseBody>> {
        Box::pin(async { Err(TransportError::not_sent("offline")) })
    }
}

#[tokio::test]
async fn a_layer_may_answer_by_itself() {
    let recorder = Recorder::content();
    let client = recorder
        .builder()
        .layer(|_| Offline)
        .max_retries(0)
        .build()
        .unwrap();
    let error = client
        .request(Method::GET, "/things")
        .send_raw()
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "GET /things was not sent: offline");
    assert!(recorder.came().is_empty());
}

#[tokio::test]
async fn an_attempt_says_which_call_it_is_of() {
    let recorder = Recorder::new(|number| (if number == 0 { 502 } else { 404 }, Vec::new()));
    let client = recorder.builder().build().unwrap();
    let tokens = client.zero_trust().access().service_tokens();
    tokens.get(account(), TOKEN_ID).await.unwrap_err();
    let numbers: Vec<u32> = recorder
        .came()
        .iter()
        .map(|came| came.attempt.number)
        .collect();
    assert_eq!(numbers, [1, 2]);
    let attempt = &recorder.came()[0].attempt;
    assert_eq!(attempt.operation, Some("account-service-tokens-get"));
    assert_eq!(
        attempt.path,
        "/{scope}/access/service_tokens/{service_token_id}"
    );
}

/// Lets calls that change nothing through, says whose they are, and keeps what came of them.
struct ReadOnly(Log);

impl CallLayer for ReadOnly {
    fn around<'a>(&'a self, mut call: OutgoingCall<'a>) -> CallOutcomeFuture<'a> {
        Box::pin(async move {
            if call.method() != Method::GET {
                return call.refuse("this program only reads");
            }
            call.headers_mut()
                .insert("x-tenant", HeaderValue::from_static("7"));
            let operation = call.operation().unwrap_or("custom");
            let outcome = call.run().await;
            let (status, attempts) = (outcome.status().unwrap(), outcome.attempts());
            self.0
                .lock()
                .unwrap()
                .push(format!("{operation} {status} {attempts}"));
            outcome
        })
    }
}

#[tokio::test]
async fn a_layer_around_calls_sees_what_came_of_all_attempts() {
    let recorder = Recorder::new(|number| (if number == 0 { 502 } else { 404 }, Vec::new()));
    let log = Log::default();
    let client = recorder
        .builder()
        .call_layer(ReadOnly(Arc::clone(&log)))
        .build()
        .unwrap();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens.get(account(), TOKEN_ID).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    assert_eq!(
        *log.lock().unwrap(),
        ["account-service-tokens-get 404 Not Found 2"]
    );
    let tenants = recorder
        .came()
        .into_iter()
        .map(|came| came.headers["x-tenant"].clone());
    assert!(tenants.eq(["7", "7"]));
}

#[tokio::test]
async fn a_layer_may_refuse_a_call() {
    let recorder = Recorder::content();
    let client = recorder
        .builder()
        .call_layer(ReadOnly(Log::default()))
        .build()
        .unwrap();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens.create(account(), "CI/CD token").await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)));
    assert_eq!(
        error.to_string(),
        "account-service-tokens-create (POST /{scope}/access/service_tokens) was not sent: this program only reads"
    );
    assert!(recorder.came().is_empty());
}
