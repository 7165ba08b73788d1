//! From one page to the next, or to the proven end: decisions without any sending.

use std::hash::{BuildHasher, RandomState};

use super::links::NextLink;
use super::page_facts::PageFacts;
use super::paging::{NextPage, PagingScheme};
use super::text::{integer, same_caseless};

/// So many pages in a row may be empty although the service counts more things.
const EMPTY_IN_A_ROW: u32 = 3;

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// With this value of the scheme's query parameter.
    Value(String),
    /// At this URL.
    Url(String),
}

/// What follows a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// Another page.
    Page(Step),
    /// Nothing.
    End,
    /// Nothing, and the page itself is one that was there before.
    Repeated,
    /// More, which can't be reached: why, and where the body says so.
    Stuck(&'static str, &'static str),
    /// The page isn't the one that was asked for.
    Wrong(&'static str, &'static str),
}

/// Where the reading of a list is.
#[derive(Debug)]
pub(crate) struct PageTurn {
    scheme: &'static PagingScheme,
    /// Of the page asked for last; none while only the service can know it.
    number: Option<i64>,
    /// The number of the first page.
    first: i64,
    /// By how much the service counts pages otherwise than callers do.
    shift: Option<i64>,
    /// What the service calls the first page, until the second one tells whether the parameter counts as was thought.
    first_said: Option<i64>,
    pages: u64,
    items: u64,
    empty_in_a_row: u32,
    /// Of the page before.
    digest: Option<u64>,
    /// Hashes of cursors and URLs that were asked for, in their order: eight bytes a page, whatever they are.
    asked: Vec<u64>,
    hashing: RandomState,
}

impl PageTurn {
    /// `given`: the value of the scheme's query parameter that the caller begins with.
    pub(crate) fn new(scheme: &'static PagingScheme, given: Option<&str>) -> Self {
        let mut turn = Self {
            scheme,
            number: given.and_then(integer),
            first: match scheme.next {
                NextPage::Page { first, .. } | NextPage::Offset { first, .. } => first,
                _ => 0,
            },
            shift: None,
            first_said: None,
            pages: 0,
            items: 0,
            empty_in_a_row: 0,
            digest: None,
            asked: Vec::new(),
            hashing: RandomState::new(),
        };
        if let Some(given) = given {
            turn.is_new(given);
        }
        turn
    }

    /// What follows the page that was asked for last.
    pub(crate) fn turn(&mut self, page: &PageFacts) -> After {
        self.pages += 1;
        let after = match self.scheme.next {
            NextPage::Link => self.by_link(page),
            NextPage::Url(pointer) => self.by_url(page, pointer),
            NextPage::Cursor { cursor, .. } => self.by_cursor(page, cursor),
            NextPage::LastItem { .. } => self.by_last_item(page),
            NextPage::Page { .. } => self.by_page(page),
            NextPage::Offset { .. } => self.by_offset(page),
        };
        self.items = self.items.saturating_add(page.count);
        after
    }

    fn by_link(&mut self, page: &PageFacts) -> After {
        match &page.link {
            NextLink::At(url) => self.another(url, page, Step::Url, ""),
            NextLink::None => After::End,
            NextLink::Unsaid | NextLink::Ends if self.pages == 1 && is_cut_off(page) => {
                After::Stuck(
                    "the service has more than this page, and nothing says how to ask for it",
                    self.scheme.total.unwrap_or_default(),
                )
            }
            NextLink::Unsaid | NextLink::Ends => After::End,
        }
    }

    fn by_url(&mut self, page: &PageFacts, pointer: &'static str) -> After {
        match (&page.next, page.more) {
            (_, Some(false)) | (None, None) => After::End,
            (None, Some(true)) => After::Stuck(NO_WAY_ON, pointer),
            (Some(url), _) if !is_url(url) => {
                After::Stuck("the link to the next page is no URL", pointer)
            }
            (Some(url), _) => self.another(url, page, Step::Url, pointer),
        }
    }

    fn by_cursor(&mut self, page: &PageFacts, pointer: &'static str) -> After {
        match (&page.next, page.more) {
            (_, Some(false)) | (None, None) => After::End,
            (None, Some(true)) => After::Stuck(NO_WAY_ON, pointer),
            (Some(cursor), _) => self.another(cursor, page, Step::Value, pointer),
        }
    }

    fn by_last_item(&mut self, page: &PageFacts) -> After {
        let pointer = self.scheme.more.unwrap_or_default();
        match (&page.last, page.more) {
            (_, Some(false)) => After::End,
            (None, None) if page.count == 0 => After::End,
            (None, _) => After::Stuck(NO_WAY_ON, pointer),
            (Some(last), _) => self.another(last, page, Step::Value, pointer),
        }
    }

    /// A cursor or URL leads on unless it led here before: then it would lead in circles.
    fn another(
        &mut self,
        token: &str,
        page: &PageFacts,
        step: fn(String) -> Step,
        pointer: &'static str,
    ) -> After {
        if self.is_new(token) {
            After::Page(step(token.to_owned()))
        } else if page.count == 0 && page.more.is_none() {
            After::End
        } else {
            After::Stuck("it leads to a page that was there before", pointer)
        }
    }

    fn is_new(&mut self, token: &str) -> bool {
        let hash = self.hashing.hash_one(token);
        match self.asked.binary_search(&hash) {
            Ok(_) => false,
            Err(place) => {
                self.asked.insert(place, hash);
                true
            }
        }
    }

