//! Points in time and dates, as RFC 3339 spells them.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::{FromText, Get, Slot, Value};

/// Declares a type that holds either what the text means or, where it isn't RFC 3339, the text as it came:
/// a strange date must not make an answer unreadable that holds a one-time secret.
macro_rules! rfc3339 {
    ($(#[$docs:meta])* $name:ident, $inner:ty, $accessor:ident, $(#[$accessor_docs:meta])*) => {
        $(#[$docs])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(Repr<$inner>);

        impl $name {
            $(#[$accessor_docs])*
            pub fn $accessor(&self) -> Option<$inner> {
                match &self.0 {
                    Repr::Read(value) => Some(*value),
                    Repr::Verbatim(_) => None,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self(Repr::Read(<$inner>::default()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.0 {
                    Repr::Read(value) => fmt::Display::fmt(value, formatter),
                    Repr::Verbatim(text) => formatter.write_str(text),
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl FromStr for $name {
            type Err = jiff::Error;

            /// Reads RFC 3339; anything else is an error.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Repr::Read).map(Self)
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(Repr::Read(value))
            }
        }

        impl FromText for $name {
            fn set_text(&mut self, text: &str) -> Result<(), &'static str> {
                self.0 = text.parse().map_or_else(|_| Repr::Verbatim(text.into()), Repr::Read);
                Ok(())
            }
        }

        impl Value for $name {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Parsed(self)
            }

            #[inline]
            fn get(&self) -> Get<'_> {
                Get::Display(self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::decode::deserialize(deserializer)
            }
        }
    };
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr<T> {
    Read(T),
    Verbatim(Box<str>),
}

rfc3339! {
    /// A point in time, to the nanosecond (RFC 3339 `date-time`).
    ///
    /// Text on the wire that isn't RFC 3339 is kept as it came: [`Timestamp::instant`] is `None` then and
    /// `Display` gives that text.
    Timestamp, jiff::Timestamp, instant,
    /// The point in time; `None` where the service's text isn't RFC 3339.
}

rfc3339! {
    /// A day (RFC 3339 `full-date`).
    ///
    /// Text on the wire that isn't such a date is kept as it came: [`Date::day`] is `None` then and
    /// `Display` gives that text.
    Date, jiff::civil::Date, day,
    /// The day; `None` where the service's text isn't RFC 3339.
}

impl Timestamp {
    /// This moment.
    pub fn now() -> Self {
        jiff::Timestamp::now().into()
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = jiff::Error;

    /// Fails beyond the years -9999 to 9999.
    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        jiff::Timestamp::try_from(time).map(Self::from)
    }
}
