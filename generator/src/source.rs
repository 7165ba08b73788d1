//! The text of a document, and where its nodes stand in it.

mod beside;
mod json;
mod places;
mod yaml;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use crate::pointer::Pointer;

pub(crate) use self::beside::target;
use self::places::Places;

/// How a document is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 8259.
    Json,
    /// YAML 1.2, with anchors, aliases and merge keys.
    Yaml,
}

/// A document as text.
#[derive(Clone, Debug)]
pub struct Source {
    /// As shown in messages: the path given.
    pub name: String,
    /// Without a byte order mark.
    pub text: String,
    /// How it is spelled.
    pub format: Format,
    /// The files that its references lead to, by their paths from its folder.
    pub beside: BTreeMap<String, Source>,
    /// OpenAPI Overlays, which change the document on reading; in the order in which they do.
    pub overlays: Vec<Source>,
    places: OnceLock<Places>,
    lines: OnceLock<Vec<usize>>,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes of the text; on character boundaries.
    pub range: Range<usize>,
}

impl Source {
    /// Reads a file, and those below its folder that its references lead to. Text that isn't UTF-8 is
    /// an [`io::ErrorKind::InvalidData`].
    pub fn read(path: &Path) -> io::Result<Self> {
        Self::read_overlaid(path, Vec::new())
    }

    /// As [`Self::read`]; what overlays bring may lead to files below the document's folder, too.
    pub fn read_overlaid(path: &Path, overlays: Vec<Self>) -> io::Result<Self> {
        let mut source = Self::read_alone(path)?;
        source.overlays = overlays;
        let own_name = path.file_name().unwrap_or_default().to_string_lossy();
        source.beside = beside::gather(&own_name, source.texts(), beside::of_folder(path));
        Ok(source)
    }

    /// With the files that its references and those of its overlays lead to, where they come from elsewhere than a
    /// folder. `read` gives one by its path from the document's folder, which never leads out of that.
    #[must_use]
    pub fn with_beside(mut self, mut read: impl FnMut(&str) -> Option<Self>) -> Self {
        let own_name = self.file_name();
        self.beside = beside::gather(&own_name, self.texts(), |path, _| read(path));
        self
    }

    /// Reads a file and no other, as an overlay is read.
    pub fn read_alone(path: &Path) -> io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        Ok(Self::new(path.display().to_string(), text))
    }

    /// The format follows from the name's extension, else from the first character that isn't blank.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let format = format_of(&name, &text);
        Self {
            name,
            text,
            format,
            beside: BTreeMap::new(),
            overlays: Vec::new(),
            places: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }

    /// Where a node stands: the key for a member of an object, else the value. A node that isn't there
    /// stands where its nearest ancestor does; none does in a text without any node.
    pub fn locate(&self, at: &Pointer) -> Option<Span> {
        if let Some((file, within)) = at.file() {
            return self.other(file)?.locate(&within);
        }
        let range = self.places().find(at)?;
        Some(self.span(range))
    }

    /// Whether references lead to files beside it, none of which were read: it isn't from a folder.
    pub fn lacks_files(&self) -> bool {
        let own_name = self.file_name();
        let mut texts = self.texts();
        self.beside.is_empty() && texts.any(|text| beside::leads_elsewhere(text, &own_name))
    }

    /// The file that a node stands in.
    pub fn holding(&self, at: &Pointer) -> &Self {
        let file = at.file().and_then(|(file, _)| self.other(file));
        file.unwrap_or(self)
    }

    /// The file that pointers name so: one that references lead to, or an overlay.
    pub fn other(&self, file: &str) -> Option<&Self> {
        let overlay = || self.overlays.iter().find(|one| one.as_overlay() == file);
        self.beside.get(file).or_else(overlay)
    }

    /// How pointers name an overlay. No file that references lead to has a colon in its path.
    pub(crate) fn as_overlay(&self) -> String {
        format!("overlay:{}", self.name.replace('#', "%23"))
    }

    /// Without its folder.
    pub(crate) fn file_name(&self) -> String {
        let name = Path::new(&self.name).file_name();
        name.unwrap_or_default().to_string_lossy().into_owned()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let overlays = self.overlays.iter().map(|overlay| overlay.text.as_str());
        std::iter::once(self.text.as_str()).chain(overlays)
    }

    /// The first key that its object has twice: where it stands first, and where again.
    pub(crate) fn duplicate_key(&self) -> Option<(Span, Span)> {
        let (first, again) = self.places().duplicate_key()?;
        Some((self.span(first), self.span(again)))
    }

    /// In JSON, the innermost bracket that is never closed.
    pub(crate) fn unclosed_bracket(&self) -> Option<Span> {
        let range = json::unclosed_bracket(&self.text)?;
        Some(self.span(range))
    }

    /// In YAML, the first node that more than `depth` mappings and sequences stand around.
    pub(crate) fn nested_beyond(&self, depth: usize) -> Option<Span> {
        let range = yaml::nested_beyond(&self.text, depth)?;
        Some(self.span(range))
    }

    /// In YAML, where a second document begins.
    pub(crate) fn second_document(&self) -> Option<Span> {
        let range = yaml::second_document(&self.text)?;
        Some(self.span(range))
    }

    /// The empty span at a line and a column in characters, both from 1; at the end of a shorter line or text.
    pub(crate) fn span_at(&self, line: usize, column: usize) -> Span {
        let text = self.line_text(line);
        let mut characters = text.char_indices();
        let within = characters
            .nth(column.saturating_sub(1))
            .map_or(text.len(), |(offset, _)| offset);
        let offset = self.line_start(line) + within;
        self.span(offset..offset)
    }

    /// Line and column of a byte range, which is widened to character boundaries within the text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end.max(start));
        let line = self.lines().partition_point(|first| *first <= start);
        let first = self.line_start(line);
        let column = self.text.get(first..start).unwrap_or("").chars().count() + 1;
        Span {
            line,
            column,
            range: start..end,
        }
    }

    /// The first byte of a line, which counts from 1.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.lines().get(index).copied().unwrap_or(self.text.len())
    }

    /// A line, which counts from 1, without its end.
    pub(crate) fn line_text(&self, line: usize) -> &str {
        let range = self.line_start(line)..self.line_start(line + 1);
        let text = self.text.get(range).unwrap_or("");
        text.trim_end_matches(['\n', '\r'])
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| match self.format {
            Format::Json => json::places(&self.text),
            Format::Yaml => yaml::places(&self.text),
        })
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(end, _)| end + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }
}

fn format_of(name: &str, text: &str) -> Format {
    let extension = Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("json") => Format::Json,
        Some("yaml" | "yml") => Format::Yaml,
        _ if text.trim_start().starts_with(['{', '[']) => Format::Json,
        _ => Format::Yaml,
    }
}

#[cfg(test)]
#[path = "source/tests.rs"]
mod tests;
