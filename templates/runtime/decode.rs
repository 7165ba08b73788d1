//! Decoding: one visitor fills every kind of [`Slot`].

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decode_model;
use super::decode_union;
use super::pointer::push_key;
use super::value::{FromInteger, ListSlot, Slot, Value};

/// Why a JSON text could not be read. Never holds a value of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// JSON pointer (RFC 6901) of the place; empty for the text itself.
    pub path: String,
    /// What was expected, and of what kind the thing found was.
    pub message: String,
    /// From 1; 0 where the text as a whole is meant.
    pub line: usize,
    /// From 1; 0 where the text as a whole is meant.
    pub column: usize,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        if self.line > 0 {
            write!(formatter, " at line {} column {}", self.line, self.column)?;
        }
        if self.path.is_empty() {
            return Ok(());
        }
        write!(formatter, ", in {}", self.path)
    }
}

impl std::error::Error for DecodeError {}

/// A step of the way to the place of an error, noted while the error unwinds.
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The way to the place of an error, innermost step first.
#[derive(Default)]
pub(super) struct Trail {
    steps: RefCell<Vec<Step>>,
    attempts: Cell<usize>,
}

/// An attempt that came to nothing: why, and the way to where.
pub(super) struct Failed {
    error: serde_json::Error,
    steps: Vec<Step>,
}

impl Trail {
    #[inline]
    pub(super) fn note<T, E>(
        &self,
        result: Result<T, E>,
        step: impl FnOnce() -> Step,
    ) -> Result<T, E> {
        if result.is_err() {
            self.steps.borrow_mut().push(step());
        }
        result
    }

    /// How many attempts with others to follow are around this place.
    pub(super) fn attempts(&self) -> usize {
        self.attempts.get()
    }

    /// Tries something whose failure may not matter.
    pub(super) fn attempt(
        &self,
        others_follow: bool,
        attempt: impl FnOnce() -> Result<(), serde_json::Error>,
    ) -> Result<(), Failed> {
        let around = self.attempts.get();
        let before = self.steps.borrow().len();
        self.attempts.set(around + usize::from(others_follow));
        let outcome = attempt();
        self.attempts.set(around);
        outcome.map_err(|error| Failed {
            error,
            steps: self.steps.borrow_mut().split_off(before),
        })
    }

    /// Lets a failure matter after all.
    pub(super) fn fail(&self, failed: Failed) -> serde_json::Error {
        self.steps.borrow_mut().extend(failed.steps);
        failed.error
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.steps.borrow().iter().rev() {
            match step {
                Step::Key(key) => push_key(&mut pointer, key),
                Step::Index(index) => push_key(&mut pointer, &index.to_string()),
            }
        }
        pointer
    }
}

/// Decodes a JSON text into a place.
pub(crate) fn from_json(text: &[u8], mut slot: Slot<'_>) -> Result<(), DecodeError> {
    let trail = Trail::default();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    SlotSeed::new(&mut slot, &trail)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| described(&error, &trail))
}

/// Decodes a value of any format that serde reads.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Value + Default,
    D: Deserializer<'de>,
{
    let mut value = T::default();
    SlotSeed::new(&mut value.slot(), &Trail::default()).deserialize(deserializer)?;
    Ok(value)
}

pub(super) fn described(error: &serde_json::Error, trail: &Trail) -> DecodeError {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    DecodeError {
        path: trail.pointer(),
        message: text.strip_suffix(&place).unwrap_or(&text).to_owned(),
        line: error.line(),
        column: error.column(),
    }
}

/// Fills one place.
pub(super) struct SlotSeed<'s, 'a> {
    slot: &'s mut Slot<'a>,
    trail: &'s Trail,
}

impl<'de> DeserializeSeed<'de> for SlotSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Ignored => de::Deserialize::deserialize(deserializer).map(|IgnoredAny| ()),
            Slot::Any(place) => {
                **place = de::Deserialize::deserialize(deserializer)?;
                Ok(())
            }
            Slot::Exact(place) => place.read(deserializer),
            Slot::Union(place) => decode_union::fill(*place, deserializer, self.trail),
            Slot::Optional(_) => deserializer.deserialize_option(self),
            // Any, so that a wrong kind comes to the visitor: serde_json's own message would hold the value.
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'s, 'a> SlotSeed<'s, 'a> {
    #[inline]
    pub(super) fn new(slot: &'s mut Slot<'a>, trail: &'s Trail) -> Self {
        Self { slot, trail }
    }

    fn expected(&self) -> &'static str {
        match self.slot {
            Slot::Ignored | Slot::Any(_) | Slot::Union(_) => "a value",
            Slot::Text(_) | Slot::OptionalText(_) | Slot::Parsed(_) | Slot::Bytes(_) => "a string",
            Slot::Integer(_) => "a whole number",
            Slot::Double(_) | Slot::Single(_) | Slot::Exact(_) => "a number",
            Slot::Flag(_) => "true or false",
            Slot::Object(_) | Slot::Map(_) => "an object",
            Slot::List(_) => "an array",
            Slot::Optional(_) => "a value or null",
        }
    }

    fn mismatch<E: de::Error>(&self, found: &str) -> E {
        E::custom(format_args!("expected {}, found {found}", self.expected()))
    }
}

