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
    let mut keys = Keys {
        fields,
        next: 0,
        keeps_unknown: model.additional_slot().is_some(),
        unknown: String::new(),
    };
    let mut seen = Seen::default();
    while let Some(found) = members.next_key_seed(KeySeed(&mut keys))? {
        if let Some(index) = found {
            seen.insert(index);
            let place = &mut model.slot(index);
            let value = SlotSeed::new(place, trail);
            trail.note(members.next_value_seed(value), || {
                Step::Key(name(fields, index))
            })?;
        } else if let Some(places) = model.additional_slot() {
            let key = std::mem::take(&mut keys.unknown);
            let step = key.clone();
            let place = &mut places.insert(key);
            let value = SlotSeed::new(place, trail);
            trail.note(members.next_value_seed(value), || Step::Key(step))?;
        } else {
            members.next_value::<IgnoredAny>()?;
        }
    }
    if seen.count() == fields.len() {
        return Ok(());
    }
    let missing = fields
        .iter()
        .enumerate()
        .find(|(index, field)| field.is_required() && !seen.contains(*index));
    match missing {
        None => Ok(()),
        Some((_, field)) => Err(de::Error::custom(format_args!(
            "expected the key `{}`, found an object without it",
            field.name()
        ))),
    }
}

fn name(fields: &[Field], index: usize) -> String {
    fields
        .get(index)
        .map(|field| field.name().to_owned())
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
        if index < 64 {
            self.low |= 1 << index;
        } else {
            self.insert_high(index - 64);
        }
    }

    fn insert_high(&mut self, index: usize) {
        let word = index / 64;
        if self.high.len() <= word {
            self.high.resize(word + 1, 0);
        }
        if let Some(word) = self.high.get_mut(word) {
            *word |= 1 << (index % 64);
        }
    }

    #[inline]
    fn count(&self) -> usize {
        let words = std::iter::once(&self.low).chain(&self.high);
        words.map(|word| word.count_ones() as usize).sum()
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

/// The keys of an object as they come.
struct Keys {
    fields: &'static [Field],
    /// Answers mostly come in the document's order, so those after the last one are tried first.
    next: usize,
    keeps_unknown: bool,
    /// The last key that no field has, where such keys are kept.
    unknown: String,
}

impl Keys {
    #[inline]
    fn find(&mut self, key: &str) -> Option<usize> {
        let is_key = |field: &Field| field.name() == key;
        let found = if self.fields.get(self.next).is_some_and(is_key) {
            self.next
        } else {
            let (earlier, later) = self.fields.split_at_checked(self.next)?;
            let ahead = later.iter().position(is_key);
            let ahead = ahead.map(|index| self.next + index);
            ahead.or_else(|| earlier.iter().position(is_key))?
        };
        self.next = found + 1;
        Some(found)
    }
}

/// Finds the next key among the fields.
struct KeySeed<'a>(&'a mut Keys);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
        let found = self.0.find(key);
        if found.is_none() && self.0.keeps_unknown {
            self.0.unknown = key.to_owned();
        }
        Ok(found)
    }
}
