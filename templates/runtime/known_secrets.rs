//! Secrets that an exchange has shown at a place where secrets stand, so that they are found at any other place of it.

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::percent::push_encoded;
use super::redaction::MARK;

/// Shorter ones would be found where they aren't meant, in bytes.
const SHORTEST: usize = 6;

/// The secrets of one exchange. A service may repeat them, in a message or in a link to the next page.
#[derive(Default)]
pub(super) struct KnownSecrets(Vec<Zeroizing<String>>);

impl KnownSecrets {
    /// Keeps a secret in mind as it is, and as it stands in URLs.
    pub(super) fn learn(&mut self, secret: &str) {
        if secret.contains(MARK) {
            return;
        }
        let decoded = percent_decode_str(secret).decode_utf8_lossy().into_owned();
        let mut encoded = String::new();
        push_encoded(&mut encoded, secret);
        self.keep([secret.to_owned(), decoded, encoded].map(Zeroizing::new));
    }

    fn keep(&mut self, spellings: impl IntoIterator<Item = Zeroizing<String>>) {
        for spelling in spellings {
            if spelling.len() >= SHORTEST && !self.0.contains(&spelling) {
                self.0.push(spelling);
            }
        }
        // A secret may be a piece of another one.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    /// A text with the mark in place of each.
    pub(super) fn scrub(&self, text: &mut String) {
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), MARK);
            }
        }
    }

    /// Whether a text is one of them.
    pub(super) fn has(&self, text: &str) -> bool {
        self.0.iter().any(|secret| secret.as_str() == text)
    }

    /// Whether bytes that were cut off end with the beginning of one of them.
    pub(super) fn begin_at_the_end_of(&self, bytes: &[u8]) -> bool {
        self.0.iter().any(|secret| {
            let secret = secret.as_bytes();
            (SHORTEST..secret.len()).any(|length| bytes.ends_with(&secret[..length]))
        })
    }

    /// Takes over what another exchange has shown.
    pub(super) fn learn_all(&mut self, others: &Self) {
        self.keep(others.0.iter().cloned());
    }

    /// Whether one of them is in these bytes.
    pub(super) fn are_in(&self, bytes: &[u8]) -> bool {
        let mut secrets = self.0.iter();
        secrets.any(|secret| {
            let mut windows = bytes.windows(secret.len());
            windows.any(|window| window == secret.as_bytes())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_however_it_is_spelled() {
        let mut known = KnownSecrets::default();
        known.learn("p&ss word");
        known.learn("short");
        known.learn("p&ss word and more");
        let mut text = "p&ss word p%26ss%20word short p&ss word and more".to_owned();
        known.scrub(&mut text);
        assert_eq!(text, "[redacted] [redacted] short [redacted]");
        assert!(known.are_in(b"\xffp&ss word\0"));
        assert!(!known.are_in(b"p&ss"));
        assert!(known.begin_at_the_end_of(b"it is p&ss w"));
        assert!(!known.begin_at_the_end_of(b"it is p&ss word or so"));
    }
}
