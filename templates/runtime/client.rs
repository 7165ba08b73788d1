//! The client and how it is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, header};

use super::base_url::BaseUrl;
use super::credentials::Credentials;
use super::error::Error;
#[cfg(target_family = "wasm")]
use super::fetch_transport::FetchTransport as DefaultTransport;
use super::headers::put_header;
use super::layer::{AttemptLayer, CallLayer, layered};
use super::prepare::{UNFIT_FOR_HEADER, checked_header, header_value};
use super::rate_limit::RateLimit;
use super::request::Request;
#[cfg(not(target_family = "wasm"))]
use super::reqwest_transport::ReqwestTransport as DefaultTransport;
use super::retry_budget::RetryBudget;
use super::service::Service;
use super::transport::Transport;

/// A connection pool with credentials and defaults. Cheap to clone; clones share everything.
///
/// Calls must be awaited within a Tokio runtime whose timer is on.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) service: &'static Service,
    pub(crate) base_url: BaseUrl,
    /// Whether the caller chose it, for whatever is called.
    pub(crate) base_url_is_chosen: bool,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) headers: HeaderMap,
    pub(crate) transport: Arc<dyn Transport>,
    /// Whether a transport or a layer of the caller's may ask which call a request is of.
    pub(super) shows_attempts: bool,
    pub(super) call_layers: Vec<Arc<dyn CallLayer>>,
    pub(crate) attempt_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) max_retries: u32,
    pub(crate) retry_budget: Arc<RetryBudget>,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) max_response_bytes: usize,
    insecure_hosts: Vec<String>,
}

impl Inner {
    /// Whether credentials stay between here and the service at this URL.
    pub(crate) fn may_carry_credentials(&self, base_url: &BaseUrl) -> bool {
        // A client of another host may send through a proxy, and what isn't encrypted with it.
        let is_near = base_url.is_loopback() && self.base_url.is_loopback();
        base_url.is_https()
            || is_near
            || self
                .insecure_hosts
                .iter()
                .any(|host| host == base_url.host())
    }
}

