//! Lines of rendered text as tokens.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, a keyword or a number.
    Word,
    Lifetime,
    /// A text in quotes.
    Text,
    Punctuation,
}

pub(super) const COMMA: Token<'static> = Token {
    kind: Kind::Punctuation,
    text: ",",
};

/// Of more than one character, the longest first.
const COMPOUND: [&str; 5] = ["..=", "::", "->", "=>", ".."];

const SINGLE: [char; 18] = [
    '(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '.', '=', '+', '&', '*', '!', '?',
];

/// With a `=` behind them, and some with another, they are operators that aren't known here.
const BEGINNINGS: [&str; 7] = ["=", "!", "<", ">", "+", "&", "*"];

/// The tokens of a line; none where one isn't known here, or goes on in the next line.
pub(super) fn tokens(line: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (kind, length) = begun(first, rest)?;
        let (text, after) = rest.split_at_checked(length)?;
        if goes_on(kind, text, after) {
            return None;
        }
        tokens.push(Token { kind, text });
        rest = after.trim_start();
    }
    Some(tokens)
}

/// The kind of the token that a text begins with, and its length.
fn begun(first: char, text: &str) -> Option<(Kind, usize)> {
    Some(match first {
        '"' => (Kind::Text, quoted(text)?),
        '\'' => (Kind::Lifetime, 1 + word(text.strip_prefix('\'')?)),
        '#' => (Kind::Punctuation, 1),
        _ if is_of_word(first) => (Kind::Word, word(text)),
        _ => {
            let compound = COMPOUND
                .iter()
                .find(|compound| text.starts_with(**compound));
            let single = SINGLE.contains(&first).then_some(1);
            (Kind::Punctuation, compound.map(|it| it.len()).or(single)?)
        }
    })
}

/// Whether a token is only the beginning of one that isn't known here.
fn goes_on(kind: Kind, text: &str, after: &str) -> bool {
    match kind {
        Kind::Word => after.starts_with(['"', '\'', '#']),
        Kind::Lifetime => text.len() < 2 || after.starts_with('\''),
        Kind::Text => after.starts_with(is_of_word),
        Kind::Punctuation => {
            BEGINNINGS.contains(&text) && after.starts_with('=')
                || matches!(text, "&" | "<") && after.starts_with(text)
        }
    }
}

fn is_of_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

/// How long the word is at the beginning, `r#` of a raw identifier included.
fn word(text: &str) -> usize {
    let bare = text.strip_prefix("r#").unwrap_or(text);
    let length = bare.find(|character| !is_of_word(character));
    text.len() - bare.len() + length.unwrap_or(bare.len())
}

/// How long the text in quotes is at the beginning, quotes included.
fn quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}
