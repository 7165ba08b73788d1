//! Whether anything changed since the last run: a note of what went in and of what came out.
//!
//! The note says only that a run would write what is there already. It is of use only where all of it
//! still holds: the same inputs, read by the same executable, and every emitted file byte for byte as
//! it was written. It is kept in the user's cache folder, so that no crate's folder holds more than
//! its crate; without such a folder, or where it can't be written, every run does its work.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::files::Files;
use crate::plan::Placement;
use crate::pointer::Pointer;
use crate::source::Source;
use crate::write::stale_beside;

/// Below the user's cache folder.
const FOLDER: &str = "openapi-sdk-generator";

/// How much there is of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Operations of the document that have a method.
    pub operations: usize,
    /// Methods.
    pub methods: usize,
    /// Types.
    pub types: usize,
    /// Files.
    pub files: usize,
}

/// What the last run did for a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRun {
    /// What it wrote.
    pub extent: Extent,
    /// What it said of the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Everything that decides what is written into a crate's folder.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'i> {
    /// The document, all of it.
    pub source: &'i Source,
    /// The SDK configuration.
    pub config: &'i Config,
    /// Where the crate comes from and goes to.
    pub placement: &'i Placement,
    /// The crate's folder.
    pub folder: &'i Path,
}

/// Where the note about one crate is, and what it must say to be of use.
#[derive(Clone, Debug)]
pub struct Stamp {
    note: PathBuf,
    folder: PathBuf,
    inputs: u64,
}

/// As it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    inputs: u64,
    /// Emitted files with a hash of their contents.
    files: BTreeMap<String, u64>,
    extent: Extent,
    diagnostics: Vec<Said>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Said {
    code: String,
    at: String,
    message: String,
    help: Option<String>,
}

impl Stamp {
    /// In the user's cache folder; none where there isn't one.
    pub fn new(inputs: &Inputs<'_>) -> Option<Self> {
        Self::below(&user_cache()?.join(FOLDER), inputs)
    }

    /// In a given folder, which needn't exist.
    pub fn below(cache: &Path, inputs: &Inputs<'_>) -> Option<Self> {
        let folder = std::path::absolute(inputs.folder).ok()?;
        Some(Self {
            note: cache.join(format!("{:016x}.json", hash(&folder))),
            inputs: hash(&(
                executable()?,
                &inputs.source.name,
                &inputs.source.text,
                beside(inputs.source),
                overlays(inputs.source),
                // What is derived shows every field, so nothing that counts can be forgotten here.
                format!("{:?} {:?}", inputs.config, inputs.placement),
            )),
            folder,
        })
    }

    /// What the last run did, where another one would write nothing.
    pub fn last_run(&self) -> Option<LastRun> {
        let note: Note = serde_json::from_slice(&fs::read(&self.note).ok()?).ok()?;
        if note.inputs != self.inputs || !self.stands(&note.files) {
            return None;
        }
        let diagnostics: Option<_> = note.diagnostics.into_iter().map(Said::diagnostic).collect();
        Some(LastRun {
            extent: note.extent,
            diagnostics: diagnostics?,
        })
    }

    /// Keeps what was done. A note that can't be kept costs time and nothing else, so it isn't an error.
    pub fn keep(&self, files: &Files, run: &LastRun) {
        let note = Note {
            inputs: self.inputs,
            files: files
                .0
                .par_iter()
                .map(|(name, text)| (name.clone(), hash_bytes(text.as_bytes())))
                .collect(),
            extent: run.extent,
            diagnostics: run.diagnostics.iter().map(Said::of).collect(),
        };
        if let Some(cache) = self.note.parent()
            && let Ok(text) = serde_json::to_vec(&note)
            && fs::create_dir_all(cache).is_ok()
        {
            // A torn note isn't JSON, and no note then.
            let _ = fs::write(&self.note, text);
        }
    }

    /// Whether the folder holds the files, and none of ours beside them.
    fn stands(&self, files: &BTreeMap<String, u64>) -> bool {
        let same = files.par_iter().all(|(name, expected)| {
            fs::read(self.folder.join(name)).is_ok_and(|found| hash_bytes(&found) == *expected)
        });
        same && stale_beside(files.keys(), &self.folder).is_empty()
    }
}

