//! What can stand in a field: where to decode into ([`Slot`]) and what to encode ([`Get`]).
//!
//! Decoding and encoding exist once, over these two enums, instead of once per type: that is what
//! keeps the crate quick to compile.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;

use super::decimal::Decimal;
use super::model::Model;
use super::union::Union;

/// A value that has a place in a model, a parameter, a body or an answer.
pub trait Value {
    /// Where to decode into.
    fn slot(&mut self) -> Slot<'_>;

    /// What to encode.
    fn get(&self) -> Get<'_>;

    /// Where to decode into what came with this status.
    fn slot_for(&mut self, status: u16) -> Slot<'_> {
        let _ = status;
        self.slot()
    }

    /// Where to decode an optional value of this type into.
    fn optional_slot(place: &mut Option<Self>) -> Slot<'_>
    where
        Self: Sized + Default,
    {
        Slot::Optional(place)
    }

    /// Where to decode a list of this type into.
    fn list_slot(place: &mut Vec<Self>) -> Slot<'_>
    where
        Self: Sized + Default,
    {
        Slot::List(place)
    }

    /// A list of this type, if they are strings.
    fn texts(list: &[Self]) -> Option<&[String]>
    where
        Self: Sized,
    {
        let _ = list;
        None
    }
}

/// [`Value::get`] as a pointer, for the reason of [`DEBUG`](super::show::DEBUG): models call it once for each field.
pub trait Getter: Value + Sized {
    /// What to encode.
    const GET: for<'a> fn(&'a Self) -> Get<'a> = Self::get;
}

impl<T: Value> Getter for T {}

