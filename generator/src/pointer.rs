//! Where a node stands in a document: an RFC 6901 JSON pointer.

use std::fmt;

/// A JSON pointer (RFC 6901) from the root of a document, as a URI fragment: `#/paths/~1things/get`.
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
        write!(formatter, "#{}", self.0)
    }
}
