//! Numbers in their own digits.

use std::fmt;
use std::iter::once;
use std::str::FromStr;

use serde::de::value::MapDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::value::RawValue;

use super::decode::Trail;
use super::decode_union::choose;
use super::text::{integer, split_once};
use super::union::{Union, Variants};
use super::value::{Get, Slot, Value};

/// A number with all its digits, however many (`type: number`, `format: decimal`).
///
/// Whole numbers convert into it; others are read from their text, spelled as JSON does (RFC 8259, section 6):
/// `"0.10".parse()`. Two are equal if they are spelled alike: `0.1` isn't `0.10`. For arithmetic, hand
/// [`Decimal::as_str`] to the crate of your choice.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

/// The text isn't a number as JSON spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl fmt::Display for NotDecimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a number as JSON spells it, as in -12.50 or 1e400")
    }
}

impl std::error::Error for NotDecimal {}

impl Decimal {
    /// The digits as they came, or were given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest number of 64 bits, infinite where it is too large for one.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self("0".into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        if is_number(text) {
            Ok(Self(text.into()))
        } else {
            Err(NotDecimal)
        }
    }
}

macro_rules! from_integers {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Decimal {
            fn from(number: $ty) -> Self {
                Self(number.to_string().into())
            }
        }
    )*};
}

from_integers!(i32, u32, i64, u64, i128, u128);

/// RFC 8259, section 6.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix("-").unwrap_or(text);
    let (mantissa, exponent) = match split_once(text, b"eE") {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match split_once(mantissa, b".") {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let exponent = exponent.map(|text| {
        text.strip_prefix("+")
            .or(text.strip_prefix("-"))
            .unwrap_or(text)
    });
    are_digits(whole)
        && (whole == "0" || !whole.starts_with("0"))
        && fraction.is_none_or(are_digits)
        && exponent.is_none_or(are_digits)
}

impl Value for Decimal {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Exact(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Exact(self)
    }
}

/// As a number of serde's where that is spelled alike, for other formats than JSON know no raw text.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = self.as_str();
        if let Some(whole) = integer(number)
            && whole.to_string() == number
        {
            return serializer.serialize_i64(whole);
        }
        let nearest = number.parse().ok().and_then(serde_json::Number::from_f64);
        if let Some(nearest) = nearest
            && nearest.to_string() == number
        {
            return nearest.serialize(serializer);
        }
        let raw = RawValue::from_string(number.to_owned()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::decode::deserialize(deserializer)
    }
}

impl Decimal {
    /// Takes a number's own digits where the format has them, else those of its value.
    pub(super) fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let number = raw(Spelled(deserializer))?;
        let text = number.get();
        *self = text.parse().map_err(|NotDecimal| {
            let found = match text.as_bytes().first() {
                Some(b'"') => "a string",
                Some(b'{') => "an object",
                Some(b'[') => "an array",
                Some(b'n') => "null",
                _ => "a boolean",
            };
            de::Error::custom(format_args!("expected a number, found {found}"))
        })?;
        Ok(())
    }
}

/// The text of a value.
fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    Box::<RawValue>::deserialize(deserializer)
}

/// Decoding of unions that keeps the digits of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Digits;

impl Variants {
    /// A variant holds a number whose digits count.
    pub const fn holding_decimals(self) -> Self {
        self.with_digits(Digits)
    }
}

impl Digits {
    /// Fills a union. Places of errors count within its own text.
    pub(super) fn fill<'de, D: Deserializer<'de>>(
        self,
        union: &mut dyn Union,
        deserializer: D,
        trail: &Trail,
    ) -> Result<(), D::Error> {
        let text = raw(deserializer)?;
        READ(union, &text, trail).map_err(D::Error::custom)
    }
}

/// A pointer, for the reason of [`decode_union::READ`](super::decode_union::READ).
const READ: fn(&mut dyn Union, &RawValue, &Trail) -> Result<(), serde_json::Error> =
    |union, text, trail| {
        let text = text.get().as_bytes();
        let json = serde_json::from_slice(text)?;
        choose(union, json, trail, |slot, _| {
            slot.deserialize(&mut serde_json::Deserializer::from_slice(text))
        })
    };

