//! No operation is lost on reading: what the text names is either in the document or listed as unreadable.

use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use serde_json::Value;

use crate::api::{Method, NotGenerated};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// An operation as the text names it.
pub(super) struct Named {
    id: String,
    method: Method,
    path: String,
    /// Beneath the path; the method, perhaps in capitals.
    key: String,
}

/// Every member of a path item that is called like a method.
pub(super) fn named(document: &Value) -> Vec<Named> {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.starts_with("x-"));
    let mut named = Vec::new();
    for (path, item) in items {
        for (key, operation) in item.as_object().into_iter().flatten() {
            let Some(method) = method(key) else {
                continue;
            };
            let id = operation.get("operationId").and_then(Value::as_str);
            named.push(Named {
                id: id.map_or_else(|| format!("{} {path}", method.as_str()), str::to_owned),
                method,
                path: path.clone(),
                key: key.clone(),
            });
        }
    }
    named
}

/// Those that the document doesn't have, with a diagnostic each.
pub(super) fn unreadable(
    named: Vec<Named>,
    openapi: &OpenAPI,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<NotGenerated> {
    let lost = named.into_iter().filter(|named| !is_in(named, openapi));
    lost.map(|named| not_generated(named, diagnostics))
        .collect()
}

fn is_in(named: &Named, openapi: &OpenAPI) -> bool {
    match openapi.paths.paths.get(&named.path) {
        Some(ReferenceOr::Item(item)) => has(item, &named.key),
        _ => false,
    }
}

/// As `PathItem::iter`, without its list.
fn has(item: &PathItem, key: &str) -> bool {
    let operation = match key {
        "get" => &item.get,
        "put" => &item.put,
        "post" => &item.post,
        "delete" => &item.delete,
        "options" => &item.options,
        "head" => &item.head,
        "patch" => &item.patch,
        "trace" => &item.trace,
        _ => &None,
    };
    operation.is_some()
}

fn not_generated(named: Named, diagnostics: &mut Vec<Diagnostic>) -> NotGenerated {
    let path = Pointer::root().child("paths").child(&named.path);
    let at = path.child(&named.key);
    let said = diagnostics
        .iter()
        .find(|said| said.at == at || said.at == path);
    let reason = match said {
        Some(said) => said.message.clone(),
        None => "it can't be read as an operation".to_owned(),
    };
    let message = format!("`{}` can't be generated: {reason}", named.id);
    let help = "it is listed as not generated; once it can be read, it gets a method";
    diagnostics.push(Diagnostic::new(Code::OperationNotGenerated, at.clone(), message).help(help));
    NotGenerated {
        id: named.id,
        method: named.method,
        path: named.path,
        at,
        reason,
    }
}

fn method(key: &str) -> Option<Method> {
    Some(match key.to_ascii_lowercase().as_str() {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        _ => return None,
    })
}

impl super::Document {
    /// How many operations the document has, those that can't be read included.
    pub fn operations(&self) -> usize {
        self.openapi.operations().count() + self.unreadable.len()
    }
}
