//! Spans and events for the crate `tracing`, named as OpenTelemetry's semantic conventions for HTTP clients name them.
//!
//! Nothing that a caller gave is in them: of the path only the document's template, no query, no header, no body.
//! Without the feature `tracing` nothing is compiled of it.

pub(crate) use wanted::{Trace, unreadable};

#[cfg(feature = "tracing")]
mod wanted {
    use std::time::Duration;

    use http::{Method, Uri};
    use tracing::Instrument as _;
    use tracing::field::Empty;

    use crate::runtime::error::Context;
    use crate::runtime::exchange::Outcome;
    use crate::runtime::operation::Target;
    use crate::runtime::transport::TransportError;

    /// The span of a call, or of one of its attempts.
    pub(crate) struct Trace(tracing::Span);

    /// Every span has these; each place where they are made needs a description of its own.
    macro_rules! span {
        ($name:literal, $kind:literal, $target:expr, $uri:expr) => {
            tracing::info_span!(
                $name,
                otel.name = name($target),
                otel.kind = $kind,
                otel.status_code = Empty,
                operation.name = $target.id,
                http.request.method = method(&$target.method),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                url.template = template($target),
                server.address = $uri.and_then(Uri::host),
                server.port = $uri.map(port),
                error.type = Empty,
            )
        };
    }

    impl Trace {
        /// Of a call with all its attempts and the waits between them.
        pub(crate) fn of_call(target: &Target, uri: Option<&Uri>) -> Self {
            Self(span!("call", "internal", target, uri))
        }

        /// Of one attempt: what OpenTelemetry has a client's span for.
        pub(crate) fn of_attempt(target: &Target, uri: Option<&Uri>) -> Self {
            Self(span!("attempt", "client", target, uri))
        }

        /// A future, with all that it does inside the span.
        pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
            future.instrument(self.0.clone())
        }

        /// What is done at once, inside the span.
        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        /// It is sent again, after this time.
        pub(crate) fn waits(&self, outcome: &Outcome, wait: Duration) {
            let (status, error) = told(outcome);
            tracing::info!(
                parent: &self.0,
                http.response.status_code = status,
                error.type = error,
                wait.seconds = wait.as_secs_f64(),
                "it waits to be sent again"
            );
        }

        /// What came of it, in the attempt of this number.
        pub(crate) fn ends(&self, outcome: &Outcome, attempts: u32) {
            let (status, error) = told(outcome);
            if let Some(status) = status {
                self.0.record("http.response.status_code", status);
            }
            if let Some(error) = error {
                self.0.record("error.type", error);
                self.0.record("otel.status_code", "ERROR");
            }
            if attempts > 1 {
                self.0.record("http.request.resend_count", attempts - 1);
            }
        }
    }

    /// An answer came that can't be read.
    pub(crate) fn unreadable(context: &Context) {
        tracing::warn!(
            operation.name = context.target.as_ref().and_then(|target| target.id),
            error.type = "unreadable",
            "the answer can't be read"
        );
    }

    /// `GET /things/{id}`.
    fn name(target: &Target) -> String {
        let method = method(&target.method);
        match template(target) {
            Some(template) => format!("{method} {template}"),
            None => method.to_owned(),
        }
    }

    /// The document's; a path of the caller's own may hold anything.
    fn template(target: &Target) -> Option<&str> {
        target.id.map(|_| target.path.as_ref())
    }

    /// Methods that aren't registered are the caller's own word.
    fn method(method: &Method) -> &str {
        match method.as_str() {
            known @ ("CONNECT" | "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST"
            | "PUT" | "QUERY" | "TRACE") => known,
            _ => "_OTHER",
        }
    }

    fn port(uri: &Uri) -> u16 {
        let default = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        uri.port_u16().unwrap_or(default)
    }

    /// The status of an answer, and what is wrong.
    fn told(outcome: &Outcome) -> (Option<u16>, Option<&str>) {
        match outcome {
            Err(error) => (None, Some(kind(error))),
            Ok((received, _)) => {
                let status = &received.status;
                let refused = (!status.is_success()).then(|| status.as_str());
                let wrong = received.broken.as_ref().map(kind).or(refused);
                (Some(status.as_u16()), wrong)
            }
        }
    }

    fn kind(error: &TransportError) -> &'static str {
        match error {
            _ if error.is_timeout() => "timeout",
            _ if error.is_not_sent() => "not_sent",
            _ if error.is_too_large() => "too_large",
            _ if error.is_unreadable_content() => "unreadable_content",
            _ => "connection",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod wanted {
    use std::time::Duration;

    use http::Uri;

    use crate::runtime::error::Context;
    use crate::runtime::exchange::Outcome;
    use crate::runtime::operation::Target;

    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn of_call(_: &Target, _: Option<&Uri>) -> Self {
            Self
        }

        pub(crate) fn of_attempt(_: &Target, _: Option<&Uri>) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        pub(crate) fn waits(&self, _: &Outcome, _: Duration) {}

        pub(crate) fn ends(&self, _: &Outcome, _: u32) {}
    }

    pub(crate) fn unreadable(_: &Context) {}
}
