//! `diff`: two documents, and what happened between them.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use generator::config::Config;
use generator::diff;
use generator::diff::change::{Bump, Diff};
use generator::diff::ignore::{Agreed, day};
use generator::diff::report::{self, Compared};
use generator::plan::Placement;
use generator::read;
use generator::source::Source;

use super::args::{DiffInputs, FailOn, Format};
use super::output::Output;
use super::target::overlays;
use super::{Outcome, Trouble};

/// Compares two documents and says what changed.
pub(crate) fn diff(inputs: &DiffInputs, output: &Output) -> Result<Outcome, Trouble> {
    if inputs.old == "-" && inputs.new == "-" {
        let message = "only one of the two documents can come from standard input";
        return Err(Trouble::Said(message.to_owned()));
    }
    let config = |own: &Option<PathBuf>| -> Result<Config, Trouble> {
        let path = own.as_ref().or(inputs.config.as_ref());
        Ok(path
            .map(|path| Config::read(path))
            .transpose()?
            .unwrap_or_default())
    };
    let (old_config, new_config) = (config(&inputs.old_config)?, config(&inputs.new_config)?);
    let agreed = inputs.ignore.as_deref().map(agreed).transpose()?;
    let old = source(&inputs.old, overlays(&old_config, &inputs.overlay)?)?;
    let new = source(&inputs.new, overlays(&new_config, &inputs.overlay)?)?;
    let placement = Placement {
        source: new.name.clone(),
        ..Placement::default()
    };
    let _progress = output.progress(&new.name);
    let (was, is) = rayon::join(
        || read(&old, &old_config, &placement),
        || read(&new, &new_config, &placement),
    );
    let was = was.map_err(|failure| output.failure(&old, failure))?;
    let is = is.map_err(|failure| output.failure(&new, failure))?;
    let mut found = diff::diff(&was.value, &is.value);
    // Whatever the older document has wrong was said when it was new.
    let mut outcome = Outcome::Good;
    if output.diagnostics(&new, &is.diagnostics) {
        outcome = Outcome::Found;
    }
    for warning in agreed
        .map(|agreed| agreed.apply(&mut found, &day(SystemTime::now())))
        .unwrap_or_default()
    {
        output.warning(&warning);
    }
    let compared = Compared {
        diff: &found,
        old: &old,
        new: &new,
    };
    output.result(&shown(&compared, output.format()))?;
    if fails(&found, inputs.fail_on) {
        outcome = Outcome::Found;
    }
    Ok(outcome)
}

fn shown(compared: &Compared<'_>, format: Format) -> String {
    match format {
        Format::Text => report::text(compared),
        Format::Json => report::json(compared),
        Format::Markdown => report::markdown(compared),
        Format::Github => report::github(compared),
        Format::Sarif => report::sarif(compared),
        Format::Html => report::html(compared),
    }
}

fn fails(diff: &Diff, level: Option<FailOn>) -> bool {
    let least = match level {
        None => return false,
        Some(FailOn::Any) => Bump::None,
        Some(FailOn::Minor) => Bump::Minor,
        Some(FailOn::Major) => Bump::Major,
    };
    diff.changes.iter().any(|change| change.bump >= least)
}

fn agreed(path: &Path) -> Result<Agreed, Trouble> {
    let said = |message: String| Trouble::Said(format!("`{}`: {message}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| said(error.to_string()))?;
    Agreed::parse(&text).map_err(|message| said(message.trim_end().to_owned()))
}

/// A file, standard input (`-`), or a file as a commit has it (`git:REV:path`).
fn source(given: &str, overlays: Vec<Source>) -> Result<Source, Trouble> {
    if given == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Trouble::Said(format!("standard input: {error}")))?;
        return whole(given, Source::new("-", text), overlays);
    }
    if let Some(object) = given.strip_prefix("git:") {
        return whole(given, of_commit(object)?, overlays);
    }
    Source::read_overlaid(Path::new(given), overlays)
        .map_err(|error| Trouble::Said(format!("`{given}`: {error}")))
}

/// Half a document compared with a whole one would show changes that aren't there, and hide those that are.
fn whole(given: &str, mut source: Source, overlays: Vec<Source>) -> Result<Source, Trouble> {
    source.overlays = overlays;
    if source.lacks_files() {
        return Err(Trouble::Said(format!(
            "`{given}`: it leads to files beside it, which can't be read from here; \
             give a file in a folder that has them all, as `git worktree add` makes one"
        )));
    }
    Ok(source)
}

fn of_commit(object: &str) -> Result<Source, Trouble> {
    let said = |message: &str| Trouble::Said(format!("`git:{object}`: {message}"));
    if object.starts_with('-') || !object.contains(':') {
        return Err(said(
            "write `git:REV:path`, as in `git:main:specs/api.yaml`",
        ));
    }
    let shown = Command::new("git")
        .args(["show", object])
        .output()
        .map_err(|error| said(&error.to_string()))?;
    if !shown.status.success() {
        return Err(said(String::from_utf8_lossy(&shown.stderr).trim()));
    }
    let text = String::from_utf8(shown.stdout).map_err(|_| said("isn't UTF-8 text"))?;
    Ok(Source::new(object, text))
}
