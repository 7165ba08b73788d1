//! The default transport: reqwest, with the TLS that the crate's features choose.

use std::error::Error as StdError;
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{Uri, Version};
use http_body::{Body, Frame};
use reqwest::Url;

use super::base_url::BaseUrl;
use super::request_body::RequestBody;
use super::transport::{ResponseBody, Transport, TransportError, TransportFuture};

/// Sends through a [`reqwest::Client`].
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Where the first request went: most go to the same host, and reading it anew takes longer than all the rest of a
    /// URL.
    origin: Arc<OnceLock<Origin>>,
}

/// The beginning of a URL, as both libraries have it.
#[derive(Debug)]
struct Origin {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl Origin {
    fn of(uri: &Uri, url: &Url) -> Option<Self> {
        let mut url = url.clone();
        url.set_path("");
        url.set_query(None);
        Some(Self {
            scheme: uri.scheme()?.clone(),
            authority: uri.authority()?.clone(),
            url,
        })
    }

    /// All of a URL, if it begins like this.
    fn url(&self, uri: &Uri) -> Option<Url> {
        // Compared as text: another spelling of the same host is read anew.
        let is_authority = |it: &Authority| it.as_str() == self.authority.as_str();
        let is_here =
            uri.scheme() == Some(&self.scheme) && uri.authority().is_some_and(is_authority);
        is_here.then(|| {
            let mut url = self.url.clone();
            url.set_path(uri.path());
            if let Some(query) = uri.query() {
                url.set_query(Some(query));
            }
            url
        })
    }
}

impl ReqwestTransport {
    /// Over a client of yours, for instance one with a proxy or with certificates of your own.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())` and `retry(reqwest::retry::never())`:
    /// otherwise redirects take header credentials along, and a request may be sent twice unseen.
    pub fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            origin: Arc::default(),
        }
    }

    /// Without a proxy from the environment where the service is on this host, so that what is meant for it doesn't
    /// leave it.
    pub(crate) fn with_defaults(
        connect_timeout: Duration,
        base_url: &BaseUrl,
    ) -> Result<Self, TransportError> {
        let has_tls = cfg!(any(feature = "native-tls", feature = "rustls"));
        if base_url.is_https() && !has_tls {
            return Err(TransportError::not_sent(
                "https takes the Cargo feature `rustls` or `native-tls` of this crate, or a transport of your own",
            ));
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .redirect(reqwest::redirect::Policy::none())
            // Of what is never sent again, no copy is kept either.
            .retry(reqwest::retry::never().max_retries_per_request(0));
        if base_url.is_loopback() {
            builder = builder.no_proxy();
        }
        let builder = with_roots(builder).map_err(transport_error)?;
        builder.build().map(Self::new).map_err(transport_error)
    }

    /// As its library has it. Its room on the stack is free again before anything is sent.
    #[inline(never)]
    fn request(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<reqwest::Request, TransportError> {
        let origin = self.origin.get();
        match origin.and_then(|origin| origin.url(request.uri())) {
            // There is no other way to give it extensions.
            Some(url) if request.extensions().is_empty() => Ok(with_url(request, url)),
            _ => self.request_elsewhere(request.map(content)),
        }
    }

    #[cold]
    fn request_elsewhere(
        &self,
        request: http::Request<reqwest::Body>,
    ) -> Result<reqwest::Request, TransportError> {
        let uri = request.uri().clone();
        let request = reqwest::Request::try_from(request).map_err(|error| {
            TransportError::not_sent("the URL can't be used").with_source(error.without_url())
        })?;
        if let Some(origin) = Origin::of(&uri, request.url()) {
            // Where there is one, it is kept.
            let _ = self.origin.set(origin);
        }
        Ok(request)
    }
}

fn content(body: RequestBody) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.into(),
        None => reqwest::Body::wrap(body),
    }
}

fn with_url(request: http::Request<RequestBody>, url: Url) -> reqwest::Request {
    let (parts, body) = request.into_parts();
    let mut request = reqwest::Request::new(parts.method, url);
    *request.version_mut() = parts.version;
    *request.headers_mut() = parts.headers;
    *request.body_mut() = Some(content(body));
    request
}

