//! A string that nobody but the service is shown.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

use super::value::{Get, Slot, Value};

/// A secret: a token, a password, a private key.
///
/// `Debug` shows `[redacted]`, there is no `Display`, serialising it outside a request is an error
/// (see [`Exposed`](super::encode::Exposed)), comparison takes the same time wherever two secrets of
/// one length differ, and the memory is overwritten on drop.
#[derive(Clone, Default)]
pub struct Secret(String);

impl Secret {
    /// Takes the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Whoever calls this answers for where it goes.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

/// Compares every byte, whatever the earlier ones were; only the length shows in the time.
pub(super) fn equal(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && std::hint::black_box(
            left.bytes()
                .zip(right.bytes())
                .fold(0, |difference, (left, right)| difference | (left ^ right)),
        ) == 0
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        equal(&self.0, &other.0)
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Value for Secret {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(&mut self.0)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Secret(&self.0)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::encode::serialize(self.get(), serializer)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::decode::deserialize(deserializer)
    }
}
