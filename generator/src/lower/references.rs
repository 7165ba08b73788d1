//! Following `$ref`: to components, to anything else in the same document, and to nowhere.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde_json::Value;

use super::Lowering;
use crate::diagnostic::Code;
use crate::load::{lone_parameter, lone_path_item, lone_response, lone_schema};
use crate::pointer::{Pointer, percent_decoded};

/// How many references may follow each other before they count as leading nowhere.
const LONGEST_CHAIN: usize = 1_000;

/// A place where a schema is wanted: a reference or the schema itself.
#[derive(Clone, Debug)]
pub(super) struct Place<'d> {
    pub(super) item: Item<'d>,
    pub(super) at: Pointer,
}

/// What stands in a [`Place`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'d> {
    Reference(&'d str),
    Inline(&'d Schema),
}

impl<'d> Place<'d> {
    pub(super) fn new(item: &'d ReferenceOr<Schema>, at: Pointer) -> Self {
        let item = match item {
            ReferenceOr::Reference { reference } => Item::Reference(reference),
            ReferenceOr::Item(schema) => Item::Inline(schema),
        };
        Self { item, at }
    }

    pub(super) fn boxed(item: &'d ReferenceOr<Box<Schema>>, at: Pointer) -> Self {
        let item = match item {
            ReferenceOr::Reference { reference } => Item::Reference(reference),
            ReferenceOr::Item(schema) => Item::Inline(schema),
        };
        Self { item, at }
    }
}

/// A schema, references followed.
#[derive(Clone, Debug)]
pub(super) struct Node<'d> {
    pub(super) schema: &'d Schema,
    pub(super) at: Pointer,
    /// Its name in `components.schemas`, where it has one.
    pub(super) component: Option<&'d str>,
}

impl Node<'_> {
    /// What tells schemas apart: each stands once in memory.
    pub(super) fn address(&self) -> usize {
        std::ptr::from_ref(self.schema).addr()
    }
}

/// Things that references lead to outside of `components`, read in advance.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    schemas: HashMap<String, ReferenceOr<Schema>>,
    parameters: HashMap<String, ReferenceOr<Parameter>>,
    responses: HashMap<String, ReferenceOr<Response>>,
    path_items: HashMap<String, ReferenceOr<PathItem>>,
}

impl Elsewhere {
    /// Reads what every reference leads to that isn't of the form `#/components/<kind>/<name>`.
    pub(super) fn gather(document: &Value) -> Self {
        let mut elsewhere = Self::default();
        let mut open = vec![("", "", document)];
        while let Some((parent, key, value)) = open.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(Value::String(reference)) = members.get("$ref") {
                        elsewhere.read(parent, key, reference, document);
                    }
                    open.extend(
                        members
                            .iter()
                            .map(|(name, member)| (key, name.as_str(), member)),
                    );
                }
                // The elements of `parameters` are told by the name of their list.
                Value::Array(elements) => {
                    open.extend(elements.iter().map(|element| (key, "", element)));
                }
                _ => {}
            }
        }
        elsewhere
    }

    fn read(&mut self, parent: &str, key: &str, reference: &str, document: &Value) {
        if !reference.starts_with("#/") || component_name(reference).is_some() {
            return;
        }
        let Some(target) = document.pointer(target(reference).as_str()) else {
            return;
        };
        match (parent, key) {
            ("parameters", _) => keep(&mut self.parameters, reference, target, lone_parameter),
            ("responses", _) => keep(&mut self.responses, reference, target, lone_response),
            ("paths", _) => keep(&mut self.path_items, reference, target, lone_path_item),
            _ => keep(&mut self.schemas, reference, target, lone_schema),
        }
    }
}

fn keep<T>(
    found: &mut HashMap<String, ReferenceOr<T>>,
    reference: &str,
    target: &Value,
    read: fn(&Value) -> Option<ReferenceOr<T>>,
) {
    if found.contains_key(reference) {
        return;
    }
    if let Some(target) = read(target) {
        found.insert(reference.to_owned(), target);
    }
}

/// Kind and name of `#/components/<kind>/<name>`, the name still escaped.
fn component_name(reference: &str) -> Option<(&str, &str)> {
    let (kind, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (!name.contains('/')).then_some((kind, name))
}

/// The pointer that a reference within the document stands for: a URI fragment, percent-encoded (RFC 6901, section 6).
fn target(reference: &str) -> Pointer {
    Pointer::parse(&percent_decoded(reference))
}

/// Where things of one kind are found.
struct Section<'d, T> {
    kind: &'static str,
    components: Option<&'d IndexMap<String, ReferenceOr<T>>>,
    elsewhere: Option<&'d HashMap<String, ReferenceOr<T>>>,
}

impl<'d, T> Section<'d, T> {
    /// What a reference leads to in one step, and its name if it is a component.
    fn find(&self, reference: &str) -> Option<(&'d ReferenceOr<T>, Option<&'d str>)> {
        self.component(reference).or_else(|| {
            let item = self.elsewhere?.get(reference)?;
            Some((item, None))
        })
    }

    fn component(&self, reference: &str) -> Option<(&'d ReferenceOr<T>, Option<&'d str>)> {
        let (kind, name) = component_name(reference)?;
        let components = self.components.filter(|_| kind == self.kind)?;
        let (name, item) = components
            .get_key_value(name)
            .or_else(|| components.get_key_value(&unescaped(name)))?;
        Some((item, Some(name)))
    }
}

