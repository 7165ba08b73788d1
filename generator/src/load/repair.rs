//! Makes a document readable: what can't be read is replaced or taken out, as little of it as possible
//! and with a diagnostic each. Elements that are taken out of an array shift those behind them.

use serde_json::{Map, Value};

use super::check::kind_of;
use super::kinds::{DOCUMENT, Kind, Part};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Mends a document that can't be read.
pub(super) fn repair(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    let mut repair = Repair { diagnostics };
    repair.mend(document, &DOCUMENT, &Pointer::root());
}

/// Whether a node can be read now.
#[derive(PartialEq)]
enum Mended {
    Yes,
    No,
}

/// What came of growing an object again.
#[derive(PartialEq)]
enum Grown {
    Readable,
    Unreadable,
    /// One of its keys is why, and that is said already.
    Blamed,
}

struct Repair<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Repair<'_> {
    /// Values are at most as deep as their parsers allow, and so is this.
    fn mend(&mut self, node: &mut Value, kind: &Kind, at: &Pointer) -> Mended {
        let Value::Object(object) = node else {
            if (kind.read)(node).is_ok() {
                return Mended::Yes;
            }
            self.say(
                at,
                format!("expected {}, found {}", kind.name, kind_of(node)),
                kind,
            );
            return Mended::No;
        };
        self.mend_parts(object, kind, at);
        let Err(trouble) = (kind.read)(&shell(object, kind)) else {
            return Mended::Yes;
        };
        let grown = self.mend_keys(node, kind, at);
        if grown == Grown::Unreadable {
            let message = format!("this can't be read as {}: {}", kind.name, plain(&trouble));
            self.say(at, message, kind);
        }
        if grown == Grown::Readable {
            Mended::Yes
        } else {
            Mended::No
        }
    }

    fn mend_parts(&mut self, object: &mut Map<String, Value>, kind: &Kind, at: &Pointer) {
        for (key, part) in kind.parts {
            let at = at.child(key);
            match (part, object.get_mut(*key)) {
                (Part::One(kind), Some(node)) => {
                    let mended = self.mend_or_replace(node, kind, &at);
                    if mended == Mended::No {
                        object.shift_remove(*key);
                    }
                }
                (Part::List(kind), Some(Value::Array(nodes))) => {
                    let mut index = 0..;
                    nodes.retain_mut(|node| {
                        let at = at.index(index.next().unwrap_or_default());
                        self.mend_or_replace(node, kind, &at) == Mended::Yes
                    });
                }
                (Part::Map(kind), Some(Value::Object(nodes))) => {
                    nodes.retain(|key, node| {
                        self.mend_or_replace(node, kind, &at.child(key)) == Mended::Yes
                    });
                }
                // A list or map that isn't one is an unreadable key.
                _ => {}
            }
        }
        if let Some(kind) = kind.entries {
            object.retain(|key, node| {
                key.starts_with("x-")
                    || self.mend_or_replace(node, kind, &at.child(key)) == Mended::Yes
            });
        }
    }

    fn mend_or_replace(&mut self, node: &mut Value, kind: &Kind, at: &Pointer) -> Mended {
        if self.mend(node, kind, at) == Mended::Yes {
            return Mended::Yes;
        }
        if !kind.replaceable {
            return Mended::No;
        }
        let nothing = Map::new();
        *node = (kind.frame)(node.as_object().unwrap_or(&nothing));
        Mended::Yes
    }

    /// Grows the object again from its frame, key by key, and leaves out each that spoils it.
    fn mend_keys(&mut self, node: &mut Value, kind: &Kind, at: &Pointer) -> Grown {
        let Some(found) = node.as_object_mut() else {
            return Grown::Unreadable;
        };
        let frame = (kind.frame)(found);
        let missing = kind
            .essential
            .iter()
            .any(|key| frame.get(*key).is_some() && !found.contains_key(*key));
        if missing {
            return Grown::Unreadable;
        }
        let mut keys: Vec<String> = found.keys().cloned().collect();
        let order: Vec<String> = keys.clone();
        // What decides how the others are read comes first.
        keys.sort_by_key(|key| !kind.essential.contains(&key.as_str()));
        let mut grown = frame.clone();
        let mut shown = frame.clone();
        let mut faults = Vec::new();
        for key in keys {
            let Some(value) = found.shift_remove(&key) else {
                continue;
            };
            let before = insert(&mut shown, &key, stand_in(&key, &value, kind));
            let Err(trouble) = (kind.read)(&shown) else {
                insert(&mut grown, &key, value);
                continue;
            };
            match before {
                Some(before) => insert(&mut shown, &key, before),
                None => shown
                    .as_object_mut()
                    .and_then(|shown| shown.shift_remove(&key)),
            };
            faults.push((key, value, trouble));
        }
        let essential = faults
            .iter()
            .find(|(key, ..)| kind.essential.contains(&key.as_str()));
        if let Some((key, _, trouble)) = essential {
            let message = format!("`{key}` of {} can't be read: {}", kind.name, plain(trouble));
            self.say(&at.child(key), message, kind);
            return Grown::Blamed;
        }
        for (key, value, trouble) in &faults {
            self.say_key(&at.child(key), key, value, trouble, kind);
        }
        for (key, value) in frame.as_object().into_iter().flatten() {
            if !order.contains(key) {
                let message = format!("{} has no `{key}`", kind.name);
                let help = format!("it is read as `{value}`");
                self.diagnostics
                    .push(Diagnostic::new(Code::InvalidNode, at.clone(), message).help(help));
            }
        }
        *node = in_order(grown, &order);
        match (kind.read)(&shown) {
            Ok(()) => Grown::Readable,
            Err(_) => Grown::Unreadable,
        }
    }

    fn say(&mut self, at: &Pointer, message: String, kind: &Kind) {
        let help = if kind.replaceable {
            format!("it is read as {} that says nothing", kind.name)
        } else {
            format!("{} is left out", definite(kind.name))
        };
        self.diagnostics
            .push(Diagnostic::new(Code::InvalidNode, at.clone(), message).help(help));
    }

    fn say_key(&mut self, at: &Pointer, key: &str, value: &Value, trouble: &str, kind: &Kind) {
        let found = kind_of(value);
        let message = format!(
            "`{key}` of {} can't be {found} here: {}",
            kind.name,
            plain(trouble)
        );
        let help = "it is left out";
        self.diagnostics
            .push(Diagnostic::new(Code::InvalidNode, at.clone(), message).help(help));
    }
}

