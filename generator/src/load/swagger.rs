//! Swagger 2.0 to OpenAPI 3.0: the same things at other places.
//!
//! Bodies are parameters there, media types are lists beside them, and servers are three keys. What a
//! parameter or a header says of its values directly becomes a schema.

mod parameters;

use serde_json::{Map, Value, json};

use self::parameters::{Shared, convert_parameters};
use super::rewrite::METHODS;
use super::schemas::each_schema;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

type Object = Map<String, Value>;

/// What media types are taken for where nobody names one.
const JSON: &str = "application/json";

/// Whether a document is Swagger 2.0, and no OpenAPI.
pub(super) fn is_swagger(document: &Value) -> bool {
    document.get("openapi").is_none()
        && match document.get("swagger") {
            Some(Value::String(version)) => version.starts_with('2'),
            Some(Value::Number(version)) => version.as_f64() == Some(2.0),
            _ => false,
        }
}

/// Converts a document in place.
pub(super) fn convert(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    let Value::Object(root) = document else {
        return;
    };
    root.shift_remove("swagger");
    let servers = servers(root);
    root.insert("servers".to_owned(), servers);
    let media_types = MediaTypes {
        consumed: texts(root.shift_remove("consumes")),
        produced: texts(root.shift_remove("produces")),
    };
    let shared = Shared::take(root);
    if let Some(Value::Object(paths)) = root.get_mut("paths") {
        for (path, item) in paths {
            let at = Pointer::root().child("paths").child(path);
            convert_path_item(item, &at, &media_types, &shared, diagnostics);
        }
    }
    let components = components(root, shared, &media_types, diagnostics);
    root.insert("components".to_owned(), Value::Object(components));
    root.insert("openapi".to_owned(), json!("3.0.3"));
    each_schema(document, &mut |schema, _| convert_schema(schema));
    move_references(document);
}

/// What bodies and answers are made of, where an operation doesn't say.
struct MediaTypes {
    consumed: Vec<String>,
    produced: Vec<String>,
}

fn servers(root: &mut Object) -> Value {
    let host = root.shift_remove("host");
    let base_path = root.shift_remove("basePath");
    let schemes = texts(root.shift_remove("schemes"));
    let base_path = base_path.as_ref().and_then(Value::as_str).unwrap_or("");
    let base_path = base_path.trim_end_matches('/');
    let Some(host) = host.as_ref().and_then(Value::as_str) else {
        return match base_path {
            "" => json!([]),
            path => json!([{ "url": path }]),
        };
    };
    let secure = schemes.is_empty() || schemes.iter().any(|scheme| scheme == "https");
    let scheme = match schemes.first() {
        Some(first) if !secure => first,
        _ => "https",
    };
    json!([{ "url": format!("{scheme}://{host}{base_path}") }])
}

fn texts(list: Option<Value>) -> Vec<String> {
    match list {
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|text| Some(text.as_str()?.to_owned()))
            .collect(),
        _ => Vec::new(),
    }
}

fn components(
    root: &mut Object,
    shared: Shared,
    media_types: &MediaTypes,
    diagnostics: &mut Vec<Diagnostic>,
) -> Object {
    let mut components = Map::new();
    if let Some(definitions) = root.shift_remove("definitions") {
        components.insert("schemas".to_owned(), definitions);
    }
    components.insert(
        "parameters".to_owned(),
        Value::Object(shared.into_parameters(diagnostics)),
    );
    if let Some(Value::Object(mut responses)) = root.shift_remove("responses") {
        for (_, response) in &mut responses {
            convert_response(response, &media_types.produced);
        }
        components.insert("responses".to_owned(), Value::Object(responses));
    }
    if let Some(Value::Object(mut schemes)) = root.shift_remove("securityDefinitions") {
        for (_, scheme) in &mut schemes {
            convert_security_scheme(scheme);
        }
        components.insert("securitySchemes".to_owned(), Value::Object(schemes));
    }
    components
}

fn convert_path_item(
    item: &mut Value,
    at: &Pointer,
    media_types: &MediaTypes,
    shared: &Shared,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Value::Object(item) = item else {
        return;
    };
    // A body that all operations of a path share belongs to each of them.
    let common = match item.shift_remove("parameters") {
        Some(Value::Array(parameters)) => parameters,
        _ => Vec::new(),
    };
    for (key, operation) in item {
        let is_method = METHODS.contains(&key.to_ascii_lowercase().as_str());
        if let (true, Value::Object(operation)) = (is_method, operation) {
            let at = at.child(key);
            convert_operation(operation, &common, &at, media_types, shared, diagnostics);
        }
    }
}

