//! What callers are told of breaks: every change of `tests/changes` that breaks them is in the guide,
//! with code that is Rust.

use generator::bump::Release;
use generator::diff::change::{Bump, Rust};
use tests::changes::{base, cases, reading, source};

#[test]
fn every_break_has_its_section_and_the_code_in_it_is_rust() {
    let base = base().unwrap();
    let old = reading(&source("base.json", &base).unwrap()).unwrap();
    let mut with_code = 0;
    for (file, case) in cases().unwrap() {
        let new = source("case.json", &case.apply(&base).unwrap()).unwrap();
        let diff = generator::diff::diff(&old, &reading(&new).unwrap());
        let release = Release::new(&diff, "0.1.0", "2026-05-05");
        let guide = release.migration(None);
        assert_eq!(
            guide.is_some(),
            diff.bump == Bump::Major,
            "{file}: {}",
            case.case
        );
        let Some(guide) = guide else {
            continue;
        };
        let breaks = diff.changes.iter().filter(|one| one.bump == Bump::Major);
        assert_eq!(
            guide.matches("\n### ").count(),
            breaks.clone().count(),
            "{guide}"
        );
        let code = code(&guide);
        let needs_code = breaks.filter(|one| one.rust == Rust::CompileTime).count();
        assert!(code.len() >= needs_code, "{file}: {}\n{guide}", case.case);
        for block in code {
            // What a function holds, which may await.
            let function = format!("async fn caller() {{\n{block}\n}}");
            assert!(
                syn::parse_file(&function).is_ok(),
                "{file}: {}\n{block}",
                case.case
            );
            with_code += 1;
        }
    }
    assert!(with_code > 60, "{with_code}");
}

#[test]
fn a_rename_is_shown_before_and_after() {
    let base = base().unwrap();
    let old = reading(&source("base.json", &base).unwrap()).unwrap();
    let mut changed = base;
    let address = changed
        .pointer_mut("/components/schemas/Address/properties")
        .unwrap();
    let line = address
        .as_object_mut()
        .unwrap()
        .shift_remove("line")
        .unwrap();
    address["line_1"] = line;
    let new = reading(&source("new.json", &changed).unwrap()).unwrap();
    let diff = generator::diff::diff(&old, &new);
    let guide = Release::new(&diff, "0.1.0", "2026-05-05").migration(None);
    let guide = guide.unwrap();
    assert!(
        guide.contains(
            "```rust\n// Before, 0.1.0:\nlet value: types::Address;\nlet line: Option<String> = value.line;\n\n\
             // After, 0.2.0:\nlet value: types::Address;\nlet line_1: Option<String> = value.line_1;\n```\n"
        ),
        "{guide}"
    );
}

/// What stands between the fences of Rust.
fn code(guide: &str) -> Vec<&str> {
    let blocks = guide.split("```rust\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .collect()
}
