//! A line of code: as it is where it fits, else broken up.

use super::flat::flat;
use super::token::{COMMA, Kind, Token};
use super::{INDENT, WIDTH, push_indented};

/// The widest value of a struct in one line, in bytes, without its last brace: prettyplease's.
const STRUCT_WIDTH: usize = 34;

/// Words that a block follows, and not the fields of a struct.
const BEFORE_BLOCKS: [&str; 6] = ["async", "const", "else", "loop", "move", "unsafe"];

/// Adds a line; none where it isn't as simple as all that.
pub(super) fn push(
    out: &mut String,
    indent: usize,
    tokens: &[Token<'_>],
    is_last_of_block: bool,
) -> Option<()> {
    let has = |text: &str| tokens.iter().any(|token| token.text == text);
    let (last, others) = tokens.split_last()?;
    let is_whole = match last.text {
        // With nothing in it, a block is no block.
        "{" => !is_last_of_block,
        "}" | ";" | "," => true,
        _ => is_last_of_block,
    };
    let is_several = others.iter().any(|token| token.text == ";");
    // Its braces are no struct's.
    let is_tree = has("use") && has("{");
    if !is_whole || is_several || is_tree {
        return None;
    }
    // The comma after the last field of a struct comes with the break before the brace, and counts for nothing.
    let slack = is_last_of_block && last.text == "," && has("[");
    push_within(out, indent, tokens, WIDTH + usize::from(slack))
}

/// In one line if it fits, else with what stands in brackets on lines of its own.
fn push_within(out: &mut String, indent: usize, tokens: &[Token<'_>], width: usize) -> Option<()> {
    let wide_struct = wide_struct(tokens)?;
    if wide_struct.is_none() {
        let text = flat(tokens);
        if indent + text.len() <= width || is_text_field(tokens) {
            push_indented(out, indent, &text);
            return Some(());
        }
        if let Some((receiver, call)) = method_call(tokens) {
            return push_method_call(out, indent, receiver, call);
        }
    }
    let open = wide_struct.or_else(|| breakable(tokens))?;
    let close = closing(tokens, open)?;
    let (head, rest) = tokens.split_at_checked(open + 1)?;
    let (inner, tail) = rest.split_at_checked(close - open - 1)?;
    let bracket = head.last()?.text;
    let elements = elements(inner);
    // More than a comma or a semicolon behind it has a layout of its own, and lists of simple things have another.
    if bracket != "(" && tail.len() > 2
        || bracket == "[" && elements.iter().any(|element| element.len() == 1)
    {
        return None;
    }
    let (head, tail) = (flat(head), flat(tail));
    if indent + head.len().max(tail.len()) > WIDTH {
        return None;
    }
    push_indented(out, indent, &head);
    let last = elements.len().checked_sub(1)?;
    for (index, element) in elements.into_iter().enumerate() {
        push_element(out, indent + INDENT, element, index == last)?;
    }
    push_indented(out, indent, &tail);
    Some(())
}

fn push_element(
    out: &mut String,
    indent: usize,
    element: &[Token<'_>],
    is_last: bool,
) -> Option<()> {
    if element.first()?.text == ".." {
        return push_within(out, indent, element, WIDTH);
    }
    let element = [element, &[COMMA]].concat();
    // The last comma comes with the break, and counts for nothing.
    push_within(out, indent, &element, WIDTH + usize::from(is_last))
}

/// `self.call` and `.path::<T>(value);`, where a line is no more than that.
fn method_call<'l, 't>(tokens: &'l [Token<'t>]) -> Option<(&'l [Token<'t>], &'l [Token<'t>])> {
    let (receiver, call) = tokens.split_at_checked(3)?;
    let is_field = matches!(receiver, [own, dot, field] if own.text == "self" && dot.text == "." && field.kind == Kind::Word);
    let open = call.iter().position(|token| token.text == "(")?;
    let is_call = call.first()?.text == "." && closing(call, open)? + 2 == call.len();
    (is_field && is_call && call.last()?.text == ";").then_some((receiver, call))
}

