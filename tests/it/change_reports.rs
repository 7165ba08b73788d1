//! How a comparison is shown, and what was agreed to.

use generator::diff::change::Diff;
use generator::diff::ignore::Agreed;
use generator::diff::report::{self, Compared};
use generator::source::Source;
use serde_json::{Value, json};
use tests::changes::{base, reading, source};

use crate::published::assert_fits;

/// A document, and one in which a property went, an operation came and a description changed.
struct Pair {
    old: Source,
    new: Source,
    diff: Diff,
}

impl Pair {
    fn new() -> Self {
        let base = base().unwrap();
        let mut changed = base.clone();
        let pet = changed
            .pointer_mut("/components/schemas/Pet/properties")
            .unwrap();
        pet.as_object_mut().unwrap().shift_remove("weight");
        changed["paths"]["/vets"]["get"] = json!({"responses": {"204": {"description": "Done."}}});
        changed["info"]["description"] = json!("<script>alert('@all')</script>");
        let old = source("old.json", &base).unwrap();
        let new = source("new.json", &changed).unwrap();
        let diff = generator::diff::diff(&reading(&old).unwrap(), &reading(&new).unwrap());
        Self { old, new, diff }
    }

    fn compared(&self) -> Compared<'_> {
        Compared {
            diff: &self.diff,
            old: &self.old,
            new: &self.new,
        }
    }
}

#[test]
fn text_names_every_change_with_its_place_and_the_step_of_the_version() {
    let text = report::text(&Pair::new().compared());
    for part in [
        "! `Pet.weight` was removed [property-removed]",
        "wire: breaks answers; Rust: breaks callers at compile time",
        "- pets::Pet.weight: Option<f64>",
        "at old.json:",
        "+ `GET /vets` was added [operation-added]",
        "version: major step (0.1.0 -> 0.2.0)",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn json_is_what_its_schema_says() {
    let text = report::json(&Pair::new().compared());
    let shown: Value = serde_json::from_str(&text).unwrap();
    assert_fits("diff", &shown);
    assert_eq!(shown["changes"].as_array().unwrap().len(), 3);
    let removed = &shown["changes"].as_array().unwrap()[1];
    assert_eq!(
        removed["old"]["pointer"],
        "#/components/schemas/Pet/properties/weight"
    );
    assert_eq!(removed["new"], Value::Null);
}

#[test]
fn markdown_sums_up_first_and_folds_the_rest() {
    let text = report::markdown(&Pair::new().compared());
    assert!(
        text.starts_with("### The SDK needs a major step: 0.1.0 -> 0.2.0\n"),
        "{text}"
    );
    assert!(text.contains("- `Pet.weight` was removed\n"), "{text}");
    assert!(
        text.contains("<details><summary><code>pets</code> (1, 1 of them break callers)</summary>")
    );
    // In a code span nothing means anything; elsewhere they would.
    let outside: String = text.split('`').step_by(2).collect();
    assert!(text.contains("<script>alert('@all')"), "{text}");
    assert!(!outside.contains("<script>"), "{text}");
    assert!(!outside.contains("@all"), "{text}");
}

#[test]
fn github_gets_a_line_for_what_callers_notice() {
    let text = report::github(&Pair::new().compared());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines.iter().any(|line| line.starts_with(
        "::warning file=new.json,line=1,title=property-removed (breaks callers at compile time)::"
    )));
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("::notice file=new.json,line="))
    );
    assert_eq!(lines[2], "::notice title=SDK::major step: 0.1.0 -> 0.2.0");
}

#[test]
fn sarif_has_a_result_for_every_change_and_a_rule_for_every_kind() {
    let log: Value = serde_json::from_str(&report::sarif(&Pair::new().compared())).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
    }
}

#[test]
fn the_page_has_every_change_and_asks_nobody_for_anything() {
    let page = report::html(&Pair::new().compared());
    for part in [
        "Pet.weight",
        "GET /vets",
        "property-removed",
        "id=\"search\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(
        !page.contains("<script>alert"),
        "words of a document became code"
    );
    assert!(!page.contains("http://") && !page.contains("https://"));
}

#[test]
fn an_agreed_change_is_told_with_its_reason_and_fails_nothing() {
    let mut pair = Pair::new();
    let agreed = Agreed::parse(
        r##"
        [[ignore]]
        kind = "property-removed"
        at = "#/components/schemas/Pet/*"
        reason = "nobody used it"
        until = "2030-01-01"

        [[ignore]]
        kind = "operation-added"
        reason = "long gone"
        until = "2020-01-01"

        [[ignore]]
        kind = "server-changed"
        reason = "never was"
        "##,
    );
    let warnings = agreed.unwrap().apply(&mut pair.diff, "2026-05-05");
    assert_eq!(
        warnings,
        [
            "the entry for \"long gone\" ended on 2020-01-01 and doesn't count",
            "the entry for \"never was\" fits no change",
        ]
    );
    assert_eq!(pair.diff.changes.len(), 2);
    let text = report::text(&pair.compared());
    assert!(text.contains("agreed: `Pet.weight` was removed [property-removed]: nobody used it"));
}
