//! Identifiers: minted once, by scope and by use.

use std::fmt;

/// A Rust identifier, final: never a keyword without `r#`, unique where it stands.
/// Only this module can make one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// As it is written in Rust, `r#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `r#`: for file names and prose.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
