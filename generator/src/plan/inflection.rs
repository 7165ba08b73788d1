//! Singular and plural of English words: good enough for names, and never wrong about meaning, since
//! wire names are kept.

/// Plurals that no rule gives.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("children", "child"),
    ("indices", "index"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("aliases", "alias"),
    ("buses", "bus"),
    ("databases", "database"),
    ("ips", "ip"),
    ("ids", "id"),
];

/// Words with an `s` at their end that are no plurals.
const SINGULAR: &[&str] = &[
    "series",
    "species",
    "news",
    "aws",
    "cors",
    "https",
    "kubernetes",
    "always",
    "lens",
];

/// The singular of a text's last word.
pub(super) fn singular(text: &str) -> String {
    let start = text
        .rfind(|character: char| !character.is_alphanumeric())
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    let (before, word) = text.split_at(start);
    format!("{before}{}", singular_word(word))
}

/// Whether a text's last word is a plural.
pub(super) fn is_plural(text: &str) -> bool {
    singular(text) != text
}

/// Whether a text is the plural of another. No word has another first letter then, so that few are looked at.
pub(super) fn is_plural_of(plural: &str, single: &str) -> bool {
    plural.chars().next() == single.chars().next() && plural != single && singular(plural) == single
}

fn singular_word(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    if SINGULAR.contains(&lower.as_str()) {
        return word.to_owned();
    }
    for (plural, single) in IRREGULAR {
        let before = lower
            .strip_suffix(plural)
            .filter(|before| before.is_empty() || plural.len() > 4);
        if let Some(before) = before {
            return format!("{}{single}", &word[..before.len()]);
        }
    }
    let cut = |count: usize| word[..word.len() - count].to_owned();
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    if lower.ends_with("ies") && lower.len() > 4 {
        format!("{}y", cut(3))
    } else if ends(&["ches", "shes", "sses", "xes", "zzes"]) {
        cut(2)
    } else if lower.ends_with('s') && !ends(&["ss", "us", "is"]) && lower.len() > 3 {
        cut(1)
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_loses_its_plural() {
        for (plural, single) in [
            ("service_tokens", "service_token"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("indexes", "index"),
            ("views", "view"),
            ("list people", "list person"),
            ("databases", "database"),
        ] {
            assert_eq!(singular(plural), single, "{plural}");
            assert!(is_plural(plural), "{plural}");
        }
    }

    #[test]
    fn an_s_makes_no_plural() {
        for word in [
            "status",
            "dns",
            "secondary_dns",
            "access",
            "news",
            "series",
            "analysis",
        ] {
            assert_eq!(singular(word), word);
            assert!(!is_plural(word), "{word}");
        }
    }

    #[test]
    fn any_text_has_a_singular() {
        for text in ["", "s", "größens", "表s", "_", "s_"] {
            let _ = singular(text);
        }
    }
}
