//! `generate --bump`: the next version of a crate, and what its callers are told of it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use generator::bump::{Release, configuration, old_names};
use generator::config::Config;
use generator::diagnostic::{Code, Diagnostic, Report};
use generator::diff;
use generator::diff::change::Bump;
use generator::diff::ignore::day;
use generator::diff::renames::Renames;
use generator::source::Source;
use generator::write::write_whole;
use generator::{Reading, read};
use serde_json::{Value, json};

use super::args::BumpInputs;
use super::output::Output;
use super::target::{Target, tidied};
use super::{Outcome, Trouble, commands, given};

const CHANGELOG: &str = "CHANGELOG.md";
const MIGRATION: &str = "MIGRATION.md";

/// Files to write beside those of the crate, and why.
struct Bumped {
    /// In a line.
    summary: String,
    /// For programs.
    json: Value,
    /// In this order: the configuration is last, so that a run which broke off is simply done again.
    files: Vec<(PathBuf, String)>,
    /// Whether there are warnings that the caller denied.
    is_warned: bool,
}

/// Writes every SDK with its next version.
pub(crate) fn generate(
    targets: &mut [Target],
    inputs: &BumpInputs,
    dry_run: bool,
    output: &Output,
) -> Result<Outcome, Trouble> {
    if targets.len() > 1 && (inputs.bump_from.is_some() || inputs.bump_config.is_some()) {
        return Err(Trouble::Said(
            "`--bump-from` and `--bump-config` are of one SDK, and there are several: give `--config FILE`"
                .to_owned(),
        ));
    }
    // All is known of every SDK before anything is written.
    let bumped: Result<Vec<Bumped>, Trouble> = targets
        .iter_mut()
        .map(|target| bumped(target, inputs, output))
        .collect();
    let bumped = bumped?;
    let mut outcome = commands::generate(targets, dry_run, output)?;
    for one in bumped {
        if one.is_warned {
            outcome = Outcome::Found;
        }
        if !dry_run {
            for (path, text) in &one.files {
                write_whole(path, text).map_err(|error| said(path, &error.to_string()))?;
            }
        }
        if output.is_json() {
            output.json(&one.json)?;
        } else {
            output.summary(&one.summary)?;
        }
    }
    Ok(outcome)
}

/// Compares with what was, and gives the target its version.
fn bumped(target: &mut Target, inputs: &BumpInputs, output: &Output) -> Result<Bumped, Trouble> {
    let Some(path) = target.configuration.clone() else {
        return Err(Trouble::Said(
            "where is the version to stand? `--bump` writes it into the configuration: give `--config FILE`"
                .to_owned(),
        ));
    };
    let out = target.out()?.to_owned();
    let (old, old_config) = older(target, &path, inputs)?;
    let progress = output.progress(&target.source.name);
    let was = read(&old, &old_config, &target.placement);
    let was = was.map_err(|failure| output.failure(&old, failure))?.value;
    let mut is = reading(target, output)?;
    let mut diff = diff::diff(&was, &is.value);
    let mut is_warned = false;
    let own_renamed = target.config.renamed.clone();
    if inputs.keep_deprecated {
        old_names::add(&mut target.config.renamed, &diff.renames);
        is = reading(target, output)?;
        old_names::retain(&mut target.config.renamed, &is.value.planned.krate);
        let lost = lost(&diff.renames, is.diagnostics);
        diff = diff::diff(&was, &is.value);
        drop(progress);
        is_warned = output.diagnostics(&target.source, &lost);
    }
    let day = day(SystemTime::now());
    let release = Release::new(&diff, &is.value.planned.krate.package.version, &day);
    let mut files = Vec::new();
    let (changelog, migration) = (out.join(CHANGELOG), out.join(MIGRATION));
    let text = release.changelog(present(&changelog)?.as_deref());
    files.extend(text.map(|text| (changelog, text)));
    let text = release.migration(present(&migration)?.as_deref());
    files.extend(text.map(|text| (migration, text)));
    if diff.bump > Bump::None {
        let text = present(&path)?.unwrap_or_default();
        let renamed = target.config.renamed.iter_mut();
        // Those that were written by hand stay as they are.
        for entry in renamed.filter(|entry| !own_renamed.contains(entry)) {
            entry.since.get_or_insert_with(|| release.version.clone());
        }
        let text = configuration::with_version(&text, &release.version)
            .and_then(|text| configuration::with_renamed(&text, &target.config.renamed))
            .map_err(|message| said(&path, &message))?;
        files.push((path, text));
        target.config.package.version = Some(release.version.clone());
    }
    Ok(Bumped {
        summary: summary(&target.folder(), &release, &files),
        json: json!({
            "folder": target.folder(),
            "step": release.diff.bump.as_str(),
            "old_version": release.diff.version,
            "new_version": release.version,
            "files": files.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>(),
        }),
        files,
        is_warned,
    })
}

