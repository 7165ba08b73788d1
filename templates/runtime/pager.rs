//! Reading a list page by page: one call after the other, and where each page goes.

use std::task::{self, Poll, ready};
use std::time::Duration;

use super::call::Call;
use super::error::{Context, Error};
use super::model::{Field, Model, ModelShape};
use super::page_facts::PageFacts;
use super::page_turn::{After, PageTurn, Step};
use super::paging::{NextPage, PagingScheme};
use super::query_pairs;
use super::read::read;
use super::response::Received;
use super::send::execute;
use super::turns::Turns;
use super::uri;
use super::value::{Get, OptionalSlot, Slot, Value};

/// A page: the answer, and which call it is of.
type Page = (Context, Box<Received>);

/// A page, and what the ones after it need.
type Arrived<'a> = Result<(Box<Calls<'a>>, Page), Error>;

/// A page with what it says of itself.
type Told<'a> = (Box<Calls<'a>>, Page, PageFacts);

/// The pages of a call. Each is asked for only when it is wanted; after an error there are no more.
pub(crate) struct Pager<'a> {
    turns: Turns<'a, Box<Calls<'a>>, Arrived<'a>>,
    /// What is told after the last page.
    failed: Option<Error>,
}

impl<'a> Pager<'a> {
    pub(crate) fn new(call: Box<Call<'a>>) -> Self {
        Self {
            turns: Turns::Idle(Box::new(Calls::new(call))),
            failed: None,
        }
    }

    /// The next page, its whole value read into a place.
    pub(crate) fn poll_page(
        &mut self,
        waker: &mut task::Context<'_>,
        slot: Slot<'_>,
    ) -> Poll<Option<Result<Page, Error>>> {
        self.poll(waker).map(|arrived| match arrived? {
            Ok(told) => self.take(told, slot),
            Err(error) => Some(Err(error)),
        })
    }

    /// The next page, its list alone read into a place.
    pub(crate) fn poll_items(
        &mut self,
        waker: &mut task::Context<'_>,
        place: &mut dyn OptionalSlot,
    ) -> Poll<Option<Result<Page, Error>>> {
        self.poll(waker).map(|arrived| match arrived? {
            Ok(told) => {
                let path = told.0.scheme.items;
                let mut content = Content::at(path, place);
                self.take(told, content.slot())
            }
            Err(error) => Some(Err(error)),
        })
    }

    fn poll(&mut self, waker: &mut task::Context<'_>) -> Poll<Option<Result<Told<'a>, Error>>> {
        if let Some(error) = self.failed.take() {
            return Poll::Ready(Some(Err(error)));
        }
        loop {
            let (mut calls, page) = match ready!(self.turns.poll(waker, Calls::fetch)) {
                Some(Ok(arrived)) => arrived,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            let (_, received) = &page;
            let facts = PageFacts::of(calls.scheme, calls.call.answer, received);
            let is_good = received.status.is_success();
            match calls.turn.instead(&facts).filter(|_| is_good) {
                None => return Poll::Ready(Some(Ok((calls, page, facts)))),
                step => {
                    calls.step = step;
                    self.turns = Turns::Idle(calls);
                }
            }
        }
    }

    /// Reads a page, and decides what follows it.
    fn take(
        &mut self,
        (mut calls, (context, received), facts): Told<'a>,
        slot: Slot<'_>,
    ) -> Option<Result<Page, Error>> {
        let answer = calls.call.answer;
        let (context, received) = match read(context, received, answer, slot) {
            Ok(page) => page,
            Err(error) => return Some(Err(error)),
        };
        match calls.turn.turn(&facts) {
            After::Page(step) => {
                calls.step = Some(step);
                self.turns = Turns::Idle(calls);
            }
            After::End => {}
            After::Repeated => return None,
            After::Stuck(why, pointer) => {
                let (context, received) = (context.clone(), received.copy());
                self.failed = Some(Error::unreadable(context, received, pointer, why));
            }
            After::Wrong(why, pointer) => {
                return Some(Err(Error::unreadable(context, received, pointer, why)));
            }
        }
        Some(Ok((context, received)))
    }
}

/// The calls of all pages, one after the other.
struct Calls<'a> {
    /// As the caller made it; and where links lead on, the page that it was at last.
    call: Box<Call<'a>>,
    scheme: &'static PagingScheme,
    turn: PageTurn,
    /// What the next page is asked for with; none: the first is asked for as the caller said.
    step: Option<Step>,
    /// How long the pages so far took.
    elapsed: Duration,
}

impl<'a> Calls<'a> {
    fn new(call: Box<Call<'a>>) -> Self {
        let scheme = call.paging.unwrap_or(&PagingScheme::LINK);
        let given = parameter(scheme).and_then(|name| query_pairs::pair(&call.query, name));
        Self {
            turn: PageTurn::new(scheme, given.as_deref()),
            call,
            scheme,
            step: None,
            elapsed: Duration::ZERO,
        }
    }

