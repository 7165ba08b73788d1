//! Answers that go on where they broke off: the rest of the same representation (RFC 9110, sections 13.1.5 and 14).

use std::task::{self, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::body::Body;
use super::call::Call;
use super::client::Client;
use super::clock::{Instant, sleep};
use super::error::{Context, Error};
use super::headers::{header_text, put_header};
use super::operation::{Answer, Need, Retry, Target};
use super::response::Received;
use super::retry::backoff;
use super::send::begin;
use super::text::{joined, natural, same_caseless, split, split_once};
use super::transfer::{Transfer, whole};
use super::transport::TransportError;
use super::turns::Turns;

/// Sends a call as [`begin`] does; what arrives is resumed where that can be.
pub(crate) async fn begin_resumable(
    call: Box<Call<'_>>,
) -> Result<(Context, Box<Received>, Resumable), Error> {
    let again = Again::of(&call);
    let (context, received, transfer) = begin(call).await?;
    let rest = again.and_then(|again| Rest::of(again, &received, &transfer));
    let resumable = Resumable {
        arrived: 0,
        total: transfer.total,
        transfer,
        rest,
    };
    Ok((context, received, resumable))
}

/// A body that is still arriving. Where it breaks off, the rest of it is asked for.
///
/// That takes a GET whose answer says that it is to be had in parts (`Accept-Ranges: bytes`), how long it is, and by a
/// strong `ETag` which one it is: a length that is told is of the bytes that arrive, unpacked nowhere on the way.
pub(crate) struct Resumable {
    transfer: Transfer,
    /// How much of it came, in bytes.
    pub(crate) arrived: u64,
    /// How long it is, in bytes, where the service says so.
    pub(crate) total: Option<u64>,
    rest: Option<Box<Rest>>,
}

impl Resumable {
    /// The next piece; `None` after the last. A body of another length than announced is broken.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            let broken = match self.transfer.next().await {
                Ok(Some(piece)) => {
                    self.arrived = self.arrived.saturating_add(piece.len() as u64);
                    if let Some(rest) = &mut self.rest {
                        rest.in_a_row = 0;
                    }
                    return Ok(Some(piece));
                }
                // Each part may be whole, and all of them together not.
                Ok(None) => match whole(self.arrived, self.total) {
                    Ok(()) => return Ok(None),
                    Err(broken) => broken,
                },
                Err(broken) => broken,
            };
            let resumed = match &mut self.rest {
                Some(rest) => {
                    rest.resume(self.arrived, self.transfer.deadline, &broken)
                        .await
                }
                None => None,
            };
            match resumed {
                Some(transfer) => self.transfer = transfer,
                None => return Err(broken),
            }
        }
    }

    /// What comes first, up to so many bytes.
    pub(crate) async fn beginning(&mut self, most: usize) -> Bytes {
        self.rest = None;
        self.transfer.beginning(most).await
    }
}

/// How to ask for what is missing.
struct Rest {
    again: Again,
    tag: HeaderValue,
    encoding: Option<HeaderValue>,
    total: u64,
    /// How often it was asked for since the last byte.
    in_a_row: u32,
}

impl Rest {
    fn of(again: Again, received: &Received, transfer: &Transfer) -> Option<Box<Self>> {
        let headers = &received.headers;
        let tag = headers.get(header::ETAG)?;
        // A weak one (RFC 9110, section 8.8.1) may be that of other bytes.
        let is_strong = tag.as_bytes().starts_with(b"\"");
        let is_whole = received.status == StatusCode::OK;
        if !is_strong || !is_whole || !has_parts(headers) {
            return None;
        }
        Some(Box::new(Self {
            again,
            tag: tag.clone(),
            encoding: headers.get(header::CONTENT_ENCODING).cloned(),
            total: transfer.total?,
            in_a_row: 0,
        }))
    }

    /// The transfer of what is behind the bytes that arrived.
    async fn resume(
        &mut self,
        arrived: u64,
        deadline: Option<Instant>,
        broken: &TransportError,
    ) -> Option<Transfer> {
        let client = self.again.client.inner();
        let most = self.again.max_retries.unwrap_or(client.max_retries);
        let may = arrived < self.total
            && Retry::Safe.after_failure(broken)
            && self.in_a_row < most
            && client.retry_budget.withdraw();
        if !may {
            return None;
        }
        self.in_a_row = self.in_a_row.saturating_add(1);
        let wait = backoff(self.in_a_row);
        let time_left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        if deadline.is_some_and(|it| time_left(it) <= wait) {
            return None;
        }
        sleep(wait).await;
        let mut call = self.again.call();
        call.timeout = deadline.map(time_left);
        let range = HeaderValue::try_from(format!("bytes={arrived}-")).ok()?;
        put_header(&mut call.headers, header::RANGE, range);
        put_header(&mut call.headers, header::IF_RANGE, self.tag.clone());
        // What doesn't go on leaves the first failure standing.
        let (_, received, transfer) = begin(call).await.ok()?;
        self.goes_on(&received, arrived).then_some(transfer)
    }

