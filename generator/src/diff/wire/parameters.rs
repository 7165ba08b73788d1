//! Parameters of operations.

use crate::api::{Location, Parameter};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Direction, Effect};
use crate::diff::words::quoted;
use crate::pointer::Pointer;

use super::operations::Pair;
use super::pairs::Met;
use super::secrecy::Held;
use super::similar::{names_are_alike, same_structure};
use super::{Walk, Words, both};

impl<'a> Walk<'a> {
    pub(super) fn parameters(&mut self, pair: &Pair<'a>) {
        self.path_parameters(pair);
        let rest = |parameter: &&&Parameter| parameter.location != Location::Path;
        let mut removed: Vec<&Parameter> = pair.was.parameters.iter().collect();
        removed.retain(|one| rest(&one));
        let mut added: Vec<&Parameter> = pair.is.parameters.iter().collect();
        added.retain(|one| rest(&one));
        self.match_by(pair, &mut removed, &mut added, |was, is| {
            was.location == is.location && same_name(was, is)
        });
        self.match_by(pair, &mut removed, &mut added, same_name);
        let (api, other) = (self.old, self.new);
        self.match_by(pair, &mut removed, &mut added, |was, is| {
            was.location == is.location
                && was.required == is.required
                && names_are_alike(&was.name, &is.name)
                && same_structure((api, was.schema), (other, is.schema))
        });
        for was in removed {
            self.removed_parameter(was, pair);
        }
        for is in added {
            self.added_parameter(is, pair);
        }
    }

    fn match_by(
        &mut self,
        pair: &Pair<'a>,
        removed: &mut Vec<&'a Parameter>,
        added: &mut Vec<&'a Parameter>,
        is_same: impl Fn(&Parameter, &Parameter) -> bool,
    ) {
        removed.retain(|was| {
            let Some(index) = added.iter().position(|is| is_same(was, is)) else {
                return true;
            };
            let is = added.remove(index);
            self.parameter(was, is, pair);
            false
        });
    }

