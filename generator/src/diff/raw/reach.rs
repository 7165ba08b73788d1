//! Which parts of a document operations reach, and which way their values travel.

use std::collections::HashMap;

use serde_json::Value;

use crate::diff::verdict::Direction;
use crate::pointer::Pointer;

use super::text::Text;

/// What reaches a part of `components`.
#[derive(Clone, Debug, Default)]
pub(in crate::diff) struct Reached {
    pub(in crate::diff) direction: Direction,
    /// The first operation that does.
    pub(super) operation: Option<Pointer>,
}

/// By `components/<kind>/<name>`.
pub(in crate::diff) struct Reach(HashMap<String, Reached>);

impl Reach {
    pub(in crate::diff) fn of(text: Text<'_>) -> Self {
        let mut reach = Self(HashMap::new());
        let paths = text.value.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let at = Pointer::root().child("paths").child(path);
            for (key, node) in item.as_object().into_iter().flatten() {
                if key == "parameters" {
                    reach.follow(text, node, Direction::REQUEST, &at);
                }
                let at = at.child(key);
                for (key, node) in node.as_object().into_iter().flatten() {
                    if let Some(direction) = direction_of(key) {
                        reach.follow(text, node, direction, &at);
                    }
                }
            }
        }
        reach
    }

    /// Marks everything that a node refers to.
    fn follow(&mut self, text: Text<'_>, node: &Value, direction: Direction, operation: &Pointer) {
        let mut nodes = vec![node];
        while let Some(node) = nodes.pop() {
            match node {
                Value::Object(members) => {
                    if let Some(target) = members.get("$ref").and_then(Value::as_str)
                        && self.mark(target, direction, operation)
                        && let Some(pointer) = target.strip_prefix('#')
                    {
                        nodes.extend(text.value.pointer(pointer));
                    }
                    nodes.extend(members.values());
                }
                Value::Array(items) => nodes.extend(items),
                _ => {}
            }
        }
    }

    /// Whether that says something new.
    fn mark(&mut self, target: &str, direction: Direction, operation: &Pointer) -> bool {
        let Some(part) = part(target.trim_start_matches('#')) else {
            return false;
        };
        let reached = self.0.entry(part.to_owned()).or_default();
        reached.operation.get_or_insert_with(|| operation.clone());
        let both = reached.direction | direction;
        let is_new = both != reached.direction;
        reached.direction = both;
        is_new
    }

    /// What reaches a place.
    pub(in crate::diff) fn of_place(&self, at: &Pointer) -> Reached {
        if let Some(part) = part(at.as_str()) {
            return self.0.get(part).cloned().unwrap_or_default();
        }
        let tokens: Vec<String> = at.tokens().take(4).collect();
        let [paths, path, method, rest @ ..] = &tokens[..] else {
            return Reached::default();
        };
        if paths != "paths" {
            return Reached::default();
        }
        let path = Pointer::root().child(paths).child(path);
        let direction = if method == "parameters" {
            Some(Direction::REQUEST)
        } else {
            rest.first().and_then(|key| direction_of(key))
        };
        Reached {
            direction: direction.unwrap_or_default(),
            operation: Some(path.child(method)),
        }
    }
}

/// Which way what stands under a key of an operation travels.
fn direction_of(key: &str) -> Option<Direction> {
    match key {
        "parameters" | "requestBody" => Some(Direction::REQUEST),
        "responses" => Some(Direction::ANSWER),
        _ => None,
    }
}

/// `/components/<kind>/<name>` of a pointer that stands there or below.
fn part(pointer: &str) -> Option<&str> {
    let rest = pointer.strip_prefix("/components/")?;
    let kind = rest.find('/')?;
    let name = rest[kind + 1..].find('/');
    let end = name.map_or(rest.len(), |name| kind + 1 + name);
    Some(&rest[..end])
}
