//! What a parser says of a text, in words that say how to mend it.

use std::ops::Range;

use super::{LoadError, LoadErrorKind};
use crate::source::{Source, Span};

/// What serde_json and serde_yaml allow.
const MAX_DEPTH: usize = 127;

/// Beyond this, brackets that aren't closed are counted exactly before libyaml sees the text, whose time
/// grows with the square of their depth. Fewer, or brackets in descriptions, do no harm.
const SUSPICIOUS_BRACKETS: usize = 1_000;

/// What serde_json says, and how it is mended. The first whose beginning fits.
const JSON_HINTS: &[(&str, &str)] = &[
    (
        "EOF while parsing a string",
        "the quote before it is never closed",
    ),
    (
        "EOF while parsing",
        "the text ends too soon: a closing bracket is missing",
    ),
    (
        "trailing comma",
        "remove the comma before the closing bracket",
    ),
    (
        "expected `,` or `}`",
        "a comma may be missing before this, or a quote inside a text needs a backslash",
    ),
    (
        "expected `,` or `]`",
        "a comma may be missing before this, or a quote inside a text needs a backslash",
    ),
    ("expected `:`", "a key is followed by a colon and its value"),
    (
        "key must be a string",
        "a key stands in double quotes; a comma after the last member is too much",
    ),
    (
        "control character",
        "write a line break in a text as \\n and a tab as \\t; or a quote is not closed",
    ),
    ("invalid escape", "write a backslash as \\\\"),
    (
        "expected value",
        "a value is an object, an array, a text in double quotes, a number, true, false or null",
    ),
    (
        "expected ident",
        "only true, false and null stand without quotes",
    ),
    (
        "trailing characters",
        "the document has ended before this: a bracket was closed too early",
    ),
    (
        "invalid number",
        "a number has digits on both sides of its point, no leading zero and no plus",
    ),
    (
        "number out of range",
        "the number is too large; write it in quotes if it is meant as text",
    ),
];

/// What libyaml says, and how it is mended. The first that is contained.
const YAML_HINTS: &[(&str, &str)] = &[
    ("cannot start any token", "put the value in quotes"),
    (
        "mapping values are not allowed",
        "a text with `: ` in it needs quotes; or this line is indented too far",
    ),
    (
        "did not find expected key",
        "this line isn't indented like its neighbours, or a quote above isn't closed",
    ),
    (
        "did not find expected '-' indicator",
        "this line isn't indented like its neighbours",
    ),
    (
        "could not find expected ':'",
        "a colon and a space are missing, or a text of several lines needs `|`",
    ),
    (
        "did not find expected ',' or",
        "a comma or the closing bracket is missing",
    ),
    ("unexpected end of stream", "a quote is never closed"),
    (
        "unknown escape character",
        "in double quotes, write a backslash as \\\\; or use single quotes",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins on its own line, below its key",
    ),
    (
        "while scanning a block scalar",
        "the text below `|` or `>` is indented with spaces, all lines alike",
    ),
    (
        "did not find expected <document start>",
        "the document has ended before this",
    ),
    (
        "undefined alias",
        "define the anchor `&name` before the alias `*name`",
    ),
    (
        "unknown anchor",
        "define the anchor `&name` before the alias `*name`",
    ),
    (
        "more than one document",
        "keep one document, and remove what follows `---`",
    ),
    (
        "control characters are not allowed",
        "remove the character, or write it as an escape in double quotes",
    ),
    (
        "expected a text as key",
        "a key is a text or a number; put it in quotes",
    ),
    (
        "repetition limit",
        "use `$ref` to `components` instead of YAML aliases",
    ),
];

pub(super) fn json(source: &Source, offset: usize, error: &serde_json::Error) -> LoadError {
    let span = source.span(offset..offset);
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    if message.contains("recursion limit") {
        return too_deep(span);
    }
    let hint = JSON_HINTS
        .iter()
        .find(|(said, _)| message.starts_with(said));
    let mut hint = hint.map(|(_, hint)| (*hint).to_owned());
    if error.is_eof()
        && let Some(open) = source.unclosed_bracket()
    {
        hint = Some(format!(
            "the bracket of line {}, column {} is never closed",
            open.line, open.column
        ));
    }
    if !source.text.trim_start().starts_with(['{', '[']) {
        hint = Some("the text isn't JSON; name a YAML file `.yaml`".to_owned());
    }
    finish(message, span, hint)
}

pub(super) fn yaml(source: &Source, span: Option<Span>, error: &serde_yaml::Error) -> LoadError {
    let text = error.to_string();
    if text.contains("recursion limit") {
        return LoadError {
            span,
            ..too_deep(Span {
                line: 1,
                column: 1,
                range: 0..0,
            })
        };
    }
    let message = without_first_place(&text);
    let span = match control_character(&source.text) {
        Some(place) if message.contains("control characters") => Some(source.span(place)),
        _ => span,
    };
    let tab = span.as_ref().filter(|span| indented_with_tab(source, span));
    let hint = match tab {
        Some(_) => Some("YAML is indented with spaces; this line begins with a tab"),
        None => YAML_HINTS
            .iter()
            .find(|(said, _)| message.contains(said))
            .map(|(_, hint)| *hint),
    };
    let error = LoadError::new(LoadErrorKind::Syntax, message).at(span);
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

pub(super) fn too_deep(span: Span) -> LoadError {
    finish(
        "the document is nested too deeply",
        span,
        Some("objects and arrays may stand 127 deep in each other".to_owned()),
    )
}

/// Where a YAML text is nested too deeply, looked for only where its brackets suggest it.
pub(super) fn too_deep_for_libyaml(source: &Source) -> Option<Span> {
    let mut depth = 0_usize;
    let suspicious = source.text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > SUSPICIOUS_BRACKETS
    });
    if suspicious {
        source.nested_beyond(MAX_DEPTH)
    } else {
        None
    }
}

fn finish(message: &str, span: Span, hint: Option<String>) -> LoadError {
    LoadError {
        hint,
        ..LoadError::new(LoadErrorKind::Syntax, message).at(span)
    }
}

/// libyaml names the place of the trouble, which is shown anyway, and that of what it was reading.
fn without_first_place(text: &str) -> String {
    let Some((message, rest)) = text.split_once(" at line ") else {
        return text
            .split(" at position ")
            .next()
            .unwrap_or(text)
            .to_owned();
    };
    match rest.split_once(", ") {
        Some((_, context)) => format!("{message}, {context}"),
        None => message.to_owned(),
    }
}

fn indented_with_tab(source: &Source, span: &Span) -> bool {
    let line = source.line_text(span.line);
    let indentation = line.len() - line.trim_start().len();
    line.get(..indentation)
        .is_some_and(|blank| blank.contains('\t'))
}

fn control_character(text: &str) -> Option<Range<usize>> {
    let mut characters = text.char_indices();
    let (offset, character) = characters.find(|(_, character)| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
    })?;
    Some(offset..offset + character.len_utf8())
}
