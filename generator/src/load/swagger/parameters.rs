//! Parameters of Swagger 2.0: some are bodies, and all others say what a schema says in OpenAPI 3.0.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{JSON, Object};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Keys of a parameter or header that belong to the parameter; all others are about its values.
const ABOUT_THE_PARAMETER: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "allowEmptyValue",
    "collectionFormat",
    "deprecated",
    "schema",
    "style",
    "explode",
    "example",
    "examples",
    "content",
];

/// `parameters` of the document, by name.
pub(super) struct Shared(Object);

impl Shared {
    pub(super) fn take(root: &mut Object) -> Self {
        match root.shift_remove("parameters") {
            Some(Value::Object(parameters)) => Self(parameters),
            _ => Self(Map::new()),
        }
    }

    /// The parameters of an operation: its own, and those of its path that it doesn't say otherwise.
    /// References to bodies and form fields are replaced by what they lead to.
    pub(super) fn resolved(&self, common: &[Value], own: Vec<Value>) -> Vec<Value> {
        let mut by_name: IndexMap<(String, String), Value> = IndexMap::new();
        let mut unnamed = Vec::new();
        for parameter in common.iter().cloned().chain(own) {
            let target = self.target(&parameter);
            let key = target.and_then(|target| {
                let text = |key: &str| Some(target.get(key)?.as_str()?.to_owned());
                Some((text("name")?, text("in")?))
            });
            let parameter = match target {
                Some(target) if is_content(target) => target.clone(),
                _ => parameter,
            };
            match key {
                Some(key) => {
                    by_name.insert(key, parameter);
                }
                None => unnamed.push(parameter),
            }
        }
        by_name.into_values().chain(unnamed).collect()
    }

    fn target<'p>(&'p self, parameter: &'p Value) -> Option<&'p Value> {
        match parameter.get("$ref") {
            None => Some(parameter),
            Some(reference) => {
                let name = reference.as_str()?.strip_prefix("#/parameters/")?;
                self.0.get(&name.replace("~1", "/").replace("~0", "~"))
            }
        }
    }

    /// As components; bodies and form fields stand in their operations.
    pub(super) fn into_parameters(self, diagnostics: &mut Vec<Diagnostic>) -> Object {
        let at = Pointer::root().child("parameters");
        self.0
            .into_iter()
            .filter(|(_, parameter)| !is_content(parameter))
            .map(|(name, mut parameter)| {
                convert(&mut parameter, &at.child(&name), diagnostics);
                (name, parameter)
            })
            .collect()
    }
}

/// Whether a parameter is a body or a part of one.
fn is_content(parameter: &Value) -> bool {
    matches!(
        parameter.get("in").and_then(Value::as_str),
        Some("body" | "formData")
    )
}

/// What becomes of the parameters of an operation.
pub(super) struct Converted {
    pub(super) parameters: Vec<Value>,
    pub(super) body: Option<Value>,
}

pub(super) fn convert_parameters(
    parameters: Vec<Value>,
    consumed: &[String],
    at: &Pointer,
    diagnostics: &mut Vec<Diagnostic>,
) -> Converted {
    let mut converted = Converted {
        parameters: Vec::new(),
        body: None,
    };
    let mut fields = Vec::new();
    for mut parameter in parameters {
        match parameter.get("in").and_then(Value::as_str) {
            Some("body") => converted.body = Some(body(parameter, consumed)),
            Some("formData") => fields.push(parameter),
            _ => {
                convert(&mut parameter, &at.child("parameters"), diagnostics);
                converted.parameters.push(parameter);
            }
        }
    }
    if converted.body.is_none() && !fields.is_empty() {
        converted.body = Some(form(fields, consumed));
    }
    converted
}

