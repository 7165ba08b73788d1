//! Which answers are pages of a list, and how one leads to the next: by structure, refined by configuration.
//!
//! An operation has pages if it is a GET whose answer has a list, and a query parameter, a member of the
//! answer or its `Link` header says how to go on. An answer that is nothing but a list is a single page.

mod configured;
mod members;
mod words;

use self::members::{Member, MemberKind, Members};
use self::words::plain;
use crate::api::{
    AnswerKind, Api, Location, Method, NextPage, Operation, PageFacts, Paging, Parameter, Shape,
};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};

/// Finds the pages of every operation.
pub(super) fn find(api: &mut Api, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let found: Vec<Option<Paging>> = api
        .operations
        .iter()
        .map(|operation| {
            let structure = Structure::of(api, operation, config);
            let settings = configured::settings(config, operation);
            let paging = match &settings {
                None => structure.paging(),
                Some(settings) => configured::paging(&structure, settings),
            };
            if paging.is_none() && settings.is_none() {
                diagnostics.extend(structure.puzzle());
            }
            paging
        })
        .collect();
    for (operation, paging) in api.operations.iter_mut().zip(found) {
        operation.paging = paging;
    }
    configured::check(api, config, diagnostics);
}

/// What an operation has that may have to do with pages.
struct Structure<'a> {
    api: &'a Api,
    operation: &'a Operation,
    members: Members,
    list: Option<members::List>,
}

impl<'a> Structure<'a> {
    fn of(api: &'a Api, operation: &'a Operation, config: &'a Config) -> Self {
        let result = config.envelope.as_ref();
        let result = result.map(|envelope| envelope.result.as_str());
        // Answers that depend on the status have no one list.
        let is_one = operation.success.others.is_empty();
        Self {
            api,
            operation,
            members: Members::of(api, operation, result),
            list: members::list(api, operation).filter(|_| is_one),
        }
    }

    /// By structure alone.
    fn paging(&self) -> Option<Paging> {
        if self.operation.method != Method::Get {
            return None;
        }
        let (items, element) = self.list.clone()?;
        let is_bare = items.is_empty();
        let next = self
            .next()
            .or_else(|| is_bare.then_some(NextPage::Single))?;
        let facts = self.facts(&next);
        Some(Paging {
            next,
            items,
            element,
            facts,
        })
    }

    /// What is said where callers can ask for a page, and nothing can be told of its list.
    fn puzzle(&self) -> Option<Diagnostic> {
        let is_answered = matches!(self.operation.success.kind, AnswerKind::Json { .. });
        let parameter = self.parameter(words::PAGE, Self::is_number)?;
        (is_answered && self.operation.method == Method::Get).then(|| {
            let message = format!(
                "`{}` asks for a page by `{}`, and its answer has no list that could be told from others",
                self.operation.id, parameter.name
            );
            Diagnostic::new(Code::UnknownPages, parameter.at.clone(), message).help(
                "it gives one page; name the list by `items` in `[operations.ID.paging]`",
            )
        })
    }

    fn next(&self) -> Option<NextPage> {
        if self.operation.success.links {
            return Some(NextPage::Link);
        }
        self.cursor()
            .or_else(|| self.url())
            .or_else(|| self.page())
            .or_else(|| self.offset())
            .or_else(|| self.last_item())
    }

    fn cursor(&self) -> Option<NextPage> {
        if let Some(parameter) = self.parameter(words::CURSOR, |_, _| true) {
            let own = plain(&parameter.name);
            let cursor = self
                .members
                .find_cursor(&[&format!("next{own}")])
                .or_else(|| self.members.find_cursor(words::NEXT_CURSOR))
                .or_else(|| self.members.find_cursor(&[&own]));
            return cursor.map(|cursor| NextPage::Cursor {
                parameter: parameter.name.clone(),
                cursor: cursor.pointer.clone(),
            });
        }
        // A page that answers name, rather than callers counting.
        let parameter = self.parameter(words::PAGE, |_, _| true)?;
        let cursor = self.members.find_cursor(&["nextpage"])?;
        Some(NextPage::Cursor {
            parameter: parameter.name.clone(),
            cursor: cursor.pointer.clone(),
        })
    }

    fn url(&self) -> Option<NextPage> {
        let text = MemberKind::Text;
        let has_previous = self.members.find(words::PREVIOUS, text).is_some();
        let may_be = |member: &&Member| member.speaks_of_url || has_previous;
        let url = self
            .members
            .find(words::NEXT_URL, text)
            .or_else(|| self.members.link())
            .or_else(|| self.members.find(words::MAY_BE_URL, text).filter(may_be))?;
        Some(NextPage::Url {
            url: url.pointer.clone(),
        })
    }

