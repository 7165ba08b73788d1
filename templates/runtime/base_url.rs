//! Where the service is.

use std::net::IpAddr;

use http::Uri;

use super::uri::has_dot_segment;

/// An absolute http or https URL without query, fragment or user, and without a slash at its end.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    text: String,
    origin: String,
    host: String,
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
            host: authority.host().to_ascii_lowercase(),
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

    /// The host alone, in small letters.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Whether it takes TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.https
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_kept_and_slashes_at_the_end_are_not() {
        let text = |url| BaseUrl::parse(url).map(|it| it.text);
        assert_eq!(
            text("https://a.example/b/c/").as_deref(),
            Ok("https://a.example/b/c")
        );
        assert_eq!(text("http://[::1]:80").as_deref(), Ok("http://[::1]:80"));
    }

    #[test]
    fn only_this_host_is_private_without_encryption() {
        let private = |url| BaseUrl::parse(url).map(|it| it.is_private());
        for url in [
            "https://a.example",
            "http://localhost:1",
            "http://127.8.9.1/x",
            "http://[::1]",
        ] {
            assert_eq!(private(url), Ok(true), "{url}");
        }
        for url in [
            "http://a.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://10.0.0.1",
        ] {
            assert_eq!(private(url), Ok(false), "{url}");
        }
    }

    #[test]
    fn what_cannot_be_a_base_is_refused() {
        let bad = [
            "",
            "a",
            "/x",
            "ftp://a",
            "https://",
            "https://u:p@a",
            "https://a?b",
            "https://a#b",
            "https://a/../b",
        ];
        for url in bad {
            assert!(BaseUrl::parse(url).is_err(), "{url}");
        }
    }
}
