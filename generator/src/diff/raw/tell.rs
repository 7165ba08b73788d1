//! Gives every place that differs to a change, old or new, or to the reason why it is ignored.

use std::collections::HashMap;

use serde_json::Value;

use crate::Reading;
use crate::diff::change::{Change, Ignored, Place, Side};
use crate::diff::kind::{Kind, Reach as KindReach};
use crate::diff::verdict::{Direction, Effect, Values};
use crate::diff::wire::{CLIENT, Homes};
use crate::diff::words::quoted;
use crate::pointer::Pointer;

use super::constraints;
use super::context::Context;
use super::labels::label;
use super::leaves::{Leaf, Leaves, Renames, leaves};
use super::owners::Owners;
use super::reach::Reach;
use super::roles::{Role, role};
use super::text::Text;

const MEANS_THE_SAME: &str = "spelled otherwise, means the same to the crate";
const UNUSED: &str = "no operation uses it";
const TOLD_WHERE_USED: &str = "told where it is used";

/// What the text says beside the changes that are known.
pub(in crate::diff) struct Told {
    /// With those that were known, which may cover more now.
    pub(in crate::diff) changes: Vec<Change>,
    pub(in crate::diff) ignored: Vec<Ignored>,
}

/// Accounts for every place at which the texts differ.
pub(in crate::diff) fn tell(
    old: &Reading,
    new: &Reading,
    operations: &[(usize, usize)],
    changes: Vec<Change>,
) -> Told {
    let renames = renames(old, new, operations, &changes);
    let (old_text, new_text) = (Text::of(old), Text::of(new));
    let (leaves, (old_reach, new_reach)) = rayon::join(
        || leaves(old_text, new_text, &renames),
        || rayon::join(|| Reach::of(old_text), || Reach::of(new_text)),
    );
    let mut teller = Teller {
        old_reach,
        new_reach,
        homes: Homes::of(old, new),
        ids: ids(old, new),
        owners: Owners::of(&changes),
        told: Told {
            changes,
            ignored: Vec::new(),
        },
    };
    let Leaves { different, same } = leaves;
    let different = different.into_iter().map(|leaf| (leaf, true));
    let same = same.into_iter().map(|leaf| (leaf, false));
    for (mut leaf, differs) in different.chain(same) {
        let reached = teller.reached(&leaf);
        for (at, reading) in [(&mut leaf.old, old), (&mut leaf.new, new)] {
            if let Some((at, _)) = at {
                *at = reading.originals.of(at);
            }
        }
        leaf.old_node = old.originals.of(&leaf.old_node);
        leaf.new_node = new.originals.of(&leaf.new_node);
        if differs {
            teller.leaf(&leaf, reached);
        } else {
            teller.ignore(&leaf, MEANS_THE_SAME);
        }
    }
    teller.told
}

/// Names that the changes say were changed.
fn renames(
    old: &Reading,
    new: &Reading,
    operations: &[(usize, usize)],
    changes: &[Change],
) -> Renames {
    let mut renames = Renames::default();
    for (was, is) in operations {
        let (was, is) = (
            &old.planned.api.operations[*was].path,
            &new.planned.api.operations[*is].path,
        );
        if was != is {
            renames.paths.insert(was.clone(), is.clone());
        }
    }
    for change in changes {
        let (Some(was), Some(is)) = (&change.old, &change.new) else {
            continue;
        };
        let name = |at: &Pointer| at.tokens().last();
        let (Some(from), Some(to)) = (name(was), name(is)) else {
            continue;
        };
        match change.kind {
            Kind::SchemaRenamed => {
                renames.schemas.insert(from, to);
            }
            Kind::PropertyRenamed => {
                renames.properties.insert(was.clone(), to);
            }
            _ => {}
        }
    }
    renames
}

/// Operation ids by where they stand.
fn ids(old: &Reading, new: &Reading) -> HashMap<Pointer, String> {
    let of = |reading: &Reading| -> Vec<(Pointer, String)> {
        let operations = reading.planned.api.operations.iter();
        operations
            .map(|operation| (operation.at.clone(), operation.id.clone()))
            .collect()
    };
    let mut ids: HashMap<Pointer, String> = of(old).into_iter().collect();
    ids.extend(of(new));
    ids
}

/// What reaches a place, and who.
#[derive(Default)]
struct Reached {
    direction: Direction,
    operation: Option<Pointer>,
}

struct Teller {
    old_reach: Reach,
    new_reach: Reach,
    homes: Homes,
    ids: HashMap<Pointer, String>,
    owners: Owners,
    told: Told,
}

