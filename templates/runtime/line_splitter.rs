//! JSON texts that arrive in pieces, wherever these are cut: a line each, or each after a record separator (RFC 7464).

use super::json_lines::RECORD_SEPARATOR;

/// Takes bytes and gives whole texts. No more than a text is kept beside the piece that came last.
#[derive(Default)]
pub(crate) struct LineSplitter {
    bytes: Vec<u8>,
    /// Where the text begins that is the next one.
    start: usize,
    /// Up to where it is known not to end.
    searched: usize,
    is_sequence: Option<bool>,
}

impl LineSplitter {
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if let (None, Some(first)) = (self.is_sequence, bytes.first()) {
            self.is_sequence = Some(*first == RECORD_SEPARATOR);
        }
        self.bytes.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole text; blank ones don't count.
    pub(crate) fn next(&mut self) -> Option<Vec<u8>> {
        let end = self.end_byte();
        loop {
            let rest = self.bytes.get(self.searched..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == end) else {
                self.searched = self.bytes.len();
                return None;
            };
            let until = self.searched + length;
            let text = self.bytes.get(self.start..until).unwrap_or_default();
            let text = (!text.trim_ascii().is_empty()).then(|| text.to_vec());
            self.start = until + 1;
            self.searched = self.start;
            if text.is_some() {
                return text;
            }
        }
    }

    /// How much of a text is there that isn't over yet, in bytes.
    pub(crate) fn pending(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// What is left where nothing follows. A number may be the beginning of a longer one (RFC 7464, section 2.4): the
    /// flag says whether it can't be told that the text is whole.
    pub(crate) fn rest(&mut self) -> Option<(Vec<u8>, bool)> {
        let rest = self.bytes.split_off(self.start);
        *self = Self {
            is_sequence: self.is_sequence,
            ..Self::default()
        };
        let text = rest.trim_ascii();
        let is_number = text
            .first()
            .is_some_and(|it| *it == b'-' || it.is_ascii_digit());
        let is_open = is_number && rest.last().is_some_and(|last| !last.is_ascii_whitespace());
        (!text.is_empty()).then_some((rest, is_open))
    }

    fn end_byte(&self) -> u8 {
        match self.is_sequence {
            Some(true) => RECORD_SEPARATOR,
            _ => b'\n',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts, the one at the end among them, whatever the pieces are.
    fn texts(body: &str) -> Vec<String> {
        let by = |length: usize| {
            let mut splitter = LineSplitter::default();
            let mut texts = Vec::new();
            for piece in body.as_bytes().chunks(length) {
                splitter.feed(piece);
                texts.extend(std::iter::from_fn(|| splitter.next()));
            }
            texts.extend(splitter.rest().map(|(text, _)| text));
            texts
                .iter()
                .map(|text| String::from_utf8_lossy(text).trim().to_owned())
                .collect::<Vec<_>>()
        };
        let whole = by(body.len().max(1));
        assert_eq!(whole, by(1));
        whole
    }

    #[test]
    fn every_line_is_a_text_wherever_it_is_cut() {
        assert_eq!(texts("[1]\r\n\n [2, 3]\n"), ["[1]", "[2, 3]"]);
        assert_eq!(texts("[1]\n[2]"), ["[1]", "[2]"]);
        assert_eq!(texts("\u{1e}[1,\n2]\n\u{1e}[3]\n"), ["[1,\n2]", "[3]"]);
        assert_eq!(texts(""), [""; 0]);
    }

    #[test]
    fn a_number_at_the_end_may_go_on() {
        for (body, is_open) in [("12", true), ("-1", true), ("12 ", false), ("[12]", false)] {
            let mut splitter = LineSplitter::default();
            splitter.feed(body.as_bytes());
            assert_eq!(
                splitter.rest().map(|(_, is_open)| is_open),
                Some(is_open),
                "{body}"
            );
        }
    }
}
