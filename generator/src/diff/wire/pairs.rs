//! Pairs of schemas that are the same one in both documents, and how they were met.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::api::{Origin, SchemaId, Shape};
use crate::diff::raw::Reach;
use crate::diff::verdict::Direction;
use crate::pointer::Pointer;

use super::{TYPES, Walk, objects, unions};

/// How a pair was met first.
#[derive(Clone, Debug)]
pub(super) struct Met {
    /// Every way in which its values travel.
    pub(super) direction: Direction,
    /// The resource that it belongs to.
    pub(super) group: String,
    /// What it is called in prose: `Pet`, `Pet.owner`, `POST /pets, body`.
    pub(super) label: String,
    /// What names it in the older document: a property, a parameter, a body.
    pub(super) old_at: Pointer,
    /// The same in the newer one.
    pub(super) new_at: Pointer,
    /// Whether the two are different schemas, so that their insides aren't compared.
    pub(super) replaced: bool,
}

/// All pairs, in the order in which they were met.
#[derive(Default)]
pub(super) struct Pairs {
    met: IndexMap<(SchemaId, SchemaId), Met>,
    /// Those whose insides have to be looked at, again if a direction was added.
    queue: VecDeque<(SchemaId, SchemaId)>,
}

impl Pairs {
    fn meet(&mut self, pair: (SchemaId, SchemaId), met: Met) {
        match self.met.entry(pair) {
            Entry::Vacant(entry) => {
                entry.insert(met);
                self.queue.push_back(pair);
            }
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                let direction = known.direction | met.direction;
                if direction != known.direction {
                    known.direction = direction;
                    self.queue.push_back(pair);
                }
            }
        }
    }

    /// Those whose insides are the same schema's.
    pub(super) fn all(&self) -> impl Iterator<Item = (SchemaId, SchemaId)> + '_ {
        let same = self.met.iter().filter(|(_, met)| !met.replaced);
        same.map(|(pair, _)| *pair)
    }
}

impl Walk<'_> {
    /// Notes that two schemas are the same one, as far as who names them can tell.
    pub(super) fn pair(&mut self, old: SchemaId, new: SchemaId, met: Met) {
        let replaced = self.is_replaced(old, new);
        let label = match &self.new.schema(new).origin {
            Origin::Component(name) if !replaced => name.clone(),
            _ => met.label,
        };
        let home = self.homes.schema(&self.new.schema(new).at);
        let group = home.filter(|_| !replaced).cloned().unwrap_or(met.group);
        let met = Met {
            group,
            label,
            replaced,
            ..met
        };
        self.pairs.meet((old, new), met);
    }

    /// Whether the schema was exchanged for another one that the document has beside it, or that has
    /// nothing of it.
    fn is_replaced(&self, old: SchemaId, new: SchemaId) -> bool {
        let (Origin::Component(was), Origin::Component(is)) =
            (&self.old.schema(old).origin, &self.new.schema(new).origin)
        else {
            return false;
        };
        if was == is {
            return false;
        }
        let is_rename = !self.new_text.has_schema(was) && !self.old_text.has_schema(is);
        !(is_rename && self.are_alike(old, new))
    }

    /// Meets everything below what was met, then compares each pair.
    pub(super) fn schemas(&mut self) {
        self.everything_below();
        self.of_one_name();
        self.everything_below();
        let pairs: Vec<_> = self.pairs.met.clone().into_iter().collect();
        for ((old, new), met) in pairs {
            self.schema(old, new, &met);
        }
    }

    fn everything_below(&mut self) {
        while let Some(pair) = self.pairs.queue.pop_front() {
            let Some(met) = self.pairs.met.get(&pair).cloned() else {
                continue;
            };
            if !met.replaced {
                self.below(pair, &met);
            }
        }
    }

    /// Meets components of one name that stand inside of something that was exchanged as a whole.
    fn of_one_name(&mut self) {
        let met: HashSet<&Pointer> = self
            .pairs
            .all()
            .map(|(_, new)| &self.new.schema(new).at)
            .collect();
        let mut now: HashMap<&str, SchemaId> = HashMap::new();
        for (index, schema) in self.new.schemas.iter().enumerate() {
            if let Origin::Component(name) = &schema.origin
                && !met.contains(&schema.at)
            {
                now.entry(name).or_insert(SchemaId(index));
            }
        }
        let mut found: IndexMap<String, (SchemaId, SchemaId)> = IndexMap::new();
        for (index, schema) in self.old.schemas.iter().enumerate() {
            if let Origin::Component(name) = &schema.origin
                && let Some(new) = now.get(name.as_str())
                && self.new.schema(*new).nullable == schema.nullable
            {
                found.entry(name.clone()).or_insert((SchemaId(index), *new));
            }
        }
        if found.is_empty() {
            return;
        }
        let (before, after) = (Reach::of(self.old_text), Reach::of(self.new_text));
        for (name, (old, new)) in found {
            let (was, is) = (&self.old.schema(old).at, &self.new.schema(new).at);
            let met = Met {
                direction: before.of_place(was).direction | after.of_place(is).direction,
                group: TYPES.to_owned(),
                label: name,
                old_at: was.clone(),
                new_at: is.clone(),
                replaced: false,
            };
            self.pair(old, new, met);
        }
    }

    /// Meets what stands directly below a pair.
    fn below(&mut self, (old, new): (SchemaId, SchemaId), met: &Met) {
        let (api, other) = (self.old, self.new);
        let (old, new) = (api.schema(old), other.schema(new));
        match (&old.shape, &new.shape) {
            (Shape::List(was), Shape::List(is)) => {
                self.inside(*was, *is, met, "[]", (&old.at, &new.at));
            }
            (Shape::Map(was), Shape::Map(is)) => {
                self.inside(*was, *is, met, "{}", (&old.at, &new.at));
            }
            (Shape::Object(was), Shape::Object(is)) => {
                for (was, is) in objects::matched((api, was), (other, is)).same {
                    let direction = met.direction.of_property(
                        was.read_only && is.read_only,
                        was.write_only && is.write_only,
                    );
                    let met = Met {
                        direction,
                        group: met.group.clone(),
                        label: format!("{}.{}", met.label, is.name),
                        old_at: was.at.clone(),
                        new_at: is.at.clone(),
                        replaced: false,
                    };
                    self.pair(was.schema, is.schema, met);
                }
                if let (Some(was), Some(is)) = (was.additional, is.additional) {
                    self.inside(was, is, met, "{}", (&old.at, &new.at));
                }
            }
            (Shape::Union(was), Shape::Union(is)) => {
                for (was, is) in unions::matched((api, was), (other, is)).same {
                    let suffix = format!(" as {}", is.name);
                    self.inside(was.schema, is.schema, met, &suffix, (&old.at, &new.at));
                }
            }
            _ => {}
        }
    }

    fn inside(
        &mut self,
        old: SchemaId,
        new: SchemaId,
        around: &Met,
        suffix: &str,
        at: (&Pointer, &Pointer),
    ) {
        let met = Met {
            direction: around.direction,
            group: around.group.clone(),
            label: format!("{}{suffix}", around.label),
            old_at: at.0.clone(),
            new_at: at.1.clone(),
            replaced: false,
        };
        self.pair(old, new, met);
    }
}
