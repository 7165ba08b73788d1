//! Request bodies.

use crate::api::{BodyKind, RequestBody, SchemaId};
use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::{Direction, Effect};
use crate::diff::words::quoted;
use crate::pointer::Pointer;

use super::operations::Pair;
use super::pairs::Met;
use super::{Walk, Words, both};

impl Walk<'_> {
    pub(super) fn body(&mut self, pair: &Pair<'_>) {
        match (&pair.was.body, &pair.is.body) {
            (None, None) => {}
            (None, Some(is)) => self.added_body(is, pair),
            (Some(was), None) => self.removed_body(was, pair),
            (Some(was), Some(is)) => self.same_body(was, is, pair),
        }
    }

    fn added_body(&mut self, is: &RequestBody, pair: &Pair<'_>) {
        let (effect, what, why) = if is.required {
            (
                Effect::REQUESTS,
                "takes a body, required",
                "requests without one, right until now, are refused",
            )
        } else {
            (
                Effect::Compatible,
                "may take a body",
                "requests without one stay right",
            )
        };
        let at = (None, Some(is.at.clone()));
        self.tell(
            Kind::BodyAdded,
            effect,
            at,
            words(pair, what.to_owned(), why),
        );
    }

    fn removed_body(&mut self, was: &RequestBody, pair: &Pair<'_>) {
        let why = "callers who send one aren't heard any more";
        self.tell(
            Kind::BodyRemoved,
            Effect::REQUESTS,
            (Some(was.at.clone()), None),
            words(pair, "takes no body any more".to_owned(), why),
        );
    }

    fn same_body(&mut self, was: &RequestBody, is: &RequestBody, pair: &Pair<'_>) {
        let at = both(&was.at, &is.at);
        match (was.required, is.required) {
            (false, true) => self.tell(
                Kind::BodyBecameRequired,
                Effect::REQUESTS,
                at,
                words(
                    pair,
                    "needs its body".to_owned(),
                    "requests without one, right until now, are refused",
                ),
            ),
            (true, false) => self.tell(
                Kind::BodyBecameOptional,
                Effect::Compatible,
                at,
                words(
                    pair,
                    "may come without a body".to_owned(),
                    "requests that have one stay right",
                ),
            ),
            _ => {}
        }
        self.body_media_types(was, is, pair);
        self.body_values(was, is, pair);
    }

    fn body_media_types(&mut self, was: &RequestBody, is: &RequestBody, pair: &Pair<'_>) {
        let (old, new) = (media_types(was), media_types(is));
        let at = |body: &RequestBody, name: &str| body.at.child("content").child(name);
        for name in old.iter().filter(|name| !new.contains(name)) {
            let change = Change {
                value: Some((*name).to_owned()),
                ..Change::new(
                    Kind::BodyMediaTypeRemoved,
                    Effect::REQUESTS,
                    (Some(at(was, name)), Some(is.at.clone())),
                )
            };
            // The crate sends another one by itself, if it sent this one.
            let change = if *name == was.media_type {
                change.followed()
            } else {
                change
            };
            let what = format!("takes no {} any more", quoted(name));
            let why = "requests in that media type, right until now, are refused";
            self.say(change, words(pair, what, why));
        }
        for name in new.iter().filter(|name| !old.contains(name)) {
            let change = Change {
                value: Some((*name).to_owned()),
                ..Change::new(
                    Kind::BodyMediaTypeAdded,
                    Effect::Compatible,
                    (Some(was.at.clone()), Some(at(is, name))),
                )
            };
            let what = format!("takes {}, too", quoted(name));
            self.say(
                change,
                words(pair, what, "requests that were right stay right"),
            );
        }
    }

    fn body_values(&mut self, was: &RequestBody, is: &RequestBody, pair: &Pair<'_>) {
        if let (BodyKind::Form(old), BodyKind::Form(new))
        | (BodyKind::Multipart(Some(old)), BodyKind::Multipart(Some(new))) =
            (&was.kind, &is.kind)
            && old.encoding != new.encoding
        {
            let what = "spells fields of its form otherwise".to_owned();
            let why = "the service reads another spelling; the crate sends that";
            let change = Change::new(
                Kind::BodyEncodingChanged,
                Effect::REQUESTS,
                both(&was.at, &is.at),
            );
            self.say(change.followed(), words(pair, what, why));
        }
        let (Some(old), Some(new)) = (schema(was), schema(is)) else {
            return;
        };
        let met = Met {
            direction: Direction::REQUEST,
            group: pair.group.clone(),
            label: format!("{}, body", pair.call()),
            old_at: content(was),
            new_at: content(is),
            replaced: false,
        };
        self.pair(old, new, met);
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

fn content(body: &RequestBody) -> Pointer {
    body.at.child("content").child(&body.media_type)
}

fn media_types(body: &RequestBody) -> Vec<&str> {
    let others = body.other_media_types.iter().map(String::as_str);
    std::iter::once(body.media_type.as_str())
        .chain(others)
        .collect()
}

fn schema(body: &RequestBody) -> Option<SchemaId> {
    match &body.kind {
        BodyKind::Json(schema) | BodyKind::Lines(schema) => Some(*schema),
        BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => Some(form.schema),
        BodyKind::Multipart(None) | BodyKind::Bytes => None,
    }
}
