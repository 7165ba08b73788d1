//! Whose things a call is about: the fronts of paths, and twins that differ by nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::inflection::singular;
use super::names::{Ident, Names, Use};
use super::same::Same;
use crate::api::{Api, Location, Operation};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::model;
use crate::pointer::Pointer;

/// How many paths two fronts must share to be taken for scopes of the same things.
const SHARED_PATHS: usize = 2;

/// The front of a path: a literal and a parameter.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Without slashes at its ends: `accounts`.
    pub(super) literal: String,
    /// In a union: `Account`.
    pub(super) variant: Ident,
    /// The identifier's type: `AccountId`.
    pub(super) id: Ident,
    /// Environment variable that examples take it from.
    pub(super) env: Option<String>,
}

/// Operations that become one method: one of them, or twins of several scopes.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Indexes into [`Api::operations`], at least one, in document order.
    pub(super) operations: Vec<usize>,
    /// The scope of each operation (index), where they have one.
    pub(super) scopes: Vec<usize>,
    /// The path after the scope; the whole path where there is none.
    pub(super) rest: String,
}

impl Group {
    /// The operation that stands for all.
    pub(super) fn first<'a>(&self, api: &'a Api) -> &'a Operation {
        &api.operations[self.operations[0]]
    }

    pub(super) fn has_twins(&self) -> bool {
        self.operations.len() > 1
    }
}

/// The scopes of an API.
#[derive(Debug)]
pub(super) struct Scopes {
    pub(super) all: Vec<Scope>,
    unions: BTreeMap<Vec<usize>, Ident>,
}

impl Scopes {
    /// From the configuration, else by structure.
    pub(super) fn find(
        api: &Api,
        config: &Config,
        names: &mut Names,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let all = if config.scopes.is_empty() {
            shared_fronts(api)
                .into_iter()
                .map(|literal| scope(literal, None, None, None, names))
                .collect()
        } else {
            let mut all = Vec::new();
            for scope_config in &config.scopes {
                let Some(literal) = literal_of(&scope_config.prefix) else {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::StaleConfiguration,
                            Pointer::root(),
                            format!(
                                "the scope prefix `{}` isn't a literal path and one parameter",
                                scope_config.prefix
                            ),
                        )
                        .help("write it as `/accounts/{account_id}`"),
                    );
                    continue;
                };
                if !api
                    .operations
                    .iter()
                    .any(|operation| split(&operation.path, &literal).is_some())
                {
                    diagnostics.push(Diagnostic::new(
                        Code::StaleConfiguration,
                        Pointer::root(),
                        format!(
                            "no path of the document begins with the scope prefix `{}`",
                            scope_config.prefix
                        ),
                    ));
                }
                let name = scope_config.name.as_deref();
                all.push(scope(
                    literal,
                    name,
                    scope_config.id.as_deref(),
                    scope_config.env.clone(),
                    names,
                ));
            }
            all
        };
        Self {
            all,
            unions: BTreeMap::new(),
        }
    }

    /// Gathers operations into methods: twins together where everything but the scope is equal.
    pub(super) fn groups(
        &mut self,
        api: &Api,
        names: &mut Names,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Group> {
        let mut same = Same::new(api);
        let mut groups: Vec<Group> = Vec::new();
        let mut by_shape: HashMap<(crate::api::Method, String), Vec<usize>> = HashMap::new();
        for (index, operation) in api.operations.iter().enumerate() {
            let Some((scope, rest)) = self.of(&operation.path) else {
                groups.push(Group {
                    operations: vec![index],
                    scopes: Vec::new(),
                    rest: operation.path.clone(),
                });
                continue;
            };
            let twins = by_shape
                .entry((operation.method, without_names(&rest)))
                .or_default();
            // A path that is nothing but its scope is about the scope itself.
            let comparable = twins.iter().copied().filter(|_| !rest.is_empty());
            let mut differs_from = None;
            let mut joined = false;
            for twin in comparable {
                let group = &groups[twin];
                if group.scopes.contains(&scope) {
                    continue;
                }
                match same.difference(group.first(api), operation) {
                    None => {
                        groups[twin].operations.push(index);
                        groups[twin].scopes.push(scope);
                        joined = true;
                        break;
                    }
                    Some(difference) => differs_from = Some((twin, difference)),
                }
            }
            if joined {
                continue;
            }
            if let Some((twin, difference)) = differs_from {
                let other = groups[twin].first(api);
                diagnostics.push(
                    Diagnostic::new(
                        Code::TwinsDiffer,
                        operation.at.clone(),
                        format!(
                            "{} {} and {} differ in {difference}",
                            operation.method.as_str(),
                            operation.path,
                            other.path
                        ),
                    )
                    .help(
                        "they become two methods; make both sides equal in the document to get one",
                    ),
                );
            }
            twins.push(groups.len());
            groups.push(Group {
                operations: vec![index],
                scopes: vec![scope],
                rest,
            });
        }
        for group in groups.iter().filter(|group| group.has_twins()) {
            self.add_union(&group.scopes, names);
        }
        groups
    }

    /// The type of the first argument of twins.
    pub(super) fn union_of(&self, scopes: &[usize]) -> Option<&Ident> {
        self.unions.get(&sorted(scopes))
    }

    /// The scope types that are used, for the crate.
    pub(super) fn items(&self, groups: &[Group]) -> Vec<model::Scope> {
        let used: BTreeSet<usize> = groups
            .iter()
            .flat_map(|group| group.scopes.iter().copied())
            .collect();
        let ids = used.iter().map(|scope| {
            let scope = &self.all[*scope];
            model::Scope::Id {
                name: scope.id.clone(),
                docs: vec![format!(
                    "The identifier after `/{}/` in a path.",
                    scope.literal
                )],
            }
        });
        let unions = self
            .unions
            .iter()
            .map(|(scopes, name)| model::Scope::OneOf {
                name: name.clone(),
                docs: vec!["Whose things a call is about.".to_owned()],
                variants: scopes
                    .iter()
                    .map(|scope| {
                        let scope = &self.all[*scope];
                        model::ScopeVariant {
                            name: scope.variant.clone(),
                            literal: scope.literal.clone(),
                            id: scope.id.clone(),
                        }
                    })
                    .collect(),
            });
        ids.chain(unions).collect()
    }

    /// The scope of a path and what follows it.
    fn of(&self, path: &str) -> Option<(usize, String)> {
        self.all.iter().enumerate().find_map(|(index, scope)| {
            split(path, &scope.literal).map(|rest| (index, rest.to_owned()))
        })
    }

    fn add_union(&mut self, scopes: &[usize], names: &mut Names) {
        let key = sorted(scopes);
        if !self.unions.contains_key(&key) {
            let words: Vec<&str> = key
                .iter()
                .map(|scope| self.all[*scope].variant.bare())
                .collect();
            let name = names.mint(Use::Type, &words.join("Or"), &["scope"]);
            self.unions.insert(key, name);
        }
    }
}

