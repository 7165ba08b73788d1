//! What a token endpoint answers (RFC 6749, section 5).

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::Value;
use zeroize::Zeroizing;

use super::clock::Instant;
use super::credentials::bearer;
use super::secret::Secret;
use super::text::same_caseless;

/// How long before its end a token isn't used any more, so that it arrives before it ends.
const MARGIN: Duration = Duration::from_secs(30);

/// What a token endpoint said.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Zeroizing<Vec<u8>>,
}

/// A token, and how long it is good.
pub(super) struct Kept {
    pub(super) token: Secret,
    /// None: nobody said; until it is refused.
    pub(super) until: Option<Instant>,
}

impl Answer {
    /// RFC 6749, sections 5.1 and 5.2. An error shows nothing of the answer but the code of an error.
    pub(super) fn token(self, asked: Instant) -> Result<Kept, String> {
        let mut value: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        if !self.status.is_success() {
            let status = self.status;
            let code = value.get("error").and_then(Value::as_str);
            return Err(match code.filter(|code| is_code(code)) {
                Some(code) => format!("it answered {status}: {code}"),
                None => format!("it answered {status}"),
            });
        }
        let kind = value.get("token_type").and_then(Value::as_str);
        if kind.is_some_and(|kind| !same_caseless(kind, "bearer")) {
            return Err("the token isn't a bearer token".to_owned());
        }
        let lifetime = value.get("expires_in").and_then(seconds);
        let token = match value.get_mut("access_token").map(Value::take) {
            Some(Value::String(token)) if !token.is_empty() => Secret::from(token),
            _ => return Err("its answer has no `access_token`".to_owned()),
        };
        if bearer(&token).is_none() {
            return Err("the token can't stand in a header".to_owned());
        }
        let until = lifetime.and_then(|lifetime| {
            let margin = MARGIN.min(lifetime / 10);
            asked.checked_add(lifetime.saturating_sub(margin))
        });
        Ok(Kept { token, until })
    }
}

/// `invalid_client` and the like (RFC 6749, section 5.2), and nothing that could repeat a secret.
fn is_code(text: &str) -> bool {
    const CODES: [&str; 6] = [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
    ];
    CODES.contains(&text)
}

/// Some write the number as a text.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok()?,
        number => number.as_f64()?,
    };
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(status: u16, body: &str) -> Result<(String, Option<Duration>), String> {
        let answer = Answer {
            status: StatusCode::from_u16(status).unwrap_or_default(),
            headers: HeaderMap::new(),
            body: Zeroizing::new(body.into()),
        };
        let asked = Instant::now();
        let kept = answer.token(asked)?;
        let lifetime = kept.until.map(|until| until - asked);
        Ok((kept.token.expose_secret().to_owned(), lifetime))
    }

    #[test]
    fn a_token_is_used_until_shortly_before_its_end() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        for (expires, until) in [
            ("3600", seconds(3570)),
            ("\"3600\"", seconds(3570)),
            ("100", seconds(90)),
            ("0", seconds(0)),
            ("-1", None),
            ("1e300", None),
            ("\"soon\"", None),
            ("null", None),
        ] {
            let body = format!(
                "{{\"access_token\": \"abc\", \"token_type\": \"Bearer\", \"expires_in\": {expires}}}"
            );
            assert_eq!(
                token(200, &body),
                Ok(("abc".to_owned(), until)),
                "{expires}"
            );
        }
    }

    #[test]
    fn an_error_shows_nothing_of_the_answer_but_a_known_code() {
        for (status, body, message) in [
            (
                401,
                "{\"error\": \"invalid_client\"}",
                "it answered 401 Unauthorized: invalid_client",
            ),
            (
                400,
                "{\"error\": \"hush\", \"error_description\": \"hush\"}",
                "it answered 400 Bad Request",
            ),
            (502, "hush", "it answered 502 Bad Gateway"),
            (200, "hush", "its answer has no `access_token`"),
            (
                200,
                "{\"access_token\": \"\"}",
                "its answer has no `access_token`",
            ),
            (
                200,
                "{\"access_token\": [\"hush\"]}",
                "its answer has no `access_token`",
            ),
            (
                200,
                "{\"access_token\": \"hush\\n\"}",
                "the token can't stand in a header",
            ),
            (
                200,
                "{\"access_token\": \"hush\", \"token_type\": \"mac\"}",
                "the token isn't a bearer token",
            ),
        ] {
            assert_eq!(token(status, body), Err(message.to_owned()), "{body}");
        }
    }
}