    fn page(&self) -> Option<NextPage> {
        let parameter = self.parameter(words::PAGE, Self::is_number)?;
        Some(self.pages_by(parameter))
    }

    fn pages_by(&self, parameter: &Parameter) -> NextPage {
        let default = self.default(parameter);
        let says_zero = parameter.description.as_deref().is_some_and(|said| {
            let said = said.to_lowercase();
            [
                "zero-based",
                "zero based",
                "0-based",
                "0 based",
                "starts at 0",
                "starting at 0",
            ]
            .iter()
            .any(|words| said.contains(words))
        });
        NextPage::Page {
            parameter: parameter.name.clone(),
            first: i64::from(!(default == Some(0) || says_zero)),
        }
    }

    fn offset(&self) -> Option<NextPage> {
        let parameter = self.parameter(words::OFFSET, Self::is_number)?;
        // Without a size beside it, `start` and its kin are rather a time.
        self.parameter(words::SIZE, Self::is_number)?;
        Some(self.offset_by(parameter))
    }

    fn offset_by(&self, parameter: &Parameter) -> NextPage {
        let is_from_one = plain(&parameter.name) == "startindex";
        let first = self
            .default(parameter)
            .filter(|first| (0..=1).contains(first));
        NextPage::Offset {
            parameter: parameter.name.clone(),
            first: first.unwrap_or(i64::from(is_from_one)),
        }
    }

    fn last_item(&self) -> Option<NextPage> {
        let parameter = self.parameter(words::AFTER_ITEM, |_, _| true)?;
        self.members.find(words::MORE, MemberKind::Flag)?;
        let member = self.identifier()?;
        Some(NextPage::LastItem {
            parameter: parameter.name.clone(),
            member,
        })
    }

    /// The property that identifies an element; elements of several forms all have it.
    fn identifier(&self) -> Option<String> {
        let (_, element) = self.list.as_ref()?;
        let has = |shape: &Shape| match shape {
            Shape::Object(object) => {
                let mut properties = object.properties.iter();
                properties.any(|property| property.name == words::IDENTIFIER)
            }
            _ => false,
        };
        let shape = &self.api.schema(*element).shape;
        let has_it = match shape {
            Shape::Union(union) => {
                let mut members = union.members.iter();
                members.all(|member| has(&self.api.schema(member.schema).shape))
            }
            other => has(other),
        };
        has_it.then(|| words::IDENTIFIER.to_owned())
    }

    /// What is of use to prove the end of a scheme.
    fn facts(&self, next: &NextPage) -> PageFacts {
        let number = |names| self.members.find(names, MemberKind::Number);
        let total = || number(words::TOTAL);
        let pages = || number(words::PAGES);
        let size = || number(words::SIZE_SAID);
        let which = || number(words::NUMBER);
        let more = || self.members.find(words::MORE, MemberKind::Flag);
        let place = |member: Option<&Member>| member.map(|member| member.pointer.clone());
        match next {
            NextPage::Link => PageFacts::default(),
            NextPage::Url { .. } | NextPage::Cursor { .. } | NextPage::LastItem { .. } => {
                PageFacts {
                    more: place(more()),
                    ..PageFacts::default()
                }
            }
            NextPage::Single | NextPage::Offset { .. } => PageFacts {
                total: place(total()),
                size: place(size()),
                more: place(more()),
                ..PageFacts::default()
            },
            NextPage::Page { .. } => PageFacts {
                total: place(total()),
                pages: place(pages()),
                size: place(size()),
                number: place(which()),
                more: place(more()),
            },
        }
    }

    /// The first query parameter of one of these names that is as it should be.
    fn parameter(
        &self,
        names: &[&str],
        is_fit: impl Fn(&Self, &Parameter) -> bool,
    ) -> Option<&'a Parameter> {
        names.iter().find_map(|name| {
            self.operation.parameters.iter().find(|parameter| {
                parameter.location == Location::Query
                    && plain(&parameter.name) == *name
                    && is_fit(self, parameter)
            })
        })
    }

    fn is_number(&self, parameter: &Parameter) -> bool {
        matches!(
            self.api.schema(parameter.schema).shape,
            Shape::Integer(_) | Shape::Number(_) | Shape::Any
        )
    }

    fn default(&self, parameter: &Parameter) -> Option<i64> {
        self.api.schema(parameter.schema).default.as_ref()?.as_i64()
    }
}
