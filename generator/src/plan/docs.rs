//! Descriptions made safe for rustdoc: the document's own sentences, as markdown that can't warn or run.

use super::names::Ident;

/// Longer lines of prose are broken.
const LONGEST: usize = 120;
/// Of more values than this, the first are named.
const MOST_LISTED: usize = 24;
/// They are broken before this column.
const WIDTH: usize = 100;

/// The lines of a description; empty where there is nothing to say.
pub(super) fn lines(markdown: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let line = line.replace('\t', "    ");
        let line = line.trim_end();
        let trimmed = line.trim_start();
        if let Some(open) = &fence {
            lines.push(line.to_owned());
            if trimmed.starts_with(open.as_str()) {
                fence = None;
            }
        } else if let Some(open) = opening_fence(trimmed) {
            lines.push(format!("{open}text"));
            fence = Some(open);
        } else {
            let indent = (line.len() - trimmed.len()).min(3);
            wrap(&" ".repeat(indent), &quoted(&inline(trimmed)), &mut lines);
        }
    }
    lines.extend(fence);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    lines.split_off(first)
}

/// The first line of a description.
pub(super) fn first_line(markdown: &str) -> Option<String> {
    lines(markdown).into_iter().next()
}

/// As [`lines`], or a sentence of our own where the document says nothing.
pub(super) fn lines_or(markdown: Option<&str>, otherwise: impl FnOnce() -> String) -> Vec<String> {
    let said = markdown.map(lines).unwrap_or_default();
    if said.is_empty() {
        vec![otherwise()]
    } else {
        said
    }
}

/// A paragraph of the values that a schema lists without being an enumeration.
pub(super) fn listed(schema: &crate::api::Schema) -> Vec<String> {
    let values: Vec<String> = schema
        .listed
        .iter()
        .take(MOST_LISTED)
        .map(|value| format!("`{}`", value.to_string().replace(['`', '\n', '\r'], "")))
        .collect();
    let more = match schema.listed.len() > MOST_LISTED {
        true => ", …",
        false => "",
    };
    match values.as_slice() {
        [] => Vec::new(),
        [only] => vec![String::new(), format!("Known value: {only}.")],
        _ => vec![
            String::new(),
            format!("Known values: {}{more}.", values.join(", ")),
        ],
    }
}

/// A paragraph of the only value that a property has.
pub(super) fn constant(value: &str) -> [String; 2] {
    [String::new(), format!("Always {}.", code(value))]
}

/// What is said of something that the document says nothing of: its name.
pub(super) fn unsaid(name: &str) -> String {
    format!("{}.", code(name))
}

/// What is said of a resource, whose description no document has: what is reached through it.
pub(super) fn of_resource(spoken: &str, reached: &[&Ident]) -> String {
    let names: Vec<String> = reached
        .iter()
        .take(MOST_LISTED)
        .map(|name| code(name.bare()))
        .collect();
    match reached.len().saturating_sub(MOST_LISTED) {
        0 if names.is_empty() => format!("Calls on {spoken}."),
        0 => format!("Calls on {spoken}: {}.", names.join(", ")),
        more => format!("Calls on {spoken}: {} and {more} more.", names.join(", ")),
    }
}

/// A name on the wire as code, on one line whatever is in it.
pub(super) fn code(name: &str) -> String {
    let name = name.replace(['`', '\n', '\r'], " ");
    if name.trim().is_empty() {
        "`\"\"`".to_owned()
    } else {
        format!("`{name}`")
    }
}

fn opening_fence(line: &str) -> Option<String> {
    ["```", "~~~"]
        .into_iter()
        .find(|fence| line.starts_with(fence) && !line[fence.len()..].contains('`'))
        .map(|fence| {
            let mark = &fence[..1];
            let length = line.len() - line.trim_start_matches(mark).len();
            mark.repeat(length)
        })
}

/// A quotation that is indented so far that rustdoc would run it as code is no quotation.
fn quoted(line: &str) -> String {
    match line.starts_with(">     ") {
        true => format!("\\{line}"),
        false => line.to_owned(),
    }
}

/// One line outside a code block: what rustdoc would take for HTML, a link to an item or a bare URL is escaped.
fn inline(line: &str) -> String {
    let mut safe = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '`' => code_span(rest, &mut safe),
            '\\' => {
                let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
                safe.push_str(&rest[..length]);
                length
            }
            '<' if is_autolink(rest) => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                safe.push_str(&rest[..end]);
                end
            }
            '<' => {
                safe.push_str("\\<");
                1
            }
            '[' => link(rest, &mut safe),
            ']' => {
                safe.push_str("\\]");
                1
            }
            'h' if is_url(rest) && !safe.ends_with(char::is_alphanumeric) => {
                let end = url_end(rest);
                safe.push('<');
                safe.push_str(&rest[..end]);
                safe.push('>');
                end
            }
            other => {
                safe.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    safe
}

