//! From an answer to a value.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::decode::{DecodeError, from_json};
use super::decode_envelope::from_enveloped_json;
use super::error::{Context, Error};
use super::json_lines::from_lines;
use super::operation::Answer;
use super::response::{Received, unlike};
use super::service_error::ServiceError;
use super::value::Slot;

/// Reads an answer into a place and gives the answer back; an answer that says no is an error.
pub(crate) fn read(
    context: Context,
    received: Box<Received>,
    answer: Answer,
    slot: Slot<'_>,
) -> Result<(Context, Box<Received>), Error> {
    let answer = answer.of_status(received.status.as_u16());
    if !received.status.is_success() {
        return Err(ServiceError::refusal(context, received));
    }
    if let Some(broken) = received.broken.as_ref().filter(|_| answer != Answer::Empty) {
        let message = format!("it broke off after {} bytes: {broken}", received.body.len());
        return Err(Error::unreadable(context, received, "", message));
    }
    let outcome = match answer {
        Answer::Empty if received.says_no() => Ok(false),
        Answer::Empty | Answer::ByStatus(_) => Ok(true),
        Answer::Text => text(&received, slot).map(|()| true),
        Answer::Bytes => bytes(&received, slot).map(|()| true),
        Answer::Lines => lines(&received, slot).map(|()| true),
        Answer::Json | Answer::Enveloped if received.body.trim_ascii().is_empty() => {
            nothing(slot).map(|()| true)
        }
        Answer::Json => from_json(&received.body, slot)
            .map(|()| true)
            .map_err(Flaw::from),
        Answer::Enveloped => enveloped(&received, slot),
    };
    match outcome {
        Ok(true) => Ok((context, received)),
        Ok(false) => Err(ServiceError::refusal(context, received)),
        Err(Flaw { path, message }) => Err(Error::unreadable(context, received, path, message)),
    }
}

/// Reads an answer into any type of serde's, through the envelope where the service has one.
pub(crate) fn read_as<T: DeserializeOwned>(
    context: Context,
    received: Box<Received>,
) -> Result<T, Error> {
    let answer = if received.service.envelope.is_some() {
        Answer::Enveloped
    } else {
        Answer::Json
    };
    let mut json = Json::Null;
    let (context, received) = read(context, received, answer, Slot::Any(&mut json))?;
    let path = received
        .service
        .envelope
        .map(|envelope| format!("/{}", envelope.result))
        .unwrap_or_default();
    serde_json::from_value(json)
        .map_err(|_| Error::unreadable(context, received, path, unlike::<T>()))
}

/// Where an answer stops making sense, and how.
pub(crate) struct Flaw {
    pub(crate) path: String,
    pub(crate) message: String,
}

impl Flaw {
    fn whole(message: &str) -> Self {
        Self {
            path: String::new(),
            message: message.to_owned(),
        }
    }
}

impl From<DecodeError> for Flaw {
    fn from(error: DecodeError) -> Self {
        let message = match error.line {
            0 => error.message,
            line => format!("{} (line {line}, column {})", error.message, error.column),
        };
        Self {
            path: error.path,
            message,
        }
    }
}

/// `Ok(false)`: the envelope says no.
fn enveloped(received: &Received, slot: Slot<'_>) -> Result<bool, Flaw> {
    let Some(envelope) = &received.service.envelope else {
        return from_json(&received.body, slot)
            .map(|()| true)
            .map_err(Flaw::from);
    };
    let may_lack = matches!(
        slot,
        Slot::Ignored | Slot::Any(_) | Slot::Optional(_) | Slot::OptionalText(_)
    );
    match from_enveloped_json(&received.body, envelope, slot) {
        Ok(read) if read.success == Some(false) => Ok(false),
        Ok(read) if read.result_present || may_lack => Ok(true),
        Ok(_) => Err(Flaw {
            path: format!("/{}", envelope.result),
            message: "it is missing".to_owned(),
        }),
        // A refusal has a result of another form, or none.
        Err(_) if received.says_no() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn nothing(slot: Slot<'_>) -> Result<(), Flaw> {
    match slot {
        Slot::Ignored => Ok(()),
        Slot::Any(place) => {
            *place = Json::Null;
            Ok(())
        }
        Slot::Optional(place) => {
            place.set_null();
            Ok(())
        }
        Slot::OptionalText(place) => {
            *place = None;
            Ok(())
        }
        _ => Err(Flaw::whole("expected JSON, found nothing")),
    }
}

fn lines(received: &Received, slot: Slot<'_>) -> Result<(), Flaw> {
    match slot {
        Slot::List(place) => from_lines(&received.body, place).map_err(Flaw::from),
        Slot::Optional(place) => lines(received, place.fill()),
        Slot::Ignored => Ok(()),
        _ => Err(Flaw::whole("expected one JSON text, found lines of them")),
    }
}

fn text(received: &Received, slot: Slot<'_>) -> Result<(), Flaw> {
    if received.is_json() && received.body.starts_with(b"\"") {
        return from_json(&received.body, slot).map_err(Flaw::from);
    }
    let text =
        std::str::from_utf8(&received.body).map_err(|_| Flaw::whole("expected text in UTF-8"))?;
    match slot {
        Slot::Text(place) => text.clone_into(place),
        Slot::OptionalText(place) => *place = Some(text.to_owned()),
        Slot::Parsed(place) => place
            .set_text(text)
            .map_err(|expected| Flaw::whole(&format!("expected {expected}")))?,
        Slot::Optional(place) => return self::text(received, place.fill()),
        Slot::Ignored => {}
        _ => return from_json(&received.body, slot).map_err(Flaw::from),
    }
    Ok(())
}

fn bytes(received: &Received, slot: Slot<'_>) -> Result<(), Flaw> {
    match slot {
        Slot::Bytes(place) => {
            *place = received.body.clone();
            Ok(())
        }
        Slot::Optional(place) => bytes(received, place.fill()),
        other => text(received, other),
    }
}