fn body(mut parameter: Value, consumed: &[String]) -> Value {
    let mut take = |key: &str| {
        let parameter = parameter.as_object_mut()?;
        parameter.shift_remove(key)
    };
    let schema = take("schema").unwrap_or_else(|| json!({}));
    let mut body = Map::new();
    for key in ["description", "required"] {
        if let Some(value) = take(key) {
            body.insert(key.to_owned(), value);
        }
    }
    let fallback = [JSON.to_owned()];
    let consumed = if consumed.is_empty() {
        &fallback
    } else {
        consumed
    };
    let content: Object = consumed
        .iter()
        .map(|media_type| (media_type.clone(), json!({ "schema": schema })))
        .collect();
    body.insert("content".to_owned(), Value::Object(content));
    Value::Object(body)
}

fn form(fields: Vec<Value>, consumed: &[String]) -> Value {
    let has_file = fields
        .iter()
        .any(|field| field.get("type").and_then(Value::as_str) == Some("file"));
    let is_multipart = has_file
        || consumed
            .iter()
            .any(|media_type| media_type.starts_with("multipart/"));
    let media_type = if is_multipart {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    };
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let Value::Object(mut field) = field else {
            continue;
        };
        let Some(Value::String(name)) = field.shift_remove("name") else {
            continue;
        };
        if field.get("required") == Some(&Value::Bool(true)) {
            required.push(Value::String(name.clone()));
        }
        let description = field.shift_remove("description");
        gather_schema(&mut field);
        let mut schema = field.shift_remove("schema").unwrap_or_else(|| json!({}));
        if let (Some(description), Value::Object(schema)) = (description, &mut schema) {
            schema.entry("description").or_insert(description);
        }
        properties.insert(name, schema);
    }
    let is_required = !required.is_empty();
    let mut schema = Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), Value::Object(properties)),
    ]);
    if is_required {
        schema.insert("required".to_owned(), Value::Array(required));
    }
    json!({"required": is_required, "content": {media_type: {"schema": schema}}})
}

/// A parameter of path, query, header or cookie.
fn convert(parameter: &mut Value, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let Value::Object(parameter) = parameter else {
        return;
    };
    if parameter.contains_key("$ref") {
        return;
    }
    let spelled = parameter.shift_remove("collectionFormat");
    let in_query = parameter.get("in").and_then(Value::as_str) == Some("query");
    gather_schema(parameter);
    let schema = parameter.get("schema");
    let is_array = schema
        .and_then(|schema| schema.get("type"))
        .and_then(Value::as_str)
        == Some("array");
    if !is_array {
        return;
    }
    let style = match spelled.as_ref().and_then(Value::as_str).unwrap_or("csv") {
        "multi" => Some(("form", true)),
        "ssv" => Some(("spaceDelimited", false)),
        "pipes" => Some(("pipeDelimited", false)),
        "csv" if in_query => Some(("form", false)),
        "csv" => None,
        other => {
            let message = format!("values separated by `{other}` can't be said in OpenAPI 3.0");
            let at = at.child("collectionFormat");
            diagnostics.push(
                Diagnostic::new(Code::UnsupportedParameterStyle, at, message)
                    .help("they are separated by commas"),
            );
            in_query.then_some(("form", false))
        }
    };
    if let Some((style, explode)) = style.filter(|_| in_query) {
        parameter.insert("style".to_owned(), json!(style));
        parameter.insert("explode".to_owned(), json!(explode));
    }
}

/// Moves what is said of values into a schema.
pub(super) fn gather_schema(parameter: &mut Object) {
    if parameter.contains_key("schema") {
        return;
    }
    let mut schema = Map::new();
    for (key, value) in std::mem::take(parameter) {
        let own = ABOUT_THE_PARAMETER.contains(&key.as_str());
        let extension = key.starts_with("x-") && key != "x-nullable";
        if own || extension {
            parameter.insert(key, value);
        } else {
            schema.insert(key, value);
        }
    }
    strip_collection_formats(&mut schema);
    parameter.insert("schema".to_owned(), Value::Object(schema));
}

/// `items` may say how arrays within arrays are spelled, for which OpenAPI 3.0 has no words.
fn strip_collection_formats(schema: &mut Object) {
    schema.shift_remove("collectionFormat");
    if let Some(Value::Object(items)) = schema.get_mut("items") {
        strip_collection_formats(items);
    }
}
