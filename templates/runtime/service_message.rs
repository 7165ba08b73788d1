//! The messages in a service's answers, and where they stand.

use std::fmt;

use serde_json::Value as Json;

use super::secret::Secret;
use super::service::ErrorShape;

/// A message of the service: an error, or something to know beside a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceMessage {
    /// Its code; numbers in decimal.
    pub code: Option<String>,
    /// For people. Empty if the service gives none.
    pub message: String,
    /// Where there is more about it.
    pub documentation_url: Option<String>,
    /// Which part of the request it is about, as the service writes it (mostly a JSON pointer).
    pub source_pointer: Option<String>,
}

/// Shorter secrets would be found where they aren't meant, in bytes.
const SHORTEST: usize = 6;

impl ServiceMessage {
    /// Takes a secret out of what is for people.
    pub(crate) fn hide(&mut self, secret: &Secret) {
        let secret = secret.expose_secret();
        if secret.len() < SHORTEST {
            return;
        }
        let texts = [
            Some(&mut self.message),
            self.documentation_url.as_mut(),
            self.source_pointer.as_mut(),
        ];
        for text in texts.into_iter().flatten() {
            *text = text.replace(secret, "[redacted]");
        }
    }
}

impl fmt::Display for ServiceMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, self.message.as_str()) {
            (Some(code), "") => OneLine(code).fmt(f)?,
            (Some(code), message) => write!(f, "{}: {}", OneLine(code), OneLine(message))?,
            (None, message) => OneLine(message).fmt(f)?,
        }
        if let Some(pointer) = &self.source_pointer {
            write!(f, " at {}", OneLine(pointer))?;
        }
        match &self.documentation_url {
            Some(url) => write!(f, " ({})", OneLine(url)),
            None => Ok(()),
        }
    }
}

/// A text of the service on one line of bearable length, so that it can't forge lines of a log.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

const LINE_LIMIT: usize = 300;

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for (index, character) in self.0.chars().enumerate() {
            if index == LINE_LIMIT {
                return f.write_char('…');
            }
            f.write_char(if character.is_control() {
                ' '
            } else {
                character
            })?;
        }
        Ok(())
    }
}

/// The errors or messages of a list, as far as anything in them is known.
pub(crate) fn messages_in(member: &Json, shape: &ErrorShape) -> Vec<ServiceMessage> {
    let mut messages = Vec::new();
    for entry in member.as_array().into_iter().flatten() {
        messages.extend(message_in(entry, shape));
    }
    messages
}

/// What an error answer says is wrong.
pub(crate) fn errors_in(body: &Json, shape: &ErrorShape) -> Vec<ServiceMessage> {
    let list = shape.list.and_then(|list| body.pointer(list));
    let errors = list.map_or_else(Vec::new, |list| messages_in(list, shape));
    if errors.is_empty() {
        common_errors(body, shape)
    } else {
        errors
    }
}

/// The shapes that most services use, RFC 9457 (problem details) and RFC 6749 (OAuth) among them.
fn common_errors(body: &Json, shape: &ErrorShape) -> Vec<ServiceMessage> {
    let own = message_in(body, shape);
    if let Some(list @ Json::Array(_)) = body.get("errors") {
        let mut errors = messages_in(list, shape);
        if errors.iter().all(|error| error.message.is_empty())
            && let Some(own) = own
        {
            errors.insert(0, own);
        }
        return errors;
    }
    match body.get("error") {
        Some(error @ Json::Object(_)) => message_in(error, shape).into_iter().collect(),
        Some(Json::String(code)) => {
            let message = own.map(|own| own.message).unwrap_or_default();
            vec![ServiceMessage {
                code: Some(code.clone()),
                message,
                ..ServiceMessage::default()
            }]
        }
        _ => own.into_iter().collect(),
    }
}

/// One error or message; none if nothing in it is known.
fn message_in(entry: &Json, shape: &ErrorShape) -> Option<ServiceMessage> {
    if let Json::String(message) = entry {
        return Some(ServiceMessage {
            message: message.clone(),
            ..ServiceMessage::default()
        });
    }
    let message = ServiceMessage {
        code: first_text(
            entry,
            shape.code,
            &["/code", "/error_code", "/errorCode", "/type"],
        ),
        message: first_text(
            entry,
            shape.message,
            &[
                "/message",
                "/error_description",
                "/detail",
                "/title",
                "/msg",
                "/error_message",
                "/description",
            ],
        )
        .unwrap_or_default(),
        documentation_url: first_text(
            entry,
            shape.documentation_url,
            &["/documentation_url", "/docs_url", "/help_url", "/more_info"],
        ),
        source_pointer: first_text(
            entry,
            shape.source_pointer,
            &["/source/pointer", "/pointer", "/field", "/param", "/path"],
        ),
    };
    (message != ServiceMessage::default()).then_some(message)
}

/// The text or number at the configured place, else at the first usual one.
fn first_text(entry: &Json, configured: Option<&str>, usual: &[&str]) -> Option<String> {
    let at = |pointer: &str| match entry.pointer(pointer)? {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match configured {
        Some(pointer) => at(pointer),
        None => usual.iter().find_map(|pointer| at(pointer)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NONE: ErrorShape = ErrorShape {
        list: None,
        code: None,
        message: None,
        documentation_url: None,
        source_pointer: None,
    };

    fn lines(body: Json) -> Vec<String> {
        errors_in(&body, &NONE)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn common_shapes_are_read() {
        assert_eq!(
            lines(json!({"errors": [{"code": 1, "message": "a"}, "b"]})),
            ["1: a", "b"]
        );
        assert_eq!(
            lines(json!({"error": {"type": "t", "message": "a", "param": "p"}})),
            ["t: a at p"]
        );
        assert_eq!(
            lines(json!({"error": "invalid_grant", "error_description": "a"})),
            ["invalid_grant: a"]
        );
        assert_eq!(
            lines(json!({"title": "a", "status": 404, "detail": "b"})),
            ["b"]
        );
        assert_eq!(
            lines(json!({"message": "a", "errors": [{"code": "missing"}]})),
            ["a", "missing"]
        );
        assert!(lines(json!({"errors": [], "result": null})).is_empty());
        assert!(lines(json!([1, null])).is_empty());
    }

    #[test]
    fn configured_places_are_read() {
        let shape = ErrorShape {
            list: Some("/x/list"),
            message: Some("/say"),
            ..NONE
        };
        let body = json!({"x": {"list": [{"say": "a", "message": "b"}]}});
        assert_eq!(
            errors_in(&body, &shape)
                .first()
                .map(|error| error.message.as_str()),
            Some("a")
        );
    }

    #[test]
    fn a_message_is_one_line_of_bearable_length() {
        let error = ServiceMessage {
            message: "a\nb".repeat(1000),
            ..ServiceMessage::default()
        };
        let line = error.to_string();
        assert!(!line.contains('\n') && line.chars().count() == LINE_LIMIT + 1);
    }
}
