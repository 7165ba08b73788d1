//! What the command line takes.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns an OpenAPI description into a Rust SDK. Without a command: regenerates every SDK that a
/// `specs/*.toml` of the workspace describes.
#[derive(Debug, Parser)]
#[command(
    name = "generator",
    version,
    max_term_width = 100,
    after_help = "Exits with 0 if all is well, 1 if a check found something, 2 if the input or the usage is wrong."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) messages: Messages,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes the files of an SDK; without inputs, of every SDK of the workspace.
    Generate {
        #[command(flatten)]
        inputs: Inputs,
        /// Says what would be written and writes nothing.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        bump: BumpInputs,
    },
    /// Compares the files with what would be written: exits with 1 and a diff where they differ.
    Check {
        #[command(flatten)]
        inputs: Inputs,
    },
    /// Shows the resource tree; `--format json` for other tools.
    Inspect {
        #[command(flatten)]
        inputs: Inputs,
    },
    /// Follows one operation from the document to its Rust.
    Explain {
        /// Its `operationId`; without one, method and path as in `GET /things`.
        operation: String,
        #[command(flatten)]
        inputs: Inputs,
    },
    /// Says what changed between two documents, on the wire and for callers of the crate.
    #[command(after_help = DIFF_HELP)]
    Diff(DiffInputs),
}

const DIFF_HELP: &str = "Every change has two verdicts. On the wire: breaks requests, breaks answers, compatible, docs \
only. In Rust: breaks callers at compile time, breaks callers at run time, additive, no change. The version's step is \
what the crate's callers need; before 1.0 a break is a step of the second number.

Exits with 0 unless `--fail-on` finds something (1) or a document can't be read (2).";

/// Two documents to compare.
#[derive(Args, Clone, Debug)]
pub(crate) struct DiffInputs {
    /// The older document: a file, `-` for standard input, or `git:REV:path`.
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The newer document, likewise.
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// The SDK configuration of both: a file or `git:REV:path`.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
    /// That of the older document, over `--config`.
    #[arg(long, value_name = "FILE")]
    pub(crate) old_config: Option<String>,
    /// That of the newer document, over `--config`.
    #[arg(long, value_name = "FILE")]
    pub(crate) new_config: Option<String>,
    /// An OpenAPI Overlay that changes both documents on reading; several do so in order, after the configuration's.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Exits with 1 if a change asks for this step of the version or a larger one.
    #[arg(long, value_enum, value_name = "STEP")]
    pub(crate) fail_on: Option<FailOn>,
    /// Changes that were agreed to: TOML with entries of `kind`, `at`, `reason` and `until`.
    #[arg(long, value_name = "FILE")]
    pub(crate) ignore: Option<PathBuf>,
}

/// What is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// What breaks callers, at compile time or at run time; before 1.0, too.
    Major,
    /// That, and what is added or deprecated.
    Minor,
    /// Anything that changed.
    Any,
}

impl Command {
    pub(crate) fn inputs(&self) -> Inputs {
        match self {
            Self::Diff(_) => Inputs::default(),
            Self::Generate { inputs, .. }
            | Self::Check { inputs }
            | Self::Inspect { inputs }
            | Self::Explain { inputs, .. } => inputs.clone(),
        }
    }
}

/// Whether the crate gets its next version.
#[derive(Args, Clone, Debug)]
pub(crate) struct BumpInputs {
    /// Writes the next version into the configuration, an entry into the crate's CHANGELOG.md, and what
    /// callers change into its MIGRATION.md. Compares with what HEAD has of document and configuration.
    #[arg(long)]
    pub(crate) bump: bool,
    /// Compares with this document instead: a file, `-`, or `git:REV:path`.
    #[arg(long, value_name = "OLD", requires = "bump")]
    pub(crate) bump_from: Option<String>,
    /// And with this configuration: a file or `git:REV:path`. Default with `--bump-from`: the present one.
    #[arg(long, value_name = "OLD", requires = "bump")]
    pub(crate) bump_config: Option<String>,
    /// Keeps the old names of types and methods beside the new ones, deprecated: writes them into the
    /// configuration, from where every later run has them.
    #[arg(long, requires = "bump")]
    pub(crate) keep_deprecated: bool,
}

/// Which document, and how it is read.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Inputs {
    /// The document: OpenAPI as YAML or JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// An OpenAPI Overlay that changes the document on reading; several do so in order, after the configuration's.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// The folder of the crate.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// The package name, over the configuration's.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The SDK configuration.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

impl Inputs {
    pub(crate) fn are_absent(&self) -> bool {
        let Self {
            spec,
            overlay,
            out,
            name,
            config,
        } = self;
        let files = [spec, out, config];
        files.into_iter().all(Option::is_none) && name.is_none() && overlay.is_empty()
    }
}

/// How it speaks.
#[derive(Args, Clone, Debug)]
pub(crate) struct Messages {
    /// Says nothing but results and errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Shows notes, and every message instead of the first few of a kind.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// Exits with 1 if there are warnings.
    #[arg(long, global = true)]
    pub(crate) deny_warnings: bool,
    /// How results are shown.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For other programs; those of `diff` and `check` are in `schemas/`.
    Json,
    /// For a comment on a pull request (`diff` only).
    Markdown,
    /// Annotations of a GitHub workflow (`diff` only).
    Github,
    /// SARIF 2.1.0, for code hosts and editors: what was said of the document, what `check` found, or the changes.
    Sarif,
    /// One page with a search (`diff` only).
    Html,
}
