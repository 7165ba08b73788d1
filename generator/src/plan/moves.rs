//! What the configuration says of where operations stand: path prefixes, the longest first.

use super::names::snake;
use super::paths::PathForm;
use crate::config::{Config, ResourceConfig};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// A configured prefix.
struct Prefix<'c> {
    config: &'c ResourceConfig,
    form: PathForm,
    used: bool,
}

/// The configured prefixes, those of most pieces first.
pub(super) struct Moves<'c>(Vec<Prefix<'c>>);

/// A prefix that an operation stands under.
#[derive(Clone, Copy)]
pub(super) struct Move<'c> {
    pub(super) config: &'c ResourceConfig,
    /// How many pieces of the path after the scope it covers.
    pub(super) covers: usize,
}

/// An operation's path, in the two ways in which a prefix may name it.
pub(super) struct Named<'p> {
    /// After the scope.
    pub(super) rest: &'p PathForm,
    /// The whole, for each of twins.
    pub(super) whole: Vec<PathForm>,
}

impl<'c> Moves<'c> {
    pub(super) fn of(config: &'c Config) -> Self {
        let mut prefixes: Vec<Prefix<'c>> = config
            .resources
            .iter()
            .map(|config| Prefix {
                config,
                form: PathForm::of(&config.prefix),
                used: false,
            })
            .collect();
        prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.form.segments.len()));
        Self(prefixes)
    }

    /// The prefixes of an operation, that which covers most first; of two that cover as much, that
    /// which names the scope.
    pub(super) fn matching(&mut self, path: &Named<'_>) -> Vec<Move<'c>> {
        let mut found: Vec<(Move<'c>, bool)> = Vec::new();
        for prefix in &mut self.0 {
            let length = prefix.form.segments.len();
            let covers = if path.rest.begins_with(&prefix.form) {
                Some((length, false))
            } else {
                path.whole
                    .iter()
                    .filter(|whole| whole.begins_with(&prefix.form))
                    .map(|whole| {
                        whole
                            .segments
                            .len()
                            .saturating_sub(path.rest.segments.len())
                    })
                    // A prefix that is a scope alone is about the scope, not about all that stands below it.
                    .find(|scope| length > *scope)
                    .map(|scope| (length - scope, true))
            };
            if let Some((covers, names_scope)) = covers {
                prefix.used = true;
                let config = prefix.config;
                found.push((Move { config, covers }, names_scope));
            }
        }
        found.sort_by_key(|(found, names_scope)| std::cmp::Reverse((found.covers, *names_scope)));
        found.into_iter().map(|(found, _)| found).collect()
    }

    /// Prefixes that no path begins with.
    pub(super) fn stale(&self, diagnostics: &mut Vec<Diagnostic>) {
        for prefix in self.0.iter().filter(|prefix| !prefix.used) {
            diagnostics.push(Diagnostic::new(
                Code::StaleConfiguration,
                Pointer::root(),
                format!(
                    "no path of the document begins with the resource prefix `{}`",
                    prefix.config.prefix
                ),
            ));
        }
    }
}

/// Resource words of the configuration: `zero_trust.access`.
pub(super) fn dotted(text: &str) -> Vec<String> {
    text.split('.')
        .map(snake)
        .filter(|word| !word.is_empty())
        .collect()
}
