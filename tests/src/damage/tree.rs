//! Damage to a document's nodes.

use fastrand::Rng;
use generator::pointer::Pointer;
use serde_json::{Map, Value, json};

/// Stands for a value that nests so deeply that no serialiser writes it.
const DEEP: &str = "@deep@";

/// Does one thing to one node; says what.
pub(super) fn damage(document: &mut Value, other: Option<&Value>, random: &mut Rng) -> String {
    let nodes = pointers(document);
    let Some(at) = random.choice(&nodes) else {
        return "nothing".to_owned();
    };
    let other_at = random.choice(&nodes).unwrap_or(at);
    let copied = document.pointer(other_at.as_str()).cloned();
    let copied = copied.unwrap_or_default();
    let Some(node) = document.pointer_mut(at.as_str()) else {
        return "nothing".to_owned();
    };
    let done = match random.u8(..10) {
        0 | 1 => drop_member(node, random),
        2 => {
            *node = odd_value(random);
            "another value"
        }
        3 => {
            *node = Value::String(odd_text(random));
            "another text"
        }
        4 => rename_member(node, random),
        5 => {
            let target = match random.u8(..3) {
                0 => at.to_string(),
                1 => other_at.to_string(),
                _ => odd_reference(random),
            };
            *node = json!({ "$ref": target });
            "a reference"
        }
        6 => {
            *node = copied;
            "a copy of another node"
        }
        7 => {
            add_member(node, copied, random);
            "a member more"
        }
        8 => {
            if let Some(other) = other {
                let nodes = pointers(other);
                let from = random.choice(&nodes);
                *node = from
                    .and_then(|at| other.pointer(at.as_str()))
                    .cloned()
                    .unwrap_or_default();
            }
            "a node of another document"
        }
        _ => {
            nest(node, random);
            "nested"
        }
    };
    format!("{done} at {at}")
}

/// The text with what no serialiser writes.
pub(super) fn deepened(text: String) -> String {
    if !text.contains(DEEP) {
        return text;
    }
    let quoted = format!("\"{DEEP}\"");
    let deep = format!(
        "{}{}{}",
        "{\"items\":".repeat(super::DEEP),
        "{}",
        "}".repeat(super::DEEP)
    );
    text.replace(&quoted, &deep).replace(DEEP, &deep)
}

fn pointers(document: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    let mut stack = vec![(Pointer::root(), document)];
    while let Some((at, node)) = stack.pop() {
        match node {
            Value::Object(members) => {
                stack.extend(members.iter().map(|(key, node)| (at.child(key), node)));
            }
            Value::Array(nodes) => {
                let nodes = nodes.iter().enumerate();
                stack.extend(nodes.map(|(index, node)| (at.index(index), node)));
            }
            _ => {}
        }
        found.push(at);
    }
    found
}

fn drop_member(node: &mut Value, random: &mut Rng) -> &'static str {
    match node {
        Value::Object(members) if !members.is_empty() => {
            let key = members.keys().nth(random.usize(..members.len())).cloned();
            members.shift_remove(&key.unwrap_or_default());
            "a member less"
        }
        Value::Array(nodes) if !nodes.is_empty() => {
            nodes.remove(random.usize(..nodes.len()));
            "an element less"
        }
        _ => {
            *node = Value::Null;
            "null"
        }
    }
}

fn rename_member(node: &mut Value, random: &mut Rng) -> &'static str {
    if let Value::Object(members) = node
        && !members.is_empty()
    {
        let chosen = random.usize(..members.len());
        let renamed: Map<String, Value> = std::mem::take(members)
            .into_iter()
            .enumerate()
            .map(|(index, (key, node))| match index == chosen {
                true => (odd_text(random), node),
                false => (key, node),
            })
            .collect();
        *members = renamed;
    } else {
        *node = Value::String(odd_text(random));
    }
    "another name"
}

fn add_member(node: &mut Value, copied: Value, random: &mut Rng) {
    match node {
        Value::Object(members) => {
            let key = random.choice(KEYWORDS).unwrap_or(&"type");
            members.insert((*key).to_owned(), copied);
        }
        Value::Array(nodes) => nodes.push(copied),
        _ => *node = json!([copied]),
    }
}

