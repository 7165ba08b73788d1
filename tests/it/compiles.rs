//! Emitted crates as cargo sees them: they compile, lint, format and document without a warning.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

use generator::config::Config;
use generator::files::Files;
use generator::plan::Placement;
use generator::source::Source;

use crate::fixtures::{Golden, corpus, files_below, root};

#[test]
fn small_crates_have_no_warning() {
    let workspace = Workspace::new("golden");
    let goldens = Golden::all();
    let names: Vec<&str> = goldens.iter().map(|golden| golden.name.as_str()).collect();
    for golden in &goldens {
        workspace.write(&golden.name, &golden.files());
    }
    workspace.describe(&names);
    // Clippy checks all that `cargo check` does, so there is no call of its own for that.
    workspace.cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    for features in [
        "",
        "test-util",
        "blocking,streams,test-util,tracing,webpki-roots",
    ] {
        workspace.cargo(&[
            "clippy",
            "--package",
            "bare",
            "--no-default-features",
            "--features",
            features,
            "--",
            "-D",
            "warnings",
        ]);
    }
    workspace.cargo(&["doc", "--workspace", "--no-deps"]);
    workspace.cargo(&["fmt", "--all", "--check"]);
}

/// One that stands alone, of a document that nobody here wrote and with no configuration.
#[test]
fn a_real_document_compiles_without_configuration() {
    let Some(corpus) = corpus("the SDK of nexus.json isn't compiled") else {
        return;
    };
    let source = Source::read(&corpus.join("nexus.json")).unwrap();
    let placement = Placement {
        source: "nexus.json".to_owned(),
        ..Placement::default()
    };
    let files = generator::generate(&source, &Config::default(), &placement).unwrap();
    let workspace = Workspace::new("real");
    workspace.write(".", &files.value);
    workspace.cargo(&["check", "--all-targets"]);
}

/// All that `Cargo.lock` names, also what only emitted crates with other features need. Without a network, what is
/// missing is told by the build that needs it.
static DOWNLOADED: LazyLock<bool> = LazyLock::new(|| {
    let fetch = Command::new(env!("CARGO"))
        .args(["fetch", "--locked", "--quiet"])
        .current_dir(root())
        .status();
    fetch.is_ok_and(|status| status.success())
});

/// A folder for emitted crates. It and what cargo builds there outlive the test, so that only the first is slow.
pub(crate) struct Workspace {
    pub(crate) folder: PathBuf,
}

impl Workspace {
    /// The folder is emptied, but for what cargo built.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        // The versions that this project was built with.
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        LazyLock::force(&DOWNLOADED);
        Self { folder }
    }

    /// Where cargo builds.
    pub(crate) fn target() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("target")
    }

    pub(crate) fn describe(&self, members: &[&str]) {
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        fs::write(self.folder.join("Cargo.toml"), manifest).unwrap();
    }

    pub(crate) fn write(&self, folder: &str, files: &Files) {
        generator::write::write(files, &self.folder.join(folder)).unwrap();
    }

    /// Runs the tests of a package that stands beside the SDK: these files and folders of the project.
    #[track_caller]
    pub(crate) fn call(&self, sdk: &Files, sources: &[&str]) {
        let mut files = BTreeMap::from([("src/lib.rs".to_owned(), String::new())]);
        for (path, place) in sources.iter().flat_map(|source| sources_at(source)) {
            let path = path
                .strip_suffix(".toml.txt")
                .map(|name| format!("{name}.toml"))
                .unwrap_or(path);
            files.insert(path, fs::read_to_string(place).unwrap());
        }
        self.write("sdk", sdk);
        self.write("caller", &Files(files));
        self.describe(&["sdk", "caller"]);
        self.cargo(&["test", "--package", "caller"]);
    }

    /// Runs cargo without the network, and shows what it says if it isn't content. Gives what it says.
    #[track_caller]
    pub(crate) fn cargo(&self, arguments: &[&str]) -> String {
        let start = Instant::now();
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", Self::target())
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .unwrap();
        eprintln!(
            "cargo {}: {:.1} s",
            arguments[0],
            start.elapsed().as_secs_f64()
        );
        assert!(
            output.status.success(),
            "in {}: cargo {}\n{}{}",
            self.folder.display(),
            arguments.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

/// A file by its name, or those of a folder by their paths in it.
fn sources_at(source: &str) -> Vec<(String, PathBuf)> {
    let place = root().join(source);
    if place.is_dir() {
        return files_below(&place);
    }
    let name = place.file_name().unwrap().to_string_lossy().into_owned();
    vec![(name, place)]
}
