//! Where an operation stands by itself, without any configuration: what a person would draw from
//! the words of its path, the paths beside it, its tag and its answer.

use std::collections::BTreeMap;

use super::inflection::{is_plural, is_plural_of, singular};
use super::lists::{Holds, holds};
use super::names::snake;
use super::paths::{PathForm, Paths, Place, Segment};
use super::scopes::{Group, Scopes};
use crate::api::{Api, Method, Operation};

/// Where an operation stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The scope's word, where its tag says that a thing belongs to the scope itself.
    pub(super) front: Option<String>,
    /// Resource words, each with the piece of the path (index) that it comes from.
    pub(super) words: Vec<(usize, String)>,
    /// What the verb and the form of the path say.
    pub(super) method: String,
    /// The last word, where that is what is done and not what it is done to.
    pub(super) action: Option<Action>,
}

/// A last word that says what is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Action {
    pub(super) word: String,
    pub(super) method: String,
}

/// Words that say what is done, whatever the verb.
const ACTIONS: &[(&str, &str)] = &[
    ("create", "create"),
    ("delete", "delete"),
    ("edit", "edit"),
    ("get", "get"),
    ("list", "list"),
    ("new", "create"),
    ("update", "update"),
];

/// Places operations of one API.
pub(super) struct Placing<'a> {
    api: &'a Api,
    scopes: &'a Scopes,
    paths: Paths,
    /// Words of paths that the configuration spells otherwise.
    spelled: &'a BTreeMap<String, String>,
}

impl<'a> Placing<'a> {
    pub(super) fn new(
        api: &'a Api,
        scopes: &'a Scopes,
        groups: &[Group],
        forms: &[PathForm],
        spelled: &'a BTreeMap<String, String>,
    ) -> Self {
        let mut paths = Paths::new();
        for (group, form) in groups.iter().zip(forms) {
            for _ in &group.operations {
                paths.add(form, group.first(api).method, &group.scopes);
            }
        }
        Self {
            api,
            scopes,
            paths,
            spelled,
        }
    }

    pub(super) fn place(&self, group: &Group, form: &PathForm) -> Option<Placed> {
        let operation = group.first(self.api);
        let place = self.paths.at(&form.segments)?;
        let front = self.front(group, form, place, operation);
        let mut words = self.words(form);
        let last = form.last_word().unwrap_or_default();
        let holds = holds(self.api, operation, last);
        let can_be_action = words.len() + usize::from(front.is_some()) > 1
            && words
                .last()
                .is_some_and(|(index, _)| index + 1 == form.segments.len());
        let action = if can_be_action && self.is_action(form, place, operation.method, holds) {
            words.pop().map(|(_, word)| {
                let method = self.what_is_done(form, &word);
                Action { word, method }
            })
        } else {
            None
        };
        Some(Placed {
            front,
            words,
            method: self.method(operation.method, form, place, holds),
            action,
        })
    }

    /// What an action's word says in the words of methods: `new` is `create`, unless a POST to the path before it is.
    fn what_is_done(&self, form: &PathForm, word: &str) -> String {
        let before = &form.segments[..form.segments.len().saturating_sub(1)];
        let is_taken = self
            .paths
            .at(before)
            .is_some_and(|before| before.verbs.contains(&Method::Post));
        let known = ACTIONS
            .iter()
            .find(|(known, _)| *known == word && !is_taken);
        known.map_or_else(|| word.to_owned(), |(_, method)| (*method).to_owned())
    }

    /// A scope's own things stand below it: the tag is the scope's word, alone or before the path's first word.
    fn front(
        &self,
        group: &Group,
        form: &PathForm,
        place: &Place,
        operation: &Operation,
    ) -> Option<String> {
        let (scope, tag) = (group.scopes.first()?, operation.tags.first()?);
        if place.scopes.len() != 1 || group.rest.is_empty() {
            return None;
        }
        let word = snake(&self.scopes.all[*scope].literal);
        let tag = snake(tag);
        let (of, about) = tag.split_once('_').unwrap_or((&tag, ""));
        let first = form.segments.first().and_then(Segment::word)?;
        let is_about_it = about.is_empty() || singular(about) == singular(first);
        (singular(of) == singular(&word) && is_about_it).then_some(word)
    }

    /// Resource words of a path: without versions that tell nothing apart, without stutter.
    fn words(&self, form: &PathForm) -> Vec<(usize, String)> {
        let mut words: Vec<(usize, String)> = Vec::new();
        for (index, segment) in form.segments.iter().enumerate() {
            let Some(word) = segment.word() else {
                continue;
            };
            let Some(around) = self.paths.at(&form.segments[..index]) else {
                continue;
            };
            if is_version(word) && self.tells_nothing(around, word) {
                continue;
            }
            let word = match self.spelled.get(word) {
                Some(spelled) => snake(spelled),
                None => self.unstuttered(around, words.last(), self.plural(around, word)),
            };
            if words.last().is_none_or(|(_, last)| *last != word) {
                words.push((index, word));
            }
        }
        words
    }

    /// Whether a version could go: no other stands beside it, and nothing below it stands beside it, too.
    fn tells_nothing(&self, around: &Place, version: &str) -> bool {
        let Some(here) = self.paths.below(around, Some(version)) else {
            return false;
        };
        let beside = || self.paths.words_below(around).map(|(word, _)| word);
        let is_only_version = beside().filter(|word| is_version(word)).count() == 1;
        let meets_words = self
            .paths
            .words_below(here)
            .any(|(below, _)| beside().any(|word| word == below));
        let meets_things = Paths::is_collection(here) && Paths::is_collection(around);
        is_only_version && !meets_words && !meets_things && here.verbs.is_empty()
    }

