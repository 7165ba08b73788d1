//! One document generated, and its operations told apart by what became of them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::panic::catch_unwind;
use std::path::Path;

use generator::Planned;
use generator::config::Config;
use generator::files::Files;
use generator::plan::Placement;
use generator::source::Source;
use serde_json::Value;
use tests::documents::{calls_of_the_service, operations, untyped};

use crate::report::Row;

/// What a document comes to, and its crate where there is one.
pub(crate) fn account(name: &str, path: &Path) -> Result<(Row, Option<Files>), Box<dyn Error>> {
    let source = Source::read(path)?;
    let mut row = Row {
        document: name.to_owned(),
        bytes: source.text.len(),
        ..Row::default()
    };
    let document = match untyped(&source) {
        Ok(document) => document,
        Err(error) => {
            row.errors
                .push(format!("operations can't be counted: {error}"));
            return Ok((row, None));
        }
    };
    row.operations = operations(&document).len();
    let generated = catch_unwind(|| {
        let placement = Placement {
            source: name.to_owned(),
            ..Placement::default()
        };
        let planned = generator::plan(&source, &Config::default(), &placement)?.value;
        let files = generator::emit::emit(&planned.krate);
        Ok::<_, generator::Failure>((planned, files))
    });
    match generated {
        Ok(Ok((planned, files))) => {
            tell_apart(&document, &planned, &mut row);
            Ok((row, Some(files)))
        }
        Ok(Err(failure)) => {
            row.errors.push(failure.to_string());
            Ok((row, None))
        }
        Err(_) => {
            row.errors
                .push("the generator panicked, see above".to_owned());
            Ok((row, None))
        }
    }
}

/// Operations with a method, those listed with a reason, and those that nobody speaks of.
fn tell_apart(document: &Value, planned: &Planned, row: &mut Row) {
    let ids: BTreeSet<&String> = planned
        .krate
        .methods()
        .flat_map(|(_, method)| &method.ids)
        .collect();
    let with_method: BTreeSet<(&str, &str)> = planned
        .api
        .operations
        .iter()
        .filter(|operation| ids.contains(&operation.id))
        .map(|operation| (operation.method.as_str(), operation.path.as_str()))
        .collect();
    let listed: BTreeMap<(&str, &str), &str> = planned
        .krate
        .not_generated
        .iter()
        .map(|listed| {
            let key = (listed.method.as_str(), listed.path.as_str());
            (key, listed.reason.as_str())
        })
        .collect();
    for (method, path) in operations(document) {
        let key = (method.as_str(), path.as_str());
        if with_method.contains(&key) {
            row.callable += 1;
        } else if let Some(reason) = listed.get(&key) {
            let why = format!("{method}: {reason}");
            *row.not_generated.entry(why).or_default() += 1;
        } else {
            row.errors.push(format!("{method} {path} is lost"));
        }
    }
    row.calls_of_the_service = calls_of_the_service(document);
}
