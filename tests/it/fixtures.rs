//! What tests generate from: the small documents in `golden/`, and real ones where somebody has them.

use std::fs;
use std::path::{Path, PathBuf};

use generator::config::Config;
use generator::files::Files;
use generator::plan::Placement;
use generator::source::Source;

/// The folder of real documents, which isn't part of the project.
const CORPUS: &str = "SPEC_CORPUS";

/// A small document that shows one thing, and what is expected of it.
pub(crate) struct Golden {
    /// Its folder's name.
    pub(crate) name: String,
    folder: PathBuf,
}

impl Golden {
    /// All of them, sorted.
    pub(crate) fn all() -> Vec<Self> {
        let folders = fs::read_dir(root().join("tests/golden")).expect("tests/golden is a folder");
        let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders
            .into_iter()
            .map(|folder| Self {
                name: folder.file_name().unwrap().to_string_lossy().into_owned(),
                folder,
            })
            .collect()
    }

    /// Where the expected files stand.
    pub(crate) fn expected(&self) -> PathBuf {
        self.folder.join("expected")
    }

    /// The document.
    pub(crate) fn source(&self) -> Source {
        Source::read(&self.folder.join("spec.yaml")).unwrap()
    }

    /// Its SDK configuration, where there is one beside it.
    pub(crate) fn config(&self) -> Config {
        let path = self.folder.join("config.toml");
        if path.exists() {
            Config::read(&path).unwrap()
        } else {
            Config::default()
        }
    }

    /// A member of a workspace, under the name that its title gives.
    pub(crate) fn placement(&self) -> Placement {
        Placement {
            source: format!("tests/golden/{}/spec.yaml", self.name),
            name: None,
            in_workspace: true,
        }
    }

    /// Every file of its crate.
    pub(crate) fn files(&self) -> Files {
        generator::generate(&self.source(), &self.config(), &self.placement())
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
            .value
    }
}

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("tests/ stands in the root")
        .to_owned()
}

/// The folder of real documents; without one, says what is skipped.
pub(crate) fn corpus(skipped: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(CORPUS).map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped, for {CORPUS} is not set: {skipped}");
    }
    folder
}

/// Every file below a folder by its path in it (forward slashes), sorted; none where there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    tests::documents::files_below(folder)
        .unwrap()
        .into_iter()
        .collect()
}
