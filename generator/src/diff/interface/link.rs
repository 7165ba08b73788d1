//! Which change of the document did what to the crate.
//!
//! An item that changed is looked up by the places it is made from: at the very place, in what
//! stands around it, by the items that use it, in what stands below it, among the operations of its
//! resource, by names. The first of these that knows a change decides; what none explains is a
//! change of its own.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use crate::Reading;
use crate::diff::change::{Bump, Change, ItemChange, Rust, Side};
use crate::diff::kind::{Kind, Reach};
use crate::diff::verdict::Effect;
use crate::diff::wire::CLIENT;
use crate::pointer::Pointer;

use super::changed::{Changed, changed};
use super::items::{Item, Items, Key};
use super::names::Names;

/// Gives every change its Rust verdict, and adds those that only the crates have. Gives how types of
/// the older crate are called in the newer one.
pub(in crate::diff) fn link(
    old: &Reading,
    new: &Reading,
    schemas: &[(Pointer, Pointer)],
    changes: &mut Vec<Change>,
) -> Names {
    let old_names = Names::of_old(&old.planned.krate, &new.planned.krate, schemas);
    let new_names = Names::default();
    let (old_items, new_items) = (Items::of(old, &old_names), Items::of(new, &new_names));
    let items = changed(&old_items, &new_items);
    let index = Index::of(changes);
    let users = Users::of([&old_items, &new_items]);
    let causes = causes(&items, &users, &index, changes);
    let mut lonely: BTreeMap<(String, String), Vec<ItemChange>> = BTreeMap::new();
    let types = lonely_types(&items, &causes);
    for (item, causes) in items.into_iter().zip(causes) {
        if causes.is_empty() {
            // What depends on a type that came or went goes with it.
            let own = owner(&item.change.path);
            let mut near = std::iter::once(own).chain(item.uses.iter().map(String::as_str));
            let about = near.find_map(|path| types.get_key_value(path));
            let about = about.map(|(path, group)| (group.clone(), path.clone()));
            let about = about.unwrap_or((item.group, String::new()));
            lonely.entry(about).or_default().push(item.change);
            continue;
        }
        for cause in causes {
            changes[cause].interface.push(item.change.clone());
        }
    }
    changes.extend(lonely.into_iter().map(|(about, items)| alone(about, items)));
    for change in changes {
        judge(change);
    }
    old_names
}

/// Types that came, went or moved and nothing in the document says why, with their resources.
fn lonely_types(items: &[Changed], causes: &[Vec<usize>]) -> HashMap<String, String> {
    let lonely = items
        .iter()
        .zip(causes)
        .filter(|(item, causes)| causes.is_empty() && is_type(&item.change.path));
    lonely
        .map(|(item, _)| (item.change.path.clone(), item.group.clone()))
        .collect()
}

/// What only the crates have.
fn alone((group, path): (String, String), interface: Vec<ItemChange>) -> Change {
    let (subject, what) = if path.is_empty() {
        (
            format!("the interface of `{group}`"),
            "changed beside all that the document says",
        )
    } else {
        (format!("the type `{path}`"), "is called otherwise")
    };
    Change {
        subject,
        what: what.to_owned(),
        why: "the configuration, or what its neighbours are called, decides it".to_owned(),
        group,
        interface,
        ..Change::new(Kind::InterfaceChanged, Effect::Compatible, (None, None))
    }
}

/// What it means for callers, from what happened to the items.
fn judge(change: &mut Change) {
    change.interface.sort();
    change.interface.dedup();
    let of_items = change.interface.iter().map(|item| item.rust).max();
    let of_itself = if change.at_run_time {
        Rust::RunTime
    } else {
        Rust::None
    };
    change.rust = of_items.unwrap_or(Rust::None).max(of_itself);
    change.bump = match (change.rust, change.kind.reach()) {
        (Rust::CompileTime | Rust::RunTime, _) => Bump::Major,
        (Rust::Additive, _) | (Rust::None, Reach::Warnings) => Bump::Minor,
        (Rust::None, Reach::Nowhere) => Bump::None,
        (Rust::None, Reach::Items | Reach::Names | Reach::Text) => Bump::Patch,
    };
}

