//! Pairs of a query that is already encoded.

use percent_encoding::percent_decode_str;

use super::text::{before, joined, split, split_once};

/// The value of the first pair of this name.
pub(crate) fn pair(query: &str, name: &str) -> Option<String> {
    let (_, value) = pairs(query).find(|(other, _)| is_called(other, name))?;
    Some(decoded(value))
}

/// A query without the pairs of this name.
pub(crate) fn without_pair(query: &str, name: &str) -> String {
    let kept = split(query, b"&").filter(|pair| !is_called(before(pair, b"="), name));
    joined(&kept.collect::<Vec<_>>(), "&")
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    split(query, b"&").map(|pair| split_once(pair, b"=").unwrap_or((pair, "")))
}

fn is_called(encoded: &str, name: &str) -> bool {
    encoded == name || decoded(encoded) == name
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_and_left_out_however_they_are_spelled() {
        let query = "page=2&q=a%26page%3D9&pag%65=3&flag";
        assert_eq!(pair(query, "page").as_deref(), Some("2"));
        assert_eq!(pair(query, "q").as_deref(), Some("a&page=9"));
        assert_eq!(pair(query, "flag").as_deref(), Some(""));
        assert_eq!(pair(query, "pag"), None);
        assert_eq!(without_pair(query, "page"), "q=a%26page%3D9&flag");
        assert_eq!(without_pair("page=2", "page"), "");
    }
}