    /// What to ask for instead of a page that isn't the second one although it was asked for as such. It isn't given.
    pub(crate) fn instead(&mut self, page: &PageFacts) -> Option<Step> {
        let said = self.first_said.take()?;
        let number = self.number?;
        let (first, next) = match (page.number?.saturating_sub(said), self.first) {
            // The first one came again: the parameter counts from 1.
            (0, 0) => (1, number.saturating_add(1)),
            // The second one was left out: it counts from 0.
            (2, 1) => (0, number.saturating_sub(1)),
            _ => return None,
        };
        self.first = first;
        self.shift = Some(said.saturating_sub(first));
        self.number = Some(next);
        Some(Step::Value(next.to_string()))
    }

    /// The number of the first page, asked for without one.
    fn first_number(&mut self, page: &PageFacts) -> i64 {
        self.first_said = page.number;
        match page.number {
            // Where they disagree, from 0: so none is left out.
            Some(0..=1) if page.number != Some(self.first) => {
                self.first = 0;
                0
            }
            Some(said) => said,
            None => self.first,
        }
    }

    fn by_page(&mut self, page: &PageFacts) -> After {
        let number = match self.number {
            Some(number) => number,
            None => self.first_number(page),
        };
        let shift = page.number.map(|said| said.saturating_sub(number));
        let is_earlier = matches!((self.shift, shift), (Some(usual), Some(now)) if now < usual);
        self.shift = self.shift.or(shift);
        if is_earlier && page.count > 0 {
            return After::Wrong(
                "an earlier page came than was asked for",
                self.scheme.number.unwrap_or_default(),
            );
        }
        let before = u64::try_from(number.saturating_sub(self.first)).unwrap_or_default();
        let promised = self.promised_pages(page, before);
        let next = number.saturating_add(1);
        self.counted(page, promised, Some(next))
    }

    fn by_offset(&mut self, page: &PageFacts) -> After {
        let number = self.number.unwrap_or(self.first);
        let before = u64::try_from(number.saturating_sub(self.first)).unwrap_or_default();
        let promised = said(page)
            .or_else(|| more_than(page, before))
            .or_else(|| hinted(page));
        let step = if page.count > 0 {
            Some(page.count)
        } else {
            page.size
        };
        let step = step.and_then(|step| i64::try_from(step).ok());
        let next = step.map(|step| number.saturating_add(step));
        self.counted(page, promised, next)
    }

    /// Whether the service says that there is more behind this page and the `before` ones before it.
    fn promised_pages(&self, page: &PageFacts, before: u64) -> Option<bool> {
        // A number of pages that the page itself disproves is none.
        let pages = page
            .pages
            .filter(|pages| page.count == 0 || before < *pages)
            .map(|pages| before.saturating_add(1) < pages);
        let items_before = match page.size {
            Some(size) => before.saturating_mul(size),
            None => self.items,
        };
        said(page)
            .or(pages)
            .or_else(|| more_than(page, items_before))
            .or_else(|| hinted(page))
    }

    /// Whether the service has a total, and there weren't as many things yet.
    fn lacks(&self, page: &PageFacts) -> bool {
        let seen = self.items.saturating_add(page.count);
        page.total.is_some_and(|total| total > seen)
    }

    /// The page behind one that is counted: `promised` is what the service says of there being one.
    fn counted(&mut self, page: &PageFacts, promised: Option<bool>, next: Option<i64>) -> After {
        let is_repeated = page.count > 0 && self.digest == Some(page.digest);
        self.digest = Some(page.digest);
        match promised {
            Some(_) if is_repeated => {
                return After::Wrong("the page before came once more", "");
            }
            None if is_repeated => return After::Repeated,
            Some(false) => return After::End,
            None if page.count == 0 => return After::End,
            // Only the service's own word: it may have capped what the caller asked for.
            None if page.size.is_some_and(|size| page.count < size) && !self.lacks(page) => {
                return After::End;
            }
            Some(true) | None => {}
        }
        self.empty_in_a_row = match page.count {
            0 => self.empty_in_a_row + 1,
            _ => 0,
        };
        match next {
            Some(next) if self.empty_in_a_row < EMPTY_IN_A_ROW => {
                self.number = Some(next);
                After::Page(Step::Value(next.to_string()))
            }
            _ => After::End,
        }
    }
}

const NO_WAY_ON: &str = "the service has more than this page, and doesn't say where";

/// What the service says outright of there being more.
fn said(page: &PageFacts) -> Option<bool> {
    page.more.or(match page.link {
        NextLink::At(_) => Some(true),
        NextLink::None => Some(false),
        NextLink::Unsaid | NextLink::Ends => None,
    })
}

/// What links let one think where nothing else is said: whoever links to other pages would to a next one.
fn hinted(page: &PageFacts) -> Option<bool> {
    (page.link == NextLink::Ends).then_some(false)
}

/// Whether there are more things than this page's and those before it; a total that they disprove is none.
fn more_than(page: &PageFacts, before: u64) -> Option<bool> {
    let seen = before.saturating_add(page.count);
    let total = page
        .total
        .filter(|total| page.count == 0 || *total >= seen)?;
    Some(total > seen)
}

/// Whether the only page is full, and not all there is.
fn is_cut_off(page: &PageFacts) -> bool {
    let is_full = page.size.is_none_or(|size| page.count >= size);
    let has_more = page.total.is_some_and(|total| total > page.count);
    page.more == Some(true) || (is_full && page.count > 0 && has_more)
}

/// Anything else would be taken for the last segment of a path.
fn is_url(text: &str) -> bool {
    let starts = |with: &str| {
        text.get(..with.len())
            .is_some_and(|start| same_caseless(start, with))
    };
    text.starts_with("/") || text.starts_with("?") || starts("https://") || starts("http://")
}