/// Where a reference led.
struct Found<'d, T> {
    item: &'d T,
    at: Pointer,
    component: Option<&'d str>,
}

impl<'d> Lowering<'d> {
    /// The schema at a place; `None` with a diagnostic where the reference leads nowhere.
    pub(super) fn resolve(&mut self, place: &Place<'d>) -> Option<Node<'d>> {
        let reference = match place.item {
            Item::Inline(schema) => {
                return Some(Node {
                    schema,
                    at: place.at.clone(),
                    component: None,
                });
            }
            Item::Reference(reference) => reference,
        };
        let section = Section {
            kind: "schemas",
            components: self.components().map(|components| &components.schemas),
            elsewhere: Some(&self.elsewhere.schemas),
        };
        let found = self.follow(reference, &place.at, &section)?;
        Some(Node {
            schema: found.item,
            at: found.at,
            component: found.component,
        })
    }

    /// A parameter, references followed.
    pub(super) fn resolve_parameter(
        &mut self,
        item: &'d ReferenceOr<Parameter>,
        at: Pointer,
    ) -> Option<(&'d Parameter, Pointer)> {
        let section = Section {
            kind: "parameters",
            components: self.components().map(|components| &components.parameters),
            elsewhere: Some(&self.elsewhere.parameters),
        };
        self.resolve_item(item, at, &section)
    }

    /// A request body, references followed.
    pub(super) fn resolve_body(
        &mut self,
        item: &'d ReferenceOr<RequestBody>,
        at: Pointer,
    ) -> Option<(&'d RequestBody, Pointer)> {
        let section = Section {
            kind: "requestBodies",
            components: self
                .components()
                .map(|components| &components.request_bodies),
            elsewhere: None,
        };
        self.resolve_item(item, at, &section)
    }

    /// An answer, references followed.
    pub(super) fn resolve_response(
        &mut self,
        item: &'d ReferenceOr<Response>,
        at: Pointer,
    ) -> Option<(&'d Response, Pointer)> {
        let section = Section {
            kind: "responses",
            components: self.components().map(|components| &components.responses),
            elsewhere: Some(&self.elsewhere.responses),
        };
        self.resolve_item(item, at, &section)
    }

    /// A path item, references followed.
    pub(super) fn resolve_path_item(
        &mut self,
        item: &'d ReferenceOr<PathItem>,
        at: Pointer,
    ) -> Option<(&'d PathItem, Pointer)> {
        let section = Section {
            kind: "pathItems",
            components: None,
            elsewhere: Some(&self.elsewhere.path_items),
        };
        self.resolve_item(item, at, &section)
    }

    /// A security scheme, references followed.
    pub(super) fn resolve_security_scheme(
        &mut self,
        item: &'d ReferenceOr<SecurityScheme>,
        at: Pointer,
    ) -> Option<&'d SecurityScheme> {
        let section = Section {
            kind: "securitySchemes",
            components: self
                .components()
                .map(|components| &components.security_schemes),
            elsewhere: None,
        };
        self.resolve_item(item, at, &section).map(|(item, _)| item)
    }

    /// An example, references followed.
    pub(super) fn resolve_example(
        &mut self,
        item: &'d ReferenceOr<Example>,
        at: Pointer,
    ) -> Option<&'d Example> {
        let section = Section {
            kind: "examples",
            components: self.components().map(|components| &components.examples),
            elsewhere: None,
        };
        self.resolve_item(item, at, &section).map(|(item, _)| item)
    }

    fn components(&self) -> Option<&'d Components> {
        self.document.components.as_ref()
    }

    fn resolve_item<T>(
        &mut self,
        item: &'d ReferenceOr<T>,
        at: Pointer,
        section: &Section<'d, T>,
    ) -> Option<(&'d T, Pointer)> {
        match item {
            ReferenceOr::Item(item) => Some((item, at)),
            ReferenceOr::Reference { reference } => self
                .follow(reference, &at, section)
                .map(|found| (found.item, found.at)),
        }
    }

    fn follow<T>(
        &mut self,
        reference: &'d str,
        from: &Pointer,
        section: &Section<'d, T>,
    ) -> Option<Found<'d, T>> {
        let mut current = reference;
        for _ in 0..LONGEST_CHAIN {
            match section.find(current) {
                None => {
                    self.unresolved(reference, from, why_unresolved(current));
                    return None;
                }
                Some((ReferenceOr::Item(item), component)) => {
                    let at = target(current);
                    return Some(Found {
                        item,
                        at,
                        component,
                    });
                }
                Some((ReferenceOr::Reference { reference: next }, _)) => current = next,
            }
        }
        self.unresolved(reference, from, "leads to itself");
        None
    }

    fn unresolved(&mut self, reference: &str, from: &Pointer, why: &str) {
        self.report(
            Code::UnresolvedReference,
            from,
            format!("the reference `{reference}` {why}"),
            "what it should describe is left open",
        );
    }
}

fn why_unresolved(reference: &str) -> &'static str {
    if reference.starts_with('#') {
        "leads nowhere"
    } else {
        "leads to a file or place that isn't below the folder of the document"
    }
}

fn unescaped(name: &str) -> String {
    percent_decoded(name).replace("~1", "/").replace("~0", "~")
}
