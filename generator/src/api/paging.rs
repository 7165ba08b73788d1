//! How the pages of a list hang together.

use super::SchemaId;

/// How the pages of an answer hang together. Places are JSON pointers (RFC 6901) into the answer's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub next: NextPage,
    /// The properties that lead from the answer's value to the list; empty: the value is the list.
    pub items: Vec<String>,
    /// The elements of the list.
    pub element: SchemaId,
    /// What the answer says of all pages.
    pub facts: PageFacts,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// Not at all, as far as the document says.
    Single,
    /// By the header `Link` with the relation `next` (RFC 8288).
    Link,
    /// By a URL in the body.
    Url {
        /// Where it stands.
        url: String,
    },
    /// By a query parameter that counts pages.
    Page {
        /// Its name.
        parameter: String,
        /// The number of the first page.
        first: i64,
    },
    /// By a query parameter that counts the elements before the page.
    Offset {
        /// Its name.
        parameter: String,
        /// Its value for the first page.
        first: i64,
    },
    /// By a query parameter with what stands in the body.
    Cursor {
        /// Its name.
        parameter: String,
        /// Where its next value stands.
        cursor: String,
    },
    /// By a query parameter that names the last element of the page before.
    LastItem {
        /// Its name.
        parameter: String,
        /// The property of an element that names it.
        member: String,
    },
}

impl NextPage {
    /// As the configuration calls it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Link => "link",
            Self::Url { .. } => "url",
            Self::Page { .. } => "page",
            Self::Offset { .. } => "offset",
            Self::Cursor { .. } => "cursor",
            Self::LastItem { .. } => "last_item",
        }
    }
}

/// Where an answer says how many pages and elements there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// How many elements all pages have together.
    pub total: Option<String>,
    /// How many pages there are.
    pub pages: Option<String>,
    /// How many elements a page has at most.
    pub size: Option<String>,
    /// Which page this is.
    pub number: Option<String>,
    /// A flag: whether there are more pages.
    pub more: Option<String>,
}

impl PageFacts {
    /// What the answer says, by what it is called in the configuration and in the runtime.
    pub fn places(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("total", &self.total),
            ("pages", &self.pages),
            ("size", &self.size),
            ("number", &self.number),
            ("more", &self.more),
        ];
        all.into_iter()
            .filter_map(|(name, place)| Some((name, place.as_deref()?)))
    }
}
