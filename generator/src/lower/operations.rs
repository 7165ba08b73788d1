//! Operations: every one of the document becomes an [`Operation`] or a [`NotGenerated`].

use std::collections::HashSet;

use openapiv3::PathItem;

use super::{Lowering, idempotency};
use crate::api::{Api, Method, NotGenerated, Operation, Retry};
use crate::config::OperationConfig;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// An operation as it stands in the document.
pub(super) struct Found<'d> {
    /// Unique.
    pub(super) id: String,
    pub(super) method: Method,
    pub(super) path: &'d str,
    pub(super) path_item: &'d PathItem,
    pub(super) path_item_at: Pointer,
    pub(super) operation: &'d openapiv3::Operation,
    pub(super) at: Pointer,
}

impl<'d> Lowering<'d> {
    /// Reads every operation, and with it the schemas that it reaches.
    ///
    /// Ids of operations that could not be read are taken, too.
    pub(super) fn operations(&mut self, api: &mut Api, unreadable: &[NotGenerated]) {
        let mut ids: HashSet<String> = unreadable.iter().map(|one| one.id.clone()).collect();
        let document = self.document;
        for (path, item) in &document.paths.paths {
            let at = Pointer::root().child("paths").child(path);
            let Some((path_item, path_item_at)) = self.resolve_path_item(item, at.clone()) else {
                continue;
            };
            for (method, operation) in methods(path_item) {
                let at = path_item_at.child(&method.as_str().to_ascii_lowercase());
                let id = self.unique_id(operation, method, path, &at, &mut ids);
                let found = Found {
                    id,
                    method,
                    path,
                    path_item,
                    path_item_at: path_item_at.clone(),
                    operation,
                    at,
                };
                self.place(found, api);
            }
        }
        self.check_configuration(&ids);
    }

    /// Puts an operation where it belongs.
    fn place(&mut self, found: Found<'d>, api: &mut Api) {
        match self.why_not(&found) {
            Some(reason) => api.not_generated.push(NotGenerated {
                id: found.id,
                method: found.method,
                path: found.path.to_owned(),
                at: found.at,
                reason,
            }),
            None => {
                let operation = self.operation(found, api.operations.len());
                api.operations.push(operation);
                self.finish_schemas();
            }
        }
    }

    fn operation(&mut self, found: Found<'d>, index: usize) -> Operation {
        let base_url = self.own_base_url(&found);
        let parameters = self.parameters(&found, index);
        let body = self.request_body(&found, index);
        let success = self.success(&found, index);
        let errors = self.error_answers(&found, index);
        let security = self.security(found.operation, &found.at);
        let retry = self.retry(&found);
        let idempotency_key = idempotency::key(self.config, retry, &parameters);
        let operation = found.operation;
        Operation {
            id: found.id,
            method: found.method,
            path: found.path.to_owned(),
            at: found.at,
            tags: operation.tags.clone(),
            summary: operation
                .summary
                .clone()
                .or_else(|| found.path_item.summary.clone()),
            description: operation
                .description
                .clone()
                .or_else(|| found.path_item.description.clone()),
            documentation_url: operation
                .external_docs
                .as_ref()
                .map(|docs| docs.url.clone()),
            deprecated: operation.deprecated,
            parameters,
            body,
            success,
            errors,
            base_url,
            security,
            retry,
            idempotency_key,
            // Found when all schemas are read.
            paging: None,
        }
    }

    /// The operation's id; without one, method and path; the second of equals gets them added.
    fn unique_id(
        &mut self,
        operation: &openapiv3::Operation,
        method: Method,
        path: &str,
        at: &Pointer,
        ids: &mut HashSet<String>,
    ) -> String {
        let call = format!("{} {path}", method.as_str());
        let given = operation
            .operation_id
            .as_deref()
            .filter(|id| !id.trim().is_empty());
        let mut id = given.unwrap_or(&call).to_owned();
        if ids.contains(&id) {
            let taken = id.clone();
            while ids.contains(&id) {
                id = format!("{id} ({call})");
            }
            self.report(
                Code::DuplicateOperationId,
                &at.child("operationId"),
                format!("another operation has the id `{taken}`, too"),
                format!("this one is called `{id}`"),
            );
        }
        ids.insert(id.clone());
        id
    }

    fn configured(&self, id: &str) -> Option<&'d OperationConfig> {
        self.config.operations.get(id)
    }

    fn why_not(&mut self, found: &Found<'d>) -> Option<String> {
        if let Some(reason) = self
            .configured(&found.id)
            .and_then(|operation| operation.hide.clone())
        {
            return Some(reason);
        }
        if found.method != Method::Trace {
            return None;
        }
        let reason = "TRACE shows a request's own credentials to whoever reads the answer, and HTTP clients refuse it";
        self.report(
            Code::OperationNotGenerated,
            &found.at,
            format!("`{}` has no method", found.id),
            reason,
        );
        Some(reason.to_owned())
    }

    fn retry(&mut self, found: &Found<'d>) -> Retry {
        let by_method = match found.method {
            Method::Get | Method::Head | Method::Options | Method::Trace => Retry::Safe,
            Method::Put | Method::Delete => Retry::Idempotent,
            Method::Post | Method::Patch => Retry::Unsafe,
        };
        let configured = self
            .configured(&found.id)
            .and_then(|operation| operation.retry.as_deref());
        match configured {
            None => by_method,
            Some("safe") => Retry::Safe,
            Some("idempotent") => Retry::Idempotent,
            Some("unsafe") => Retry::Unsafe,
            Some(other) => {
                self.report(
                    Code::StaleConfiguration,
                    &Pointer::root(),
                    format!("`{other}` is no retry class of operation `{}`", found.id),
                    "write `safe`, `idempotent` or `unsafe`; the method decides as long",
                );
                by_method
            }
        }
    }

    fn check_configuration(&mut self, ids: &HashSet<String>) {
        for id in self.config.operations.keys() {
            if !ids.contains(id) {
                self.report(
                    Code::StaleConfiguration,
                    &Pointer::root(),
                    format!(
                        "the configuration names operation `{id}`, which the document doesn't have"
                    ),
                    "remove it from `[operations]`, or write the id that the operation has now",
                );
            }
        }
    }
}

fn methods(path_item: &PathItem) -> impl Iterator<Item = (Method, &openapiv3::Operation)> {
    [
        (Method::Get, &path_item.get),
        (Method::Put, &path_item.put),
        (Method::Post, &path_item.post),
        (Method::Delete, &path_item.delete),
        (Method::Options, &path_item.options),
        (Method::Head, &path_item.head),
        (Method::Patch, &path_item.patch),
        (Method::Trace, &path_item.trace),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}
