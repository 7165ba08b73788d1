//! Tells the generator which templates are in it: `TEMPLATES_SHA256`.

#![allow(clippy::print_stdout, reason = "how a build script answers cargo")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

const TEMPLATES: &str = "../templates";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={TEMPLATES}");
    let mut files = Vec::new();
    gather(Path::new(TEMPLATES), &mut files)?;
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let name = file.strip_prefix(TEMPLATES)?.to_string_lossy().into_owned();
        // A NUL is in no name and in no text, so that nothing can move from one to the other.
        digest.update(name.replace('\\', "/"));
        digest.update([0]);
        digest.update(fs::read(&file)?);
        digest.update([0]);
    }
    let hex: String = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo:rustc-env=TEMPLATES_SHA256={hex}");
    Ok(())
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