/// The receiver, and the call of its method below: in one line if it fits, else with its type on a line of its own.
fn push_method_call(
    out: &mut String,
    indent: usize,
    receiver: &[Token<'_>],
    call: &[Token<'_>],
) -> Option<()> {
    push_indented(out, indent, &flat(receiver));
    let indent = indent + INDENT;
    let text = flat(call);
    if indent + text.len() <= WIDTH {
        push_indented(out, indent, &text);
        return Some(());
    }
    let open = call.iter().position(is_opening)?;
    let close = closing(call, open)?;
    let (head, rest) = call.split_at_checked(open + 1)?;
    let (ty, tail) = rest.split_at_checked(close - open - 1)?;
    if head.last()?.text != "<" || elements(ty).len() != 1 {
        return None;
    }
    let (head, ty, tail) = (flat(head), flat(ty) + ",", flat(tail));
    if indent + head.len().max(INDENT + ty.len()).max(tail.len()) > WIDTH {
        return None;
    }
    push_indented(out, indent, &head);
    push_indented(out, indent + INDENT, &ty);
    push_indented(out, indent, &tail);
    Some(())
}

/// A field that is a text, which can't be broken up.
fn is_text_field(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [_, colon, text, _] if colon.text == ":" && text.kind == Kind::Text)
}

/// Where the brackets open that are broken up first: of a function's parameters, of a type's arguments, of a list.
fn breakable(tokens: &[Token<'_>]) -> Option<usize> {
    let after = |start: usize, bracket: &str| {
        let open = tokens.iter().skip(start).position(|it| it.text == bracket);
        open.map(|open| start + open)
    };
    let word = |word: &str| tokens.iter().position(|token| token.text == word);
    if let Some(function) = word("fn") {
        return after(function, "(");
    }
    if word("type").is_some() {
        return after(word("=")?, "<");
    }
    let open = after(word("=").unwrap_or(0), "[")?;
    let is_argument = tokens.iter().take(open).any(|token| token.text == "(");
    (!is_argument).then_some(open)
}

/// Where the brace opens of the first struct that doesn't go in one line; `None` where a brace isn't so simple.
fn wide_struct(tokens: &[Token<'_>]) -> Option<Option<usize>> {
    let mut wide = None;
    for (at, token) in tokens.iter().enumerate() {
        let is_block = at + 1 == tokens.len();
        let is_empty = tokens.get(at + 1).is_some_and(|next| next.text == "}");
        if token.text != "{" || is_block || is_empty {
            continue;
        }
        let before = without_visibility(tokens.get(..at)?);
        let is_of_path = |token: &&Token<'_>| token.kind == Kind::Word || token.text == "::";
        let path = before.iter().rev().take_while(is_of_path).count();
        let is_argument = elements(before).len() > 1 || before.iter().any(|it| it.text == "(");
        if path == 0 || is_argument || BEFORE_BLOCKS.contains(&before.last()?.text) {
            return None;
        }
        let close = closing(tokens, at)?;
        let fields = tokens.get(at - path..close)?;
        let fields = match fields {
            [fields @ .., last] if last.text == "," => fields,
            fields => fields,
        };
        if flat(fields).len() + " ".len() > STRUCT_WIDTH {
            wide = wide.or(Some(at));
        }
    }
    Some(wide)
}

fn without_visibility<'l, 't>(tokens: &'l [Token<'t>]) -> &'l [Token<'t>] {
    match tokens {
        [public, open, _, close, rest @ ..]
            if public.text == "pub" && open.text == "(" && close.text == ")" =>
        {
            rest
        }
        _ => tokens,
    }
}

fn is_opening(token: &Token<'_>) -> bool {
    matches!(token.text, "(" | "[" | "{" | "<")
}

fn is_closing(token: &Token<'_>) -> bool {
    matches!(token.text, ")" | "]" | "}" | ">")
}

/// Where the bracket closes that opens here.
fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if is_opening(token) {
            depth += 1;
        } else if is_closing(token) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// What stands between the commas that are in no brackets.
fn elements<'l, 't>(tokens: &'l [Token<'t>]) -> Vec<&'l [Token<'t>]> {
    let mut depth = 0_usize;
    let elements = tokens.split(|token| {
        if is_opening(token) {
            depth += 1;
        } else if is_closing(token) {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && token.text == ","
    });
    elements.filter(|element| !element.is_empty()).collect()
}
