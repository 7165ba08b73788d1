//! Decoding an object with known keys.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::decode::{SlotSeed, Step, Trail};
use super::model::{Field, Model};

/// Fills a model's fields from an object: keys in any order, unknown ones skipped, the last of equal ones wins.
pub(super) fn fill<'de, A: MapAccess<'de>>(
    model: &mut dyn Model,
    mut members: A,
    trail: &Trail,
) -> Result<(), A::Error> {
    let fields = model.fields();
    let keeps_unknown = model.additional_slot().is_some();
    let mut seen = Seen::default();
    let mut expected = 0;
    loop {
        let key = KeySeed {
            fields,
            expected,
            keeps_unknown,
        };
        match members.next_key_seed(key)? {
            None => break,
            Some(Key::Field(index)) => {
                expected = index + 1;
                seen.insert(index);
                let value = SlotSeed::new(model.slot(index), trail);
                trail.note(members.next_value_seed(value), || {
                    Step::Key(name(fields, index))
                })?;
            }
            Some(Key::Kept(key)) => match model.additional_slot() {
                Some(place) => {
                    let step = key.clone();
                    let value = SlotSeed::new(place.insert(key), trail);
                    trail.note(members.next_value_seed(value), || Step::Key(step))?;
                }
                None => drop(members.next_value::<IgnoredAny>()?),
            },
            Some(Key::Unknown) => drop(members.next_value::<IgnoredAny>()?),
        }
    }
    for (index, field) in fields.iter().enumerate() {
        if field.required && !seen.contains(index) {
            return Err(de::Error::custom(format_args!(
                "expected the key `{}`, found an object without it",
                field.name
            )));
        }
    }
    Ok(())
}

fn name(fields: &[Field], index: usize) -> String {
    fields
        .get(index)
        .map(|field| field.name.to_owned())
        .unwrap_or_default()
}

/// A set of field indexes: no allocation for the first 64.
#[derive(Default)]
struct Seen {
    low: u64,
    high: Vec<u64>,
}

impl Seen {
    #[inline]
    fn insert(&mut self, index: usize) {
        let bit = 1 << (index % 64);
        match (index / 64).checked_sub(1) {
            None => self.low |= bit,
            Some(word) => {
                if self.high.len() <= word {
                    self.high.resize(word + 1, 0);
                }
                if let Some(word) = self.high.get_mut(word) {
                    *word |= bit;
                }
            }
        }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => self.low,
            Some(word) => self.high.get(word).copied().unwrap_or_default(),
        };
        word & (1 << (index % 64)) != 0
    }
}

enum Key {
    Field(usize),
    Kept(String),
    Unknown,
}

/// Finds a key among the fields; answers mostly come in the document's order, so the next one is tried first.
struct KeySeed {
    fields: &'static [Field],
    expected: usize,
    keeps_unknown: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
        if self
            .fields
            .get(self.expected)
            .is_some_and(|field| field.name == key)
        {
            return Ok(Key::Field(self.expected));
        }
        Ok(
            match self.fields.iter().position(|field| field.name == key) {
                Some(index) => Key::Field(index),
                None if self.keeps_unknown => Key::Kept(key.to_owned()),
                None => Key::Unknown,
            },
        )
    }
}
