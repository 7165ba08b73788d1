//! Exchanges with a service as a file, without its secrets.

use std::fmt;
#[cfg(not(target_family = "wasm"))]
use std::path::PathBuf;
use std::sync::Arc;

use http::{Request, Response};

#[cfg(not(target_family = "wasm"))]
use super::partial_file::PartialFile;
use super::passing::{Log, Passing, Rules, lock};
use super::recording::Recording;
use super::redaction::{MARK, Redaction};
use super::request_body::RequestBody;
use super::service::Service;
use super::transport::{ResponseBody, Transport, TransportFuture};

/// How much is recorded of a body, unless somebody says otherwise, in bytes.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Records every attempt that passes, requests for access tokens among them, for [`Replay`](super::replay::Replay).
/// Clones share what is recorded.
///
/// A body is recorded while it passes, unchanged for the caller; one that nobody takes to its end is recorded as cut off.
///
/// Secrets are taken out before anything is kept, and `[redacted]` stands in their place:
///
/// - the headers `Authorization`, `Proxy-Authorization`, `Cookie` and `Set-Cookie`, and every header that the caller sets
///   or that is marked as sensitive otherwise;
/// - whatever credentials of the service are sent in: headers, parameters of the query;
/// - parameters, and in JSON and forms at any depth members, that are secrets in the document, that OAuth 2.0 calls secret,
///   or that are called `password`;
/// - what these hold, from six bytes on, wherever it stands again in what is recorded: in a message, in a link.
///
/// Of a body that should be JSON and can't be read, nothing is kept, and nothing of `multipart/form-data`, of what is
/// compressed and of forms and texts that aren't UTF-8. Other text and
/// bytes (a page, a picture, a file) are kept as they are: whether there is a secret in them, nobody can know but you.
#[derive(Clone)]
pub struct Recorder {
    rules: Arc<Rules>,
    about: String,
    log: Log,
}

impl Recorder {
    /// Without the secrets of a service.
    pub(crate) fn of(service: &'static Service) -> Self {
        let redaction = Redaction::of(service);
        let name = redaction.service_name();
        Self {
            about: format!("Recorded with `{name}`; {MARK} stands in place of secrets."),
            rules: Arc::new(Rules {
                redaction,
                max_body_bytes: MAX_BODY_BYTES,
            }),
            log: Log::default(),
        }
    }

    /// What the file says it is of.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// Takes out the members of this name, at any depth of JSON and in forms.
    #[must_use]
    pub fn redact_key(mut self, name: &str) -> Self {
        self.redaction().redact_key(name);
        self
    }

    /// Takes out the header of this name, of requests and of answers.
    #[must_use]
    pub fn redact_header(mut self, name: &str) -> Self {
        self.redaction().redact_header(name);
        self
    }

    /// Takes out the query parameter of this name.
    #[must_use]
    pub fn redact_query(mut self, name: &str) -> Self {
        self.redaction().redact_query(name);
        self
    }

    /// How large a recorded body may be, in bytes. Of a larger one the file only says how large it was, and to replay its
    /// answer is an error. Default: 1 MiB.
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        Arc::make_mut(&mut self.rules).max_body_bytes = bytes;
        self
    }

    fn redaction(&mut self) -> &mut Redaction {
        &mut Arc::make_mut(&mut self.rules).redaction
    }

    /// A transport that lets another one send and records what passes, by the rules of now: for
    /// [`ClientBuilder::layer`](super::client::ClientBuilder::layer). As the last layer, it sees what goes out.
    pub fn around(&self, inner: Arc<dyn Transport>) -> RecordingTransport {
        RecordingTransport {
            recorder: self.clone(),
            inner,
        }
    }

    /// How many attempts have come to their end: those are what is written.
    pub fn recorded(&self) -> usize {
        lock(&self.log).count()
    }

    /// The text of the file, by the order in which the attempts began.
    pub fn to_json(&self) -> String {
        let exchanges = lock(&self.log).exchanges();
        let about = self.about.clone();
        Recording { about, exchanges }.to_json()
    }

    /// Writes the file: whole, or not at all. Code that isn't async has [`Self::to_json`].
    ///
    /// # Errors
    ///
    /// Where it can't be written. A file that was there before is then still there.
    #[cfg(not(target_family = "wasm"))]
    pub async fn save(&self, path: impl Into<PathBuf>) -> std::io::Result<()> {
        let mut file = PartialFile::create(path.into()).await?;
        file.write(self.to_json().as_bytes()).await?;
        file.finish().await
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("recorded", &self.recorded())
            .finish_non_exhaustive()
    }
}

/// A transport with a [`Recorder`].
pub struct RecordingTransport {
    recorder: Recorder,
    inner: Arc<dyn Transport>,
}

impl Transport for RecordingTransport {
    fn send(
        &self,
        mut request: Request<RequestBody>,
    ) -> TransportFuture<'_, Response<ResponseBody>> {
        Box::pin(async move {
            let Recorder { rules, log, .. } = &self.recorder;
            let passing = Passing::begin(&mut request, rules, log);
            match self.inner.send(request).await {
                Ok(answer) => {
                    let (parts, body) = answer.into_parts();
                    let body = passing.answers(parts.status, &parts.headers, body);
                    Ok(Response::from_parts(parts, body))
                }
                Err(error) => {
                    passing.fails(&error);
                    Err(error)
                }
            }
        })
    }
}

impl fmt::Debug for RecordingTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordingTransport")
            .field("recorder", &self.recorder)
            .finish_non_exhaustive()
    }
}
