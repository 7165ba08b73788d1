//! Facts of the emitted manifest.

use super::Placement;
use super::docs;
use super::names::{Use, lone, package as package_name};
use super::service::library;
use crate::api::Api;
use crate::config::Config;
use crate::model::Package;

/// The package of an API.
pub(super) fn package(api: &Api, config: &Config, placement: &Placement) -> Package {
    let facts = &config.package;
    let title = facts.title.clone().unwrap_or_else(|| one_line(&api.title));
    let name = placement
        .name
        .as_deref()
        .or(facts.name.as_deref())
        .map_or_else(|| package_name(&title), package_name);
    let library = library(&name);
    Package {
        version: facts.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: facts
            .description
            .clone()
            .unwrap_or_else(|| description(&title)),
        license: facts
            .license
            .clone()
            .unwrap_or_else(|| "MIT OR Apache-2.0".to_owned()),
        repository: facts.repository.clone(),
        about: api
            .description
            .as_deref()
            .map(docs::lines)
            .unwrap_or_default(),
        source: placement.source.clone(),
        alias: facts
            .alias
            .as_deref()
            .map_or_else(|| library.clone(), |alias| lone(Use::Module, alias)),
        publish: facts.publish,
        in_workspace: placement.in_workspace,
        title,
        library,
        name,
    }
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        "SDK".to_owned()
    } else {
        line
    }
}

fn description(title: &str) -> String {
    let last = title.split_whitespace().next_back().unwrap_or_default();
    if last.eq_ignore_ascii_case("api") {
        format!("A client for the {title}.")
    } else {
        format!("A client for the {title} API.")
    }
}
