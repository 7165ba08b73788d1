//! Any text is read, or refused with a place in it.
#![no_main]

use generator::load::load;
use generator::render;
use generator::source::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for name in ["spec.json", "spec.yaml"] {
        let source = Source::new(name, text);
        match load(&source) {
            Ok(report) => drop(render::text(&source, &report.diagnostics, false)),
            Err(error) => drop(render::load_error_text(&source, &error, false)),
        }
    }
});
