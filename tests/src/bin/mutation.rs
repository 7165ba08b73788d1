//! Generates from damaged documents: `--count N --seed S`, from variant `--first N`.
//!
//! Says what panics, takes too long or gives files that aren't what their names say; exits with 1 then.
//! `--trace` prints each variant before it is tried, which finds one that ends the process;
//! `--write FOLDER` writes a workspace of the crates, for `cargo check` to judge.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use generator::write::write;
use tests::damage::{fixtures, root, variant};
use tests::trial::{Outcome, attempt};

/// What one variant may take, in release builds on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

struct Options {
    count: u64,
    seed: u64,
    first: u64,
    trace: bool,
    write: Option<PathBuf>,
}

#[allow(clippy::print_stdout, reason = "the result")]
fn main() -> Result<ExitCode, Box<dyn Error>> {
    let options = options()?;
    let fixtures = fixtures(&root()?)?;
    let (mut crates, mut refused, mut faults) = (Vec::new(), 0, 0);
    let mut slowest = Duration::ZERO;
    for number in options.first..options.first + options.count {
        let variant = variant(&fixtures, options.seed, number);
        if options.trace {
            println!("{number} {}", variant.name);
        }
        let name = options.write.as_ref().map(|_| format!("variant{number}"));
        let trial = attempt(&variant, name.as_deref(), LONGEST);
        slowest = slowest.max(trial.took);
        match trial.outcome {
            Outcome::Crate(files) => {
                let name = name.unwrap_or_default();
                if let Some(folder) = &options.write {
                    write(&files, &folder.join(&name))?;
                }
                crates.push(name);
            }
            Outcome::Refused => refused += 1,
            Outcome::Fault(fault) => {
                faults += 1;
                println!("{number} {}: {fault}", variant.name);
            }
        }
    }
    if let Some(folder) = &options.write {
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {crates:?}\n");
        std::fs::write(folder.join("Cargo.toml"), manifest)?;
    }
    println!(
        "{} variants: {} crates, {refused} refused with a message, {faults} faults; the slowest took {:.2} s",
        options.count,
        crates.len(),
        slowest.as_secs_f64()
    );
    Ok(ExitCode::from(u8::from(faults > 0)))
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        count: 10_000,
        seed: 1,
        first: 0,
        trace: false,
        write: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || {
            let value = arguments.next();
            value.ok_or_else(|| format!("`{argument}` wants a value"))
        };
        match argument.as_str() {
            "--count" => options.count = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--first" => options.first = value()?.parse()?,
            "--write" => options.write = Some(value()?.into()),
            "--trace" => options.trace = true,
            other => return Err(format!("`{other}` isn't known").into()),
        }
    }
    Ok(options)
}
