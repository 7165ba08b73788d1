//! What is said of a document, for people and for other tools.

pub mod sarif;

use std::ops::Range;

use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::LoadError;
use crate::source::{Source, Span};

/// How much of a line is shown, in characters: documents may be megabytes in one line.
const BEFORE: usize = 50;
const AFTER: usize = 70;

/// The longest message or pointer: keys may be megabytes, too.
const LONGEST_TEXT: usize = 600;

/// Wider than any line shown, so that lines are cut here and nowhere else.
const WIDTH: usize = 400;

/// Diagnostics as a person reads them, each with its line of the document; ANSI colours if `color`.
pub fn text(source: &Source, diagnostics: &[Diagnostic], color: bool) -> String {
    let style = Style::new(color);
    let blocks: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| block(source, diagnostic, &style))
        .collect();
    blocks.join("\n")
}

/// Diagnostics as an array of objects, each with `code`, `severity`, `message`, `pointer`, `file`, `line`,
/// `column` and `help`; what isn't known is null.
pub fn json(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let items: Vec<Item> = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = place(source, diagnostic);
            Item {
                code: diagnostic.code.as_str(),
                severity: diagnostic.code.severity().as_str(),
                message: &diagnostic.message,
                pointer: Some(diagnostic.at.to_string()),
                file: Some(&source.holding(&diagnostic.at).name),
                line: place.as_ref().map(|span| span.line),
                column: place.as_ref().map(|span| span.column),
                help: diagnostic.help.as_deref(),
            }
        })
        .collect();
    array(&items)
}

/// Why a document can't be read, as a person reads it; ANSI colours if `color`.
pub fn load_error_text(source: &Source, error: &LoadError, color: bool) -> String {
    let source = faulty(source, error);
    let related = error.related.iter();
    Block {
        level: Level::ERROR,
        code: error.kind.as_str(),
        message: &error.message,
        places: error
            .span
            .iter()
            .map(|span| (span, None))
            .chain(related.map(|related| (&related.span, Some(clean(&related.label)))))
            .collect(),
        notes: error
            .hint
            .iter()
            .map(|hint| (Level::HELP, hint.as_str()))
            .collect(),
    }
    .render(source, &Style::new(color))
}

/// Why a document can't be read: an array of one object, as [`json`] has them.
pub fn load_error_json(source: &Source, error: &LoadError) -> String {
    let span = error.span.as_ref();
    let source = faulty(source, error);
    array(&[Item {
        code: error.kind.as_str(),
        severity: Severity::Error.as_str(),
        message: &error.message,
        pointer: None,
        file: Some(&source.name),
        line: span.map(|span| span.line),
        column: span.map(|span| span.column),
        help: error.hint.as_deref(),
    }])
}

/// Trouble that isn't the document's: an array of one object, as [`json`] has them.
pub fn trouble_json(message: &str) -> String {
    array(&[Item {
        code: "trouble",
        severity: Severity::Error.as_str(),
        message,
        pointer: None,
        file: None,
        line: None,
        column: None,
        help: None,
    }])
}

/// One thing said, for other tools. They count on it: keys are only ever added.
#[derive(Serialize)]
struct Item<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    pointer: Option<String>,
    file: Option<&'d str>,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'d str>,
}

fn array(items: &[Item<'_>]) -> String {
    // Texts and numbers alone, so it can't fail.
    serde_json::to_string_pretty(items).unwrap_or_default()
}

/// The file that an error is about.
fn faulty<'s>(source: &'s Source, error: &LoadError) -> &'s Source {
    let other = error.file.as_deref().and_then(|file| source.other(file));
    other.unwrap_or(source)
}

fn block(source: &Source, diagnostic: &Diagnostic, style: &Style) -> String {
    let place = place(source, diagnostic);
    let source = source.holding(&diagnostic.at);
    let at = place.as_ref().map(|_| diagnostic.at.to_string());
    let at = at.as_deref().map(|at| (Level::NOTE.with_name("at"), at));
    let help = diagnostic.help.as_deref().map(|help| (Level::HELP, help));
    Block {
        level: match diagnostic.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        },
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        places: place.iter().map(|span| (span, None)).collect(),
        notes: at.into_iter().chain(help).collect(),
    }
    .render(source, style)
}

