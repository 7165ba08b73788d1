//! A transport without a network, which remembers what came to it, and when.

use std::sync::{Arc, Mutex};

use generated::{
    Attempt, ClientBuilder, Credentials, HeaderMap, RequestBody, ResponseBody, Transport,
    TransportFuture,
};
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use tokio::time::Instant;

/// Status and headers of an answer; its body is `{}`.
pub(crate) type Answer = (u16, Vec<(&'static str, String)>);

/// Answers at once.
#[derive(Clone)]
pub(crate) struct Recorder {
    answer: Arc<dyn Fn(usize) -> Answer + Send + Sync>,
    came: Arc<Mutex<Vec<Came>>>,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) at: Instant,
    pub(crate) headers: HeaderMap,
    pub(crate) attempt: Attempt,
}

impl Recorder {
    /// Answers by the number of requests that came before.
    pub(crate) fn new(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            came: Arc::default(),
        }
    }

    /// Says yes to everything.
    pub(crate) fn content() -> Self {
        Self::new(|_| (200, Vec::new()))
    }

    /// The beginnings of a client that sends here.
    pub(crate) fn builder(&self) -> ClientBuilder {
        generated::Client::builder()
            .base_url("https://service.example")
            .credentials(Credentials::api_token("test-token"))
            .transport(self.clone())
    }

    /// What came so far.
    pub(crate) fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    /// When it came, in milliseconds after a point in time.
    pub(crate) fn times(&self, since: Instant) -> Vec<u128> {
        let came = self.came().into_iter();
        came.map(|came| came.at.duration_since(since).as_millis())
            .collect()
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request<RequestBody>) -> TransportFuture<'_, Response<ResponseBody>> {
        let number = {
            let mut came = self.came.lock().unwrap();
            came.push(Came {
                at: Instant::now(),
                headers: request.headers().clone(),
                attempt: request.extensions().get::<Attempt>().unwrap().clone(),
            });
            came.len() - 1
        };
        let (status, headers) = (self.answer)(number);
        let mut response = Response::new(ResponseBody::from("{}"));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            let name = HeaderName::from_static(name);
            response
                .headers_mut()
                .append(name, HeaderValue::from_str(&value).unwrap());
        }
        Box::pin(async { Ok(response) })
    }
}
