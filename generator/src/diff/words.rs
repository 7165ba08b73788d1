//! How the words of a document are told: in Markdown they can't become HTML, and can't mention anybody.

/// A line of Markdown. Code spans (CommonMark 0.31, section 6.1) stay as they are: nothing in them
/// means anything.
pub(crate) fn inline(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        safe.push_str(&plain(before));
        let marks = from.len() - from.trim_start_matches('`').len();
        let (mark, within) = from.split_at(marks);
        match end_of_span(within, marks) {
            Some(end) => {
                safe.push_str(&from[..marks + end + marks]);
                rest = &within[end + marks..];
            }
            None => {
                safe.push_str(&mark.replace('`', "\\`"));
                rest = within;
            }
        }
    }
    safe.push_str(&plain(rest));
    safe
}

/// Where the next run of exactly so many marks begins.
fn end_of_span(text: &str, marks: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('`') {
        let start = from + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == marks {
            return Some(start);
        }
        from = start + run;
    }
    None
}

fn plain(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('@', "@\u{200b}")
}

/// A name of a document as a code span: with longer marks where it has some itself.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|letter| letter != '`').map(str::len).max();
    let mark = "`".repeat(longest.unwrap_or_default() + 1);
    format!("{mark} {text} {mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_safe_and_code_stays() {
        assert_eq!(inline("a <b> @all & c"), "a &lt;b> @\u{200b}all &amp; c");
        assert_eq!(inline("`a<b>@c` <d>"), "`a<b>@c` &lt;d>");
        assert_eq!(inline("``a`<b>`` <c>"), "``a`<b>`` &lt;c>");
        assert_eq!(inline("a ` <b>"), "a \\` &lt;b>");
        assert_eq!(inline("two\nlines"), "two lines");
    }

    #[test]
    fn a_name_with_marks_does_not_end_its_span() {
        assert_eq!(quoted("name"), "`name`");
        assert_eq!(quoted("a`b"), "`` a`b ``");
        assert_eq!(quoted("``"), "``` `` ```");
        assert_eq!(inline(&quoted("a`<b>")), "`` a`<b> ``");
    }
}
