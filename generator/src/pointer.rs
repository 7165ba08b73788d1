//! Where a node stands in a document or in a file beside it: an RFC 6901 JSON pointer.

use std::fmt;

/// A JSON pointer (RFC 6901) from the root of a document, as a URI fragment: `#/paths/~1things/get`; before
/// it the file, where that is another one: `common.yaml#/Thing`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads `#/a/b` or `/a/b`; the tokens stay escaped.
    pub fn parse(text: &str) -> Self {
        Self(text.strip_prefix('#').unwrap_or(text).to_owned())
    }

    /// A node of another file, which is given by its path from the document's folder.
    pub fn in_file(file: &str, fragment: &str) -> Self {
        Self(format!("{file}#{fragment}"))
    }

    /// The other file that the node stands in, and where in it; none for the document itself.
    pub fn file(&self) -> Option<(&str, Self)> {
        // Tokens begin with a slash, and paths from a folder don't.
        if self.0.starts_with('/') {
            return None;
        }
        let (file, fragment) = self.0.split_once('#')?;
        Some((file, Self(fragment.to_owned())))
    }

    /// The pointer of the member `token` under this node.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in token.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// The pointer of the element `index` under this node.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The unescaped tokens, from the root.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// The pointer without the leading `#`, as `serde_json::Value::pointer` takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file() {
            Some(_) => formatter.write_str(&self.0),
            None => write!(formatter, "#{}", self.0),
        }
    }
}

/// A part of a reference without its escapes (RFC 3986, section 2.1); what isn't one stays.
pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| tail.split_at_checked(2))
            .flatten()
            .and_then(|(digits, after)| {
                let digits = std::str::from_utf8(digits).ok()?;
                Some((u8::from_str_radix(digits, 16).ok()?, after))
            });
        let (byte, after) = escaped.unwrap_or((first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