fn reading(target: &Target, output: &Output) -> Result<Report<Reading>, Trouble> {
    let read = read(&target.source, &target.config, &target.placement);
    read.map_err(|failure| output.failure(&target.source, failure))
}

/// What was renamed and isn't kept.
fn lost(renames: &Renames, said: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of_diff = renames.lost.iter().map(|(at, message)| {
        let said = Diagnostic::new(Code::RenameNotKept, at.clone(), message.clone());
        said.help("callers have to change the name")
    });
    let said = said.into_iter();
    said.filter(|one| one.code == Code::RenameNotKept)
        .chain(of_diff)
        .collect()
}

/// The document and the configuration that the crate was made from until now.
fn older(
    target: &Target,
    configuration: &Path,
    inputs: &BumpInputs,
) -> Result<(Source, Config), Trouble> {
    let config = match (&inputs.bump_config, &inputs.bump_from) {
        (Some(given), _) => given::config(given)?,
        (None, Some(_)) => target.config.clone(),
        (None, None) => given::config_at_head(configuration)?,
    };
    // Those of the command line count for both.
    let own = target.source.overlays.iter();
    let own = own.skip(target.config.overlays.len()).cloned();
    let overlays = config
        .overlays
        .iter()
        .map(|path| match &inputs.bump_config {
            None if inputs.bump_from.is_none() => given::alone_at_head(path),
            _ => given::overlay(path),
        });
    let overlays: Result<Vec<Source>, Trouble> = overlays.chain(own.map(Ok)).collect();
    let source = match &inputs.bump_from {
        Some(given) => given::source(given, overlays?)?,
        None => given::at_head_with(&place_at_head(target, &config), overlays?)?,
    };
    Ok((source, config))
}

/// Where the last commit has the document. Where its configuration names it, it may have moved since.
fn place_at_head(target: &Target, config: &Config) -> PathBuf {
    let named = |config: &Config| config.spec.as_deref().map(tidied);
    let is_configured = named(&target.config).is_some_and(|spec| spec == target.spec);
    let old = named(config).filter(|_| is_configured);
    old.unwrap_or_else(|| target.spec.clone())
}

/// The text of a file that may not be there.
fn present(path: &Path) -> Result<Option<String>, Trouble> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(said(path, &error.to_string())),
    }
}

fn said(path: &Path, message: &str) -> Trouble {
    Trouble::Said(format!("`{}`: {}", path.display(), message.trim_end()))
}

fn summary(folder: &str, release: &Release<'_>, files: &[(PathBuf, String)]) -> String {
    let (old, new) = (&release.diff.version, &release.version);
    if release.diff.bump == Bump::None {
        return format!("{folder}: {new} stays, nothing changed");
    }
    let names: Vec<String> = files
        .iter()
        .map(|(path, _)| path.display().to_string())
        .collect();
    format!(
        "{folder}: {old} -> {new}, a {} step: {}",
        release.diff.bump.as_str(),
        names.join(", ")
    )
}
