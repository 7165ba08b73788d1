//! A call that is being built: the values of the caller, put where they go.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, header};

use super::body::Body;
use super::call_future::CallFuture;
use super::client::Client;
use super::credentials::add_cookie;
use super::download::Download;
use super::error::Error;
use super::headers::put_header;
use super::operation::{Answer, Need, Operation, Retry, Style, Target};
use super::paging::PagingScheme;
use super::percent::{Encode, push_encoded, push_reserved};
use super::prepare::checked_header;
use super::read::{read, read_as};
use super::response::{RawResponse, Response};
use super::resumption::begin_resumable;
use super::scope::Scope;
use super::send::execute;
use super::spelled::spelled;
use super::text::{before, find_any, split_once};
use super::uri::{self, Unfit};
use super::value::Value;

/// For the values of a path, in bytes, so that most paths needn't grow.
const ROOM_FOR_VALUES: usize = 64;

/// A call that is being built. The first value that can't be sent is kept and told when it is awaited. Boxed from the
/// beginning, so that builders that give themselves back move a pointer.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    pub(super) client: &'a Client,
    pub(super) target: Target,
    pub(super) retry: Retry,
    pub(super) credentials: Need,
    pub(super) base_url: Option<&'static str>,
    pub(super) media_type: Option<&'static str>,
    pub(super) body_required: bool,
    pub(super) answer: Answer,
    pub(super) accept: &'static str,
    pub(super) paging: Option<&'static PagingScheme>,
    /// What is rendered of the path.
    pub(super) path: String,
    /// What is left of its template.
    pub(super) template: &'static str,
    pub(super) query: String,
    /// Where to, instead of path and query: a link in an answer to this call.
    pub(super) link: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) timeout: Option<Duration>,
    pub(super) max_retries: Option<u32>,
    pub(super) problem: Option<String>,
}

impl<'a> Call<'a> {
    /// A call of an operation.
    pub(crate) fn new(client: &'a Client, operation: &'static Operation) -> Box<Self> {
        Self::NEW(client, operation)
    }

