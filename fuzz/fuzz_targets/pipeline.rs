//! Any text that can be read gives Rust.
#![no_main]

use generator::config::Config;
use generator::generate;
use generator::plan::Placement;
use generator::source::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::new("spec.yaml", text);
    let Ok(report) = generate(&source, &Config::default(), &Placement::default()) else {
        return;
    };
    for (path, text) in &report.value.0 {
        if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path} isn't Rust: {error}"));
        }
    }
});