    /// `rule` is `rules` where that stands beside it and no call of one is a call of the other.
    fn plural<'w>(&'w self, around: &'w Place, word: &'w str) -> &'w str {
        let Some(one) = self.paths.below(around, Some(word)) else {
            return word;
        };
        let many = self
            .paths
            .words_below(around)
            .find(|(other, _)| is_plural_of(other, word));
        match many {
            Some((plural, many)) if self.differ(one, many) => plural,
            _ => word,
        }
    }

    /// Whether no call on either place or its things is one on the other's: `/app` and `/apps/{id}` both answer a GET.
    fn differ(&self, one: &Place, other: &Place) -> bool {
        let (things, other_things) = (
            self.paths.verbs_of_things(one),
            self.paths.verbs_of_things(other),
        );
        one.verbs.is_disjoint(&other.verbs)
            && things.is_disjoint(&other_things)
            && one.verbs.is_disjoint(&other_things)
            && other.verbs.is_disjoint(&things)
    }

    /// `cache_reserve` below `cache` is `reserve`, unless that stands beside it.
    fn unstuttered(&self, around: &Place, parent: Option<&(usize, String)>, word: &str) -> String {
        let shorter = parent.and_then(|(_, parent)| {
            [parent.clone(), singular(parent)]
                .iter()
                .find_map(|parent| word.strip_prefix(parent.as_str())?.strip_prefix('_'))
        });
        match shorter {
            Some(shorter)
                if shorter.starts_with(|first: char| first.is_alphabetic())
                    && self.paths.below(around, Some(shorter)).is_none() =>
            {
                shorter.to_owned()
            }
            _ => word.to_owned(),
        }
    }

    /// Whether the last word of a path says what is done.
    fn is_action(&self, form: &PathForm, place: &Place, method: Method, holds: Holds) -> bool {
        if form.marked {
            return true;
        }
        let Some(word) = form.last_word().filter(|_| Paths::is_bare(place)) else {
            return false;
        };
        if ACTIONS.iter().any(|(known, _)| *known == word) {
            return true;
        }
        match method {
            // Words in a row with a plural at their end may be an order (`revoke_tokens`), one plural alone is a thing.
            Method::Post => word.contains('_') || !is_plural(word),
            Method::Get => self.is_report(form, holds),
            _ => false,
        }
    }

    /// Whether a GET on a word is one of several reports of the word before it, and no thing by itself.
    fn is_report(&self, form: &PathForm, holds: Holds) -> bool {
        let (_, before) = form
            .segments
            .split_last()
            .unwrap_or((&Segment::Word(String::new()), &[]));
        let Some(around) = self.paths.at(before) else {
            return false;
        };
        if before.last().is_none_or(|segment| segment.word().is_none()) {
            return false;
        }
        let reports = self
            .paths
            .words_below(around)
            .filter(|(_, place)| Paths::is_bare(place) && place.verbs.contains(&Method::Get));
        (around.only_reads && around.operations > 1)
            || (holds != Holds::List && reports.count() > 1)
    }

    fn method(&self, method: Method, form: &PathForm, place: &Place, holds: Holds) -> String {
        let word = match method {
            Method::Get if self.lists(form, place, holds) => "list",
            Method::Get => "get",
            Method::Post if self.is_change(form, place) => "update",
            Method::Post => "create",
            Method::Put => "update",
            Method::Patch => "edit",
            Method::Delete => "delete",
            Method::Options => "options",
            Method::Head => "head",
            Method::Trace => "trace",
        };
        let is_of_all = matches!(method, Method::Put | Method::Patch | Method::Delete)
            && form.last_word().is_some()
            && self.paths.verbs_of_things(place).contains(&method);
        if is_of_all {
            format!("bulk_{word}")
        } else {
            word.to_owned()
        }
    }

    /// Whether a POST to a thing changes it: a POST to its collection creates, and no other verb changes it.
    fn is_change(&self, form: &PathForm, place: &Place) -> bool {
        let Some((Segment::Parameter(_), collection)) = form.segments.split_last() else {
            return false;
        };
        let creates = self
            .paths
            .at(collection)
            .is_some_and(|collection| collection.verbs.contains(&Method::Post));
        let changes = [Method::Put, Method::Patch]
            .iter()
            .any(|verb| place.verbs.contains(verb));
        creates && !changes
    }

    fn lists(&self, form: &PathForm, place: &Place, holds: Holds) -> bool {
        let Some(word) = form.last_word() else {
            return false;
        };
        match holds {
            Holds::List => is_plural(word) || Paths::is_collection(place),
            Holds::Named => true,
            Holds::One => {
                is_plural(word) && self.paths.verbs_of_things(place).contains(&Method::Get)
            }
        }
    }
}

/// Whether a word only says which version of the service is meant.
fn is_version(word: &str) -> bool {
    let is_number = word.strip_prefix('v').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit()) && rest.len() < 5
    });
    let is_date = word.len() > 7
        && word
            .chars()
            .all(|character| character.is_ascii_digit() || character == '_');
    is_number || is_date || word == "api"
}
