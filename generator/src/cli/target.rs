//! Which SDKs a command is about.

use std::fs;
use std::path::{Path, PathBuf};

use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;

use super::args::Inputs;
use super::{Trouble, given};

/// One SDK: its document, configuration and place.
pub(crate) struct Target {
    pub(crate) source: Source,
    pub(crate) config: Config,
    /// The file that the configuration was read from.
    pub(crate) configuration: Option<PathBuf>,
    pub(crate) out: Option<PathBuf>,
    /// The document.
    pub(crate) spec: PathBuf,
    pub(crate) placement: Placement,
}

impl Target {
    /// How the crate's folder is named in messages.
    pub(crate) fn folder(&self) -> String {
        self.out
            .as_deref()
            .map_or_else(|| "(no folder)".to_owned(), |out| out.display().to_string())
    }

    pub(crate) fn out(&self) -> Result<&Path, Trouble> {
        self.out.as_deref().ok_or_else(|| {
            Trouble::Said("where to? give `--out FOLDER`, or `out` in the configuration".to_owned())
        })
    }
}

/// The SDK of the inputs; without inputs, every SDK of the workspace.
pub(crate) fn find(inputs: &Inputs) -> Result<Vec<Target>, Trouble> {
    if !inputs.are_absent() {
        return one(inputs).map(|target| vec![target]);
    }
    let here = std::env::current_dir()?;
    let specs = here
        .ancestors()
        .map(|folder| folder.join("specs"))
        .find(|specs| specs.is_dir() && specs.parent().is_some_and(is_workspace))
        .ok_or_else(|| {
            Trouble::Said(format!(
                "no folder `specs` of a workspace in `{}` or above; give `--spec FILE`",
                here.display()
            ))
        })?;
    let mut configurations: Vec<PathBuf> = fs::read_dir(&specs)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    configurations.sort();
    let mut targets = Vec::new();
    for path in configurations {
        let path = shortened(&path, &here);
        // A configuration without a document is used only where it is named.
        if Config::read(&path)?.spec.is_some() {
            targets.push(one(&Inputs {
                config: Some(path),
                ..Inputs::default()
            })?);
        }
    }
    if targets.is_empty() {
        return Err(Trouble::Said(format!(
            "no configuration in `{}` names a document (`spec`)",
            specs.display()
        )));
    }
    Ok(targets)
}

fn one(inputs: &Inputs) -> Result<Target, Trouble> {
    let config = inputs
        .config
        .as_deref()
        .map(Config::read)
        .transpose()?
        .unwrap_or_default();
    let spec = inputs
        .spec
        .clone()
        .or_else(|| config.spec.clone())
        .ok_or_else(|| {
            Trouble::Said(
                "which document? give `--spec FILE`, or `spec` in the configuration".to_owned(),
            )
        })?;
    let out = inputs
        .out
        .clone()
        .or_else(|| config.out.clone())
        .map(|out| tidied(&out));
    let spec = tidied(&spec);
    let overlays = overlays(&config, &inputs.overlay)?;
    let source = Source::read_overlaid(&spec, overlays)
        .map_err(|error| Trouble::Said(format!("`{}`: {error}", spec.display())))?;
    let placement = Placement {
        source: named(&spec),
        name: inputs.name.clone(),
        in_workspace: out.as_deref().is_some_and(is_member),
    };
    Ok(Target {
        source,
        config,
        configuration: inputs.config.clone(),
        out,
        spec,
        placement,
    })
}

/// The overlays of a configuration, then those of the command line.
pub(crate) fn overlays(config: &Config, more: &[PathBuf]) -> Result<Vec<Source>, Trouble> {
    let paths = config.overlays.iter().chain(more);
    paths.map(|path| given::overlay(&tidied(path))).collect()
}

/// The document as the `@generated` line names it: relative to its workspace, else its file name.
fn named(spec: &Path) -> String {
    let absolute = absolute(spec);
    let inside = absolute
        .ancestors()
        .skip(1)
        .find(|folder| is_workspace(folder))
        .and_then(|root| absolute.strip_prefix(root).ok());
    let shown = inside.unwrap_or_else(|| Path::new(absolute.file_name().unwrap_or_default()));
    shown.to_string_lossy().replace('\\', "/")
}

/// Whether the workspace above a folder lists it as a member.
fn is_member(out: &Path) -> bool {
    let out = absolute(out);
    let Some(root) = out.ancestors().skip(1).find(|folder| is_workspace(folder)) else {
        return false;
    };
    let members = manifest(root).and_then(|manifest| {
        Some(
            manifest
                .get("workspace")?
                .get("members")?
                .as_array()?
                .clone(),
        )
    });
    members
        .unwrap_or_default()
        .iter()
        .filter_map(toml::Value::as_str)
        .any(|member| root.join(member) == out)
}

fn is_workspace(folder: &Path) -> bool {
    manifest(folder).is_some_and(|manifest| manifest.contains_key("workspace"))
}

fn manifest(folder: &Path) -> Option<toml::Table> {
    fs::read_to_string(folder.join("Cargo.toml"))
        .ok()?
        .parse()
        .ok()
}

fn absolute(path: &Path) -> PathBuf {
    tidied(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// Without `.` and without `..` after a name.
pub(super) fn tidied(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

fn shortened(path: &Path, here: &Path) -> PathBuf {
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