impl Client {
    /// A request outside the document, for instance to an endpoint that is newer than this crate.
    ///
    /// `path` stands below the base URL, begins with `/` and is percent-encoded where it needs to be;
    /// the query goes to [`Request::query`]. Credentials, deadlines and retries are those of every call;
    /// what may be sent again follows from the method (RFC 9110, section 9.2).
    pub fn request(&self, method: Method, path: &str) -> Request<'_> {
        Request::new(self, method, path)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.to_string())
            .field("credentials", &self.inner.credentials)
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Client`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    service: &'static Service,
    credentials: Option<Credentials>,
    base_url: Option<String>,
    headers: HeaderMap,
    user_agent: String,
    transport: Option<Arc<dyn Transport>>,
    pub(super) attempt_layers: Vec<AttemptLayer>,
    pub(super) call_layers: Vec<Arc<dyn CallLayer>>,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    idle_timeout: Duration,
    timeout: Duration,
    max_retries: u32,
    retry_budget: u32,
    rate_limit: Option<(u32, Duration)>,
    max_response_bytes: usize,
    insecure_hosts: Vec<String>,
    problem: Option<String>,
}

impl ClientBuilder {
    pub(crate) fn new(service: &'static Service) -> Self {
        Self {
            service,
            credentials: None,
            base_url: None,
            headers: HeaderMap::new(),
            user_agent: format!("{}/{}", service.name, service.version),
            transport: None,
            attempt_layers: Vec::new(),
            call_layers: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(60),
            idle_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(300),
            max_retries: 2,
            retry_budget: 100,
            rate_limit: None,
            max_response_bytes: 64 * 1024 * 1024,
            insecure_hosts: Vec::new(),
            problem: None,
        }
    }

    /// Takes credentials and base URL from the environment, unless they are given here.
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] if there are no credentials; it names the variables to set.
    pub fn from_env(self) -> Result<Self, Error> {
        self.read_variables(&|name| std::env::var(name).ok())
    }

    fn read_variables(mut self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let kinds = self.service.credentials;
        if self.credentials.is_none() && !kinds.is_empty() {
            self.credentials =
                Some(Credentials::from_variables(kinds, variable).map_err(Error::setup)?);
        }
        if self.base_url.is_none() {
            self.base_url = variable(self.service.base_url_env).filter(|url| !url.is_empty());
        }
        Ok(self)
    }

    /// Who is calling. Without it, calls that take credentials fail before anything is sent.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// Where the service is, instead of the document's place: an absolute URL, a path and a slash at its
    /// end are fine.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Lets credentials go over plain http to this host, where anybody between can read them.
    /// Default: only https, and http to this machine. May be called for several hosts.
    pub fn allow_insecure_http(mut self, host: &str) -> Self {
        self.insecure_hosts.push(host.to_ascii_lowercase());
        self
    }

    /// How long a connection may take to come about. Default: 10 s. No effect on a transport of your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the answer. Default: 60 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long the body of an answer may stand still. Default: 30 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// How long a call may take with all attempts and the waits between them. Default: 5 min.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a request is sent again at most, where its kind allows it. Default: 2.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// How many attempts beside the first all calls of the client may make in a row, so that a service
    /// that is down isn't asked ever more often; ten calls that are answered pay for one. Default: 100.
    pub fn retry_budget(mut self, attempts: u32) -> Self {
        self.retry_budget = attempts;
        self
    }

    /// How many requests all clones of the client send in this time, attempts beside the first among them: so many at
    /// once, after a while of silence, and from then on evenly. Default: as many as there are calls.
    ///
    /// A call waits for its turn within its time; one whose turn comes too late is refused at once. `Retry-After` of 429
    /// and the headers `RateLimit`, `RateLimit-Remaining` and `X-RateLimit-Remaining` hold back all calls, for a minute at
    /// most, and not only the one that was told.
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        self.rate_limit = Some((requests, per));
        self
    }

    /// How large an answer may be, in bytes, once a transport has decompressed it. Default: 64 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// A header of every request; one that a call sets wins. What can't be sent is an error of [`Self::build`].
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match checked_header(name, value) {
            Ok((name, value)) => {
                put_header(&mut self.headers, name, value);
            }
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
        self
    }

    /// The `User-Agent` header (RFC 9110, section 10.1.5). Default: name and version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sends through a transport of your own.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] if there is no base URL or it isn't valid, if a default header or the user agent
    /// can't be sent, if the rate limit allows nothing, or if TLS can't be set up.
    pub fn build(self) -> Result<Client, Error> {
        if let Some(problem) = self.problem {
            return Err(Error::setup(problem));
        }
        if matches!(self.rate_limit, Some((0, _))) {
            return Err(Error::setup(
                "a rate limit of no requests: nothing could ever be sent",
            ));
        }
        let base_url_is_chosen = self.base_url.is_some();
        let base_url = base_url(self.service, self.base_url)?;
        let mut headers = self.headers;
        if !headers.contains_key(header::USER_AGENT) {
            let user_agent = header_value(&self.user_agent)
                .ok_or_else(|| Error::setup(format!("the user agent {UNFIT_FOR_HEADER}")))?;
            put_header(&mut headers, header::USER_AGENT, user_agent);
        }
        let shows_attempts = self.transport.is_some() || !self.attempt_layers.is_empty();
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let transport = DefaultTransport::with_defaults(self.connect_timeout, &base_url);
                Arc::new(
                    transport
                        .map_err(|error| Error::transport(Default::default(), error, false))?,
                )
            }
        };
        Ok(Client {
            inner: Arc::new(Inner {
                service: self.service,
                base_url,
                base_url_is_chosen,
                credentials: self.credentials,
                headers,
                transport: layered(transport, &self.attempt_layers),
                shows_attempts,
                call_layers: self.call_layers,
                attempt_timeout: self.attempt_timeout,
                idle_timeout: self.idle_timeout,
                timeout: self.timeout,
                max_retries: self.max_retries,
                retry_budget: Arc::new(RetryBudget::new(self.retry_budget)),
                rate_limit: self
                    .rate_limit
                    .map(|(requests, per)| RateLimit::new(requests, per)),
                max_response_bytes: self.max_response_bytes,
                insecure_hosts: self.insecure_hosts,
            }),
        })
    }
}

fn base_url(service: &Service, given: Option<String>) -> Result<BaseUrl, Error> {
    let variable = service.base_url_env;
    match given.as_deref().or(service.base_url) {
        Some(text) => BaseUrl::parse(text)
            .map_err(|why| Error::setup(format!("the base URL can't be used: {why}"))),
        None => Err(Error::setup(format!(
            "no base URL: set {variable}, or use `ClientBuilder::base_url`"
        ))),
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}
