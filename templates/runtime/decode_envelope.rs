//! Decoding the result inside an envelope.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

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
        while let Some(member) = members.next_key_seed(MemberSeed(self.envelope))? {
            match (member, slot.take_if(|_| member == Member::Result)) {
                (Member::Result, Some(mut slot)) => {
                    enveloped.result_present = true;
                    let value = SlotSeed::new(&mut slot, self.trail);
                    self.trail.note(members.next_value_seed(value), || {
                        Step::Key(self.envelope.result.to_owned())
                    })?;
                }
                // As any value first: serde's message about a wrong kind would hold the value.
                (Member::Success, _) => {
                    enveloped.success = members.next_value::<serde_json::Value>()?.as_bool();
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(enveloped)
    }
}

/// What a member of the envelope is, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    Result,
    Success,
    Other,
}

struct MemberSeed<'a>(&'a Envelope);

impl<'de> DeserializeSeed<'de> for MemberSeed<'_> {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberSeed<'_> {
    type Value = Member;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Member, E> {
        Ok(match name {
            name if name == self.0.result => Member::Result,
            name if Some(name) == self.0.success => Member::Success,
            _ => Member::Other,
        })
    }
}