/// Trusts the certificates that are compiled in, and no others.
#[cfg(feature = "webpki-roots")]
fn with_roots(builder: reqwest::ClientBuilder) -> reqwest::Result<reqwest::ClientBuilder> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
    let roots = roots.map(|root| reqwest::Certificate::from_der(root));
    Ok(builder.tls_certs_only(roots.collect::<Result<Vec<_>, _>>()?))
}

/// Trusts what the platform trusts.
#[cfg(not(feature = "webpki-roots"))]
fn with_roots(builder: reqwest::ClientBuilder) -> reqwest::Result<reqwest::ClientBuilder> {
    Ok(builder)
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> TransportFuture<'_, http::Response<ResponseBody>> {
        // Outside of the future, which would carry the request along.
        let answer = self
            .request(request)
            .map(|request| self.client.execute(request));
        Box::pin(async move {
            let mut answer = answer?.await.map_err(transport_error)?;
            let status = answer.status();
            let headers = std::mem::take(answer.headers_mut());
            let mut response = http::Response::new(ResponseBody::new(Arriving(answer)));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

/// A body that is still arriving.
struct Arriving(reqwest::Response);

impl Body for Arriving {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        // Between two polls, it keeps nothing.
        let piece = ready!(pin!(self.0.chunk()).poll(context));
        Poll::Ready(
            piece
                .map_err(transport_error)
                .transpose()
                .map(|piece| piece.map(Frame::data)),
        )
    }

    /// Where HTTP/1.1 announced a length, the body ends with it. HTTP/2 has a sign of its own for the end, which may
    /// still be on its way, and takes it for a refusal if nobody waits for it.
    fn is_end_stream(&self) -> bool {
        self.0.version() <= Version::HTTP_11 && self.0.content_length() == Some(0)
    }
}

fn transport_error(error: reqwest::Error) -> TransportError {
    // A URL may hold a credential in its query.
    let error = error.without_url();
    let cause = root_cause(&error);
    let failure = if error.is_builder() {
        TransportError::not_sent(format!("the HTTP client can't be set up: {cause}"))
    } else if error.is_connect() {
        TransportError::not_sent(format!("no connection: {cause}"))
    } else if let Some(content) = unreadable_content(&error) {
        TransportError::unreadable_content(content.to_string())
    } else if error.is_timeout() {
        TransportError::timeout("no answer in time")
    } else {
        TransportError::other(format!("the connection broke off: {cause}"))
    };
    failure.or_timed_out(error.is_timeout()).with_source(error)
}

/// What the body of the request says, if it is what failed.
fn unreadable_content(error: &dyn StdError) -> Option<&TransportError> {
    let mut cause = error.source()?;
    loop {
        if let Some(content) = cause.downcast_ref::<TransportError>() {
            return Some(content);
        }
        cause = cause.source()?;
    }
}

/// The innermost error says what happened; those around it only where.
fn root_cause(error: &dyn StdError) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_origin_makes_no_difference() -> Result<(), Box<dyn StdError>> {
        for origin in ["http://127.0.0.1:8080", "https://Service.Example:443"] {
            let first = Url::parse(origin)?;
            let known = Origin::of(&origin.parse()?, &first).ok_or("no origin")?;
            for rest in [
                "",
                "/",
                "/a%2Fb/%2e%2e/c?x=%26&y='",
                "//a//;b=1?",
                "/a%zz/:@|~",
            ] {
                let uri: Uri = format!("{origin}{rest}").parse()?;
                assert_eq!(known.url(&uri), Some(Url::parse(&uri.to_string())?));
            }
            for elsewhere in [
                "http://127.0.0.1/a",
                "https://service.example:444/",
                "http://service.example:443",
            ] {
                assert_eq!(known.url(&elsewhere.parse()?), None);
            }
        }
        Ok(())
    }

    #[test]
    fn without_tls_there_is_plain_http_alone() {
        let made = |url| {
            let base_url = BaseUrl::parse(url).map_err(str::to_owned)?;
            let made = ReqwestTransport::with_defaults(Duration::ZERO, &base_url);
            made.map(drop).map_err(|error| error.to_string())
        };
        let has_tls = cfg!(any(feature = "native-tls", feature = "rustls"));
        assert_eq!(made("http://localhost"), Ok(()));
        assert_eq!(made("https://service.example").is_ok(), has_tls);
    }
}
