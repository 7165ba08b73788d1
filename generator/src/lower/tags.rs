//! The property that tells the forms of a union apart: a discriminator, else one that is constant in each form.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, Form, Kind, ObjectFacts};
use super::references::{Item, Place};
use crate::api::Tag;
use crate::pointer::Pointer;

/// How deep named unions inside unions are looked at.
const DEEPEST: usize = 2;

/// What tells the forms of a union apart.
#[derive(Debug, Default)]
pub(super) struct Tags {
    pub(super) tag: Option<Tag>,
    /// For each form.
    pub(super) of_form: Vec<Vec<String>>,
}

/// What a form says of a property: its known values, and whether it must be there.
type Constants = Option<IndexSet<String>>;

impl<'d> Lowering<'d> {
    /// What tells the forms apart.
    pub(super) fn tags(&mut self, facts: &Facts<'d>, forms: &[Form<'d>]) -> Tags {
        match &facts.discriminator {
            Some((discriminator, at)) => {
                let mapped = self.mapped(&discriminator.mapping, at);
                self.by_discriminator(&discriminator.property_name, &mapped, forms)
            }
            None => self.by_constant(forms),
        }
    }

    /// Addresses of schemas and the values that lead to them.
    fn mapped(
        &mut self,
        mapping: &'d IndexMap<String, String>,
        at: &Pointer,
    ) -> Vec<(usize, &'d str)> {
        let at = at.child("mapping");
        let mut mapped = Vec::with_capacity(mapping.len());
        for (value, target) in mapping {
            let at = at.child(value);
            let schemas = self
                .document
                .components
                .as_ref()
                .map(|components| &components.schemas);
            let place = match schemas.and_then(|schemas| schemas.get(target)) {
                Some(named) => Place::new(named, at),
                None => Place {
                    item: Item::Reference(target),
                    at,
                },
            };
            if let Some(node) = self.resolve(&place) {
                let facts = self.facts(&node);
                let alias = facts.alias.as_ref().map(|alias| (alias.address(), value));
                mapped.push((node.address(), value.as_str()));
                mapped.extend(alias.map(|(address, value)| (address, value.as_str())));
            }
        }
        mapped
    }

    fn by_discriminator(
        &mut self,
        property: &str,
        mapped: &[(usize, &'d str)],
        forms: &[Form<'d>],
    ) -> Tags {
        let constants: Vec<Constants> = forms
            .iter()
            .map(|form| self.constants(form, property, 0))
            .collect();
        // A list of all values in every form tells nothing.
        let tell = differ(&constants);
        let mut implied = false;
        let of_form = forms.iter().zip(constants).map(|(form, constants)| {
            let mut tags: IndexSet<String> = mapped
                .iter()
                .filter(|(address, _)| form.is(*address))
                .map(|(_, value)| (*value).to_owned())
                .collect();
            if tags.is_empty() && tell {
                tags.extend(constants.into_iter().flatten());
            }
            if tags.is_empty()
                && matches!(form.facts.kind, Kind::Object(_))
                && let Some(name) = form.component()
            {
                implied = true;
                tags.insert(name.to_owned());
            }
            tags.into_iter().collect()
        });
        let of_form = of_form.collect();
        Tags {
            tag: Some(Tag {
                property: property.to_owned(),
                implied,
            }),
            of_form,
        }
    }

    /// The first of the properties that are constant in the most forms.
    fn by_constant(&mut self, forms: &[Form<'d>]) -> Tags {
        let names: IndexSet<&'d str> = forms
            .iter()
            .filter_map(|form| object(form))
            .flat_map(|object| object.properties.keys().copied())
            .collect();
        let mut best: (usize, Option<&str>, Vec<Constants>) = (0, None, Vec::new());
        for name in names {
            let constants: Vec<Constants> = forms
                .iter()
                .map(|form| self.constants(form, name, 0))
                .collect();
            let single = constants.iter().flatten().filter(|one| one.len() == 1);
            let single = single.count();
            let all = constants.iter().flatten().count();
            if tell_apart(&constants) && all + single > best.0 {
                best = (all + single, Some(name), constants);
            }
        }
        let (_, Some(name), constants) = best else {
            return Tags {
                tag: None,
                of_form: vec![Vec::new(); forms.len()],
            };
        };
        let of_form = constants.into_iter();
        Tags {
            tag: Some(Tag {
                property: name.to_owned(),
                implied: false,
            }),
            of_form: of_form
                .map(|constants| constants.into_iter().flatten().collect())
                .collect(),
        }
    }

    /// The known values of a property in a form.
    fn constants(&mut self, form: &Form<'d>, property: &str, depth: usize) -> Constants {
        match &form.facts.kind {
            Kind::Object(object) => {
                let places = object.properties.get(property)?;
                let facts = self.facts_together(places, &form.facts.at);
                let values: IndexSet<String> = match &facts.kind {
                    Kind::Enumeration(values) => {
                        values.iter().map(|value| (*value).to_owned()).collect()
                    }
                    _ => facts.listed.iter().map(spelled).collect(),
                };
                (!values.is_empty()).then_some(values)
            }
            Kind::Union(inner) if depth < DEEPEST => {
                let mut values = IndexSet::new();
                for form in inner {
                    values.extend(self.constants(form, property, depth + 1)?);
                }
                Some(values)
            }
            _ => None,
        }
    }
}

fn object<'f, 'd>(form: &'f Form<'d>) -> Option<&'f ObjectFacts<'d>> {
    match &form.facts.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

fn spelled(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn differ(constants: &[Constants]) -> bool {
    let mut said = constants.iter().flatten();
    said.next()
        .is_some_and(|first| said.any(|other| other != first))
}

/// Whether two forms that both list values never list some of the same: either all or none.
fn tell_apart(constants: &[Constants]) -> bool {
    let said: Vec<&IndexSet<String>> = constants.iter().flatten().collect();
    let are_clear = said.iter().enumerate().all(|(index, one)| {
        said[..index]
            .iter()
            .all(|other| one == other || one.is_disjoint(other))
    });
    are_clear && differ(constants)
}