impl Said {
    fn of(diagnostic: &Diagnostic) -> Self {
        Self {
            code: diagnostic.code.as_str().to_owned(),
            at: diagnostic.at.as_str().to_owned(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }

    fn diagnostic(self) -> Option<Diagnostic> {
        let code = Code::ALL.iter().find(|code| code.as_str() == self.code)?;
        Some(Diagnostic {
            code: *code,
            message: self.message,
            at: Pointer::parse(&self.at),
            help: self.help,
        })
    }
}

/// The files that the document leads to.
fn beside(source: &Source) -> Vec<(&String, &String)> {
    let files = source.beside.iter();
    files.map(|(path, file)| (path, &file.text)).collect()
}

/// What changes the document, in order.
fn overlays(source: &Source) -> Vec<(&String, &String)> {
    let overlays = source.overlays.iter();
    overlays.map(|file| (&file.name, &file.text)).collect()
}

/// Tells builds of the generator apart; templates are part of the executable.
fn executable() -> Option<(PathBuf, u64, SystemTime)> {
    let path = std::env::current_exe().ok()?;
    let about = path.metadata().ok()?;
    let modified = about.modified().ok()?;
    Some((path, about.len(), modified))
}

fn user_cache() -> Option<PathBuf> {
    let folder = |variable: &str, below: &str| {
        let folder = PathBuf::from(std::env::var_os(variable)?).join(below);
        folder.is_absolute().then_some(folder)
    };
    folder("XDG_CACHE_HOME", "")
        .or_else(|| folder("LOCALAPPDATA", ""))
        .or_else(|| folder("HOME", ".cache"))
}

/// Differs between releases of Rust's library, and so between executables only.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::write::write;

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths: {}\n";

    /// A crate that was written and noted.
    struct Scratch {
        folder: tempfile::TempDir,
        cache: tempfile::TempDir,
        files: Files,
        run: LastRun,
    }

    impl Scratch {
        fn new() -> Self {
            let text = format!("// {}\n", crate::write::MARK);
            let names = ["src/lib.rs", "src/things.rs", "README.md"];
            let scratch = Self {
                folder: tempfile::tempdir().unwrap(),
                cache: tempfile::tempdir().unwrap(),
                files: Files(names.map(|name| (name.to_owned(), text.clone())).into()),
                run: LastRun {
                    extent: Extent {
                        operations: 3,
                        methods: 2,
                        types: 1,
                        files: 3,
                    },
                    diagnostics: vec![
                        Diagnostic::new(
                            Code::TwinsDiffer,
                            Pointer::parse("/paths/~1a/get"),
                            "they differ",
                        )
                        .help("say it once"),
                    ],
                },
            };
            write(&scratch.files, scratch.folder.path()).unwrap();
            scratch
                .stamp(DOCUMENT, &Config::default())
                .keep(&scratch.files, &scratch.run);
            scratch
        }

        fn stamp(&self, document: &str, config: &Config) -> Stamp {
            let inputs = Inputs {
                source: &Source::new("things.yaml", document),
                config,
                placement: &Placement::default(),
                folder: self.folder.path(),
            };
            Stamp::below(self.cache.path(), &inputs).unwrap()
        }

        fn last_run(&self) -> Option<LastRun> {
            self.stamp(DOCUMENT, &Config::default()).last_run()
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }
    }

    #[test]
    fn nothing_changed_and_all_that_was_said_is_said_again() {
        let scratch = Scratch::new();
        assert_eq!(scratch.last_run(), Some(scratch.run.clone()));
    }

    #[test]
    fn another_document_or_configuration_is_a_change() {
        let scratch = Scratch::new();
        let longer = format!("{DOCUMENT}# said\n");
        assert_eq!(scratch.stamp(&longer, &Config::default()).last_run(), None);
        let mut config = Config::default();
        config.secrets.names.push("pin".to_owned());
        assert_eq!(scratch.stamp(DOCUMENT, &config).last_run(), None);
    }

    #[test]
    fn an_overlay_is_a_change_and_so_is_another_text_of_it() {
        let scratch = Scratch::new();
        let stamped = |overlay: &str| {
            let mut source = Source::new("things.yaml", DOCUMENT);
            source.overlays = vec![Source::new("fix.yaml", overlay)];
            let inputs = Inputs {
                source: &source,
                config: &Config::default(),
                placement: &Placement::default(),
                folder: scratch.folder.path(),
            };
            Stamp::below(scratch.cache.path(), &inputs).unwrap()
        };
        assert_eq!(stamped("a: 1").last_run(), None);
        stamped("a: 1").keep(&scratch.files, &scratch.run);
        assert!(stamped("a: 1").last_run().is_some());
        assert_eq!(stamped("a: 2").last_run(), None);
    }

    #[test]
    fn a_file_that_was_edited_is_a_change() {
        let scratch = Scratch::new();
        fs::write(scratch.path("src/things.rs"), "mine").unwrap();
        assert_eq!(scratch.last_run(), None);
    }

    #[test]
    fn a_file_that_was_removed_is_a_change() {
        let scratch = Scratch::new();
        fs::remove_file(scratch.path("README.md")).unwrap();
        assert_eq!(scratch.last_run(), None);
    }

    #[test]
    fn a_file_of_ours_too_many_is_a_change_and_one_of_theirs_is_not() {
        let scratch = Scratch::new();
        fs::write(scratch.path("src/theirs.rs"), "// by hand\n").unwrap();
        assert!(scratch.last_run().is_some());
        fs::copy(scratch.path("src/lib.rs"), scratch.path("src/old.rs")).unwrap();
        assert_eq!(scratch.last_run(), None);
    }

    #[test]
    fn a_torn_note_is_none() {
        let scratch = Scratch::new();
        let note = scratch.stamp(DOCUMENT, &Config::default()).note;
        let text = fs::read(&note).unwrap();
        fs::write(&note, &text[..text.len() / 2]).unwrap();
        assert_eq!(scratch.last_run(), None);
    }
}
