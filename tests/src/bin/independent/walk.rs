//! From a path that knows no references to the places of both documents, where things are written.

use std::fmt;

use serde_json::Value;

use crate::cursor::{Cursor, Node, resolved};
use crate::tool::{Action, Found};

/// Where something stands in each document, as JSON pointers; none: it isn't there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) if old != new => write!(formatter, "{old} -> {new}"),
            (Some(at), _) | (None, Some(at)) => formatter.write_str(at),
            (None, None) => Ok(()),
        }
    }
}

/// Both documents.
pub(crate) struct Documents<'d> {
    pub(crate) old: &'d Value,
    pub(crate) new: &'d Value,
}

impl<'d> Documents<'d> {
    /// Where something is written, as near as the path leads; none: it leads nowhere.
    pub(crate) fn place(&self, found: &Found) -> Option<Place> {
        let (last, way) = found.path.split_last()?;
        let (mut old, mut new) = (Cursor::at_root(self.old), Cursor::at_root(self.new));
        for key in way {
            let there = self.counterpart(&old, &new, key);
            old.enter(key);
            new.enter(&there);
        }
        let place = match &found.value {
            Some(value) => in_list(&old, &new, last, value, found.action),
            None => Place {
                old: old.child(last),
                new: new.child(&self.counterpart(&old, &new, last)),
            },
        };
        if place.old.is_some() || place.new.is_some() {
            return Some(place);
        }
        // The tool compared a form of a union with another one than is found here.
        let reached = |cursor: Cursor<'_>| Some(cursor.at).filter(|at| !at.is_empty());
        let (old, new) = (reached(old), reached(new));
        (old.is_some() || new.is_some()).then_some(Place { old, new })
    }

    /// The key in the newer document of what has this one in the older.
    fn counterpart(&self, old: &Cursor<'d>, new: &Cursor<'d>, key: &str) -> String {
        let same = match (&old.node, &new.node) {
            (Node::List(was), Node::List(is)) => {
                let index = key.parse().ok();
                let element = index.and_then(|index: usize| was.get(index));
                element.and_then(|(_, was)| {
                    is.iter()
                        .position(|(_, is)| stand_for(self.old, was, self.new, is))
                        .map(|index| index.to_string())
                })
            }
            (_, Node::One(is)) if new.at == "/paths" && is.get(key).is_none() => {
                let mut paths = is.as_object().into_iter().flatten().map(|(path, _)| path);
                paths.find(|path| template(path) == template(key)).cloned()
            }
            _ => None,
        };
        same.unwrap_or_else(|| key.to_owned())
    }
}

/// A path without the names of its parameters.
fn template(path: &str) -> String {
    let parts = path.split('/');
    let parts = parts.map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Where what came to a list or left it stands. The tool's index is one of both lists, merged.
fn in_list(
    old: &Cursor<'_>,
    new: &Cursor<'_>,
    index: &str,
    value: &Value,
    action: Action,
) -> Place {
    let find = |cursor: &Cursor<'_>| {
        let Node::List(items) = &cursor.node else {
            return cursor.child(index);
        };
        let same = |(_, item): &&(String, &Value)| means(item, value);
        let found = items.iter().find(same);
        let found = found.or_else(|| items.get(index.parse::<usize>().ok()?));
        found.map(|(at, _)| at.clone())
    };
    match action {
        Action::Add => Place {
            old: None,
            new: find(new).or_else(|| find(old)),
        },
        _ => Place {
            old: find(old).or_else(|| find(new)),
            new: None,
        },
    }
}

/// Whether an element is the one that the tool shows; it adds keys to what it shows.
fn means(item: &Value, shown: &Value) -> bool {
    let names = ["$ref", "name"];
    item == shown
        || names
            .iter()
            .any(|key| item.get(key).is_some() && item.get(key) == shown.get(key))
}

