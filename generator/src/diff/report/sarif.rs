//! SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.

use serde_json::{Value, json};

use super::Compared;
use crate::diff::change::{Bump, Change};
use crate::diff::kind::Kind;
use crate::sarif;

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
    let results: Vec<Value> = own.chain(excused).collect();
    sarif::log("generator diff", &rules, &results, true)
}

fn result(compared: &Compared<'_>, change: &Change) -> Value {
    let level = match change.bump {
        Bump::Major => "error",
        Bump::Minor => "warning",
        Bump::Patch | Bump::None => "note",
    };
    let spot = compared
        .new_spot(change)
        .map(|spot| (compared.new, spot.pointer))
        .or_else(|| Some((compared.old, compared.old_spot(change)?.pointer)));
    let locations: Vec<Value> = spot
        .iter()
        .map(|(source, at)| sarif::node(source, at))
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
