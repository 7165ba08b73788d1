//! Bodies as a recording has them: without secrets, and not too large.

use bytes::Bytes;
use zeroize::Zeroizing;

use super::json_tree::Json;
use super::known_secrets::KnownSecrets;
use super::redaction::{MARK, Redaction, scrub_json};

/// A body of a recording.
#[derive(Clone, Debug)]
pub(super) enum RecordedBody {
    None,
    Json(Json),
    Text(String),
    Bytes(Bytes),
    /// It had more bytes than are recorded: so many.
    TooLarge(u64),
}

impl RecordedBody {
    /// A body of which nothing may be shown. As an answer it is as unreadable as what was cut off.
    pub(super) fn withheld() -> Self {
        Self::Text(MARK.to_owned())
    }

    /// Takes out what turned out to be a secret after this was read.
    pub(super) fn scrub(&mut self, known: &KnownSecrets) {
        match self {
            Self::Json(json) => scrub_json(json, known),
            Self::Text(text) => known.scrub(text),
            Self::Bytes(bytes) if known.are_in(bytes) => *self = Self::withheld(),
            Self::None | Self::Bytes(_) | Self::TooLarge(_) => {}
        }
    }

    /// What goes over the wire, where all of it is recorded.
    pub(super) fn to_bytes(&self) -> Option<Bytes> {
        match self {
            Self::None => Some(Bytes::new()),
            Self::Json(json) => Some(json.compact().into()),
            Self::Text(text) => Some(text.clone().into()),
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::TooLarge(_) => None,
        }
    }
}

/// A copy of a body that passes, up to a bound.
pub(super) struct Passed {
    bytes: Zeroizing<Vec<u8>>,
    limit: usize,
    /// How long it is so far, in bytes.
    pub(super) length: u64,
    /// Whether it came to its end.
    pub(super) is_whole: bool,
}

impl Passed {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            bytes: Zeroizing::default(),
            limit,
            length: 0,
            is_whole: false,
        }
    }

    /// A body that is there at once.
    pub(super) fn whole(bytes: &[u8], limit: usize) -> Self {
        let mut passed = Self::new(limit);
        passed.push(bytes);
        passed.is_whole = true;
        passed
    }

    pub(super) fn push(&mut self, piece: &[u8]) {
        self.length = self.length.saturating_add(piece.len() as u64);
        if self.is_too_large() {
            self.bytes = Zeroizing::default();
        } else {
            self.bytes.extend_from_slice(piece);
        }
    }

    fn is_too_large(&self) -> bool {
        self.length > self.limit as u64
    }
}

/// What a body is to be read as.
pub(super) struct BodyRules<'a> {
    pub(super) redaction: &'a Redaction,
    /// In small letters, without parameters; empty where nobody says.
    pub(super) media_type: &'a str,
    /// Whether it is compressed, or changed in another way (RFC 9110, section 8.4): nobody can look for secrets in it.
    pub(super) is_encoded: bool,
    /// Whether all of it is a secret.
    pub(super) is_secret: bool,
}

impl BodyRules<'_> {
    /// The body without secrets. Of one that can't be read as what it should be, nothing is kept: a secret may be in it
    /// under a name that was cut off.
    pub(super) fn recorded(&self, passed: &Passed, known: &mut KnownSecrets) -> RecordedBody {
        let bytes = passed.bytes.as_slice();
        if passed.is_too_large() {
            return RecordedBody::TooLarge(passed.length);
        }
        if bytes.is_empty() {
            return RecordedBody::None;
        }
        if self.is_encoded || (!passed.is_whole && known.begin_at_the_end_of(bytes)) {
            return RecordedBody::withheld();
        }
        self.read(bytes, passed.is_whole, known)
            .unwrap_or_else(RecordedBody::withheld)
    }

    fn read(&self, bytes: &[u8], is_whole: bool, known: &mut KnownSecrets) -> Option<RecordedBody> {
        let media_type = self.media_type;
        let is_json = media_type.ends_with("json");
        if is_json || self.is_secret || begins_like_json(bytes) {
            return match Json::parse(bytes) {
                Some(json) => Some(self.json(json, known)),
                None if self.is_secret => None,
                None => self.lines(utf8(bytes)?, is_whole, known),
            };
        }
        match media_type {
            "text/event-stream" => self.events(utf8(bytes)?, is_whole, known),
            _ if media_type.starts_with("multipart/") => None,
            _ if is_lines(media_type) => self.lines(utf8(bytes)?, is_whole, known),
            _ => match utf8(bytes) {
                // A form, or a text that doesn't say it is one.
                Some(text) => Some(RecordedBody::Text(self.redaction.form(text, known))),
                None if known.are_in(bytes) || !is_binary(media_type) => None,
                None => Some(RecordedBody::Bytes(Bytes::copy_from_slice(bytes))),
            },
        }
    }

    fn json(&self, mut json: Json, known: &mut KnownSecrets) -> RecordedBody {
        if self.is_secret {
            self.redaction.secret_json(&mut json, known);
        }
        self.redaction.json(&mut json, known);
        scrub_json(&mut json, known);
        RecordedBody::Json(json)
    }

    /// A value of JSON, as text.
    fn value(&self, text: &str, known: &mut KnownSecrets) -> Option<String> {
        let mut json = Json::parse(text.as_bytes())?;
        self.redaction.json(&mut json, known);
        scrub_json(&mut json, known);
        Some(json.compact())
    }

    /// A value in each line, perhaps after a record separator (RFC 7464).
    fn lines(&self, text: &str, is_whole: bool, known: &mut KnownSecrets) -> Option<RecordedBody> {
        let mut out = String::new();
        for line in whole_lines(text, is_whole) {
            let value = line.trim_start_matches('\u{1e}').trim();
            if value.is_empty() {
                out.push_str(line);
            } else {
                let (before, after) = line.split_once(value)?;
                out.extend([before, &self.value(value, known)?, after]);
            }
        }
        (!out.is_empty()).then_some(RecordedBody::Text(out))
    }

    /// Data that is JSON, line by line, and other data that can't be a piece of JSON with a name in it.
    fn events(&self, text: &str, is_whole: bool, known: &mut KnownSecrets) -> Option<RecordedBody> {
        let mut out = String::new();
        for line in whole_lines(text, is_whole) {
            let data = line.strip_prefix("data:").unwrap_or_default().trim();
            if line.contains('"') {
                let value = self.value(data, known)?;
                let (before, after) = line.split_once(data)?;
                out.extend([before, &value, after]);
            } else {
                let mut line = line.to_owned();
                known.scrub(&mut line);
                out.push_str(&line);
            }
        }
        (!out.is_empty()).then_some(RecordedBody::Text(out))
    }
}

/// The lines with their ends, but for the last one of a body that was cut off.
fn whole_lines(text: &str, is_whole: bool) -> impl Iterator<Item = &str> {
    let lines = text.split_inclusive('\n');
    lines.filter(move |line| is_whole || line.ends_with('\n'))
}

/// Whether it needn't be text. A form or a text that isn't UTF-8 has names all the same, which nobody can read here.
fn is_binary(media_type: &str) -> bool {
    let is_text =
        media_type.starts_with("text/") || media_type == "application/x-www-form-urlencoded";
    !media_type.is_empty() && !is_text
}

fn is_lines(media_type: &str) -> bool {
    let kinds = ["ndjson", "jsonl", "jsonlines", "json-lines", "json-seq"];
    kinds.iter().any(|kind| media_type.ends_with(kind))
}

/// Whatever media type somebody gave it.
fn begins_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'))
}

fn utf8(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