/// Changes by place.
struct Index {
    old: BTreeMap<String, Vec<usize>>,
    new: BTreeMap<String, Vec<usize>>,
    /// Operations that came, went or moved, by resource.
    operations: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(changes: &[Change]) -> Self {
        let mut index = Self {
            old: BTreeMap::new(),
            new: BTreeMap::new(),
            operations: HashMap::new(),
        };
        for (number, change) in changes.iter().enumerate() {
            for (places, at) in [(&mut index.old, &change.old), (&mut index.new, &change.new)] {
                if let Some(at) = at {
                    let here: &mut Vec<usize> = places.entry(at.as_str().to_owned()).or_default();
                    here.push(number);
                }
            }
            let groups: &[&str] = match change.kind {
                Kind::OperationAdded | Kind::OperationRemoved | Kind::OperationMoved => {
                    &[&change.group]
                }
                // Constructors of credentials come from what operations take.
                Kind::SecurityTightened | Kind::SecurityRelaxed => &[&change.group, CLIENT],
                _ => &[],
            };
            for group in groups {
                let here = index.operations.entry((*group).to_owned());
                here.or_default().push(number);
            }
        }
        index
    }

    fn places(&self, side: Side) -> &BTreeMap<String, Vec<usize>> {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    /// Changes at the place itself.
    fn at(&self, side: Side, key: &Key, changes: &[Change], reach: Reach) -> Vec<usize> {
        let here = self.places(side).get(key.at.as_str()).into_iter().flatten();
        here.copied()
            .filter(|number| {
                let change = &changes[*number];
                let same_value = change.value.is_none()
                    || change.value == key.value
                    || (change.of_type && key.value.is_none());
                let is_gone = change.old.is_none() || change.new.is_none();
                // What only stands or falls with a place doesn't change with it.
                change.kind.reach() == reach
                    && same_value
                    && (key.value.is_none() || change.value.is_some() || is_gone)
            })
            .collect()
    }

    /// The nearest place around that came, went or was exchanged as a whole.
    fn around(&self, side: Side, at: &Pointer, changes: &[Change]) -> Option<usize> {
        let mut text = at.as_str();
        while let Some((parent, _)) = text.rsplit_once('/') {
            text = parent;
            let here = self.places(side).get(text).into_iter().flatten();
            let whole = here.copied().find(|number| is_whole(&changes[*number]));
            if whole.is_some() {
                return whole;
            }
        }
        None
    }

    /// The first change below a place.
    fn below(&self, side: Side, at: &Pointer, changes: &[Change], reach: Reach) -> Option<usize> {
        let from = format!("{}/", at.as_str());
        let below = self.places(side).range(from.clone()..);
        below
            .take_while(|(place, _)| place.starts_with(&from))
            .flat_map(|(_, numbers)| numbers)
            .copied()
            .find(|number| changes[*number].kind.reach() == reach)
    }
}

/// Whether everything below its place came or went with it.
fn is_whole(change: &Change) -> bool {
    change.kind.reach() == Reach::Items
        && (change.old.is_none()
            || change.new.is_none()
            || matches!(
                change.kind,
                Kind::TypeChanged
                    | Kind::SchemaReplaced
                    | Kind::SchemaRenamed
                    | Kind::AnswerKindChanged
                    | Kind::OperationMoved
                    | Kind::PropertyRenamed
                    | Kind::BodyMediaTypeRemoved
                    | Kind::BodyMediaTypeAdded
                    | Kind::AnswerMediaTypeChanged
                    | Kind::AnswerStatusChanged
                    | Kind::AnswerAdded
                    | Kind::AnswerRemoved
            ))
}

/// The changes behind each item; empty: none.
fn causes(
    items: &[Changed],
    users: &Users<'_>,
    index: &Index,
    changes: &[Change],
) -> Vec<Vec<usize>> {
    let mut causes: Vec<Vec<usize>> = items
        .iter()
        .map(|item| direct(item, index, changes))
        .collect();
    by_use(items, users, &mut causes);
    fill(items, &mut causes, |item| {
        let below = |(side, key): &(Side, Key)| index.below(*side, &key.at, changes, Reach::Items);
        let near = item.keys.iter().filter(|(_, key)| !key.remote);
        near.clone()
            .find_map(below)
            .or_else(|| item.keys.iter().find_map(below))
    });
    by_use(items, users, &mut causes);
    fill(items, &mut causes, |item| {
        let mut keys = item.keys.iter();
        keys.find_map(|(side, key)| {
            let at = index.at(*side, key, changes, Reach::Names).first().copied();
            at.or_else(|| index.below(*side, &key.at, changes, Reach::Names))
        })
    });
    by_use(items, users, &mut causes);
    fill(items, &mut causes, |item| {
        nearest_operation(&item.group, index)
    });
    by_use(items, users, &mut causes);
    by_type(items, &mut causes);
    causes
}

/// At the very places, else in what stands around them.
fn direct(item: &Changed, index: &Index, changes: &[Change]) -> Vec<usize> {
    for remote in [false, true] {
        let keys = item.keys.iter().filter(|(_, key)| key.remote == remote);
        let mut found: Vec<usize> = keys
            .clone()
            .flat_map(|(side, key)| index.at(*side, key, changes, Reach::Items))
            .collect();
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            return found;
        }
        let mut around = keys.filter_map(|(side, key)| index.around(*side, &key.at, changes));
        if let Some(found) = around.next() {
            return vec![found];
        }
    }
    Vec::new()
}

