//! Damaged variants of good documents: what a generator meets in the wild, and worse.
//!
//! A variant is decided by a seed and a number alone, so that whatever it finds can be found again.

mod chains;
mod text;
mod tree;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use generator::config::Config;
use generator::source::Source;
use serde_json::Value;

use crate::documents::files_below;

/// How deep the deepest variants nest.
const DEEP: usize = 10_000;

/// A document to damage, and the configuration that it is read with.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Its path from the project's root.
    pub name: String,
    /// The SDK configuration beside it.
    pub config: Config,
    text: String,
    /// None where it is no JSON value, as some documents of `diagnostics/`.
    value: Option<Value>,
}

/// A damaged document.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Of which fixture, and what was done to it.
    pub name: String,
    /// The document.
    pub source: Source,
    /// The configuration of its fixture.
    pub config: Config,
}

/// Every fixture of the project: `golden/`, `diagnostics/` and the document of the SDK that is checked in.
///
/// # Errors
///
/// Where one can't be read.
pub fn fixtures(root: &Path) -> Result<Vec<Fixture>, Box<dyn Error>> {
    let mut fixtures = vec![fixture(root, &root.join("specs/service-tokens.yaml"))?];
    for folder in ["tests/golden", "tests/diagnostics"] {
        for (name, path) in files_below(&root.join(folder))? {
            let is_document = name.ends_with(".yaml") || name.ends_with(".json");
            if is_document && !name.contains("/expected/") {
                fixtures.push(fixture(root, &path)?);
            }
        }
    }
    Ok(fixtures)
}

fn fixture(root: &Path, path: &Path) -> Result<Fixture, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let config = [
        path.with_extension("toml"),
        path.with_file_name("config.toml"),
    ]
    .into_iter()
    .find(|config| config.exists());
    Ok(Fixture {
        name: path.strip_prefix(root)?.display().to_string(),
        config: match config {
            Some(config) => Config::read(&config)?,
            None => Config::default(),
        },
        value: serde_yaml::from_str(&text).ok(),
        text,
    })
}

/// The project's root folder.
///
/// # Errors
///
/// Where this package stands in no folder.
pub fn root() -> Result<PathBuf, Box<dyn Error>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(tests
        .parent()
        .ok_or("tests/ stands in no folder")?
        .to_owned())
}

/// The variant of this number; the same for the same seed and fixtures.
pub fn variant(fixtures: &[Fixture], seed: u64, number: u64) -> Variant {
    // Neighbouring seeds must not give the same variants one number later.
    let mut random = Rng::with_seed(seed.rotate_left(32) ^ number);
    let chosen = random.usize(..fixtures.len());
    let fixture = &fixtures[chosen];
    let (done, source) = match &fixture.value {
        Some(value) if random.u8(..8) > 0 => {
            let other = &fixtures[random.usize(..fixtures.len())];
            of_value(value.clone(), other.value.as_ref(), &mut random)
        }
        _ => {
            let json = fixture.name.ends_with("json");
            let (done, text) = text::damaged(&fixture.text, &mut random);
            (done, Source::new(file_name(json), text))
        }
    };
    Variant {
        name: format!("{}: {done}", fixture.name),
        source,
        config: fixture.config.clone(),
    }
}

/// Damages a value a few times, and spells it in either format.
fn of_value(mut value: Value, other: Option<&Value>, random: &mut Rng) -> (String, Source) {
    let mut done = Vec::new();
    for _ in 0..random.usize(1..=4) {
        done.push(match random.u8(..12) {
            0 => chains::add(&mut value, random),
            _ => tree::damage(&mut value, other, random),
        });
    }
    let json = random.bool();
    let text = if json {
        serde_json::to_string(&value).unwrap_or_default()
    } else {
        serde_yaml::to_string(&value).unwrap_or_default()
    };
    let text = tree::deepened(text);
    (done.join(", "), Source::new(file_name(json), text))
}

fn file_name(json: bool) -> &'static str {
    if json { "spec.json" } else { "spec.yaml" }
}
