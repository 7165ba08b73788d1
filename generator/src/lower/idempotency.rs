//! Keys that make it safe to send a request again.

use crate::api::{Location, Parameter, Retry};
use crate::config::Config;

/// What such headers are called, in small letters
/// (draft-ietf-httpapi-idempotency-key-header, and what came before it).
const NAMES: &[&str] = &["idempotency-key", "x-idempotency-key"];

/// The header of an unsafe operation that takes a key: a parameter with such a name, else the configured one.
pub(super) fn key(config: &Config, retry: Retry, parameters: &[Parameter]) -> Option<String> {
    if retry != Retry::Unsafe {
        return None;
    }
    let configured = config.client.idempotency_key_header.as_deref();
    let is_key = |name: &str| {
        let mut names = NAMES.iter().copied().chain(configured);
        names.any(|key| key.eq_ignore_ascii_case(name))
    };
    let mut headers = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Header);
    let declared = headers.find(|parameter| is_key(&parameter.name));
    declared
        .map(|parameter| parameter.name.as_str())
        .or(configured)
        .map(str::to_owned)
}