/// Where a value is decoded into.
pub enum Slot<'a> {
    /// Anything may come; nothing is kept.
    Ignored,
    /// A string.
    Text(&'a mut String),
    /// A string or null.
    OptionalText(&'a mut Option<String>),
    /// A string that is read into something else.
    Parsed(&'a mut dyn FromText),
    /// Whole numbers, within the bounds of the place.
    Integer(&'a mut dyn FromInteger),
    /// A number.
    Double(&'a mut f64),
    /// A number.
    Single(&'a mut f32),
    /// A number in its own digits.
    Exact(&'a mut Decimal),
    /// `true` or `false`.
    Flag(&'a mut bool),
    /// Any JSON value.
    Any(&'a mut serde_json::Value),
    /// Bytes: the whole body outside JSON, a string's bytes within it.
    Bytes(&'a mut Bytes),
    /// An object with known keys.
    Object(&'a mut dyn Model),
    /// One of several forms.
    Union(&'a mut dyn Union),
    /// An array.
    List(&'a mut dyn ListSlot),
    /// An object whose keys are data.
    Map(&'a mut dyn MapSlot),
    /// A value or null.
    Optional(&'a mut dyn OptionalSlot),
}

/// What is encoded.
#[derive(Clone, Copy)]
pub enum Get<'a> {
    /// Nothing: a field is left out, an element is null.
    Absent,
    /// `null`.
    Null,
    /// A string.
    Text(&'a str),
    /// A string that is shown to nobody but the service.
    Secret(&'a str),
    /// A string made on the spot.
    Display(&'a dyn fmt::Display),
    /// A whole number.
    Integer(i64),
    /// A whole number.
    Unsigned(u64),
    /// A number.
    Double(f64),
    /// A number.
    Single(f32),
    /// A number in its own digits.
    Exact(&'a Decimal),
    /// `true` or `false`.
    Flag(bool),
    /// Any JSON value.
    Any(&'a serde_json::Value),
    /// Bytes: the whole body outside JSON.
    Bytes(&'a Bytes),
    /// An object with known keys.
    Object(&'a dyn Model),
    /// One of several forms.
    Union(&'a dyn Union),
    /// An array.
    List(&'a dyn ListGet),
    /// An object whose keys are data.
    Map(&'a dyn MapGet),
}

/// A place that a string is read into.
pub trait FromText {
    /// Takes the text; an error names what was expected, never the text.
    fn set_text(&mut self, text: &str) -> Result<(), &'static str>;
}

/// A place for whole numbers.
pub trait FromInteger {
    /// Takes the number; `false` if it doesn't fit.
    fn set_integer(&mut self, number: i128) -> bool;
}

/// A place for arrays.
pub trait ListSlot {
    /// Forgets what was there.
    fn clear(&mut self);
    /// Adds an element and gives its place.
    fn push(&mut self) -> Slot<'_>;
}

/// An array to encode.
pub trait ListGet {
    /// How many elements.
    fn len(&self) -> usize;
    /// The element at `index`; [`Get::Absent`] beyond the end.
    fn element(&self, index: usize) -> Get<'_>;
    /// All elements, if they are strings: most lists are, and need not ask for each.
    fn texts(&self) -> Option<&[String]>;
}

/// A place for objects whose keys are data.
pub trait MapSlot {
    /// Forgets what was there.
    fn clear(&mut self);
    /// Adds a key and gives the place of its value.
    fn insert(&mut self, key: String) -> Slot<'_>;
}

/// An object to encode whose keys are data.
pub trait MapGet {
    /// Calls `each` with every key and value, in order, until it says stop by `false`.
    fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a str, Get<'a>) -> bool);
}

/// A place for a value or null.
pub trait OptionalSlot {
    /// Takes a null.
    fn set_null(&mut self);
    /// Makes a value and gives its place.
    fn fill(&mut self) -> Slot<'_>;
}

impl Value for () {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Ignored
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Null
    }
}

impl Value for String {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Text(self)
    }

    #[inline]
    fn optional_slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::OptionalText(place)
    }

    #[inline]
    fn texts(list: &[Self]) -> Option<&[String]> {
        Some(list)
    }
}

impl Value for bool {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Flag(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Flag(*self)
    }
}

impl Value for f64 {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Double(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Double(*self)
    }
}

impl Value for f32 {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Single(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Single(*self)
    }
}

macro_rules! integer {
    ($($type:ty => $get:ident;)*) => {$(
        impl Value for $type {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Integer(self)
            }

            #[inline]
            fn get(&self) -> Get<'_> {
                Get::$get((*self).into())
            }
        }

        impl FromInteger for $type {
            fn set_integer(&mut self, number: i128) -> bool {
                match Self::try_from(number) {
                    Ok(number) => {
                        *self = number;
                        true
                    }
                    Err(_) => false,
                }
            }
        }
    )*};
}

integer! {
    i32 => Integer;
    i64 => Integer;
    u32 => Unsigned;
    u64 => Unsigned;
}

impl Value for serde_json::Value {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Any(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Any(self)
    }

    /// A null is a value like any other, and not the lack of one.
    #[inline]
    fn optional_slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Any(place.insert(Self::Null))
    }
}

impl Value for Bytes {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Bytes(self)
    }

    #[inline]
    fn get(&self) -> Get<'_> {
        Get::Bytes(self)
    }
}

impl<T: Value + Default> Value for Option<T> {
    fn slot(&mut self) -> Slot<'_> {
        T::optional_slot(self)
    }

    fn get(&self) -> Get<'_> {
        match self {
            Some(value) => value.get(),
            None => Get::Absent,
        }
    }
}

impl<T: Value + Default> OptionalSlot for Option<T> {
    fn set_null(&mut self) {
        *self = None;
    }

    fn fill(&mut self) -> Slot<'_> {
        self.insert(T::default()).slot()
    }
}

impl<T: Value + Default> Value for Vec<T> {
    fn slot(&mut self) -> Slot<'_> {
        T::list_slot(self)
    }

    fn get(&self) -> Get<'_> {
        Get::List(self)
    }
}

impl<T: Value + Default> ListSlot for Vec<T> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self) -> Slot<'_> {
        Vec::push(self, T::default());
        match self.last_mut() {
            Some(element) => element.slot(),
            None => Slot::Ignored,
        }
    }
}

impl<T: Value> ListGet for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn element(&self, index: usize) -> Get<'_> {
        match self.get(index) {
            Some(element) => element.get(),
            None => Get::Absent,
        }
    }

    fn texts(&self) -> Option<&[String]> {
        T::texts(self)
    }
}

impl<T: Value + Default> Value for BTreeMap<String, T> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn get(&self) -> Get<'_> {
        Get::Map(self)
    }
}

impl<T: Value + Default> MapSlot for BTreeMap<String, T> {
    fn clear(&mut self) {
        BTreeMap::clear(self);
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        let place = self.entry(key).or_default();
        *place = T::default();
        place.slot()
    }
}

impl<T: Value> MapGet for BTreeMap<String, T> {
    fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a str, Get<'a>) -> bool) {
        for (key, value) in self {
            if !each(key, value.get()) {
                return;
            }
        }
    }
}
