//! Answers: of success, beside it in the envelope, and of failure.

use serde_json::Value;

use crate::api::{AnswerKind, SchemaId, Success};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Direction, Effect};
use crate::diff::words::quoted;
use crate::media_type::essence;
use crate::pointer::Pointer;

use crate::diff::raw::Text;

use super::operations::Pair;
use super::pairs::Met;
use super::{At, Walk, Words, both};

const EVENTS: &str = "text/event-stream";

impl Walk<'_> {
    pub(super) fn answers(&mut self, pair: &Pair<'_>) {
        let (was, is) = (&pair.was.success, &pair.is.success);
        let at = both(&was.at, &is.at);
        self.statuses(was, is, pair);
        self.kind((&was.kind, &is.kind), &at, pair);
        let same_kind = kind_name(&was.kind) == kind_name(&is.kind);
        if same_kind && was.accept != is.accept {
            let what = format!(
                "answers {} instead of {}",
                quoted(&is.accept),
                quoted(&was.accept)
            );
            let why =
                "who asks for the old media type doesn't get it; the crate asks for the new one";
            let change = Change::new(Kind::AnswerMediaTypeChanged, Effect::ANSWERS, at.clone());
            self.say(change.followed(), words(pair, what, why));
        }
        match (was.may_be_empty, is.may_be_empty) {
            (false, true) if same_kind && (was.others == is.others || was.others.is_empty()) => {
                let what = "may answer without a body now".to_owned();
                let why = "readers of answers rely on one";
                self.tell(
                    Kind::AnswerBecameOptional,
                    Effect::ANSWERS,
                    at.clone(),
                    words(pair, what, why),
                );
            }
            (true, false) if same_kind && (was.others == is.others || is.others.is_empty()) => {
                let what = "always answers with a body now".to_owned();
                let why = "readers of answers were ready for none";
                self.tell(
                    Kind::AnswerBecameCertain,
                    Effect::Compatible,
                    at.clone(),
                    words(pair, what, why),
                );
            }
            _ => {}
        }
        self.events(was.events, is.events, pair);
        self.media_types(was, is, pair);
        self.companions(pair);
        self.errors(pair);
    }

    /// What the data of events is.
    fn events(&mut self, was: Option<SchemaId>, is: Option<SchemaId>, pair: &Pair<'_>) {
        let at = both(&pair.was.success.at, &pair.is.success.at);
        let (effect, what, why) = match (was, is) {
            (Some(was), Some(is)) => return self.answer(was, is, pair),
            (None, None) => return,
            (Some(_), None) => (
                Effect::ANSWERS,
                "doesn't answer with typed events any more",
                "readers of the stream wait for them",
            ),
            (None, Some(_)) => (
                Effect::Compatible,
                "answers with typed events, too",
                "nobody asked for them",
            ),
        };
        let words = words(pair, what.to_owned(), why);
        self.tell(Kind::AnswerMediaTypeChanged, effect, at, words);
    }

    /// Media types beside the one that the crate asks for, of which only the text knows.
    fn media_types(&mut self, was: &Success, is: &Success, pair: &Pair<'_>) {
        let names = |text: Text<'_>, at: &Pointer| -> Vec<String> {
            let content = text.get(at, "content").and_then(Value::as_object);
            let names = content.into_iter().flatten().map(|(name, _)| name);
            names.map(|name| essence(name)).collect()
        };
        let asked_for: Vec<String> = was.accept.split(',').map(essence).collect();
        let now = names(self.new_text, &is.at);
        // Without any, the answer is of another kind.
        if now.is_empty() {
            return;
        }
        for name in names(self.old_text, &was.at) {
            let is_told = asked_for.contains(&name) || (was.events.is_some() && name == EVENTS);
            if !is_told && !now.contains(&name) {
                let what = format!("doesn't come as {} any more", quoted(&name));
                let why = "who asks for that media type doesn't get it; the crate asks for another";
                let change = Change {
                    value: Some(name),
                    ..Change::new(
                        Kind::AnswerMediaTypeChanged,
                        Effect::ANSWERS,
                        both(&was.at, &is.at),
                    )
                };
                self.say(change.followed(), words(pair, what, why));
            }
        }
    }

    /// The statuses that mean success.
    fn statuses(&mut self, was: &Success, is: &Success, pair: &Pair<'_>) {
        let at = both(&was.at, &is.at);
        for old in &was.others {
            match is.others.iter().find(|new| new.status == old.status) {
                Some(new) => self.kind((&old.kind, &new.kind), &at, pair),
                None if old.status == is.status => {}
                None => {
                    let what = format!("doesn't answer {} any more", old.status);
                    let why = "readers of answers may wait for it";
                    let change = Change {
                        value: Some(old.status.clone()),
                        ..Change::new(Kind::AnswerRemoved, Effect::ANSWERS, at.clone())
                    };
                    self.say(change.followed(), words(pair, what, why));
                }
            }
        }
        for new in &is.others {
            let is_known =
                new.status == was.status || was.others.iter().any(|old| old.status == new.status);
            if !is_known {
                let what = format!("may answer {}, too", new.status);
                let why = "readers of answers don't know that this status means success";
                let change = Change {
                    value: Some(new.status.clone()),
                    ..Change::new(Kind::AnswerAdded, Effect::ANSWERS, at.clone())
                };
                self.say(change.followed(), words(pair, what, why));
            }
        }
        let still = is.others.iter().any(|other| other.status == was.status);
        if was.status != is.status && !still {
            let what = format!("answers {} instead of {}", is.status, was.status);
            let why = "who waits for the old status doesn't see success; the crate takes any that means it";
            let change = Change::new(Kind::AnswerStatusChanged, Effect::ANSWERS, at);
            self.say(change.followed(), words(pair, what, why));
        }
    }

    /// What is in an answer.
    fn kind(&mut self, (was, is): (&AnswerKind, &AnswerKind), at: &At, pair: &Pair<'_>) {
        match (was, is) {
            (
                AnswerKind::Json {
                    schema: old,
                    enveloped: before,
                },
                AnswerKind::Json {
                    schema: new,
                    enveloped: now,
                },
            ) => {
                if before != now {
                    let stands = if *now { "stands" } else { "doesn't stand" };
                    let what = format!("{stands} inside the envelope");
                    let why = "readers of answers look for it elsewhere; the crate looks there";
                    let change = Change::new(Kind::EnvelopeChanged, Effect::ANSWERS, at.clone());
                    self.say(change.followed(), words(pair, what, why));
                }
                self.answer(*old, *new, pair);
            }
            (AnswerKind::Lines(old), AnswerKind::Lines(new)) => self.answer(*old, *new, pair),
            _ if kind_name(was) == kind_name(is) => {}
            _ => {
                let what = format!("answers {} instead of {}", kind_name(is), kind_name(was));
                let (effect, why) = match was {
                    AnswerKind::Empty => (
                        Effect::Compatible,
                        "who expected nothing needn't look at it",
                    ),
                    _ => (Effect::ANSWERS, "readers of answers find something else"),
                };
                let change = Change::new(Kind::AnswerKindChanged, effect, at.clone());
                self.say(change, words(pair, what, why));
            }
        }
    }

    fn answer(&mut self, old: SchemaId, new: SchemaId, pair: &Pair<'_>) {
        let at = (&pair.was.success.at, &pair.is.success.at);
        self.answered(old, new, "answer", at, pair);
    }

    fn answered(
        &mut self,
        old: SchemaId,
        new: SchemaId,
        what: &str,
        at: (&Pointer, &Pointer),
        pair: &Pair<'_>,
    ) {
        let met = Met {
            direction: Direction::ANSWER,
            group: pair.group.clone(),
            label: format!("{}, {what}", pair.call()),
            old_at: at.0.clone(),
            new_at: at.1.clone(),
            replaced: false,
        };
        self.pair(old, new, met);
    }

    /// Members of the envelope beside the result: who names them, names them as text.
    fn companions(&mut self, pair: &Pair<'_>) {
        let (was, is) = (&pair.was.success, &pair.is.success);
        let at = (&was.at, &is.at);
        for (name, old) in &was.companions {
            match is.companions.iter().find(|(other, _)| other == name) {
                Some((_, new)) => self.answered(*old, *new, name, at, pair),
                None => self.companion(
                    Kind::PropertyRemoved,
                    Effect::ANSWERS,
                    name,
                    "was removed",
                    pair,
                ),
            }
        }
        for (name, _) in &is.companions {
            if was.companions.iter().all(|(other, _)| other != name) {
                self.companion(
                    Kind::PropertyAdded,
                    Effect::Compatible,
                    name,
                    "was added",
                    pair,
                );
            }
        }
    }

    fn companion(&mut self, kind: Kind, effect: Effect, name: &str, what: &str, pair: &Pair<'_>) {
        let at = both(&pair.was.success.at, &pair.is.success.at);
        let words = Words {
            group: &pair.group,
            subject: format!(
                "{}, {} beside the result",
                quoted(&pair.call()),
                quoted(name)
            ),
            what: what.to_owned(),
            why: if kind == Kind::PropertyRemoved {
                "who reads it finds nothing any more"
            } else {
                "readers of answers leave out what they don't know"
            },
        };
        let change = Change {
            value: Some(name.to_owned()),
            ..Change::new(kind, effect, at)
        };
        self.say(change, words);
    }

    /// Bodies of answers that mean failure: the crate keeps them as they are.
    fn errors(&mut self, pair: &Pair<'_>) {
        let at = |operation: &crate::api::Operation, status: &str| {
            operation.at.child("responses").child(status)
        };
        for old in &pair.was.errors {
            let here = at(pair.was, &old.status);
            match pair.is.errors.iter().find(|new| new.status == old.status) {
                Some(new) => {
                    let what = format!("answer {}", old.status);
                    let there = at(pair.is, &new.status);
                    self.answered(old.schema, new.schema, &what, (&here, &there), pair);
                }
                None => self.tell(
                    Kind::ErrorAnswerRemoved,
                    Effect::Compatible,
                    (Some(here), None),
                    words(
                        pair,
                        format!("has no error answer {} any more", old.status),
                        "readers were ready for it",
                    ),
                ),
            }
        }
        for new in &pair.is.errors {
            if pair.was.errors.iter().all(|old| old.status != new.status) {
                self.tell(
                    Kind::ErrorAnswerAdded,
                    Effect::Compatible,
                    (None, Some(at(pair.is, &new.status))),
                    words(
                        pair,
                        format!("has an error answer {}", new.status),
                        "any status outside of success was a failure before, too",
                    ),
                );
            }
        }
    }
}

fn words<'w>(pair: &'w Pair<'_>, what: String, why: &'w str) -> Words<'w> {
    Words {
        group: &pair.group,
        subject: quoted(&pair.call()),
        what,
        why,
    }
}

fn kind_name(kind: &AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Empty => "nothing",
        AnswerKind::Json { .. } => "JSON",
        AnswerKind::Text => "text",
        AnswerKind::Bytes => "bytes",
        AnswerKind::Lines(_) => "lines of JSON",
    }
}
