//! A service without numbers whose digits count: nothing here has a value.

use serde::de::Deserializer;
use serde::ser::{Serialize, Serializer};

use super::decode::Trail;
use super::union::Union;

/// In place of a number in its own digits.
#[derive(Clone, Debug, PartialEq)]
pub enum Decimal {}

impl Decimal {
    /// The digits.
    pub fn as_str(&self) -> &str {
        match *self {}
    }

    /// Takes a number's own digits.
    pub(super) fn read<'de, D: Deserializer<'de>>(&mut self, _: D) -> Result<(), D::Error> {
        match *self {}
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

/// In place of the decoding of unions that keeps the digits of numbers.
#[derive(Clone, Copy, Debug)]
pub enum Digits {}

impl Digits {
    /// Fills a union.
    pub(super) fn fill<'de, D: Deserializer<'de>>(
        self,
        _: &mut dyn Union,
        _: D,
        _: &Trail,
    ) -> Result<(), D::Error> {
        match self {}
    }
}
