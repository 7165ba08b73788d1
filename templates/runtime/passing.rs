//! One attempt that is being recorded: what is known of it so far, until it comes to its end.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use http_body::{Body, Frame, SizeHint};

use super::base_url::BaseUrl;
use super::exchange::{announced, media_type};
use super::known_secrets::KnownSecrets;
use super::layer::Attempt;
use super::recorded_body::{BodyRules, Passed, RecordedBody};
use super::recording::{Exchange, RecordedFault, RecordedRequest, RecordedResponse};
use super::redaction::{Redaction, scrub_headers};
use super::request_body::RequestBody;
use super::transport::{ResponseBody, TransportError};

/// What a client leaves with a request: the path of its base URL, which isn't part of a recording.
#[derive(Clone)]
pub(super) struct BasePath(String);

impl BasePath {
    pub(super) fn of(base_url: &BaseUrl) -> Self {
        Self(base_url.path().to_owned())
    }
}

/// What may be kept of an attempt.
#[derive(Clone)]
pub(super) struct Rules {
    pub(super) redaction: Redaction,
    /// How much is kept of a body, in bytes.
    pub(super) max_body_bytes: usize,
}

/// What is recorded.
#[derive(Default)]
pub(super) struct Recorded {
    /// What has come to its end, by the order in which it began.
    exchanges: Vec<Option<Exchange>>,
    /// A service may repeat in one exchange what another one has shown.
    known: KnownSecrets,
}

impl Recorded {
    /// How many exchanges have come to their end.
    pub(super) fn count(&self) -> usize {
        self.exchanges.iter().flatten().count()
    }

    /// What has come to its end, without the secrets of any of it.
    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        let mut exchanges: Vec<Exchange> = self.exchanges.iter().flatten().cloned().collect();
        for exchange in &mut exchanges {
            scrub(exchange, &self.known);
        }
        exchanges
    }
}

/// What clones of a recorder share.
pub(super) type Log = Arc<Mutex<Recorded>>;

fn scrub(Exchange { request, response }: &mut Exchange, known: &KnownSecrets) {
    known.scrub(&mut request.path);
    scrub_headers(&mut request.headers, known);
    request.body.scrub(known);
    scrub_headers(&mut response.headers, known);
    response.body.scrub(known);
}

/// An attempt. Dropped, it has come to its end.
pub(super) struct Passing {
    rules: Arc<Rules>,
    log: Log,
    number: usize,
    known: KnownSecrets,
    is_secret: bool,
    request: Asked,
    response: RecordedResponse,
    response_type: String,
    response_is_encoded: bool,
    response_length: Option<u64>,
    answer: Passed,
}

/// A request, without its secrets as far as they are known.
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    media_type: String,
    is_encoded: bool,
    length: Option<u64>,
    /// What is taken of its body.
    body: Arc<Mutex<Passed>>,
}

impl Asked {
    /// Everything but the body, which is yet to pass.
    pub(super) fn of(
        request: &mut Request<RequestBody>,
        rules: &Rules,
        known: &mut KnownSecrets,
    ) -> Self {
        let headers = rules.redaction.headers(request.headers(), known);
        let uri = request.uri();
        let base = request.extensions().get::<BasePath>();
        let below = base.and_then(|BasePath(base)| uri.path().strip_prefix(base.as_str()));
        let path = below
            .filter(|path| path.starts_with('/'))
            .unwrap_or(uri.path());
        let attempt = request.extensions().get::<Attempt>();
        let template = attempt.map(|attempt| &*attempt.path);
        let path = rules.redaction.path(path, template, uri.query(), known);
        let limit = rules.max_body_bytes;
        let body = match request.body().as_bytes() {
            Some(bytes) => Arc::new(Mutex::new(Passed::whole(&bytes, limit))),
            None => {
                let passed = Arc::new(Mutex::new(Passed::new(limit)));
                request.body_mut().show(Arc::clone(&passed));
                passed
            }
        };
        Self {
            method: request.method().to_string(),
            path,
            headers,
            media_type: media_type_of(request.headers()),
            is_encoded: is_encoded(request.headers()),
            length: request.body().content_length(),
            body,
        }
    }

    /// The body as far as it passed; of one that wasn't taken to its end, nothing.
    pub(super) fn body(
        &self,
        redaction: &Redaction,
        is_secret: bool,
        known: &mut KnownSecrets,
    ) -> RecordedBody {
        let passed = lock(&self.body);
        if !passed.is_whole && self.length != Some(passed.length) {
            return RecordedBody::withheld();
        }
        let rules = BodyRules {
            redaction,
            media_type: &self.media_type,
            is_encoded: self.is_encoded,
            is_secret,
        };
        rules.recorded(&passed, known)
    }
}

