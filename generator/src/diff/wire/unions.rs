//! Forms of unions.

use crate::api::{Api, Member, Origin, Schema, Union};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Direction, Effect, Values};
use crate::diff::words::quoted;

use super::pairs::Met;
use super::similar::same_structure;
use super::{Walk, Words, both};

/// The forms of two unions.
pub(super) struct Matched<'a> {
    pub(super) same: Vec<(&'a Member, &'a Member)>,
    pub(super) removed: Vec<&'a Member>,
    pub(super) added: Vec<&'a Member>,
}

/// Finds out which forms are the same: by name, then by structure.
pub(super) fn matched<'a>(
    (old_api, old): (&'a Api, &'a Union),
    (new_api, new): (&'a Api, &'a Union),
) -> Matched<'a> {
    let mut same = Vec::new();
    let mut added: Vec<&Member> = new.members.iter().collect();
    let mut removed: Vec<&Member> = old.members.iter().collect();
    let is_named = |was: &Member, is: &Member| was.name == is.name;
    let is_alike = |was: &Member, is: &Member| {
        let both_named = matches!(old_api.schema(was.schema).origin, Origin::Component(_))
            && matches!(new_api.schema(is.schema).origin, Origin::Component(_));
        // The name of a schema tells no form from another; what travels beside it does.
        (!both_named || was.tags == is.tags)
            && same_structure((old_api, was.schema), (new_api, is.schema))
    };
    for by_structure in [false, true] {
        let is_same =
            |was: &Member, is: &Member| is_named(was, is) || (by_structure && is_alike(was, is));
        removed.retain(|was| {
            let Some(index) = added.iter().position(|is| is_same(was, is)) else {
                return true;
            };
            same.push((*was, added.remove(index)));
            false
        });
    }
    Matched {
        same,
        removed,
        added,
    }
}

impl Walk<'_> {
    /// Emitted unions keep forms that they don't know, so one more breaks nobody who reads.
    pub(super) fn union(
        &mut self,
        (was, old): (&Schema, &Union),
        (is, new): (&Schema, &Union),
        met: &Met,
    ) {
        let (api, other) = (self.old, self.new);
        let matched = matched((api, old), (other, new));
        let requests = Direction {
            answer: false,
            ..met.direction
        };
        for member in matched.removed {
            let why = if requests.request {
                "requests in that form, right until now, are refused"
            } else {
                "answers don't come in that form any more, and readers were ready for it"
            };
            self.form(
                Kind::FormRemoved,
                Effect::Breaks(requests),
                member,
                (was, is),
                met,
                "is no form any more",
                why,
            );
        }
        for member in matched.added {
            let why = if met.direction.answer {
                "readers keep forms that they don't know"
            } else {
                "requests that were right stay right"
            };
            self.form(
                Kind::FormAdded,
                Effect::Compatible,
                member,
                (was, is),
                met,
                "is a form, too",
                why,
            );
        }
        let tag = |union: &Union| union.tag.as_ref().map(|tag| tag.property.clone());
        let mut retold = tag(old) != tag(new);
        if tag(old).is_some() {
            retold |= matched.same.iter().any(|(was, is)| was.tags != is.tags);
        }
        if retold {
            let effect = Values::Different.travelling(met.direction);
            let change = Change::new(Kind::DiscriminatorChanged, effect, both(&was.at, &is.at));
            self.say(
                // Who only reads leaves it to the crate, which looks for the new one.
                Change {
                    at_run_time: met.direction.request,
                    ..change
                },
                Words {
                    group: &met.group,
                    subject: quoted(&met.label),
                    what: "tells its forms apart otherwise".to_owned(),
                    why: "what says which form a value has is spelled otherwise",
                },
            );
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one sentence")]
    fn form(
        &mut self,
        kind: Kind,
        effect: Effect,
        member: &Member,
        (was, is): (&Schema, &Schema),
        met: &Met,
        what: &str,
        why: &str,
    ) {
        let change = Change {
            value: Some(member.name.clone()),
            ..Change::new(kind, effect, both(&was.at, &is.at))
        };
        let words = Words {
            group: &met.group,
            subject: quoted(&met.label),
            what: format!("{} {what}", quoted(&member.name)),
            why,
        };
        self.say(change, words);
    }
}
