//! The command line: see [`cli`].

mod cli;

use std::process::ExitCode;

/// Most of the work is in small allocations: tokens, syntax trees, texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
