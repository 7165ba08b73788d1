//! Documents and configurations from where the caller says they are: a file, standard input, a commit.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::config::Config;
use generator::source::Source;

use super::Trouble;
use super::target::tidied;

/// A file, standard input (`-`), or a file as a commit has it (`git:REV:path`).
pub(crate) fn source(given: &str, overlays: Vec<Source>) -> Result<Source, Trouble> {
    if given == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Trouble::Said(format!("standard input: {error}")))?;
        return whole(given, Source::new("-", text), overlays);
    }
    if let Some(object) = given.strip_prefix("git:") {
        return Commit::of(object).whole(object, overlays);
    }
    Source::read_overlaid(Path::new(given), overlays)
        .map_err(|error| Trouble::Said(format!("`{given}`: {error}")))
}

/// An overlay: a file, or one as a commit has it, as those are that such a configuration names.
pub(crate) fn overlay(path: &Path) -> Result<Source, Trouble> {
    let object = path.to_str().and_then(|path| path.strip_prefix("git:"));
    if let Some(object) = object {
        return Ok(Source::new(object, of_commit(object, None)?));
    }
    Source::read_alone(path)
        .map_err(|error| Trouble::Said(format!("overlay `{}`: {error}", path.display())))
}

/// A configuration: a file, or one as a commit has it.
pub(crate) fn config(given: &str) -> Result<Config, Trouble> {
    if let Some(object) = given.strip_prefix("git:") {
        return config_of_commit(object);
    }
    let text =
        fs::read_to_string(given).map_err(|error| Trouble::Said(format!("`{given}`: {error}")))?;
    Ok(Config::parse(&text, Path::new(given))?)
}

/// The overlays that it names are those of the same commit.
fn config_of_commit(object: &str) -> Result<Config, Trouble> {
    let text = of_commit(object, None)?;
    let (revision, path) = object.split_once(':').unwrap_or((object, ""));
    let mut config = Config::parse(&text, Path::new(path))?;
    // `./` is where the process stands, without it the path begins at the top of the repository.
    let here = if path.starts_with("./") { "./" } else { "" };
    for overlay in &mut config.overlays {
        *overlay = format!("git:{revision}:{here}{}", tidied(overlay).display()).into();
    }
    Ok(config)
}

/// A file as the last commit has it, and no other.
pub(crate) fn alone_at_head(path: &Path) -> Result<Source, Trouble> {
    let text = at_head(path)?;
    Ok(Source::new(format!("HEAD:{}", path.display()), text))
}

/// A document as the last commit has it.
pub(crate) fn at_head_with(path: &Path, overlays: Vec<Source>) -> Result<Source, Trouble> {
    let commit = Commit::of_head(path);
    commit.whole(&format!("HEAD:{}", path.display()), overlays)
}

/// A configuration as the last commit has it.
pub(crate) fn config_at_head(path: &Path) -> Result<Config, Trouble> {
    Ok(Config::parse(&at_head(path)?, path)?)
}

fn at_head(path: &Path) -> Result<String, Trouble> {
    let commit = Commit::of_head(path);
    of_commit(&commit.object, Some(&commit.folder))
}

/// A file of a commit.
struct Commit {
    /// `REV:path`.
    object: String,
    /// Where git is asked: its repository, and what `./` is.
    folder: PathBuf,
}

impl Commit {
    fn of(object: &str) -> Self {
        Self {
            object: object.to_owned(),
            folder: PathBuf::from("."),
        }
    }

    /// The repository is that of the file, wherever the process stands, and wherever the file's folder went.
    fn of_head(path: &Path) -> Self {
        let above = path.ancestors().skip(1);
        let mut folders = above.filter(|folder| folder.is_dir());
        let folder = folders.next().unwrap_or(Path::new(""));
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        let here = folder.as_os_str().is_empty();
        Self {
            object: format!("HEAD:./{}", name.replace('\\', "/")),
            folder: if here { Path::new(".") } else { folder }.to_owned(),
        }
    }

    /// With its overlays, and with the files of the same commit that its references lead to.
    fn whole(&self, name: &str, overlays: Vec<Source>) -> Result<Source, Trouble> {
        let mut source = Source::new(name, of_commit(&self.object, Some(&self.folder))?);
        source.overlays = overlays;
        let above = |object: &str| {
            let path = object.find(':').map_or(0, |colon| colon + 1);
            object.rfind('/').map_or(path, |slash| path.max(slash + 1))
        };
        let (objects, names) = (&self.object[..above(&self.object)], &name[..above(name)]);
        // What isn't there is said where the reference is followed.
        Ok(source.with_beside(|path| {
            let text = of_commit(&format!("{objects}{path}"), Some(&self.folder)).ok()?;
            Some(Source::new(format!("{names}{path}"), text))
        }))
    }
}

/// With what changes it. Half a document compared with a whole one would show changes that aren't there, and hide those that are.
fn whole(given: &str, mut source: Source, overlays: Vec<Source>) -> Result<Source, Trouble> {
    source.overlays = overlays;
    if source.lacks_files() {
        return Err(Trouble::Said(format!(
            "`{given}`: it leads to files beside it, which can't be read from here; give a file in their folder"
        )));
    }
    Ok(source)
}

fn of_commit(object: &str, folder: Option<&Path>) -> Result<String, Trouble> {
    let said = |message: &str| Trouble::Said(format!("`git:{object}`: {message}"));
    if object.starts_with('-') || !object.contains(':') {
        return Err(said(
            "write `git:REV:path`, as in `git:main:specs/api.yaml`",
        ));
    }
    let shown = Command::new("git")
        .args(["show", object])
        .current_dir(folder.unwrap_or(Path::new(".")))
        .output()
        .map_err(|error| said(&error.to_string()))?;
    if !shown.status.success() {
        return Err(said(String::from_utf8_lossy(&shown.stderr).trim()));
    }
    String::from_utf8(shown.stdout).map_err(|_| said("isn't UTF-8 text"))
}