impl<'de> Visitor<'de> for SlotSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expected())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        match self.slot {
            Slot::Text(place) => **place = text.to_owned(),
            Slot::OptionalText(place) => **place = Some(text.to_owned()),
            Slot::Parsed(place) => {
                return place.set_text(text).map_err(|expected| {
                    E::custom(format_args!("expected {expected}, found another string"))
                });
            }
            Slot::Bytes(place) => **place = bytes::Bytes::copy_from_slice(text.as_bytes()),
            Slot::Optional(place) => {
                return SlotSeed::new(&mut place.fill(), self.trail).visit_str(text);
            }
            _ => return Err(self.mismatch("a string")),
        }
        Ok(())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<(), E> {
        match self.slot {
            Slot::Text(place) => **place = text,
            Slot::OptionalText(place) => **place = Some(text),
            _ => return self.visit_str(&text),
        }
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_i128(number.into())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.visit_i128(number.into())
    }

    fn visit_i128<E: de::Error>(self, number: i128) -> Result<(), E> {
        match self.slot {
            Slot::Integer(place) => return set_integer(*place, number),
            Slot::Double(place) => **place = number as f64,
            Slot::Single(place) => **place = number as f32,
            Slot::Optional(place) => {
                return SlotSeed::new(&mut place.fill(), self.trail).visit_i128(number);
            }
            _ => return Err(self.mismatch("a number")),
        }
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        match self.slot {
            Slot::Double(place) => **place = number,
            Slot::Single(place) => **place = number as f32,
            Slot::Integer(place) if number.fract() == 0.0 && number.abs() < 2f64.powi(63) => {
                return set_integer(*place, number as i128);
            }
            Slot::Optional(place) => {
                return SlotSeed::new(&mut place.fill(), self.trail).visit_f64(number);
            }
            _ => return Err(self.mismatch("a number")),
        }
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<(), E> {
        match self.slot {
            Slot::Flag(place) => **place = flag,
            Slot::Optional(place) => {
                return SlotSeed::new(&mut place.fill(), self.trail).visit_bool(flag);
            }
            _ => return Err(self.mismatch("a boolean")),
        }
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        match self.slot {
            Slot::OptionalText(place) => **place = None,
            Slot::Optional(place) => place.set_null(),
            // A service written in Go sends null for an empty list or map.
            Slot::List(place) => place.clear(),
            Slot::Map(place) => place.clear(),
            _ => return Err(self.mismatch("null")),
        }
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Optional(place) => {
                SlotSeed::new(&mut place.fill(), self.trail).deserialize(deserializer)
            }
            _ => deserializer.deserialize_any(self),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let trail = self.trail;
        let place = match self.slot {
            Slot::List(place) => place,
            Slot::Optional(place) => {
                return SlotSeed::new(&mut place.fill(), trail).visit_seq(elements);
            }
            _ => return Err(self.mismatch("an array")),
        };
        place.clear();
        let mut index = 0;
        loop {
            let element = ElementSeed {
                list: *place,
                trail,
            };
            match trail.note(elements.next_element_seed(element), || Step::Index(index))? {
                Some(()) => index += 1,
                None => return Ok(()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let trail = self.trail;
        match self.slot {
            Slot::Object(model) => decode_model::fill(*model, members, trail),
            Slot::Map(place) => {
                place.clear();
                while let Some(key) = members.next_key::<String>()? {
                    let step = key.clone();
                    let value = &mut place.insert(key);
                    let value = SlotSeed::new(value, trail);
                    trail.note(members.next_value_seed(value), || Step::Key(step))?;
                }
                Ok(())
            }
            Slot::Optional(place) => SlotSeed::new(&mut place.fill(), trail).visit_map(members),
            _ => Err(self.mismatch("an object")),
        }
    }
}

fn set_integer<E: de::Error>(place: &mut dyn FromInteger, number: i128) -> Result<(), E> {
    if place.set_integer(number) {
        Ok(())
    } else {
        Err(E::custom(
            "expected a whole number within the bounds of its type",
        ))
    }
}

/// Adds one element to a list.
struct ElementSeed<'a> {
    list: &'a mut dyn ListSlot,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        SlotSeed::new(&mut self.list.push(), self.trail).deserialize(deserializer)
    }
}
