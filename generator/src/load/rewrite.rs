//! Rules that turn what documents say into what OpenAPI 3.0 wants, before anything is typed.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::certificates::leave_certificates;
use super::check::kind_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Changes a document, and says what it changed.
type Rule = fn(&mut Value, &mut Vec<Diagnostic>);

/// In this order.
const RULES: &[Rule] = &[
    complete_info,
    root_paths,
    lower_case_methods,
    unshadow_operations,
    add_missing_responses,
    respell_statuses,
    tell_calls_of_the_service,
    leave_certificates,
];

/// The methods that a path item can have (OpenAPI 3.0.3, Path Item Object).
pub(super) const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What is done with the second of two that are the same but for their spelling. It stays under its own
/// spelling, where it is found again when operations are counted.
const TWICE: &str = "remove one of the two; this one is left out";

/// Applies every rule.
pub(super) fn rewrite(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    for rule in RULES {
        rule(document, diagnostics);
    }
}

/// `info` has a title and a version, which are texts.
fn complete_info(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    let Some(root) = document.as_object_mut() else {
        return;
    };
    let at = Pointer::root().child("info");
    let info = root.entry("info").or_insert(Value::Null);
    if !info.is_object() {
        let message = format!("`info` must be an object, and is {}", absent_or_kind(info));
        let help = "it is read as if it said nothing";
        diagnostics.push(Diagnostic::new(Code::InvalidNode, at.clone(), message).help(help));
        *info = json!({});
    }
    let Some(info) = info.as_object_mut() else {
        return;
    };
    for (key, assumed) in [("title", "API"), ("version", "0.0.0")] {
        let text = match info.get(key) {
            Some(Value::String(_)) => continue,
            Some(Value::Number(number)) => number.to_string(),
            _ => assumed.to_owned(),
        };
        let found = absent_or_kind(info.get(key).unwrap_or(&Value::Null));
        let message = format!("`{key}` of the document must be a text, and is {found}");
        let help = format!("it is read as \"{text}\"");
        diagnostics.push(Diagnostic::new(Code::InvalidNode, at.child(key), message).help(help));
        info.insert(key.to_owned(), Value::String(text));
    }
}

/// Every path begins with a slash; openapiv3 passes over those that don't.
fn root_paths(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    let rooted = |path: &str| path.starts_with('/') || path.starts_with("x-");
    if paths.keys().all(|path| rooted(path)) {
        return;
    }
    let found = std::mem::take(paths);
    let spelled: HashSet<String> = found.keys().cloned().collect();
    for (path, item) in found {
        if rooted(&path) {
            paths.insert(path, item);
            continue;
        }
        let at = Pointer::root().child("paths").child(&path);
        let respelled = format!("/{path}");
        let twice = spelled.contains(&respelled);
        let (message, help) = if twice {
            (
                format!("the path `{path}` is there twice, once with a slash"),
                TWICE.to_owned(),
            )
        } else {
            (
                format!("the path `{path}` doesn't begin with a slash"),
                format!("it is read as `{respelled}`"),
            )
        };
        diagnostics.push(Diagnostic::new(Code::InvalidNode, at, message).help(help));
        paths.insert(if twice { path } else { respelled }, item);
    }
}

/// Methods are spelled in lower case; openapiv3 passes over others.
fn lower_case_methods(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    each_path_item(document, |item, at| {
        let respelled = |key: &str| {
            let method = key.to_ascii_lowercase();
            (method != key && METHODS.contains(&method.as_str())).then_some(method)
        };
        if !item.keys().any(|key| respelled(key).is_some()) {
            return;
        }
        let found = std::mem::take(item);
        let spelled: HashSet<String> = found.keys().cloned().collect();
        for (key, operation) in found {
            let Some(method) = respelled(&key) else {
                item.insert(key, operation);
                continue;
            };
            let twice = spelled.contains(&method) || item.contains_key(&method);
            let (message, help) = if twice {
                (
                    format!("the method `{method}` is there twice, once as `{key}`"),
                    TWICE.to_owned(),
                )
            } else {
                (
                    format!("the method `{key}` isn't in lower case"),
                    format!("it is read as `{method}`"),
                )
            };
            diagnostics
                .push(Diagnostic::new(Code::InvalidNode, at.child(&key), message).help(help));
            item.insert(if twice { key } else { method }, operation);
        }
    });
}