/// Gives the raw text of a value also where the format has none: a number's is spelled out.
struct Spelled<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Spelled<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0
            .deserialize_newtype_struct(name, Spelling { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// `name`: how serde_json calls a raw text.
struct Spelling<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Spelling<V> {
    fn spelled<E: de::Error>(self, number: String) -> Result<V::Value, E> {
        self.visitor
            .visit_map(MapDeserializer::new(once((self.name, number))))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Spelling<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, raw: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(raw)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<V::Value, E> {
        self.spelled(number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<V::Value, E> {
        self.spelled(number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<V::Value, E> {
        self.spelled(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::runtime::decode::from_json;
    use crate::runtime::decode_union::tests::{forms, object};
    use crate::runtime::encode::write_json;
    use crate::runtime::model::{self, Field, Model, model};
    use crate::runtime::union::union;

    const NUMBERS: [&str; 12] = [
        "0",
        "-0",
        "12",
        "-12.5",
        "12.50",
        "1e400",
        "-1E-400",
        "1.5e+7",
        "18446744073709551616",
        "0.1000000000000000055511151231257827",
        "3.14159265358979323846264338327950288419716939937510",
        "100000000000000000000000000000000000000000000000000000.01",
    ];

    #[test]
    fn every_digit_comes_back() {
        for number in NUMBERS {
            let text = format!("[{number}, null, {number}]");
            let mut list: Vec<Option<Decimal>> = Vec::new();
            assert_eq!(from_json(text.as_bytes(), list.slot()), Ok(()), "{number}");
            let mut written = Vec::new();
            assert!(write_json(&mut written, list.get()).is_ok());
            assert_eq!(String::from_utf8_lossy(&written), text.replace(' ', ""));
            let read: Result<Decimal, _> = serde_json::from_str(number);
            let read = read.unwrap_or_default();
            assert_eq!(read.as_str(), number);
            assert_eq!(serde_json::to_string(&read).ok().as_deref(), Some(number));
        }
    }

    #[test]
    fn what_is_no_number_of_json_is_refused() {
        for text in [
            "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1_000", "NaN", "1 ", "1.2.3",
            "--1",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(NotDecimal), "{text}");
        }
    }

    #[test]
    fn an_error_says_what_came_and_not_which() {
        for (text, found) in [
            ("\"hush\"", "a string"),
            ("{\"hush\": 1}", "an object"),
            ("[1]", "an array"),
            ("true", "a boolean"),
            ("null", "null"),
        ] {
            let mut number = Decimal::default();
            let error = from_json(text.as_bytes(), number.slot()).err();
            let message = error.map(|error| error.message).unwrap_or_default();
            assert_eq!(message, format!("expected a number, found {found}"));
        }
    }

    /// Also a value that was read before, and lost what it can't hold.
    #[test]
    fn other_formats_give_the_digits_of_their_numbers() {
        let read = |value: serde_json::Value| serde_json::from_value::<Decimal>(value).ok();
        assert_eq!(read(0.5.into()), "0.5".parse().ok());
        assert_eq!(read((-3).into()), Some(Decimal::from(-3)));
        let plain = |number: f64| {
            let inner = de::value::F64Deserializer::<de::value::Error>::new(number);
            Decimal::deserialize(inner).ok()
        };
        assert_eq!(plain(2.25), "2.25".parse().ok());
        assert_eq!(plain(f64::INFINITY), None);
    }

    #[test]
    fn it_converts_as_far_as_that_goes() {
        assert_eq!(Decimal::from(u64::MAX).as_str(), "18446744073709551615");
        assert_eq!("12.5".parse().map(|it: Decimal| it.to_f64()), Ok(12.5));
        assert_eq!(
            "1e400".parse().map(|it: Decimal| it.to_f64()),
            Ok(f64::INFINITY)
        );
    }

    object!(Price { 0 amount: Decimal = Field::Required("amount") });
    forms!(Cost, Variants::untagged(2).holding_decimals(), 0 Price(Price), 1 Free(bool));

    #[test]
    fn every_digit_comes_back_from_within_a_union() {
        let text = r#"{"amount":0.1000000000000000055511151231257827}"#;
        let mut costs = vec![Cost::default()];
        let list = format!("[{text},true,null]");
        assert_eq!(from_json(list.as_bytes(), costs.slot()), Ok(()));
        assert!(matches!(
            costs.as_slice(),
            [Cost::Price(_), Cost::Free(true), Cost::Unknown(_)]
        ));
        let mut written = Vec::new();
        assert!(write_json(&mut written, costs.clone().get()).is_ok());
        assert_eq!(String::from_utf8_lossy(&written), list);
    }
}
