//! Generic models: what many answers are that differ in the type of one field, as the envelope that a
//! service puts around all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::contest::{Candidates, settle};
use super::docs::{code, unsaid};
use super::items::field_docs;
use super::names::Names;
use super::tree::Tree;
use super::types::{Planned, Types};
use crate::api::{Property, Shape};
use crate::model::{Field, ModelForm, RustType, TypeKind, TypePath};

/// Fewer models than this read better each by itself.
const MANY: usize = 8;

/// A name says so many fields at most.
const MOST_SAID: usize = 5;

/// A model that others are, with another type in one of its fields.
#[derive(Debug)]
pub(super) struct Generic {
    /// The models, by their index.
    pub(super) members: Vec<usize>,
    /// The field whose type differs, on the wire.
    pub(super) differing: String,
    /// What most members say of a field.
    pub(super) docs: HashMap<String, Vec<String>>,
}

/// All generic models.
#[derive(Debug, Default)]
pub(super) struct Generics {
    /// By the index of the planned type.
    pub(super) models: HashMap<usize, Generic>,
    /// The generic model of each of its members.
    pub(super) of_member: HashMap<usize, usize>,
}

/// Models that are the same but for a field.
struct Family {
    differing: String,
    members: Vec<usize>,
}

impl Generic {
    /// Whether a model says of a field what the shared definition doesn't.
    fn says_otherwise(&self, field: &Field) -> bool {
        self.docs.get(&field.wire_name) != Some(&field.docs)
            && field.docs != [unsaid(&field.wire_name)]
    }
}

impl Generics {
    /// The first model of a generic one; of any other, itself.
    pub(super) fn first_member(&self, index: usize) -> usize {
        let members = self.models.get(&index).map(|generic| &generic.members);
        members
            .and_then(|members| members.first().copied())
            .unwrap_or(index)
    }
}

