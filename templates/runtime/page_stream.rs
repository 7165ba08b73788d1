//! Lists that are longer than a page, as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::call::Call;
use super::error::Error;
use super::pager::Pager;
use super::paging::Paged;
use super::request_builder::RequestBuilder;
use super::response::Response;
use super::value::Value;

impl<'a, T, I, O> RequestBuilder<'a, T, Paged<I, O>> {
    /// The things of all pages, from the page that is set here on, or from the first.
    ///
    /// A page is asked for when the things of the one before it are used up, with everything that is set
    /// here; [`timeout`](Self::timeout) is for the calls of all pages together, [`max_retries`](Self::max_retries) for each.
    pub fn stream(self) -> ItemStream<'a, I> {
        ItemStream::new(self.call)
    }

    /// As [`stream`](Self::stream), by whole pages with what stands around them.
    pub fn pages(self) -> PageStream<'a, T> {
        PageStream::new(self.call)
    }
}

/// The things of all pages of a list: `while let Some(thing) = things.next().await`, or any of what
/// the crates `futures` and `tokio-stream` offer for a [`Stream`].
///
/// The end is told by what the service says: a total, a short or an empty page, no further link or cursor.
/// Where it contradicts itself, so that things could be missing, the last item is an error. After an error
/// nothing follows. No more than a page is in memory; dropping the stream stops everything.
#[must_use = "a stream does nothing until it is polled"]
pub struct ItemStream<'a, I> {
    pages: Pager<'a>,
    items: IntoIter<I>,
}

impl<'a, I> ItemStream<'a, I> {
    pub(crate) fn new(call: Box<Call<'a>>) -> Self {
        Self {
            pages: Pager::new(call),
            items: Vec::new().into_iter(),
        }
    }
}

impl<I: Value + Default> ItemStream<'_, I> {
    /// The next thing; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// All things at once.
    ///
    /// # Errors
    ///
    /// The first error; what came before it is lost.
    pub async fn try_collect<C: Default + Extend<I>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(item) = self.next().await {
            all.extend([item?]);
        }
        Ok(all)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let mut items: Option<Vec<I>> = None;
            match ready!(self.pages.poll_items(context, &mut items)) {
                Some(Ok(_)) => self.items = items.unwrap_or_default().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in it is pinned but the box of the call, which can be moved.
impl<I> Unpin for ItemStream<'_, I> {}

impl<I: Value + Default> Stream for ItemStream<'_, I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<I> fmt::Debug for ItemStream<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

/// All pages of a list, one after the other. It ends as an [`ItemStream`] does.
#[must_use = "a stream does nothing until it is polled"]
pub struct PageStream<'a, T> {
    pages: Pager<'a>,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<'a, T> PageStream<'a, T> {
    pub(crate) fn new(call: Box<Call<'a>>) -> Self {
        Self {
            pages: Pager::new(call),
            of: std::marker::PhantomData,
        }
    }
}

impl<T: Value + Default> PageStream<'_, T> {
    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error>>> {
        let mut value = T::default();
        let page = ready!(self.pages.poll_page(context, value.slot()));
        Poll::Ready(
            page.map(|page| {
                page.map(|(context, received)| Response::new(value, context, received))
            }),
        )
    }
}

impl<T: Value + Default> Stream for PageStream<'_, T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for PageStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").finish_non_exhaustive()
    }
}
