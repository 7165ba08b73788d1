//! Names of media types.

/// Without parameters, and in small letters: media types have no case (RFC 9110, section 8.3.1).
pub(crate) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