/// What is said of the document as a whole (or of its configuration) has no line.
fn place(source: &Source, diagnostic: &Diagnostic) -> Option<Span> {
    if diagnostic.at.as_str().is_empty() {
        return None;
    }
    source.locate(&diagnostic.at)
}

/// Something said, with the lines that it is about.
struct Block<'b> {
    level: Level<'static>,
    code: &'static str,
    message: &'b str,
    /// The first is the main one.
    places: Vec<(&'b Span, Option<String>)>,
    notes: Vec<(Level<'static>, &'b str)>,
}

impl Block<'_> {
    fn render(self, source: &Source, style: &Style) -> String {
        let title = self.level.clone().primary_title(clean(self.message));
        let title = Group::with_title(title.id(self.code));
        let mut text = style.renderer.render(&[title]) + "\n";
        let mut body = Group::with_level(self.level.clone());
        let mut arrow = "-->";
        if self.places.is_empty() {
            text += &style.arrow(1, arrow, &clean(&source.name));
        }
        for (span, label) in self.places {
            if !body.is_empty() {
                text += &(style.renderer.render(&[body]) + "\n");
            }
            let place = format!("{}:{}:{}", clean(&source.name), span.line, span.column);
            text += &style.arrow(span.line.to_string().len(), arrow, &place);
            arrow = ":::";
            let (line, marked) = excerpt(source, span);
            let kind = match label {
                Some(_) => AnnotationKind::Context,
                None => AnnotationKind::Primary,
            };
            let annotation = kind.span(marked).label(label);
            let snippet = Snippet::source(line).line_start(span.line);
            body = Group::with_level(self.level.clone()).element(snippet.annotation(annotation));
        }
        let notes = self.notes.into_iter();
        body = body.elements(notes.map(|(level, note)| level.message(clean(note))));
        if !body.is_empty() {
            text += &(style.renderer.render(&[body]) + "\n");
        }
        text
    }
}

/// Plain or in colours.
struct Style {
    renderer: Renderer,
    color: bool,
}

impl Style {
    fn new(color: bool) -> Self {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        Self {
            renderer: renderer.term_width(WIDTH),
            color,
        }
    }

    /// Where the next lines are from: `annotate_snippets` would count the column in the line that it is
    /// given, which may be cut.
    fn arrow(&self, indent: usize, arrow: &str, place: &str) -> String {
        let indent = " ".repeat(indent);
        if self.color {
            let style = DEFAULT_LINE_NUM_STYLE;
            format!("{indent}{style}{arrow}{style:#} {place}\n")
        } else {
            format!("{indent}{arrow} {place}\n")
        }
    }
}

/// The part of a line around a span, and where the span is in it.
fn excerpt(source: &Source, span: &Span) -> (String, Range<usize>) {
    let line = source.line_text(span.line);
    let first = source.line_start(span.line);
    let start = span.range.start.saturating_sub(first).min(line.len());
    // A span of several lines is marked to the end of its first.
    let end = span
        .range
        .end
        .saturating_sub(first)
        .clamp(start, line.len());
    let before = line.get(..start).unwrap_or("");
    let rest = line.get(start..).unwrap_or("");
    let from = before
        .char_indices()
        .rev()
        .nth(BEFORE - 1)
        .map_or(0, |(byte, _)| byte);
    let to = rest
        .char_indices()
        .nth(AFTER)
        .map_or(rest.len(), |(byte, _)| byte);
    let marked = rest.get(..(end - start).min(to)).unwrap_or("");
    let after = rest.get(marked.len()..to).unwrap_or("");

    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    text.push_str(&visible(before.get(from..).unwrap_or("")));
    let start = text.len();
    text.push_str(&visible(marked));
    let end = text.len();
    text.push_str(&visible(after));
    if to < rest.len() {
        text.push('…');
    }
    (text, start..end)
}

/// Terminals act on these, too, and `annotate_snippets` lets them pass.
fn visible(text: &str) -> String {
    let acted_on = |character| matches!(character, '\u{80}'..='\u{9f}' | '\r' | '\n');
    text.replace(acted_on, "\u{fffd}")
}

/// In one line, of bearable length and without anything that a terminal acts on.
fn clean(text: &str) -> String {
    let mut cut = text.char_indices();
    let text = match cut.nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    };
    normalize_untrusted_str(&visible(&text))
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
