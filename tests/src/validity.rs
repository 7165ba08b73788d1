//! Whether a value is what a schema says, told without the generator's help.
//!
//! The keywords of OpenAPI 3.0 and of JSON Schema 2020-12 that describe values, as they stand in documents.
//! There are crates that know JSON Schema, but none that knows `nullable`, the formats of numbers and both
//! versions at once; and they would change how serde_json reads numbers in all that is tested here. Formats
//! of strings aren't checked, as JSON Schema has it: types keep a text that isn't of its format.

mod numbers;

pub use self::numbers::equal;

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

use self::numbers::number;

/// Schemas within schemas that say something of the same value; recursion without an end goes deeper.
const DEPTH: usize = 200;

/// A document by whose schemas values are judged.
pub struct Schemas<'d> {
    document: &'d Value,
    /// Whether keywords beside a `$ref` count, as they do from OpenAPI 3.1 on.
    has_siblings: bool,
    patterns: RefCell<HashMap<String, Option<Regex>>>,
}

/// What is wrong, with its place in the value.
type Verdict = Result<(), String>;

impl<'d> Schemas<'d> {
    /// The schemas of a document.
    pub fn of(document: &'d Value) -> Self {
        let version = document.get("openapi").and_then(Value::as_str);
        Self {
            document,
            has_siblings: version.is_some_and(|version| version.starts_with("3.1")),
            patterns: RefCell::default(),
        }
    }

