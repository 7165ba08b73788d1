//! `format` of strings and numbers.

use openapiv3::{StringFormat, VariantOrUnknownOrEmpty};

use crate::api::{IntegerFormat, NumberFormat, TextFormat};

/// The format as it stands in the document.
pub(super) trait FormatName {
    fn format_name(&self) -> Option<&str>;
}

impl FormatName for VariantOrUnknownOrEmpty<StringFormat> {
    fn format_name(&self) -> Option<&str> {
        match self {
            Self::Item(StringFormat::Date) => Some("date"),
            Self::Item(StringFormat::DateTime) => Some("date-time"),
            Self::Item(StringFormat::Password) => Some("password"),
            Self::Item(StringFormat::Byte) => Some("byte"),
            Self::Item(StringFormat::Binary) => Some("binary"),
            Self::Unknown(name) => Some(name),
            Self::Empty => None,
        }
    }
}

impl FormatName for VariantOrUnknownOrEmpty<openapiv3::IntegerFormat> {
    fn format_name(&self) -> Option<&str> {
        match self {
            Self::Item(openapiv3::IntegerFormat::Int32) => Some("int32"),
            Self::Item(openapiv3::IntegerFormat::Int64) => Some("int64"),
            Self::Unknown(name) => Some(name),
            Self::Empty => None,
        }
    }
}

impl FormatName for VariantOrUnknownOrEmpty<openapiv3::NumberFormat> {
    fn format_name(&self) -> Option<&str> {
        match self {
            Self::Item(openapiv3::NumberFormat::Float) => Some("float"),
            Self::Item(openapiv3::NumberFormat::Double) => Some("double"),
            Self::Unknown(name) => Some(name),
            Self::Empty => None,
        }
    }
}

/// `format` of a string; unknown ones say nothing about the Rust type.
pub(super) fn text(format: Option<&str>) -> TextFormat {
    match format {
        Some("date-time") => TextFormat::DateTime,
        Some("date") => TextFormat::Date,
        Some("password") => TextFormat::Password,
        Some("byte") => TextFormat::Base64,
        Some("binary") => TextFormat::Binary,
        _ => TextFormat::Plain,
    }
}

/// `format` of an integer; without one that is known, 64 bits hold the most.
pub(super) fn integer(format: Option<&str>) -> IntegerFormat {
    match format {
        Some("int32" | "int16" | "int8") => IntegerFormat::Int32,
        Some("uint32" | "uint16" | "uint8") => IntegerFormat::Uint32,
        Some("uint64") => IntegerFormat::Uint64,
        _ => IntegerFormat::Int64,
    }
}

/// `format` of a number.
pub(super) fn number(format: Option<&str>) -> NumberFormat {
    match format {
        Some("float") => NumberFormat::Float,
        Some("decimal" | "decimal128") => NumberFormat::Decimal,
        _ => NumberFormat::Double,
    }
}

/// Whether a number's format leaves no place for a fraction.
pub(super) fn is_integer(format: Option<&str>) -> bool {
    matches!(
        format,
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64")
    )
}
