//! Operations: those that came and went, and what those that stayed say of themselves.

use crate::api::{Api, Operation};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::Effect;
use crate::diff::words::quoted;

use super::{Walk, Words, both};

/// An operation in both documents.
pub(super) struct Pair<'a> {
    pub(super) was: &'a Operation,
    pub(super) is: &'a Operation,
    /// Its resource.
    pub(super) group: String,
}

impl Pair<'_> {
    /// `POST /pets`.
    pub(super) fn call(&self) -> String {
        call(self.is)
    }
}

fn call(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

impl<'a> Walk<'a> {
    /// Compares all operations. Gives those that are the same one.
    pub(super) fn operations(&mut self) -> Vec<(usize, usize)> {
        let (old, new): (&'a Api, &'a Api) = (self.old, self.new);
        let matched = self.matched();
        for index in matched.removed {
            self.removed(&old.operations[index]);
        }
        for index in matched.added {
            self.added(&new.operations[index]);
        }
        for (was, is) in &matched.same {
            let (was, is) = (&old.operations[*was], &new.operations[*is]);
            let pair = Pair {
                was,
                is,
                group: self.homes.operation(&is.id),
            };
            self.operation(&pair);
        }
        matched.same
    }

    fn removed(&mut self, was: &Operation) {
        let group = self.homes.operation(&was.id);
        self.tell(
            Kind::OperationRemoved,
            Effect::REQUESTS,
            (Some(was.at.clone()), None),
            Words {
                group: &group,
                subject: quoted(&call(was)),
                what: "was removed".to_owned(),
                why: "requests to it find nothing",
            },
        );
    }

    fn added(&mut self, is: &Operation) {
        let group = self.homes.operation(&is.id);
        self.tell(
            Kind::OperationAdded,
            Effect::Compatible,
            (None, Some(is.at.clone())),
            Words {
                group: &group,
                subject: quoted(&call(is)),
                what: "was added".to_owned(),
                why: "nobody called it yet",
            },
        );
    }

    fn operation(&mut self, pair: &Pair<'a>) {
        self.address(pair);
        self.parameters(pair);
        self.body(pair);
        self.answers(pair);
        self.security(pair);
        self.own_server(pair);
    }

    /// Where it is called, and what it is called.
    fn address(&mut self, pair: &Pair<'_>) {
        let Pair { was, is, group } = pair;
        let at = both(&was.at, &is.at);
        let words = |what: String, why| Words {
            group,
            subject: quoted(&call(was)),
            what,
            why,
        };
        if super::matching::template(&was.path) != super::matching::template(&is.path) {
            let change = Change::new(Kind::OperationMoved, Effect::REQUESTS, at.clone());
            let what = format!("looks moved to {}", quoted(&call(is)));
            let why = "requests to the old path find nothing; the crate calls the new one";
            self.say(change.followed(), words(what, why));
        }
        let (old, new) = (own_id(was), own_id(is));
        if old != new {
            let spelled =
                |id: Option<&str>| id.map_or_else(|| "no operation id".to_owned(), quoted);
            let what = format!("is called {} instead of {}", spelled(new), spelled(old));
            let why = "operation ids don't travel";
            self.tell(
                Kind::OperationIdChanged,
                Effect::Compatible,
                at,
                words(what, why),
            );
        }
    }

    /// Its own base URL, over the document's.
    fn own_server(&mut self, pair: &Pair<'_>) {
        let Pair { was, is, group } = pair;
        if was.base_url == is.base_url {
            return;
        }
        let spelled = |url: &Option<String>| {
            url.as_ref()
                .map_or_else(|| "the document's server".to_owned(), |url| quoted(url))
        };
        self.say(
            Change::new(Kind::ServerChanged, Effect::REQUESTS, both(&was.at, &is.at)).followed(),
            Words {
                group,
                subject: quoted(&pair.call()),
                what: format!(
                    "is at {} instead of {}",
                    spelled(&is.base_url),
                    spelled(&was.base_url)
                ),
                why: "requests go elsewhere; the crate sends them there",
            },
        );
    }
}

/// The `operationId` that the document gives.
fn own_id(operation: &Operation) -> Option<&str> {
    let id = operation.id.as_str();
    (id != call(operation)).then_some(id)
}
