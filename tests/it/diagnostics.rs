//! Document in, text out: what is said of each document of `tests/diagnostics/`, with the configuration
//! beside it if there is one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use generator::config::Config;
use generator::diagnostic::{Code, Diagnostic};
use generator::load::{LoadError, LoadErrorKind};
use generator::plan::Placement;
use generator::source::Source;
use generator::{Failure, generate, render};
use similar::TextDiff;

const UPDATE: &str = "UPDATE_EXPECT=1 cargo test -p tests diagnostics";

#[test]
fn what_is_said_is_what_a_person_wants_to_read() {
    let mut failures = String::new();
    for path in documents() {
        let expected_path = expected_path(&path);
        let said = said(&path);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected_path, &said).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if said != expected {
            let name = expected_path.display().to_string();
            let diff = TextDiff::from_lines(&expected, &said);
            failures += &diff.unified_diff().header(&name, "said now").to_string();
        }
    }
    assert!(
        failures.is_empty(),
        "{failures}\nif that is better: {UPDATE}"
    );
}

#[test]
fn every_code_has_a_document_that_raises_it() {
    for code in Code::ALL {
        let path = folder().join(code.as_str()).with_extension("yaml");
        assert!(path.exists(), "write {}", path.display());
        match outcome(&path).1 {
            Ok(diagnostics) => assert!(
                diagnostics.iter().any(|one| one.code == *code),
                "{} doesn't raise it: {diagnostics:#?}",
                path.display()
            ),
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
}

/// `DIAGNOSTICS.md` has a line for each code, and no other.
#[test]
fn every_code_is_written_down() {
    let mut page = "# What is said of a document\n\n\
        Each message has a code, which stays the same, and the place that it is about. What can be told of a document \
        at all\ngives a crate that compiles; with `--deny-warnings`, a warning makes the run fail. An example of each \
        code is in\n[`tests/diagnostics`](tests/diagnostics), with what is printed.\n\n\
        `--format json` and `--format sarif` give the same codes to programs: JSON on stderr, an array for each \
        document; SARIF\n2.1.0 on stdout, for all of them.\n\n\
        | code | severity | when |\n|---|---|---|\n"
        .to_owned();
    for code in Code::ALL {
        page += &format!(
            "| <a id=\"{name}\"></a>[`{name}`](tests/diagnostics/{name}.txt) | {} | {} |\n",
            code.severity().as_str(),
            code.meaning(),
            name = code.as_str(),
        );
    }
    page += "\nThese end a run, or aren't about a document:\n\n| code | severity | when |\n|---|---|---|\n";
    let kinds = LoadErrorKind::ALL.map(|kind| (kind.as_str(), kind.meaning()));
    for (name, meaning) in kinds.into_iter().chain(render::sarif::OTHERS) {
        page += &format!("| <a id=\"{name}\"></a>`{name}` | error | {meaning} |\n");
    }
    let path = crate::fixtures::root().join("DIAGNOSTICS.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), page, "{UPDATE}");
}

#[test]
fn a_document_that_cannot_be_read_says_where_and_how_to_mend_it() {
    for path in documents() {
        let Err(error) = outcome(&path).1 else {
            continue;
        };
        let name = path.display();
        assert!(error.hint.is_some(), "{name} has no hint");
        let empty = error.message.contains("empty") || error.message.contains("null");
        assert!(error.span.is_some() || empty, "{name} has no place");
    }
}

#[test]
fn nothing_expected_is_left_without_its_document() {
    let expected: BTreeSet<PathBuf> = documents().iter().map(|path| expected_path(path)).collect();
    for path in files() {
        if path.extension().is_some_and(|extension| extension == "txt") {
            assert!(expected.contains(&path), "remove {}", path.display());
        }
    }
}

fn said(path: &Path) -> String {
    match outcome(path) {
        (source, Ok(diagnostics)) => render::text(&source, &diagnostics, false),
        (source, Err(error)) => render::load_error_text(&source, &error, false),
    }
}

fn outcome(path: &Path) -> (Source, Result<Vec<Diagnostic>, LoadError>) {
    let config = path.with_extension("toml");
    let config = match config.exists() {
        true => Config::read(&config).unwrap(),
        false => Config::default(),
    };
    let overlays = config.overlays.iter();
    let overlays = overlays.map(|path| named(Source::read_alone(path).unwrap()));
    let mut source = named(Source::read_overlaid(path, overlays.collect()).unwrap());
    for (name, file) in &mut source.beside {
        file.name.clone_from(name);
    }
    let result = match generate(&source, &config, &Placement::default()) {
        Ok(report) => Ok(report.diagnostics),
        Err(Failure::Unreadable(error)) => Err(error),
        Err(lost) => panic!("{}: {lost}", path.display()),
    };
    (source, result)
}

/// By the file's name alone, as nobody's folders belong into what is expected.
fn named(mut source: Source) -> Source {
    let name = Path::new(&source.name).file_name();
    source.name = name.unwrap().to_string_lossy().into_owned();
    source
}

/// `a.yaml` and `a.json` are two documents.
fn expected_path(document: &Path) -> PathBuf {
    match document.extension() {
        Some(extension) if extension == "json" => document.with_extension("json.txt"),
        _ => document.with_extension("txt"),
    }
}

fn documents() -> Vec<PathBuf> {
    let mut documents = files();
    documents.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
    });
    assert!(!documents.is_empty());
    documents
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics")
}
