//! Documents and configurations from where the caller says they are: a file, standard input, a commit.

use std::fs;
use std::io::Read;
use std::path::Path;
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
        return whole(
            given,
            Source::new(object, of_commit(object, None)?),
            overlays,
        );
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

/// A file as the last commit has it.
pub(crate) fn alone_at_head(path: &Path) -> Result<Source, Trouble> {
    let text = at_head(path)?;
    Ok(Source::new(format!("HEAD:{}", path.display()), text))
}

/// A configuration as the last commit has it.
pub(crate) fn config_at_head(path: &Path) -> Result<Config, Trouble> {
    Ok(Config::parse(&at_head(path)?, path)?)
}

/// The repository is that of the file, wherever the process stands.
fn at_head(path: &Path) -> Result<String, Trouble> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    of_commit(&format!("HEAD:./{name}"), folder)
}

/// With what changes it. Half a document compared with a whole one would show changes that aren't there, and hide those that are.
pub(crate) fn whole(
    given: &str,
    mut source: Source,
    overlays: Vec<Source>,
) -> Result<Source, Trouble> {
    source.overlays = overlays;
    if source.lacks_files() {
        return Err(Trouble::Said(format!(
            "`{given}`: it leads to files beside it, which can't be read from here; \
             give a file in a folder that has them all, as `git worktree add` makes one"
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
