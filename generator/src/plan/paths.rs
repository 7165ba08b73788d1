//! How the paths of an API relate: what each word of a path is, and what stands beside and below it.

use std::collections::{BTreeMap, BTreeSet};

use super::names::snake;
use crate::api::Method;

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// In snake case.
    Word(String),
    /// By its name in the document.
    Parameter(String),
}

impl Segment {
    /// What it is called, where it is a word; parameters are all alike.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Parameter(_) => None,
        }
    }
}

/// A path, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PathForm {
    pub(super) segments: Vec<Segment>,
    /// Whether the last word was marked as an action (`/things/{id}:cancel`).
    pub(super) marked: bool,
}

/// Endings that name a format and not a thing.
const FORMATS: &[&str] = &[".json", ".xml"];

impl PathForm {
    pub(super) fn of(path: &str) -> Self {
        let mut form = Self::default();
        for text in path.split('/').filter(|text| !text.is_empty()) {
            let text = FORMATS
                .iter()
                .find_map(|format| text.strip_suffix(format))
                .unwrap_or(text);
            let (text, action) = match text.rsplit_once(':') {
                Some((thing, action)) if !action.contains('}') && !thing.is_empty() => {
                    (thing, Some(action))
                }
                _ => (text, None),
            };
            let (word, parameter) = match text.split_once('{') {
                Some((word, rest)) => (word, rest.split('}').next()),
                None => (text, None),
            };
            form.push_word(word);
            if let Some(parameter) = parameter {
                form.segments.push(Segment::Parameter(parameter.to_owned()));
            }
            form.marked = action.is_some_and(|action| form.push_word(action));
        }
        form
    }

    fn push_word(&mut self, text: &str) -> bool {
        let word = snake(text);
        let is_word = !word.is_empty();
        if is_word {
            self.segments.push(Segment::Word(word));
        }
        is_word
    }

    /// The last piece, where it is a word.
    pub(super) fn last_word(&self) -> Option<&str> {
        self.segments.last().and_then(Segment::word)
    }

    /// Names of the parameters, in order.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Word(_) => None,
        })
    }

    /// Whether two paths differ in nothing but the names of their parameters.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len() && self.begins_with(other)
    }

    /// Whether a pattern stands at the front: its words are equal, its `{}` are parameters.
    pub(super) fn begins_with(&self, pattern: &Self) -> bool {
        self.segments.len() >= pattern.segments.len()
            && self
                .segments
                .iter()
                .zip(&pattern.segments)
                .all(|(mine, theirs)| mine.word() == theirs.word())
    }
}

/// A place that a path leads to or through.
#[derive(Debug, Default)]
pub(super) struct Place {
    children: BTreeMap<Option<String>, usize>,
    pub(super) verbs: BTreeSet<Method>,
    /// Scopes (index) under which the document has it.
    pub(super) scopes: BTreeSet<usize>,
    /// Operations here and below, twins counted apart.
    pub(super) operations: usize,
    /// Whether everything here and below only reads.
    pub(super) only_reads: bool,
}

/// All paths of an API, after their scopes, as a tree of pieces.
#[derive(Debug)]
pub(super) struct Paths(Vec<Place>);

impl Paths {
    pub(super) fn new() -> Self {
        Self(vec![Place {
            only_reads: true,
            ..Place::default()
        }])
    }

    /// Adds an operation.
    pub(super) fn add(&mut self, form: &PathForm, method: Method, scopes: &[usize]) {
        let reads = matches!(method, Method::Get | Method::Head);
        let mut at = 0;
        let keys = form
            .segments
            .iter()
            .map(|segment| segment.word().map(str::to_owned));
        self.count(at, reads);
        for key in keys {
            let next = self.0.len();
            let child = *self.0[at].children.entry(key).or_insert(next);
            if child == next {
                self.0.push(Place {
                    only_reads: true,
                    ..Place::default()
                });
            }
            at = child;
            self.count(at, reads);
        }
        self.0[at].verbs.insert(method);
        self.0[at].scopes.extend(scopes);
    }

