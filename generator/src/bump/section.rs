//! A part of a text that we write, among parts that people write: ours stands between two marks and
//! is written anew, everything else stays to the letter.

/// Ends our part.
const END: &str = "<!-- end of bump -->";

/// Puts our part, which leads away from version `from`, into a text: in place of the one that did so
/// before, else as the newest section of all. Without a text, `head` begins one.
pub(super) fn put(text: Option<&str>, head: &str, from: &str, section: &str) -> String {
    let start = start(from);
    let own = format!("{start}\n{}\n{END}\n", section.trim_end());
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return format!("{head}\n{own}");
    };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let own = own.replace('\n', line_end);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if let Some((first, last)) = ours(&lines, &start) {
        let (before, after) = (lines[..first].concat(), lines[last + 1..].concat());
        return format!("{before}{own}{after}");
    }
    let place = newest(&lines);
    let mut before = lines[..place].concat();
    let after = lines[place..].concat();
    if !before.is_empty() && !before.ends_with('\n') {
        before.push_str(line_end);
    }
    if !before.is_empty() && !before.ends_with(&line_end.repeat(2)) {
        before.push_str(line_end);
    }
    let blank = if after.is_empty() { "" } else { line_end };
    format!("{before}{own}{blank}{after}")
}

/// Takes our part that leads away from version `from` out of a text. None: it isn't there.
pub(super) fn take_out(text: &str, from: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (first, last) = ours(&lines, &start(from))?;
    let mut before = lines[..first].concat();
    let rest = lines.get(last + 1..).unwrap_or_default();
    // The blank line that was put behind it.
    let is_apart = rest.first().is_some_and(|line| line.trim().is_empty());
    let after = rest[usize::from(is_apart)..].concat();
    if after.is_empty() {
        before.truncate(before.trim_end().len());
        before.push('\n');
    }
    Some(before + &after)
}

fn start(from: &str) -> String {
    format!("<!-- bump from {from} -->")
}

/// The lines of our marks, where both are there.
fn ours(lines: &[&str], start: &str) -> Option<(usize, usize)> {
    let first = lines.iter().position(|line| line.trim_end() == start)?;
    let rest = lines.get(first..)?;
    let length = rest.iter().position(|line| line.trim_end() == END)?;
    Some((first, first + length))
}

/// The line at which the newest released section begins: after what isn't released yet.
fn newest(lines: &[&str]) -> usize {
    let mut in_code = false;
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim_end();
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let is_heading = line.starts_with("## ") && !line.to_lowercase().contains("unreleased");
        let is_mark = line.starts_with("<!-- bump from ");
        if !in_code && (is_heading || is_mark) {
            return index;
        }
    }
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# Changelog\n";

    #[test]
    fn the_first_section_begins_a_text() {
        let text = put(None, HEAD, "0.1.0", "## 0.2.0\n\n- All.\n");
        assert_eq!(
            text,
            "# Changelog\n\n<!-- bump from 0.1.0 -->\n## 0.2.0\n\n- All.\n<!-- end of bump -->\n"
        );
        assert_eq!(put(Some(" \n"), HEAD, "0.1.0", "## 0.2.0\n\n- All."), text);
    }

    #[test]
    fn the_same_step_again_replaces_what_was_ours_and_nothing_else() {
        let first = put(None, HEAD, "0.1.0", "## 0.1.1\n\n- One.\n");
        let edited = format!("{first}\n- By hand.\n");
        let again = put(Some(&edited), HEAD, "0.1.0", "## 0.2.0\n\n- Two.\n");
        assert_eq!(
            again,
            edited.replace("0.1.1", "0.2.0").replace("One", "Two")
        );
    }

    #[test]
    fn what_was_put_into_a_text_is_taken_out_of_it_again() {
        for text in ["# Changelog\n", "# Changelog\n\n## [0.1.0]\n\n- Old.\n"] {
            let put = put(Some(text), HEAD, "0.1.0", "## [0.2.0]\n");
            assert_eq!(take_out(&put, "0.1.0").as_deref(), Some(text));
            assert_eq!(take_out(&put, "0.2.0"), None);
        }
    }

    #[test]
    fn a_newer_section_stands_above_older_ones_and_below_what_is_not_released() {
        let text = "# Changes\n\n## [Unreleased]\n\n- Mine.\n\n## [0.1.0]\n\n- Old.";
        let put = put(Some(text), HEAD, "0.1.0", "## [0.2.0]\n");
        assert_eq!(
            put,
            "# Changes\n\n## [Unreleased]\n\n- Mine.\n\n<!-- bump from 0.1.0 -->\n## [0.2.0]\n\
             <!-- end of bump -->\n\n## [0.1.0]\n\n- Old."
        );
    }

    #[test]
    fn nothing_of_a_text_is_lost_wherever_a_section_goes() {
        for text in [
            "no heading, no end",
            "# A\r\n\r\n## 0.1.0\r\n",
            "```\n## code\n```\n",
            "<!-- bump from 0.1.0 -->\nnever ended\n",
            "<!-- end of bump -->\n",
        ] {
            let put = put(Some(text), HEAD, "0.1.0", "## 0.2.0\n");
            let mut rest = put.as_str();
            for line in text.lines() {
                let place = rest.find(line);
                assert!(place.is_some(), "{line:?} in {put:?}");
                rest = &rest[place.unwrap_or_default() + line.len()..];
            }
            assert_eq!(put.contains("\r\n"), text.contains("\r\n"), "{put:?}");
        }
    }
}
