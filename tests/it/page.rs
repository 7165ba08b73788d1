//! The page of `diff --format html` in a real browser.

use std::fs;

use generator::diff::change::Diff;
use generator::diff::report::{self, Compared};
use tests::changes::{base, cases, reading, source};

use crate::browser::Browser;

/// A document with many changes at once, and what they are.
fn changes() -> (String, Diff) {
    let base = base().unwrap();
    let mut changed = base.clone();
    // Those that still fit after the ones before them.
    for (_, case) in cases().unwrap() {
        if let Ok(next) = case.apply(&changed)
            && reading(&source("next.json", &next).unwrap()).is_ok()
        {
            changed = next;
        }
    }
    changed["info"]["description"] = "<img src='https://example.com/a.png'>".into();
    let (old, new) = (
        source("old.json", &base).unwrap(),
        source("new.json", &changed).unwrap(),
    );
    let diff = generator::diff::diff(&reading(&old).unwrap(), &reading(&new).unwrap());
    let page = report::html(&Compared {
        diff: &diff,
        old: &old,
        new: &new,
    });
    (page, diff)
}

#[test]
fn the_page_shows_every_change_finds_them_and_asks_nobody() {
    let Some(mut browser) = Browser::start("the page of changes isn't opened") else {
        return;
    };
    let (page, diff) = changes();
    assert!(diff.changes.len() > 40, "{}", diff.changes.len());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("diff.html");
    fs::write(&file, page).unwrap();
    browser.open(&file);

    let visible = "[...document.querySelectorAll('article:not([hidden])')]";
    let all = browser.evaluate(&format!("{visible}.length"));
    assert_eq!(all, diff.changes.len());
    let text = browser.evaluate("document.body.textContent");
    let text = text.as_str().unwrap();
    for change in &diff.changes {
        let line = format!(
            "{} {} {}",
            change.subject,
            change.what,
            change.kind.as_str()
        );
        // What stands between backticks is code.
        let line = line.replace('`', "");
        assert!(text.contains(&line), "{line}");
    }

    // As typed: the page hears it.
    let search = |browser: &mut Browser, words: &str| {
        browser.evaluate(&format!(
            "(() => {{ const search = document.getElementById('search'); search.value = {words:?}; \
             search.dispatchEvent(new Event('input')); \
             return {visible}.map((node) => node.textContent); }})()"
        ))
    };
    let found = search(&mut browser, "PROPERTY-removed");
    let expected = diff.changes.iter();
    let expected = expected.filter(|one| one.kind.as_str() == "property-removed");
    let found = found.as_array().unwrap();
    assert!(!found.is_empty());
    assert_eq!(found.len(), expected.count());
    assert_eq!(
        search(&mut browser, "no such words")
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert_eq!(
        browser.evaluate("document.getElementById('shown').textContent"),
        format!("0 of {all}")
    );
    assert_eq!(
        search(&mut browser, "").as_array().unwrap().len(),
        diff.changes.len()
    );
    let majors = browser.evaluate(&format!(
        "(() => {{ const step = document.getElementById('step'); step.value = 'major'; \
         step.dispatchEvent(new Event('change')); return {visible}.length; }})()"
    ));
    let expected = diff
        .changes
        .iter()
        .filter(|one| one.bump.as_str() == "major");
    assert_eq!(majors, expected.count());

    assert_eq!(browser.errors(), Vec::<String>::new());
    let own = format!("file://{}", file.display());
    let mut requests = browser.requests();
    requests.retain(|url| *url != own && !url.starts_with("data:"));
    assert_eq!(requests, Vec::<String>::new());
}

/// What the test above relies on: a page that does either is found out.
#[test]
fn a_request_and_an_error_are_noticed() {
    let Some(mut browser) = Browser::start("a page that asks others isn't opened") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.html");
    let page = "<img src='http://127.0.0.1:9/a.png'><script>nothing.there();</script>";
    fs::write(&file, page).unwrap();
    browser.open(&file);
    assert!(
        browser
            .errors()
            .iter()
            .any(|error| error.contains("nothing is not defined"))
    );
    assert!(
        browser
            .requests()
            .iter()
            .any(|url| url == "http://127.0.0.1:9/a.png")
    );
}
