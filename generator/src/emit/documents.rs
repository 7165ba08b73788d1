//! Files that aren't Rust: the manifest, the README, the list of operations.

use std::collections::BTreeSet;

use askama::Template;

use super::client::variables_of;
use super::example;
use super::rendered;
use crate::model::{Argument, Crate, Feature, Method, Package, Resource};

/// A file that isn't Rust.
#[derive(Clone, Copy, Debug)]
pub(super) enum Document {
    Manifest,
    Readme,
    Api,
    Rustfmt,
}

impl Document {
    pub(super) fn file(self, krate: &Crate, mark: &str) -> (String, String) {
        let (path, mut text) = match self {
            Self::Manifest => ("Cargo.toml", manifest(krate, mark)),
            Self::Readme => ("README.md", readme(krate, mark)),
            Self::Api => ("api.md", api(krate, mark)),
            Self::Rustfmt => ("rustfmt.toml", rendered(&RustfmtView { mark })),
        };
        text.truncate(text.trim_end().len());
        text.push('\n');
        (path.to_owned(), text)
    }
}

#[derive(Template)]
#[template(path = "rustfmt.toml.askama")]
struct RustfmtView<'c> {
    mark: &'c str,
}

#[derive(Template)]
#[template(path = "Cargo.toml.askama")]
struct ManifestView<'c> {
    mark: &'c str,
    name: String,
    library: String,
    version: String,
    description: String,
    license: String,
    repository: Option<String>,
    publish: Option<bool>,
    features: Option<FeaturesView>,
    has_streams: bool,
    has_decimals: bool,
    examples: Vec<ExampleView>,
    workspace: Option<&'static str>,
}

struct FeaturesView {
    all: String,
    items: Vec<FeatureItemView>,
}

struct FeatureItemView {
    name: String,
    enables: String,
}

struct ExampleView {
    name: String,
    feature: String,
}

fn manifest(krate: &Crate, mark: &str) -> String {
    let package = &krate.package;
    rendered(&ManifestView {
        mark,
        name: toml_text(&package.name),
        library: toml_text(package.library.bare()),
        version: toml_text(&package.version),
        description: toml_text(&package.description),
        license: toml_text(&package.license),
        repository: package.repository.as_deref().map(toml_text),
        publish: (!package.publish).then_some(false),
        features: (!krate.features.is_empty()).then(|| FeaturesView::of(krate)),
        has_streams: has_streams(krate),
        has_decimals: krate.has_decimals,
        examples: krate
            .examples
            .iter()
            .filter_map(|example| {
                Some(ExampleView {
                    name: toml_text(&example.name),
                    feature: toml_text(example.feature.as_ref()?),
                })
            })
            .collect(),
        workspace: (!package.in_workspace)
            .then_some("# Stands alone, wherever it is put.\n[workspace]"),
    })
}

impl FeaturesView {
    fn of(krate: &Crate) -> Self {
        let features = &krate.features;
        let streaming = streaming(krate);
        let brought: BTreeSet<&String> = features.iter().flat_map(|item| &item.enables).collect();
        let chosen = features.iter().map(|feature| &feature.name);
        let chosen: Vec<String> = chosen
            .filter(|name| !brought.contains(name))
            .map(|name| toml_text(name))
            .collect();
        let item = |feature: &Feature| {
            let streams = streaming.contains(&feature.name).then_some(STREAMS);
            let enables = feature.enables.iter().map(String::as_str).chain(streams);
            let enables: Vec<String> = enables.map(toml_text).collect();
            FeatureItemView {
                name: feature.name.clone(),
                enables: enables.join(", "),
            }
        };
        Self {
            all: chosen.join(",\n    "),
            items: features.iter().map(item).collect(),
        }
    }
}

/// The feature that brings streams of events and of lines.
const STREAMS: &str = "streams";

/// Whether a method's answer may come as a stream of values.
fn has_streams(krate: &Crate) -> bool {
    krate.methods().any(|(_, method)| method.streamed.is_some())
}

/// The features with which such a method is compiled.
fn streaming(krate: &Crate) -> BTreeSet<&String> {
    let mut features = BTreeSet::new();
    for resource in &krate.resources {
        gather_streaming(resource, &[], &mut features);
    }
    features
}

fn gather_streaming<'k>(
    resource: &'k Resource,
    inherited: &'k [String],
    features: &mut BTreeSet<&'k String>,
) {
    let gate = if resource.features.is_empty() {
        inherited
    } else {
        &resource.features
    };
    if resource
        .methods
        .iter()
        .any(|method| method.streamed.is_some())
    {
        features.extend(gate);
    }
    for child in &resource.children {
        gather_streaming(child, gate, features);
    }
}

fn toml_text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[derive(Template)]
#[template(path = "README.md.askama")]
struct ReadmeView<'c> {
    mark: &'c str,
    name: &'c str,
    description: &'c str,
    example: String,
    alias: String,
    dependency: String,
    credentials: Option<Vec<CredentialView>>,
    base_url_env: &'c str,
    choice: Option<ChoiceView>,
    has_streams: bool,
    /// A call that has pages.
    paged: Option<String>,
    /// A header that makes it safe to send a call again.
    keyed: Option<&'c str>,
}