fn sorted(scopes: &[usize]) -> Vec<usize> {
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes
}

fn scope(
    literal: String,
    name: Option<&str>,
    id: Option<&str>,
    env: Option<String>,
    names: &mut Names,
) -> Scope {
    let word = literal.rsplit('/').next().unwrap_or_default();
    let variant = super::names::lone(Use::Variant, name.unwrap_or(&singular(word)));
    let id = names.mint(
        Use::Type,
        id.unwrap_or(&format!("{}Id", variant.bare())),
        &["scope"],
    );
    Scope {
        literal,
        variant,
        id,
        env,
    }
}

/// `/accounts/{account_id}` to `accounts`.
fn literal_of(prefix: &str) -> Option<String> {
    let (literal, parameter) = prefix.trim_matches('/').rsplit_once('/')?;
    let is_parameter = parameter.starts_with('{') && parameter.ends_with('}');
    (is_parameter && !literal.contains('{')).then(|| literal.to_owned())
}

/// What follows `/literal/{…}` in a path.
fn split<'p>(path: &'p str, literal: &str) -> Option<&'p str> {
    let after = path
        .strip_prefix('/')?
        .strip_prefix(literal)?
        .strip_prefix("/{")?;
    let end = after.find('}')?;
    let rest = &after[end + 1..];
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// A path with its parameters' names left out.
pub(super) fn without_names(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        inside = (inside || character == '{') && character != '}';
        if !inside || character == '{' {
            text.push(character);
        }
    }
    text
}

/// Literals that stand before a parameter at the front of paths which otherwise are the same.
fn shared_fronts(api: &Api) -> Vec<String> {
    let mut by_rest: BTreeMap<(crate::api::Method, String), BTreeSet<&str>> = BTreeMap::new();
    for operation in &api.operations {
        let has_parameter = operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Path);
        let front = operation
            .path
            .strip_prefix('/')
            .and_then(|path| path.split_once("/{"));
        if let (true, Some((literal, _))) = (has_parameter, front)
            && !literal.contains('/')
            && let Some(rest) = split(&operation.path, literal)
            && !rest.is_empty()
        {
            by_rest
                .entry((operation.method, without_names(rest)))
                .or_default()
                .insert(literal);
        }
    }
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for literals in by_rest.values() {
        for one in literals {
            for other in literals.iter().filter(|other| *other > one) {
                *shared.entry((one, other)).or_default() += 1;
            }
        }
    }
    let found: BTreeSet<&str> = shared
        .into_iter()
        .filter(|(_, count)| *count >= SHARED_PATHS)
        .flat_map(|((one, other), _)| [one, other])
        .collect();
    found.into_iter().map(str::to_owned).collect()
}
