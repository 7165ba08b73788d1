//! What both say of the same places.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use generator::diff::change::{Change, Diff, Side};
use generator::diff::kind::Kind;
use tests::claims::Claims;

use crate::tool::{Action, Found};
use crate::travel::{Routes, Travels, component};
use crate::walk::{Documents, Place};

/// What came of one step.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    /// Places that both call breaking.
    pub(crate) both: usize,
    pub(crate) ours: Vec<Ours>,
    pub(crate) theirs: Vec<Theirs>,
}

/// Only `diff` calls it breaking.
#[derive(Debug)]
pub(crate) struct Ours {
    pub(crate) kind: Kind,
    pub(crate) what: String,
    pub(crate) travels: Travels,
    pub(crate) place: Place,
}

/// Only the tool calls it breaking.
#[derive(Debug)]
pub(crate) struct Theirs {
    pub(crate) action: Action,
    /// The last key of the place; of what has a name, or an index, the key around it and `/*`.
    pub(crate) key: String,
    pub(crate) travels: Travels,
    /// Whether no operation leads to it.
    pub(crate) by_itself: bool,
    /// What `diff` tells there instead.
    pub(crate) told: BTreeSet<Kind>,
    pub(crate) place: Place,
}

impl Theirs {
    /// Whether the place is at a key of this name or below one.
    pub(crate) fn is_in(&self, key: &str) -> bool {
        let sides = [&self.place.old, &self.place.new];
        let mut sides = sides.into_iter().flatten();
        sides.any(|at| at.split('/').any(|one| one == key))
    }
}

impl fmt::Display for Ours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, travels) = (self.kind.as_str(), self.travels.phrase());
        write!(
            formatter,
            "{kind} ({}), {travels}: {}",
            self.what, self.place
        )
    }
}

impl fmt::Display for Theirs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (action, travels) = (self.action, self.travels.phrase());
        let told: Vec<&str> = self.told.iter().map(|kind| kind.as_str()).collect();
        write!(
            formatter,
            "{action:?} {} ({}), {travels}: {}",
            self.key,
            told.join(", "),
            self.place
        )
    }
}

/// Keys whose members have names, or are elements.
const HOLDERS: &[&str] = &[
    "paths",
    "properties",
    "required",
    "enum",
    "allOf",
    "oneOf",
    "anyOf",
    "parameters",
    "content",
    "responses",
    "schemas",
    "requestBodies",
    "security",
    "encoding",
    "headers",
];

/// Compares what both say of a step.
pub(crate) fn compare(
    documents: &Documents<'_>,
    found: &[Found],
    diff: &Diff,
) -> Result<Compared, String> {
    let routes = (Routes::of(documents.old), Routes::of(documents.new));
    let mut places: BTreeMap<(Place, Action), (&Found, Travels)> = BTreeMap::new();
    for found in found {
        let place = documents.place(found);
        let place = place.ok_or_else(|| format!("no place for {}", found.path.join(" ")))?;
        let met = places
            .entry((place, found.action))
            .or_insert((found, Travels::default()));
        met.1 = met.1.or(Travels::of_path(&found.path));
    }
    let breaking: Vec<Change> = diff
        .changes
        .iter()
        .filter(|change| change.wire.breaks())
        .cloned()
        .collect();
    let (told, breaks) = (
        Claims::of_all_places(&diff.changes),
        Claims::of_all_places(&breaking),
    );
    let mut compared = Compared::default();
    for ((place, action), (found, met)) in &places {
        if names(&breaks, &breaking, place, found).next().is_some() {
            compared.both += 1;
            continue;
        }
        compared.theirs.push(Theirs {
            action: *action,
            key: key(&found.path),
            travels: if met.is_none() {
                travels(&routes, place)
            } else {
                *met
            },
            by_itself: met.is_none(),
            told: names(&told, &diff.changes, place, found)
                .map(|index| diff.changes[index].kind)
                .collect(),
            place: place.clone(),
        });
    }
    let theirs = Named::of(places.keys().map(|(place, _)| place));
    for change in &breaking {
        let place = Place {
            old: change.old.as_ref().map(|at| at.as_str().to_owned()),
            new: change.new.as_ref().map(|at| at.as_str().to_owned()),
        };
        if theirs.name(change) {
            continue;
        }
        compared.ours.push(Ours {
            kind: change.kind,
            what: change.what.clone(),
            travels: travels(&routes, &place),
            place,
        });
    }
    Ok(compared)
}