fn nest(node: &mut Value, random: &mut Rng) {
    let keyword = random.choice(["items", "properties", "allOf", "anyOf", "not", "-"]);
    let levels = random.usize(1..130);
    match keyword.unwrap_or("-") {
        "-" => *node = Value::String(DEEP.to_owned()),
        "properties" => wrap(
            node,
            levels,
            |inner| json!({"type": "object", "properties": { "a": inner }}),
        ),
        "items" => wrap(
            node,
            levels,
            |inner| json!({"type": "array", "items": inner}),
        ),
        "not" => wrap(node, levels, |inner| json!({ "not": inner })),
        keyword => wrap(node, levels, |inner| json!({ keyword: [inner, {}] })),
    }
}

fn wrap(node: &mut Value, levels: usize, around: impl Fn(Value) -> Value) {
    for _ in 0..levels {
        *node = around(node.take());
    }
}

fn odd_value(random: &mut Rng) -> Value {
    match random.u8(..10) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i64(..)),
        3 => json!(f64::MAX),
        4 => json!([]),
        5 => json!({}),
        6 => json!([null, 1, "a", [], {}]),
        7 => json!({"": {"": null}, "type": ["object", 3], "enum": [null, [], {}]}),
        8 => json!(odd_text(random)),
        _ => json!(-0.0),
    }
}

/// A text that some reader, writer or compiler takes for something else.
fn odd_text(random: &mut Rng) -> String {
    let known = random.choice(TEXTS).copied().unwrap_or_default();
    match random.u8(..6) {
        0 => (0..random.usize(..40)).map(|_| random.char(..)).collect(),
        1 => String::from_utf8_lossy(&(0..30).map(|_| random.u8(..)).collect::<Vec<_>>())
            .into_owned(),
        2 => known.repeat(random.usize(1..200)),
        3 => random
            .choice(KEYWORDS)
            .copied()
            .unwrap_or_default()
            .to_owned(),
        _ => known.to_owned(),
    }
}

fn odd_reference(random: &mut Rng) -> String {
    let known = [
        "",
        "#",
        "#/",
        "#/components",
        "#/components/schemas",
        "#/components/schemas/",
        "#/components/schemas/Nothing",
        "#/paths",
        "#nowhere",
        "#/components/schemas/%FF%zz%2",
        "#/~2/~",
        "./other.yaml",
        "../../etc/passwd#/a",
        "https://example.com/a.json#/b",
        "\u{0}",
    ];
    random.choice(known).unwrap_or("#").to_owned()
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{0}",
    "\n",
    "\r\n\t",
    "\"",
    "'",
    "\\",
    "*/ /*",
    "\"#",
    "}",
    "{",
    "{}",
    "{{",
    "%",
    "`",
    "```",
    "[a](b",
    "<b>",
    "]",
    "//! x",
    "#[x]",
    "r#x",
    "self",
    "Self",
    "super",
    "crate",
    "_",
    "__",
    "async",
    "gen",
    "1",
    "-1",
    "+1",
    "1.0",
    "1e999",
    "true",
    "null",
    "~",
    "$ref",
    "@odata.type",
    "Option",
    "Vec",
    "String",
    "Result",
    "Some",
    "None",
    "Client",
    "Error",
    "Box",
    "std",
    "serde",
    "runtime",
    "new",
    "mod",
    "drop",
    "clone",
    "into",
    "send",
    "await",
    "/",
    "/a/{b}/{b}",
    "/{a}{b}",
    "/{}",
    "/{a",
    "?a=b",
    "#a",
    "ü",
    "名前",
    "İ",
    "ǆ",
    "\u{202e}abc",
    "\u{feff}",
    "\u{301}",
    "👍",
    "a\u{200d}b",
    "4xx",
    "default",
    "application/json; charset=\"",
    "*/*",
    "text/",
    "multipart/form-data",
    "get",
    "trace",
    "x-",
    "http://",
    "{scheme}://{host}",
];

/// What OpenAPI means something by.
const KEYWORDS: &[&str] = &[
    "type",
    "format",
    "properties",
    "required",
    "items",
    "enum",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "nullable",
    "default",
    "example",
    "examples",
    "discriminator",
    "additionalProperties",
    "readOnly",
    "writeOnly",
    "deprecated",
    "const",
    "prefixItems",
    "patternProperties",
    "$ref",
    "$defs",
    "$id",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "encoding",
    "headers",
    "security",
    "servers",
    "variables",
    "tags",
    "operationId",
    "summary",
    "description",
    "callbacks",
    "webhooks",
    "components",
    "paths",
    "info",
    "openapi",
    "swagger",
    "in",
    "name",
    "style",
    "explode",
    "externalDocs",
    "title",
    "version",
];
