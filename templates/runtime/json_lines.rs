//! JSON texts one after the other: a line each (NDJSON, JSON Lines), or each after a record separator
//! (`application/json-seq`, RFC 7464).

use super::decode::{DecodeError, from_json};
use super::encode::write_json;
use super::value::{ListGet, ListSlot};

/// What every text of a JSON text sequence begins with.
pub(crate) const RECORD_SEPARATOR: u8 = 0x1e;

/// Encodes the elements of a list for a media type.
pub(crate) fn to_lines(
    list: &dyn ListGet,
    media_type: Option<&str>,
) -> Result<Vec<u8>, serde_json::Error> {
    let is_sequence = media_type
        .is_some_and(|media_type| media_type.as_bytes().windows(8).any(|it| it == b"json-seq"));
    let mut out = Vec::new();
    for index in 0..list.len() {
        if is_sequence {
            out.push(RECORD_SEPARATOR);
        }
        write_json(&mut out, list.element(index))?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Decodes texts into a list. An error names the index of the text in its path, and the line in all.
pub(crate) fn from_lines(body: &[u8], list: &mut dyn ListSlot) -> Result<(), DecodeError> {
    list.clear();
    let mut index = 0;
    let mut first_line = 1;
    for text in texts(body) {
        let lines = text.iter().filter(|byte| **byte == b'\n').count();
        if !text.trim_ascii().is_empty() {
            from_json(text, list.push()).map_err(|error| DecodeError {
                path: format!("/{index}{}", error.path),
                line: first_line + error.line.saturating_sub(1),
                ..error
            })?;
            index += 1;
        }
        first_line += lines;
    }
    Ok(())
}

/// The texts with the line feeds that end them.
fn texts(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_sequence = body.first() == Some(&RECORD_SEPARATOR);
    let by_separator = is_sequence.then(|| body.split(|byte| *byte == RECORD_SEPARATOR));
    let by_line = (!is_sequence).then(|| body.split_inclusive(|byte| *byte == b'\n'));
    by_separator
        .into_iter()
        .flatten()
        .chain(by_line.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> Result<Vec<Vec<i64>>, DecodeError> {
        let mut list = Vec::new();
        from_lines(body, &mut list).map(|()| list)
    }

    #[test]
    fn every_element_is_a_line() {
        let list = vec!["a\nb".to_owned(), "c".to_owned()];
        let sent = |media_type| to_lines(&list, media_type).unwrap_or_default();
        assert_eq!(sent(Some("application/x-ndjson")), b"\"a\\nb\"\n\"c\"\n");
        assert_eq!(
            sent(Some("application/json-seq")),
            b"\x1e\"a\\nb\"\n\x1e\"c\"\n"
        );
    }

    #[test]
    fn every_line_is_an_element() {
        assert_eq!(read(b"[1]\r\n\n [2, 3]\n"), Ok(vec![vec![1], vec![2, 3]]));
        assert_eq!(read(b"[1]"), Ok(vec![vec![1]]));
        assert_eq!(read(b""), Ok(vec![]));
        assert_eq!(
            read(b"\x1e[1,\n2]\n\x1e[3]\n"),
            Ok(vec![vec![1, 2], vec![3]])
        );
    }

    #[test]
    fn an_error_names_line_and_place() {
        let at = |body| read(body).map_err(|error| (error.path, error.line));
        assert_eq!(at(b"[1]\n\n[2, \"x\"]\n"), Err(("/1/1".to_owned(), 3)));
        assert_eq!(at(b"[1]\n[2"), Err(("/1/1".to_owned(), 2)));
        assert_eq!(
            at(b"\x1e[1,\n2]\n\x1e[\n\"x\"]"),
            Err(("/1/0".to_owned(), 4))
        );
    }
}