struct ChoiceView {
    dependency: String,
    features: Vec<FeatureView>,
}

struct FeatureView {
    name: String,
    accessors: String,
}

struct CredentialView {
    constructor: String,
    variables: String,
}

fn readme(krate: &Crate, mark: &str) -> String {
    let package = &krate.package;
    let credentials: Vec<CredentialView> = krate
        .service
        .credentials
        .iter()
        .map(|credential| {
            let arguments: Vec<&str> = credential
                .parts
                .iter()
                .map(|part| part.argument.bare())
                .collect();
            CredentialView {
                constructor: format!(
                    "Credentials::{}({})",
                    credential.constructor.bare(),
                    arguments.join(", ")
                ),
                variables: variables_of(credential),
            }
        })
        .collect();
    let dependency = if package.alias == package.library {
        format!("version = {}", toml_text(&package.version))
    } else {
        format!(
            "package = {}, version = {}",
            toml_text(&package.name),
            toml_text(&package.version)
        )
    };
    rendered(&ReadmeView {
        mark,
        name: &package.name,
        description: &package.description,
        example: example::shown(krate),
        alias: dependency_key(package),
        credentials: (!credentials.is_empty()).then_some(credentials),
        base_url_env: &krate.service.base_url_env,
        choice: ChoiceView::of(&krate.features, &dependency),
        has_streams: has_streams(krate),
        paged: paged(krate),
        keyed: krate
            .methods()
            .find_map(|(_, method)| method.idempotency_key.as_deref()),
        dependency,
    })
}

/// The first call that has pages.
fn paged(krate: &Crate) -> Option<String> {
    let mut methods = krate.methods();
    let (resource, method) = methods.find(|(_, method)| method.paging.is_some())?;
    Some(spelled(resource, method))
}

/// What the manifest of whoever uses the crate calls it.
fn dependency_key(package: &Package) -> String {
    if package.alias == package.library {
        package.name.clone()
    } else {
        package.alias.to_string()
    }
}

impl ChoiceView {
    fn of(features: &[Feature], dependency: &str) -> Option<Self> {
        let first = features.first()?;
        let accessors = |feature: &Feature| {
            let calls = feature
                .resources
                .iter()
                .map(|name| format!("`client.{name}()`"));
            calls.collect::<Vec<_>>().join(", ")
        };
        Some(Self {
            dependency: format!(
                "{dependency}, default-features = false, features = [\"rustls\", {}]",
                toml_text(&first.name)
            ),
            features: features
                .iter()
                .map(|feature| FeatureView {
                    name: feature.name.clone(),
                    accessors: accessors(feature),
                })
                .collect(),
        })
    }
}

#[derive(Template)]
#[template(path = "api.md.askama")]
struct ApiView<'c> {
    mark: &'c str,
    title: &'c str,
    operations: Vec<OperationView>,
    left_out: Option<Vec<LeftOutView>>,
}

struct OperationView {
    id: String,
    request: String,
    call: String,
}

struct LeftOutView {
    id: String,
    request: String,
    reason: String,
}

fn api(krate: &Crate, mark: &str) -> String {
    let mut operations = Vec::new();
    for resource in &krate.resources {
        list(resource, &mut operations);
    }
    let left_out: Vec<LeftOutView> = krate
        .not_generated
        .iter()
        .map(|operation| LeftOutView {
            id: cell(&operation.id),
            request: cell(&format!("{} {}", operation.method.as_str(), operation.path)),
            reason: cell(&operation.reason),
        })
        .collect();
    rendered(&ApiView {
        mark,
        title: &krate.package.title,
        operations,
        left_out: (!left_out.is_empty()).then_some(left_out),
    })
}

fn list(resource: &Resource, operations: &mut Vec<OperationView>) {
    for method in &resource.methods {
        let call = spelled(resource, method);
        for (id, request) in method.ids.iter().zip(&method.requests) {
            operations.push(OperationView {
                id: cell(id),
                request: cell(request),
                call: cell(&call),
            });
        }
    }
    for child in &resource.children {
        list(child, operations);
    }
}

/// `client.things().create(name, size).color(…)`.
fn spelled(resource: &Resource, method: &Method) -> String {
    let accessors: Vec<String> = resource
        .path
        .iter()
        .map(|module| format!("{module}()"))
        .collect();
    let name = |argument: &Argument| argument.name.to_string();
    let mut arguments: Vec<String> = method.arguments.iter().map(name).collect();
    arguments.extend(
        method
            .required
            .iter()
            .map(|required| required.name.to_string()),
    );
    format!(
        "client.{}.{}({})",
        accessors.join("."),
        method.name,
        arguments.join(", ")
    )
}

/// Text that can't end its cell or its code.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r', '`'], " ")
}