impl Teller {
    /// Which way the values of the node travel.
    fn reached(&self, leaf: &Leaf<'_>) -> Reached {
        let old = self.old_reach.of_place(&leaf.old_node);
        let new = self.new_reach.of_place(&leaf.new_node);
        Reached {
            direction: old.direction | new.direction,
            operation: new.operation.or(old.operation),
        }
    }

    fn leaf(&mut self, leaf: &Leaf<'_>, reached: Reached) {
        let is_unused = reached.direction == Direction::default()
            && leaf.new_node.as_str().starts_with("/components/")
            && leaf.context != Context::SecurityScheme
            && !matches!(leaf.context, Context::Named(_));
        match role(leaf.context, &leaf.key) {
            Role::Nothing(reason) => self.ignore(leaf, reason),
            _ if is_unused => self.ignore(leaf, UNUSED),
            Role::Structure => self.structure(leaf, &reached),
            Role::Limit => match self.owner(leaf) {
                Some(owner) => self.cover(owner, leaf),
                None => self.limit(leaf, &reached),
            },
            Role::Words(kind) => self.words(leaf, kind, &reached),
            Role::Default => self.default(leaf, &reached),
            Role::Deprecation => self.deprecation(leaf, &reached),
        }
    }

    /// A change of the structure that names this place, or one around or below.
    fn owner(&self, leaf: &Leaf<'_>) -> Option<usize> {
        let owner = self.owners.of_leaf(leaf)?;
        let fits = match (leaf.key.as_str(), self.told.changes[owner].kind) {
            ("format", kind) => matches!(
                kind,
                Kind::FormatChanged | Kind::TypeChanged | Kind::SecrecyChanged
            ),
            ("additionalProperties", kind) => kind.reach() == KindReach::Items,
            (_, Kind::PathParameterRenamed) => {
                let context = leaf.context;
                matches!(
                    context,
                    Context::Paths | Context::Parameters | Context::Parameter
                )
            }
            (_, Kind::TypeChanged) => true,
            // The schema as a whole is another one.
            (_, Kind::SchemaReplaced) => self.told.changes[owner].wire.breaks(),
            (key, _) => role(leaf.context, key) != Role::Limit,
        };
        fits.then_some(owner)
    }

    fn structure(&mut self, leaf: &Leaf<'_>, reached: &Reached) {
        let is_component = matches!(leaf.context, Context::Named(_) | Context::Components);
        match self.owner(leaf) {
            Some(owner) => self.cover(owner, leaf),
            None if is_component && self.is_used(leaf) => self.ignore(leaf, TOLD_WHERE_USED),
            None if is_component => self.ignore(leaf, UNUSED),
            None if reached.operation.is_none()
                && leaf.old_node.as_str().starts_with("/components") =>
            {
                self.ignore(leaf, UNUSED);
            }
            None => self.ignore(leaf, MEANS_THE_SAME),
        }
    }

    /// Whether operations reach a whole component.
    fn is_used(&self, leaf: &Leaf<'_>) -> bool {
        let used = |reach: &Reach, at: &Option<(Pointer, &Value)>| {
            at.as_ref()
                .is_some_and(|(at, _)| reach.of_place(at).operation.is_some())
        };
        used(&self.old_reach, &leaf.old) || used(&self.new_reach, &leaf.new)
    }

    fn limit(&mut self, leaf: &Leaf<'_>, reached: &Reached) {
        let (old, new) = (value(&leaf.old), value(&leaf.new));
        let values = constraints::values(&leaf.key, old, new);
        let kind = match values {
            Values::Narrower => Kind::ConstraintTightened,
            Values::Wider => Kind::ConstraintRelaxed,
            Values::Different => Kind::ConstraintChanged,
        };
        // Whoever reads doesn't check limits: they are the service's own.
        let requests = Direction {
            answer: false,
            ..reached.direction
        };
        let effect = values.travelling(requests);
        let why = match (values, requests.request) {
            (Values::Wider, true) => "requests that were right stay right",
            (_, true) => "requests with other values, right until now, are refused",
            (_, false) => "readers of answers don't check it",
        };
        self.say(leaf, reached, Change::new(kind, effect, at(leaf)), why);
    }

