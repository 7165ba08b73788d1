//! From a path that knows no references to the places of both documents, where things are written.

use std::fmt;

use serde_json::Value;

use crate::tool::{Action, Found};

/// No chain of references is longer.
const LONGEST: usize = 50;

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

fn resolved<'d>(root: &'d Value, node: &'d Value) -> &'d Value {
    let mut cursor = Cursor {
        root,
        at: String::new(),
        node: Node::One(node),
        union: None,
    };
    cursor.resolve();
    match cursor.node {
        Node::One(node) => node,
        _ => node,
    }
}

#[derive(Clone)]
enum Node<'d> {
    One(&'d Value),
    /// The elements of a list, each with its place.
    List(Vec<(String, &'d Value)>),
    /// A schema that the tool takes for the only form of a union.
    OnlyForm(&'d Value),
    Lost,
}

/// On its way through a document.
#[derive(Clone)]
struct Cursor<'d> {
    root: &'d Value,
    at: String,
    node: Node<'d>,
    /// The schema whose forms were entered last.
    union: Option<(String, &'d Value)>,
}

impl<'d> Cursor<'d> {
    fn at_root(root: &'d Value) -> Self {
        Self {
            root,
            at: String::new(),
            node: Node::One(root),
            union: None,
        }
    }

    /// Follows the reference that stands here.
    fn resolve(&mut self) {
        for _ in 0..LONGEST {
            let Node::One(node) = self.node else { return };
            let Some(target) = node.get("$ref").and_then(Value::as_str) else {
                return;
            };
            target.trim_start_matches('#').clone_into(&mut self.at);
            self.node = self.root.pointer(&self.at).map_or(Node::Lost, Node::One);
        }
    }

    /// The place of a member, whether it is there or not.
    fn child(&self, key: &str) -> Option<String> {
        let mut here = self.clone();
        here.resolve();
        match here.node {
            Node::One(node) if node.is_object() => {
                let holder = here.holder(key).unwrap_or(here);
                Some(below(&holder.at, key))
            }
            Node::List(items) => {
                let index: usize = key.parse().ok()?;
                items.get(index).map(|(at, _)| at.clone())
            }
            Node::OnlyForm(_) => Some(here.at),
            Node::One(_) | Node::Lost => None,
        }
    }

    fn enter(&mut self, key: &str) {
        self.resolve();
        let node = std::mem::replace(&mut self.node, Node::Lost);
        match node {
            Node::List(items) => {
                let index = key.parse::<usize>().ok();
                if let Some((at, item)) = index.and_then(|index| items.get(index)) {
                    self.at.clone_from(at);
                    self.node = Node::One(item);
                }
            }
            Node::OnlyForm(schema) => self.node = Node::One(schema),
            Node::One(node) => {
                self.node = Node::One(node);
                self.enter_member(node, key);
            }
            Node::Lost => {}
        }
    }

    fn enter_member(&mut self, node: &'d Value, key: &str) {
        if key == "parameters" && self.is_operation() {
            self.node = Node::List(self.parameters(node));
            self.at = below(&self.at, key);
            return;
        }
        if key == "allOf" {
            self.node = Node::List(self.parts(node));
            return;
        }
        let other = match key {
            "oneOf" => "anyOf",
            "anyOf" => "oneOf",
            other => other,
        };
        let holder = self.holder(key).map(|holder| (holder, key));
        let holder = holder.or_else(|| Some((self.holder(other)?, other)));
        match holder {
            Some((holder, key)) => {
                let union = says_more(node, key).then(|| (self.at.clone(), node));
                *self = holder.member(key);
                self.union = union;
            }
            None if key != other => self.node = Node::OnlyForm(node),
            None => self.node = Node::Lost,
        }
    }

    /// This node where it has a member, else the part of its `allOf` that has it.
    fn holder(&self, key: &str) -> Option<Self> {
        let Node::One(node) = self.node else {
            return None;
        };
        if node.get(key).is_some() {
            return Some(self.clone());
        }
        let parts = node.get("allOf")?.as_array()?;
        parts.iter().enumerate().find_map(|(index, part)| {
            let mut part = Self {
                root: self.root,
                at: format!("{}/allOf/{index}", self.at),
                node: Node::One(part),
                union: None,
            };
            part.resolve();
            part.holder(key)
        })
    }

    fn member(self, key: &str) -> Self {
        let Node::One(node) = self.node else {
            return self;
        };
        let at = below(&self.at, key);
        let node = match node.get(key) {
            Some(Value::Array(items)) => Node::List(listed(&at, items)),
            Some(member) => Node::One(member),
            None => Node::Lost,
        };
        Self { at, node, ..self }
    }

    /// The parts of a schema as the tool sees them. Where a union says something beside its forms, a form is
    /// the first part of itself and the union the second. Else they are those of its `allOf`, then the schema
    /// itself for what it says beside.
    fn parts(&mut self, schema: &'d Value) -> Vec<(String, &'d Value)> {
        let here = (self.at.clone(), schema);
        if let Some(union) = self.union.take() {
            return vec![here, union];
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        let parts = parts.map(|parts| listed(&format!("{}/allOf", self.at), parts));
        parts.into_iter().flatten().chain([here]).collect()
    }

    fn is_operation(&self) -> bool {
        self.at.starts_with("/paths/") && self.at.matches('/').count() == 3
    }

    /// Of an operation and, after them, of its path.
    fn parameters(&self, operation: &'d Value) -> Vec<(String, &'d Value)> {
        let path = self.at.rsplit_once('/').map_or("", |(path, _)| path);
        let holders = [
            (self.at.as_str(), Some(operation)),
            (path, self.root.pointer(path)),
        ];
        let lists = holders.into_iter().filter_map(|(at, holder)| {
            let list = holder?.get("parameters")?.as_array()?;
            Some(listed(&below(at, "parameters"), list))
        });
        lists.flatten().collect()
    }
}

/// Whether a schema is a union that says something beside its forms.
fn says_more(schema: &Value, key: &str) -> bool {
    let beside = [
        "oneOf",
        "anyOf",
        "discriminator",
        "definitions",
        "$defs",
        "$id",
        "$schema",
    ];
    let mut keys = schema.as_object().into_iter().flatten().map(|(key, _)| key);
    matches!(key, "oneOf" | "anyOf") && keys.any(|key| !beside.contains(&key.as_str()))
}

fn listed<'d>(at: &str, items: &'d [Value]) -> Vec<(String, &'d Value)> {
    let items = items.iter().enumerate();
    items
        .map(|(index, item)| (format!("{at}/{index}"), item))
        .collect()
}

pub(crate) fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn place(old: &Value, new: &Value, action: Action, path: &str, value: Option<Value>) -> Place {
        let documents = Documents { old, new };
        let path = path.split(' ').map(str::to_owned).collect();
        let found = Found {
            action,
            path,
            value,
        };
        documents.place(&found).unwrap()
    }

    fn both(at: &str) -> Place {
        Place {
            old: Some(at.to_owned()),
            new: Some(at.to_owned()),
        }
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
        let parameters = new["paths"]["/pets/{pet}"]["get"]["parameters"].as_array_mut();
        parameters.unwrap().reverse();
        let found = place(
            &old,
            &new,
            Action::Replace,
            "paths /pets/{id} get parameters 1 name",
            None,
        );
        assert_eq!(
            found.old.unwrap(),
            "/paths/~1pets~1{id}/get/parameters/1/name"
        );
        assert_eq!(
            found.new.unwrap(),
            "/paths/~1pets~1{pet}/get/parameters/0/name"
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
        assert_eq!(found.old, None);
        assert_eq!(found.new.unwrap(), "/components/schemas/Pet/required/0");
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
        assert_eq!(found.old.unwrap(), "/components/schemas/Name/type");
        assert_eq!(found.new.unwrap(), "/components/schemas/Name/oneOf/0/type");
    }
}
