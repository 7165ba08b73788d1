//! Code of the caller's own: around each attempt, and around each call.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::client::ClientBuilder;
use super::error::{Context, Error};
use super::exchange::Exchanged;
use super::send::Sending;
use super::trace::Trace;
use super::transport::Transport;

/// Makes a transport around another one.
pub(super) type AttemptLayer = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

impl ClientBuilder {
    /// Puts a transport of yours around the one that sends, whichever that is: it sees every attempt, and may change
    /// or answer it, count it or hold it back.
    ///
    /// Of several, the first one is outermost: it sees a request first and its answer last.
    ///
    /// A layer sees the request as it goes out. Headers with credentials, and all that callers give, are marked as
    /// sensitive ([`HeaderValue::is_sensitive`](http::HeaderValue::is_sensitive)), so that `Debug` doesn't show them. A
    /// URL may have a credential in its query, and bodies may hold secrets: they don't belong into a log. [`Attempt`] in
    /// the extensions of the request says which call it is of. What holds for a [`Transport`] holds for a layer.
    pub fn layer<T: Transport>(
        mut self,
        layer: impl Fn(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        self.attempt_layers
            .push(Arc::new(move |inner| Arc::new(layer(inner))));
        self
    }

    /// Puts code of yours around every call, with all its attempts and the waits between them.
    ///
    /// Of several, the first one is outermost: it sees a call first and what came of it last.
    pub fn call_layer(mut self, layer: impl CallLayer) -> Self {
        self.call_layers.push(Arc::new(layer));
        self
    }
}

/// A transport with all layers around it.
pub(super) fn layered(
    transport: Arc<dyn Transport>,
    layers: &[AttemptLayer],
) -> Arc<dyn Transport> {
    let outwards = layers.iter().rev();
    outwards.fold(transport, |inner, layer| layer(inner))
}

/// What the request of an attempt has in its extensions
/// (`request.extensions().get::<Attempt>()`): which call it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The `operationId`; none for a request outside the document.
    pub operation: Option<&'static str>,
    /// The path as the document has it, below the base URL; of a request outside the document, its own.
    pub path: Cow<'static, str>,
    /// 1 for the first attempt of a call.
    pub number: u32,
}

/// Code around each call: [`ClientBuilder::call_layer`].
pub trait CallLayer: Send + Sync + 'static {
    /// Runs the call, or refuses to. The future is dropped when the call is.
    fn around<'a>(&'a self, call: OutgoingCall<'a>) -> CallOutcomeFuture<'a>;
}

/// What a [`CallLayer`] does asynchronously.
pub type CallOutcomeFuture<'a> = Pin<Box<dyn Future<Output = CallOutcome> + Send + 'a>>;

/// A call that is about to be made. Its time is running.
#[must_use = "a call is made when it is run"]
pub struct OutgoingCall<'a> {
    pub(super) sending: Box<Sending<'a>>,
    pub(super) trace: &'a Trace,
    /// Those further inside.
    pub(super) layers: &'a [Arc<dyn CallLayer>],
}

impl<'a> OutgoingCall<'a> {
    /// The `operationId`; none for a request outside the document.
    pub fn operation(&self) -> Option<&'static str> {
        self.sending.target().id
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.sending.target().method
    }

    /// The path as the document has it, below the base URL; of a request outside the document, its own.
    pub fn path(&self) -> &str {
        &self.sending.target().path
    }

    /// The headers of every attempt, credentials among them; those, and all that callers give, are marked as sensitive
    /// ([`HeaderValue::is_sensitive`](http::HeaderValue::is_sensitive)).
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.sending.headers_mut()
    }

    /// Makes the call, through the layers further inside.
    pub async fn run(mut self) -> CallOutcome {
        match self.layers.split_first() {
            Some((layer, layers)) => layer.around(OutgoingCall { layers, ..self }).await,
            None => CallOutcome(self.sending.send(self.trace, None).await),
        }
    }

    /// Doesn't make the call: it ends with [`Error::NotSent`], which says this.
    pub fn refuse(self, why: impl Into<String>) -> CallOutcome {
        CallOutcome(Err(self.sending.refused(why.into())))
    }
}

impl fmt::Debug for OutgoingCall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingCall")
            .field("target", self.sending.target())
            .finish_non_exhaustive()
    }
}

/// What came of a call, before anybody has read the answer. A refusal by the service is an answer.
pub struct CallOutcome(pub(super) Result<(Context, Exchanged), Error>);

impl CallOutcome {
    /// The status of the answer, where there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0
            .as_ref()
            .ok()
            .map(|(_, (received, _))| received.status)
    }

    /// The headers of the answer, where there is one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0
            .as_ref()
            .ok()
            .map(|(_, (received, _))| &received.headers)
    }

    /// Why there is no answer.
    pub fn error(&self) -> Option<&Error> {
        self.0.as_ref().err()
    }

    /// How often the request was tried.
    pub fn attempts(&self) -> u32 {
        self.0
            .as_ref()
            .map_or_else(Error::attempts, |(context, _)| context.attempts)
    }

    /// How long the call took, with all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.0
            .as_ref()
            .map_or_else(Error::elapsed, |(context, _)| context.elapsed)
    }
}

impl fmt::Debug for CallOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOutcome")
            .field("status", &self.status())
            .field("error", &self.error())
            .field("attempts", &self.attempts())
            .finish_non_exhaustive()
    }
}