/// A code span is copied; a lone backtick is escaped.
fn code_span(rest: &str, safe: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let mark = &rest[..ticks];
    match rest[ticks..].find(mark) {
        Some(end) => {
            let length = ticks + end + ticks;
            safe.push_str(&rest[..length]);
            length
        }
        None => {
            safe.push_str(&"\\`".repeat(ticks));
            ticks
        }
    }
}

/// A link with an absolute target is copied; any other bracket is escaped, or rustdoc would look for an item.
fn link(rest: &str, safe: &mut String) -> usize {
    let whole = rest.find("](").and_then(|middle| {
        let label = &rest[1..middle];
        let target = &rest[middle + 2..];
        let end = target.find(')')?;
        let (target, title) = target[..end]
            .split_once(char::is_whitespace)
            .unwrap_or((&target[..end], ""));
        let plain = !label.contains(['[', ']']) && (title.is_empty() || is_quoted(title.trim()));
        (plain && is_url(target)).then_some((middle + 2 + end + 1, label, target))
    });
    match whole {
        // A label that is its own target is redundant to rustdoc.
        Some((length, label, target)) if label == target || is_url(label) => {
            safe.push_str(&format!("<{target}>"));
            length
        }
        Some((length, label, target)) => {
            safe.push_str(&format!("[{}]({target})", inline(label)));
            length
        }
        None => {
            safe.push_str("\\[");
            1
        }
    }
}

fn is_quoted(title: &str) -> bool {
    ['"', '\''].iter().any(|mark| {
        let inside = title.strip_prefix(*mark);
        inside.is_some_and(|rest| rest.ends_with(*mark))
    })
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn is_autolink(text: &str) -> bool {
    text.get(1..).is_some_and(is_url)
        && text
            .find('>')
            .is_some_and(|end| !text[..end].contains(char::is_whitespace))
}

fn url_end(text: &str) -> usize {
    let stop = |character: char| character.is_whitespace() || "<>()[]{}\"'`|*".contains(character);
    let end = text.find(stop).unwrap_or(text.len());
    text[..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '?'])
        .len()
}

/// Breaks prose; never before a word that would start a list, a heading or a quotation there.
fn wrap(indent: &str, text: &str, lines: &mut Vec<String>) {
    let is_table = text.starts_with('|');
    if text.len() <= LONGEST || is_table {
        lines.push(if text.is_empty() {
            String::new()
        } else {
            format!("{indent}{text}")
        });
        return;
    }
    let is_item =
        text.starts_with(['-', '*', '+']) || text.starts_with(|first: char| first.is_ascii_digit());
    let hanging = if is_item {
        format!("{indent}  ")
    } else {
        indent.to_owned()
    };
    let mut line = indent.to_owned();
    for word in text.split(' ') {
        let fits = line.len() + word.len() < WIDTH;
        let breaks = !word.starts_with(['-', '*', '+', '#', '>', '|', '=', '~', '_', '`', '<'])
            && !word.starts_with(|first: char| first.is_ascii_digit())
            && !word.is_empty()
            && line.matches('`').count().is_multiple_of(2)
            && line.matches('[').count() == line.matches(']').count();
        if line.trim().is_empty() {
            line.push_str(word);
        } else if fits || !breaks {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut line, format!("{hanging}{word}")));
        }
    }
    lines.push(line.trim_end().to_owned());
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        assert_eq!(lines(markdown), expected);
    }

    #[test]
    fn urls_brackets_and_tags_are_escaped() {
        check(
            "See https://example.com/a.",
            &["See <https://example.com/a>."],
        );
        check("a [x] b", &["a \\[x\\] b"]);
        check("[docs](https://e.com/x)", &["[docs](https://e.com/x)"]);
        check(
            "[docs](https://e.com/x \"A title\") [odd](https://e.com odd)",
            &["[docs](https://e.com/x) \\[odd\\](<https://e.com> odd)"],
        );
        check("[docs](/relative)", &["\\[docs\\](/relative)"]);
        check("[https://e.com](https://e.com)", &["<https://e.com>"]);
        check("a <b> `<c>`", &["a \\<b> `<c>`"]);
        check("a ` b", &["a \\` b"]);
    }

    #[test]
    fn code_never_runs() {
        check("```\nlet x;\n```", &["```text", "let x;", "```"]);
        check("```json\n{}", &["```text", "{}", "```"]);
        check("a\n\n        indented", &["a", "", "   indented"]);
        check(">     | greater | %3E", &["\\>     | greater | %3E"]);
        check("> quoted", &["> quoted"]);
    }

    #[test]
    fn blank_ends_go_and_long_lines_break() {
        check("\n\na\n\n", &["a"]);
        let long = "word ".repeat(40);
        let broken = lines(&long);
        assert!(broken.len() > 1 && broken.iter().all(|line| line.len() <= super::WIDTH));
    }
}