impl Types<'_> {
    /// Whether a model shares its definition. Writes what a shared one says, and what an alias alone does.
    pub(super) fn form(
        &self,
        index: usize,
        docs: &mut Vec<String>,
        fields: &mut [Field],
    ) -> ModelForm {
        let of = self.generics.of_member.get(&index).copied();
        let Some(generic) = self.generics.models.get(&of.unwrap_or(index)) else {
            return ModelForm::Own;
        };
        let mut wire_names = fields.iter().map(|field| &field.wire_name);
        let Some(parameter) = wire_names.position(|name| *name == generic.differing) else {
            return ModelForm::Own;
        };
        match of {
            None => {
                let differing = code(&generic.differing);
                *docs = vec![format!(
                    "What several answers are, each with its own type of {differing}."
                )];
                for field in fields {
                    if let Some(docs) = generic.docs.get(&field.wire_name) {
                        field.docs.clone_from(docs);
                    }
                }
                ModelForm::Generic(parameter)
            }
            Some(of) => {
                for field in fields.iter().filter(|field| generic.says_otherwise(field)) {
                    docs.push(String::new());
                    docs.push(format!("{}:", code(&field.wire_name)));
                    docs.extend(field.docs.iter().cloned());
                }
                ModelForm::Instance(self.planned[of].path.clone(), parameter)
            }
        }
    }

    /// Finds the generic models and names them.
    pub(super) fn settle_generics(&mut self, tree: &Tree, names: &mut Names) {
        let mut families = self.families();
        self.keep_aliases_finite(&mut families);
        let candidates: Vec<Candidates> = families
            .iter()
            .map(|family| Candidates {
                texts: self.names_of(family),
                // The largest keeps a name that several want.
                depth: self.planned.len() - family.members.len(),
            })
            .collect();
        for (family, name) in families.into_iter().zip(settle(&candidates, names)) {
            let members = family.members.iter().map(|member| &self.planned[*member]);
            let nodes: BTreeSet<usize> = members.flat_map(|one| one.nodes.clone()).collect();
            let home = tree.meeting(&nodes);
            let index = self.planned.len();
            self.planned.push(Planned {
                schema: self.planned[family.members[0]].schema,
                path: TypePath {
                    module: tree.module(home),
                    name,
                    kind: TypeKind::Plain,
                },
                sent: false,
                received: true,
                nodes,
                home,
            });
            let of_member = family.members.iter().map(|member| (*member, index));
            self.generics.of_member.extend(of_member);
            let generic = Generic {
                docs: self.docs_of(&family),
                members: family.members,
                differing: family.differing,
            };
            self.generics.models.insert(index, generic);
        }
    }

    /// The largest families first, whatever the order of the document; a model belongs to one at most.
    fn families(&self) -> Vec<Family> {
        let mut alike: BTreeMap<(&str, u64), Vec<usize>> = BTreeMap::new();
        for index in 0..self.planned.len() {
            for key in self.keys(index) {
                alike.entry(key).or_default().push(index);
            }
        }
        let mut alike: Vec<_> = alike.into_iter().collect();
        alike.retain(|(_, members)| members.len() >= MANY);
        for (_, members) in &mut alike {
            members.sort_by(|one, other| self.path_of(*one).cmp(self.path_of(*other)));
        }
        alike.sort_by(|((field, _), members), ((other_field, _), others)| {
            let by_size = others
                .len()
                .cmp(&members.len())
                .then(field.cmp(other_field));
            by_size.then_with(|| self.path_of(members[0]).cmp(self.path_of(others[0])))
        });
        let mut taken = HashSet::new();
        let mut families = Vec::new();
        for ((differing, _), mut members) in alike {
            members.retain(|member| !taken.contains(member));
            if members.len() >= MANY && self.differ(&members, differing) {
                taken.extend(members.iter().copied());
                families.push(Family {
                    differing: differing.to_owned(),
                    members,
                });
            }
        }
        families
    }

    /// Whether a field isn't of one type in all of these models.
    fn differ(&self, members: &[usize], field: &str) -> bool {
        let mut types = members
            .iter()
            .map(|member| self.type_of_field(*member, field));
        let first = types.next();
        types.any(|ty| Some(ty) != first)
    }

    fn path_of(&self, index: usize) -> &TypePath {
        &self.planned[index].path
    }

    /// For each field of a model, what is equal for all models that differ in the type of that field alone.
    fn keys(&self, index: usize) -> Vec<(&str, u64)> {
        let hashes: Vec<(&str, u64, u64)> = self
            .properties(index)
            .iter()
            .enumerate()
            .map(|(number, property)| {
                let required = self.is_required((index, number), property);
                let ty = self.field_type((index, number), property);
                let flags = (required, property.deprecated);
                let name = property.name.as_str();
                (name, hash(&(name, flags)), hash(&(name, flags, ty)))
            })
            .collect();
        let all = hashes
            .iter()
            .fold(0u64, |sum, (_, _, whole)| sum.wrapping_add(*whole));
        hashes
            .iter()
            .filter(|_| hashes.len() > 1)
            .map(|(name, untyped, whole)| (*name, hash(&(untyped, all.wrapping_sub(*whole)))))
            .collect()
    }

    /// The properties of a model that answers have and callers never build.
    fn properties(&self, index: usize) -> &[Property] {
        let planned = &self.planned[index];
        match &self.api.schema(planned.schema).shape {
            Shape::Object(object) if !planned.sent && object.additional.is_none() => {
                &object.properties
            }
            _ => &[],
        }
    }

    /// A member becomes an alias, and no alias may lead back to itself, so none names another in its argument.
    fn keep_aliases_finite(&self, families: &mut Vec<Family>) {
        let aliases: HashSet<TypePath> = families
            .iter()
            .flat_map(|family| &family.members)
            .map(|member| self.planned[*member].path.clone())
            .collect();
        for family in &mut *families {
            family.members.retain(|member| {
                let argument = self.type_of_field(*member, &family.differing);
                let path = argument.as_ref().and_then(RustType::path);
                path.is_none_or(|path| !aliases.contains(path))
            });
        }
        families.retain(|family| !family.members.is_empty());
    }

    fn type_of_field(&self, index: usize, name: &str) -> Option<RustType> {
        let mut properties = self.properties(index).iter().enumerate();
        let (number, property) = properties.find(|(_, property)| property.name == name)?;
        Some(self.field_type((index, number), property))
    }

    /// `with result`; with the others' names, where a larger family is called so; then with what tells
    /// these from fields of the same names.
    fn names_of(&self, family: &Family) -> Vec<String> {
        let first = family.members[0];
        let mut others: Vec<(&str, &str, String)> = self
            .properties(first)
            .iter()
            .enumerate()
            .filter(|(_, property)| property.name != family.differing)
            .map(|(number, property)| {
                let required = self.is_required((first, number), property);
                let ty = self.field_type((first, number), property);
                let ty = ty.path().map(|path| path.name.bare().to_owned());
                let maybe = if required { "" } else { "maybe " };
                (property.name.as_str(), maybe, ty.unwrap_or_default())
            })
            .collect();
        others.sort_unstable();
        others.truncate(MOST_SAID);
        let short = format!("with {}", family.differing);
        let said = |say: &dyn Fn(&(&str, &str, String)) -> String| {
            let others: Vec<String> = others.iter().map(say).collect();
            format!("{short} and {}", others.join(" "))
        };
        vec![
            short.clone(),
            said(&|(name, _, _)| (*name).to_owned()),
            said(&|(name, maybe, _)| format!("{maybe}{name}")),
            said(&|(name, maybe, ty)| format!("{maybe}{ty} {name}")),
        ]
    }

    /// What more than half of the members say of each field.
    fn docs_of(&self, family: &Family) -> HashMap<String, Vec<String>> {
        let mut said: HashMap<&str, BTreeMap<Vec<String>, usize>> = HashMap::new();
        for member in &family.members {
            for property in self.properties(*member) {
                let docs = field_docs(self.api, property);
                *said
                    .entry(&property.name)
                    .or_default()
                    .entry(docs)
                    .or_default() += 1;
            }
        }
        said.into_iter()
            .map(|(name, said)| {
                let mut said = said.into_iter();
                let by_most = said.find(|(_, times)| times * 2 > family.members.len());
                let docs = by_most.map(|(docs, _)| docs);
                let docs = docs.unwrap_or_else(|| vec![unsaid(name)]);
                (name.to_owned(), docs)
            })
            .collect()
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[path = "generics_tests.rs"]
mod tests;
