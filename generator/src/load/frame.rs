//! How one object is read while what stands below it is read apart.

use std::sync::LazyLock;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde_json::{Map, Value, json};

/// The members of an object.
pub(super) type Object = Map<String, Value>;

/// How deep values may nest to be read here: what the stack of a thread holds, several times over.
const DEEPEST: usize = 60;

/// What is read, wherever that is.
pub(super) trait Read: DeserializeOwned + Send {}

impl<T: DeserializeOwned + Send> Read for T {}

/// What stands for a member that is read apart: the least that openapiv3 reads in its place.
#[derive(Clone, Copy)]
pub(super) enum StandIn {
    /// For an object.
    Object,
    /// For an array.
    List,
    /// For an object that may be a reference.
    Reference,
    /// For an operation.
    Operation,
}

static OBJECT: LazyLock<Value> = LazyLock::new(|| json!({}));
static LIST: Value = Value::Array(Vec::new());
static REFERENCE: LazyLock<Value> = LazyLock::new(|| json!({"$ref": ""}));
static OPERATION: LazyLock<Value> = LazyLock::new(|| json!({"responses": {}}));

impl StandIn {
    /// Stands in for values of the right kind; another is for openapiv3 to refuse.
    fn of(self, value: &Value) -> &Value {
        match (self, value) {
            (Self::Object, Value::Object(_)) => &OBJECT,
            (Self::Reference, Value::Object(_)) => &REFERENCE,
            (Self::Operation, Value::Object(_)) => &OPERATION,
            (Self::List, Value::Array(_)) => &LIST,
            _ => value,
        }
    }
}

/// Reads an object with stand-ins for some of its members.
pub(super) fn frame<'v, T: Deserialize<'v>>(
    object: &'v Object,
    stand_in: impl Fn(&str, &Value) -> Option<StandIn>,
) -> Option<T> {
    let members = object.iter().map(|(key, value)| {
        let value = stand_in(key, value).map_or(value, |stand_in| stand_in.of(value));
        (BorrowedStrDeserializer::new(key), value)
    });
    T::deserialize(MapDeserializer::<_, serde_json::Error>::new(members)).ok()
}

/// Reads what may be a reference.
pub(super) fn or_reference<T: Read>(
    value: &Value,
    read: impl Fn(&Object) -> Option<T>,
) -> Option<ReferenceOr<T>> {
    let Value::Object(object) = value else {
        return ReferenceOr::deserialize(value).ok();
    };
    match object.get("$ref") {
        Some(Value::String(reference)) => Some(ReferenceOr::Reference {
            reference: reference.clone(),
        }),
        _ => read(object).map(ReferenceOr::Item),
    }
}

/// The object at a key.
pub(super) fn object_at<'v>(object: &'v Object, key: &str) -> Option<&'v Object> {
    object.get(key)?.as_object()
}

/// The value at a key that [`StandIn::Reference`] or [`StandIn::Object`] stood for.
pub(super) fn read_apart<'v>(object: &'v Object, key: &str) -> Option<&'v Value> {
    object.get(key).filter(|value| value.is_object())
}

/// Reads the object at a key, if there is one, into a map.
pub(super) fn map_into<T>(
    slot: &mut IndexMap<String, T>,
    object: &Object,
    key: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Option<()> {
    if let Some(members) = object_at(object, key) {
        *slot = members
            .iter()
            .map(|(key, value)| Some((key.clone(), read(value)?)))
            .collect::<Option<_>>()?;
    }
    Some(())
}

/// Reads the array at a key, if there is one, into a list.
pub(super) fn list_into<T>(
    slot: &mut Vec<T>,
    object: &Object,
    key: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Option<()> {
    if let Some(elements) = object.get(key).and_then(Value::as_array) {
        *slot = elements.iter().map(read).collect::<Option<_>>()?;
    }
    Some(())
}

/// Whether a value nests deeper than can be read here.
pub(super) fn is_deep(value: &Value) -> bool {
    deeper_than(value, DEEPEST)
}

fn deeper_than(value: &Value, levels: usize) -> bool {
    let Some(levels) = levels.checked_sub(1) else {
        return true;
    };
    match value {
        Value::Array(elements) => elements.iter().any(|element| deeper_than(element, levels)),
        Value::Object(members) => members.values().any(|member| deeper_than(member, levels)),
        _ => false,
    }
}
