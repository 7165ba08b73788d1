//! A line of rendered text: attributes, and what stands behind them.

use std::borrow::Cow;

use super::WIDTH;
use super::flat::flat;
use super::token::{Kind, Token, tokens};

pub(super) struct Line<'t> {
    pub(super) attributes: Vec<Attribute<'t>>,
    pub(super) tokens: Vec<Token<'t>>,
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Where it ends in the text.
    pub(super) end: usize,
    /// How many braces are open before it.
    depth_before: usize,
    /// How many braces are open after it.
    depth_after: usize,
}

pub(super) enum Attribute<'t> {
    /// `///` or `//!` and the text.
    Written(&'t str),
    /// The text of a comment, in quotes.
    Comment(&'t str),
    Other(Vec<Token<'t>>),
}

/// The lines of a text, without empty ones; none where one can't be taken apart.
pub(super) fn lines(text: &str) -> Option<Vec<Line<'_>>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut depth: usize = 0;
    for raw in text.split_inclusive('\n') {
        let end = start + raw.len();
        let (attributes, tokens) = taken_apart(raw.trim())?;
        let depth_before = depth;
        for token in tokens
            .iter()
            .filter(|token| token.kind == Kind::Punctuation)
        {
            match token.text {
                "{" => depth += 1,
                "}" => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        if !(attributes.is_empty() && tokens.is_empty()) {
            lines.push(Line {
                attributes,
                tokens,
                start,
                end,
                depth_before,
                depth_after: depth,
            });
        }
        start = end;
    }
    (depth == 0).then_some(lines)
}

fn taken_apart(line: &str) -> Option<(Vec<Attribute<'_>>, Vec<Token<'_>>)> {
    if line.starts_with("///") || line.starts_with("//!") {
        return Some((vec![Attribute::Written(line)], Vec::new()));
    }
    // Others than those that are documentation are the template's.
    if line.starts_with("//") {
        return Some(Default::default());
    }
    let mut tokens = tokens(line)?;
    let mut attributes = Vec::new();
    while tokens.first().is_some_and(|token| token.text == "#") {
        let (attribute, length) = attribute(&tokens)?;
        attributes.push(attribute);
        tokens.drain(..length);
    }
    Some((attributes, tokens))
}

/// The attribute that tokens begin with, and how many are its.
fn attribute<'t>(tokens: &[Token<'t>]) -> Option<(Attribute<'t>, usize)> {
    let texts: Vec<&str> = tokens.iter().take(6).map(|token| token.text).collect();
    match texts.as_slice() {
        ["#", "[", "comment", "=", text, "]", ..] => Some((Attribute::Comment(text), 6)),
        ["#", "[", ..] => {
            let end = tokens.iter().position(|token| token.text == "]")?;
            Some((Attribute::Other(tokens.get(..=end)?.to_vec()), end + 1))
        }
        _ => None,
    }
}

impl Attribute<'_> {
    /// As a line; none where prettyplease has another form for it.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Written(text) => (!text.starts_with("////")).then_some(Cow::Borrowed(text)),
            Self::Comment(quoted) => {
                let text = unquoted(quoted)?;
                let text = text.trim_end_matches(' ');
                (!text.contains('\n')).then(|| Cow::Owned(format!("//{text}")))
            }
            // So short that it fits anywhere.
            Self::Other(tokens) => Some(flat(tokens))
                .filter(|text| text.len() <= WIDTH / 2)
                .map(Cow::Owned),
        }
    }
}

/// What a text in quotes says; none where it has an escape that is left to others.
fn unquoted(quoted: &str) -> Option<Cow<'_, str>> {
    let text = quoted.strip_prefix('"')?.strip_suffix('"')?;
    if !text.contains('\\') {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next()? {
            't' => out.push('\t'),
            itself @ ('"' | '\\' | '\'') => out.push(itself),
            _ => return None,
        }
    }
    Some(Cow::Owned(out))
}

impl Line<'_> {
    fn begins_with(&self, text: &str) -> bool {
        self.tokens.first().is_some_and(|token| token.text == text)
    }

    fn ends_with(&self, text: &str) -> bool {
        self.tokens.last().is_some_and(|token| token.text == text)
    }

    /// Whether it begins with the end of a block.
    pub(super) fn is_end(&self) -> bool {
        self.begins_with("}")
    }

    pub(super) fn opens_implementation(&self) -> bool {
        self.begins_with("impl") && self.ends_with("{")
    }

    /// Whether an item or a member of this depth ends with it.
    pub(super) fn ends_unit(&self, depth: usize) -> bool {
        self.depth_after == depth && (self.ends_with("}") || self.ends_with(";"))
    }

    /// How many blocks it stands in.
    pub(super) fn depth(&self) -> usize {
        self.depth_before.saturating_sub(usize::from(self.is_end()))
    }
}
