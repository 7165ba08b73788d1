//! Rules that turn schemas of JSON Schema 2020-12, as OpenAPI 3.1 has them, into the schemas of OpenAPI 3.0.
//!
//! They are applied to documents of every version: many that call themselves 3.0 have some of this.
//! What only narrows a value (`if`, `contains`, `propertyNames`, …) has no type in Rust and is passed over.

use serde_json::{Map, Value, json};

use super::schemas::each_schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

type Keywords = Map<String, Value>;

/// Changes one schema.
type Rule = fn(&mut Keywords);

/// In this order.
const RULES: &[Rule] = &[
    const_to_enum,
    numeric_exclusive_bounds,
    first_example,
    content_to_format,
    boolean_keywords,
    pattern_properties_to_additional,
    type_array,
];

/// Keywords that belong to one type only, with that type.
const TYPED: &[(&str, &[&str])] = &[
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
    ("string", &["pattern", "minLength", "maxLength"]),
];

/// Rewrites every schema; `siblings` says whether keywords beside `$ref` count, as they do since OpenAPI 3.1.
pub(super) fn rewrite(document: &mut Value, siblings: bool, diagnostics: &mut Vec<Diagnostic>) {
    each_schema(document, &mut |schema, at| {
        boolean_schema(schema, at, diagnostics);
        let Value::Object(keywords) = schema else {
            return;
        };
        tuple_to_items(keywords, at, diagnostics);
        for rule in RULES {
            rule(keywords);
        }
        if siblings {
            reference_with_siblings(keywords);
        }
    });
}

/// `true` allows anything, `false` nothing.
fn boolean_schema(schema: &mut Value, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let Value::Bool(allowed) = *schema else {
        return;
    };
    if !allowed {
        let message = "the schema `false` allows no value at all";
        let help = "it is read as if it allowed any";
        diagnostics.push(Diagnostic::new(Code::UnsupportedSchema, at.clone(), message).help(help));
    }
    *schema = json!({});
}

/// `const` is an `enum` of one value.
fn const_to_enum(keywords: &mut Keywords) {
    let Some(value) = keywords.shift_remove("const") else {
        return;
    };
    if !keywords.contains_key("type") {
        keywords.insert("type".to_owned(), json!(type_of(&value)));
    }
    if !value.is_null() {
        keywords
            .entry("enum")
            .or_insert_with(|| Value::Array(vec![value]));
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// An exclusive bound is a number of its own in 3.1, and a flag beside the bound in 3.0.
fn numeric_exclusive_bounds(keywords: &mut Keywords) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(number @ Value::Number(_)) = keywords.get(exclusive).cloned() {
            keywords.insert(bound.to_owned(), number);
            keywords.insert(exclusive.to_owned(), Value::Bool(true));
        }
    }
}

/// `examples` of a schema is an array; 3.0 knows one `example`.
fn first_example(keywords: &mut Keywords) {
    if !keywords.get("examples").is_some_and(Value::is_array) {
        return;
    }
    if let Some(Value::Array(examples)) = keywords.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        keywords.entry("example").or_insert(first);
    }
}

/// `contentEncoding: base64` is `format: byte`, another encoding a `format` of no meaning in 3.0,
/// `contentMediaType` without an encoding `format: binary`.
fn content_to_format(keywords: &mut Keywords) {
    let encoding = keywords.shift_remove("contentEncoding");
    let media_type = keywords.shift_remove("contentMediaType");
    if keywords.contains_key("format") {
        return;
    }
    let format = match (encoding.as_ref().and_then(Value::as_str), media_type) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
        (None, Some(Value::String(media_type))) if !is_text(&media_type) => "binary",
        _ => return,
    };
    keywords.insert("format".to_owned(), json!(format));
    keywords
        .entry("type")
        .or_insert_with(|| Value::String("string".to_owned()));
}

/// Whether content of a media type stands in a string as it is.
fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || media_type.ends_with("json") || media_type.ends_with("xml")
}

/// A tuple is an array whose elements have one of the types of its places.
fn tuple_to_items(keywords: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let (mut places, keyword) = match keywords.shift_remove("prefixItems") {
        Some(Value::Array(places)) => (places, "prefixItems"),
        _ => match keywords.get("items") {
            // The same in JSON Schema before 2020-12.
            Some(Value::Array(places)) => (places.clone(), "items"),
            _ => return,
        },
    };
    if let Some(further @ Value::Object(_)) = keywords.shift_remove("items") {
        places.push(further);
    }
    let mut distinct: Vec<Value> = Vec::with_capacity(places.len());
    for place in places {
        if !distinct.contains(&place) {
            distinct.push(place);
        }
    }
    let items = match distinct.len() {
        0 => json!({}),
        1 => distinct.swap_remove(0),
        _ => {
            let message = "the elements of this array are of different types, each at its place";
            let help = "it is read as a list of values of any of these types; mind their order";
            let at = at.child(keyword);
            diagnostics.push(Diagnostic::new(Code::UnsupportedSchema, at, message).help(help));
            json!({ "anyOf": distinct })
        }
    };
    keywords.insert("items".to_owned(), items);
}