    // What every method or setter calls is a pointer each, for the reason of `READ` in `decode_union`.
    const NEW: fn(&'a Client, &'static Operation) -> Box<Self> = Self::begin;
    const PUSH_SCOPE: fn(&mut Self, &dyn Scope) = Self::push_scope;
    const FILL_PATH: fn(&mut Self, &dyn Value) = Self::fill_path;
    const PUSH_QUERY: fn(&mut Self, &str, Style, &dyn Value, Encode<'_>) = Self::push_query;

    fn begin(client: &'a Client, operation: &'static Operation) -> Box<Self> {
        Box::new(Self {
            client,
            target: Target::of(operation),
            retry: operation.retry,
            credentials: operation.credentials,
            base_url: operation.base_url,
            media_type: operation.body,
            body_required: operation.body_required,
            answer: operation.answer,
            accept: operation.accept,
            paging: operation.paging,
            path: String::with_capacity(operation.path.len() + ROOM_FOR_VALUES),
            template: operation.path,
            query: String::new(),
            link: None,
            headers: HeaderMap::new(),
            body: Body::None,
            timeout: None,
            max_retries: None,
            problem: None,
        })
    }

    /// A call outside the document.
    pub(crate) fn custom(client: &'a Client, method: http::Method, path: &str) -> Box<Self> {
        let mut call = Box::new(Self {
            client,
            retry: Retry::of(&method),
            target: Target {
                id: None,
                method,
                path: Cow::Owned(before(path, b"?").to_owned()),
            },
            credentials: Need::IfThere,
            base_url: None,
            media_type: None,
            body_required: false,
            answer: Answer::Json,
            accept: "application/json",
            paging: None,
            path: uri::literal_path(path),
            template: "",
            query: String::new(),
            link: None,
            headers: HeaderMap::new(),
            body: Body::None,
            timeout: None,
            max_retries: None,
            problem: None,
        });
        if !path.starts_with("/") {
            call.fail("the path must begin with `/`: it stands below the base URL".to_owned());
        } else if find_any(path, b"?#").is_some() {
            call.fail("the path must not have a query or a fragment: use `query`".to_owned());
        }
        call
    }

    /// Fills `{scope}`.
    pub(crate) fn scope<S: Scope>(&mut self, scope: impl Into<S>) {
        Self::PUSH_SCOPE(self, &scope.into());
    }

    fn push_scope(&mut self, scope: &dyn Scope) {
        let name = self.next_name();
        self.path.push_str(scope.literal());
        self.path += "/";
        if scope.id().is_empty() {
            self.fail(format!("path parameter `{name}` is empty"));
        }
        push_encoded(&mut self.path, scope.id());
    }

    /// Fills the next `{…}` of the path.
    pub(crate) fn path<V: Value>(&mut self, value: impl Into<V>) {
        Self::FILL_PATH(self, &value.into());
    }

    fn fill_path(&mut self, value: &dyn Value) {
        let name = self.next_name();
        self.push_path(name, uri::simple(value.get(), &push_encoded));
    }

    /// Fills the next `{…}` of the path in another style than `simple`.
    pub(crate) fn path_as<V: Value>(&mut self, style: Style, value: impl Into<V>) {
        self.fill_path_as(style, &value.into());
    }

    fn fill_path_as(&mut self, style: Style, value: &dyn Value) {
        let name = self.next_name();
        let text = spelled(name, style, value.get(), &push_encoded);
        self.push_path(name, text);
    }

    fn push_path(&mut self, name: &str, text: Result<Option<String>, Unfit>) {
        match text {
            Ok(Some(text)) if !text.is_empty() => self.path.push_str(&text),
            Ok(_) => self.fail(format!("path parameter `{name}` is empty")),
            Err(Unfit(why)) => self.fail(format!("path parameter `{name}` {why}")),
        }
    }

    /// Renders the path up to the next `{…}` and gives its name.
    fn next_name(&mut self) -> &'static str {
        let parts = split_once(self.template, b"{").and_then(|(before, after)| {
            let (name, rest) = split_once(after, b"}")?;
            Some((before, name, rest))
        });
        match parts {
            Some((before, name, rest)) => {
                self.path.push_str(before);
                self.template = rest;
                name
            }
            None => {
                self.fail("the path has no place for a value".to_owned());
                ""
            }
        }
    }

    /// Adds a query parameter.
    pub(crate) fn query<V: Value>(&mut self, name: &str, style: Style, value: impl Into<V>) {
        Self::PUSH_QUERY(self, name, style, &value.into(), &push_encoded);
    }

    /// Adds a query parameter whose reserved characters stay as they are.
    pub(crate) fn query_reserved<V: Value>(
        &mut self,
        name: &str,
        style: Style,
        value: impl Into<V>,
    ) {
        self.push_query(name, style, &value.into(), &push_reserved);
    }

    fn push_query(&mut self, name: &str, style: Style, value: &dyn Value, encode: Encode<'_>) {
        if let Err(Unfit(why)) = uri::push_query(&mut self.query, name, style, value, encode) {
            self.fail(format!("query parameter `{name}` {why}"));
        }
    }

    /// Sets a header.
    pub(crate) fn header<V: Value>(&mut self, name: &str, value: impl Into<V>) {
        self.set_header(name, Style::Simple, &value.into());
    }

    /// Sets a header in another style than `simple`.
    pub(crate) fn header_as<V: Value>(&mut self, name: &str, style: Style, value: impl Into<V>) {
        self.set_header(name, style, &value.into());
    }

    fn set_header(&mut self, name: &str, style: Style, value: &dyn Value) {
        match spelled(name, style, value.get(), &|out, part| out.push_str(part)) {
            Ok(Some(text)) => self.header_text(name, &text),
            Ok(None) => {}
            Err(Unfit(why)) => self.fail(format!("header `{name}` {why}")),
        }
    }

    /// Adds a cookie to those of the client, or to those that the caller gave for this call.
    pub(crate) fn cookie<V: Value>(&mut self, name: &str, style: Style, value: impl Into<V>) {
        self.set_cookie(name, style, &value.into());
    }

