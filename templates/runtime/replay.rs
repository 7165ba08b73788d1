//! A service that answers from a recording.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::{Body, Frame};

use super::error::Error;
use super::known_secrets::KnownSecrets;
use super::matching::{Difference, Wanted};
use super::passing::{Asked, Rules, is_secret, lock};
use super::recorded_body::RecordedBody;
use super::recording::{Exchange, RecordedFault, RecordedResponse, Recording};
use super::redaction::Redaction;
use super::request_body::RequestBody;
use super::service::Service;
use super::transport::{ResponseBody, Transport, TransportError, TransportFuture};

/// How much of a body is compared, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Answers from what a [`Recorder`](super::recorder::Recorder) has written, and asks no network: for
/// [`ClientBuilder::transport`](super::client::ClientBuilder::transport). Clones share what is left.
///
/// A request gets the first answer that is left of those to the same method, path, query and body; headers don't count.
/// Where the recording has `[redacted]`, anything may be sent, and this very text is what comes back. What went wrong goes
/// wrong again. A request that has no answer left is refused, and the error says which recorded one is nearest.
#[derive(Clone)]
pub struct Replay {
    rules: Arc<Rules>,
    exchanges: Arc<Mutex<Vec<Played>>>,
}

struct Played {
    exchange: Exchange,
    is_used: bool,
}

impl Replay {
    /// From the text of a file.
    pub(crate) fn of(service: &'static Service, recording: &str) -> Result<Self, Error> {
        let recording = Recording::parse(recording)
            .map_err(|why| Error::setup(format!("the recording can't be read: {why}")))?;
        let mut redaction = Redaction::of(service);
        let exchanges = recording.exchanges.into_iter().map(|exchange| {
            redaction.learn_from(&exchange.request.path);
            Played {
                exchange,
                is_used: false,
            }
        });
        let exchanges: Vec<Played> = exchanges.collect();
        Ok(Self {
            exchanges: Arc::new(Mutex::new(exchanges)),
            rules: Arc::new(Rules {
                redaction,
                max_body_bytes: MAX_BODY_BYTES,
            }),
        })
    }

    /// How many recorded exchanges weren't asked for yet.
    pub fn remaining(&self) -> usize {
        self.unused().len()
    }

    /// What wasn't asked for yet: method and path of each.
    pub fn unused(&self) -> Vec<String> {
        let exchanges = lock(&self.exchanges);
        let unused = exchanges.iter().filter(|played| !played.is_used);
        unused.map(|played| shown(&played.exchange)).collect()
    }

    /// The answer to a request that is taken off the recording.
    fn take(&self, wanted: &Wanted) -> Result<RecordedResponse, TransportError> {
        let mut exchanges = lock(&self.exchanges);
        let mut nearest: Option<(Difference, String)> = None;
        for played in exchanges.iter_mut() {
            let request = &played.exchange.request;
            let difference = wanted.difference(&request.method, &request.path, &request.body);
            if difference == Difference::None && !played.is_used {
                played.is_used = true;
                return Ok(played.exchange.response.clone());
            }
            if nearest
                .as_ref()
                .is_none_or(|(nearest, _)| difference > *nearest)
            {
                nearest = Some((difference, shown(&played.exchange)));
            }
        }
        Err(TransportError::not_recorded(unmatched(wanted, nearest)))
    }

    async fn answer(
        &self,
        mut request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, TransportError> {
        let mut known = KnownSecrets::default();
        let (redaction, is_secret) = (
            &self.rules.redaction,
            is_secret(&request, &self.rules.redaction),
        );
        let asked = Asked::of(&mut request, &self.rules, &mut known);
        let is_head = request.method() == Method::HEAD;
        if request.body().as_bytes().is_none() {
            read_to_end(request.into_body()).await?;
        }
        let wanted = Wanted {
            body: asked.body(redaction, is_secret, &mut known),
            method: asked.method,
            path: asked.path,
        };
        let response = self.take(&wanted)?;
        let fault = response.fault;
        match fault.and_then(failure) {
            Some(error) => Err(error),
            None => played(response, is_head).ok_or_else(|| {
                TransportError::not_recorded(format!(
                    "the recorded answer to {} {} was larger than what is recorded of one \
                     (`Recorder::max_body_bytes`), or isn't one",
                    wanted.method, wanted.path
                ))
            }),
        }
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<RequestBody>) -> TransportFuture<'_, Response<ResponseBody>> {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("remaining", &self.remaining())
            .finish_non_exhaustive()
    }
}

fn shown(exchange: &Exchange) -> String {
    format!("{} {}", exchange.request.method, exchange.request.path)
}

fn unmatched(wanted: &Wanted, nearest: Option<(Difference, String)>) -> String {
    let Wanted { method, path, .. } = wanted;
    let nothing = format!("nothing recorded answers {method} {path}");
    let Some((difference, nearest)) = nearest else {
        return format!("{nothing}: the recording is empty");
    };
    let how = match difference {
        Difference::Path(_) => "has another path".to_owned(),
        Difference::Method => "has another method".to_owned(),
        Difference::Query => "has another query".to_owned(),
        Difference::Body(at) if at.is_empty() => "has another body".to_owned(),
        Difference::Body(at) => format!("has another body, at {at}"),
        Difference::None => "was asked for already".to_owned(),
    };
    format!("{nothing}: the nearest, {nearest}, {how}")
}

/// What goes wrong before there is an answer.
fn failure(fault: RecordedFault) -> Option<TransportError> {
    Some(match fault {
        RecordedFault::Refused => TransportError::not_sent("no connection, as recorded"),
        RecordedFault::ConnectTimeout => {
            TransportError::not_sent("no connection in time, as recorded").or_timed_out(true)
        }
        RecordedFault::Timeout => TransportError::timeout("no answer in time, as recorded"),
        RecordedFault::Close => broken(),
        RecordedFault::Request => {
            TransportError::unreadable_content("its body couldn't be read, as recorded")
        }
        RecordedFault::Cut => return None,
    })
}

fn broken() -> TransportError {
    TransportError::other("the connection broke off, as recorded")
}

/// The answer; `None` where it isn't recorded.
fn played(recorded: RecordedResponse, is_head: bool) -> Option<Response<ResponseBody>> {
    let bytes = recorded.body.to_bytes()?;
    let is_cut = recorded.fault == Some(RecordedFault::Cut);
    let length = bytes.len();
    let body = match is_cut {
        true => ResponseBody::new(Cut(Some(bytes))),
        false => bytes.into(),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(recorded.status?).ok()?;
    let headers = response.headers_mut();
    for (name, value) in recorded.headers {
        let name = HeaderName::try_from(name).ok()?;
        headers.append(name, HeaderValue::try_from(value).ok()?);
    }
    // Without its secrets and spaces it has another length.
    if !is_cut && !is_head && headers.contains_key(header::CONTENT_LENGTH) {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    Some(response)
}

/// A body that breaks off.
struct Cut(Option<Bytes>);

impl Body for Cut {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let rest = self.0.take().filter(|bytes| !bytes.is_empty());
        Poll::Ready(Some(rest.map(Frame::data).ok_or_else(broken)))
    }
}

/// Takes all of a body, which is shown to whoever compares it.
async fn read_to_end(mut body: RequestBody) -> Result<(), TransportError> {
    while let Some(frame) =
        std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        frame?;
    }
    Ok(())
}
