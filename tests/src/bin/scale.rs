//! What large documents take: a fixture's operations and schemas again and again under new names.
//!
//! `scale [MEGABYTES …]`, 5, 10 and 20 if none are given. Each runs in a process of its own, whose peak of memory
//! it prints where the system tells (Linux).

use std::error::Error;
use std::fs;
use std::process::Command;
use std::time::Instant;

use generator::config::Config;
use generator::generate;
use generator::plan::Placement;
use generator::source::Source;
use serde_json::{Map, Value, json};
use tests::damage::root;
use tests::memory;

/// What is repeated, below the project's root.
const FIXTURE: &str = "tests/golden/pets/spec.yaml";

/// Marks the process that does the work.
const WORK: &str = "--work";

#[allow(clippy::print_stdout, reason = "the result")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, megabytes] = arguments.as_slice()
        && mode == WORK
    {
        println!("{}", measured(megabytes.parse()?)?);
        return Ok(());
    }
    let sizes = match arguments.is_empty() {
        true => vec!["5".to_owned(), "10".to_owned(), "20".to_owned()],
        false => arguments,
    };
    for size in sizes {
        let mut work = Command::new(std::env::current_exe()?);
        if !work.args([WORK, &size]).status()?.success() {
            return Err(format!("{size} MB failed").into());
        }
    }
    Ok(())
}

fn measured(megabytes: usize) -> Result<String, Box<dyn Error>> {
    let source = Source::new("scale.json", document(megabytes << 20)?);
    let length = source.text.len();
    let start = Instant::now();
    let report = generate(&source, &Config::default(), &Placement::default())?;
    let took = start.elapsed().as_secs_f64();
    let bytes: usize = report.value.0.values().map(String::len).sum();
    Ok(format!(
        "{:.1} MB: {took:.2} s, {:.3} s a megabyte, peak {}, {} files of {:.1} MB",
        length as f64 / f64::from(1 << 20),
        took / (length as f64 / f64::from(1 << 20)),
        peak().unwrap_or_else(|| "unknown".to_owned()),
        report.value.0.len(),
        bytes as f64 / f64::from(1 << 20),
    ))
}

/// The fixture so often that its text is about so long.
fn document(length: usize) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(root()?.join(FIXTURE))?;
    let fixture: Value = serde_yaml::from_str(&text)?;
    let copies = length / serde_json::to_string(&fixture)?.len();
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for copy in 0..copies {
        let renamed = serde_json::to_string(&fixture)?.replace(
            "#/components/schemas/",
            &format!("#/components/schemas/Copy{copy}"),
        );
        let mut renamed: Value = serde_json::from_str(&renamed)?;
        for (path, mut item) in members(&mut renamed["paths"]) {
            for operation in item.as_object_mut().into_iter().flatten() {
                if let Some(id) = operation.1.get_mut("operationId") {
                    *id = json!(format!("{}Of{copy}", id.as_str().unwrap_or_default()));
                }
            }
            // A hundred resources at the top, as the largest services have.
            paths.insert(format!("/area{}/copy{copy}{path}", copy % 100), item);
        }
        for (name, schema) in members(&mut renamed["components"]["schemas"]) {
            schemas.insert(format!("Copy{copy}{name}"), schema);
        }
    }
    let mut document = fixture;
    document["paths"] = Value::Object(paths);
    document["components"]["schemas"] = Value::Object(schemas);
    Ok(serde_json::to_string(&document)?)
}

fn members(value: &mut Value) -> Map<String, Value> {
    match value.take() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn peak() -> Option<String> {
    let kilobytes = memory::peak().ok()? as f64;
    Some(format!("{:.0} MB", kilobytes / 1024.0))
}
