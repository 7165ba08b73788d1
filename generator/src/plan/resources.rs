//! The resource tree: where each method stands and what it is called.
//!
//! By itself an operation stands where [`Placing`] says; the configuration moves what stands under a
//! path prefix, and single operations by their id; names that meet are told apart at the end.

use super::clashes::{self, Standing};
use super::moves::{Move, Moves, Named, dotted};
use super::names::snake;
use super::paths::PathForm;
use super::placing::{Placed, Placing};
use super::scopes::{Group, Scopes};
use crate::api::{Api, Operation};
use crate::config::Config;
use crate::diagnostic::Diagnostic;

/// Finds the place of every group.
pub(super) fn place(
    api: &Api,
    config: &Config,
    scopes: &Scopes,
    groups: &[Group],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Standing> {
    let forms: Vec<PathForm> = groups.iter().map(|group| form(api, group)).collect();
    let placing = Placing::new(api, scopes, groups, &forms, &config.words);
    let mut moves = Moves::of(config);
    let mut standings = Vec::with_capacity(groups.len());
    for (group, form) in groups.iter().zip(&forms) {
        let operation = group.first(api);
        let named = Named {
            rest: form,
            whole: group
                .operations
                .iter()
                .map(|index| PathForm::of(&api.operations[*index].path))
                .collect(),
        };
        let placed = placing.place(group, form);
        let mut standing = moved(placed, &moves.matching(&named), form);
        let by_id = config.operations.get(&operation.id);
        if let Some(resource) = by_id.and_then(|operation| operation.resource.as_deref()) {
            standing.resource = dotted(resource);
        }
        if let Some(name) = by_id.and_then(|operation| operation.name.as_deref()) {
            standing.method = snake(name);
            standing.is_settled = true;
        }
        if standing.resource.is_empty() {
            standing.resource = vec![root_word(operation)];
        }
        standings.push(standing);
    }
    moves.stale(diagnostics);
    clashes::settle(api, scopes, groups, &forms, &mut standings, diagnostics);
    standings
}

/// The path after the scope; that of the scope itself where nothing follows.
fn form(api: &Api, group: &Group) -> PathForm {
    if group.rest.is_empty() {
        PathForm::of(&group.first(api).path)
    } else {
        PathForm::of(&group.rest)
    }
}

/// Where the configured prefixes put what stands somewhere by itself.
fn moved(placed: Option<Placed>, moves: &[Move<'_>], form: &PathForm) -> Standing {
    let Some(placed) = placed else {
        return Standing::default();
    };
    let configured = moves
        .iter()
        .find_map(|found| Some((found.config.resource.as_deref()?, found.covers)));
    let (mut resource, covers) = match configured {
        Some((resource, covers)) => (dotted(resource), covers),
        None => (placed.front.into_iter().collect(), 0),
    };
    let words = placed
        .words
        .into_iter()
        .filter(|(index, _)| *index >= covers);
    resource.extend(words.map(|(_, word)| word));
    let is_covered = covers >= form.segments.len();
    let actions = moves.iter().find_map(|found| found.config.actions);
    let mut method = placed.method;
    match (placed.action, actions) {
        (Some(_), _) if is_covered => {}
        (Some(action), Some(false)) => resource.push(action.word),
        (Some(action), _) => method = action.method,
        (None, Some(true)) if !is_covered && resource.len() > 1 && form.last_word().is_some() => {
            method = resource.pop().unwrap_or(method);
        }
        (None, _) => {}
    }
    let renamed = moves
        .iter()
        .find_map(|found| found.config.methods.get(&method));
    Standing {
        method: renamed.map_or(method, |name| snake(name)),
        resource,
        is_settled: false,
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
