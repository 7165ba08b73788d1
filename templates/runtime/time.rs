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
                Read::read(text).map(Repr::Read).map(Self)
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(Repr::Read(value))
            }
        }

        impl FromText for $name {
            fn set_text(&mut self, text: &str) -> Result<(), &'static str> {
                self.0 = Read::read(text).map_or_else(|_| Repr::Verbatim(text.into()), Repr::Read);
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

/// What can be read of a text, if it is RFC 3339.
trait Read: FromStr<Err = jiff::Error> {
    fn read(text: &str) -> Result<Self, jiff::Error> {
        text.parse()
    }
}

impl Read for jiff::civil::Date {}

impl Read for jiff::Timestamp {
    /// Nearly all have whole seconds of UTC, which takes a fraction of the time that all other forms take.
    fn read(text: &str) -> Result<Self, jiff::Error> {
        whole_seconds(text.as_bytes()).map_or_else(|| text.parse(), Ok)
    }
}

/// `2026-01-01T05:20:00Z`, and nothing else.
fn whole_seconds(text: &[u8]) -> Option<jiff::Timestamp> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1, b'Z'] = text
    else {
        return None;
    };
    let digit = |byte: &u8| byte.checked_sub(b'0').filter(|digit| *digit < 10);
    let two = |tens, ones| i8::try_from(digit(tens)? * 10 + digit(ones)?).ok();
    let year = i16::from(two(y0, y1)?) * 100 + i16::from(two(y2, y3)?);
    let date = jiff::civil::Date::new(year, two(m0, m1)?, two(d0, d1)?).ok()?;
    let time = jiff::civil::Time::new(two(h0, h1)?, two(n0, n1)?, two(s0, s1)?, 0).ok()?;
    jiff::tz::Offset::UTC.to_timestamp(date.to_datetime(time)).ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_reads_what_the_long_way_does() {
        for text in [
            "2026-01-01T05:20:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-30T22:00:00Z",
            "2024-02-29T23:59:59Z",
            "1969-12-31T23:59:59Z",
        ] {
            let read = whole_seconds(text.as_bytes());
            assert!(read.is_some(), "{text}");
            assert_eq!(read, text.parse().ok(), "{text}");
        }
        for text in [
            "2023-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T05:20:60Z",
            "2026-01-01T05:20:00z",
            "2026-01-01 05:20:00Z",
            "2026-01-01T05:20:00.5Z",
            "2026-01-01T05:20:0:Z",
            "+026-01-01T05:20:00Z",
            "2026-01-01T05:20:00+01:00",
            "",
        ] {
            assert_eq!(whole_seconds(text.as_bytes()), None, "{text}");
        }
    }
}
