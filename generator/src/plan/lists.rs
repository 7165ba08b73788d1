//! Whether an answer is a list of things or one thing.

use super::names::snake;
use crate::api::{AnswerKind, Api, Object, Operation, Property, SchemaId, Shape};

/// What lists are called inside an object around them.
const LIST_WORDS: &[&str] = &[
    "items", "data", "results", "result", "values", "records", "entries", "list", "elements",
    "value", "content",
];

/// What the object is called that a service puts around every answer.
const AROUND: &[&str] = &["result", "data", "response"];

/// What an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// An array, alone or as the point of the object around it.
    List,
    /// Among other things an array with the name of what was asked for.
    Named,
    /// Anything else.
    One,
}

/// What the answer to a question for `word` holds.
pub(super) fn holds(api: &Api, operation: &Operation, word: &str) -> Holds {
    match operation.success.kind {
        AnswerKind::Json { schema, .. } => schema_holds(api, schema, word, true),
        _ => Holds::One,
    }
}

fn schema_holds(api: &Api, schema: SchemaId, word: &str, outermost: bool) -> Holds {
    let object = match &api.schema(schema).shape {
        Shape::List(_) => return Holds::List,
        Shape::Object(object) => object,
        _ => return Holds::One,
    };
    if lists(api, object).any(|property| snake(&property.name) == word) {
        return Holds::Named;
    }
    if has_one_list(api, object) {
        return Holds::List;
    }
    let inner = object
        .properties
        .iter()
        .find(|property| outermost && AROUND.contains(&property.name.as_str()));
    inner.map_or(Holds::One, |inner| {
        schema_holds(api, inner.schema, word, false)
    })
}

/// Whether a list is the point of an object: it is called so, or there is hardly anything else.
fn has_one_list(api: &Api, object: &Object) -> bool {
    let is_called_so =
        lists(api, object).any(|property| LIST_WORDS.contains(&property.name.as_str()));
    let of_things = lists(api, object).filter(|property| is_list_of_things(api, property.schema));
    is_called_so || (object.properties.len() <= 2 && of_things.count() == 1)
}

fn lists<'a>(api: &'a Api, object: &'a Object) -> impl Iterator<Item = &'a Property> {
    object
        .properties
        .iter()
        .filter(|property| matches!(api.schema(property.schema).shape, Shape::List(_)))
}

fn is_list_of_things(api: &Api, id: SchemaId) -> bool {
    match api.schema(id).shape {
        Shape::List(items) => matches!(
            api.schema(items).shape,
            Shape::Object(_) | Shape::Union(_) | Shape::Any | Shape::Map(_)
        ),
        _ => false,
    }
}