    fn count(&mut self, place: usize, reads: bool) {
        self.0[place].operations += 1;
        self.0[place].only_reads &= reads;
    }

    /// Where pieces lead to.
    pub(super) fn at(&self, segments: &[Segment]) -> Option<&Place> {
        let mut place = self.0.first()?;
        for segment in segments {
            let key = segment.word().map(str::to_owned);
            place = self.0.get(*place.children.get(&key)?)?;
        }
        Some(place)
    }

    /// The place of a word right below.
    pub(super) fn below(&self, place: &Place, word: Option<&str>) -> Option<&Place> {
        let index = place.children.get(&word.map(str::to_owned))?;
        self.0.get(*index)
    }

    /// The words right below.
    pub(super) fn words_below<'p>(
        &'p self,
        place: &'p Place,
    ) -> impl Iterator<Item = (&'p str, &'p Place)> {
        place
            .children
            .iter()
            .filter_map(|(key, index)| Some((key.as_deref()?, self.0.get(*index)?)))
    }

    /// Whether a place has one verb alone and nothing below it.
    pub(super) fn is_bare(place: &Place) -> bool {
        place.verbs.len() == 1 && place.children.is_empty()
    }

    /// Verbs of the things of a collection: `/things/{id}`.
    pub(super) fn verbs_of_things(&self, place: &Place) -> BTreeSet<Method> {
        self.below(place, None)
            .map(|things| things.verbs.clone())
            .unwrap_or_default()
    }

    /// Whether things with an identifier stand below.
    pub(super) fn is_collection(place: &Place) -> bool {
        place.children.contains_key(&None)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn drawn(path: &str) -> String {
        let form = PathForm::of(path);
        let words: Vec<&str> = form
            .segments
            .iter()
            .map(|segment| segment.word().unwrap_or("{}"))
            .collect();
        let mark = if form.marked { "!" } else { "" };
        format!("{}{mark}", words.join(" "))
    }

    #[test]
    fn a_path_is_words_and_parameters() {
        assert_eq!(drawn("/url-info/{id}/Parts"), "url_info {} parts");
        assert_eq!(drawn("/things('{id}')"), "things {}");
        assert_eq!(drawn("/compare/{base}...{head}"), "compare {}");
        assert_eq!(drawn("/Calls/{Sid}.json"), "calls {}");
        assert_eq!(drawn("/{name}:cancel"), "{} cancel!");
        assert_eq!(drawn("/things:batchGet"), "things batch_get!");
    }

    #[test]
    fn a_pattern_takes_any_parameter_but_no_word_for_one() {
        let pattern = PathForm::of("/policy/{}");
        assert!(PathForm::of("/policy/{id}/exclude").begins_with(&pattern));
        assert!(!PathForm::of("/policy/exclude").begins_with(&pattern));
        assert!(!PathForm::of("/policy").begins_with(&pattern));
    }

    #[test]
    fn a_place_knows_what_is_below_it() {
        let mut paths = Paths::new();
        for (path, method) in [
            ("/reports/daily", Method::Get),
            ("/reports/weekly", Method::Get),
            ("/things", Method::Post),
            ("/things/{id}", Method::Get),
        ] {
            paths.add(&PathForm::of(path), method, &[]);
        }
        let reports = paths.at(&PathForm::of("/reports").segments).unwrap();
        assert!(reports.only_reads);
        assert_eq!(reports.operations, 2);
        assert_eq!(paths.words_below(reports).count(), 2);
        let things = paths.at(&PathForm::of("/things").segments).unwrap();
        assert!(Paths::is_collection(things));
        assert!(!Paths::is_bare(things));
        assert!(paths.verbs_of_things(things).contains(&Method::Get));
    }
}