/// An object without what stands below it. openapiv3 reads what is below a schema several times over, and
/// what is below that as often again: with all of it, reading would take for ever where schemas nest.
fn shell(object: &Map<String, Value>, kind: &Kind) -> Value {
    let members = object.iter();
    members
        .map(|(key, value)| (key.clone(), stand_in(key, value, kind)))
        .collect()
}

/// The least that can be read in place of a part, which is mended by itself.
fn stand_in(key: &str, value: &Value, kind: &Kind) -> Value {
    let part = kind.parts.iter().find(|(name, _)| *name == key);
    match (part.map(|(_, part)| part), value) {
        (Some(Part::One(kind)), Value::Object(found)) => (kind.frame)(found),
        (Some(Part::List(_)), Value::Array(_)) => Value::Array(Vec::new()),
        (Some(Part::Map(_)), Value::Object(_)) => Value::Object(Map::new()),
        (None, Value::Object(found)) => match kind.entries {
            Some(kind) if !key.starts_with("x-") => (kind.frame)(found),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

/// "a server" becomes "the server".
fn definite(name: &str) -> String {
    let (_, noun) = name.split_once(' ').unwrap_or(("", name));
    format!("the {noun}")
}

fn insert(object: &mut Value, key: &str, value: Value) -> Option<Value> {
    object.as_object_mut()?.insert(key.to_owned(), value)
}

/// The members as the document had them, those of the frame last.
fn in_order(grown: Value, order: &[String]) -> Value {
    let Value::Object(mut grown) = grown else {
        return grown;
    };
    let mut ordered: Map<String, Value> = order
        .iter()
        .filter_map(|key| Some((key.clone(), grown.shift_remove(key)?)))
        .collect();
    ordered.extend(grown);
    Value::Object(ordered)
}

/// serde's words for what was expected, in OpenAPI's.
fn plain(trouble: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("expected usize", "expected a whole number"),
        ("expected u64", "expected a whole number"),
        ("expected a sequence", "expected an array"),
        ("expected a map", "expected an object"),
        ("a JSON number", "a number"),
        ("invalid type: string ", "found "),
        ("invalid type: sequence", "found an array"),
        ("invalid type: map", "found an object"),
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
        ("missing field", "missing"),
        ("unknown variant", "unknown value"),
    ];
    WORDS
        .iter()
        .fold(trouble.to_owned(), |text, (serde, ours)| {
            text.replace(serde, ours)
        })
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod tests;
