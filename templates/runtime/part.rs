//! A part of a form with files in it.

use std::fmt;
#[cfg(not(target_family = "wasm"))]
use std::path::PathBuf;

use bytes::Bytes;

use super::byte_stream::ByteStream;

/// A file, or another value with a media type of its own, in a `multipart/form-data` body (RFC 7578).
///
/// Whatever is bytes or text converts into one. What isn't said of it, the document decides.
#[derive(Clone)]
pub struct Part {
    pub(super) content: ByteStream,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

impl Part {
    /// A part of these bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::content(bytes.into().into())
    }

    /// A part of what is in a file, which is read while it is sent and called like the file is.
    #[cfg(not(target_family = "wasm"))]
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::content(ByteStream::from_path(path))
    }

    fn content(content: ByteStream) -> Self {
        Self {
            file_name: content.file_name(),
            content,
            content_type: None,
        }
    }

    /// What the file is called. Services may take a part without a file name for a plain field, so a part
    /// that the document knows to be a file is called like its field where nothing is said.
    #[must_use]
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// The media type, for instance `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

/// For a stream, and for what may be anything.
impl From<ByteStream> for Part {
    fn from(content: ByteStream) -> Self {
        Self::content(content)
    }
}

impl From<Bytes> for Part {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<&'static [u8]> for Part {
    fn from(bytes: &'static [u8]) -> Self {
        Self::bytes(bytes)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::bytes(text)
    }
}

impl From<&'static str> for Part {
    fn from(text: &'static str) -> Self {
        Self::bytes(text)
    }
}

/// Without the content, which may be anybody's secret.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("content", &self.content)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}
