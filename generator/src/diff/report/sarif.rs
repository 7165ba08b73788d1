//! SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Compared;
use crate::diff::change::{Bump, Change};
use crate::diff::kind::Kind;

/// One run with a result for every change.
pub fn sarif(compared: &Compared<'_>) -> String {
    let diff = compared.diff;
    let rules: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| json!({"id": kind.as_str(), "shortDescription": {"text": kind.meaning()}}))
        .collect();
    let own = diff.changes.iter().map(|change| result(compared, change));
    let excused = diff.excused.iter().map(|excused| {
        let mut result = result(compared, &excused.change);
        result["suppressions"] = json!([{"kind": "external", "justification": excused.reason}]);
        result
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "generator diff",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "results": own.chain(excused).collect::<Vec<Value>>(),
        }],
    });
    // Texts and numbers always serialise.
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn result(compared: &Compared<'_>, change: &Change) -> Value {
    let level = match change.bump {
        Bump::Major => "error",
        Bump::Minor => "warning",
        Bump::Patch | Bump::None => "note",
    };
    let spot = compared
        .new_spot(change)
        .or_else(|| compared.old_spot(change));
    let locations: Vec<Value> = spot
        .iter()
        .map(|spot| {
            json!({"physicalLocation": {
                "artifactLocation": {"uri": uri(spot.file)},
                "region": {"startLine": spot.line, "startColumn": spot.column},
            }})
        })
        .collect();
    json!({
        "ruleId": change.kind.as_str(),
        "level": level,
        "message": {"text": format!("{} {}: {}", change.subject, change.what, change.why)},
        "locations": locations,
        "properties": {
            "group": change.group,
            "wire": change.wire.as_str(),
            "rust": change.rust.as_str(),
            "bump": change.bump.as_str(),
        },
    })
}

/// A path as a relative reference (RFC 3986, section 4.2): `main:a.yaml` is no URI with the scheme `main`.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_commit_is_no_uri_with_a_scheme() {
        assert_eq!(uri("specs/api.yaml"), "specs/api.yaml");
        assert_eq!(
            uri("origin/main:specs/größe 1.yaml"),
            "origin/main%3Aspecs/gr%C3%B6%C3%9Fe%201.yaml"
        );
        assert_eq!(uri("a\\b#c?d"), "a/b%23c%3Fd");
    }
}
