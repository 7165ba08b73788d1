//! Small documents, each naming a rule of where things stand and what they are called.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod configuration;
mod resources;
mod secrets;
mod type_names;

use std::fmt::Write;

use crate::Planned;
use crate::config::Config;
use crate::diagnostic::Report;
use crate::plan::Placement;
use crate::source::Source;

/// Plans a document given as YAML without its head.
fn planned(yaml: &str, config: &str) -> Report<Planned> {
    let config: Config = toml::from_str(config).unwrap();
    let head = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n";
    let source = Source::new("things.yaml", format!("{head}{yaml}"));
    crate::plan(&source, &config, &Placement::default())
        .map_err(|failure| failure.to_string())
        .unwrap()
}

/// A document of requests (`GET /things/{id}`), one a line; `: list` or `: one` says what is answered, `# tag` whose it is.
fn document(requests: &str) -> String {
    let mut yaml = String::from("paths:\n");
    for line in requests
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (line, tag) = line.split_once(" # ").unwrap_or((line, ""));
        let (request, answer) = line.split_once(": ").unwrap_or((line, "one"));
        let (method, path) = request.split_once(' ').unwrap();
        let parameters: Vec<String> = path
            .split('{')
            .skip(1)
            .filter_map(|text| text.split_once('}'))
            .map(|(name, _)| {
                format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}")
            })
            .collect();
        let schema = match answer {
            "list" => "{type: array, items: {type: string}}",
            _ => {
                "{type: object, properties: {color: {type: string}, size: {type: integer}, weight: {type: integer}}}"
            }
        };
        let tags = if tag.is_empty() {
            String::new()
        } else {
            format!("tags: ['{tag}'], ")
        };
        let method = method.to_lowercase();
        // A path may come again for another verb, which YAML doesn't allow; so each gets an item of its own.
        let key = format!("  '{path}':\n");
        if !yaml.contains(&key) {
            yaml.push_str(&key);
        }
        let at = yaml.find(&key).unwrap() + key.len();
        let operation = format!(
            "    {method}: {{{tags}parameters: [{}], responses: {{'200': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}}}}}\n",
            parameters.join(", ")
        );
        yaml.insert_str(at, &operation);
    }
    yaml
}

/// Where each request stands: `GET /things -> things.list`, in the order of paths.
fn stands(requests: &str, config: &str) -> String {
    let planned = planned(&document(requests), config).value;
    let inspection = crate::inspect::inspection(&planned);
    let mut text = String::new();
    for line in requests
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let request = line.split([':', '#']).next().unwrap().trim();
        let marked = line
            .split(": ")
            .next()
            .unwrap()
            .split(" # ")
            .next()
            .unwrap();
        let operation = inspection
            .operations
            .iter()
            .find(|operation| format!("{} {}", operation.method, operation.path) == marked)
            .unwrap_or_else(|| panic!("{request} is not generated"));
        let _ = writeln!(text, "{}.{}", operation.resource, operation.name);
    }
    text
}

/// Asserts where requests stand: each line is a request, `->` and its call.
#[track_caller]
fn assert_stands(lines: &str, config: &str) {
    let pairs: Vec<(&str, &str)> = lines
        .lines()
        .filter_map(|line| line.split_once("->"))
        .map(|(request, call)| (request.trim(), call.trim()))
        .collect();
    let requests: Vec<&str> = pairs.iter().map(|(request, _)| *request).collect();
    let expected: Vec<&str> = pairs.iter().map(|(_, call)| *call).collect();
    let found = stands(&requests.join("\n"), config);
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}

/// Every type of the crate, sorted.
fn types(planned: &Planned) -> Vec<String> {
    let krate = &planned.krate;
    let own = krate.all_resources().flat_map(|resource| &resource.types);
    let mut names: Vec<String> = krate
        .shared_types
        .iter()
        .chain(own)
        .map(|item| item.name().bare().to_owned())
        .collect();
    names.sort();
    names
}