/// Whether what an operation sends and gets is a secret as a whole.
pub(super) fn is_secret(request: &Request<RequestBody>, redaction: &Redaction) -> bool {
    let attempt = request.extensions().get::<Attempt>();
    redaction.is_secret(attempt.and_then(|attempt| attempt.operation))
}

impl Passing {
    /// An attempt whose request goes out now.
    pub(super) fn begin(request: &mut Request<RequestBody>, rules: &Arc<Rules>, log: &Log) -> Self {
        let mut known = KnownSecrets::default();
        let number = {
            let mut log = lock(log);
            log.exchanges.push(None);
            log.exchanges.len() - 1
        };
        Self {
            rules: Arc::clone(rules),
            log: Arc::clone(log),
            number,
            is_secret: is_secret(request, &rules.redaction),
            request: Asked::of(request, rules, &mut known),
            known,
            response: RecordedResponse {
                status: None,
                headers: Vec::new(),
                body: RecordedBody::None,
                // Unless it comes otherwise.
                fault: Some(RecordedFault::Timeout),
            },
            response_type: String::new(),
            response_is_encoded: false,
            response_length: None,
            answer: Passed::new(rules.max_body_bytes),
        }
    }

    /// There is no answer.
    pub(super) fn fails(mut self, error: &TransportError) {
        self.response.fault = Some(match error {
            error if error.is_unreadable_content() => RecordedFault::Request,
            error if error.is_not_sent() && error.is_timeout() => RecordedFault::ConnectTimeout,
            error if error.is_not_sent() => RecordedFault::Refused,
            error if error.is_timeout() => RecordedFault::Timeout,
            _ => RecordedFault::Close,
        });
    }

    /// The answer begins; its body is one that is recorded while it is taken.
    pub(super) fn answers(
        mut self,
        status: StatusCode,
        headers: &HeaderMap,
        body: ResponseBody,
    ) -> ResponseBody {
        self.response.status = Some(status.as_u16());
        self.response.headers = self.rules.redaction.headers(headers, &mut self.known);
        self.response.fault = Some(RecordedFault::Cut);
        self.response_type = media_type_of(headers);
        self.response_is_encoded = is_encoded(headers);
        self.response_length = announced(headers);
        ResponseBody::new(Answering {
            body,
            passing: Some(self),
        })
    }

    fn exchange(&mut self) -> Exchange {
        let (redaction, is_secret) = (&self.rules.redaction, self.is_secret);
        let known = &mut self.known;
        let request = RecordedRequest {
            method: self.request.method.clone(),
            path: self.request.path.clone(),
            headers: self.request.headers.clone(),
            body: self.request.body(redaction, is_secret, known),
        };
        let mut response = self.response.clone();
        let has_arrived = self.response_length == Some(self.answer.length);
        if response.fault == Some(RecordedFault::Cut) && has_arrived {
            self.answer.is_whole = true;
            response.fault = None;
        }
        let rules = BodyRules {
            redaction,
            media_type: &self.response_type,
            is_encoded: self.response_is_encoded,
            is_secret,
        };
        response.body = rules.recorded(&self.answer, known);
        let mut exchange = Exchange { request, response };
        // What comes later shows secrets that may stand before it, too.
        scrub(&mut exchange, known);
        correct_length(&mut exchange.response);
        exchange
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let exchange = self.exchange();
        let mut log = lock(&self.log);
        log.known.learn_all(&self.known);
        if let Some(place) = log.exchanges.get_mut(self.number) {
            *place = Some(exchange);
        }
    }
}

/// The body of an answer on its way to the caller.
struct Answering {
    body: ResponseBody,
    /// None once it came to its end.
    passing: Option<Passing>,
}

impl Body for Answering {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let piece = ready!(self.body.poll_piece(context));
        match (&piece, &mut self.passing) {
            (Some(Ok(piece)), Some(passing)) => passing.answer.push(piece),
            (None, Some(passing)) => {
                passing.answer.is_whole = true;
                passing.response.fault = None;
                self.passing = None;
            }
            (Some(Err(_)), _) => self.passing = None,
            (_, None) => {}
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// How long an answer was would tell how long the secrets in it are.
fn correct_length(response: &mut RecordedResponse) {
    let body = response.body.to_bytes().filter(|body| !body.is_empty());
    let (None, Some(body)) = (response.fault, body) else {
        return;
    };
    let mut headers = response.headers.iter_mut();
    if let Some((_, value)) = headers.find(|(name, _)| *name == header::CONTENT_LENGTH.as_str()) {
        *value = body.len().to_string();
    }
}

fn is_encoded(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    encodings.any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// In small letters; empty where nobody says.
fn media_type_of(headers: &HeaderMap) -> String {
    media_type(headers).unwrap_or_default().to_ascii_lowercase()
}

/// What is in it is whole at any time.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
