//! A union: an enum of several forms that keeps values that fit none of them.

use super::decimal::Digits;
use super::value::{Get, Slot, Value};

/// A value of one of several forms. Decoding, encoding, cloning, comparing and showing it exist once, over this trait.
pub trait Union {
    /// What tells the variants apart.
    fn variants(&self) -> &'static Variants;

    /// Makes an empty value of the variant at this index; beyond the last one, of the variant that keeps
    /// any JSON value.
    fn choose(&mut self, variant: usize);

    /// The content of the chosen variant, to decode into.
    fn content_mut(&mut self) -> &mut dyn Value;

    /// The index of the variant and what to encode.
    fn get(&self) -> (usize, Get<'_>);
}

impl dyn Union + '_ {
    /// Where to decode the content of the chosen variant into.
    pub(super) fn slot(&mut self) -> Slot<'_> {
        self.content_mut().slot()
    }
}

/// What tells the variants of a union apart.
#[derive(Clone, Copy, Debug)]
pub struct Variants {
    count: usize,
    tag: Option<&'static str>,
    tags: &'static [&'static [&'static str]],
    tags_are_implied: bool,
    may_hold_secrets: bool,
    digits: Option<Digits>,
}

impl Variants {
    /// So many variants, told apart by kind and keys.
    pub const fn untagged(count: usize) -> Self {
        Self {
            count,
            tag: None,
            tags: &[],
            tags_are_implied: false,
            may_hold_secrets: false,
            digits: None,
        }
    }

    /// Variants told apart by the value of a property; one without values of its own takes any.
    pub const fn tagged(property: &'static str, tags: &'static [&'static [&'static str]]) -> Self {
        Self {
            count: tags.len(),
            tag: Some(property),
            tags,
            tags_are_implied: false,
            may_hold_secrets: false,
            digits: None,
        }
    }

    /// The document doesn't list values of the property, so an unknown one says nothing.
    pub const fn with_implied_tags(mut self) -> Self {
        self.tags_are_implied = true;
        self
    }

    /// A variant holds a secret, so a value that fits none is shown to nobody.
    pub const fn holding_secrets(mut self) -> Self {
        self.may_hold_secrets = true;
        self
    }

    /// The digits of numbers count, so that a value is decoded from its text.
    pub(super) const fn with_digits(mut self, digits: Digits) -> Self {
        self.digits = Some(digits);
        self
    }

    /// How a value is decoded from its text, for the sake of a number's digits.
    pub(super) fn digits(&self) -> Option<Digits> {
        self.digits
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The property by whose value the variants are told apart.
    pub(super) fn tag(&self) -> Option<&'static str> {
        self.tag
    }

    /// The values of that property that lead to a variant.
    pub(super) fn tags_of(&self, variant: usize) -> &'static [&'static str] {
        self.tags.get(variant).copied().unwrap_or_default()
    }

    pub(super) fn tags_are_implied(&self) -> bool {
        self.tags_are_implied
    }

    /// Whether the value of a variant must not be shown: it is of no known form, and others hold secrets.
    pub(super) fn hides(&self, variant: usize) -> bool {
        self.may_hold_secrets && variant >= self.count
    }
}

impl Get<'_> {
    /// Unions taken for what they hold.
    pub(crate) fn plain(self) -> Self {
        match self {
            Self::Union(union) => union.get().1.plain(),
            other => other,
        }
    }
}

/// What every union has in place of derives.
macro_rules! union {
    ($name:ident, $unknown:ident) => {
        impl $crate::runtime::value::Value for $name {
            #[inline]
            fn slot(&mut self) -> $crate::runtime::value::Slot<'_> {
                $crate::runtime::value::Slot::Union(self)
            }

            #[inline]
            fn get(&self) -> $crate::runtime::value::Get<'_> {
                $crate::runtime::value::Get::Union(self)
            }
        }

        impl $crate::runtime::value::Value for ::std::boxed::Box<$name> {
            #[inline]
            fn slot(&mut self) -> $crate::runtime::value::Slot<'_> {
                $crate::runtime::value::Slot::Union(&mut **self)
            }

            #[inline]
            fn get(&self) -> $crate::runtime::value::Get<'_> {
                $crate::runtime::value::Get::Union(&**self)
            }
        }

        impl ::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::$unknown(::serde_json::Value::Null)
            }
        }

        /// Any JSON value, kept as it is: also what the document doesn't know can be sent.
        impl ::std::convert::From<::serde_json::Value> for $name {
            #[inline]
            fn from(value: ::serde_json::Value) -> Self {
                Self::$unknown(value)
            }
        }

        $crate::runtime::clone::clones!($name);
        $crate::runtime::forwards::forwards!($name);
    };
}

pub(crate) use union;
