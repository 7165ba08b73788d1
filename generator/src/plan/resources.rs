//! The resource tree: where each method stands and what it is called.
//!
//! The configuration decides first: an operation by its id, then the longest path prefix. Otherwise
//! the path does: its literal words are the resource, the verb and the form of the path the method.
//! A POST to a word that nothing else lives under is an action: the word is the method.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names::snake;
use super::scopes::{Group, without_names};
use crate::api::{AnswerKind, Api, Method, Operation, SchemaId, Shape};
use crate::config::{Config, ResourceConfig};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Where a method stands, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Resource words from the root, in snake case; at least one.
    pub(super) resource: Vec<String>,
    /// Method, in snake case.
    pub(super) method: String,
}

/// Finds the place of every group.
pub(super) fn place(
    api: &Api,
    config: &Config,
    groups: &[Group],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Standing> {
    let paths = Paths::of(api);
    let prefixes = Prefixes::of(config);
    let mut taken: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    let mut standings = Vec::with_capacity(groups.len());
    for group in groups {
        let operation = group.first(api);
        let by_id = config.operations.get(&operation.id);
        let mut standing = default_place(api, group, &paths);
        if let Some(prefix) = prefixes.longest(&group.rest) {
            used.insert(prefix.prefix.as_str());
            let beyond = literals(&group.rest[prefix.prefix.trim_end_matches('/').len()..]);
            standing.resource = words(&prefix.resource);
            let action = beyond.last().is_some_and(|last| *last == standing.method);
            let below = beyond.len() - usize::from(action);
            standing.resource.extend(beyond.into_iter().take(below));
        }
        if let Some(resource) = by_id.and_then(|operation| operation.resource.as_deref()) {
            standing.resource = words(resource);
        }
        if standing.resource.is_empty() {
            standing.resource = vec![root_word(operation)];
        }
        let named = by_id.and_then(|operation| operation.name.as_deref());
        if let Some(name) = named {
            standing.method = snake(name);
        } else if let Some(word) = &group.told_apart_by {
            standing.method = format!("{}_for_{}", standing.method, snake(word));
        }
        let methods = taken.entry(standing.resource.clone()).or_default();
        settle(&mut standing.method, methods, group, operation, diagnostics);
        standings.push(standing);
    }
    for prefix in config
        .resources
        .iter()
        .filter(|resource| !used.contains(resource.prefix.as_str()))
    {
        diagnostics.push(Diagnostic::new(
            Code::StaleConfiguration,
            Pointer::root(),
            format!(
                "no path of the document begins with the resource prefix `{}`",
                prefix.prefix
            ),
        ));
    }
    standings
}

/// Gives a method a name that its resource doesn't have yet.
fn settle(
    method: &mut String,
    methods: &mut BTreeSet<String>,
    group: &Group,
    operation: &Operation,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if methods.insert(method.clone()) {
        return;
    }
    let parameter = operation
        .path
        .rsplit_once('{')
        .and_then(|(_, rest)| rest.split_once('}'))
        .map(|(name, _)| name);
    let by_parameter = parameter.map(|name| format!("{method}_by_{}", snake(name)));
    let by_word = literals(&group.rest)
        .pop()
        .map(|word| format!("{method}_{word}"));
    let candidates = [
        by_word.filter(|_| !group.rest.ends_with('}')),
        by_parameter,
        Some(snake(&operation.id)),
    ];
    let free = candidates
        .into_iter()
        .flatten()
        .find(|candidate| methods.insert(candidate.clone()));
    let name = free.unwrap_or_else(|| {
        // Ids are unique, so this is the rare id that differs from another by punctuation alone.
        let verb = operation.method.as_str().to_ascii_lowercase();
        let name = format!("{verb}_{}", snake(&operation.path));
        methods.insert(name.clone());
        name
    });
    diagnostics.push(
        Diagnostic::new(
            Code::MethodNameClash,
            operation.at.clone(),
            format!("`{method}` is taken by another operation of the resource"),
        )
        .help(format!(
            "it is called `{name}`; `name` under its id in the configuration says otherwise"
        )),
    );
    *method = name;
}

fn default_place(api: &Api, group: &Group, paths: &Paths) -> Standing {
    let operation = group.first(api);
    let is_scope_itself = group.rest.is_empty();
    let path = if is_scope_itself {
        &operation.path
    } else {
        &group.rest
    };
    let mut resource = literals(path);
    let ends_with_parameter = path.ends_with('}');
    let is_action = !ends_with_parameter
        && operation.method == Method::Post
        && resource.len() > 1
        && paths.is_bare(&operation.path);
    if is_action && let Some(action) = resource.pop() {
        return Standing {
            resource,
            method: action,
        };
    }
    let method = match operation.method {
        Method::Get if !ends_with_parameter && answers_list(api, operation) => "list",
        Method::Get => "get",
        Method::Post => "create",
        Method::Put => "update",
        Method::Patch => "edit",
        Method::Delete => "delete",
        Method::Options => "options",
        Method::Head => "head",
        Method::Trace => "trace",
    };
    Standing {
        resource,
        method: method.to_owned(),
    }
}

/// The resource of operations on the root of the service.
fn root_word(operation: &Operation) -> String {
    operation
        .tags
        .first()
        .map(|tag| snake(tag))
        .filter(|word| !word.is_empty())
        .unwrap_or_else(|| "root".to_owned())
}

/// Whether an answer is a list: an array, or an object around just one array of objects.
fn answers_list(api: &Api, operation: &Operation) -> bool {
    let AnswerKind::Json { schema, .. } = operation.success.kind else {
        return false;
    };
    match &api.schema(schema).shape {
        Shape::List(_) => true,
        Shape::Object(object) => {
            let mut lists = object
                .properties
                .iter()
                .filter(|property| is_list_of_things(api, property.schema));
            match (lists.next(), lists.next()) {
                (Some(list), None) => {
                    object.properties.len() <= 2 || LIST_WORDS.contains(&list.name.as_str())
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// What lists are called inside an object around them.
const LIST_WORDS: &[&str] = &[
    "items", "data", "results", "values", "records", "entries", "list", "elements", "value",
    "content",
];

fn is_list_of_things(api: &Api, id: SchemaId) -> bool {
    match api.schema(id).shape {
        Shape::List(items) => matches!(
            api.schema(items).shape,
            Shape::Object(_) | Shape::Union(_) | Shape::Any | Shape::Map(_)
        ),
        _ => false,
    }
}

/// The literal words of a path, without leading words that only say a version.
fn literals(path: &str) -> Vec<String> {
    let mut words: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .map(|segment| snake(segment.split('{').next().unwrap_or_default()))
        .filter(|word| !word.is_empty())
        .collect();
    let versions = words
        .iter()
        .take_while(|word| is_version(word) || *word == "api")
        .count();
    words.drain(..versions.min(words.len().saturating_sub(1)));
    words
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit()) && rest.len() < 5
    })
}

fn words(dotted: &str) -> Vec<String> {
    dotted
        .split('.')
        .map(snake)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Which verbs a path has and whether anything lives below it.
struct Paths {
    verbs: HashMap<String, usize>,
    parents: BTreeSet<String>,
}

impl Paths {
    fn of(api: &Api) -> Self {
        let mut verbs: HashMap<String, usize> = HashMap::new();
        let mut parents = BTreeSet::new();
        for operation in &api.operations {
            let path = without_names(&operation.path);
            for (slash, _) in path.match_indices('/').skip(1) {
                parents.insert(path[..slash].to_owned());
            }
            *verbs.entry(path).or_default() += 1;
        }
        Self { verbs, parents }
    }

    /// Whether a path has one verb alone and nothing below it.
    fn is_bare(&self, path: &str) -> bool {
        let path = without_names(path);
        self.verbs.get(&path) == Some(&1) && !self.parents.contains(&path)
    }
}

/// The configured prefixes, longest first.
struct Prefixes<'c>(Vec<&'c ResourceConfig>);

impl<'c> Prefixes<'c> {
    fn of(config: &'c Config) -> Self {
        let mut prefixes: Vec<&ResourceConfig> = config.resources.iter().collect();
        prefixes.sort_by_key(|resource| std::cmp::Reverse(resource.prefix.len()));
        Self(prefixes)
    }

    fn longest(&self, rest: &str) -> Option<&'c ResourceConfig> {
        self.0.iter().copied().find(|resource| {
            let prefix = resource.prefix.trim_end_matches('/');
            rest.strip_prefix(prefix)
                .is_some_and(|after| after.is_empty() || after.starts_with('/'))
        })
    }
}
