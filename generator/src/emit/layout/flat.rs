//! Tokens in one line, with the spaces between them.

use super::token::{Kind, Token};

/// Tokens in one line, without commas at the ends of lists.
pub(super) fn flat(tokens: &[Token<'_>]) -> String {
    let mut text = String::new();
    let mut last: Option<Token<'_>> = None;
    let mut last_is_prefix = false;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).map(|next| next.text);
        if token.text == "," && matches!(next, Some(")" | "]" | "}" | ">")) {
            continue;
        }
        if let Some(last) = last
            && !last_is_prefix
            && is_spaced(&last, token)
        {
            text.push(' ');
        }
        text.push_str(token.text);
        last_is_prefix = matches!(token.text, "&" | "*" | "!")
            && last.is_none_or(|last| last_is_prefix || begins_operand(&last));
        last = Some(*token);
    }
    text
}

/// Whether a value or a type comes next, so that an operator stands before it alone.
fn begins_operand(last: &Token<'_>) -> bool {
    match last.kind {
        Kind::Punctuation => matches!(
            last.text,
            "(" | "[" | "{" | "," | "=" | ":" | "->" | "=>" | "<"
        ),
        Kind::Word => matches!(
            last.text,
            "for" | "if" | "impl" | "in" | "match" | "mut" | "return"
        ),
        Kind::Lifetime | Kind::Text => false,
    }
}

fn is_spaced(last: &Token<'_>, next: &Token<'_>) -> bool {
    let follows_closely = match next.text {
        ")" | "]" | "," | ";" | "." | "::" | "?" | ":" | ">" | ".." | "..=" | "!" => {
            !matches!(last.text, "," | "=" | "=>")
        }
        "<" => !matches!(last.text, "=" | "," | ":" | "->" | "+" | "as" | "for"),
        "(" => match last.kind {
            Kind::Punctuation => matches!(last.text, ">" | "!"),
            _ => !matches!(last.text, "if" | "in" | "match" | "return"),
        },
        "[" => match last.kind {
            Kind::Punctuation => last.text == "!",
            kind => kind != Kind::Lifetime,
        },
        "}" => last.text == "{",
        _ => false,
    };
    let is_followed_closely =
        matches!(last.text, "(" | "[" | "." | "::" | "#" | "<" | ".." | "..=");
    !(follows_closely || is_followed_closely)
}
