//! A program that depends on an emitted SDK: written beside it, built and run.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The manifest of a program that knows the SDK in the folder beside it as `sdk`.
pub const MANIFEST: &str = include_str!("../program.toml.txt");

/// The program's files: paths and texts.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// In any order.
    pub files: Vec<(String, String)>,
}

impl Program {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.push((path.into(), text.into()));
    }

    /// Writes what changed, so that cargo builds no more than that.
    ///
    /// # Errors
    ///
    /// Where a file can't be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (name, text) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
                continue;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }
}

/// The target folder of this very program, where most of what a program depends on is built already.
///
/// # Errors
///
/// Where this program isn't one that cargo built.
pub fn own_target() -> Result<PathBuf, Box<dyn Error>> {
    let running = std::env::current_exe()?;
    let target = running.ancestors().nth(2).ok_or("no target folder")?;
    Ok(target.to_owned())
}

/// Builds the program in a folder and runs it; gives what it prints.
///
/// # Errors
///
/// Where it can't be built, or doesn't come to its end.
pub fn run(folder: &Path, target: &Path, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let lock = folder.join("Cargo.lock");
    if !lock.is_file() {
        // The versions that this project was built with: all of them are on this machine.
        fs::write(lock, include_str!("../../Cargo.lock"))?;
    }
    let profile = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--profile", profile, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .arg("--")
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("the program can't be built or broke off".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
