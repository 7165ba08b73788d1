//! What models and unions share in place of a derived `Clone`.

use super::model::Model;
use super::union::Union;
use super::value::{Get, ListGet, ListSlot, MapGet, MapSlot, Slot, Value};

/// Copies a value into an empty one of its type. A pointer, for the reason of [`DEBUG`](super::show::DEBUG).
pub(crate) const CLONE: fn(&dyn Value, &mut dyn Value) = |value, empty| fill(value.get(), empty);

/// A place that is left alone stands for what is absent: asking an optional one for its slot may fill it.
fn fill(value: Get<'_>, empty: &mut dyn Value) {
    if !matches!(value, Get::Absent) {
        copy(value, empty.slot());
    }
}

fn copy(value: Get<'_>, empty: Slot<'_>) {
    match (empty, value) {
        (_, Get::Absent) | (Slot::Ignored, _) => {}
        (Slot::Optional(place), Get::Null) => place.set_null(),
        (Slot::Optional(place), value) => copy(value, place.fill()),
        (Slot::Text(place), Get::Text(text) | Get::Secret(text)) => place.push_str(text),
        (Slot::OptionalText(place), Get::Text(text)) => *place = Some(text.to_owned()),
        // An enum takes a text that the document knows for the variant of it, however it came to it.
        (Slot::Parsed(place), Get::Text(text)) => _ = place.set_text(text),
        (Slot::Parsed(place), Get::Display(text)) => _ = place.set_text(&text.to_string()),
        (Slot::Exact(place), Get::Exact(number)) => number.clone_into(place),
        (Slot::Integer(place), Get::Integer(number)) => _ = place.set_integer(number.into()),
        (Slot::Integer(place), Get::Unsigned(number)) => _ = place.set_integer(number.into()),
        (Slot::Double(place), Get::Double(number)) => *place = number,
        (Slot::Single(place), Get::Single(number)) => *place = number,
        (Slot::Flag(place), Get::Flag(flag)) => *place = flag,
        (Slot::Any(place), Get::Any(json)) => json.clone_into(place),
        (Slot::Bytes(place), Get::Bytes(bytes)) => bytes.clone_into(place),
        (Slot::Object(empty), Get::Object(model)) => copy_model(model, empty),
        (Slot::Union(empty), Get::Union(union)) => copy_union(union, empty),
        (Slot::List(empty), Get::List(list)) => copy_list(list, empty),
        (Slot::Map(empty), Get::Map(map)) => copy_map(map, empty),
        // Both are of one type, so nothing is left.
        _ => {}
    }
}

fn copy_model(model: &dyn Model, empty: &mut dyn Model) {
    for index in 0..model.fields().len() {
        fill(model.get(index), empty.field_mut(index));
    }
    if let (Some(further), Some(empty)) = (model.additional(), empty.additional_slot()) {
        copy_map(further, empty);
    }
}

fn copy_union(union: &dyn Union, empty: &mut dyn Union) {
    let (variant, value) = union.get();
    empty.choose(variant);
    fill(value, empty.content_mut());
}

/// Of optional elements, those of any JSON would be filled by being pushed; they are never emitted, since null is
/// a JSON value by itself.
fn copy_list(list: &dyn ListGet, empty: &mut dyn ListSlot) {
    for index in 0..list.len() {
        copy(list.element(index), empty.push());
    }
}

/// With elements as those of [`copy_list`].
fn copy_map(map: &dyn MapGet, empty: &mut dyn MapSlot) {
    map.visit(&mut |key, value| {
        copy(value, empty.insert(key.to_owned()));
        true
    });
}

/// `Clone` of a value that can be made empty.
macro_rules! clones {
    ($name:ident) => {
        $crate::runtime::clone::clones!(@of [] $name);
    };
    (@of [$($bounds:tt)*] $name:ty) => {
        impl<$($bounds)*> ::std::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                let mut clone = Self::default();
                ($crate::runtime::clone::CLONE)(self, &mut clone);
                clone
            }
        }
    };
}

pub(crate) use clones;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use bytes::Bytes;
    use serde_json::json;

    use super::*;
    use crate::runtime::nullable::Nullable;
    use crate::runtime::secret::Secret;
    use crate::runtime::time::{Date, Timestamp};

    fn is_cloned<T: Value + Default + PartialEq + Debug>(value: T) {
        let mut clone = T::default();
        CLONE(&value, &mut clone);
        assert_eq!(clone, value);
    }

    #[test]
    fn what_is_absent_null_or_empty_stays_so() {
        is_cloned(vec![None, Some(String::new()), Some("a".to_owned())]);
        is_cloned(vec![json!(null), json!({"a": [1.5]})]);
        is_cloned(vec![
            Nullable::Absent,
            Nullable::Null,
            Nullable::Value(json!(null)),
        ]);
        is_cloned(vec![None, Some(Vec::<bool>::new()), Some(vec![true])]);
    }

    #[test]
    fn numbers_keep_their_bits() {
        is_cloned(vec![i64::MIN, i64::MAX]);
        is_cloned(vec![u64::MAX]);
        is_cloned(vec![f32::MIN_POSITIVE]);
        for number in [5e-324, -0.0, f64::INFINITY, f64::NAN] {
            let mut clone = 0.0_f64;
            CLONE(&number, &mut clone);
            assert_eq!(clone.to_bits(), number.to_bits());
        }
    }

    #[test]
    fn texts_with_a_meaning_keep_their_spelling() {
        let mut strange = Timestamp::default();
        assert!(crate::runtime::value::FromText::set_text(&mut strange, "soon").is_ok());
        is_cloned(vec![strange, Timestamp::now()]);
        is_cloned(vec![Date::from(jiff::civil::Date::MIN), Date::default()]);
        is_cloned(BTreeMap::from([("key".to_owned(), Secret::from("hush"))]));
        is_cloned(vec![Bytes::from_static(b"\0\xff")]);
    }
}
