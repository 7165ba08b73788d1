//! What we will say in Rust: [`Api`] in, [`Crate`] out, with every identifier final.

mod answers;
mod arguments;
mod clashes;
mod contest;
mod docs;
mod examples;
mod features;
mod forms;
mod general;
mod generics;
mod holding;
mod identical;
mod inflection;
mod items;
mod layout;
mod lists;
mod methods;
mod moves;
pub mod names;
mod namespaces;
mod package;
mod paths;
mod placing;
mod reach;
mod recursion;
mod renamed;
mod reserved;
mod resources;
mod same;
mod scopes;
mod secrets;
mod service;
mod size;
#[cfg(test)]
mod tests;
mod tree;
mod type_names;
mod types;
mod unions;

use rayon::prelude::*;

use self::features::Features;
use self::methods::Context;
use self::names::{Ident, Names};
use self::reach::Root;
use self::scopes::{Group, Scopes};
use self::tree::Tree;
use self::type_names::CallWords;
use self::types::Types;
use crate::api::{AnswerKind, Api, BodyKind};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::model::{Crate, Method, Resource, TypeItem};

/// Where the crate comes from and goes to.
#[derive(Clone, Debug, Default)]
pub struct Placement {
    /// The document, as the `@generated` line names it.
    pub source: String,
    /// Package name, over the configuration's.
    pub name: Option<String>,
    /// Whether the crate is a member of the workspace around it.
    pub in_workspace: bool,
}

/// Decides everything that is Rust about an API.
pub fn plan(api: &Api, config: &Config, placement: &Placement) -> Report<Crate> {
    let mut diagnostics = Vec::new();
    let mut names = Names::reserving(reserved::TYPES.iter().copied());
    let mut scopes = Scopes::find(api, config, &mut names, &mut diagnostics);
    let groups = scopes.groups(api, &mut names, &mut diagnostics);
    let standings = resources::place(api, config, &scopes, &groups, &mut diagnostics);
    let tree = Tree::grow(&standings);
    let calls: Vec<CallWords> = standings.iter().map(CallWords::of).collect();
    let roots = roots(api, &groups, &tree);
    let by_operation = calls_by_operation(api, &groups, &standings);
    let types = Types::plan(
        api,
        config,
        &tree,
        &by_operation,
        &roots,
        names,
        &mut diagnostics,
    );
    let users: Vec<_> = types.planned.iter().map(|item| &item.nodes).collect();
    let features = Features::of(&tree, &users);
    let context = Context {
        api,
        scopes: &scopes,
        types: &types,
        features: &features,
        has_configured_base_url: config.client.base_url.is_some(),
    };
    let mut shared_names = Names::inside(&types.names);
    let shared_types = items(api, &types, None, &mut shared_names);
    let gates: Vec<Vec<String>> = types
        .of_node(None)
        .map(|index| features.any(&tree, &types.planned[index].nodes))
        .collect();
    let resources: Vec<Resource> = tree
        .roots
        .par_iter()
        .map(|root| resource(&context, &tree, &groups, &calls, *root))
        .collect();
    let package = package::package(api, config, placement);
    let mut value = Crate {
        service: service::service(api, config, &package.name, &mut diagnostics),
        scopes: scopes.items(&groups),
        examples: examples::examples(api, config, &scopes, &groups, &resources, &mut diagnostics),
        package,
        resources,
        shared_parts: layout::shared(&shared_types, &gates),
        shared_types,
        shared_old_types: Vec::new(),
        features: features.into_items(),
        shared_module: vec![tree::shared_types()],
        has_decimals: !types.hold_decimals.is_empty(),
        not_generated: api.not_generated.clone(),
    };
    renamed::keep(config, &mut value, &mut diagnostics);
    Report { value, diagnostics }
}

