//! A JSON value out of any self-describing format, stricter and kinder than serde's own: a key that is
//! there twice is an error, a key may be any scalar, integers of any size are numbers, tags are passed
//! over, YAML's merge keys are merged, and aliases can't blow the value up.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

/// The key that YAML merges other mappings with.
const MERGE: &str = "<<";

/// What a value may cost beyond its own text (one for a node, one for a byte of a string), which is
/// what aliases may add.
const ALIAS_BUDGET: usize = 32 << 20;

/// Why a value can't be made of a well-formed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// An object has this key twice.
    DuplicateKey(String),
    /// A number that JSON can't say.
    NotFinite,
    /// `<<` beside something that isn't a mapping or a list of mappings.
    BadMerge,
    /// Aliases make it far larger than its text.
    TooLarge,
}

/// What is known while one value is made.
pub(super) struct Context {
    merges: bool,
    budget: Cell<usize>,
    fault: RefCell<Option<Fault>>,
}

impl Context {
    /// For a text of `length` bytes; `merges` where `<<` isn't a key like any other.
    pub(super) fn new(length: usize, merges: bool) -> Self {
        Self {
            merges,
            budget: Cell::new(length.saturating_add(ALIAS_BUDGET)),
            fault: RefCell::new(None),
        }
    }

    /// Why it failed, unless the text isn't well formed.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.fault.borrow().clone()
    }

    fn fail<E: Error>(&self, fault: Fault) -> E {
        let error = E::custom(format_args!("{fault:?}"));
        self.fault.replace(Some(fault));
        error
    }

    fn spend<E: Error>(&self, cost: usize) -> Result<(), E> {
        match self.budget.get().checked_sub(cost + 1) {
            Some(left) => {
                self.budget.set(left);
                Ok(())
            }
            None => Err(self.fail(Fault::TooLarge)),
        }
    }
}

/// Makes one value.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'c>(pub(super) &'c Context);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::from(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        match Number::from_f64(value) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(self.0.fail(Fault::NotFinite)),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut object = Map::new();
        while let Some(key) = members.next_key_seed(KeySeed)? {
            self.0.spend(key.len())?;
            match object.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(members.next_value_seed(self)?);
                }
                Entry::Occupied(place) => {
                    let key = place.key().clone();
                    members.next_value::<IgnoredAny>()?;
                    return Err(self.0.fail(Fault::DuplicateKey(key)));
                }
            }
        }
        if self.0.merges
            && let Some(sources) = object.shift_remove(MERGE)
        {
            merge(&mut object, sources).map_err(|fault| self.0.fail(fault))?;
        }
        Ok(Value::Object(object))
    }

    /// A tag says how an application should take a value; OpenAPI has none.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, content) = tagged.variant_seed(PhantomData)?;
        content.newtype_variant_seed(self)
    }
}

/// Reads a key as its text, whatever scalar it is: `200` is "200", `1.10` is "1.10".
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text as key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }

    fn visit_string<E: Error>(self, key: String) -> Result<String, E> {
        Ok(key)
    }
}

/// Adds the members of one mapping or of several; the first to have a key wins.
fn merge(object: &mut Map<String, Value>, sources: Value) -> Result<(), Fault> {
    let sources = match sources {
        Value::Array(sources) => sources,
        source => vec![source],
    };
    for source in sources {
        let Value::Object(members) = source else {
            return Err(Fault::BadMerge);
        };
        for (key, value) in members {
            object.entry(key).or_insert(value);
        }
    }
    Ok(())
}
