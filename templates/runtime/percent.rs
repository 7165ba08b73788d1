//! Which characters of a value stay as they are, by where it goes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::text::{replaced, split};

/// How a value is encoded for its place.
pub(crate) type Encode<'e> = &'e dyn Fn(&mut String, &str);

/// Everything but the unreserved characters (RFC 3986, section 2.3).
pub(crate) const UNRESERVED_ONLY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Reserved expansion (RFC 6570, section 3.2.3), but for what a query can't hold or a form reads otherwise:
/// `[`, `]`, `#`, `&` and `+`, which OpenAPI 3.1.1 (Parameter Object, `allowReserved`) leaves to the application;
/// and `'`, which HTTP clients encode anyway (URL standard, section 1.3, "special-query").
const RESERVED_TOO: &AsciiSet = &UNRESERVED_ONLY
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What a form has (URL standard, section 1.3): a space, which is a `+` there, isn't encoded by this set.
const IN_FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'*')
    .remove(b' ');

/// Appends a text with everything but unreserved characters encoded.
pub(crate) fn push_encoded(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, UNRESERVED_ONLY));
}

/// Appends a text with reserved characters and encodings as they are (`allowReserved`).
pub(crate) fn push_reserved(out: &mut String, text: &str) {
    for (index, piece) in split(text, b"%").enumerate() {
        if index > 0 {
            let is_encoding =
                piece.len() >= 2 && piece.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
            out.push_str(if is_encoding { "%" } else { "%25" });
        }
        out.extend(utf8_percent_encode(piece, RESERVED_TOO));
    }
}

/// Appends a value of `application/x-www-form-urlencoded` (URL standard, section 5.2).
pub(crate) fn push_in_form(out: &mut String, text: &str) {
    for piece in utf8_percent_encode(text, IN_FORM) {
        out.push_str(&replaced(piece, b" ", "+"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay_in_a_segment() {
        let mut out = String::new();
        push_encoded(&mut out, "aZ09-._~ /?#%:@&=+;,ä\n");
        assert_eq!(out, "aZ09-._~%20%2F%3F%23%25%3A%40%26%3D%2B%3B%2C%C3%A4%0A");
    }

    #[test]
    fn reserved_characters_and_encodings_may_stay() {
        let mut out = String::new();
        push_reserved(&mut out, "a/b?c=d e&f+g#[h]%2F%2%zz%\u{e4}");
        assert_eq!(out, "a/b?c=d%20e%26f%2Bg%23%5Bh%5D%2F%252%25zz%25%C3%A4");
    }

    #[test]
    fn a_form_has_its_own_characters() {
        let mut out = String::new();
        push_in_form(&mut out, "a b+c&d~*-._/\u{e4}");
        assert_eq!(out, "a+b%2Bc%26d%7E*-._%2F%C3%A4");
    }
}
