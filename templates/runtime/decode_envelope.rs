//! Decoding the result inside an envelope.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::decode::{DecodeError, SlotSeed, Step, Trail, described};
use super::service::Envelope;
use super::value::Slot;

/// What an envelope said beside its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Enveloped {
    /// The envelope's own verdict.
    pub(crate) success: Option<bool>,
    /// Whether there was a result at all.
    pub(crate) result_present: bool,
}

/// Decodes the result inside an envelope into a place, in one pass over the text.
pub(crate) fn from_enveloped_json<'a>(
    text: &[u8],
    envelope: &'a Envelope,
    slot: Slot<'a>,
) -> Result<Enveloped, DecodeError> {
    let trail = Trail::default();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    if text.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        // Checked here, because serde's message about a wrong kind would hold the value.
        let message = "expected an object".to_owned();
        return Err(DecodeError {
            path: String::new(),
            message,
            line: 1,
            column: 1,
        });
    }
    let visitor = EnvelopeVisitor {
        envelope,
        slot,
        trail: &trail,
    };
    deserializer
        .deserialize_any(visitor)
        .and_then(|enveloped| deserializer.end().map(|()| enveloped))
        .map_err(|error| described(&error, &trail))
}

struct EnvelopeVisitor<'a, 't> {
    envelope: &'a Envelope,
    slot: Slot<'a>,
    trail: &'t Trail,
}

impl<'de> Visitor<'de> for EnvelopeVisitor<'_, '_> {
    type Value = Enveloped;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Enveloped, A::Error> {
        let mut slot = Some(self.slot);
        let mut enveloped = Enveloped::default();
        while let Some(key) = members.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == self.envelope.result
                && let Some(mut slot) = slot.take()
            {
                enveloped.result_present = true;
                let value = SlotSeed::new(&mut slot, self.trail);
                self.trail.note(members.next_value_seed(value), || {
                    Step::Key(key.into_owned())
                })?;
            } else if Some(&*key) == self.envelope.success {
                // As any value first: serde's message about a wrong kind would hold the value.
                enveloped.success = members.next_value::<serde_json::Value>()?.as_bool();
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(enveloped)
    }
}
