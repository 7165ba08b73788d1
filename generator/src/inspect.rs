//! The resource tree of a crate, for people and for other tools.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::Planned;
use crate::model::Resource;

/// What `inspect --format json` prints. Other tools count on it: keys are only ever added.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// One entry per operation of the document that has a method; twins have one each.
    pub operations: Vec<InspectedOperation>,
    /// The rest.
    pub not_generated: Vec<InspectedRest>,
}

/// An operation and its method.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct InspectedOperation {
    pub id: String,
    pub method: &'static str,
    pub path: String,
    pub resource: String,
    pub name: String,
    pub pointer: String,
    pub retry: &'static str,
    /// How its pages hang together, as the configuration calls it; none: it has no pages.
    pub paging: Option<&'static str>,
}

/// An operation without a method.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct InspectedRest {
    pub id: String,
    pub method: &'static str,
    pub path: String,
    pub pointer: String,
    pub reason: String,
}

/// Operations in document order.
pub fn inspection(planned: &Planned) -> Inspection {
    let mut methods = BTreeMap::new();
    for (resource, method) in planned.krate.methods() {
        for id in &method.ids {
            methods.insert(
                id.as_str(),
                (resource.dotted(), method.name.bare().to_owned()),
            );
        }
    }
    let operations = planned.api.operations.iter().filter_map(|operation| {
        let (resource, name) = methods.get(operation.id.as_str())?.clone();
        Some(InspectedOperation {
            id: operation.id.clone(),
            method: operation.method.as_str(),
            path: operation.path.clone(),
            resource,
            name,
            pointer: operation.at.to_string(),
            retry: operation.retry.as_str(),
            paging: operation.paging.as_ref().map(|paging| paging.next.as_str()),
        })
    });
    let rest = planned
        .krate
        .not_generated
        .iter()
        .map(|operation| InspectedRest {
            id: operation.id.clone(),
            method: operation.method.as_str(),
            path: operation.path.clone(),
            pointer: operation.at.to_string(),
            reason: operation.reason.clone(),
        });
    Inspection {
        operations: operations.collect(),
        not_generated: rest.collect(),
    }
}

/// The tree, drawn.
pub fn tree(planned: &Planned) -> String {
    let mut text = String::from("client\n");
    draw(&planned.krate.resources, 1, &mut text);
    if !planned.krate.not_generated.is_empty() {
        text.push_str("\nnot generated\n");
        for operation in &planned.krate.not_generated {
            let _ = writeln!(
                text,
                "  {} {}: {}",
                operation.method.as_str(),
                operation.path,
                operation.reason
            );
        }
    }
    text
}

fn draw(resources: &[Resource], depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for resource in resources {
        let _ = writeln!(text, "{indent}.{}()", resource.module);
        let width = resource
            .methods
            .iter()
            .map(|method| method.name.as_str().len())
            .max()
            .unwrap_or(0);
        for method in &resource.methods {
            let requests = method.requests.join(" | ");
            let _ = writeln!(
                text,
                "{indent}  .{:width$}  {requests}",
                method.name.as_str()
            );
        }
        draw(&resource.children, depth + 1, text);
    }
}
