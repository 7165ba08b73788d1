//! Items that aren't what they were.

use indexmap::IndexMap;

use crate::diff::change::{ItemChange, Rust, Side};

use super::items::{Item, Key, Part};

/// An item that isn't what it was.
pub(super) struct Changed {
    pub(super) change: ItemChange,
    /// Where in which document it comes from.
    pub(super) keys: Vec<(Side, Key)>,
    /// Types that it had, or has.
    pub(super) uses: Vec<String>,
    /// Its resource.
    pub(super) group: String,
}

/// Every difference between two crates.
pub(super) fn changed(old: &IndexMap<String, Item>, new: &IndexMap<String, Item>) -> Vec<Changed> {
    let mut found = Vec::new();
    for (path, was) in old {
        match new.get(path) {
            None => found.push(gone(path, was)),
            Some(is) if lost_a_name(was, is) => {
                found.push(other(path, was, is, Rust::CompileTime));
            }
            Some(is) if was.signature != is.signature => {
                let is_known = is.also.contains(&was.signature);
                let rust = if is_known || are_generalised(&was.parts, &is.parts) {
                    Rust::Additive
                } else {
                    Rust::CompileTime
                };
                found.push(other(path, was, is, rust));
            }
            Some(is) if are_reordered(&was.parts, &is.parts) => {
                found.push(other(path, was, is, Rust::RunTime));
            }
            Some(_) => {}
        }
    }
    let added = new.iter().filter(|(path, _)| !old.contains_key(*path));
    found.extend(added.map(|(path, is)| come(path, is)));
    found
}

/// Whether it was known by a name that it isn't known by any more, beside its own.
fn lost_a_name(was: &Item, is: &Item) -> bool {
    let mut names = was.also.iter();
    names.any(|name| *name != is.signature && !is.also.contains(name))
}

/// Whether arguments only take more than before: what may be null takes a value, too (the cargo book
/// calls it minor to generalise an argument). A text doesn't: more converts into it alone.
fn are_generalised(old: &[Part], new: &[Part]) -> bool {
    let takes_more = |was: &Part, is: &Part| {
        was.id == is.id
            && (was.text == is.text || (was.exact && is.text == format!("Nullable<{}>", was.text)))
    };
    !old.is_empty()
        && old.len() == new.len()
        && old.iter().zip(new).all(|(was, is)| takes_more(was, is))
}

/// Whether arguments of one type changed places: the compiler doesn't see it.
fn are_reordered(old: &[Part], new: &[Part]) -> bool {
    let ids =
        |parts: &[Part]| -> Vec<String> { parts.iter().map(|part| part.id.clone()).collect() };
    let (mut was, mut is) = (ids(old), ids(new));
    let differ = was != is;
    was.sort();
    is.sort();
    differ && was == is
}

fn gone(path: &str, was: &Item) -> Changed {
    Changed {
        change: ItemChange {
            path: path.to_owned(),
            old: Some(was.signature.clone()),
            new: None,
            rust: Rust::CompileTime,
            old_code: Some(was.code.clone()),
            new_code: None,
        },
        keys: keys(Side::Old, &was.keys, was.parts.iter()),
        uses: was.uses.clone(),
        group: was.group.clone(),
    }
}

fn come(path: &str, is: &Item) -> Changed {
    Changed {
        change: ItemChange {
            path: path.to_owned(),
            old: None,
            new: Some(is.signature.clone()),
            rust: Rust::Additive,
            old_code: None,
            new_code: Some(is.code.clone()),
        },
        keys: keys(Side::New, &is.keys, is.parts.iter()),
        uses: is.uses.clone(),
        group: is.group.clone(),
    }
}

/// Only the parts that differ tell why.
fn other(path: &str, was: &Item, is: &Item, rust: Rust) -> Changed {
    let differs = |part: &Part, others: &[Part]| {
        let same = others.iter().find(|other| other.id == part.id);
        same.is_none_or(|other| other.text != part.text)
    };
    let mine = was.parts.iter().filter(|part| differs(part, &is.parts));
    let theirs = is.parts.iter().filter(|part| differs(part, &was.parts));
    let mut from = keys(Side::Old, &was.keys, mine);
    from.extend(keys(Side::New, &is.keys, theirs));
    Changed {
        change: ItemChange {
            path: path.to_owned(),
            old: Some(was.shown()),
            new: Some(is.shown()),
            rust,
            old_code: Some(was.code.clone()),
            new_code: Some(is.code.clone()),
        },
        keys: from,
        uses: was.uses.iter().chain(&is.uses).cloned().collect(),
        group: is.group.clone(),
    }
}

/// Those of an item, and of the parts given: beside these, the item's own are far from the reason.
fn keys<'p>(side: Side, own: &[Key], parts: impl Iterator<Item = &'p Part>) -> Vec<(Side, Key)> {
    let of_parts: Vec<(Side, Key)> = parts
        .flat_map(|part| part.keys.iter().cloned())
        .map(|key| (side, key))
        .collect();
    let has_parts = !of_parts.is_empty();
    let own = own.iter().cloned().map(|key| Key {
        remote: key.remote || has_parts,
        ..key
    });
    of_parts
        .into_iter()
        .chain(own.map(|key| (side, key)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument(id: &str, text: &str, exact: bool) -> Part {
        Part {
            id: id.to_owned(),
            text: text.to_owned(),
            exact,
            keys: Vec::new(),
        }
    }

    #[test]
    fn arguments_of_one_type_that_changed_places_are_seen() {
        let (name, tag) = (
            argument("name", "String", false),
            argument("tag", "String", false),
        );
        let was = [name.clone(), tag.clone()];
        assert!(are_reordered(&was, &[tag, name.clone()]));
        assert!(!are_reordered(&was, &was));
        assert!(!are_reordered(
            &was,
            &[name, argument("label", "String", false)]
        ));
    }

    #[test]
    fn what_may_be_null_takes_a_value_too_unless_it_is_made_from_others() {
        let of = |text, exact| [argument("age", text, exact)];
        assert!(are_generalised(
            &of("i64", true),
            &of("Nullable<i64>", false)
        ));
        assert!(!are_generalised(
            &of("Nullable<i64>", false),
            &of("i64", true)
        ));
        assert!(!are_generalised(
            &of("String", false),
            &of("Nullable<String>", false)
        ));
    }
}
