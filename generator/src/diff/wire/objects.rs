//! Properties of objects.

use crate::api::{Api, Object, Property};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Direction, Effect, Values};
use crate::diff::words::quoted;

use super::pairs::Met;
use super::secrecy::Held;
use super::similar::{names_are_alike, same_structure};
use super::{Walk, Words, both};

/// The properties of two objects.
pub(super) struct Matched<'a> {
    /// Those of one name first, then those that look like a rename.
    pub(super) same: Vec<(&'a Property, &'a Property)>,
    pub(super) removed: Vec<&'a Property>,
    pub(super) added: Vec<&'a Property>,
}

/// Finds out which properties are the same.
pub(super) fn matched<'a>(
    (old_api, old): (&'a Api, &'a Object),
    (new_api, new): (&'a Api, &'a Object),
) -> Matched<'a> {
    let mut same = Vec::with_capacity(old.properties.len());
    let mut removed = Vec::new();
    for was in &old.properties {
        match new.properties.iter().find(|is| is.name == was.name) {
            Some(is) => same.push((was, is)),
            None => removed.push(was),
        }
    }
    let is_new = |is: &&Property| old.properties.iter().all(|was| was.name != is.name);
    let mut added: Vec<&Property> = new.properties.iter().filter(is_new).collect();
    removed.retain(|was| {
        let mut candidates = (0..added.len()).filter(|index| {
            let is = added[*index];
            was.required == is.required
                && same_structure((old_api, was.schema), (new_api, is.schema))
                && (names_are_alike(&was.name, &is.name) || stand_alike(old, was, new, is))
        });
        // Of several, nobody can tell which.
        let (Some(index), None) = (candidates.next(), candidates.next()) else {
            return true;
        };
        same.push((was, added.remove(index)));
        false
    });
    Matched {
        same,
        removed,
        added,
    }
}

/// Whether the objects are the same but for the name of the property that stands here.
fn stand_alike(old: &Object, was: &Property, new: &Object, is: &Property) -> bool {
    let others = |object: &Object, own: &Property| -> Vec<String> {
        let names = object.properties.iter().map(|property| &property.name);
        names
            .map(|name| if *name == own.name { "" } else { name })
            .map(str::to_owned)
            .collect()
    };
    others(old, was) == others(new, is)
}

impl Walk<'_> {
    pub(super) fn objects(&mut self, old: &Object, new: &Object, met: &Met) {
        let (api, other) = (self.old, self.new);
        let matched = matched((api, old), (other, new));
        for (was, is) in matched.same {
            self.property(was, is, met);
        }
        for was in matched.removed {
            self.removed_property(was, met);
        }
        for is in matched.added {
            self.added_property(is, met);
        }
    }

    fn removed_property(&mut self, was: &Property, met: &Met) {
        let direction = met.direction.of_property(was.read_only, was.write_only);
        self.tell(
            Kind::PropertyRemoved,
            Effect::Breaks(direction),
            (Some(was.at.clone()), None),
            Words {
                group: &met.group,
                subject: subject(met, was),
                what: "was removed".to_owned(),
                why: match (direction.request, direction.answer) {
                    (true, true) => {
                        "callers who send it aren't heard, and who reads it finds nothing"
                    }
                    (true, false) => "callers who send it aren't heard any more",
                    _ => "who reads it finds nothing any more",
                },
            },
        );
    }

    fn added_property(&mut self, is: &Property, met: &Met) {
        let direction = met.direction.of_property(is.read_only, is.write_only);
        let must_be_sent = is.required && direction.request;
        let needed = if is.required { "required" } else { "optional" };
        self.tell(
            Kind::PropertyAdded,
            if must_be_sent {
                Effect::REQUESTS
            } else {
                Effect::Compatible
            },
            (None, Some(is.at.clone())),
            Words {
                group: &met.group,
                subject: subject(met, is),
                what: format!("was added, {needed}"),
                why: match (must_be_sent, direction.request) {
                    (true, _) => "requests without it, right until now, are refused",
                    (false, true) => "requests without it stay right",
                    (false, false) => "readers of answers leave out what they don't know",
                },
            },
        );
    }

    fn property(&mut self, was: &Property, is: &Property, met: &Met) {
        let direction = met.direction.of_property(
            was.read_only && is.read_only,
            was.write_only && is.write_only,
        );
        if was.name != is.name {
            self.tell(
                Kind::PropertyRenamed,
                Effect::Breaks(direction),
                both(&was.at, &is.at),
                Words {
                    group: &met.group,
                    subject: subject(met, was),
                    what: format!("looks renamed to {}", quoted(&is.name)),
                    why: "the value is the same, and the old name isn't known any more",
                },
            );
        }
        self.presence(was, is, direction, met);
        self.restrictions(was, is, met);
        let held = |one: &Property| Held {
            secret: one.secret,
            schema: one.schema,
            at: one.at.clone(),
        };
        self.secrecy(&held(was), &held(is), &met.group, subject(met, is));
    }

    /// Whether it may be left out.
    fn presence(&mut self, was: &Property, is: &Property, direction: Direction, met: &Met) {
        let (kind, values, what, why) = match (was.required, is.required) {
            (false, true) => (
                Kind::PropertyBecameRequired,
                Values::Narrower,
                "became required",
                if direction.request {
                    "requests without it, right until now, are refused"
                } else {
                    "answers have it always now, and readers were ready for it"
                },
            ),
            (true, false) => (
                Kind::PropertyBecameOptional,
                Values::Wider,
                "became optional",
                if direction.answer {
                    "answers may come without it, and readers rely on it"
                } else {
                    "requests that have it stay right"
                },
            ),
            _ => return,
        };
        self.tell(
            kind,
            values.travelling(direction),
            both(&was.at, &is.at),
            Words {
                group: &met.group,
                subject: subject(met, is),
                what: what.to_owned(),
                why,
            },
        );
    }

    /// `readOnly` and `writeOnly`.
    fn restrictions(&mut self, was: &Property, is: &Property, met: &Met) {
        let request = Effect::Breaks(Direction {
            request: met.direction.request,
            answer: false,
        });
        let answer = Effect::Breaks(Direction {
            request: false,
            answer: met.direction.answer,
        });
        let must_be_sent = is.required && met.direction.request;
        let writable = if must_be_sent {
            Effect::REQUESTS
        } else {
            Effect::Compatible
        };
        let rules = [
            (
                !was.read_only && is.read_only,
                Kind::PropertyBecameReadOnly,
                request,
                "became read-only",
                "callers who send it aren't heard any more",
            ),
            (
                was.read_only && !is.read_only,
                Kind::PropertyBecameWritable,
                writable,
                "may be sent now",
                if must_be_sent {
                    "requests without it, right until now, are refused"
                } else {
                    "requests without it stay right"
                },
            ),
            (
                !was.write_only && is.write_only,
                Kind::PropertyBecameWriteOnly,
                answer,
                "became write-only",
                "who reads it in answers finds nothing any more",
            ),
            (
                was.write_only && !is.write_only,
                Kind::PropertyBecameReadable,
                Effect::Compatible,
                "stands in answers now",
                "readers of answers leave out what they don't know",
            ),
        ];
        for (_, kind, effect, what, why) in rules.into_iter().filter(|(applies, ..)| *applies) {
            let words = Words {
                group: &met.group,
                subject: subject(met, is),
                what: what.to_owned(),
                why,
            };
            self.say(Change::new(kind, effect, both(&was.at, &is.at)), words);
        }
    }
}

fn subject(met: &Met, property: &Property) -> String {
    quoted(&format!("{}.{}", met.label, property.name))
}
