//! Which variants of a union a value may be of.
//!
//! A known value of the tag decides, and the variant must then decode. Without one, the variants that the
//! value fits are candidates: objects must have the required keys, and the variant that knows most of the
//! keys comes first, so that none is hidden behind another.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde_json::{Map, Value as Json};

use super::model::Model;
use super::union::Union;
use super::value::Slot;

/// The variants that a value may be of, best first.
pub(super) struct Candidates {
    /// Indexes.
    pub(super) order: Vec<usize>,
    /// Whether the tag decided, so that one of them must decode.
    pub(super) tag_is_known: bool,
    /// How well the value fits the first.
    best: Option<Fit>,
}

impl Candidates {
    pub(super) fn of(union: &mut dyn Union, json: &Json) -> Self {
        let variants = union.variants();
        let all: Vec<usize> = (0..variants.count()).collect();
        let those = |which: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let all = all.iter().copied();
            all.filter(|variant| which(*variant)).collect()
        };
        let Some(tag) = variants.tag().and_then(|tag| spelled(json.get(tag)?)) else {
            return Self::ranked(union, &all, json);
        };
        let named = those(&|variant| variants.tags_of(variant).contains(&&*tag));
        let open = those(&|variant| variants.tags_of(variant).is_empty());
        if named.is_empty() {
            return if variants.tags_are_implied() {
                Self::ranked(union, &all, json)
            } else {
                Self::ranked(union, &open, json)
            };
        }
        let mut order = Self::ranked(union, &named, json).order;
        // One that doesn't fit is tried as well, because its error says why.
        for variant in named {
            if !order.contains(&variant) {
                order.push(variant);
            }
        }
        order.extend(Self::ranked(union, &open, json).order);
        Self {
            order,
            tag_is_known: true,
            best: Some(Fit::CERTAIN),
        }
    }

    /// Those of the variants that the value fits; of equal ones, the first in the document comes first.
    fn ranked(union: &mut dyn Union, variants: &[usize], json: &Json) -> Self {
        let mut fitting: Vec<(Fit, usize)> = Vec::new();
        for variant in variants {
            union.choose(*variant);
            if let Some(fit) = Fit::of(union.slot(), json) {
                let place = fitting.partition_point(|(other, _)| *other <= fit);
                fitting.insert(place, (fit, *variant));
            }
        }
        Self {
            best: fitting.first().map(|(fit, _)| *fit),
            order: fitting.into_iter().map(|(_, variant)| variant).collect(),
            tag_is_known: false,
        }
    }
}

/// How well a value fits, at its own level; the least is the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Whether anything would do.
    is_vague: bool,
    known_keys: Reverse<usize>,
    lost_keys: usize,
}

impl Fit {
    const PLAIN: Self = Self {
        is_vague: false,
        known_keys: Reverse(0),
        lost_keys: 0,
    };
    const VAGUE: Self = Self {
        is_vague: true,
        ..Self::PLAIN
    };
    const CERTAIN: Self = Self {
        known_keys: Reverse(usize::MAX),
        ..Self::PLAIN
    };

    fn of(slot: Slot<'_>, json: &Json) -> Option<Self> {
        let fits = match (slot, json) {
            (Slot::Any(_) | Slot::Ignored, _) => return Some(Self::VAGUE),
            (Slot::Object(model), Json::Object(members)) => return Self::of_model(model, members),
            (Slot::Union(union), json) => return Candidates::of(union, json).best,
            (Slot::Optional(_) | Slot::OptionalText(_), Json::Null) => true,
            (Slot::Optional(place), json) => return Self::of(place.fill(), json),
            (
                Slot::Text(_) | Slot::OptionalText(_) | Slot::Parsed(_) | Slot::Bytes(_),
                Json::String(_),
            ) => true,
            (Slot::Integer(_), Json::Number(number)) => {
                !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            (Slot::Double(_) | Slot::Single(_) | Slot::Exact(_), Json::Number(_)) => true,
            (Slot::Flag(_), Json::Bool(_)) => true,
            (Slot::List(_), Json::Array(_)) => true,
            (Slot::Map(_), Json::Object(_)) => true,
            _ => false,
        };
        fits.then_some(Self::PLAIN)
    }

    fn of_model(model: &mut dyn Model, members: &Map<String, Json>) -> Option<Self> {
        let fields = model.fields();
        let known = fields
            .iter()
            .filter(|field| members.contains_key(field.name()))
            .count();
        let is_complete = fields
            .iter()
            .all(|field| !field.is_required() || members.contains_key(field.name()));
        let keeps_others = model.additional_slot().is_some();
        // An object of which it knows nothing is none of its values.
        let is_its_own = known > 0 || members.is_empty() || keeps_others;
        (is_complete && is_its_own).then_some(Self {
            known_keys: Reverse(known),
            lost_keys: if keeps_others {
                0
            } else {
                members.len().saturating_sub(known)
            },
            ..Self::PLAIN
        })
    }
}

/// A tag's value as a text.
fn spelled(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::String(text) => Some(Cow::Borrowed(text)),
        Json::Number(_) | Json::Bool(_) => Some(Cow::Owned(value.to_string())),
        _ => None,
    }
}
