//! Where the service is.

use std::net::IpAddr;

use http::Uri;

use super::uri::has_dot_segment;

/// An absolute http or https URL without query, fragment or user, and without a slash at its end.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    text: String,
    origin: String,
    https: bool,
    loopback: bool,
}

impl BaseUrl {
    /// Reads a base URL; an error says what is wrong without repeating it, since it may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.contains(['?', '#']) {
            return Err("it must not have a query or a fragment");
        }
        let uri: Uri = text.parse().map_err(|_| "it is not a valid URL")?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("it must begin with https:// or http://"),
        };
        let authority = uri.authority().ok_or("it has no host")?;
        if authority.as_str().contains('@') {
            return Err("it must not have a user or a password: use `Credentials`");
        }
        if has_dot_segment(uri.path()) {
            return Err("its path must not have the segments `.` and `..`");
        }
        let scheme = if https { "https" } else { "http" };
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            origin: format!("{scheme}://{authority}"),
            https,
            loopback: is_loopback(authority.host()),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether nobody between here and there can read along.
    pub(crate) fn is_private(&self) -> bool {
        self.https || self.loopback
    }

    /// Whether it is this very host.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// Names other than `localhost` could be resolved to anywhere.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
