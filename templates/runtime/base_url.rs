//! Where the service is.

use std::fmt;
use std::net::IpAddr;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use super::text::{find_any, same_caseless};
use super::uri::has_dot_segment;

/// The longest URL that `http` reads, in bytes.
const LONGEST: usize = u16::MAX as usize - 1;

/// An absolute http or https URL without query, fragment or user, and without a slash at its end.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    path: String,
    origin: String,
    host: String,
    loopback: bool,
}

impl BaseUrl {
    /// Reads a base URL; an error says what is wrong without repeating it, since it may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if find_any(text, b"?#").is_some() {
            return Err("it must not have a query or a fragment");
        }
        let uri: Uri = text.parse().map_err(|_| "it is not a valid URL")?;
        let is_http = |it: &&Scheme| [Scheme::HTTP, Scheme::HTTPS].contains(it);
        let scheme = uri
            .scheme()
            .filter(is_http)
            .ok_or("it must begin with https:// or http://")?;
        let authority = uri.authority().ok_or("it has no host")?;
        if find_any(authority.as_str(), b"@").is_some() {
            return Err("it must not have a user or a password: use `Credentials`");
        }
        if has_dot_segment(uri.path()) {
            return Err("its path must not have the segments `.` and `..`");
        }
        Ok(Self {
            scheme: scheme.clone(),
            authority: authority.clone(),
            path: uri.path().trim_end_matches('/').to_owned(),
            origin: format!("{scheme}://{authority}"),
            host: authority.host().to_ascii_lowercase(),
            loopback: is_loopback(authority.host()),
        })
    }

    /// The URL of a path, its own part of it included, and a query. Parts need not be read again.
    pub(crate) fn uri(&self, path_and_query: String) -> Result<Uri, &'static str> {
        let unfit = "the URL is not valid or too long";
        // Not every version of `http` looks at the length of parts, and none at that of all of them.
        if self.origin.len() + path_and_query.len() > LONGEST {
            return Err(unfit);
        }
        let path_and_query = PathAndQuery::from_maybe_shared(Bytes::from(path_and_query));
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path_and_query.map_err(|_| unfit)?);
        Uri::from_parts(parts).map_err(|_| unfit)
    }

    /// What all paths begin with.
    pub(crate) fn path(&self) -> &str {
        &self.path
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
        self.scheme == Scheme::HTTPS
    }

    /// Whether it is this very host.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)?;
        f.write_str(&self.path)
    }
}

/// Names other than `localhost` could be resolved to anywhere.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    same_caseless(host, "localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_kept_and_slashes_at_the_end_are_not() {
        let text = |url| BaseUrl::parse(url).map(|it| it.to_string());
        assert_eq!(
            text("https://a.example/b/c/").as_deref(),
            Ok("https://a.example/b/c")
        );
        assert_eq!(text("http://[::1]:80").as_deref(), Ok("http://[::1]:80"));
    }

    #[test]
    fn only_this_host_is_loopback() {
        let loopback = |url| BaseUrl::parse(url).map(|it| it.is_loopback());
        for url in ["http://localhost:1", "http://127.8.9.1/x", "http://[::1]"] {
            assert_eq!(loopback(url), Ok(true), "{url}");
        }
        for url in [
            "https://a.example",
            "http://a.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://10.0.0.1",
        ] {
            assert_eq!(loopback(url), Ok(false), "{url}");
        }
    }

    #[test]
    fn a_url_of_its_parts_is_the_url_of_all_its_text() -> Result<(), Box<dyn std::error::Error>> {
        for base in ["https://A.example:8443/b", "http://[::1]:80"] {
            let base_url = BaseUrl::parse(base)?;
            for rest in ["/", "/c%2F/d?e=%20&f='", "//c;x=1/"] {
                let uri = base_url.uri([base_url.path(), rest].concat())?;
                assert_eq!(uri, format!("{base}{rest}").parse::<Uri>()?);
            }
            // As `http` counts where it reads all of the text.
            let longest = u16::MAX as usize - 1 - base_url.origin().len();
            assert!(base_url.uri("/".repeat(longest)).is_ok());
            assert!(base_url.uri("/".repeat(longest + 1)).is_err());
        }
        Ok(())
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
