//! Server-sent events (the HTML standard, section 9.2.6): from bytes to events.

use std::collections::VecDeque;
use std::time::Duration;

use super::event_stream::ServerSentEvent;
use super::text::{find_any, natural, split_once};

/// U+FEFF in UTF-8, which may stand before everything.
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Takes a stream in pieces, wherever they are cut.
#[derive(Default)]
pub(crate) struct EventParser {
    /// The line that is not over yet.
    line: Vec<u8>,
    /// Whether a line feed belongs to the carriage return before it.
    after_return: bool,
    begun: bool,
    data: String,
    kind: String,
    id: String,
    /// What a resumed stream begins after: the id as it was when an event ended.
    last_id: String,
    retry: Option<Duration>,
    ready: VecDeque<ServerSentEvent>,
}

impl EventParser {
    /// For the same events, beginning after the last whole one.
    pub(crate) fn resumed(&mut self) {
        *self = Self {
            id: self.last_id.clone(),
            last_id: std::mem::take(&mut self.last_id),
            retry: self.retry,
            ready: std::mem::take(&mut self.ready),
            ..Self::default()
        };
    }

    pub(crate) fn next(&mut self) -> Option<ServerSentEvent> {
        self.ready.pop_front()
    }

    /// The id of the last whole event; empty where there was none.
    pub(crate) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the service wants clients to wait before they come back.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// How much of an event is there that isn't over yet, in bytes.
    pub(crate) fn pending(&self) -> usize {
        self.line.len() + self.data.len()
    }

    /// Whether an event has begun that isn't over yet.
    pub(crate) fn is_within_event(&self) -> bool {
        self.pending() > 0 || !self.kind.is_empty() || self.id != self.last_id
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => self.end_line(),
                _ => self.line.push(*byte),
            }
            self.after_return = *byte == b'\r';
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = match line.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) if !self.begun => rest,
            _ => line.as_slice(),
        };
        self.begun = true;
        let line = String::from_utf8_lossy(line);
        match split_once(&line, b":") {
            _ if line.is_empty() => self.end_event(),
            Some(("", _)) => {}
            Some((name, value)) => self.field(name, value.strip_prefix(" ").unwrap_or(value)),
            None => self.field(&line, ""),
        }
    }

    fn field(&mut self, name: &str, value: &str) {
        match name {
            "data" => {
                self.data.push_str(value);
                self.data += "\n";
            }
            "event" => value.clone_into(&mut self.kind),
            "id" if find_any(value, b"\0").is_none() => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = natural(value).map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
    }

    fn end_event(&mut self) {
        self.id.clone_into(&mut self.last_id);
        let kind = std::mem::take(&mut self.kind);
        let mut data = std::mem::take(&mut self.data);
        if data.pop().is_none() {
            return;
        }
        self.ready.push_back(ServerSentEvent {
            id: self.id.clone(),
            event: if kind.is_empty() {
                "message".to_owned()
            } else {
                kind
            },
            data,
            retry: self.retry,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Id, kind and data of every event, whatever the pieces are.
    fn events(text: &[u8]) -> Vec<(String, String, String)> {
        let by = |length: usize| {
            let mut parser = EventParser::default();
            text.chunks(length).for_each(|piece| parser.feed(piece));
            let events = std::iter::from_fn(|| parser.next());
            events
                .map(|it| (it.id, it.event, it.data))
                .collect::<Vec<_>>()
        };
        let whole = by(text.len().max(1));
        assert_eq!(whole, by(1));
        whole
    }

    fn event(id: &str, kind: &str, data: &str) -> (String, String, String) {
        (id.to_owned(), kind.to_owned(), data.to_owned())
    }

    #[test]
    fn lines_end_in_three_ways() {
        for end in ["\n", "\r", "\r\n"] {
            let text = ": no event\n\ndata: a\ndata:b\ndata:  c\n\n".replace('\n', end);
            assert_eq!(events(text.as_bytes()), [event("", "message", "a\nb\n c")]);
        }
    }

    #[test]
    fn the_examples_of_the_standard() {
        let text = b"data: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n";
        let expected = [
            event("1", "message", "first"),
            event("", "message", "second"),
            event("", "message", " third"),
        ];
        assert_eq!(events(text), expected);
        let text = b"data\n\ndata\ndata\n\ndata:";
        let expected = [event("", "message", ""), event("", "message", "\n")];
        assert_eq!(events(text), expected);
    }

    #[test]
    fn a_byte_order_mark_is_dropped_once() {
        let text = "\u{feff}data: a\n\n\u{feff}data: b\n\n".as_bytes();
        assert_eq!(events(text), [event("", "message", "a")]);
    }

    #[test]
    fn ids_last_until_another_comes_and_hold_no_nul() {
        let text = b"id: 1\nevent: add\ndata: a\n\nid: 2\0\ndata: b\n\nid: 3\n\ndata: c\n\n";
        let expected = [
            event("1", "add", "a"),
            event("1", "message", "b"),
            event("3", "message", "c"),
        ];
        assert_eq!(events(text), expected);
    }

    #[test]
    fn the_time_to_wait_is_digits_only() {
        let mut parser = EventParser::default();
        for (text, wait) in [
            ("+1", None),
            ("", None),
            ("1500", Some(1500)),
            ("2s", Some(1500)),
        ] {
            parser.feed(format!("retry: {text}\n").as_bytes());
            assert_eq!(parser.retry(), wait.map(Duration::from_millis));
        }
    }

    #[test]
    fn what_was_cut_is_forgotten() {
        let mut parser = EventParser::default();
        parser.feed(b"id: 1\ndata: a\n\nid: 2\ndata: b\n");
        assert_eq!((parser.last_id(), parser.pending()), ("1", 2));
        parser.resumed();
        parser.feed(b"data: c\n\n");
        assert_eq!(parser.next().map(|it| it.data).as_deref(), Some("a"));
        assert_eq!(
            parser.next().map(|it| (it.id, it.data)),
            Some(("1".to_owned(), "c".to_owned()))
        );
        assert!(parser.next().is_none());
    }
}
