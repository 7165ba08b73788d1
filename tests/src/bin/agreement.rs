//! How near a resource tree is to a list of where operations stand in another SDK.
//!
//! `agreement SPEC METHODS [--config FILE] [--all]`, where METHODS is a JSON list of
//! `{"method": "POST", "path": "/things", "resource": "Things", "name": "New"}`. Case and underscores
//! aside, and `New` is `create`. An entry whose path begins with two parameters stands for each kind
//! of thing that may be there, and agrees where all of its operations do.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use generator::config::Config;
use generator::inspect::{InspectedOperation, inspection};
use generator::plan::Placement;
use generator::source::Source;
use serde::Deserialize;

const USAGE: &str = "usage: agreement SPEC METHODS [--config FILE] [--all]";

/// How many of the commonest differences are printed.
const PRINTED: usize = 30;

/// Where an operation stands in the other SDK.
#[derive(Debug, Deserialize)]
struct Listed {
    method: String,
    path: String,
    resource: String,
    name: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (spec, methods, config, all) =
        match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [spec, methods] => (spec, methods, None, false),
            [spec, methods, "--all"] => (spec, methods, None, true),
            [spec, methods, "--config", config] => (spec, methods, Some(config), false),
            [spec, methods, "--config", config, "--all"] => (spec, methods, Some(config), true),
            _ => return Err(USAGE.into()),
        };
    let config = match config {
        Some(path) => Config::read(Path::new(path))?,
        None => Config::default(),
    };
    let source = Source::read(Path::new(spec))?;
    let planned = generator::plan(&source, &config, &Placement::default())
        .map_err(|failure| failure.to_string())?
        .value;
    let listed: Vec<Listed> = serde_json::from_slice(&std::fs::read(methods)?)?;
    let report = compare(&inspection(&planned).operations, &listed);
    let mut out = std::io::stdout().lock();
    out.write_all(report.text(all).as_bytes())?;
    Ok(())
}

/// What was counted.
#[derive(Debug, Default)]
struct Agreement {
    both_have: usize,
    resource: usize,
    name: usize,
    both: usize,
    differences: Vec<Difference>,
}

#[derive(Debug)]
struct Difference {
    request: String,
    ours: (String, String),
    theirs: (String, String),
}

fn compare(operations: &[InspectedOperation], listed: &[Listed]) -> Agreement {
    let ours: HashMap<(String, String), &InspectedOperation> = operations
        .iter()
        .map(|operation| (key(operation.method, &operation.path), operation))
        .collect();
    let mut agreement = Agreement::default();
    for entry in listed {
        let found: Vec<&InspectedOperation> = requests(entry)
            .iter()
            .filter_map(|request| ours.get(request).copied())
            .collect();
        if found.is_empty() {
            continue;
        }
        let theirs = (plain(&entry.resource), method(&entry.name));
        let same_resource =
            |operation: &&InspectedOperation| plain(&operation.resource) == theirs.0;
        let same_name = |operation: &&InspectedOperation| method(&operation.name) == theirs.1;
        let (resource, name) = (found.iter().all(same_resource), found.iter().all(same_name));
        agreement.both_have += 1;
        agreement.resource += usize::from(resource);
        agreement.name += usize::from(name);
        agreement.both += usize::from(resource && name);
        let other = found
            .iter()
            .find(|operation| !same_resource(operation) || !same_name(operation));
        if let Some(operation) = other {
            agreement.differences.push(Difference {
                request: format!("{} {}", operation.method, operation.path),
                ours: (operation.resource.clone(), operation.name.clone()),
                theirs: (entry.resource.clone(), entry.name.clone()),
            });
        }
    }
    agreement
}

/// The requests that an entry stands for.
fn requests(entry: &Listed) -> Vec<(String, String)> {
    let (method, path) = key(&entry.method, &entry.path);
    match path.strip_prefix("/{}/{}") {
        Some(rest) => ["accounts", "zones"]
            .iter()
            .map(|scope| (method.clone(), format!("/{scope}/{{}}{rest}")))
            .collect(),
        None => vec![(method, path)],
    }
}

/// A request without the names of its parameters.
fn key(method: &str, path: &str) -> (String, String) {
    let mut text = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.trim_end_matches('/').chars() {
        match character {
            '{' => {
                inside = true;
                text.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            _ => text.push(character),
        }
    }
    (method.to_ascii_uppercase(), text)
}

/// In lower case, letters and digits and the dots between resources only.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric() || *character == '.')
        .flat_map(char::to_lowercase)
        .collect()
}

fn method(name: &str) -> String {
    let name = plain(name);
    if name == "new" {
        "create".to_owned()
    } else {
        name
    }
}

impl Agreement {
    fn text(&self, all: bool) -> String {
        let mut text = format!("{} operations are in both\n", self.both_have);
        for (what, count) in [
            ("the same resource", self.resource),
            ("the same method name", self.name),
            ("both", self.both),
        ] {
            let _ = writeln!(text, "{what:<21}{count:>6}  {:.1} %", self.percent(count));
        }
        for (title, counts) in [
            ("resources", self.resources()),
            ("method names", self.names()),
        ] {
            let _ = writeln!(text, "\nthe commonest differences of {title}");
            for ((ours, theirs), count) in counts.iter().take(PRINTED) {
                let _ = writeln!(text, "{count:>6}  {ours} is {theirs} there");
            }
        }
        if all {
            text.push_str("\nall differences\n");
            for difference in &self.differences {
                let (ours, theirs) = (&difference.ours, &difference.theirs);
                let _ = writeln!(
                    text,
                    "{}  {} {} is {} {} there",
                    difference.request, ours.0, ours.1, theirs.0, theirs.1
                );
            }
        }
        text
    }

    /// Per cent of all that both have.
    #[expect(clippy::cast_precision_loss, reason = "counts of operations are small")]
    fn percent(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.both_have.max(1) as f64
    }

    fn resources(&self) -> Vec<((String, String), usize)> {
        counted(
            self.differences
                .iter()
                .filter(|difference| plain(&difference.ours.0) != plain(&difference.theirs.0))
                .map(|difference| (difference.ours.0.clone(), difference.theirs.0.clone())),
        )
    }

    fn names(&self) -> Vec<((String, String), usize)> {
        counted(
            self.differences
                .iter()
                .filter(|difference| method(&difference.ours.1) != method(&difference.theirs.1))
                .map(|difference| (difference.ours.1.clone(), difference.theirs.1.clone())),
        )
    }
}

/// How often each stands there, the commonest first.
fn counted(pairs: impl Iterator<Item = (String, String)>) -> Vec<((String, String), usize)> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in pairs {
        *counts.entry(pair).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
