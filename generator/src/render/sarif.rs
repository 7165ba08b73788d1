//! What is said of a document as SARIF: a rule for each code, a result for each thing said.

use serde_json::{Value, json};

use crate::check::Difference;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::{LoadError, LoadErrorKind};
use crate::sarif;
use crate::source::Source;

/// Where the page with all codes is, from the project's root.
const PAGE: &str = "DIAGNOSTICS.md";

/// What is said of something else than a document.
pub const OTHERS: [(&str, &str); 2] = [
    (
        "drift",
        "`check` finds a file of the crate that isn't what the document says.",
    ),
    (
        "trouble",
        "The usage is wrong, or a file beside the document can't be read or written.",
    ),
];

/// What was said in a run. `done`: whether it could do its work.
pub fn log(results: &[Value], done: bool) -> String {
    let codes = Code::ALL
        .iter()
        .map(|code| (code.as_str(), code.meaning(), code.severity()));
    let kinds = LoadErrorKind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.meaning(), Severity::Error));
    let others = OTHERS.map(|(name, meaning)| (name, meaning, Severity::Error));
    let rules: Vec<Value> = codes
        .chain(kinds)
        .chain(others)
        .map(|(name, meaning, severity)| rule(name, meaning, severity))
        .collect();
    sarif::log("generator", &rules, results, done)
}

fn rule(name: &str, meaning: &str, severity: Severity) -> Value {
    let mut rule = json!({
        "id": name,
        "shortDescription": {"text": meaning},
        "help": {"text": format!("{meaning} See {PAGE}#{name}.")},
        "defaultConfiguration": {"level": severity.as_str()},
    });
    if let Some(uri) = help_uri(env!("CARGO_PKG_REPOSITORY"), name) {
        rule["helpUri"] = json!(uri);
    }
    rule
}

/// Absolute, as SARIF wants it (section 3.49.12), and so only where the repository has a place.
fn help_uri(repository: &str, name: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    (!repository.is_empty()).then(|| format!("{repository}/blob/HEAD/{PAGE}#{name}"))
}

/// One thing to know about a document.
pub fn diagnostic(source: &Source, diagnostic: &Diagnostic) -> Value {
    let location = match diagnostic.at.as_str() {
        // Of the document as a whole, or of its configuration.
        "" => sarif::place(&source.name, None),
        _ => sarif::node(source, &diagnostic.at),
    };
    let help = diagnostic.help.as_deref();
    let severity = diagnostic.code.severity();
    let mut result = result(
        diagnostic.code.as_str(),
        severity,
        &diagnostic.message,
        help,
    );
    result["locations"] = json!([location]);
    result
}

/// Why a document can't be read.
pub fn load_error(source: &Source, error: &LoadError) -> Value {
    let source = super::faulty(source, error);
    let place = |span: &crate::source::Span| {
        let length = source.text.get(span.range.clone()).unwrap_or("");
        let length = length.lines().next().unwrap_or("").chars().count();
        sarif::place(&source.name, Some((span.line, span.column, length)))
    };
    let mut result = result(
        error.kind.as_str(),
        Severity::Error,
        &error.message,
        error.hint.as_deref(),
    );
    let main = error.span.as_ref().map(place);
    result["locations"] = json!([main.unwrap_or_else(|| sarif::place(&source.name, None))]);
    if let Some(related) = &error.related {
        let mut location = place(&related.span);
        location["message"] = json!({"text": related.label});
        result["relatedLocations"] = json!([location]);
    }
    result
}

/// A file of the crate in `folder` that isn't what it should be.
pub fn drift(folder: &str, difference: &Difference) -> Value {
    let message = format!("{} {}", difference.path, difference.kind.phrase());
    let help = Some("run `generate`, and commit what it writes");
    let mut result = result("drift", Severity::Error, &message, help);
    let path = format!("{}/{}", folder.trim_end_matches('/'), difference.path);
    result["locations"] = json!([sarif::place(&path, None)]);
    result
}

/// Trouble that isn't the document's.
pub fn trouble(message: &str) -> Value {
    result("trouble", Severity::Error, message, None)
}

fn result(rule: &str, severity: Severity, message: &str, help: Option<&str>) -> Value {
    let text = match help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.to_owned(),
    };
    json!({"ruleId": rule, "level": severity.as_str(), "message": {"text": text}})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    #[test]
    fn a_rule_leads_to_its_line_where_the_repository_is_known() {
        let expected = "https://example.com/a/b/blob/HEAD/DIAGNOSTICS.md#drift";
        let uri = help_uri("https://example.com/a/b/", "drift");
        assert_eq!(uri.as_deref(), Some(expected));
        assert_eq!(help_uri("", "drift"), None);
    }

    #[test]
    fn a_diagnostic_has_its_line_its_pointer_and_its_help() {
        let source = Source::new("things.yaml", "paths:\n  /things: 1\n");
        let at = Pointer::parse("#/paths/~1things");
        let said = Diagnostic::new(Code::InvalidNode, at, "it is wrong").help("leave it out");
        let expected = json!({
            "ruleId": "invalid-node",
            "level": "warning",
            "message": {"text": "it is wrong\nhelp: leave it out"},
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": {"uri": "things.yaml"},
                    "region": {"startLine": 2, "startColumn": 3, "endColumn": 10},
                },
                "logicalLocations": [{"fullyQualifiedName": "#/paths/~1things"}],
            }],
        });
        assert_eq!(diagnostic(&source, &said), expected);
        let whole = Diagnostic::new(Code::StaleConfiguration, Pointer::root(), "it is stale");
        let place = diagnostic(&source, &whole)["locations"].take();
        let expected = json!([{"physicalLocation": {"artifactLocation": {"uri": "things.yaml"}}}]);
        assert_eq!(place, expected);
    }
}
