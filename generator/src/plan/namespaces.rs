//! Namespaces in front of component names (`access_`, `Acme.Models.`), which say whose a schema is and not what it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::inflection::singular;
use super::names::{Use, snake, spelled};
use crate::api::{Api, Member, Origin, SchemaId, Shape};

/// Of the names of a document, so many in a hundred have a namespace in front if any has.
const NAMESPACED: usize = 95;

/// In fewer names than this, words in front that all have are no namespace.
const FEWEST_NAMES: usize = 10;

/// Names without their namespaces: of components, and of the members of each union.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    separator: Option<char>,
    short: HashMap<String, String>,
    members: HashMap<SchemaId, HashMap<String, String>>,
}

impl Namespaces {
    pub(super) fn of(api: &Api) -> Self {
        let components: BTreeSet<&str> = api
            .schemas
            .iter()
            .filter_map(|schema| match &schema.origin {
                Origin::Component(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let mut namespaces = Self {
            separator: separator(&components),
            ..Self::default()
        };
        if namespaces.separator.is_some() {
            namespaces.short = namespaces.short_names(&components);
            let unions = api.schemas.iter().enumerate();
            namespaces.members = unions
                .filter_map(|(index, schema)| match &schema.shape {
                    Shape::Union(union) => {
                        Some((SchemaId(index), namespaces.short_members(&union.members)))
                    }
                    _ => None,
                })
                .collect();
        }
        namespaces
    }

    /// A component's name, without the namespace where no other component would be called so.
    pub(super) fn short<'n>(&'n self, name: &'n str) -> &'n str {
        self.short.get(name).map_or(name, String::as_str)
    }

    /// A member's name, without the namespace where no other member of the union would be called so.
    pub(super) fn short_member<'n>(&'n self, union: SchemaId, name: &'n str) -> &'n str {
        let shortened = self.members.get(&union).and_then(|names| names.get(name));
        shortened.map_or(name, String::as_str)
    }

    fn short_members(&self, members: &[Member]) -> HashMap<String, String> {
        let shortened = |member: &Member| {
            let parts = self.parted(&member.name).filter(|_| member.is_component);
            parts.map(|(_, rest)| rest.to_owned())
        };
        let mut same: BTreeMap<String, usize> = BTreeMap::new();
        for member in members {
            let name = shortened(member).unwrap_or_else(|| member.name.clone());
            *same.entry(spelled(Use::Variant, &name)).or_default() += 1;
        }
        members
            .iter()
            .filter_map(|member| Some((member.name.clone(), shortened(member)?)))
            .filter(|(_, short)| same.get(&spelled(Use::Variant, short)) == Some(&1))
            .collect()
    }

    /// Names that are alone without their namespaces, and those that say no more with it.
    fn short_names(&self, components: &BTreeSet<&str>) -> HashMap<String, String> {
        let mut same: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for name in components {
            let rest = self.parted(name).map_or(*name, |(_, rest)| rest);
            same.entry(spelled(Use::Type, rest)).or_default().push(name);
        }
        same.into_values()
            .filter_map(|names| match names.as_slice() {
                [only] => Some(*only),
                several => self.repeating(several),
            })
            .filter_map(|name| {
                let (_, rest) = self.parted(name)?;
                Some((name.to_owned(), rest.to_owned()))
            })
            .collect()
    }

    /// Of names that differ in their namespaces only, the one whose namespace says what it is once more:
    /// `dns-records_dns-record`.
    fn repeating<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        let mut found = None;
        for name in names {
            let (namespace, rest) = self.parted(name)?;
            if singular(&snake(namespace)) == singular(&snake(rest))
                && found.replace(*name).is_some()
            {
                return None;
            }
        }
        found
    }

    /// A name's namespace and what follows it.
    fn parted<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        match self.separator? {
            // Namespaces nest (`Acme.Models.Thing`), words don't.
            '.' => name.rsplit_once('.'),
            separator => name.split_once(separator),
        }
    }
}

fn separator(components: &BTreeSet<&str>) -> Option<char> {
    if components.len() < FEWEST_NAMES {
        return None;
    }
    ['.', '_'].into_iter().find(|separator| {
        let have = components
            .iter()
            .filter(|name| {
                name.split_once(*separator)
                    .is_some_and(|(front, rest)| !front.is_empty() && !rest.is_empty())
            })
            .count();
        have * 100 >= components.len() * NAMESPACED
    })
}
