//! What a crate is made from, each part with a digest by which it is known again: two runs that give
//! other files differ in one of these.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::source::Source;

/// Everything that decides what is emitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The document, the files that its references lead to, then the overlays that change it.
    pub spec: Vec<Stamp>,
    /// The SDK configuration, where there is one.
    pub configuration: Option<Stamp>,
    /// SHA-256 (FIPS 180-4), in hexadecimal digits, of every template's path, a NUL, its text and a
    /// NUL, in order of path.
    pub templates: &'static str,
    /// The generator's version.
    pub generator: &'static str,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// Its path, as given; that of a file beside the document is from the document's folder.
    pub file: String,
    /// SHA-256 of its text, in hexadecimal digits: what `sha256sum` prints of a file without a byte
    /// order mark.
    pub sha256: String,
}

impl Origin {
    /// Of a document, and of a configuration with the text that it has.
    pub fn of(source: &Source, configuration: Option<(&str, &str)>) -> Self {
        let beside = source.beside.iter();
        let beside = beside.map(|(path, file)| Stamp::of(path, &file.text));
        let overlays = source.overlays.iter();
        let overlays = overlays.map(|file| Stamp::of(&file.name, &file.text));
        Self {
            spec: std::iter::once(Stamp::of(&source.name, &source.text))
                .chain(beside)
                .chain(overlays)
                .collect(),
            configuration: configuration.map(|(path, text)| Stamp::of(path, text)),
            templates: env!("TEMPLATES_SHA256"),
            generator: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl Stamp {
    fn of(path: &str, text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        Self {
            file: path.replace('\\', "/"),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_what_sha256sum_prints() {
        // FIPS 180-4, the example of one block.
        assert_eq!(
            Stamp::of("abc", "abc").sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
