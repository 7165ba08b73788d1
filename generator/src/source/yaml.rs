//! Where the nodes of a YAML text stand. Reads as far as the text is YAML, and its first document only.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::places::{Key, Places};

pub(super) fn places(text: &str) -> Places {
    let mut reader = Reader {
        places: Places::default(),
        bytes: Bytes::new(text),
        open: Vec::new(),
        anchors: HashMap::new(),
    };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentEnd, _)) | Err(_) => break,
            Ok((event, span)) => reader.read(event, span),
        }
    }
    reader.places.close_all();
    reader.places
}

pub(super) fn nested_beyond(text: &str, depth: usize) -> Option<Range<usize>> {
    let mut bytes = Bytes::new(text);
    let mut open = 0_usize;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) => {
                open += 1;
                if open > depth {
                    return Some(bytes.range(span));
                }
            }
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => open = open.saturating_sub(1),
            // The parser reads ahead, and has a limit of its own.
            Err(error) if error.info().contains("recursion limit") => {
                return Some(bytes.range(Span::empty(*error.marker())));
            }
            Ok((Event::DocumentEnd, _)) | Err(_) => break,
            Ok(_) => {}
        }
    }
    None
}

/// Where a second document begins, or where the text can't go on as the first.
pub(super) fn second_document(text: &str) -> Option<Range<usize>> {
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentStart(_), span)) => {
                documents += 1;
                if documents > 1 {
                    return Some(Bytes::new(text).range(span));
                }
            }
            Ok(_) => {}
            Err(error) => return Some(Bytes::new(text).range(Span::empty(*error.marker()))),
        }
    }
    None
}

/// A mapping or sequence that isn't at its end.
enum Open {
    /// With the key whose value comes next.
    Mapping(Option<Key>),
    Sequence,
    /// A mapping or sequence that is a key itself, or stands below one: it has no pointer.
    InKey,
}

struct Reader<'t> {
    places: Places,
    bytes: Bytes<'t>,
    open: Vec<Open>,
    /// By the parser's own numbers.
    anchors: HashMap<usize, usize>,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::MappingStart(anchor, _) => self.start(Open::Mapping(None), anchor, span),
            Event::SequenceStart(anchor, _) => self.start(Open::Sequence, anchor, span),
            Event::MappingEnd | Event::SequenceEnd => self.end(span),
            Event::Scalar(text, _, anchor, _) => self.leaf(&text, anchor, span),
            Event::Alias(anchor) => {
                if let Some(node) = self.value("", span)
                    && let Some(target) = self.anchors.get(&anchor)
                {
                    self.places.alias(node, *target);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, open: Open, anchor: usize, span: Span) {
        let place = self.bytes.range(span);
        let key = match self.open.last_mut() {
            Some(Open::InKey | Open::Mapping(None)) => {
                self.open.push(Open::InKey);
                return;
            }
            Some(Open::Mapping(key)) => key.take(),
            Some(Open::Sequence) | None => None,
        };
        let node = self.places.open(key, place);
        self.anchors.insert(anchor, node);
        self.open.push(open);
    }

    fn end(&mut self, span: Span) {
        match self.open.pop() {
            Some(Open::InKey) => {
                if let Some(Open::Mapping(key @ None)) = self.open.last_mut() {
                    let place = self.bytes.range(span);
                    *key = Some(Key {
                        name: "".into(),
                        place,
                    });
                }
            }
            Some(_) => self.places.close(),
            None => {}
        }
    }

    fn leaf(&mut self, text: &str, anchor: usize, span: Span) {
        if let Some(node) = self.value(text, span) {
            self.anchors.insert(anchor, node);
        }
    }

    /// Adds a value without parts; none if it is a key.
    fn value(&mut self, text: &str, span: Span) -> Option<usize> {
        let place = self.bytes.range(span);
        match self.open.last_mut() {
            Some(Open::InKey) => None,
            Some(Open::Mapping(key @ None)) => {
                let name = text.into();
                self.places.begins_with(&place);
                *key = Some(Key { name, place });
                None
            }
            Some(Open::Mapping(key)) => Some(self.places.add(key.take(), place)),
            Some(Open::Sequence) | None => Some(self.places.add(None, place)),
        }
    }
}

/// Turns the parser's positions in characters into bytes, walking on from the last one.
struct Bytes<'t> {
    text: &'t str,
    ascii: bool,
    character: usize,
    byte: usize,
}

impl<'t> Bytes<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            ascii: text.is_ascii(),
            character: 0,
            byte: 0,
        }
    }

    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.at(span.start.index());
        let end = self.after(start, span.end.index().saturating_sub(span.start.index()));
        start..end
    }

    fn at(&mut self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        if character < self.character {
            let back = self.text.get(..self.byte).unwrap_or("");
            let steps = self.character - character;
            self.byte = back
                .char_indices()
                .rev()
                .nth(steps - 1)
                .map_or(0, |(byte, _)| byte);
        } else {
            self.byte = self.after(self.byte, character - self.character);
        }
        self.character = character;
        self.byte
    }

    fn after(&self, byte: usize, characters: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or("");
        if self.ascii {
            return (byte + characters).min(self.text.len());
        }
        rest.char_indices()
            .nth(characters)
            .map_or(self.text.len(), |(offset, _)| byte + offset)
    }
}
