//! Tries every value of a file with its type and prints a line of JSON about each: the other half of `round_trips`.

mod types;

use std::io::{BufWriter, Write};

/// Decodes a text into a type, and encodes that.
type RoundTrip = fn(&[u8]) -> Result<Vec<u8>, String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = std::env::args().nth(1).ok_or("a file of values is missing")?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::fs::read_to_string(input)?.lines() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        let index = |key: &str| line[key].as_u64().unwrap_or_default() as usize;
        let round_trip = types::TYPES[index("file")][index("type")];
        let result = match round_trip(line["value"].as_str().unwrap_or_default().as_bytes()) {
            Ok(encoded) => serde_json::json!({ "encoded": String::from_utf8(encoded)? }),
            Err(error) => serde_json::json!({ "error": error }),
        };
        writeln!(out, "{result}")?;
    }
    Ok(())
}
