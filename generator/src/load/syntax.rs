//! What a parser says of a text, in words that say how to mend it.

use std::ops::Range;

use super::{LoadError, LoadErrorKind, Related};
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
        "a quote is missing before this; or write a line break in a text as \\n and a tab as \\t",
    ),
    (
        "unexpected end of hex escape",
        "write the character as itself; one beyond U+FFFF is two escapes",
    ),
    (
        "lone leading surrogate",
        "write the character as itself; one beyond U+FFFF is two escapes",
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
        "a text with `: ` in it needs quotes; or the line above lacks its colon or the space behind it",
    ),
    (
        "while scanning an alias",
        "a text that begins with `*` needs quotes",
    ),
    (
        "while scanning an anchor",
        "a text that begins with `&` needs quotes",
    ),
    (
        "did not find expected node content",
        "a value is missing, or a text that begins with a bracket needs quotes",
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
    ("unexpected end of stream", "this quote is never closed"),
    (
        "unknown escape character",
        "in double quotes, write a backslash as \\\\; or use single quotes",
    ),
    (
        "found unexpected ':'",
        "between brackets, a text with `:` at its beginning or end needs quotes",
    ),
    (
        "unexpected document indicator",
        "this quote is never closed, or a line within it begins with `---` or `...`",
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

/// What libyaml says where a line goes on behind the end of its value, or is indented unlike its neighbours.
const UNEXPECTED: &str = "did not find expected key";

/// libyaml notices these late: the place to look is where it began to read.
const LATE: &[&str] = &[
    "unexpected end of stream",
    "unexpected document indicator",
    "could not find expected ':'",
];

pub(super) fn json(source: &Source, offset: usize, error: &serde_json::Error) -> LoadError {
    let mut span = source.span(offset..offset);
    let text = error.to_string();
    let mut message = text.split(" at line ").next().unwrap_or(&text);
    if message.contains("recursion limit") {
        return too_deep(span);
    }
    let hint = JSON_HINTS
        .iter()
        .find(|(said, _)| message.starts_with(said));
    let mut hint = hint.map(|(_, hint)| (*hint).to_owned());
    if let Some(of_character) = hint_of(source.text.get(offset..).unwrap_or(""), message) {
        hint = Some(of_character.to_owned());
    }
    if message.contains("control character") && offset == source.line_start(span.line) {
        // It is the line break, and serde_json stands behind it.
        let end = offset.saturating_sub(1);
        span = source.span(end..end);
        message = "the line ends within a text";
    }
    if error.is_eof()
        && !message.ends_with("a string")
        && let Some(open) = source.unclosed_bracket()
    {
        let error = LoadError::new(LoadErrorKind::Syntax, message).at(span);
        return error
            .related(open, "this is never closed")
            .hint("the text ends too soon: a closing bracket is missing");
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
    if text.contains("more than one document") {
        return more_than_one_document(source);
    }
    let Said {
        problem,
        reading,
        since,
    } = Said::read(&text);
    let mut message = problem.to_owned();
    let mut since = since.map(|(line, column)| source.span_at(line, column));
    let span = match control_character(&source.text) {
        Some(place) if message.contains("control characters") => Some(source.span(place)),
        _ if LATE.iter().any(|said| message.contains(said)) => since.take().or(span),
        _ => span,
    };
    let same_line = since.as_ref().map(|at| at.line) == span.as_ref().map(|at| at.line);
    if since.is_none() && !reading.is_empty() {
        message = format!("{problem}, {reading}");
    }
    let tab = span
        .as_ref()
        .is_some_and(|span| indented_with_tab(source, span));
    let behind = span.as_ref().map_or("", |span| before(source, span)).trim();
    let behind = Some(behind).filter(|text| problem == UNEXPECTED && !text.is_empty());
    if same_line || tab || behind.is_some() {
        // What it was reading says nothing more.
        since = None;
    }
    let hint = match behind {
        _ if tab => Some("YAML is indented with spaces; this line is indented with a tab"),
        Some(text) if text.matches('"').count() % 2 == 1 || text.matches('\'').count() % 2 == 1 => {
            Some("a quote in a line above is never closed, so that this one closes it")
        }
        Some(_) => Some("put the value in quotes; inside single quotes, a quote is written twice"),
        None => YAML_HINTS
            .iter()
            .find(|(said, _)| text.contains(said))
            .map(|(_, hint)| *hint),
    };
    LoadError {
        hint: hint.map(str::to_owned),
        related: since.map(|span| {
            let label = reading.to_owned();
            Box::new(Related { span, label })
        }),
        ..LoadError::new(LoadErrorKind::Syntax, message).at(span)
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

fn more_than_one_document(source: &Source) -> LoadError {
    let place = source.second_document();
    let parted = source
        .text
        .lines()
        .any(|line| line.starts_with("---") || line.starts_with("..."));
    let (message, hint) = if parted {
        (
            "the text has more than one document",
            "keep one document, and remove what follows `---` or `...`",
        )
    } else {
        (
            "the document has ended before this",
            "a bracket or quote is closed too early, or this belongs further to the right",
        )
    };
    LoadError::new(LoadErrorKind::Syntax, message)
        .at(place)
        .hint(hint)
}

/// What the next character of a JSON text says of the trouble.
fn hint_of(rest: &str, message: &str) -> Option<&'static str> {
    let closes = rest.starts_with(['}', ']']);
    Some(match message {
        _ if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') => {
            "JSON has no comments; name a YAML file `.yaml`"
        }
        _ if rest.starts_with('\'') => "JSON has double quotes alone",
        "expected `,` or `}`" if closes => "the brace is closed by a bracket",
        "expected `,` or `]`" if closes => "the bracket is closed by a brace",
        _ => return None,
    })
}

/// What libyaml says: `problem at line 1 column 2, reading at line 3 column 4`.
struct Said<'t> {
    problem: &'t str,
    /// What it was reading; empty if it doesn't say.
    reading: &'t str,
    /// Line and column at which it began to read that, where they are others.
    since: Option<(usize, usize)>,
}

impl<'t> Said<'t> {
    fn read(text: &'t str) -> Self {
        let (problem, rest) = text
            .split_once(" at line ")
            .or_else(|| text.split_once(" at position "))
            .unwrap_or((text, ""));
        let (_, rest) = rest.split_once(", ").unwrap_or_default();
        let (reading, since) = rest.split_once(" at line ").unwrap_or((rest, ""));
        let since = since.split_once(" column ");
        Self {
            problem,
            reading,
            since: since
                .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?))),
        }
    }
}

fn indented_with_tab(source: &Source, span: &Span) -> bool {
    let line = source.line_text(span.line);
    let mut blank = line
        .chars()
        .take_while(|character| character.is_whitespace());
    blank.any(|character| character == '\t')
}

/// The line before a place.
fn before<'s>(source: &'s Source, span: &Span) -> &'s str {
    let first = source.line_start(span.line);
    source.text.get(first..span.range.start).unwrap_or("")
}

fn control_character(text: &str) -> Option<Range<usize>> {
    let mut characters = text.char_indices();
    let (offset, character) = characters.find(|(_, character)| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
    })?;
    Some(offset..offset + character.len_utf8())
}
