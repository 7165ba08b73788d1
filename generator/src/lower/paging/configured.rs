//! What the configuration says of pages.

use super::Structure;
use super::members;
use super::words;
use crate::api::{Api, Method, NextPage, Operation, PageFacts, Paging};
use crate::config::{Config, PagingConfig, PagingSchemeConfig};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// What the configuration says of an operation, if anything: the more exact wins, for each key by itself.
pub(super) fn settings(config: &Config, operation: &Operation) -> Option<PagingConfig> {
    let mut entries: Vec<(usize, &PagingConfig)> = config
        .paging
        .iter()
        .filter(|_| operation.method == Method::Get)
        .filter_map(|entry| Some((reach(entry, &operation.path)?, entry)))
        .collect();
    entries.sort_by_key(|(length, _)| *length);
    let own = config.operations.get(&operation.id);
    let own = own.and_then(|own| own.paging.as_ref());
    let mut entries = entries.into_iter().map(|(_, entry)| entry).chain(own);
    let first = entries.next()?.clone();
    Some(entries.fold(first, |settings, entry| over(entry, settings)))
}

/// How many segments of a path the entry's prefix covers; `None`: it is for other paths.
fn reach(entry: &PagingConfig, path: &str) -> Option<usize> {
    let segments = |path: &'_ str| -> Vec<String> {
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        segments
            .map(|segment| match segment.starts_with('{') {
                true => "{}".to_owned(),
                false => segment.to_owned(),
            })
            .collect()
    };
    let prefix = segments(entry.prefix.as_deref().unwrap_or_default());
    segments(path).starts_with(&prefix).then_some(prefix.len())
}

fn over(entry: &PagingConfig, under: PagingConfig) -> PagingConfig {
    let or = |over: &Option<String>, under: Option<String>| over.clone().or(under);
    PagingConfig {
        prefix: None,
        scheme: entry.scheme.or(under.scheme),
        parameter: or(&entry.parameter, under.parameter),
        first: entry.first.or(under.first),
        items: or(&entry.items, under.items),
        next: or(&entry.next, under.next),
        total: or(&entry.total, under.total),
        pages: or(&entry.pages, under.pages),
        size: or(&entry.size, under.size),
        number: or(&entry.number, under.number),
        more: or(&entry.more, under.more),
    }
}

/// The pages of an operation as they are configured, else as its structure shows.
pub(super) fn paging(structure: &Structure<'_>, settings: &PagingConfig) -> Option<Paging> {
    if settings.scheme == Some(PagingSchemeConfig::None) {
        return None;
    }
    let found = structure.paging();
    let (items, element) = match &settings.items {
        Some(items) => {
            let items: Vec<String> = Pointer::parse(items).tokens().collect();
            let element = members::element_at(structure.api, structure.operation, &items)?;
            (items, element)
        }
        None => structure.list.clone()?,
    };
    let next = match settings.scheme {
        Some(scheme) => configured(structure, settings, scheme)?,
        None => refined(found?.next, settings),
    };
    let facts = structure.facts(&next);
    let or = |over: &Option<String>, under: Option<String>| over.clone().or(under);
    Some(Paging {
        next,
        items,
        element,
        facts: PageFacts {
            total: or(&settings.total, facts.total),
            pages: or(&settings.pages, facts.pages),
            size: or(&settings.size, facts.size),
            number: or(&settings.number, facts.number),
            more: or(&settings.more, facts.more),
        },
    })
}

/// The scheme that is configured; `None`: neither configuration nor document say what it needs.
fn configured(
    structure: &Structure<'_>,
    settings: &PagingConfig,
    scheme: PagingSchemeConfig,
) -> Option<NextPage> {
    let found = match scheme {
        PagingSchemeConfig::Page => structure.page(),
        PagingSchemeConfig::Offset => structure.offset(),
        PagingSchemeConfig::Cursor => structure.cursor(),
        PagingSchemeConfig::LastItem => structure.last_item(),
        PagingSchemeConfig::Url => structure.url(),
        PagingSchemeConfig::Link => Some(NextPage::Link),
        PagingSchemeConfig::Single | PagingSchemeConfig::None => Some(NextPage::Single),
    };
    if let Some(found) = found {
        return Some(refined(found, settings));
    }
    let parameter = settings.parameter.clone();
    let next = settings.next.clone();
    match scheme {
        PagingSchemeConfig::Page => Some(NextPage::Page {
            parameter: parameter?,
            first: settings.first.unwrap_or(1),
        }),
        PagingSchemeConfig::Offset => Some(NextPage::Offset {
            parameter: parameter?,
            first: settings.first.unwrap_or(0),
        }),
        PagingSchemeConfig::Cursor => Some(NextPage::Cursor {
            parameter: parameter?,
            cursor: next?,
        }),
        PagingSchemeConfig::LastItem => Some(NextPage::LastItem {
            parameter: parameter?,
            member: next.unwrap_or_else(|| words::IDENTIFIER.to_owned()),
        }),
        PagingSchemeConfig::Url => Some(NextPage::Url { url: next? }),
        PagingSchemeConfig::Link | PagingSchemeConfig::Single | PagingSchemeConfig::None => None,
    }
}

/// A scheme with what the configuration says of its parts.
fn refined(found: NextPage, settings: &PagingConfig) -> NextPage {
    let parameter = |found| settings.parameter.clone().unwrap_or(found);
    let next = |found| settings.next.clone().unwrap_or(found);
    match found {
        NextPage::Page {
            parameter: name,
            first,
        } => NextPage::Page {
            parameter: parameter(name),
            first: settings.first.unwrap_or(first),
        },
        NextPage::Offset {
            parameter: name,
            first,
        } => NextPage::Offset {
            parameter: parameter(name),
            first: settings.first.unwrap_or(first),
        },
        NextPage::Cursor {
            parameter: name,
            cursor,
        } => NextPage::Cursor {
            parameter: parameter(name),
            cursor: next(cursor),
        },
        NextPage::LastItem {
            parameter: name,
            member,
        } => NextPage::LastItem {
            parameter: parameter(name),
            member: next(member),
        },
        NextPage::Url { url } => NextPage::Url { url: next(url) },
        NextPage::Link | NextPage::Single => found,
    }
}

/// Says what of the configuration comes to nothing.
pub(super) fn check(api: &Api, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut stale = |message: String, help: &str| {
        let diagnostic = Diagnostic::new(Code::StaleConfiguration, Pointer::root(), message);
        diagnostics.push(diagnostic.help(help));
    };
    for entry in &config.paging {
        let mut operations = api.operations.iter();
        if !operations.any(|operation| reach(entry, &operation.path).is_some()) {
            let prefix = entry.prefix.as_deref().unwrap_or_default();
            let message =
                format!("no path of the document begins with the paging prefix `{prefix}`");
            stale(
                message,
                "remove it from `[[paging]]`, or write the paths as the document has them",
            );
        }
    }
    for operation in &api.operations {
        let settings = config.operations.get(&operation.id);
        let scheme = settings.and_then(|settings| settings.paging.as_ref()?.scheme);
        let is_wanted = scheme.is_some_and(|scheme| scheme != PagingSchemeConfig::None);
        if is_wanted && operation.paging.is_none() {
            stale(
                format!(
                    "the pages of operation `{}` can't be told from its configuration",
                    operation.id
                ),
                "say where the list stands (`items`), which query `parameter` moves, and what is `next`",
            );
        }
    }
}
