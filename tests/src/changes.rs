//! Single changes of a small document: `tests/changes/*.yaml`, each with what it is expected to mean.

use std::error::Error;
use std::path::{Path, PathBuf};

use generator::Reading;
use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;
use serde::Deserialize;
use serde_json::Value;

/// A change and what it means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What is changed, in a sentence.
    pub case: String,
    /// How.
    pub edit: Vec<Edit>,
    /// What the change is called; null: nothing is told.
    pub kind: Kinds,
    /// The wire verdict, where there is one change.
    pub wire: Option<String>,
    /// The Rust verdict, where there is one change.
    pub rust: Option<String>,
    /// The step of the version.
    pub bump: String,
}

/// The changes that a case has: one edit is one change, but for the few that are two.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Kinds {
    /// One, or none.
    One(Option<String>),
    /// Several.
    Many(Vec<String>),
}

impl Kinds {
    /// Their names, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = match self {
            Self::One(one) => one.iter().map(String::as_str).collect(),
            Self::Many(many) => many.iter().map(String::as_str).collect(),
        };
        names.sort_unstable();
        names
    }
}

/// One step of a change; pointers are JSON pointers (RFC 6901).
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Edit {
    /// Puts a value where the pointer says; `-` is the end of a list.
    Set {
        /// Where.
        set: String,
        /// What.
        to: Value,
    },
    /// Gives a member another name and leaves it where it stands.
    Rename {
        /// Which.
        rename: String,
        /// Its new name.
        to: String,
    },
    /// Takes a value away.
    Drop {
        /// Which.
        drop: String,
    },
}

/// The folder of the cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("changes")
}

/// The document that all cases change.
///
/// # Errors
///
/// Where it can't be read.
pub fn base() -> Result<Value, Box<dyn Error>> {
    let text = std::fs::read_to_string(folder().join("base.yaml"))?;
    Ok(serde_yaml::from_str(&text)?)
}

/// Every case by its file, in order.
///
/// # Errors
///
/// Where a file can't be read.
pub fn cases() -> Result<Vec<(String, Case)>, Box<dyn Error>> {
    let mut cases = Vec::new();
    for name in ["operations", "parameters", "requests", "answers", "service"] {
        let text = std::fs::read_to_string(folder().join(format!("{name}.yaml")))?;
        let own: Vec<Case> = serde_yaml::from_str(&text)?;
        cases.extend(own.into_iter().map(|case| (name.to_owned(), case)));
    }
    Ok(cases)
}

impl Case {
    /// The document with the change.
    ///
    /// # Errors
    ///
    /// Where an edit has a place that isn't there.
    pub fn apply(&self, document: &Value) -> Result<Value, String> {
        let mut document = document.clone();
        for edit in &self.edit {
            edit.apply(&mut document)
                .map_err(|at| format!("{}: there is no {at}", self.case))?;
        }
        Ok(document)
    }
}

impl Edit {
    fn apply(&self, document: &mut Value) -> Result<(), String> {
        let pointer = match self {
            Self::Set { set, .. } => set,
            Self::Rename { rename, .. } => rename,
            Self::Drop { drop } => drop,
        };
        let (parent, key) = pointer.rsplit_once('/').ok_or("parent")?;
        let key = key.replace("~1", "/").replace("~0", "~");
        let parent = document
            .pointer_mut(parent)
            .ok_or_else(|| parent.to_owned())?;
        self.apply_to(parent, &key)
            .ok_or_else(|| pointer.to_owned())
    }

    fn apply_to(&self, parent: &mut Value, key: &str) -> Option<()> {
        match (self, parent) {
            (Self::Set { to, .. }, Value::Object(members)) => {
                members.insert(key.to_owned(), to.clone());
            }
            (Self::Set { to, .. }, Value::Array(items)) if key == "-" => items.push(to.clone()),
            (Self::Set { to, .. }, Value::Array(items)) => {
                *items.get_mut(key.parse::<usize>().ok()?)? = to.clone();
            }
            (Self::Rename { to, .. }, Value::Object(members)) => {
                members.get(key)?;
                let renamed = std::mem::take(members).into_iter();
                *members = renamed
                    .map(|(name, value)| (if name == key { to.clone() } else { name }, value))
                    .collect();
            }
            (Self::Drop { .. }, Value::Object(members)) => {
                members.shift_remove(key)?;
            }
            (Self::Drop { .. }, Value::Array(items)) => {
                let index = key.parse().ok().filter(|index| *index < items.len())?;
                items.remove(index);
            }
            _ => return None,
        }
        Some(())
    }
}

/// A document as text.
///
/// # Errors
///
/// None that a document has.
pub fn source(name: &str, document: &Value) -> Result<Source, Box<dyn Error>> {
    Ok(Source::new(name, serde_json::to_string_pretty(document)?))
}

/// Writes the crate of a document with no configuration, alone or as the member of a workspace.
///
/// # Errors
///
/// Where there is no crate, and what the file system says.
pub fn write_sdk(source: &Source, folder: &Path, in_workspace: bool) -> Result<(), Box<dyn Error>> {
    let placement = Placement {
        in_workspace,
        ..Placement::default()
    };
    let files = generator::generate(source, &Config::default(), &placement)
        .map_err(|failure| failure.to_string())?;
    generator::write::write(&files.value, folder)?;
    Ok(())
}

/// A document, read and planned with no configuration.
///
/// # Errors
///
/// Where it can't be read.
pub fn reading(source: &Source) -> Result<Reading, Box<dyn Error>> {
    let read = generator::read(source, &Config::default(), &Placement::default());
    Ok(read.map_err(|failure| failure.to_string())?.value)
}
