//! Searches in texts, once for the whole crate: the standard library's are compiled anew for every part of it that
//! calls them, and are large where the pattern is a `char` or a text.

/// The place of the first of these ASCII characters.
pub(crate) fn find_any(text: &str, characters: &[u8]) -> Option<usize> {
    text.bytes().position(|byte| characters.contains(&byte))
}

/// What stands before and after the first of these ASCII characters.
pub(crate) fn split_once<'t>(text: &'t str, characters: &[u8]) -> Option<(&'t str, &'t str)> {
    let at = find_any(text, characters)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What stands between these ASCII characters: one piece at least.
pub(crate) fn split<'t>(text: &'t str, characters: &'t [u8]) -> Pieces<'t> {
    Pieces {
        rest: Some(text),
        characters,
    }
}

/// The pieces of a text.
pub(crate) struct Pieces<'t> {
    rest: Option<&'t str>,
    characters: &'t [u8],
}

impl<'t> Iterator for Pieces<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest.take()?;
        let Some((piece, rest)) = split_once(rest, self.characters) else {
            return Some(rest);
        };
        self.rest = Some(rest);
        Some(piece)
    }
}

/// What stands before the first of these ASCII characters: everything, if there is none.
pub(crate) fn before<'t>(text: &'t str, characters: &[u8]) -> &'t str {
    split_once(text, characters).map_or(text, |(before, _)| before)
}

/// A text with another one in place of these ASCII characters.
pub(crate) fn replaced(text: &str, characters: &[u8], by: &str) -> String {
    let pieces: Vec<&str> = split(text, characters).collect();
    joined(&pieces, by)
}

/// Texts in one, with this between them. It never grows, which would leave a copy behind in memory.
pub(crate) fn joined(parts: &[&str], between: &str) -> String {
    let lengths = parts.iter().map(|part| part.len() + between.len());
    let mut out = String::with_capacity(lengths.sum());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        out.push_str(part);
    }
    out
}

/// Whether texts are the same but for the case of ASCII letters.
pub(crate) fn same_caseless(text: &str, other: &str) -> bool {
    text.eq_ignore_ascii_case(other)
}

/// A whole number.
pub(crate) fn integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// A whole number that isn't negative.
pub(crate) fn natural(text: &str) -> Option<u64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_the_standard_library() {
        for text in ["", ",", "a", "a,", ",a", "a,b;c", "\u{e4},;\u{20ac}"] {
            let pieces: Vec<&str> = split(text, b",;").collect();
            let expected: Vec<&str> = text.split([',', ';']).collect();
            assert_eq!(pieces, expected, "{text}");
            assert_eq!(Some(before(text, b",;")), expected.first().copied());
            assert_eq!(split_once(text, b",;"), text.split_once([',', ';']));
            assert_eq!(replaced(text, b",", "--"), text.replace(',', "--"));
        }
    }

    #[test]
    fn what_is_joined_has_the_separator_between_it() {
        for parts in [&[][..], &["a"], &["a", "", "b"]] {
            assert_eq!(joined(parts, ", "), parts.join(", "));
        }
    }
}