    /// Those of the path are told apart by where they stand: nobody sends their names.
    fn path_parameters(&mut self, pair: &Pair<'a>) {
        let in_path = |parameters: &'a [Parameter]| {
            let all = parameters.iter();
            all.filter(|parameter| parameter.location == Location::Path)
        };
        let (old, new) = (in_path(&pair.was.parameters), in_path(&pair.is.parameters));
        for (was, is) in old.zip(new) {
            if was.name != is.name {
                // All operations of a path have it.
                self.tell(
                    Kind::PathParameterRenamed,
                    Effect::Compatible,
                    both(&path(&pair.was.path), &path(&pair.is.path)),
                    Words {
                        group: &pair.group,
                        subject: quoted(&pair.was.path),
                        what: format!("calls its {} {} now", in_braces(was), in_braces(is)),
                        why: "names of path parameters don't travel",
                    },
                );
            }
            self.value_of(was, is, pair);
        }
    }

    fn removed_parameter(&mut self, was: &Parameter, pair: &Pair<'_>) {
        let change = Change::new(
            Kind::ParameterRemoved,
            Effect::REQUESTS,
            (Some(was.at.clone()), None),
        );
        self.say(
            change.followed_if(self.old.constant_parameter(pair.was, was).is_some()),
            Words {
                group: &pair.group,
                subject: subject(was, pair),
                what: "was removed".to_owned(),
                why: "callers who send it aren't heard any more",
            },
        );
    }

    fn added_parameter(&mut self, is: &Parameter, pair: &Pair<'_>) {
        let (effect, what, why) = if is.required {
            (
                Effect::REQUESTS,
                "was added, required",
                "requests without it, right until now, are refused",
            )
        } else {
            (
                Effect::Compatible,
                "was added, optional",
                "requests without it stay right",
            )
        };
        let change = Change::new(Kind::ParameterAdded, effect, (None, Some(is.at.clone())));
        self.say(
            change.followed_if(self.new.constant_parameter(pair.is, is).is_some()),
            Words {
                group: &pair.group,
                subject: subject(is, pair),
                what: what.to_owned(),
                why,
            },
        );
    }

    fn parameter(&mut self, was: &Parameter, is: &Parameter, pair: &Pair<'_>) {
        let at = both(&was.at, &is.at);
        let words = |what: String, why| Words {
            group: &pair.group,
            subject: subject(was, pair),
            what,
            why,
        };
        if was.location != is.location {
            let what = format!("moved to the {}", place(is.location));
            let why = "the service looks for it elsewhere; the crate sends it there";
            let change = Change::new(Kind::ParameterMoved, Effect::REQUESTS, at.clone());
            self.say(change.followed(), words(what, why));
        } else if !same_name(was, is) {
            let what = format!("looks renamed to {}", quoted(&is.name));
            let why = "the value is the same, and the old name isn't known any more";
            self.tell(
                Kind::ParameterRenamed,
                Effect::REQUESTS,
                at.clone(),
                words(what, why),
            );
        } else if let Some((effect, what, why)) = other_spelling(was, is) {
            let change = Change::new(Kind::ParameterStyleChanged, effect, at.clone());
            self.say(change.followed(), words(what.to_owned(), why));
        }
        match (was.required, is.required) {
            (false, true) => self.tell(
                Kind::ParameterBecameRequired,
                Effect::REQUESTS,
                at,
                words(
                    "became required".to_owned(),
                    "requests without it, right until now, are refused",
                ),
            ),
            (true, false) => self.tell(
                Kind::ParameterBecameOptional,
                Effect::Compatible,
                at,
                words(
                    "became optional".to_owned(),
                    "requests that have it stay right",
                ),
            ),
            _ => {}
        }
        self.value_of(was, is, pair);
    }

    fn value_of(&mut self, was: &Parameter, is: &Parameter, pair: &Pair<'_>) {
        let held = |one: &Parameter| Held {
            secret: one.secret,
            schema: one.schema,
            at: one.at.clone(),
        };
        self.secrecy(&held(was), &held(is), &pair.group, subject(was, pair));
        let met = Met {
            direction: Direction::REQUEST,
            group: pair.group.clone(),
            label: format!("{}, {} `{}`", pair.call(), place(is.location), is.name)
                .replace('`', ""),
            old_at: was.at.clone(),
            new_at: is.at.clone(),
            replaced: false,
        };
        self.pair(was.schema, is.schema, met);
    }
}

/// As the template has it.
fn in_braces(parameter: &Parameter) -> String {
    quoted(&format!("{{{}}}", parameter.name))
}

fn path(path: &str) -> Pointer {
    Pointer::root().child("paths").child(path)
}

/// Names of headers have no case (RFC 9110, section 5.1).
fn same_name(one: &Parameter, other: &Parameter) -> bool {
    let both_headers = one.location == Location::Header && other.location == Location::Header;
    one.name == other.name || (both_headers && one.name.eq_ignore_ascii_case(&other.name))
}

/// What is spelled otherwise in the value of a parameter: the effect, what and why.
fn other_spelling(was: &Parameter, is: &Parameter) -> Option<(Effect, &'static str, &'static str)> {
    if was.style != is.style {
        return Some((
            Effect::REQUESTS,
            "spells lists and objects otherwise",
            "the service reads another spelling; the crate sends that",
        ));
    }
    match (was.allow_reserved, is.allow_reserved) {
        (false, true) => Some((
            Effect::Compatible,
            "takes reserved characters as they are",
            "percent-encoded they mean the same; the crate sends them as they are",
        )),
        (true, false) => Some((
            Effect::REQUESTS,
            "takes reserved characters percent-encoded only",
            "as they are, they may end the value; the crate encodes them",
        )),
        _ => None,
    }
}

fn subject(parameter: &Parameter, pair: &Pair<'_>) -> String {
    format!(
        "{}, {} {}",
        quoted(&pair.call()),
        place(parameter.location),
        quoted(&parameter.name)
    )
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
