//! From rendered text to formatted Rust.

/// The line that stands for an empty one, as `#[comment = "@blank"]` prints it.
const BLANK: &str = "//@blank";

/// Formats a rendered file and puts the mark of generated files on top.
///
/// Text that isn't Rust is given back as it came, so that the compiler says where; no template makes such text.
pub(super) fn format(rendered: &str, mark: &str) -> String {
    let formatted = match syn::parse_file(rendered) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => rendered.to_owned(),
    };
    let mut text = String::with_capacity(formatted.len() + mark.len() + 8);
    text.push_str("// ");
    text.push_str(mark);
    text.push_str("\n\n");
    for line in formatted.lines() {
        if line.trim_start() != BLANK {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
