//! Texts that a regular expression takes.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Whether it takes a text; one that can't be read takes all.
pub(crate) fn takes(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
}

/// A short text that it takes; repetitions without a bound go on until there are as many characters as asked for.
pub(crate) fn text(pattern: &str, at_least: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    (0..=at_least)
        .map(|extra| {
            let mut text = String::new();
            append(&hir, extra, &mut text);
            text
        })
        .find(|text| text.chars().count() >= at_least)
}

fn append(hir: &Hir, extra: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(member(class)),
        HirKind::Capture(capture) => append(&capture.sub, extra, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| append(part, extra, text)),
        HirKind::Alternation(parts) => parts
            .iter()
            .take(1)
            .for_each(|part| append(part, extra, text)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |most| most as usize);
            let times = (repetition.min as usize + extra).min(most);
            for _ in 0..times {
                append(&repetition.sub, 0, text);
            }
        }
    }
}

/// A letter or digit of a class, where it has one; control characters and spaces seldom mean well.
fn member(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let has = |wanted: &char| {
        class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(wanted))
    };
    ['a', '1', 'A']
        .into_iter()
        .chain('!'..='~')
        .find(has)
        .or_else(|| class.iter().next().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_is_as_long_as_it_must_be() {
        assert_eq!(text("^[a-f0-9]{4}$", 0).as_deref(), Some("aaaa"));
        assert_eq!(text("^id-\\d+$", 5).as_deref(), Some("id-11"));
        assert_eq!(text("(", 0), None);
    }
}