    fn words(&mut self, leaf: &Leaf<'_>, kind: Kind, reached: &Reached) {
        let effect = match kind {
            Kind::HeaderChanged | Kind::CallbackChanged => Effect::Compatible,
            _ => Effect::Docs,
        };
        let why = match kind {
            Kind::HeaderChanged => "headers of answers stay reachable by name",
            Kind::CallbackChanged => "what the service calls isn't part of the crate",
            Kind::ExtensionChanged => "the key is nobody's here",
            _ => "words only",
        };
        self.say(leaf, reached, Change::new(kind, effect, at(leaf)), why);
    }

    fn default(&mut self, leaf: &Leaf<'_>, reached: &Reached) {
        let is_other = leaf.old.is_some() && leaf.new.is_some() && reached.direction.request;
        let (effect, why) = if is_other {
            (
                Effect::REQUESTS,
                "requests that leave it out mean something else now",
            )
        } else {
            (
                Effect::Docs,
                "what the service takes by itself is told, or not any more",
            )
        };
        let change = Change::new(Kind::DefaultChanged, effect, at(leaf));
        self.say(leaf, reached, change, why);
    }

    fn deprecation(&mut self, leaf: &Leaf<'_>, reached: &Reached) {
        let is_set = value(&leaf.new) == Some(&Value::Bool(true));
        let was_set = value(&leaf.old) == Some(&Value::Bool(true));
        let (kind, why) = match (was_set, is_set) {
            (false, true) => (Kind::Deprecated, "it still works, and won't for ever"),
            (true, false) => (Kind::NoLongerDeprecated, "it works, and will"),
            _ => return self.ignore(leaf, MEANS_THE_SAME),
        };
        let change = Change::new(kind, Effect::Compatible, at(leaf));
        self.say(leaf, reached, change, why);
    }

    fn say(&mut self, leaf: &Leaf<'_>, reached: &Reached, change: Change, why: &str) {
        let node = if leaf.new.is_some() {
            &leaf.new_node
        } else {
            &leaf.old_node
        };
        let what = match (value(&leaf.old), value(&leaf.new)) {
            (Some(old), Some(new)) => changed(old, new),
            (None, Some(new)) => format!("was added{}", shown(new, ": ")),
            _ => "was removed".to_owned(),
        };
        let change = Change {
            group: self.group(node, reached),
            subject: quoted(&label(node)),
            what: format!("{} {what}", quoted(&leaf.key)),
            why: why.to_owned(),
            ..change
        };
        self.told.changes.push(change);
    }

    fn group(&self, node: &Pointer, reached: &Reached) -> String {
        let component: Vec<String> = node.tokens().take(3).collect();
        let component = component
            .iter()
            .fold(Pointer::root(), |at, token| at.child(token));
        let of_operation = || {
            let id = self.ids.get(reached.operation.as_ref()?)?;
            Some(self.homes.operation(id))
        };
        let home = self.homes.schema(&component).cloned();
        home.or_else(of_operation)
            .unwrap_or_else(|| CLIENT.to_owned())
    }

    fn cover(&mut self, owner: usize, leaf: &Leaf<'_>) {
        self.told.changes[owner].covers.extend(places(leaf));
    }

    fn ignore(&mut self, leaf: &Leaf<'_>, reason: &'static str) {
        let ignored = places(leaf).map(|place| Ignored { place, reason });
        self.told.ignored.extend(ignored);
    }
}

fn at(leaf: &Leaf<'_>) -> (Option<Pointer>, Option<Pointer>) {
    let place = |side: &Option<(Pointer, &Value)>| side.as_ref().map(|(at, _)| at.clone());
    (place(&leaf.old), place(&leaf.new))
}

fn places<'l>(leaf: &'l Leaf<'_>) -> impl Iterator<Item = Place> + 'l {
    let place = |side, value: &'l Option<(Pointer, &Value)>| {
        let at = value.as_ref()?.0.clone();
        Some(Place { side, at })
    };
    let sides = [place(Side::Old, &leaf.old), place(Side::New, &leaf.new)];
    sides.into_iter().flatten()
}

fn value<'a>(side: &Option<(Pointer, &'a Value)>) -> Option<&'a Value> {
    side.as_ref().map(|(_, value)| *value)
}

/// Short values are shown, long ones aren't.
fn changed(old: &Value, new: &Value) -> String {
    match (shown(old, " from "), shown(new, " to ")) {
        (from, to) if !from.is_empty() && !to.is_empty() => format!("changed{from}{to}"),
        _ => "changed".to_owned(),
    }
}

fn shown(value: &Value, before: &str) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return String::new(),
    };
    if text.len() <= 40 && !text.contains('\n') {
        format!("{before}{}", quoted(&text))
    } else {
        String::new()
    }
}
