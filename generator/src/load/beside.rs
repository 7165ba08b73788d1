//! References into other files: what they lead to becomes part of the document.
//!
//! A path item takes the place of its reference. Everything else becomes a component, under the name that it has
//! where it stands, so that it is one type wherever it is used and may lead back to itself.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

use super::{parse, swagger};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::{Source, target};

/// How many path items may lead to each other before they count as leading nowhere.
const LONGEST_CHAIN: usize = 20;

/// Where what was taken in stood in its file, by where it is now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(HashMap<String, Pointer>);

impl Origins {
    /// Where a node of the document stood, if it was taken in.
    pub(super) fn original(&self, at: &Pointer) -> Pointer {
        let (mut place, mut rest) = (at.as_str(), "");
        while !(self.0.is_empty() || place.is_empty()) {
            if let Some(origin) = self.0.get(place) {
                return Pointer::parse(&format!("{}{rest}", origin.as_str()));
            }
            (place, rest) = at.as_str().split_at(place.rfind('/').unwrap_or(0));
        }
        at.clone()
    }

    fn add(&mut self, at: &Pointer, file: &str, fragment: &str) {
        let origin = Pointer::in_file(file, fragment);
        self.0.insert(at.as_str().to_owned(), origin);
    }
}

/// Takes in whatever the references of a document lead to in the files beside it.
pub(super) fn take_in(
    document: &mut Value,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Origins {
    let own_name = source.file_name();
    // It may lead to itself by its name.
    let names_itself = || !own_name.is_empty() && source.text.contains(&own_name);
    if source.beside.is_empty() && !names_itself() {
        return Origins::default();
    }
    let mut taking = Taking {
        files: parsed(source, diagnostics),
        document: own_name,
        is_swagger: swagger::is_swagger(document),
        names: names(document),
        taken: HashMap::new(),
        open: VecDeque::new(),
        origins: Origins::default(),
    };
    let main = Context::default();
    taking.walk(document, &main, &Pointer::root());
    while let Some(next) = taking.open.pop_front() {
        let Some(mut value) = taking.value(&next.file, &next.fragment).cloned() else {
            continue;
        };
        let context = Context {
            file: next.file.clone(),
            around: [next.section.to_owned(), String::new()],
            in_schema: next.section == "schemas",
            ..Context::default()
        };
        taking.walk(&mut value, &context, &next.at);
        taking.origins.add(&next.at, &next.file, &next.fragment);
        insert(document, &next.at, value);
    }
    taking.origins
}

/// The files that are JSON or YAML; of the others it is said why they aren't.
fn parsed(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Value> {
    let mut files = BTreeMap::new();
    for (path, file) in &source.beside {
        match parse::parse(file) {
            Ok(value) => drop(files.insert(path.clone(), value)),
            Err(error) => {
                let at = Pointer::in_file(path, "");
                let message = format!("this file can't be read: {error}");
                let help = "what references to it should describe is left open";
                diagnostics
                    .push(Diagnostic::new(Code::UnresolvedReference, at, message).help(help));
            }
        }
    }
    files
}

/// What is being walked through.
#[derive(Clone, Default)]
struct Context {
    /// From the document's folder; empty for the document.
    file: String,
    /// The keys of the two objects around, which tell what a reference stands for.
    around: [String; 2],
    /// Whether it is within a schema, whose properties may have any name.
    in_schema: bool,
    /// How many path items led here.
    chain: usize,
}

impl Context {
    fn below(&self, key: &str) -> Self {
        let [_, parent] = &self.around;
        Self {
            file: self.file.clone(),
            around: [parent.clone(), key.to_owned()],
            in_schema: self.in_schema
                || key == "schema"
                || matches!(parent.as_str(), "schemas" | "definitions"),
            chain: self.chain,
        }
    }

    /// The kind of component that a reference here stands for; none: a path item. Path items stand right
    /// below the document's `paths`, so that none is put into what was itself put in place.
    fn section(&self, at: &Pointer) -> Option<&'static str> {
        if self.in_schema {
            return Some("schemas");
        }
        if around_callback(at) {
            return Some("pathItems");
        }
        let [parent, key] = &self.around;
        Some(match (parent.as_str(), key.as_str()) {
            ("paths" | "webhooks", _) if at.tokens().count() == 2 => return None,
            ("parameters", _) | (_, "parameters") => "parameters",
            ("responses", _) => "responses",
            ("requestBodies", _) | (_, "requestBody") => "requestBodies",
            ("headers", _) => "headers",
            ("examples", _) => "examples",
            ("links", _) => "links",
            ("callbacks", _) => "callbacks",
            ("securitySchemes", _) => "securitySchemes",
            _ => "schemas",
        })
    }
}

/// Whether a path item of a callback stands here, below the callback's name.
fn around_callback(at: &Pointer) -> bool {
    let tokens: Vec<String> = at.tokens().collect();
    matches!(tokens.as_slice(), [.., callbacks, _, _] if callbacks == "callbacks")
}

/// Something that was led to and isn't in the document yet.
struct Open {
    section: &'static str,
    at: Pointer,
    file: String,
    fragment: String,
}

struct Taking {
    files: BTreeMap<String, Value>,
    /// The document's own file, which the others may lead back to.
    document: String,
    is_swagger: bool,
    /// Section and name of every component.
    names: HashSet<(String, String)>,
    /// The new references, by section, file and fragment.
    taken: HashMap<(&'static str, String, String), String>,
    open: VecDeque<Open>,
    origins: Origins,
}

impl Taking {
    fn value(&self, file: &str, fragment: &str) -> Option<&Value> {
        self.files.get(file)?.pointer(fragment)
    }

    /// Values are at most as deep as their parsers allow, and so is this.
    fn walk(&mut self, node: &mut Value, context: &Context, at: &Pointer) {
        match node {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get_mut("$ref") {
                    if let Some(back) = self.back(context, reference) {
                        *reference = back;
                        return;
                    }
                    match (context.section(at), self.target(context, reference)) {
                        (_, None) => {}
                        (Some(section), Some(target)) => {
                            let reference = self.component(section, target);
                            members.insert("$ref".to_owned(), Value::String(reference));
                        }
                        (None, Some(target)) => {
                            self.inline(node, target, context, at);
                            return;
                        }
                    }
                }
                for (key, value) in members {
                    match value {
                        Value::String(reference) if context.around[1] == "mapping" => {
                            if let Some(target) = self.target(context, reference) {
                                *reference = self.component("schemas", target);
                            }
                        }
                        _ => self.walk(value, &context.below(key), &at.child(key)),
                    }
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    self.walk(element, &context.below(""), &at.index(index));
                }
            }
            _ => {}
        }
    }

    /// The place in another file that a reference leads to, if it is there.
    fn target(&self, context: &Context, reference: &str) -> Option<(String, String)> {
        let (file, fragment) = target(&context.file, reference)?;
        self.value(&file, &fragment)?;
        Some((file, fragment))
    }

    /// A reference of another file that leads into the document, as the document would have it.
    fn back(&self, context: &Context, reference: &str) -> Option<String> {
        let (file, _) = target(&context.file, reference)?;
        // As it is encoded, for it is decoded again where it is followed.
        let fragment = reference
            .split_once('#')
            .map_or("", |(_, fragment)| fragment);
        (file == self.document).then(|| format!("#{fragment}"))
    }

    fn inline(
        &mut self,
        node: &mut Value,
        target: (String, String),
        context: &Context,
        at: &Pointer,
    ) {
        let (file, fragment) = target;
        if context.chain >= LONGEST_CHAIN {
            return;
        }
        let Some(value) = self.value(&file, &fragment).cloned() else {
            return;
        };
        *node = value;
        self.origins.add(at, &file, &fragment);
        let context = Context {
            file,
            chain: context.chain + 1,
            ..context.clone()
        };
        self.walk(node, &context, at);
    }

    /// The reference to the component that something becomes.
    fn component(&mut self, section: &'static str, target: (String, String)) -> String {
        let (file, fragment) = target;
        let key = (section, file.clone(), fragment.clone());
        if let Some(reference) = self.taken.get(&key) {
            return reference.clone();
        }
        let under = match (self.is_swagger, section) {
            (true, "parameters" | "responses") => Pointer::root().child(section),
            (true, _) => Pointer::root().child("definitions"),
            (false, _) => Pointer::root().child("components").child(section),
        };
        let at = under.child(&self.free_name(&under, &file, &fragment));
        let reference = at.to_string();
        self.taken.insert(key, reference.clone());
        self.open.push_back(Open {
            section,
            at,
            file,
            fragment,
        });
        reference
    }

    fn free_name(&mut self, under: &Pointer, file: &str, fragment: &str) -> String {
        let last = fragment.rsplit('/').next().unwrap_or("");
        let file = file.rsplit('/').next().unwrap_or(file);
        let stem = file.split('.').next().unwrap_or(file);
        let name = if last.is_empty() { stem } else { last };
        // What needs no escape in a reference.
        let is_plain = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
        let name: String = name
            .chars()
            .map(|letter| if is_plain(letter) { letter } else { '_' })
            .collect();
        let numbered = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| {
                let under = under.as_str().to_owned();
                self.names.insert((under, name.clone()))
            })
            .unwrap_or(name)
    }
}

/// The names of the components that a document has by itself.
fn names(document: &Value) -> HashSet<(String, String)> {
    let components = document.get("components").and_then(Value::as_object);
    let sections = components
        .into_iter()
        .flatten()
        .map(|(section, named)| (format!("/components/{section}"), named));
    let older = ["definitions", "parameters", "responses"]
        .into_iter()
        .filter_map(|section| Some((format!("/{section}"), document.get(section)?)));
    sections
        .chain(older)
        .flat_map(|(section, named)| {
            let names = named.as_object().into_iter().flatten();
            names.map(move |(name, _)| (section.clone(), name.clone()))
        })
        .collect()
}

/// Puts a value where a pointer leads; objects on its way are made.
fn insert(document: &mut Value, at: &Pointer, value: Value) {
    let mut node = document;
    for token in at.tokens() {
        if !node.is_object() {
            *node = Value::Object(Map::new());
        }
        let Value::Object(members) = node else {
            return;
        };
        node = members.entry(token).or_insert(Value::Null);
    }
    *node = value;
}

#[cfg(test)]
#[path = "beside_tests.rs"]
mod tests;
