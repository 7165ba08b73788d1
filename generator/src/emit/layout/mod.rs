//! The layout of what templates render: as prettyplease has it, without the way through syn, which took most of the
//! time of a run.
//!
//! Templates give each statement, field and arm a line of its own, so that there is little to decide: indentation,
//! spaces, and what to break up where a line doesn't fit. What isn't as simple as that is left to prettyplease, one item
//! or member at a time.

mod code;
mod flat;
mod line;
#[cfg(test)]
mod tests;
mod token;

use std::iter;

use self::line::{Line, lines};

/// The widest line, in bytes: prettyplease's.
const WIDTH: usize = 89;

/// What a block is indented by.
const INDENT: usize = 4;

/// Lays out a file; none where it can't be taken apart and isn't Rust for syn either.
pub(super) fn lay_out(rendered: &str) -> Option<String> {
    let Some(lines) = lines(rendered) else {
        return by_prettyplease(rendered);
    };
    let mut out = String::with_capacity(rendered.len());
    for item in units(&lines, 0) {
        push_item(&mut out, rendered, item)?;
    }
    Some(out)
}

fn by_prettyplease(text: &str) -> Option<String> {
    Some(prettyplease::unparse(&syn::parse_file(text).ok()?))
}

/// Lines, divided where an item or a member of this depth ends.
fn units<'l, 't>(
    lines: &'l [Line<'t>],
    depth: usize,
) -> impl Iterator<Item = &'l [Line<'t>]> + use<'l, 't> {
    lines.split_inclusive(move |line| line.ends_unit(depth))
}

fn source<'t>(rendered: &'t str, unit: &[Line<'_>]) -> &'t str {
    match (unit.first(), unit.last()) {
        (Some(first), Some(last)) => rendered.get(first.start..last.end).unwrap_or_default(),
        _ => "",
    }
}

fn push_item(out: &mut String, rendered: &str, item: &[Line<'_>]) -> Option<()> {
    let before = out.len();
    if push_unit(out, item).is_some() {
        return Some(());
    }
    out.truncate(before);
    if let Some((head, members, end)) = implementation(item)
        && push_unit(out, head).is_some()
    {
        for member in units(members, 1) {
            push_member(out, rendered, member)?;
        }
        return push_line(out, end, None);
    }
    out.truncate(before);
    out.push_str(&by_prettyplease(source(rendered, item))?);
    Some(())
}

/// What stands before the members of an `impl`, those, and its end.
fn implementation<'l, 't>(
    item: &'l [Line<'t>],
) -> Option<(&'l [Line<'t>], &'l [Line<'t>], &'l Line<'t>)> {
    let head = item.iter().position(Line::opens_implementation)?;
    let is_first = item.iter().take(head).all(|line| line.tokens.is_empty());
    let (head, rest) = item.split_at_checked(head + 1)?;
    let (end, members) = rest.split_last()?;
    (is_first && end.is_end() && !members.is_empty()).then_some((head, members, end))
}

fn push_member(out: &mut String, rendered: &str, member: &[Line<'_>]) -> Option<()> {
    let before = out.len();
    if push_unit(out, member).is_some() {
        return Some(());
    }
    out.truncate(before);
    let formatted = by_prettyplease(&format!("impl X {{\n{}\n}}", source(rendered, member)))?;
    out.push_str(formatted.strip_prefix("impl X {\n")?.strip_suffix("}\n")?);
    Some(())
}

fn push_unit(out: &mut String, unit: &[Line<'_>]) -> Option<()> {
    let nexts = unit.iter().skip(1).map(Some).chain([None]);
    unit.iter()
        .zip(nexts)
        .try_for_each(|(line, next)| push_line(out, line, next))
}

fn push_line(out: &mut String, line: &Line<'_>, next: Option<&Line<'_>>) -> Option<()> {
    let indent = INDENT * line.depth();
    for attribute in &line.attributes {
        push_indented(out, indent, &attribute.text()?);
    }
    if line.tokens.is_empty() {
        return Some(());
    }
    code::push(out, indent, &line.tokens, next.is_some_and(Line::is_end))
}

fn push_indented(out: &mut String, indent: usize, text: &str) {
    out.extend(iter::repeat_n(' ', indent));
    out.push_str(text);
    out.push('\n');
}
