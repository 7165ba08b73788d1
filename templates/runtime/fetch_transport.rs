//! The default transport in WebAssembly: `fetch` of the JavaScript around it, be it a page, a worker or Node.js.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use http_body::{Body, Frame};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use tokio::sync::{mpsc, oneshot};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, Request, RequestInit, RequestRedirect,
    Response,
};

use super::base_url::BaseUrl;
use super::request_body::RequestBody;
use super::transport::{ResponseBody, Transport, TransportError, TransportFuture};

/// Sends through `fetch` (the Fetch standard).
///
/// A body is sent as a whole, an answer arrives in pieces. Redirects aren't followed. Browsers keep some things to
/// themselves: they don't send `User-Agent` and `Cookie` of ours, need the service's leave for a page of another origin
/// (CORS), and don't say why there was no answer, so a request without one counts as sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct FetchTransport;

impl FetchTransport {
    /// Connecting is the platform's matter, with its limit.
    pub(crate) fn with_defaults(
        _connect_timeout: Duration,
        _base_url: &BaseUrl,
    ) -> Result<Self, TransportError> {
        Ok(Self)
    }
}

/// JavaScript's values stay with the task that made them; what is told of them can go anywhere.
type Answered = Result<(StatusCode, HeaderMap), TransportError>;

/// A piece, or the end: a channel that just ends is a body that broke off.
type Arrived = Result<Option<Bytes>, TransportError>;

impl Transport for FetchTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> TransportFuture<'_, http::Response<ResponseBody>> {
        Box::pin(async move {
            let (tell, answered) = oneshot::channel();
            let (give, pieces) = mpsc::channel(1);
            spawn_local(exchange(request, tell, give));
            let (status, headers) = answered.await.map_err(|_| gone())??;
            let mut response = http::Response::new(ResponseBody::new(Arriving(pieces)));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

/// A body that is still arriving.
struct Arriving(mpsc::Receiver<Arrived>);

impl Body for Arriving {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let arrived = ready!(self.0.poll_recv(context)).unwrap_or_else(|| Err(gone()));
        Poll::Ready(arrived.map(|piece| piece.map(Frame::data)).transpose())
    }
}

fn gone() -> TransportError {
    TransportError::other("the task of the request is gone")
}

/// Ends what `fetch` does when nobody waits for it any more.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(
    request: http::Request<RequestBody>,
    mut tell: oneshot::Sender<Answered>,
    give: mpsc::Sender<Arrived>,
) {
    let begun = match unless(begin(request), tell.closed()).await {
        Some(begun) => begun,
        None => return,
    };
    let (response, _abort) = match begun {
        Ok(begun) => begun,
        Err(error) => return drop(tell.send(Err(error))),
    };
    if tell.send(head(&response)).is_err() {
        return;
    }
    let reader = response.body().map(|body| body.get_reader());
    let reader = reader.and_then(|reader| reader.dyn_into().ok());
    loop {
        let Some(arrived) = unless(piece(reader.as_ref()), give.closed()).await else {
            return;
        };
        let is_last = !matches!(arrived, Ok(Some(_)));
        if give.send(arrived).await.is_err() || is_last {
            return;
        }
    }
}

/// What a future gives, unless another ends before.
pub(super) async fn unless<F: Future>(
    future: F,
    over: impl Future<Output = ()>,
) -> Option<F::Output> {
    let (mut future, mut over) = (pin!(future), pin!(over));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => over.as_mut().poll(context).map(|()| None),
    })
    .await
}

async fn begin(request: http::Request<RequestBody>) -> Result<(Response, Abort), TransportError> {
    let (parts, body) = request.into_parts();
    let content = whole(body).await?;
    let unfit = |_| TransportError::not_sent("`fetch` doesn't take such a request");
    let headers = Headers::new().map_err(unfit)?;
    for (name, value) in &parts.headers {
        let value = value.to_str().map_err(|_| {
            TransportError::not_sent(format!("`fetch` doesn't take this value of `{name}`"))
        })?;
        headers.append(name.as_str(), value).map_err(unfit)?;
    }
    let abort = Abort(AbortController::new().map_err(unfit)?);
    let init = RequestInit::new();
    init.set_method(parts.method.as_str());
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.0.signal()));
    if !content.is_empty() {
        init.set_body(&Uint8Array::from(&content[..]));
    }
    let request = Request::new_with_str_and_init(&parts.uri.to_string(), &init).map_err(unfit)?;
    let response = JsFuture::from(fetch(&request)?)
        .await
        .map_err(|error| broken("no answer", &error))?;
    let response = response
        .dyn_into()
        .map_err(|_| TransportError::other("`fetch` gave no answer"))?;
    Ok((response, abort))
}

/// The `fetch` of a page, a worker or Node.js: all have it in the same place.
fn fetch(request: &Request) -> Result<Promise, TransportError> {
    let missing = |_| TransportError::not_sent("there is no `fetch` here");
    let fetch: Function = Reflect::get(&js_sys::global(), &JsValue::from_str("fetch"))
        .and_then(JsCast::dyn_into)
        .map_err(missing)?;
    fetch
        .call1(&JsValue::UNDEFINED, request)
        .and_then(JsCast::dyn_into)
        .map_err(|error| broken("the request can't begin", &error))
}

/// All of a body: browsers can't send one piece by piece.
async fn whole(mut body: RequestBody) -> Result<Bytes, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes);
    }
    let mut content = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(bytes) = frame?.into_data() {
            content.extend_from_slice(&bytes);
        }
    }
    Ok(content.freeze())
}

fn head(response: &Response) -> Answered {
    let status = StatusCode::from_u16(response.status()).map_err(|_| {
        TransportError::other("the service redirects, and the platform doesn't say where to")
    })?;
    let mut headers = HeaderMap::new();
    for entry in response.headers().entries() {
        let Ok(entry) = entry.map(|entry| Array::from(&entry)) else {
            continue;
        };
        let (name, value) = (entry.get(0).as_string(), entry.get(1).as_string());
        let name = name.and_then(|name| HeaderName::try_from(name).ok());
        let value = value.and_then(|value| HeaderValue::try_from(value).ok());
        if let (Some(name), Some(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    // What arrives is unpacked, and the length that of what was packed. Of another origin, nobody says whether it was.
    let kind = Reflect::get(response, &JsValue::from_str("type"));
    let is_elsewhere = kind.is_ok_and(|kind| kind == "cors");
    if headers.remove(header::CONTENT_ENCODING).is_some() || is_elsewhere {
        headers.remove(header::CONTENT_LENGTH);
    }
    Ok((status, headers))
}

/// The next piece of a body; `None` after the last, and where there is no body.
async fn piece(reader: Option<&ReadableStreamDefaultReader>) -> Arrived {
    let Some(reader) = reader else {
        return Ok(None);
    };
    let unread = |error: JsValue| broken("the body broke off", &error);
    let read = JsFuture::from(reader.read()).await.map_err(unread)?;
    let is_done = Reflect::get(&read, &JsValue::from_str("done")).map_err(unread)?;
    if is_done.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(&read, &JsValue::from_str("value")).map_err(unread)?;
    Ok(Some(Uint8Array::new(&value).to_vec().into()))
}

/// JavaScript's errors have a name that tells their kind; their messages may hold the URL.
fn broken(what: &str, error: &JsValue) -> TransportError {
    let name = error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| "unknown".to_owned(), |error| error.name().into());
    TransportError::other(format!("{what}: {name}"))
}
