//! Two schemas that are one, level by level: what is below them is a pair of its own.

use crate::api::{Origin, Schema, SchemaId, Shape};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Effect, Values};
use crate::diff::words::quoted;

use super::pairs::Met;
use super::shapes::{self, ShapeChange, phrase};
use super::similar::same_structure;
use super::{At, Walk, Words, both};

impl Walk<'_> {
    pub(super) fn schema(&mut self, old: SchemaId, new: SchemaId, met: &Met) {
        let (api, other) = (self.old, self.new);
        let (was, is) = (api.schema(old), other.schema(new));
        if met.replaced {
            return self.replaced((old, was), (new, is), met);
        }
        self.renamed(was, is, met);
        self.nullability(was, is, met);
        match (&was.shape, &is.shape) {
            (Shape::Object(one), Shape::Object(other)) => {
                self.objects(one, other, met);
                self.further_keys(
                    (was, one.additional.is_some()),
                    (is, other.additional.is_some()),
                    met,
                );
            }
            (Shape::Enumeration(one), Shape::Enumeration(other)) => {
                let (one, other) = (one.iter().cloned(), other.iter().cloned());
                self.enumeration((was, one.collect()), (is, other.collect()), met);
            }
            (Shape::Union(one), Shape::Union(other)) => {
                self.union((was, one), (is, other), met);
            }
            _ => self.shape(was, is, met),
        }
        self.listed(was, is, met);
    }

    fn replaced(
        &mut self,
        (old_id, was): (SchemaId, &Schema),
        (new_id, is): (SchemaId, &Schema),
        met: &Met,
    ) {
        let (Origin::Component(old), Origin::Component(new)) = (&was.origin, &is.origin) else {
            return;
        };
        let has_same_limits = !met.direction.request
            || self.old_text.limits_within(&was.at) == self.new_text.limits_within(&is.at);
        let is_same = has_same_limits && same_structure((self.old, old_id), (self.new, new_id));
        let (effect, why) = if is_same {
            let why = "both have the same structure, and names of schemas don't travel";
            (Effect::Compatible, why)
        } else {
            let why = "the document has both, so one took the place of the other";
            (Values::Different.travelling(met.direction), why)
        };
        self.tell(
            Kind::SchemaReplaced,
            effect,
            both(&met.old_at, &met.new_at),
            Words {
                group: &met.group,
                subject: quoted(&met.label),
                what: format!("is a {} instead of a {}", quoted(new), quoted(old)),
                why,
            },
        );
    }

    fn renamed(&mut self, was: &Schema, is: &Schema, met: &Met) {
        let (Origin::Component(old), Origin::Component(new)) = (&was.origin, &is.origin) else {
            return;
        };
        if old == new {
            return;
        }
        self.tell(
            Kind::SchemaRenamed,
            Effect::Compatible,
            both(&was.at, &is.at),
            Words {
                group: &met.group,
                subject: format!("schema {}", quoted(old)),
                what: format!("looks renamed to {}", quoted(new)),
                why: "names of schemas don't travel",
            },
        );
    }

    fn nullability(&mut self, was: &Schema, is: &Schema, met: &Met) {
        let (kind, values, what, why) = match (was.nullable, is.nullable) {
            (false, true) => (
                Kind::BecameNullable,
                Values::Wider,
                "may be `null` now",
                if met.direction.answer {
                    "readers of answers meet a `null` that they don't expect"
                } else {
                    "requests without `null` stay right"
                },
            ),
            (true, false) => (
                Kind::BecameNotNullable,
                Values::Narrower,
                "can't be `null` any more",
                if met.direction.request {
                    "requests with `null`, right until now, are refused"
                } else {
                    "readers of answers were ready for a `null` that doesn't come"
                },
            ),
            _ => return,
        };
        let at = self.of_itself_or_its_use(was, is, met);
        let words = Words {
            group: &met.group,
            subject: quoted(&met.label),
            what: what.to_owned(),
            why,
        };
        self.tell(kind, values.travelling(met.direction), at, words);
    }

    /// A component that says so itself, else the place that names it.
    fn of_itself_or_its_use(&self, was: &Schema, is: &Schema, met: &Met) -> At {
        let is_named = matches!(is.origin, Origin::Component(_));
        let says_so = ["nullable", "enum", "type", "oneOf", "anyOf"]
            .iter()
            .any(|key| self.old_text.get(&was.at, key) != self.new_text.get(&is.at, key));
        if is_named && !says_so {
            both(&met.old_at, &met.new_at)
        } else {
            both(&was.at, &is.at)
        }
    }

    fn further_keys(&mut self, (was, had): (&Schema, bool), (is, has): (&Schema, bool), met: &Met) {
        let (kind, values, what) = match (had, has) {
            (false, true) => (
                Kind::FurtherKeysAdded,
                Values::Wider,
                "may have further keys of a type",
            ),
            (true, false) => (
                Kind::FurtherKeysRemoved,
                Values::Narrower,
                "has no further keys any more",
            ),
            _ => return,
        };
        // Whoever reads an object leaves out keys that it doesn't know.
        let effect = match values {
            Values::Wider => Effect::Compatible,
            _ => Effect::Breaks(met.direction),
        };
        let words = Words {
            group: &met.group,
            subject: quoted(&met.label),
            what: what.to_owned(),
            why: "keys that the document doesn't name are data here",
        };
        self.tell(kind, effect, both(&was.at, &is.at), words);
    }

    /// Another type, or another format of the same.
    fn shape(&mut self, was: &Schema, is: &Schema, met: &Met) {
        let Some(change) = shapes::change((self.old, was), (self.new, is)) else {
            return;
        };
        let same_type = std::mem::discriminant(&was.shape) == std::mem::discriminant(&is.shape);
        let kind = if same_type {
            Kind::FormatChanged
        } else {
            Kind::TypeChanged
        };
        let change = match (&was.shape, &is.shape) {
            (Shape::Enumeration(values), Shape::Text(_)) if self.refuses(values, is) => {
                ShapeChange {
                    values: Some(Values::Different),
                }
            }
            _ => change,
        };
        let effect = match change.values {
            None => Effect::Compatible,
            Some(values) => values.travelling(met.direction),
        };
        self.say(
            Change::new(kind, effect, both(&was.at, &is.at)),
            Words {
                group: &met.group,
                subject: quoted(&met.label),
                what: format!(
                    "is {} instead of {}",
                    phrase(self.new, is),
                    phrase(self.old, was)
                ),
                why: change.why(met.direction),
            },
        );
    }
}
