//! SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.

use serde_json::{Value, json};

use crate::pointer::Pointer;
use crate::source::Source;

/// One run of a tool: `rules` are what it may say, `results` what it has said. `done`: whether it could do its work.
pub fn log(tool: &str, rules: &[Value], results: &[Value], done: bool) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": tool,
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": done}],
            "results": results,
        }],
    });
    // Texts and numbers always serialise.
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

/// Where a node stands, and the node itself; without a line where it has none.
pub(crate) fn node(source: &Source, at: &Pointer) -> Value {
    let span = source.locate(at);
    let holding = source.holding(at);
    let mut location = match span {
        Some(span) => {
            let marked = holding.text.get(span.range).unwrap_or("");
            let marked = marked.lines().next().unwrap_or("").chars().count();
            place(&holding.name, Some((span.line, span.column, marked)))
        }
        None => place(&holding.name, None),
    };
    location["logicalLocations"] = json!([{"fullyQualifiedName": at.to_string()}]);
    location
}

/// A place in a file: line, column and length in characters, the first two from 1.
pub(crate) fn place(file: &str, region: Option<(usize, usize, usize)>) -> Value {
    let mut place = json!({"artifactLocation": {"uri": uri(file)}});
    if let Some((line, column, length)) = region {
        place["region"] = json!({"startLine": line, "startColumn": column});
        if length > 0 {
            place["region"]["endColumn"] = json!(column + length);
        }
    }
    json!({"physicalLocation": place})
}

/// A path as a reference (RFC 3986, section 4.2): relative where the path is.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = match path.starts_with('/') {
        true => "file://".to_owned(),
        false => String::new(),
    };
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference_that_stays_within_its_folder() {
        assert_eq!(uri("specs/a b.yaml"), "specs/a%20b.yaml");
        assert_eq!(uri("main:specs/ä.yaml"), "main%3Aspecs/%C3%A4.yaml");
        assert_eq!(uri("specs\\a.yaml"), "specs/a.yaml");
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
        assert_eq!(uri("a\\b#c?d"), "a/b%23c%3Fd");
    }

    #[test]
    fn a_region_counts_characters_and_ends_with_its_line() {
        let source = Source::new("a.yaml", "ä: {ö: 1, üü: 2}\nb: >\n  text\n  more\n");
        let region = |at: &str| {
            let node = node(&source, &Pointer::parse(at));
            node["physicalLocation"]["region"].clone()
        };
        let expected = json!({"startLine": 1, "startColumn": 11, "endColumn": 13});
        assert_eq!(region("/ä/üü"), expected);
        let expected = json!({"startLine": 2, "startColumn": 1, "endColumn": 2});
        assert_eq!(region("/b"), expected);
    }
}