/// Whether an array has (further) elements at all only narrows it, and so does `not`.
fn boolean_keywords(keywords: &mut Keywords) {
    if keywords.get("items").is_some_and(Value::is_boolean) {
        keywords.insert("items".to_owned(), json!({}));
    }
    if keywords.get("not").is_some_and(Value::is_boolean) {
        keywords.shift_remove("not");
    }
}

/// Keys by pattern are further keys.
fn pattern_properties_to_additional(keywords: &mut Keywords) {
    let Some(Value::Object(patterns)) = keywords.shift_remove("patternProperties") else {
        return;
    };
    if keywords
        .get("additionalProperties")
        .is_some_and(Value::is_object)
    {
        keywords.insert("additionalProperties".to_owned(), Value::Bool(true));
        return;
    }
    let mut schemas: Vec<Value> = patterns.into_iter().map(|(_, schema)| schema).collect();
    let further = match schemas.len() {
        0 => return,
        1 => schemas.swap_remove(0),
        _ => json!({ "anyOf": schemas }),
    };
    keywords.insert("additionalProperties".to_owned(), further);
}

/// An array of types: `null` is `nullable`, several others are alternatives.
fn type_array(keywords: &mut Keywords) {
    let Some(Value::Array(types)) = keywords.get("type") else {
        return;
    };
    let mut named: Vec<String> = types
        .iter()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    let listed = named.len();
    named.retain(|name| name != "null");
    if named.len() < listed {
        keywords.insert("nullable".to_owned(), Value::Bool(true));
    }
    // Every integer is a number.
    if named.iter().any(|name| name == "number") {
        named.retain(|name| name != "integer");
    }
    match named.as_slice() {
        [] if listed > 0 => {
            keywords.insert("type".to_owned(), json!("null"));
        }
        [] => {
            keywords.shift_remove("type");
        }
        [only] => {
            let only = json!(only);
            keywords.insert("type".to_owned(), only);
        }
        _ => alternatives(keywords, &named),
    }
}

/// One branch for each type, with the keywords that are about it.
fn alternatives(keywords: &mut Keywords, types: &[String]) {
    keywords.shift_remove("type");
    let mut branches: Vec<Keywords> = types
        .iter()
        .map(|name| Map::from_iter([("type".to_owned(), json!(name))]))
        .collect();
    for (name, own) in TYPED {
        let branch = types.iter().position(|listed| listed == name);
        for keyword in *own {
            if let Some(value) = keywords.shift_remove(*keyword)
                && let Some(branch) = branch.and_then(|index| branches.get_mut(index))
            {
                branch.insert((*keyword).to_owned(), value);
            }
        }
    }
    if let Some(Value::Array(values)) = keywords.get("enum").cloned() {
        keywords.shift_remove("enum");
        for (name, branch) in types.iter().zip(&mut branches) {
            let own: Vec<Value> = values
                .iter()
                .filter(|value| fits(value, name))
                .cloned()
                .collect();
            if !own.is_empty() {
                branch.insert("enum".to_owned(), Value::Array(own));
            }
        }
    }
    let branches: Vec<Value> = branches.into_iter().map(Value::Object).collect();
    let key = if keywords.contains_key("anyOf") {
        "allOf"
    } else {
        "anyOf"
    };
    let branches = match key {
        "allOf" => vec![json!({ "anyOf": branches })],
        _ => branches,
    };
    match keywords.get_mut(key) {
        Some(Value::Array(parts)) => parts.extend(branches),
        _ => {
            keywords.insert(key.to_owned(), Value::Array(branches));
        }
    }
}

fn fits(value: &Value, type_name: &str) -> bool {
    let own = type_of(value);
    own == type_name || (own == "integer" && type_name == "number")
}

/// Keywords beside `$ref` narrow or describe what it leads to; 3.0 passes over them.
fn reference_with_siblings(keywords: &mut Keywords) {
    if keywords.len() < 2 || !keywords.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let Some(reference) = keywords.shift_remove("$ref") else {
        return;
    };
    let reference = json!({ "$ref": reference });
    match keywords.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, reference),
        _ => {
            keywords.insert("allOf".to_owned(), Value::Array(vec![reference]));
        }
    }
}

#[cfg(test)]
#[path = "json_schema_tests.rs"]
mod tests;
