//! Pairs of a query that is already encoded.

use percent_encoding::percent_decode_str;

/// The value of the first pair of this name.
pub(crate) fn pair(query: &str, name: &str) -> Option<String> {
    let (_, value) = pairs(query).find(|(other, _)| is_called(other, name))?;
    Some(decoded(value))
}

/// A query without the pairs of this name.
pub(crate) fn without_pair(query: &str, name: &str) -> String {
    let kept = query.split('&').filter(|pair| {
        let other = pair.split('=').next().unwrap_or_default();
        !is_called(other, name)
    });
    kept.collect::<Vec<_>>().join("&")
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
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
