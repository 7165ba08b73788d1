//! Values that are listed: of strings, and of numbers and booleans.

use regex::Regex;
use serde_json::Value;

use crate::api::Schema;
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Direction, Effect, Values};
use crate::diff::words::quoted;

use super::pairs::Met;
use super::{Walk, Words, both};

impl Walk<'_> {
    /// What stands under `enum`: emitted enumerations keep values that they don't know, so one more
    /// breaks nobody who reads.
    pub(super) fn enumeration(
        &mut self,
        (was, old): (&Schema, Vec<String>),
        (is, new): (&Schema, Vec<String>),
        met: &Met,
    ) {
        let requests = Direction {
            answer: false,
            ..met.direction
        };
        for value in old.iter().filter(|value| !new.contains(value)) {
            let why = if requests.request {
                "requests with it, right until now, are refused"
            } else {
                "answers don't have it any more, and readers were ready for it"
            };
            self.value(
                Kind::EnumValueRemoved,
                Effect::Breaks(requests),
                value,
                (was, is),
                met,
                "is no value any more",
                why,
            );
        }
        for value in new.iter().filter(|value| !old.contains(value)) {
            let why = if met.direction.answer {
                "readers keep values that they don't know"
            } else {
                "requests that were right stay right"
            };
            self.value(
                Kind::EnumValueAdded,
                Effect::Compatible,
                value,
                (was, is),
                met,
                "is a value, too",
                why,
            );
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one sentence")]
    fn value(
        &mut self,
        kind: Kind,
        effect: Effect,
        value: &str,
        (was, is): (&Schema, &Schema),
        met: &Met,
        what: &str,
        why: &str,
    ) {
        let change = Change {
            value: Some(value.to_owned()),
            of_type: was.only_value().is_some() != is.only_value().is_some(),
            ..Change::new(kind, effect, both(&was.at, &is.at))
        };
        let words = Words {
            group: &met.group,
            subject: quoted(&met.label),
            what: format!("{} {what}", quoted(value)),
            why,
        };
        self.say(change, words);
    }

    /// Whether a string's pattern refuses any of the values. A pattern that this crate's regular
    /// expressions don't have refuses none, as far as anybody can tell here.
    pub(super) fn refuses(&self, values: &[String], text: &Schema) -> bool {
        let pattern = self.new_text.get(&text.at, "pattern");
        let pattern = pattern.and_then(Value::as_str);
        let Some(Ok(pattern)) = pattern.map(Regex::new) else {
            return false;
        };
        values.iter().any(|value| !pattern.is_match(value))
    }

    /// What `enum` lists of numbers and booleans, which stay what they are in Rust.
    pub(super) fn listed(&mut self, was: &Schema, is: &Schema, met: &Met) {
        let spelled = |schema: &Schema| -> Vec<String> {
            let values = schema.listed.iter();
            values
                .map(|value| {
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned)
                })
                .collect()
        };
        let (old, new) = (spelled(was), spelled(is));
        let (kind, values, what) = match (old.is_empty(), new.is_empty()) {
            (false, false) => return self.enumeration((was, old), (is, new), met),
            (true, true) => return,
            (true, false) => (
                Kind::ConstraintTightened,
                Values::Narrower,
                "is one of a list now",
            ),
            (false, true) => (
                Kind::ConstraintRelaxed,
                Values::Wider,
                "is none of a list any more",
            ),
        };
        if std::mem::discriminant(&was.shape) != std::mem::discriminant(&is.shape) {
            return;
        }
        let requests = Direction {
            answer: false,
            ..met.direction
        };
        let words = Words {
            group: &met.group,
            subject: quoted(&met.label),
            what: what.to_owned(),
            why: "any number or boolean can be held, so readers are ready for others",
        };
        self.tell(
            kind,
            values.travelling(requests),
            both(&was.at, &is.at),
            words,
        );
    }
}
