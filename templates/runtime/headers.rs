//! Headers, once for the whole crate: the functions of `http` are compiled anew for every part of it that calls them,
//! together with the hashing that they need.

use http::{HeaderMap, HeaderName, HeaderValue};

/// Sets a header, in place of what stood there.
pub(crate) fn put_header(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

/// A header's value, if it is text.
pub(crate) fn header_text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}