fn calls_by_operation(
    api: &Api,
    groups: &[Group],
    standings: &[clashes::Standing],
) -> Vec<CallWords> {
    let mut group_of = vec![0; api.operations.len()];
    for (index, group) in groups.iter().enumerate() {
        for operation in &group.operations {
            group_of[*operation] = index;
        }
    }
    group_of
        .into_iter()
        .filter_map(|group| standings.get(group))
        .map(CallWords::of)
        .collect()
}

/// Every schema that a method takes or gives.
fn roots(api: &Api, groups: &[Group], tree: &Tree) -> Vec<Root> {
    let mut roots = Vec::new();
    for (group, node) in groups.iter().zip(&tree.of_group) {
        let operation = group.first(api);
        let mut root = |schema, sent| {
            roots.push(Root {
                schema,
                node: *node,
                sent,
            })
        };
        for parameter in &operation.parameters {
            if api.constant_parameter(operation, parameter).is_none() {
                root(parameter.schema, true);
            }
        }
        if let Some(body) = &operation.body {
            match (arguments::members(api, body), &body.kind) {
                (Some(members), _) => {
                    for (property, constant) in members {
                        if constant.is_none() {
                            root(property.schema, true);
                        }
                    }
                }
                (None, BodyKind::Json(schema) | BodyKind::Lines(schema)) => root(*schema, true),
                (None, BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Bytes) => {}
            }
        }
        let others = operation.success.others.iter().map(|other| &other.kind);
        for kind in std::iter::once(&operation.success.kind).chain(others) {
            if let AnswerKind::Json { schema, .. } | AnswerKind::Lines(schema) = kind {
                root(*schema, false);
            }
        }
        if let Some(events) = operation.success.events {
            root(events, false);
        }
        for (_, companion) in &operation.success.companions {
            root(*companion, false);
        }
        for error in &operation.errors {
            root(error.schema, false);
        }
    }
    roots
}

/// The types of a file, in document order of their schemas.
fn items(api: &Api, types: &Types<'_>, node: Option<usize>, names: &mut Names) -> Vec<TypeItem> {
    types
        .of_node(node)
        .filter_map(|index| items::item(api, types, index, names))
        .collect()
}

fn resource(
    context: &Context<'_>,
    tree: &Tree,
    groups: &[Group],
    calls: &[CallWords],
    index: usize,
) -> Resource {
    let node = &tree.nodes[index];
    let (handle, mut type_names) = tree::handle(node, &context.types.names);
    let mut method_names = tree.method_names(node);
    let methods: Vec<Method> = node
        .groups
        .iter()
        .map(|group| {
            methods::method(
                context,
                &groups[*group],
                &calls[*group],
                &node.path,
                &mut method_names,
                &mut type_names,
            )
        })
        .collect();
    let children: Vec<Resource> = node
        .children
        .iter()
        .map(|child| resource(context, tree, groups, calls, *child))
        .collect();
    let types = items(context.api, context.types, Some(index), &mut type_names);
    let modules: Vec<&Ident> = children.iter().map(|child| &child.module).collect();
    let gates = gates(context, tree, index);
    let parts = layout::resource(&methods, &types, &gates, &modules);
    let reached: Vec<&Ident> = methods
        .iter()
        .map(|method| &method.name)
        .chain(modules)
        .collect();
    let spoken = node.words.join(" ").replace('_', " ");
    Resource {
        module: node.path.last().cloned().unwrap_or_else(tree::shared_types),
        path: node.path.clone(),
        handle,
        docs: vec![docs::of_resource(&spoken, &reached)],
        methods,
        old_methods: Vec::new(),
        types,
        old_types: Vec::new(),
        parts,
        features: context.features.of_node(index),
        children,
    }
}

/// What each type of a resource is compiled with, where that is less than the resource is.
fn gates(context: &Context<'_>, tree: &Tree, index: usize) -> Vec<Vec<String>> {
    let types = context.types;
    types
        .of_node(Some(index))
        .map(|item| &types.planned[item].nodes)
        .map(|nodes| context.features.any_within(tree, index, nodes))
        .collect()
}
