//! Client certificates (`type: mutualTLS`, OpenAPI 3.1): proof that belongs to the connection, not to the request.

use serde_json::{Map, Value};

use super::rewrite::METHODS;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Takes the schemes away, and their names out of every requirement: what else it asks for still counts.
pub(super) fn leave_certificates(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    let at = Pointer::root().child("components").child("securitySchemes");
    let Some(Value::Object(schemes)) = document.pointer_mut(at.as_str()) else {
        return;
    };
    let names = certificates(schemes);
    for name in &names {
        schemes.shift_remove(name);
        let message = format!(
            "`{name}` asks for a client certificate, which isn't a credential of a request"
        );
        let help = "give the client a transport that has the certificate";
        let diagnostic =
            Diagnostic::new(Code::UnsupportedSecurityScheme, at.child(name), message).help(help);
        diagnostics.push(diagnostic);
    }
    if !names.is_empty() {
        for requirement in requirements(document) {
            requirement.retain(|name, _| !names.contains(name));
        }
    }
}

/// The schemes that are certificates, and those that are other names for them.
fn certificates(schemes: &Map<String, Value>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    loop {
        let is_one = |scheme: &Value| {
            let target = scheme["$ref"].as_str();
            let target = target.and_then(|at| at.strip_prefix("#/components/securitySchemes/"));
            scheme["type"] == "mutualTLS"
                || target.is_some_and(|target| names.iter().any(|name| name == target))
        };
        let found: Vec<String> = schemes
            .iter()
            .filter(|(name, scheme)| !names.contains(name) && is_one(scheme))
            .map(|(name, _)| name.clone())
            .collect();
        if found.is_empty() {
            return names;
        }
        names.extend(found);
    }
}

/// Every requirement of the document and of its operations.
fn requirements(document: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Some(root) = document.as_object_mut() else {
        return Vec::new();
    };
    let mut lists = Vec::new();
    for (key, value) in root {
        match key.as_str() {
            "security" => lists.push(value),
            "paths" => lists.extend(lists_of_operations(value)),
            _ => {}
        }
    }
    lists
        .into_iter()
        .filter_map(Value::as_array_mut)
        .flatten()
        .filter_map(Value::as_object_mut)
        .collect()
}

fn lists_of_operations(paths: &mut Value) -> impl Iterator<Item = &mut Value> {
    let path_items = paths.as_object_mut().into_iter().flatten();
    path_items
        .filter_map(|(_, path_item)| path_item.as_object_mut())
        .flatten()
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
        .filter_map(|(_, operation)| operation.get_mut("security"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_else_a_requirement_asks_for_still_counts() {
        let mut document = json!({
            "security": [{ "certificate": [] }],
            "paths": {
                "/a": { "get": { "security": [{ "certificate": [], "token": [] }] }, "parameters": [] },
                "/b": { "get": "nothing" },
            },
            "components": { "securitySchemes": {
                "certificate": { "type": "mutualTLS" }, "token": { "type": "http", "scheme": "bearer" }, "odd": 1,
            } },
        });
        let mut diagnostics = Vec::new();
        leave_certificates(&mut document, &mut diagnostics);
        assert_eq!(document["security"], json!([{}]));
        assert_eq!(
            document["paths"]["/a"]["get"]["security"],
            json!([{ "token": [] }])
        );
        let schemes = document["components"]["securitySchemes"].as_object();
        assert!(schemes.is_some_and(|schemes| schemes.keys().eq(["token", "odd"])));
        let told: Vec<_> = diagnostics
            .iter()
            .map(|it| (it.code, it.at.as_str()))
            .collect();
        assert_eq!(
            told,
            [(
                Code::UnsupportedSecurityScheme,
                "/components/securitySchemes/certificate"
            )]
        );
    }
}
