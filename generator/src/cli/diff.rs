//! `diff`: two documents, and what happened between them.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use generator::config::Config;
use generator::diff;
use generator::diff::change::{Bump, Diff};
use generator::diff::ignore::{Agreed, day};
use generator::diff::report::{self, Compared};
use generator::plan::Placement;
use generator::read;

use super::args::{DiffInputs, FailOn, Format};
use super::output::Output;
use super::target::overlays;
use super::{Outcome, Trouble, given};

/// Compares two documents and says what changed.
pub(crate) fn diff(inputs: &DiffInputs, output: &Output) -> Result<Outcome, Trouble> {
    if inputs.old == "-" && inputs.new == "-" {
        let message = "only one of the two documents can come from standard input";
        return Err(Trouble::Said(message.to_owned()));
    }
    let config = |own: &Option<String>| -> Result<Config, Trouble> {
        let given = own.as_ref().or(inputs.config.as_ref());
        let config = given.map(|given| given::config(given)).transpose()?;
        Ok(config.unwrap_or_default())
    };
    let (old_config, new_config) = (config(&inputs.old_config)?, config(&inputs.new_config)?);
    let agreed = inputs.ignore.as_deref().map(agreed).transpose()?;
    let old = given::source(&inputs.old, overlays(&old_config, &inputs.overlay)?)?;
    let new = given::source(&inputs.new, overlays(&new_config, &inputs.overlay)?)?;
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
