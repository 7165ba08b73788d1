//! Bytes that travel as text.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::{Get, Slot, Value};

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// Bytes, which are text in base64 on the wire (`format: byte`; RFC 4648, section 4).
///
/// Whatever is bytes converts into it. The text of a service is kept as it came, base64 or not.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(String);

impl Base64 {
    /// A text that is encoded already; it is sent as it is.
    pub fn encoded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The bytes, in either alphabet of RFC 4648, padded or not, in one line or many; `None` where the
    /// text isn't base64.
    pub fn decode(&self) -> Option<Vec<u8>> {
        let mut text = self.0.clone();
        text.retain(|letter| !letter.is_ascii_whitespace());
        let decoded = STANDARD.decode(&text);
        decoded.or_else(|_| URL_SAFE.decode(&text)).ok()
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self::from(bytes.as_ref())
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Value for Base64 {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        self.0.slot()
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        self.0.get()
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10.
    #[test]
    fn bytes_are_spelled_as_the_rfc_shows() {
        let table: [(&[u8], &str); 4] = [
            (b"", ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in table {
            let encoded = Base64::from(bytes);
            assert_eq!(encoded.as_str(), text);
            assert_eq!(encoded.decode().as_deref(), Some(bytes));
        }
    }

    #[test]
    fn every_usual_spelling_is_read() {
        for text in ["+/8=", "-_8=", "-_8", " +/\r\n8=\n"] {
            let decoded = Base64::encoded(text).decode();
            assert_eq!(decoded.as_deref(), Some(&[0xfb, 0xff][..]), "{text}");
        }
        assert_eq!(Base64::encoded("no base64!").decode(), None);
    }
}
