//! Methods of one resource that would have the same name. What tells them apart doesn't depend on
//! their order in the document: whose things they are about, then their parameters, then their ids.

use std::collections::{BTreeMap, BTreeSet};

use super::names::snake;
use super::paths::PathForm;
use super::scopes::{Group, Scopes};
use crate::api::Api;
use crate::diagnostic::{Code, Diagnostic};

/// Where a method stands, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// Resource words from the root, in snake case; at least one.
    pub(super) resource: Vec<String>,
    /// Method, in snake case.
    pub(super) method: String,
    /// Whether the configuration says so, for this operation alone.
    pub(super) is_settled: bool,
}

/// What tells methods apart, in the order in which it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Scope,
    Parameter,
    Id,
    Request,
}

/// What is known of all methods.
struct Methods<'a> {
    api: &'a Api,
    scopes: &'a Scopes,
    groups: &'a [Group],
    forms: &'a [PathForm],
}

/// Gives each method a name of its own within its resource.
pub(super) fn settle(
    api: &Api,
    scopes: &Scopes,
    groups: &[Group],
    forms: &[PathForm],
    standings: &mut [Standing],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let methods = Methods {
        api,
        scopes,
        groups,
        forms,
    };
    let mut taken: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    let mut same: BTreeMap<(Vec<String>, String), Vec<usize>> = BTreeMap::new();
    for (index, standing) in standings.iter().enumerate() {
        let resource = taken.entry(standing.resource.clone()).or_default();
        resource.insert(standing.method.clone());
        let key = (standing.resource.clone(), standing.method.clone());
        same.entry(key).or_default().push(index);
    }
    for ((resource, method), members) in same.iter().filter(|(_, members)| members.len() > 1) {
        let taken = taken.entry(resource.clone()).or_default();
        let holder = methods.holder(members, standings);
        let others: Vec<usize> = members
            .iter()
            .copied()
            .filter(|member| Some(*member) != holder)
            .collect();
        let (by, names) = methods.apart(method, &others, holder, taken);
        for (member, name) in others.into_iter().zip(names) {
            if by != By::Scope {
                diagnostics.push(methods.clash(member, method, &name));
            }
            taken.insert(name.clone());
            standings[member].method = name;
        }
    }
}

impl Methods<'_> {
    /// The one that keeps the plain name: what the configuration says, else the fewest parameters, else
    /// the first scope.
    fn holder(&self, members: &[usize], standings: &[Standing]) -> Option<usize> {
        let rank = |member: usize| {
            (
                !standings[member].is_settled,
                self.forms[member].parameters().count(),
                self.groups[member].scopes.first().copied(),
            )
        };
        let first = members.iter().copied().min_by_key(|member| rank(*member))?;
        let ties = members
            .iter()
            .filter(|member| rank(**member) == rank(first))
            .count();
        (ties == 1).then_some(first)
    }

    /// Names for all but the holder: the first way that gives each one of its own.
    fn apart(
        &self,
        method: &str,
        members: &[usize],
        holder: Option<usize>,
        taken: &BTreeSet<String>,
    ) -> (By, Vec<String>) {
        for by in [By::Scope, By::Parameter, By::Id] {
            let names: Vec<String> = members
                .iter()
                .filter_map(|member| self.name(by, method, *member, holder))
                .filter(|name| !taken.contains(name))
                .collect();
            let distinct: BTreeSet<&String> = names.iter().collect();
            if distinct.len() == members.len() {
                return (by, names);
            }
        }
        // Ids are unique, so these are the rare ids that differ from each other by punctuation alone.
        let names = members
            .iter()
            .filter_map(|member| self.name(By::Request, method, *member, holder));
        (By::Request, names.collect())
    }

    fn name(&self, by: By, method: &str, member: usize, holder: Option<usize>) -> Option<String> {
        let group = &self.groups[member];
        let operation = group.first(self.api);
        match by {
            By::Scope => {
                let holder = holder?;
                let scope = group.scopes.first()?;
                let is_twin = self.forms[member].is_alike(&self.forms[holder]);
                (is_twin && Some(scope) != self.groups[holder].scopes.first()).then(|| {
                    format!(
                        "{method}_for_{}",
                        snake(self.scopes.all[*scope].variant.bare())
                    )
                })
            }
            By::Parameter => {
                let parameter = self.forms[member].parameters().last()?;
                Some(format!("{method}_by_{}", snake(parameter)))
            }
            By::Id => Some(snake(&operation.id)),
            By::Request => Some(format!(
                "{}_{}",
                operation.method.as_str().to_ascii_lowercase(),
                snake(&operation.path)
            )),
        }
    }

    fn clash(&self, member: usize, method: &str, name: &str) -> Diagnostic {
        let operation = self.groups[member].first(self.api);
        Diagnostic::new(
            Code::MethodNameClash,
            operation.at.clone(),
            format!("`{method}` is taken by another operation of the resource"),
        )
        .help(format!(
            "it is called `{name}`; `name` under its id in the configuration says otherwise"
        ))
    }
}
