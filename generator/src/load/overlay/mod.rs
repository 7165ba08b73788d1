//! OpenAPI Overlay: what a file beside the document changes in it, before anything else is read of it.
//!
//! <https://spec.openapis.org/overlay/v1.0.0.html>; of 1.1 what changes the same thing in the same way.

mod actions;
mod moved;
mod places;

#[cfg(test)]
mod tests;

use serde_json::Value;

use self::actions::{Action, Overlay};
use self::places::{Place, Step};
use super::check::kind_of;
use super::{LoadError, LoadErrorKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;

pub(crate) use self::moved::Moved;

/// Applies every overlay of a document, in order. Gives where the nodes that stand elsewhere now did stand.
pub(super) fn apply(
    document: &mut Value,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Moved, LoadError> {
    let mut changing = Changing {
        moved: Moved::default(),
        diagnostics,
    };
    for overlay in &source.overlays {
        let Overlay { extends, actions } = actions::read(overlay).map_err(|error| LoadError {
            file: Some(overlay.as_overlay().into()),
            ..error
        })?;
        if let Some(other) = extends.filter(|extends| is_of_another(extends, &source.name)) {
            changing.is_for(&other, overlay, &source.name);
        }
        for action in actions {
            changing.act(document, &action);
            if is_outgrown(document) {
                return Err(outgrown(overlay, &action));
            }
        }
    }
    Ok(changing.moved)
}

/// Whether `extends` names another file than the document. What stands at a URL may be kept under any name, and what
/// comes from standard input has none.
fn is_of_another(extends: &str, document: &str) -> bool {
    fn name(path: &str) -> Option<&str> {
        path.rsplit(['/', '\\', ':']).next()
    }
    !extends.contains("://") && document != "-" && name(extends) != name(document)
}

/// Each update may nest as deeply as parsers allow, and so may what it is put into; a chain of them could go on for ever.
const DEEPEST: usize = 512;

/// Values: no document has as many, and an action for every node doubles them each time.
const MOST_VALUES: usize = 8_000_000;

fn is_outgrown(document: &Value) -> bool {
    let mut values = vec![(document, 0_usize)];
    let mut count = 0_usize;
    while let Some((value, depth)) = values.pop() {
        count += 1;
        if depth > DEEPEST || count > MOST_VALUES {
            return true;
        }
        match value {
            Value::Array(elements) => values.extend(elements.iter().map(|it| (it, depth + 1))),
            Value::Object(members) => values.extend(members.values().map(|it| (it, depth + 1))),
            _ => {}
        }
    }
    false
}

fn outgrown(overlay: &Source, action: &Action) -> LoadError {
    let error = LoadError::new(
        LoadErrorKind::NotOverlay,
        "with this action the document becomes too deep or too large to be one",
    );
    let at = action.at.file().map(|(_, at)| at);
    LoadError {
        file: Some(overlay.as_overlay().into()),
        ..error
            .at(at.and_then(|at| overlay.locate(&at)))
            .hint("actions that change what actions before them brought grow without end")
    }
}

struct Changing<'d> {
    moved: Moved,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Changing<'_> {
    fn is_for(&mut self, other: &str, overlay: &Source, document: &str) {
        let message = format!("the overlay is for `{other}`, and is applied to `{document}`");
        let help = "its actions are done all the same; say what it `extends`, or leave it out";
        let at = Pointer::in_file(&overlay.as_overlay(), "/extends");
        self.say(Code::OverlayMisfit, at, &message, help);
    }

    fn act(&mut self, document: &mut Value, action: &Action) {
        let places = places::matched(&action.target, document);
        if places.is_empty() {
            let message = "the target matches nothing in the document";
            self.say(
                Code::UnmatchedOverlayTarget,
                action.at.child("target"),
                message,
                "the action does nothing; actions before it may have removed what it is about",
            );
            return;
        }
        if action.remove {
            // From the last to the first: what goes moves those behind it.
            for place in places.iter().rev() {
                self.remove(document, place, action);
            }
        } else if let Some(update) = &action.update {
            let from = action.at.child("update");
            for place in &places {
                let at = places::pointer(place);
                match document.pointer_mut(at.as_str()) {
                    Some(Value::Array(list)) if !(action.concatenates && update.is_array()) => {
                        self.append(list, update, &at, &from);
                    }
                    Some(node) => self.merge(node, update, &at, &from),
                    None => {}
                }
            }
        } else {
            let message = "the action has neither `update` nor `remove`";
            let help = "it does nothing; say what is to change";
            self.say(Code::OverlayMisfit, action.at.clone(), message, help);
        }
    }

    fn remove(&mut self, document: &mut Value, place: &Place, action: &Action) {
        let Some((last, parent)) = place.split_last() else {
            let message = "the target is the whole document, which stands in nothing";
            let help = "it stays; match what is in it";
            let at = action.at.child("remove");
            self.say(Code::OverlayMisfit, at, message, help);
            return;
        };
        let at = places::pointer(parent);
        match (document.pointer_mut(at.as_str()), last) {
            (Some(Value::Object(members)), Step::Name(name)) => {
                members.shift_remove(name);
                self.moved.removed_member(&at, name);
            }
            (Some(Value::Array(elements)), Step::Index(index)) if *index < elements.len() => {
                elements.remove(*index);
                self.moved.removed_element(&at, *index, elements.len());
            }
            _ => {}
        }
    }

    fn append(&mut self, list: &mut Vec<Value>, value: &Value, at: &Pointer, from: &Pointer) {
        self.moved.brought(&at.index(list.len()), from);
        list.push(value.clone());
    }

    /// As deep as both values are, which is what their parsers allow.
    fn merge(&mut self, node: &mut Value, update: &Value, at: &Pointer, from: &Pointer) {
        match (node, update) {
            (Value::Object(members), Value::Object(update)) => {
                for (key, value) in update {
                    let (at, from) = (at.child(key), from.child(key));
                    match members.get_mut(key) {
                        Some(member) => self.merge(member, value, &at, &from),
                        None => {
                            self.moved.brought(&at, &from);
                            members.insert(key.clone(), value.clone());
                        }
                    }
                }
            }
            (Value::Array(elements), Value::Array(update)) => {
                for (index, value) in update.iter().enumerate() {
                    self.append(elements, value, at, &from.index(index));
                }
            }
            // A key of YAML with nothing behind it, as in the specification's own example.
            (Value::Object(_) | Value::Array(_), Value::Null) => {}
            (node, update) if is_primitive(node) && is_primitive(update) => {
                self.moved.brought(at, from);
                *node = update.clone();
            }
            (node, update) => {
                let (had, new) = (kind_of(node), kind_of(update));
                let message = format!("the document has {had} there, and the update is {new}");
                let help = format!("{at} stays as it is; an action before can remove it");
                self.say(Code::OverlayMisfit, from.clone(), &message, &help);
            }
        }
    }

    fn say(&mut self, code: Code, at: Pointer, message: &str, help: &str) {
        let diagnostic = Diagnostic::new(code, at, message).help(help);
        self.diagnostics.push(diagnostic);
    }
}

fn is_primitive(value: &Value) -> bool {
    !(value.is_object() || value.is_array())
}
