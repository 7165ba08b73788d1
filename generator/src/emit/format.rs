//! From rendered text to formatted Rust.

use super::layout::lay_out;

/// The line that stands for an empty one, as `#[comment = "@blank"]` prints it.
const BLANK: &str = "//@blank";

/// Formats a rendered file and puts the mark of generated files on top.
///
/// Text that isn't Rust is given back as it came, so that the compiler says where; no template makes such text.
pub(super) fn format(rendered: &str, mark: &str) -> String {
    let formatted = lay_out(rendered).unwrap_or_else(|| rendered.to_owned());
    let mut text = String::with_capacity(formatted.len() + mark.len() + 8);
    text.push_str("// ");
    text.push_str(mark);
    text.push_str("\n\n");
    let mut rest = formatted.as_str();
    while let Some(place) = rest.find(BLANK) {
        let (before, after) = rest.split_at(place);
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let (lines, indentation) = before.split_at(line);
        let end = after.find('\n').unwrap_or(after.len());
        text.push_str(lines);
        rest = &after[end..];
        // Elsewhere than on a line of its own, it is somebody's text.
        if !indentation.trim_start().is_empty() || end != BLANK.len() {
            text.push_str(indentation);
            text.push_str(&after[..end]);
        } else if text.ends_with("{\n") {
            // The first line of a block has none above it.
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    text.push_str(rest);
    text
}
