//! The actions of an overlay. What isn't one is an error: a slip here would change nothing, or something else.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::places;
use crate::load::check::{is, kind_of};
use crate::load::{LoadError, LoadErrorKind, parse};
use crate::pointer::Pointer;
use crate::source::Source;

/// How an overlay begins.
const BEGINNING: &str = "an overlay begins with `overlay: 1.0.0`, and has `info` and `actions`";

/// What an overlay says.
pub(super) struct Overlay {
    /// The document that it is for, as it is written.
    pub(super) extends: Option<String>,
    pub(super) actions: Vec<Action>,
}

/// One change.
pub(super) struct Action {
    /// Which nodes of the document.
    pub(super) target: JsonPath,
    /// What becomes part of them.
    pub(super) update: Option<Value>,
    /// Whether they go; an update means nothing then.
    pub(super) remove: bool,
    /// Whether an array is more elements for an array, as in 1.1, and not one element of it.
    pub(super) concatenates: bool,
    /// In the overlay.
    pub(super) at: Pointer,
}

/// Reads an overlay. The error's file is for the caller to name.
pub(super) fn read(overlay: &Source) -> Result<Overlay, LoadError> {
    Reader { overlay }.overlay()
}

struct Reader<'s> {
    overlay: &'s Source,
}

impl Reader<'_> {
    fn overlay(&self) -> Result<Overlay, LoadError> {
        let root = Pointer::root();
        if self.overlay.text.trim().is_empty() {
            return Err(self.wrong(&root, "the overlay is empty", BEGINNING));
        }
        let value = parse::parse(self.overlay)?;
        let Value::Object(mut members) = value else {
            let message = format!("an overlay is an object, and this is {}", kind_of(&value));
            return Err(self.wrong(&root, message, BEGINNING));
        };
        let concatenates = self.is_newer(&members)?;
        self.only(&root, &members, &["overlay", "info", "extends", "actions"])?;
        let extends = match members.shift_remove("extends") {
            None => None,
            Some(Value::String(extends)) => Some(extends),
            Some(other) => {
                let message = format!("`extends` must be a text, and is {}", kind_of(&other));
                let hint = "write where the document is, or leave it out";
                return Err(self.wrong(&root.child("extends"), message, hint));
            }
        };
        let at = root.child("actions");
        let actions = match members.shift_remove("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => actions,
            Some(Value::Array(_)) => {
                return Err(self.wrong(&at, "the overlay has no action", "it needs one at least"));
            }
            Some(other) => {
                let message = format!("`actions` must be an array, and is {}", kind_of(&other));
                return Err(self.wrong(&at, message, "write each action as `- target: …`"));
            }
            None => return Err(self.wrong(&root, "the overlay has no `actions`", BEGINNING)),
        };
        let actions = actions.into_iter().enumerate();
        let actions = actions
            .map(|(index, action)| self.action(action, &at.index(index), concatenates))
            .collect::<Result<_, _>>()?;
        Ok(Overlay { extends, actions })
    }

    /// Whether it is of 1.1; patches make no difference.
    fn is_newer(&self, members: &Map<String, Value>) -> Result<bool, LoadError> {
        let version = match members.get("overlay") {
            Some(Value::String(version)) => version.clone(),
            // YAML takes a bare `1.0` for a number.
            Some(Value::Number(number)) => number.to_string(),
            _ => {
                let message = "the file doesn't say which version of Overlay it is";
                return Err(self.wrong(&Pointer::root(), message, BEGINNING));
            }
        };
        match (is(&version, "1.0"), is(&version, "1.1")) {
            (true, _) => Ok(false),
            (_, true) => Ok(true),
            _ => {
                let message =
                    format!("the file is an overlay of version {version}, which isn't known");
                let at = Pointer::root().child("overlay");
                Err(self.wrong(&at, message, "1.0 and 1.1 are read"))
            }
        }
    }

    fn action(&self, action: Value, at: &Pointer, concatenates: bool) -> Result<Action, LoadError> {
        let Value::Object(mut members) = action else {
            let message = format!("an action is an object, and this is {}", kind_of(&action));
            return Err(self.wrong(at, message, "write it as `target: …` and `update: …`"));
        };
        self.only(at, &members, &["target", "description", "update", "remove"])?;
        let target = match members.get("target") {
            Some(Value::String(text)) => self.target(text, &at.child("target"))?,
            Some(other) => {
                let message = format!("`target` must be a text, and is {}", kind_of(other));
                return Err(self.wrong(&at.child("target"), message, "write a JSONPath"));
            }
            None => {
                let hint = "say which nodes it is about, as `target: $.paths['/things'].get`";
                return Err(self.wrong(at, "the action has no `target`", hint));
            }
        };
        let remove = match members.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(other) => {
                let message = format!("`remove` must be true or false, and is {}", kind_of(other));
                let hint = "write `remove: true`, or leave it out";
                return Err(self.wrong(&at.child("remove"), message, hint));
            }
        };
        Ok(Action {
            target,
            update: members.shift_remove("update"),
            remove,
            concatenates,
            at: Pointer::in_file(&self.overlay.as_overlay(), at.as_str()),
        })
    }

    fn target(&self, text: &str, at: &Pointer) -> Result<JsonPath, LoadError> {
        places::target(text).map_err(|problem| {
            let message = format!("the target is no JSONPath: {problem}");
            let hint = "write it as RFC 9535 has it, as in `$.paths['/things'].get`";
            self.wrong(at, message, hint)
        })
    }

    /// A key that nobody knows is a slip, extensions aside.
    fn only(
        &self,
        at: &Pointer,
        members: &Map<String, Value>,
        known: &[&str],
    ) -> Result<(), LoadError> {
        let unknown = members
            .keys()
            .find(|key| !(known.contains(&key.as_str()) || key.starts_with("x-")));
        let Some(key) = unknown else {
            return Ok(());
        };
        let hint = format!("the keys here are `{}`", known.join("`, `"));
        Err(self.wrong(&at.child(key), format!("`{key}` isn't known here"), &hint))
    }

    fn wrong(&self, at: &Pointer, message: impl Into<String>, hint: &str) -> LoadError {
        LoadError::new(LoadErrorKind::NotOverlay, message)
            .at(self.overlay.locate(at))
            .hint(hint)
    }
}
