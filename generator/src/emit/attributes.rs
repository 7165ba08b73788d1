//! What stands above an item, a line each: documentation, where it comes from, attributes.

use std::borrow::Cow;
use std::fmt;

use proc_macro2::{Literal, TokenStream};

use crate::pointer::Pointer;

/// Lines of documentation and attributes.
#[derive(Default)]
pub(super) struct Attributes(String);

impl fmt::Display for Attributes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// On one line, or on none.
impl From<TokenStream> for Attributes {
    fn from(tokens: TokenStream) -> Self {
        let text = tokens.to_string();
        Self::of((!text.is_empty()).then_some(text))
    }
}

impl FromIterator<Self> for Attributes {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        parts.into_iter().fold(Self::default(), |mut all, part| {
            all.0.push_str(&part.0);
            all
        })
    }
}

impl Attributes {
    fn of(lines: impl IntoIterator<Item = String>) -> Self {
        let lines = lines.into_iter();
        Self(lines.fold(String::new(), |all, line| all + &line + "\n"))
    }
}

/// `/// …` for each line.
pub(super) fn docs(lines: &[impl AsRef<str>]) -> Attributes {
    commented("///", lines)
}

/// `//! …` for each line.
pub(super) fn inner_docs(lines: &[impl AsRef<str>]) -> Attributes {
    commented("//!", lines)
}

fn commented(mark: &str, lines: &[impl AsRef<str>]) -> Attributes {
    let mut text = String::new();
    for line in lines {
        let line = line.as_ref().trim_end();
        text.push_str(mark);
        if !line.is_empty() {
            text.push(' ');
            text.push_str(&fit_for_comment(line));
        }
        text.push('\n');
    }
    Attributes(text)
}

/// A line as Rust takes it in a comment: no carriage return, and nothing that turns the direction of the text after it,
/// which the compiler refuses because code could look like what it isn't.
pub(super) fn fit_for_comment(line: &str) -> Cow<'_, str> {
    let is_unfit = |character| matches!(character, '\n' | '\r' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !line.contains(is_unfit) {
        return Cow::Borrowed(line);
    }
    let mut fit = String::with_capacity(line.len() + 8);
    for character in line.chars() {
        if is_unfit(character) {
            fit.extend(character.escape_default());
        } else {
            fit.push(character);
        }
    }
    Cow::Owned(fit)
}

/// `// spec: …` for each place.
pub(super) fn spec_comments<'p>(places: impl IntoIterator<Item = &'p Pointer>) -> Attributes {
    Attributes::of(places.into_iter().map(|at| {
        let comment = format!(" spec: {}", fit_for_comment(&at.to_string()));
        format!("#[comment = {}]", Literal::string(&comment))
    }))
}

/// `#[deprecated]`, where it is.
pub(super) fn deprecated(is_deprecated: bool) -> Attributes {
    if is_deprecated {
        Attributes::of(["#[deprecated]".to_owned()])
    } else {
        Attributes::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_hold_nothing_that_rust_refuses() {
        assert_eq!(fit_for_comment("`GET /a\rb`"), "`GET /a\\rb`");
        assert_eq!(
            fit_for_comment("a\u{202e}b\u{2066}"),
            "a\\u{202e}b\\u{2066}"
        );
        assert_eq!(fit_for_comment("naïve\tשלום"), "naïve\tשלום");
        let docs = docs(&["a\rb\u{202e}".to_owned()]);
        let file = format!("{docs}struct S;");
        let printed = super::super::format::format(&file, "mark");
        assert!(printed.contains("/// a\\rb\\u{202e}"), "{printed}");
    }
}
