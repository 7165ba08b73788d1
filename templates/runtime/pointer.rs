//! JSON pointers (RFC 6901).

use super::text::split;

/// The keys along a pointer.
pub(crate) fn keys(pointer: &str) -> Vec<String> {
    split(pointer, b"/").skip(1).map(unescaped).collect()
}

/// Appends a key to a pointer.
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    *pointer += "/";
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn unescaped(token: &str) -> String {
    let mut pieces = split(token, b"~");
    let mut key = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (text, rest) = match (piece.strip_prefix("0"), piece.strip_prefix("1")) {
            (Some(rest), _) => ("~", rest),
            (_, Some(rest)) => ("/", rest),
            (None, None) => ("~", piece),
        };
        key.push_str(text);
        key.push_str(rest);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_again_whatever_they_hold() {
        for key in ["", "a", "a/b", "m~n", "~1", "~01", "/~/", "ä/€"] {
            let mut pointer = String::new();
            push_key(&mut pointer, "before");
            push_key(&mut pointer, key);
            assert_eq!(keys(&pointer), ["before", key], "{pointer}");
        }
        assert_eq!(keys("/~01"), ["~1"]);
        assert_eq!(keys(""), Vec::<String>::new());
    }
}