/// Who has a type in the signature: paths of items, by the path of the type.
struct Users<'i>(HashMap<&'i str, Vec<&'i str>>);

impl<'i> Users<'i> {
    fn of(sides: [&'i IndexMap<String, Item>; 2]) -> Self {
        let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
        for (path, item) in sides.into_iter().flatten() {
            for used in &item.uses {
                users.entry(used.as_str()).or_default().push(path.as_str());
            }
        }
        Self(users)
    }
}

/// A type comes, goes and moves with those who use it, and what it has goes with the type.
fn by_use(items: &[Changed], users: &Users<'_>, causes: &mut [Vec<usize>]) {
    let by_path: HashMap<&str, usize> = items
        .iter()
        .enumerate()
        .map(|(number, item)| (item.change.path.as_str(), number))
        .collect();
    loop {
        let mut progress = false;
        for (number, item) in items.iter().enumerate() {
            if !causes[number].is_empty() {
                continue;
            }
            let own = owner(&item.change.path);
            let using = users.0.get(own).into_iter().flatten();
            let near = using.flat_map(|user| [*user, owner(user)]).chain([own]);
            let cause = near
                .filter_map(|path| by_path.get(path))
                .find_map(|near| causes[*near].first().copied());
            if let Some(cause) = cause {
                causes[number].push(cause);
                progress = true;
            }
        }
        if !progress {
            return;
        }
    }
}

/// What has a type goes with the type.
fn by_type(items: &[Changed], causes: &mut [Vec<usize>]) {
    let known: HashMap<&str, usize> = items
        .iter()
        .zip(causes.iter())
        .filter_map(|(item, causes)| Some((item.change.path.as_str(), *causes.first()?)))
        .collect();
    fill(items, causes, |item| {
        let mut types = item.uses.iter();
        types.find_map(|path| known.get(path.as_str()).copied())
    });
}

/// The type that a field, a constructor, a setter, a variant or a conversion belongs to.
fn owner(path: &str) -> &str {
    if path.starts_with("client.") {
        return path;
    }
    if let Some((owner, _)) = path.split_once(": From<").or_else(|| path.split_once('.')) {
        return owner;
    }
    match path.rsplit_once("::") {
        Some((owner, _)) if is_type(owner) => owner,
        _ => path,
    }
}

/// Whether a path leads to a type, by the case of its last word.
fn is_type(path: &str) -> bool {
    let name = path.rsplit("::").next().unwrap_or_default();
    let is_plain = !path.contains(['.', '(', ' ']);
    is_plain && name.starts_with(char::is_uppercase)
}

/// Of the resource, or of one above it.
fn nearest_operation(group: &str, index: &Index) -> Option<usize> {
    let mut group = group;
    loop {
        if let Some(found) = index.operations.get(group).and_then(|all| all.first()) {
            return Some(*found);
        }
        group = group.rsplit_once('.')?.0;
    }
}

fn fill(items: &[Changed], causes: &mut [Vec<usize>], find: impl Fn(&Changed) -> Option<usize>) {
    for (item, causes) in items.iter().zip(causes) {
        if causes.is_empty() {
            causes.extend(find(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_variants_belong_to_their_type() {
        assert_eq!(owner("pets::Pet.name"), "pets::Pet");
        assert_eq!(owner("pets::Pet::new()"), "pets::Pet");
        assert_eq!(owner("pets::Status::Sold"), "pets::Status");
        assert_eq!(owner("pets::Pet: From<String>"), "pets::Pet");
        assert_eq!(owner("pets::Pet"), "pets::Pet");
        assert_eq!(owner("AccountId"), "AccountId");
    }
}
