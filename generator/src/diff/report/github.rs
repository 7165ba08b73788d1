//! Workflow commands of GitHub Actions: each becomes an annotation at a line of the newer document.

use std::fmt::Write;

use super::Compared;
use crate::diff::change::{Bump, Change};

/// A line for every change that callers notice, and one for all.
pub fn github(compared: &Compared<'_>) -> String {
    let mut text = String::new();
    for change in &compared.diff.changes {
        let command = match change.bump {
            Bump::Major => "warning",
            Bump::Minor => "notice",
            Bump::Patch | Bump::None => continue,
        };
        let _ = writeln!(
            text,
            "::{command} {},title={}::{}",
            place(compared, change),
            property(&format!(
                "{} ({})",
                change.kind.as_str(),
                change.rust.phrase()
            )),
            message(&format!(
                "{} {}: {} ({})",
                change.subject,
                change.what,
                change.why,
                change.wire.phrase()
            ))
        );
    }
    let _ = writeln!(
        text,
        "::notice title=SDK::{}",
        message(&format!(
            "{} step: {}",
            compared.diff.bump.as_str(),
            compared.step()
        ))
    );
    text
}

/// What was removed has no line any more: it is shown at the head of the document.
fn place(compared: &Compared<'_>, change: &Change) -> String {
    let file = property(&compared.new.name);
    match compared.new_spot(change) {
        Some(spot) => format!("file={file},line={},col={}", spot.line, spot.column),
        None => format!("file={file},line=1"),
    }
}

/// GitHub's own escapes for what follows `::`.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// And those for the values before it.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_documents_words_cannot_end_a_command() {
        assert_eq!(message("50%\n::error::x"), "50%25%0A::error::x");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
