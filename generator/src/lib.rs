//! Turns an OpenAPI description into a Rust SDK.
//!
//! One way through the house:
//!
//! ```text
//! load   text -> value -> document, with the place of every node
//! lower  document -> Api      what does it mean?         wire names and JSON pointers, no Rust
//! plan   Api -> Crate         how do we say it in Rust?  every identifier final, no OpenAPI
//! emit   Crate -> Files       templates, quote, prettyplease; cannot fail, decides nothing
//! write  Files -> disk        or `check`, which compares
//! ```
//!
//! Beside it, [`mod@diff`] compares two documents that were planned, and [`bump`] tells callers of it.

pub mod api;
pub mod bump;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod explain;
pub mod files;
pub mod inspect;
pub mod load;
pub mod lower;
mod media_type;
pub mod model;
pub mod origin;
pub mod plan;
pub mod pointer;
pub mod render;
pub mod sarif;
pub mod source;
pub mod stamp;
pub mod write;

use std::fmt;

use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Files;
use crate::load::LoadError;
use crate::model::Crate;
use crate::plan::Placement;
use crate::source::Source;

/// What is known of a document after it is planned.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What it means.
    pub api: Api,
    /// What we say in Rust.
    pub krate: Crate,
}

/// A document read and planned, with its text: what can be compared with another.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it means and what we say in Rust.
    pub planned: Planned,
    /// Its text as a value, in the form of OpenAPI 3.0.
    pub value: serde_json::Value,
    /// Where a node of `value` stands in the text that was read.
    pub originals: load::Originals,
}

/// Why there is no crate.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The document can't be read.
    Unreadable(LoadError),
    /// The generator lost operations on its way: a mistake of ours.
    Lost {
        /// In the document.
        operations: usize,
        /// With a method, or listed as not generated.
        accounted: usize,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(formatter),
            Self::Lost {
                operations,
                accounted,
            } => write!(
                formatter,
                "the document has {operations} operations, but only {accounted} of them came through; \
                 this is a mistake in the generator: please report it with the document"
            ),
        }
    }
}

impl std::error::Error for Failure {}

/// Reads a document and decides everything about its crate.
///
/// # Errors
///
/// Where the document can't be read at all; anything less is a diagnostic.
pub fn plan(
    source: &Source,
    config: &Config,
    placement: &Placement,
) -> Result<Report<Planned>, Failure> {
    let document = load::load(source).map_err(Failure::Unreadable)?;
    let api = meaning(&document.value, config);
    let operations = document.value.operations();
    // The largest value of all, and of no use any more: to give it back takes time.
    rayon::spawn(move || drop(document.value));
    planned(operations, document.diagnostics, api, config, placement)
}

/// As [`plan()`], and keeps the text's own values, so that two documents can be compared.
///
/// # Errors
///
/// As [`plan()`].
pub fn read(
    source: &Source,
    config: &Config,
    placement: &Placement,
) -> Result<Report<Reading>, Failure> {
    let document = load::load(source).map_err(Failure::Unreadable)?;
    let api = meaning(&document.value, config);
    let operations = document.value.operations();
    let planned = planned(operations, document.diagnostics, api, config, placement)?;
    Ok(Report {
        value: Reading {
            planned: planned.value,
            originals: document.value.originals,
            value: document.value.value,
        },
        diagnostics: planned.diagnostics,
    })
}

fn meaning(document: &load::Document, config: &Config) -> Report<Api> {
    let mut api = lower::lower(document, config);
    tell_places_of_the_text(document, &mut api);
    api
}

fn planned(
    operations: usize,
    mut diagnostics: Vec<Diagnostic>,
    api: Report<Api>,
    config: &Config,
    placement: &Placement,
) -> Result<Report<Planned>, Failure> {
    let krate = plan::plan(&api.value, config, placement);
    account(operations, &api.value, &krate.value)?;
    diagnostics.extend(api.diagnostics);
    diagnostics.extend(krate.diagnostics);
    Ok(Report {
        value: Planned {
            api: api.value,
            krate: krate.value,
        },
        diagnostics,
    })
}

/// Makes the files of a document's crate. Pure: the same input gives the same bytes.
///
/// # Errors
///
/// As [`plan()`].
pub fn generate(
    source: &Source,
    config: &Config,
    placement: &Placement,
) -> Result<Report<Files>, Failure> {
    let planned = plan(source, config, placement)?;
    Ok(Report {
        value: emit::emit(&planned.value.krate),
        diagnostics: planned.diagnostics,
    })
}

/// A document that was converted on reading has its schemas elsewhere than its text.
fn tell_places_of_the_text(document: &load::Document, api: &mut Report<Api>) {
    for schema in &mut api.value.schemas {
        schema.at = document.original(&schema.at);
        if let api::Shape::Object(object) = &mut schema.shape {
            for property in &mut object.properties {
                property.at = document.original(&property.at);
            }
        }
    }
    for diagnostic in &mut api.diagnostics {
        diagnostic.at = document.original(&diagnostic.at);
    }
}

/// Nothing is dropped in silence: what the document has is in a method or in the list of the rest.
fn account(operations: usize, api: &Api, krate: &Crate) -> Result<(), Failure> {
    let operations = operations.max(api.operations.len() + api.not_generated.len());
    let accounted = krate.operations() + krate.not_generated.len();
    if accounted < operations {
        Err(Failure::Lost {
            operations,
            accounted,
        })
    } else {
        Ok(())
    }
}
