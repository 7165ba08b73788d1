//! What a document means: openapiv3 in, [`Api`] out.
//!
//! Servers, security schemes and operations are read in document order. A schema is lowered when an
//! operation first reaches it: it gets its id at once and its body later, from a queue, so that
//! recursive and deeply nested schemas need no recursion here.

mod all_of;
mod answers;
mod bodies;
mod envelope;
mod errors;
mod events;
mod facts;
mod formats;
mod forms;
mod idempotency;
mod listed;
mod media_types;
mod members;
mod operations;
mod own;
mod paging;
mod parameters;
mod references;
mod relations;
mod schemas;
mod secrets;
mod security;
mod servers;
mod styles;
mod tags;
mod unions;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use openapiv3::OpenAPI;
use serde_json::Value;

use self::facts::FactsCache;
use self::references::Elsewhere;
use self::schemas::Arena;
use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::load::Document;
use crate::pointer::Pointer;

/// Reads what a document means under a configuration.
///
/// Never fails: what can't be understood becomes a diagnostic and the nearest thing that can.
/// Every operation of the document is in `operations` or in `not_generated` of the answer.
pub fn lower(document: &Document, config: &Config) -> Report<Api> {
    let elsewhere = Elsewhere::gather(&document.value);
    let mut lowering = Lowering::new(document, config, &elsewhere);
    let mut api = lowering.head();
    lowering.operations(&mut api, &document.unreadable);
    api.not_generated
        .extend(document.unreadable.iter().cloned());
    api.schemas = lowering.arena.into_schemas();
    let mut diagnostics = lowering.diagnostics;
    paging::find(&mut api, config, &mut diagnostics);
    Report {
        value: api,
        diagnostics,
    }
}

/// What is known while a document is read.
struct Lowering<'d> {
    document: &'d OpenAPI,
    /// The same, as it was before openapiv3 read it.
    value: &'d Value,
    config: &'d Config,
    elsewhere: &'d Elsewhere,
    facts: FactsCache<'d>,
    arena: Arena<'d>,
    diagnostics: Vec<Diagnostic>,
    /// What was said where: a schema is looked at more than once.
    reported: HashSet<(Code, Pointer, String)>,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document, config: &'d Config, elsewhere: &'d Elsewhere) -> Self {
        Self {
            document: &document.openapi,
            value: &document.value,
            config,
            elsewhere,
            facts: FactsCache::default(),
            arena: Arena::default(),
            diagnostics: Vec::new(),
            reported: HashSet::new(),
        }
    }

    /// Everything but operations and schemas.
    fn head(&mut self) -> Api {
        let info = &self.document.info;
        let documentation_url = self
            .document
            .external_docs
            .as_ref()
            .map(|docs| docs.url.clone())
            .or_else(|| info.contact.as_ref()?.url.clone());
        Api {
            title: info.title.clone(),
            version: info.version.clone(),
            description: info.description.clone(),
            documentation_url,
            servers: servers::lower(&self.document.servers),
            security_schemes: self.security_schemes(),
            ..Api::default()
        }
    }

    /// Says something once.
    fn report(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let message = message.into();
        if self.reported.insert((code, at.clone(), message.clone())) {
            let diagnostic = Diagnostic::new(code, at.clone(), message).help(help);
            self.diagnostics.push(diagnostic);
        }
    }
}