fn convert_operation(
    operation: &mut Object,
    common: &[Value],
    at: &Pointer,
    media_types: &MediaTypes,
    shared: &Shared,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own =
        |key: &str, operation: &mut Object, others: &[String]| match operation.shift_remove(key) {
            Some(list @ Value::Array(_)) => texts(Some(list)),
            _ => others.to_vec(),
        };
    let consumed = own("consumes", operation, &media_types.consumed);
    let produced = own("produces", operation, &media_types.produced);
    operation.shift_remove("schemes");
    let parameters = match operation.shift_remove("parameters") {
        Some(Value::Array(parameters)) => parameters,
        _ => Vec::new(),
    };
    let parameters = shared.resolved(common, parameters);
    let converted = convert_parameters(parameters, &consumed, at, diagnostics);
    if !converted.parameters.is_empty() {
        operation.insert("parameters".to_owned(), Value::Array(converted.parameters));
    }
    if let Some(body) = converted.body {
        operation.insert("requestBody".to_owned(), body);
    }
    if let Some(Value::Object(responses)) = operation.get_mut("responses") {
        for (_, response) in responses {
            convert_response(response, &produced);
        }
    }
}

fn convert_response(response: &mut Value, produced: &[String]) {
    let Value::Object(response) = response else {
        return;
    };
    if response.contains_key("$ref") {
        return;
    }
    response.entry("description").or_insert_with(|| json!(""));
    if let Some(Value::Object(headers)) = response.get_mut("headers") {
        for (_, header) in headers {
            if let Value::Object(header) = header {
                parameters::gather_schema(header);
            }
        }
    }
    let schema = response.shift_remove("schema");
    let mut examples = match response.shift_remove("examples") {
        Some(Value::Object(examples)) => examples,
        _ => Map::new(),
    };
    let Some(schema) = schema else {
        return;
    };
    let is_file = schema.get("type").and_then(Value::as_str) == Some("file");
    let fallback = [if is_file {
        "application/octet-stream"
    } else {
        JSON
    }
    .to_owned()];
    let produced = if produced.is_empty() {
        &fallback
    } else {
        produced
    };
    let content = produced.iter().map(|media_type| {
        let mut content = Map::from_iter([("schema".to_owned(), schema.clone())]);
        if let Some(example) = examples.shift_remove(media_type) {
            content.insert("example".to_owned(), example);
        }
        (media_type.clone(), Value::Object(content))
    });
    let content: Object = content.collect();
    response.insert("content".to_owned(), Value::Object(content));
}

fn convert_security_scheme(scheme: &mut Value) {
    let Value::Object(scheme) = scheme else {
        return;
    };
    match scheme.get("type").and_then(Value::as_str) {
        Some("basic") => {
            scheme.insert("type".to_owned(), json!("http"));
            scheme.insert("scheme".to_owned(), json!("basic"));
        }
        Some("oauth2") => {
            let name = match scheme.shift_remove("flow").as_ref().and_then(Value::as_str) {
                Some("application") => "clientCredentials",
                Some("accessCode") => "authorizationCode",
                Some("password") => "password",
                _ => "implicit",
            };
            let mut flow = Map::new();
            for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                if let Some(value) = scheme.shift_remove(key) {
                    flow.insert(key.to_owned(), value);
                }
            }
            flow.entry("scopes").or_insert_with(|| json!({}));
            scheme.insert("flows".to_owned(), json!({ name: flow }));
        }
        _ => {}
    }
}

fn convert_schema(schema: &mut Value) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if keywords.get("type").and_then(Value::as_str) == Some("file") {
        keywords.insert("type".to_owned(), json!("string"));
        keywords.insert("format".to_owned(), json!("binary"));
    }
    if let Some(nullable) = keywords.shift_remove("x-nullable") {
        keywords.entry("nullable").or_insert(nullable);
    }
    if let Some(Value::String(property)) = keywords.get("discriminator") {
        let discriminator = json!({ "propertyName": property });
        keywords.insert("discriminator".to_owned(), discriminator);
    }
}

/// References follow what they lead to.
fn move_references(node: &mut Value) {
    match node {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        if let Some(moved) = moved(reference) {
                            *reference = moved;
                        }
                    }
                    _ => move_references(value),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(move_references),
        _ => {}
    }
}

/// Where the thing is that stood at a pointer of a Swagger document.
fn moved(reference: &str) -> Option<String> {
    PLACES.iter().find_map(|(old, new)| {
        let name = reference.strip_prefix(old)?;
        Some(format!("{new}{name}"))
    })
}

/// Where things stand in Swagger, and in OpenAPI.
const PLACES: &[(&str, &str)] = &[
    ("#/definitions/", "#/components/schemas/"),
    ("#/parameters/", "#/components/parameters/"),
    ("#/responses/", "#/components/responses/"),
    ("#/securityDefinitions/", "#/components/securitySchemes/"),
];

/// Where a node of the converted document stood in the text.
pub(super) fn original(at: &Pointer) -> Pointer {
    PLACES
        .iter()
        .find_map(|(old, new)| {
            let rest = at.as_str().strip_prefix(&new[1..])?;
            Some(Pointer::parse(&format!("{}{rest}", &old[1..])))
        })
        .unwrap_or_else(|| at.clone())
}

#[cfg(test)]
#[path = "swagger_tests.rs"]
mod tests;
