//! Enums of strings that keep what the document doesn't know.

use super::value::{FromText, Get, Value};

/// An enum whose values are strings on the wire.
pub trait StringEnum: Value + Clone + 'static {
    /// The values that the document knows.
    const KNOWN: &'static [Self];

    /// A value that the document doesn't know.
    fn unknown(text: String) -> Self;

    /// Takes any text; one that the document doesn't know is kept.
    fn from_wire(text: &str) -> Self {
        let is_it = |value: &&Self| matches!(value.get(), Get::Text(known) if known == text);
        match Self::KNOWN.iter().find(is_it) {
            Some(known) => known.clone(),
            None => Self::unknown(text.to_owned()),
        }
    }
}

impl<T: StringEnum> FromText for T {
    fn set_text(&mut self, text: &str) -> Result<(), &'static str> {
        *self = T::from_wire(text);
        Ok(())
    }
}

/// What every enum of strings has in place of derives.
macro_rules! string_enum {
    ($name:ident) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state)
            }
        }

        impl ::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::runtime::string_enum::StringEnum::from_wire("")
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ($crate::runtime::show::DISPLAY)(self, formatter)
            }
        }

        /// Any text, owned or not; one that the document doesn't know is kept.
        impl<T: ::std::convert::AsRef<str>> ::std::convert::From<T> for $name {
            #[inline]
            fn from(text: T) -> Self {
                $crate::runtime::string_enum::StringEnum::from_wire(text.as_ref())
            }
        }

        impl $crate::runtime::value::Value for $name {
            #[inline]
            fn slot(&mut self) -> $crate::runtime::value::Slot<'_> {
                $crate::runtime::value::Slot::Parsed(self)
            }

            #[inline]
            fn get(&self) -> $crate::runtime::value::Get<'_> {
                $crate::runtime::value::Get::Text(self.as_str())
            }
        }

        $crate::runtime::forwards::forwards!($name);
    };
}

pub(crate) use string_enum;
