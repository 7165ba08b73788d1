//! How the pages of a list hang together: data of an operation, and the mark of calls that have pages.

use std::marker::PhantomData;

use super::model::Field;

/// How the pages of an operation's answer hang together. Members are JSON pointers (RFC 6901) into the body.
#[derive(Debug)]
pub(crate) struct PagingScheme {
    /// How the next page is asked for.
    pub(crate) next: NextPage,
    /// What leads from the answer's value to the list; empty: the value is the list.
    pub(crate) items: &'static [Field],
    /// How many things all pages have together.
    pub(crate) total: Option<&'static str>,
    /// How many pages there are.
    pub(crate) pages: Option<&'static str>,
    /// How many things a page has at most.
    pub(crate) size: Option<&'static str>,
    /// Which page this is.
    pub(crate) number: Option<&'static str>,
    /// Whether there are more pages.
    pub(crate) more: Option<&'static str>,
}

/// How the next page is asked for.
#[derive(Debug)]
pub(crate) enum NextPage {
    /// By the header `Link` with the relation `next` (RFC 8288); without it, there is no other page.
    Link,
    /// By the URL at this place in the body.
    Url(&'static str),
    /// By a query parameter that counts pages.
    Page {
        /// Its name.
        parameter: &'static str,
        /// The number of the first page, where neither caller nor service says it.
        first: i64,
    },
    /// By a query parameter that counts the things before the page.
    Offset {
        /// Its name.
        parameter: &'static str,
        /// Its value for the first page.
        first: i64,
    },
    /// By a query parameter with what stands at a place in the body.
    Cursor {
        /// Its name.
        parameter: &'static str,
        /// Where its next value stands.
        cursor: &'static str,
    },
    /// By a query parameter that names the last thing of the page before.
    LastItem {
        /// Its name.
        parameter: &'static str,
        /// The member of a thing that names it.
        member: &'static str,
    },
}

impl PagingScheme {
    /// One page, or as many as `Link` headers lead to.
    pub(crate) const LINK: Self = Self {
        next: NextPage::Link,
        items: &[],
        total: None,
        pages: None,
        size: None,
        number: None,
        more: None,
    };
}

/// Tells calls that answer pages of `I` from others; `O` is as in [`RequestBuilder`]. It has no values.
///
/// [`RequestBuilder`]: super::request_builder::RequestBuilder
pub struct Paged<I, O = ()> {
    of: PhantomData<fn() -> (I, O)>,
}