fn travels(routes: &(Routes, Routes), place: &Place) -> Travels {
    let old = place.old.as_deref().map(|at| routes.0.of_place(at));
    let new = place.new.as_deref().map(|at| routes.1.of_place(at));
    old.unwrap_or_default().or(new.unwrap_or_default())
}

fn key(path: &[String]) -> String {
    match path {
        [.., holder, _] if HOLDERS.contains(&holder.as_str()) => format!("{holder}/*"),
        [.., last] => last.clone(),
        [] => String::new(),
    }
}

/// The changes that are about a place.
fn names<'a>(
    claims: &'a Claims,
    changes: &'a [Change],
    place: &'a Place,
    found: &'a Found,
) -> impl Iterator<Item = usize> + 'a {
    places(place, found)
        .into_iter()
        .flat_map(move |(side, at)| {
            let around: Vec<usize> = claims
                .around(side, &at)
                .filter(|(index, way)| is_about(changes[*index].kind, way))
                .map(|(index, _)| index)
                .collect();
            let within: Vec<usize> = if component(&at) == Some(at.as_str()) {
                // What a component held is told where it was used.
                Vec::new()
            } else {
                claims.within(side, &at).collect()
            };
            around.into_iter().chain(within)
        })
}

/// The place and, of a name in a list of required ones, that of the property.
fn places(place: &Place, found: &Found) -> Vec<(Side, String)> {
    let sides = [(Side::Old, &place.old), (Side::New, &place.new)];
    let sides = sides
        .into_iter()
        .filter_map(|(side, at)| Some((side, at.clone()?)));
    let mut places: Vec<(Side, String)> = sides.collect();
    if let Some(name) = found.value.as_ref().and_then(|value| value.as_str())
        && key(&found.path) == "required/*"
    {
        for (_, at) in places.clone() {
            let schema = at.rsplitn(3, '/').last().unwrap_or_default();
            let property = crate::cursor::below(&format!("{schema}/properties"), name);
            places.extend([(Side::Old, property.clone()), (Side::New, property)]);
        }
    }
    places
}

/// Whether a change of this kind, at a place, is also one of what stands at the end of the way below it.
fn is_about(kind: Kind, way: &str) -> bool {
    let is_whole = matches!(
        kind,
        Kind::OperationRemoved
            | Kind::OperationMoved
            | Kind::ParameterRemoved
            | Kind::ParameterAdded
            | Kind::ParameterRenamed
            | Kind::ParameterMoved
            | Kind::BodyAdded
            | Kind::BodyRemoved
            | Kind::BodyMediaTypeRemoved
            | Kind::AnswerKindChanged
            | Kind::AnswerRemoved
            | Kind::PropertyRemoved
            | Kind::PropertyAdded
            | Kind::PropertyRenamed
            | Kind::TypeChanged
            | Kind::SchemaReplaced
            | Kind::FormRemoved
            | Kind::FormAdded
    );
    let parts = [
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "additionalProperties",
        "content",
        "schema",
    ];
    is_whole || !way.split('/').any(|key| parts.contains(&key))
}

/// Places that the tool names.
struct Named {
    old: BTreeSet<String>,
    new: BTreeSet<String>,
}

impl Named {
    fn of<'a>(places: impl Iterator<Item = &'a Place>) -> Self {
        let mut named = Self {
            old: BTreeSet::new(),
            new: BTreeSet::new(),
        };
        for place in places {
            named.old.extend(place.old.clone());
            named.new.extend(place.new.clone());
        }
        named
    }

    /// Whether a change stands at one of them, around one or in one.
    fn name(&self, change: &Change) -> bool {
        let own = [
            (Side::Old, change.old.as_ref()),
            (Side::New, change.new.as_ref()),
        ];
        let own = own.into_iter().filter_map(|(side, at)| Some((side, at?)));
        let covers = change.covers.iter().map(|place| (place.side, &place.at));
        own.chain(covers).any(|(side, at)| {
            let named = match side {
                Side::Old => &self.old,
                Side::New => &self.new,
            };
            let from = format!("{}/", at.as_str());
            let mut within = named.range(from.clone()..);
            let around = std::iter::successors(Some(at.as_str()), |at| {
                at.rsplit_once('/').map(|(up, _)| up)
            });
            let mut around = around.filter(|at| component(at) != Some(*at));
            within.next().is_some_and(|found| found.starts_with(&from)) && is_about(change.kind, "")
                || around.any(|at| named.contains(at))
        })
    }
}