    fn set_cookie(&mut self, name: &str, style: Style, value: &dyn Value) {
        if !self.headers.contains_key(header::COOKIE) {
            let cookies = self.client.inner().headers.get(header::COOKIE);
            let cookies = cookies.map(|cookies| (header::COOKIE, cookies.clone()));
            self.headers.extend(cookies);
        }
        let outcome = match spelled(name, style, value.get(), &|out, part| out.push_str(part)) {
            Ok(Some(text)) => add_cookie(&mut self.headers, name, &text).map_err(|()| {
                Unfit("begins or ends with a space, or holds a semicolon, a line break or another control character")
            }),
            Ok(None) => Ok(()),
            Err(unfit) => Err(unfit),
        };
        if let Err(Unfit(why)) = outcome {
            self.fail(format!("cookie `{name}` {why}"));
        }
    }

    /// Sets a header that the caller names.
    pub(crate) fn header_text(&mut self, name: &str, value: &str) {
        match checked_header(name, value) {
            Ok((name, value)) => {
                put_header(&mut self.headers, name, value);
            }
            Err(problem) => self.fail(problem),
        }
    }

    /// Adds a query parameter that the caller names.
    pub(crate) fn query_text(&mut self, name: &str, value: &str) {
        uri::push_pair(&mut self.query, name, value);
    }

    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    pub(crate) fn max_retries(&mut self, max_retries: u32) {
        self.max_retries = Some(max_retries);
    }

    /// Whether twice is the same as once.
    pub(crate) fn idempotent(&mut self, is_idempotent: bool) {
        self.retry = match self.retry {
            _ if !is_idempotent => Retry::Unsafe,
            Retry::Unsafe => Retry::Idempotent,
            retry => retry,
        };
    }

    pub(crate) fn target(&self) -> &Target {
        &self.target
    }

    pub(crate) fn client(&self) -> &'a Client {
        self.client
    }

    /// Keeps the first problem.
    pub(super) fn fail(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// Sends it and reads the value.
    pub(crate) fn value<T: Value + Default + 'a>(self: Box<Self>) -> CallFuture<'a, T> {
        execute(self, |context, received, answer| {
            let mut value = T::default();
            let status = received.status.as_u16();
            read(context, received, answer, value.slot_for(status))?;
            Ok(value)
        })
    }

    /// Sends it and reads the value, with what stood around it.
    pub(crate) fn response<T: Value + Default + 'a>(
        self: Box<Self>,
    ) -> CallFuture<'a, Response<T>> {
        execute(self, |context, received, answer| {
            let mut value = T::default();
            let status = received.status.as_u16();
            let (context, received) = read(context, received, answer, value.slot_for(status))?;
            Ok(Response::new(value, context, received))
        })
    }

    /// Sends it and reads the value as any type of serde's.
    pub(crate) fn deserialized<T: serde::de::DeserializeOwned + 'a>(
        self: Box<Self>,
    ) -> CallFuture<'a, T> {
        execute(self, |context, received, _| read_as(context, received))
    }

    /// Sends it and gives the answer as it is.
    pub(crate) fn raw(self: Box<Self>) -> CallFuture<'a, RawResponse> {
        execute(self, |context, mut received, _| {
            match received.broken.take() {
                None => Ok(RawResponse::new(context, received)),
                Some(broken) => {
                    let message =
                        format!("it broke off after {} bytes: {broken}", received.body.len());
                    received.broken = Some(broken);
                    Err(Error::unreadable(context, received, "", message))
                }
            }
        })
    }

    /// Sends it and gives a good answer as it arrives.
    pub(crate) fn download(self: Box<Self>) -> CallFuture<'a, Download> {
        CallFuture::new(async move {
            let (context, received, transfer) = begin_resumable(self).await?;
            Ok(Download::new(context, received, transfer))
        })
    }

    /// `Debug` of a builder: what is called, nothing that a caller gave.
    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("operation", &self.target.id)
            .field("method", &self.target.method)
            .field("path", &self.target.path)
            .finish_non_exhaustive()
    }
}
