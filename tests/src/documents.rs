//! Real documents: where they are, and which operations they have, told without the generator's help.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use generator::source::{Format, Source};
use serde_json::Value;

use crate::untyped::Untyped;

/// The verbs of a path item (OpenAPI 3.0.3, Path Item Object).
pub(crate) const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation: verb in capitals, and path template.
pub type Operation = (String, String);

/// Every OpenAPI document below a folder, sorted.
///
/// # Errors
///
/// Where a folder or file can't be read.
pub fn documents(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for path in files_below(folder)?.into_values() {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("json" | "yaml" | "yml")) && is_document(&path)? {
            found.push(path);
        }
    }
    Ok(found)
}

/// Every file below a folder by its path in it (forward slashes); none where there is no such folder.
///
/// # Errors
///
/// Where a folder can't be read.
pub fn files_below(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder)?.to_string_lossy();
                found.insert(name.replace('\\', "/"), path);
            }
        }
    }
    Ok(found)
}

/// A rough look, for reading all of it takes long.
fn is_document(path: &Path) -> Result<bool, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    Ok(text.contains("openapi\"") || text.starts_with("openapi") || text.contains("swagger\""))
}

/// A document as a bare value; path items that are files beside it stand in it.
///
/// # Errors
///
/// Where it is neither JSON nor YAML.
pub fn untyped(source: &Source) -> Result<Value, Box<dyn Error>> {
    let mut document = bare(source)?;
    let items = document.get_mut("paths").and_then(Value::as_object_mut);
    for (_, item) in items.into_iter().flatten() {
        let reference = item.get("$ref").and_then(Value::as_str).unwrap_or("");
        if let Some(file) = source.beside.get(reference.trim_start_matches("./")) {
            *item = bare(file)?;
        }
    }
    Ok(document)
}

fn bare(source: &Source) -> Result<Value, Box<dyn Error>> {
    let Untyped(value) = match source.format {
        Format::Json => serde_json::from_str(&source.text)?,
        Format::Yaml => serde_yaml::from_str(&source.text)?,
    };
    Ok(value)
}

/// Every operation below `paths`, in document order.
pub fn operations(document: &Value) -> Vec<Operation> {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten();
    items
        .flat_map(|(path, item)| {
            methods(document, item).map(move |method| (method.to_ascii_uppercase(), path.clone()))
        })
        .collect()
}

fn methods<'d>(document: &'d Value, item: &'d Value) -> impl Iterator<Item = &'d String> {
    let reference = item.get("$ref").and_then(Value::as_str);
    let item = reference
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?))
        .unwrap_or(item);
    let keys = item.as_object().into_iter().flatten().map(|(key, _)| key);
    keys.filter(|key| METHODS.contains(&key.as_str()))
}

/// How many operations are the service's to call: webhooks and callbacks.
pub fn calls_of_the_service(document: &Value) -> usize {
    let webhooks = document.get("webhooks").and_then(Value::as_object);
    let webhooks = webhooks.into_iter().flatten().map(|(_, item)| item);
    let paths = document.get("paths").and_then(Value::as_object);
    let operations = paths
        .into_iter()
        .flatten()
        .filter_map(|(_, item)| item.as_object())
        .flatten()
        .map(|(_, operation)| operation);
    let callbacks = operations
        .filter_map(|operation| operation.get("callbacks")?.as_object())
        .flatten()
        .filter_map(|(_, callback)| callback.as_object())
        .flatten()
        .map(|(_, item)| item);
    webhooks
        .chain(callbacks)
        .map(|item| methods(document, item).count())
        .sum()
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use super::*;

    #[test]
    fn operations_are_verbs_of_path_items_also_of_those_referred_to() {
        let document = serde_json::json!({
            "paths": {
                "/a": { "get": { "callbacks": { "done": { "{$url}": { "post": {} } } } }, "parameters": [] },
                "/b": { "$ref": "#/components/pathItems/b" }
            },
            "webhooks": { "ping": { "post": {} } },
            "components": { "pathItems": { "b": { "put": {}, "summary": "B" } } }
        });
        let expected =
            [("GET", "/a"), ("PUT", "/b")].map(|(method, path)| (method.into(), path.into()));
        assert_eq!(operations(&document), expected);
        assert_eq!(calls_of_the_service(&document), 2);
    }

    #[test]
    fn a_number_beyond_those_of_json_is_no_obstacle() {
        let text = "paths: { /a: { get: { x-least: -9223372036854776000, 200: 1 } } }";
        let document = untyped(&Source::new("spec.yaml", text)).expect("well-formed YAML");
        assert_eq!(operations(&document), [("GET".to_owned(), "/a".to_owned())]);
    }
}
