//! What each command does.

use std::time::Instant;

use generator::diagnostic::Report;
use generator::files::Files;
use generator::model::Crate;
use generator::stamp::{Extent, Inputs, LastRun, Stamp};
use generator::write::Written;
use generator::{Planned, check, emit, explain, inspect, write};
use serde_json::json;

use super::checked::Checked;
use super::output::{Output, counted};
use super::target::Target;
use super::{Outcome, Trouble};

/// Writes every SDK, and says in a line each what it is and how long it took.
pub(crate) fn generate(
    targets: &[Target],
    dry_run: bool,
    output: &Output,
) -> Result<Outcome, Trouble> {
    let mut outcome = Outcome::Good;
    // Everything is made before anything is written.
    let mut made = Vec::with_capacity(targets.len());
    for target in targets {
        let start = Instant::now();
        let stamp = if dry_run { None } else { stamp(target) };
        let (run, files) = match stamp.as_ref().and_then(Stamp::last_run) {
            Some(last) => (last, None),
            None => {
                let (planned, files) = emitted(target, output)?;
                let run = LastRun {
                    extent: extent(&planned.value.krate, &files),
                    diagnostics: planned.diagnostics,
                };
                (run, Some(files))
            }
        };
        if output.diagnostics(&target.source, &run.diagnostics) {
            outcome = Outcome::Found;
        }
        made.push((target, stamp, run, files, start.elapsed()));
    }
    for (target, stamp, run, files, elapsed) in made {
        let start = Instant::now();
        let out = target.out()?;
        let (done, would_change) = match &files {
            None => (Written::default(), 0),
            Some(files) if dry_run => (Written::default(), check::check(files, out).len()),
            Some(files) => (write::write(files, out)?, 0),
        };
        if let (Some(stamp), Some(files)) = (stamp, &files) {
            stamp.keep(files, &run);
        }
        if output.is_json() {
            output.json(&json!({
                "folder": target.folder(),
                "operations": run.extent.operations,
                "methods": run.extent.methods,
                "types": run.extent.types,
                "files": run.extent.files,
                "written": done.written,
                "removed": done.removed,
                "would_change": would_change,
            }))?;
            continue;
        }
        let changes = match (done.written, done.removed) {
            _ if dry_run => format!("{} would change", counted(would_change, "file")),
            (0, 0) => "nothing changed".to_owned(),
            (written, 0) => format!("{written} written"),
            (written, removed) => format!("{written} written, {removed} removed"),
        };
        let seconds = (elapsed + start.elapsed()).as_secs_f64();
        output.summary(&format!(
            "{}: {} in {seconds:.2} s ({changes})",
            target.folder(),
            contents(&run.extent)
        ))?;
    }
    Ok(outcome)
}

/// Compares every SDK with what is on disk.
pub(crate) fn check(targets: &[Target], output: &Output) -> Result<Outcome, Trouble> {
    let mut outcome = Outcome::Good;
    for target in targets {
        let (planned, files) = emitted(target, output)?;
        if output.diagnostics(&target.source, &planned.diagnostics) {
            outcome = Outcome::Found;
        }
        let differences = check::check(&files, target.out()?);
        if !differences.is_empty() {
            outcome = Outcome::Found;
        }
        if output.is_sarif() {
            for difference in &differences {
                output.drift(&target.folder(), difference);
            }
            continue;
        }
        if output.is_json() {
            output.json(&Checked::of(target, &differences)?)?;
            continue;
        }
        if differences.is_empty() {
            output.summary(&format!(
                "{}: up to date ({})",
                target.folder(),
                contents(&extent(&planned.value.krate, &files))
            ))?;
            continue;
        }
        for difference in &differences {
            output.result(&difference.diff)?;
        }
        for difference in &differences {
            output.summary(&format!(
                "{}/{} {}",
                target.folder(),
                difference.path,
                difference.kind.phrase()
            ))?;
        }
        output.summary("run `cargo run -p generator` and commit what it writes")?;
    }
    Ok(outcome)
}

/// Shows the resource tree.
pub(crate) fn inspect(targets: &[Target], output: &Output) -> Result<Outcome, Trouble> {
    let mut outcome = Outcome::Good;
    for target in targets {
        let planned = {
            let _progress = output.progress(&target.source.name);
            plan(target, output)?
        };
        if output.is_json() {
            output.json(&inspect::inspection(&planned.value))?;
        } else if !output.is_sarif() {
            output.result(&inspect::tree(&planned.value))?;
        }
        if output.diagnostics(&target.source, &planned.diagnostics) {
            outcome = Outcome::Found;
        }
    }
    Ok(outcome)
}

/// Follows one operation; it may be in any of the SDKs.
pub(crate) fn explain(
    targets: &[Target],
    operation: &str,
    output: &Output,
) -> Result<Outcome, Trouble> {
    let mut near = Vec::new();
    for target in targets {
        let (planned, files) = emitted(target, output)?;
        let planned = planned.value;
        if let Some(text) = explain::explain(
            &target.source,
            &planned,
            &files,
            &target.folder(),
            operation,
        ) {
            output.result(&text)?;
            return Ok(Outcome::Good);
        }
        near.extend(
            explain::nearest(&planned, operation)
                .into_iter()
                .map(|id| format!("`{id}`")),
        );
    }
    let hint = if near.is_empty() {
        "`inspect` lists them".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Err(Trouble::Said(format!(
        "there is no operation `{operation}` with a method; {hint}"
    )))
}

/// What is decided of an SDK, and its files.
fn emitted(target: &Target, output: &Output) -> Result<(Report<Planned>, Files), Trouble> {
    let _progress = output.progress(&target.source.name);
    let planned = plan(target, output)?;
    let files = emit::emit(&planned.value.krate);
    Ok((planned, files))
}

fn plan(target: &Target, output: &Output) -> Result<Report<Planned>, Trouble> {
    let planned = generator::plan(&target.source, &target.config, &target.placement);
    planned.map_err(|failure| output.failure(&target.source, failure))
}

fn stamp(target: &Target) -> Option<Stamp> {
    Stamp::new(&Inputs {
        source: &target.source,
        config: &target.config,
        placement: &target.placement,
        folder: target.out.as_deref()?,
    })
}

fn extent(krate: &Crate, files: &Files) -> Extent {
    Extent {
        operations: krate.operations(),
        methods: krate.methods().count(),
        types: krate.types(),
        files: files.0.len(),
    }
}

fn contents(extent: &Extent) -> String {
    format!(
        "{} as {}, {}, {}",
        counted(extent.operations, "operation"),
        counted(extent.methods, "method"),
        counted(extent.types, "type"),
        counted(extent.files, "file")
    )
}