    /// The node at a JSON pointer, which may be that of no schema.
    pub fn at(&self, pointer: &str) -> Option<&'d Value> {
        self.document.pointer(pointer)
    }

    /// The JSON pointer that a node's `$ref` leads to, if it has one.
    pub fn reference(node: &Value) -> Option<String> {
        let pointer = node.get("$ref")?.as_str()?.strip_prefix('#')?;
        Some(
            percent_encoding::percent_decode_str(pointer)
                .decode_utf8_lossy()
                .into_owned(),
        )
    }

    /// Whether a value is what a schema says.
    ///
    /// # Errors
    ///
    /// What is wrong first, with its place in the value.
    pub fn check(&self, schema: &Value, value: &Value) -> Verdict {
        self.check_at(schema, value, "", DEPTH)
    }

    /// The schemas that have a word for a member of a value that a schema describes, in any of its parts.
    pub fn of_member(&self, schema: &'d Value, path: &[String]) -> Vec<&'d Value> {
        let mut here = vec![schema];
        for step in path {
            let parts = here.iter().flat_map(|schema| self.parts(schema));
            here = parts.flat_map(|part| inside(part, step)).collect();
        }
        here.iter().flat_map(|schema| self.parts(schema)).collect()
    }

    /// A schema and all that it refers to or is composed of, each once.
    fn parts(&self, schema: &'d Value) -> Vec<&'d Value> {
        let mut parts: Vec<&'d Value> = Vec::new();
        let mut open = vec![schema];
        while let Some(part) = open.pop() {
            if parts.iter().any(|known| std::ptr::eq(*known, part)) {
                continue;
            }
            parts.push(part);
            open.extend(Self::reference(part).and_then(|pointer| self.at(&pointer)));
            for key in ["allOf", "oneOf", "anyOf"] {
                open.extend(
                    part.get(key)
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten(),
                );
            }
        }
        parts
    }

    fn check_at(&self, schema: &Value, value: &Value, at: &str, depth: usize) -> Verdict {
        let depth = depth.checked_sub(1).ok_or("the schema has no end")?;
        let keys = match schema {
            Value::Bool(true) => return Ok(()),
            Value::Object(keys) => keys,
            _ => return Err(wrong(at, "is nothing that the schema allows")),
        };
        if let Some(pointer) = Self::reference(schema) {
            let target = self
                .at(&pointer)
                .ok_or_else(|| format!("{pointer} is nowhere"))?;
            self.check_at(target, value, at, depth)?;
            if !self.has_siblings {
                return Ok(());
            }
        }
        if value.is_null() && keys.get("nullable") == Some(&Value::Bool(true)) {
            return Ok(());
        }
        listed(keys, value, at)?;
        of_kind(keys, value, at)?;
        match value {
            Value::String(text) => self.text(keys, text, at)?,
            Value::Number(_) => number(keys, value, at)?,
            Value::Array(elements) => self.array(keys, elements, at, depth)?,
            Value::Object(members) => self.object(keys, members, at, depth)?,
            Value::Null | Value::Bool(_) => {}
        }
        self.composed(keys, value, at, depth)
    }

    fn composed(
        &self,
        keys: &Map<String, Value>,
        value: &Value,
        at: &str,
        depth: usize,
    ) -> Verdict {
        let parts = |key: &str| keys.get(key).and_then(Value::as_array);
        for part in parts("allOf").into_iter().flatten() {
            self.check_at(part, value, at, depth)?;
        }
        for (key, most) in [("anyOf", usize::MAX), ("oneOf", 1)] {
            let Some(parts) = parts(key) else { continue };
            let verdicts: Vec<Verdict> = parts
                .iter()
                .map(|part| self.check_at(part, value, at, depth))
                .collect();
            let fitting = verdicts.iter().filter(|verdict| verdict.is_ok()).count();
            match verdicts.into_iter().find_map(Verdict::err) {
                Some(reason) if fitting == 0 => {
                    return Err(wrong(at, &format!("fits no form of `{key}`: {reason}")));
                }
                _ if fitting > most => return Err(wrong(at, "fits several forms of `oneOf`")),
                _ => {}
            }
        }
        match keys.get("not") {
            Some(not) if self.check_at(not, value, at, depth).is_ok() => {
                Err(wrong(at, "is what it must not be"))
            }
            _ => Ok(()),
        }
    }

    fn text(&self, keys: &Map<String, Value>, text: &str, at: &str) -> Verdict {
        within(keys, ["minLength", "maxLength"], text.chars().count(), at)?;
        match keys.get("pattern").and_then(Value::as_str) {
            Some(pattern) if !self.takes(pattern, text) => {
                Err(wrong(at, &format!("doesn't match {pattern}")))
            }
            _ => Ok(()),
        }
    }

    /// A pattern that Rust's regular expressions have no words for takes everything.
    fn takes(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.borrow_mut();
        let regex = patterns
            .entry(pattern.to_owned())
            .or_insert_with(|| Regex::new(pattern).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    fn array(
        &self,
        keys: &Map<String, Value>,
        elements: &[Value],
        at: &str,
        depth: usize,
    ) -> Verdict {
        within(keys, ["minItems", "maxItems"], elements.len(), at)?;
        let is_set = keys.get("uniqueItems") == Some(&Value::Bool(true));
        let twice = |(index, element)| {
            elements
                .iter()
                .take(index)
                .any(|other| equal(other, element))
        };
        if is_set && elements.iter().enumerate().any(twice) {
            return Err(wrong(at, "has an element twice"));
        }
        let (first, rest) = match (keys.get("prefixItems"), keys.get("items")) {
            (Some(Value::Array(first)), rest) => (first.as_slice(), rest),
            (_, Some(Value::Array(first))) => (first.as_slice(), keys.get("additionalItems")),
            (_, rest) => (&[][..], rest),
        };
        for (index, element) in elements.iter().enumerate() {
            if let Some(schema) = first.get(index).or(rest) {
                self.check_at(schema, element, &format!("{at}/{index}"), depth)?;
            }
        }
        Ok(())
    }

    fn object(
        &self,
        keys: &Map<String, Value>,
        members: &Map<String, Value>,
        at: &str,
        depth: usize,
    ) -> Verdict {
        within(keys, ["minProperties", "maxProperties"], members.len(), at)?;
        let required = keys.get("required").and_then(Value::as_array);
        let mut required = required.into_iter().flatten().filter_map(Value::as_str);
        if let Some(missing) = required.find(|name| !members.contains_key(*name)) {
            return Err(wrong(at, &format!("lacks {missing}")));
        }
        let properties = keys.get("properties").and_then(Value::as_object);
        let patterns = keys.get("patternProperties").and_then(Value::as_object);
        for (name, member) in members {
            let here = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
            let mut known = false;
            if let Some(schema) = properties.and_then(|properties| properties.get(name)) {
                known = true;
                self.check_at(schema, member, &here, depth)?;
            }
            for (pattern, schema) in patterns.into_iter().flatten() {
                if self.takes(pattern, name) {
                    known = true;
                    self.check_at(schema, member, &here, depth)?;
                }
            }
            if let Some(further) = keys.get("additionalProperties").filter(|_| !known) {
                self.check_at(further, member, &here, depth)?;
            }
        }
        Ok(())
    }
}

/// The schemas right inside one that a step of a path leads to.
fn inside<'d>(schema: &'d Value, step: &str) -> Vec<&'d Value> {
    let property = schema
        .get("properties")
        .and_then(|properties| properties.get(step));
    let further = schema
        .get("additionalProperties")
        .filter(|further| **further != Value::Bool(false));
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let patterns = patterns.into_iter().flatten().map(|(_, schema)| schema);
    let elements = step.parse::<usize>().ok().and_then(|index| {
        let first = schema.get("prefixItems").and_then(|first| first.get(index));
        first.or_else(|| schema.get("items"))
    });
    property
        .into_iter()
        .chain(further)
        .chain(patterns)
        .chain(elements)
        .collect()
}

fn listed(keys: &Map<String, Value>, value: &Value, at: &str) -> Verdict {
    let values = keys.get("enum").and_then(Value::as_array);
    let is_listed = values.is_none_or(|values| values.iter().any(|listed| equal(listed, value)));
    let is_constant = keys
        .get("const")
        .is_none_or(|constant| equal(constant, value));
    if is_listed && is_constant {
        Ok(())
    } else {
        Err(wrong(at, "is none of the values that are listed"))
    }
}

fn of_kind(keys: &Map<String, Value>, value: &Value, at: &str) -> Verdict {
    let kinds: Vec<&str> = match keys.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    let is_of = |kind: &&str| match *kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => true,
    };
    if kinds.iter().any(is_of) {
        Ok(())
    } else {
        Err(wrong(at, &format!("is not of type {}", kinds.join(" or "))))
    }
}

/// Whether a length is between two bounds.
fn within(keys: &Map<String, Value>, [least, most]: [&str; 2], length: usize, at: &str) -> Verdict {
    let bound = |key: &str| keys.get(key).and_then(Value::as_u64);
    let length = length as u64;
    if bound(least).is_some_and(|least| length < least) {
        return Err(wrong(at, &format!("is shorter than {least}")));
    }
    if bound(most).is_some_and(|most| length > most) {
        return Err(wrong(at, &format!("is longer than {most}")));
    }
    Ok(())
}

fn wrong(at: &str, what: &str) -> String {
    let at = if at.is_empty() { "the value" } else { at };
    format!("{at} {what}")
}

#[cfg(test)]
mod tests;
