//! What `check` found, for other programs. `schemas/check.schema.json` says what the fields mean.

use std::fs;

use generator::check::{Difference, Kind};
use generator::origin::Origin;
use serde::Serialize;

use super::Trouble;
use super::target::Target;

/// The version of the form: raised when a field goes or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
pub(crate) struct Checked<'a> {
    version: u32,
    folder: String,
    up_to_date: bool,
    made_from: Origin,
    missing: usize,
    extra: usize,
    changed: usize,
    differences: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    path: &'a str,
    kind: &'static str,
    what: &'static str,
    diff: &'a str,
}

impl<'a> Checked<'a> {
    pub(crate) fn of(target: &Target, differences: &'a [Difference]) -> Result<Self, Trouble> {
        let count = |kinds: &[Kind]| {
            let fitting = differences.iter().filter(|one| kinds.contains(&one.kind));
            fitting.count()
        };
        Ok(Self {
            version: VERSION,
            folder: target.folder(),
            up_to_date: differences.is_empty(),
            made_from: origin(target)?,
            missing: count(&[Kind::Missing]),
            extra: count(&[Kind::Extra]),
            changed: count(&[Kind::Changed, Kind::LineEnds]),
            differences: differences.iter().map(Shown::of).collect(),
        })
    }
}

impl<'a> Shown<'a> {
    fn of(difference: &'a Difference) -> Self {
        Self {
            path: &difference.path,
            kind: difference.kind.as_str(),
            what: difference.kind.phrase(),
            diff: &difference.diff,
        }
    }
}

fn origin(target: &Target) -> Result<Origin, Trouble> {
    let Some(path) = &target.configuration else {
        return Ok(Origin::of(&target.source, None));
    };
    let name = path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|error| Trouble::Said(format!("`{name}`: {error}")))?;
    Ok(Origin::of(&target.source, Some((&name, &text))))
}
