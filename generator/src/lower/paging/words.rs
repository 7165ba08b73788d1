//! What paging is called: names in small letters, without anything that isn't a letter or a digit.

/// A query parameter that counts pages; `page[number]` is one, too.
pub(super) const PAGE: &[&str] = &[
    "page",
    "pagenumber",
    "pagenum",
    "pageno",
    "pageindex",
    "currentpage",
];

/// A query parameter that counts what stands before a page.
pub(super) const OFFSET: &[&str] = &[
    "offset",
    "pageoffset",
    "skip",
    "startindex",
    "startat",
    "start",
];

/// A query parameter that says how much a page has.
pub(super) const SIZE: &[&str] = &[
    "perpage",
    "pagesize",
    "limit",
    "pagelimit",
    "size",
    "count",
    "maxresults",
    "maxitems",
    "itemsperpage",
    "resultsperpage",
    "top",
    "take",
    "num",
    "rows",
];

/// A query parameter that takes what an answer gave.
pub(super) const CURSOR: &[&str] = &[
    "cursor",
    "pagecursor",
    "nextcursor",
    "aftercursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "starttoken",
    "continuationtoken",
    "continuation",
    "after",
    "pageafter",
    "startingafter",
    "startafter",
    "afterid",
    "marker",
    "bookmark",
    "scrollid",
    "nextpage",
    "pagestate",
];

/// A member with what a cursor parameter takes for the next page; the first of these wins.
pub(super) const NEXT_CURSOR: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextcontinuationtoken",
    "continuationtoken",
    "nextmarker",
    "nextpage",
    "endcursor",
    "aftercursor",
    "pagetoken",
    "cursor",
    "after",
    "lastid",
    "marker",
    "bookmark",
    "scrollid",
    "continuation",
    "pagestate",
    "next",
];

/// A query parameter that takes what identifies the last element.
pub(super) const AFTER_ITEM: &[&str] = &["startingafter", "startafter", "after", "afterid"];

/// A member that is a URL by its name.
pub(super) const NEXT_URL: &[&str] = &[
    "nextlink",
    "odatanextlink",
    "nexturl",
    "nextpageurl",
    "nextpageuri",
    "nexturi",
    "nextpagelink",
    "nexthref",
];

/// A member that may be a URL: what is said of it decides.
pub(super) const MAY_BE_URL: &[&str] = &["next", "nextpage"];

/// What stands beside a link to the next page.
pub(super) const PREVIOUS: &[&str] = &["previous", "prev", "previouspage", "prevpage"];

/// A flag that says whether there is more.
pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmorepages",
    "hasmoreitems",
    "hasmoreresults",
    "morepages",
    "moreavailable",
    "more",
    "istruncated",
    "truncated",
];

/// How many elements there are in all.
pub(super) const TOTAL: &[&str] = &[
    "totalcount",
    "total",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalelements",
    "totalsize",
    "totalhits",
    "totalrows",
];

/// How many pages there are.
pub(super) const PAGES: &[&str] = &[
    "totalpages",
    "totalpage",
    "pagecount",
    "numpages",
    "pages",
    "lastpage",
];

/// How much a page has.
pub(super) const SIZE_SAID: &[&str] = &["perpage", "pagesize", "itemsperpage", "limit", "size"];

/// Which page this is.
pub(super) const NUMBER: &[&str] = &["page", "currentpage", "pagenumber", "pageno", "pageindex"];

/// Objects around what is said of pages.
pub(super) const AROUND_FACTS: &[&str] = &[
    "resultinfo",
    "meta",
    "metadata",
    "responsemetadata",
    "searchmetadata",
    "info",
    "pagination",
    "paginginfo",
    "paginationinfo",
    "pageinfo",
    "paging",
    "pager",
    "page",
    "links",
    "cursor",
    "cursors",
    "next",
];

/// What lists are called in an object around them.
pub(super) const LIST: &[&str] = &[
    "items",
    "data",
    "results",
    "result",
    "values",
    "value",
    "records",
    "entries",
    "list",
    "elements",
    "content",
    "resources",
    "rows",
    "objects",
];

/// What an object is called that stands around every answer.
pub(super) const AROUND_LIST: &[&str] = &["result", "data", "response", "embedded", "payload"];

/// What the identifier of an element is called.
pub(super) const IDENTIFIER: &str = "id";

/// A name as these lists have it.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
