//! The other tool: installed once, asked for each pair of documents.

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

pub(crate) const PACKAGE: &str = "api-smart-diff@1.0.6";
const SCRIPT: &str = "tests/independent/compare.cjs";

/// Something that the tool calls breaking.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Found {
    pub(crate) action: Action,
    /// The keys from the root, as if nothing were referred to.
    pub(crate) path: Vec<String>,
    /// What came or went, in a list.
    pub(crate) value: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    Add,
    Remove,
    Replace,
    Rename,
}

pub(crate) struct Tool {
    /// Where it is installed and what it says is kept.
    folder: PathBuf,
}

impl Tool {
    pub(crate) fn install(folder: PathBuf) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&folder)?;
        let tool = Self { folder };
        if !tool.package().is_dir() {
            let status = Command::new("npm")
                .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
                .arg(&tool.folder)
                .arg(PACKAGE)
                .status()?;
            if !status.success() {
                return Err(format!("npm can't install {PACKAGE}").into());
            }
        }
        Ok(tool)
    }

    fn package(&self) -> PathBuf {
        self.folder.join("node_modules/api-smart-diff")
    }

    /// What it calls breaking. Rules of its own that fail tell so in `compare.log` and give no verdict.
    pub(crate) fn compare(&self, old: &Path, new: &Path) -> Result<Vec<Found>, Box<dyn Error>> {
        let output = Command::new("node")
            .arg("--max-old-space-size=6000")
            .arg(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("..")
                    .join(SCRIPT),
            )
            .arg(self.package())
            .args([old, new])
            .stderr(File::create(self.folder.join("compare.log"))?)
            .output()?;
        if !output.status.success() {
            return Err(format!("{PACKAGE} fails; see compare.log in {:?}", self.folder).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}