/// Whether elements of two lists are the same thing: by reference, by name, or to the letter.
fn stand_for(old_root: &Value, old: &Value, new_root: &Value, new: &Value) -> bool {
    if old == new {
        return true;
    }
    let (was, is) = (resolved(old_root, old), resolved(new_root, new));
    was["name"].is_string() && was["name"] == is["name"] && was["in"] == is["in"]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn place(
        old: &Value,
        new: &Value,
        action: Action,
        path: &str,
        value: Option<Value>,
    ) -> Option<Place> {
        let documents = Documents { old, new };
        let path = path.split(' ').map(str::to_owned).collect();
        let found = Found {
            action,
            path,
            value,
        };
        documents.place(&found)
    }

    fn at(old: Option<&str>, new: Option<&str>) -> Option<Place> {
        let (old, new) = (old.map(str::to_owned), new.map(str::to_owned));
        Some(Place { old, new })
    }

    fn both(place: &str) -> Option<Place> {
        at(Some(place), Some(place))
    }

    fn document() -> Value {
        json!({
            "paths": {"/pets/{id}": {
                "parameters": [{"name": "id", "in": "path"}],
                "get": {
                    "parameters": [{"$ref": "#/components/parameters/Limit"}, {"name": "order", "in": "query"}],
                    "responses": {"200": {"schema": {"$ref": "#/components/schemas/Pets"}}},
                },
            }},
            "components": {
                "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
                "schemas": {
                    "Pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                    "Pet": {
                        "allOf": [
                            {"$ref": "#/components/schemas/Named"},
                            {"properties": {"age": {"type": "integer"}}},
                        ],
                        "required": ["name"],
                    },
                    "Named": {"properties": {"name": {"$ref": "#/components/schemas/Name"}}},
                    "Name": {"type": "string"},
                },
            },
        })
    }

    #[test]
    fn a_reference_is_followed_to_where_it_leads() {
        let document = document();
        let way =
            "paths /pets/{id} get responses 200 schema items allOf 0 properties name maxLength";
        assert_eq!(
            place(&document, &document, Action::Add, way, None),
            both("/components/schemas/Name/maxLength")
        );
    }

    #[test]
    fn what_the_parts_of_a_schema_have_is_found_without_naming_them() {
        let document = document();
        let way = "paths /pets/{id} get responses 200 schema items properties age type";
        assert_eq!(
            place(&document, &document, Action::Replace, way, None),
            both("/components/schemas/Pet/allOf/1/properties/age/type")
        );
    }

    #[test]
    fn parameters_of_a_path_follow_those_of_the_operation() {
        let document = document();
        for (index, at) in [
            (0, "/components/parameters/Limit/schema/type"),
            (1, "/paths/~1pets~1{id}/get/parameters/1/schema/type"),
        ] {
            let way = format!("paths /pets/{{id}} get parameters {index} schema type");
            let mut document = document.clone();
            document["paths"]["/pets/{id}"]["get"]["parameters"][1]["schema"] = json!({});
            assert_eq!(
                place(&document, &document, Action::Replace, &way, None),
                both(at)
            );
        }
        let of_path = "paths /pets/{id} get parameters 2 required";
        assert_eq!(
            place(&document, &document, Action::Add, of_path, None),
            both("/paths/~1pets~1{id}/parameters/0/required")
        );
    }

    #[test]
    fn elements_are_found_again_by_what_they_are() {
        let old = document();
        let mut new = old.clone();
        let path = new["paths"]["/pets/{id}"].take();
        new["paths"] = json!({"/pets/{pet}": path});
        if let Some(parameters) = new["paths"]["/pets/{pet}"]["get"]["parameters"].as_array_mut() {
            parameters.reverse();
        }
        let found = place(
            &old,
            &new,
            Action::Replace,
            "paths /pets/{id} get parameters 1 name",
            None,
        );
        assert_eq!(
            found,
            at(
                Some("/paths/~1pets~1{id}/get/parameters/1/name"),
                Some("/paths/~1pets~1{pet}/get/parameters/0/name")
            )
        );
    }

    #[test]
    fn what_came_to_a_list_is_found_by_its_value() {
        let old = document();
        let mut new = old.clone();
        new["components"]["schemas"]["Pet"]["required"] = json!(["age", "name"]);
        let found = place(
            &old,
            &new,
            Action::Add,
            "components schemas Pet required 1",
            Some(json!("age")),
        );
        assert_eq!(found, at(None, Some("/components/schemas/Pet/required/0")));
    }

    #[test]
    fn a_schema_stands_for_the_only_form_of_a_union() {
        let old = document();
        let mut new = old.clone();
        new["components"]["schemas"]["Name"] =
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
        let found = place(
            &old,
            &new,
            Action::Add,
            "components schemas Name oneOf 0 type",
            None,
        );
        assert_eq!(
            found,
            at(
                Some("/components/schemas/Name/type"),
                Some("/components/schemas/Name/oneOf/0/type")
            )
        );
    }
}