    async fn fetch(mut self: Box<Self>) -> Arrived<'a> {
        let mut call = self.call.clone();
        match (&self.step, parameter(self.scheme)) {
            (Some(Step::Value(value)), Some(name)) => {
                call.query = query_pairs::without_pair(&call.query, name);
                uri::push_pair(&mut call.query, name, value);
            }
            (Some(Step::Url(url)), _) => {
                self.call.follow(url);
                call.link.clone_from(&self.call.link);
            }
            (Some(Step::Value(_)), None) | (None, _) => {}
        }
        let limit = call.timeout.unwrap_or(call.client.inner().timeout);
        let left = limit.saturating_sub(self.elapsed);
        if left.is_zero() {
            let context = Context {
                target: Some(call.target.clone()),
                ..Context::default()
            };
            let limit = limit.as_secs_f64();
            let message = format!(
                "the pages before this one took {limit:.1} s: `timeout` gives all pages together more"
            );
            return Err(Error::not_sent(context, message));
        }
        call.timeout(left);
        let page = execute(call, |context, received, _| Ok((context, received))).await?;
        self.elapsed = self.elapsed.saturating_add(page.0.elapsed);
        Ok((self, page))
    }
}

/// The query parameter that moves from page to page.
fn parameter(scheme: &PagingScheme) -> Option<&'static str> {
    match scheme.next {
        NextPage::Page { parameter, .. }
        | NextPage::Offset { parameter, .. }
        | NextPage::Cursor { parameter, .. }
        | NextPage::LastItem { parameter, .. } => Some(parameter),
        NextPage::Link | NextPage::Url(_) => None,
    }
}

/// What is read of a page's answer: its items, or the one member of an object that leads to them.
enum Content<'a> {
    Items(&'a mut dyn OptionalSlot),
    Member(Box<Member<'a>>),
}

/// An object of which one member is read.
struct Member<'a> {
    path: &'static [Field],
    content: Content<'a>,
}

impl<'a> Content<'a> {
    fn at(path: &'static [Field], items: &'a mut dyn OptionalSlot) -> Self {
        match path {
            [] => Self::Items(items),
            [_, inner @ ..] => Self::Member(Box::new(Member {
                path,
                content: Self::at(inner, items),
            })),
        }
    }

    fn place(&mut self) -> &mut dyn OptionalSlot {
        match self {
            Self::Items(items) => &mut **items,
            Self::Member(member) => &mut **member,
        }
    }
}

impl Value for Content<'_> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self.place())
    }

    fn get(&self) -> Get<'_> {
        Get::Absent
    }
}

impl OptionalSlot for Member<'_> {
    fn set_null(&mut self) {
        self.content.place().set_null();
    }

    fn fill(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }
}

impl Model for Member<'_> {
    fn shape(&self) -> ModelShape {
        ModelShape {
            name: "Page",
            fields: self.path.get(..1).unwrap_or_default(),
        }
    }

    fn field_mut(&mut self, _index: usize) -> &mut dyn Value {
        &mut self.content
    }

    fn get(&self, _index: usize) -> Get<'_> {
        Get::Absent
    }
}