    /// Whether an answer is the rest of the same bytes (RFC 9110, section 15.3.7).
    fn goes_on(&self, received: &Received, arrived: u64) -> bool {
        let headers = &received.headers;
        let tag = headers.get(header::ETAG);
        received.status == StatusCode::PARTIAL_CONTENT
            && tag.is_none_or(|tag| *tag == self.tag)
            && headers.get(header::CONTENT_ENCODING) == self.encoding.as_ref()
            && headers
                .get(header::CONTENT_RANGE)
                .is_some_and(|range| is_from(range, arrived, self.total))
    }
}

/// Whether parts can be had (RFC 9110, section 14.3).
fn has_parts(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_RANGES).iter();
    let mut units = values
        .filter_map(header_text)
        .flat_map(|value| split(value, b","));
    units.any(|unit| same_caseless(unit.trim(), "bytes"))
}

/// Whether a `Content-Range` (RFC 9110, section 14.4) begins there and ends within as many bytes.
fn is_from(range: &HeaderValue, first: u64, total: u64) -> bool {
    let parts = || {
        let (unit, range) = split_once(header_text(range)?.trim(), b" ")?;
        let (range, length) = split_once(range.trim(), b"/")?;
        let (from, to) = split_once(range, b"-")?;
        let is_of_it = length == "*" || natural(length) == Some(total);
        let (from, to) = (natural(from)?, natural(to)?);
        let are_bytes = same_caseless(unit, "bytes");
        Some(are_bytes && is_of_it && from == first && (from..total).contains(&to))
    };
    parts().unwrap_or(false)
}

/// What a call is made of once more. It keeps the client, so that what arrives needn't.
struct Again {
    client: Client,
    target: Target,
    credentials: Need,
    base_url: Option<&'static str>,
    accept: &'static str,
    path: String,
    query: String,
    link: Option<String>,
    headers: HeaderMap,
    max_retries: Option<u32>,
}

impl Again {
    /// `None`: it isn't one that reads and nothing else, or asks for a part itself.
    fn of(call: &Call<'_>) -> Option<Self> {
        let reads = call.target.method == Method::GET
            && call.retry == Retry::Safe
            && matches!(call.body, Body::None)
            && !call.headers.contains_key(header::RANGE)
            && !call.headers.contains_key(header::IF_RANGE);
        reads.then(|| Self {
            client: call.client.clone(),
            target: call.target.clone(),
            credentials: call.credentials,
            base_url: call.base_url,
            accept: call.accept,
            path: joined(&[&call.path, call.template], ""),
            query: call.query.clone(),
            link: call.link.clone(),
            headers: call.headers.clone(),
            max_retries: call.max_retries,
        })
    }

    fn call(&self) -> Box<Call<'_>> {
        Box::new(Call {
            client: &self.client,
            target: self.target.clone(),
            retry: Retry::Safe,
            credentials: self.credentials,
            base_url: self.base_url,
            media_type: None,
            body_required: false,
            answer: Answer::Bytes,
            accept: self.accept,
            paging: None,
            path: self.path.clone(),
            template: "",
            query: self.query.clone(),
            link: self.link.clone(),
            headers: self.headers.clone(),
            body: Body::None,
            timeout: None,
            max_retries: self.max_retries,
            problem: None,
        })
    }
}

/// A transfer that can be polled. After its end, and after an error, nothing follows.
pub(crate) struct Incoming(Turns<'static, Box<Resumable>, Arrived>);

type Arrived = (Box<Resumable>, Result<Option<Bytes>, TransportError>);

impl Incoming {
    pub(crate) fn new(transfer: Resumable) -> Self {
        Self(Turns::Idle(Box::new(transfer)))
    }

    pub(crate) fn poll_piece(
        &mut self,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let turn = self.0.poll(context, |mut transfer| async move {
            let piece = transfer.next().await;
            (transfer, piece)
        });
        let Some((transfer, piece)) = ready!(turn) else {
            return Poll::Ready(None);
        };
        if matches!(piece, Ok(Some(_))) {
            self.0 = Turns::Idle(transfer);
        }
        Poll::Ready(piece.transpose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_range_that_goes_on_goes_on() {
        for (range, is_one) in [
            ("bytes 3-9/10", true),
            ("Bytes 3-5/*", true),
            ("bytes 0-9/10", false),
            ("bytes 4-9/10", false),
            ("bytes 3-9/11", false),
            ("bytes 3-10/10", false),
            ("bytes 3-2/10", false),
            ("bytes */10", false),
            ("items 3-9/10", false),
            ("3-9/10", false),
            ("", false),
        ] {
            assert_eq!(
                is_from(&HeaderValue::from_static(range), 3, 10),
                is_one,
                "{range}"
            );
        }
    }

    #[test]
    fn parts_are_to_be_had_in_bytes() {
        for (value, are) in [("bytes", true), ("items, Bytes", true), ("none", false)] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static(value));
            assert_eq!(has_parts(&headers), are, "{value}");
        }
        assert!(!has_parts(&HeaderMap::new()));
    }
}
