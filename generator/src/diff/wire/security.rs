//! How callers prove who they are.

use std::collections::BTreeSet;

use crate::api::{SecurityKind, SecurityRequirement, SecurityScheme};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::Effect;
use crate::diff::words::quoted;
use crate::pointer::Pointer;

use super::homes::CLIENT;
use super::operations::Pair;
use super::{Walk, Words, both};

/// One alternative, whatever the order of its schemes.
type Alternative<'a> = BTreeSet<&'a str>;

impl Walk<'_> {
    pub(super) fn security_schemes(&mut self) {
        let (old, new) = (&self.old.security_schemes, &self.new.security_schemes);
        for (name, was) in old {
            match new.get(name) {
                Some(is) => self.scheme(name, was, is),
                None => {
                    let why = "credentials of that kind aren't known any more";
                    self.tell(
                        Kind::SecuritySchemeRemoved,
                        Effect::REQUESTS,
                        (Some(was.at.clone()), None),
                        words(name, "was removed".to_owned(), why),
                    );
                }
            }
        }
        for (name, is) in new {
            if !old.contains_key(name) {
                self.tell(
                    Kind::SecuritySchemeAdded,
                    Effect::Compatible,
                    (None, Some(is.at.clone())),
                    words(name, "was added".to_owned(), "nobody has to use it"),
                );
            }
        }
    }

    fn scheme(&mut self, name: &str, was: &SecurityScheme, is: &SecurityScheme) {
        if was.kind == is.kind {
            return;
        }
        let what = format!("is {} instead of {}", phrase(&is.kind), phrase(&was.kind));
        let why = "a credential sent as before isn't seen; the crate sends it where it belongs now";
        self.tell(
            Kind::SecuritySchemeChanged,
            Effect::REQUESTS,
            both(&was.at, &is.at),
            words(name, what, why),
        );
    }

    /// Which credentials are enough for an operation.
    pub(super) fn security(&mut self, pair: &Pair<'_>) {
        let (old, new) = (
            alternatives(&pair.was.security),
            alternatives(&pair.is.security),
        );
        if old == new {
            return;
        }
        let is_enough = |mine: &Alternative<'_>, theirs: &BTreeSet<Alternative<'_>>| {
            theirs.iter().any(|one| one.is_subset(mine))
        };
        let tightened = old.iter().any(|one| !is_enough(one, &new));
        let (kind, effect, why) = if tightened {
            (
                Kind::SecurityTightened,
                Effect::REQUESTS,
                "credentials that were enough aren't any more",
            )
        } else {
            (
                Kind::SecurityRelaxed,
                Effect::Compatible,
                "credentials that were enough still are",
            )
        };
        let (was, is) = (
            self.security_place(pair, true),
            self.security_place(pair, false),
        );
        let is_general = was == is && was == Pointer::root().child("security");
        let subject = if is_general {
            "the document's `security`".to_owned()
        } else {
            quoted(&pair.call())
        };
        let group = if is_general { CLIENT } else { &pair.group };
        let what = format!("takes {} instead of {}", spelled(&new), spelled(&old));
        self.say(
            Change::new(kind, effect, both(&was, &is)),
            Words {
                group,
                subject,
                what,
                why,
            },
        );
    }

    /// The operation's own requirement, else the document's.
    fn security_place(&self, pair: &Pair<'_>, old: bool) -> Pointer {
        let (text, operation) = if old {
            (&self.old_text, pair.was)
        } else {
            (&self.new_text, pair.is)
        };
        if text.get(&operation.at, "security").is_some() {
            operation.at.child("security")
        } else {
            Pointer::root().child("security")
        }
    }
}

fn words(name: &str, what: String, why: &'static str) -> Words<'static> {
    Words {
        group: CLIENT,
        subject: format!("security scheme {}", quoted(name)),
        what,
        why,
    }
}

/// No alternative is one without any scheme.
fn alternatives(requirements: &[SecurityRequirement]) -> BTreeSet<Alternative<'_>> {
    if requirements.is_empty() {
        return BTreeSet::from([Alternative::new()]);
    }
    let sets = requirements.iter();
    sets.map(|one| one.iter().map(String::as_str).collect())
        .collect()
}

fn spelled(alternatives: &BTreeSet<Alternative<'_>>) -> String {
    let texts = alternatives.iter().map(|one| {
        let names: Vec<String> = one.iter().map(|name| quoted(name)).collect();
        if names.is_empty() {
            "no credentials".to_owned()
        } else {
            names.join(" + ")
        }
    });
    texts.collect::<Vec<_>>().join(" or ")
}

fn phrase(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "a bearer token".to_owned(),
        SecurityKind::Basic => "user and password".to_owned(),
        SecurityKind::Header(name) => format!("the header {}", quoted(name)),
        SecurityKind::Query(name) => format!("the query parameter {}", quoted(name)),
        SecurityKind::Cookie(name) => format!("the cookie {}", quoted(name)),
    }
}
