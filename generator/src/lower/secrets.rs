//! Which strings are secrets.

use heck::ToSnakeCase;

use crate::api::TextFormat;
use crate::config::SecretsConfig;

/// Last words of a name that say that the value itself grants access.
///
/// Only last words count: `secret_name` and `password_policy` speak about a secret, they aren't one.
/// `token` alone isn't in the list, because page tokens and token identifiers are everywhere;
/// `access key` is, though some services call the public half so: hiding an identifier costs little,
/// showing a key costs much.
const TELLING_ENDS: &[&str] = &[
    "secret",
    "secrets",
    "password",
    "passphrase",
    "passwd",
    "pwd",
    "private_key",
    "privatekey",
    "secret_key",
    "secretkey",
    "api_key",
    "apikey",
    "access_key",
    "auth_key",
    "signing_key",
    "access_token",
    "refresh_token",
    "api_token",
    "auth_token",
    "bearer_token",
    "session_token",
];

/// Whether a string of this name and format is a secret.
pub(super) fn is_secret(
    name: &str,
    format: &TextFormat,
    write_only: bool,
    config: &SecretsConfig,
) -> bool {
    let named_in = |names: &[String]| names.iter().any(|listed| listed == name);
    if named_in(&config.not) {
        return false;
    }
    match format {
        TextFormat::Password => true,
        TextFormat::Plain | TextFormat::Base64 => {
            write_only || named_in(&config.names) || has_telling_end(name)
        }
        // A date, a time or raw bytes have types of their own.
        TextFormat::DateTime | TextFormat::Date | TextFormat::Binary => false,
    }
}

fn has_telling_end(name: &str) -> bool {
    if !may_have_telling_end(name) {
        return false;
    }
    let words = name.to_snake_case();
    TELLING_ENDS.iter().any(|end| {
        words
            .strip_suffix(end)
            .is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

/// Most names don't, and needn't be taken apart into words.
fn may_have_telling_end(name: &str) -> bool {
    let letters = name.trim_end_matches(|character: char| !character.is_alphanumeric());
    let last = letters.as_bytes().last().map(u8::to_ascii_lowercase);
    last.is_none_or(|last| {
        !last.is_ascii()
            || TELLING_ENDS
                .iter()
                .any(|end| end.as_bytes().ends_with(&[last]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(name: &str) -> bool {
        is_secret(name, &TextFormat::Plain, false, &SecretsConfig::default())
    }

    #[test]
    fn names_that_end_in_a_telling_word_are_secrets_in_any_case_style() {
        for name in [
            "client_secret",
            "clientSecret",
            "password",
            "user-password",
            "PRIVATE_KEY",
            "X-Api-Key",
            "apiKey",
            "secretAccessKey",
        ] {
            assert!(plain(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_speak_about_a_secret_are_not() {
        for name in [
            "secret_name",
            "password_policy",
            "client_secret_version",
            "secretary",
            "public_key",
            "next_page_token",
            "key",
        ] {
            assert!(!plain(name), "{name}");
        }
    }

    #[test]
    fn format_and_write_only_and_configuration_decide_too() {
        let config = SecretsConfig {
            names: vec!["pin".to_owned()],
            not: vec!["password".to_owned()],
        };
        let secret =
            |name, format: &TextFormat, write_only| is_secret(name, format, write_only, &config);
        assert!(secret("anything", &TextFormat::Password, false));
        assert!(secret("anything", &TextFormat::Plain, true));
        assert!(secret("pin", &TextFormat::Plain, false));
        assert!(!secret("password", &TextFormat::Password, true));
        assert!(!secret("expires", &TextFormat::DateTime, true));
    }
}