/// A path item with a `$ref` is read as nothing else, which would hide the operations beside it.
fn unshadow_operations(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    each_path_item(document, |item, at| {
        if METHODS.iter().any(|method| item.contains_key(*method))
            && item.shift_remove("$ref").is_some()
        {
            let message = "the path item has operations beside its `$ref`";
            let help = "the `$ref` is passed over";
            diagnostics
                .push(Diagnostic::new(Code::InvalidNode, at.child("$ref"), message).help(help));
        }
    });
}

/// Every operation has `responses`.
fn add_missing_responses(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    each_operation(document, |operation, at| {
        if operation.get("responses").is_none_or(Value::is_null) {
            let message = "the operation has no `responses`";
            let help = "its answers are read as if they had no body";
            diagnostics.push(Diagnostic::new(Code::InvalidNode, at.clone(), message).help(help));
            operation.insert("responses".to_owned(), json!({}));
        }
    });
}

/// Answers are named by a status, a range in capitals, or `default`; openapiv3 passes over others.
fn respell_statuses(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    each_operation(document, |operation, at| {
        let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        else {
            return;
        };
        if responses
            .keys()
            .all(|key| status(key).as_deref() == Some(key))
        {
            return;
        }
        let at = at.child("responses");
        let found = std::mem::take(responses);
        let spelled: HashSet<String> = found.keys().cloned().collect();
        for (key, response) in found {
            let message = match status(&key) {
                Some(status)
                    if status == key
                        || !(spelled.contains(&status) || responses.contains_key(&status)) =>
                {
                    responses.insert(status, response);
                    continue;
                }
                Some(status) => format!("`{key}` and `{status}` are the same"),
                None => format!("`{key}` is no status, range of statuses or `default`"),
            };
            let help = "write a status as \"200\" or \"4XX\"; this answer is passed over";
            diagnostics
                .push(Diagnostic::new(Code::InvalidNode, at.child(&key), message).help(help));
        }
    });
}

/// Webhooks and callbacks are called by the service: a client has no method for them.
fn tell_calls_of_the_service(document: &mut Value, diagnostics: &mut Vec<Diagnostic>) {
    let mut tell = |at: Pointer, message: String| {
        let help = "it is left out: answer it with your own HTTP server";
        diagnostics.push(Diagnostic::new(Code::CallOfTheService, at, message).help(help));
    };
    let webhooks = document.get("webhooks").and_then(Value::as_object);
    for (name, _) in webhooks.into_iter().flatten() {
        let at = Pointer::root().child("webhooks").child(name);
        tell(at, format!("the service calls the webhook `{name}`"));
    }
    each_operation(document, |operation, at| {
        let callbacks = operation.get("callbacks").and_then(Value::as_object);
        for (name, _) in callbacks.into_iter().flatten() {
            let at = at.child("callbacks").child(name);
            tell(at, format!("the service calls `{name}` back"));
        }
    });
}

/// How OpenAPI spells the key of an answer; none if it isn't one.
fn status(key: &str) -> Option<String> {
    let respelled = match key.to_ascii_uppercase().as_str() {
        "DEFAULT" => "default".to_owned(),
        _ if key.starts_with("x-") => key.to_owned(),
        range => range.to_owned(),
    };
    let valid = match respelled.as_bytes() {
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'X', b'X'] => true,
        _ => respelled == "default" || respelled.starts_with("x-"),
    };
    valid.then_some(respelled)
}

fn each_path_item(document: &mut Value, mut visit: impl FnMut(&mut Map<String, Value>, &Pointer)) {
    let at = Pointer::root().child("paths");
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for (path, item) in paths.iter_mut().filter(|(path, _)| path.starts_with('/')) {
        if let Some(item) = item.as_object_mut() {
            visit(item, &at.child(path));
        }
    }
}

fn each_operation(document: &mut Value, mut visit: impl FnMut(&mut Map<String, Value>, &Pointer)) {
    each_path_item(document, |item, at| {
        for method in METHODS {
            if let Some(operation) = item.get_mut(*method).and_then(Value::as_object_mut) {
                visit(operation, &at.child(method));
            }
        }
    });
}

fn absent_or_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "missing",
        other => kind_of(other),
    }
}

#[cfg(test)]
#[path = "rewrite_tests.rs"]
mod tests;
