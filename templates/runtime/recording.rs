//! The file of a recording: exchanges as JSON.
//!
//! ```json
//! {"about": "…", "exchanges": [{
//!   "request": {"method": "POST", "path": "/things?dry=true", "headers": {…}, "body": {…}},
//!   "response": {"status": 200, "headers": {…}, "body": {…}}
//! }]}
//! ```
//!
//! A body is one of `body` (JSON), `text`, `base64` and `too_large` (its bytes; it isn't recorded). `fault` of a response
//! says what went wrong; there may be no `status` then. What [`MARK`](super::redaction::MARK) stands for was a secret.

use super::base64_text::Base64;
use super::json_tree::Json;
use super::recorded_body::RecordedBody;

/// What a file holds.
pub(super) struct Recording {
    pub(super) about: String,
    pub(super) exchanges: Vec<Exchange>,
}

/// One attempt.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) request: RecordedRequest,
    pub(super) response: RecordedResponse,
}

#[derive(Clone, Debug)]
pub(super) struct RecordedRequest {
    pub(super) method: String,
    /// With query; below the base URL where it is there.
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: RecordedBody,
}

#[derive(Clone, Debug)]
pub(super) struct RecordedResponse {
    /// None: there was no answer.
    pub(super) status: Option<u16>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: RecordedBody,
    pub(super) fault: Option<RecordedFault>,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordedFault {
    /// There was no connection.
    Refused,
    /// There was no connection in time.
    ConnectTimeout,
    /// There was no answer in time, or nobody waited for it.
    Timeout,
    /// The connection ended before any answer.
    Close,
    /// The body of the answer broke off after what is recorded of it, or nobody waited for the rest.
    Cut,
    /// The body of the request couldn't be read to its end.
    Request,
}

const FAULTS: [(RecordedFault, &str); 6] = [
    (RecordedFault::Refused, "refused"),
    (RecordedFault::ConnectTimeout, "connect_timeout"),
    (RecordedFault::Timeout, "timeout"),
    (RecordedFault::Close, "close"),
    (RecordedFault::Cut, "cut"),
    (RecordedFault::Request, "request"),
];

impl Recording {
    /// The text of the file.
    pub(super) fn to_json(&self) -> String {
        let exchanges = self.exchanges.iter().map(|exchange| {
            object([
                ("request", request_json(&exchange.request)),
                ("response", response_json(&exchange.response)),
            ])
        });
        let whole = object([
            ("about", Json::Text(self.about.clone())),
            ("exchanges", Json::List(exchanges.collect())),
        ]);
        let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads the text of a file; an error says what is wrong with it, and in which exchange.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let whole = Json::parse_file(text.as_bytes()).ok_or("it isn't JSON")?;
        let Some(Json::List(exchanges)) = whole.member("exchanges") else {
            return Err("it has no list of `exchanges`".to_owned());
        };
        let exchanges = exchanges.iter().enumerate().map(|(index, exchange)| {
            read_exchange(exchange).map_err(|why| format!("exchange {index}: {why}"))
        });
        let about = whole.member("about").and_then(Json::as_text);
        Ok(Self {
            about: about.unwrap_or_default().to_owned(),
            exchanges: exchanges.collect::<Result<_, _>>()?,
        })
    }
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    let members = members.into_iter();
    Json::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn request_json(request: &RecordedRequest) -> Json {
    let mut members = vec![
        ("method".to_owned(), Json::Text(request.method.clone())),
        ("path".to_owned(), Json::Text(request.path.clone())),
        ("headers".to_owned(), headers_json(&request.headers)),
    ];
    members.extend(body_json(&request.body));
    Json::Object(members)
}

fn response_json(response: &RecordedResponse) -> Json {
    let mut members = Vec::new();
    if let Some(status) = response.status {
        members.push(("status".to_owned(), Json::number(status.into())));
    }
    members.push(("headers".to_owned(), headers_json(&response.headers)));
    members.extend(body_json(&response.body));
    if let Some(fault) = response.fault {
        let names = FAULTS.iter().filter(|(other, _)| *other == fault);
        members.extend(names.map(|(_, name)| ("fault".to_owned(), Json::Text((*name).to_owned()))));
    }
    Json::Object(members)
}

fn headers_json(headers: &[(String, String)]) -> Json {
    let headers = headers.iter();
    Json::Object(
        headers
            .map(|(name, value)| (name.clone(), Json::Text(value.clone())))
            .collect(),
    )
}

fn body_json(body: &RecordedBody) -> Option<(String, Json)> {
    let (name, value) = match body {
        RecordedBody::None => return None,
        // A `body` of null is one that isn't there.
        RecordedBody::Json(json) if json.is_null() => ("text", Json::Text("null".to_owned())),
        RecordedBody::Json(json) => ("body", json.clone()),
        RecordedBody::Text(text) => ("text", Json::Text(text.clone())),
        RecordedBody::Bytes(bytes) => {
            let encoded = Base64::from(bytes.clone());
            ("base64", Json::Text(encoded.as_str().to_owned()))
        }
        RecordedBody::TooLarge(length) => ("too_large", Json::number(*length)),
    };
    Some((name.to_owned(), value))
}

fn read_exchange(exchange: &Json) -> Result<Exchange, String> {
    let request = exchange.member("request").ok_or("it has no `request`")?;
    let response = exchange.member("response").ok_or("it has no `response`")?;
    let text = |name: &str| {
        let text = request.member(name).and_then(Json::as_text);
        let text = text.ok_or_else(|| format!("its request has no `{name}`"))?;
        Ok::<_, String>(text.to_owned())
    };
    let status = match response.member("status") {
        None => None,
        Some(status) => {
            let status = status
                .as_number()
                .and_then(|status| u16::try_from(status).ok());
            Some(status.ok_or("its `status` isn't a status")?)
        }
    };
    let fault = match response.member("fault") {
        None => None,
        Some(name) => {
            let mut faults = FAULTS.iter();
            let known = faults.find(|(_, other)| name.as_text() == Some(*other));
            Some(
                known
                    .ok_or("its `fault` isn't one of those that are known")?
                    .0,
            )
        }
    };
    if status.is_none() && matches!(fault, None | Some(RecordedFault::Cut)) {
        return Err("its response has no `status`".to_owned());
    }
    Ok(Exchange {
        request: RecordedRequest {
            method: text("method")?,
            path: text("path")?,
            headers: read_headers(request)?,
            body: read_body(request)?,
        },
        response: RecordedResponse {
            status,
            headers: read_headers(response)?,
            body: read_body(response)?,
            fault,
        },
    })
}

fn read_headers(message: &Json) -> Result<Vec<(String, String)>, &'static str> {
    const WRONG: &str = "its `headers` aren't texts by name";
    let headers = match message.member("headers") {
        None => return Ok(Vec::new()),
        Some(Json::Object(headers)) => headers.iter(),
        Some(_) => return Err(WRONG),
    };
    let headers = headers.map(|(name, value)| {
        let value = value.as_text().ok_or(WRONG)?;
        Ok((name.clone(), value.to_owned()))
    });
    headers.collect()
}

fn read_body(message: &Json) -> Result<RecordedBody, &'static str> {
    let member = |name| message.member(name).filter(|value| !value.is_null());
    if let Some(length) = member("too_large") {
        let length = length
            .as_number()
            .ok_or("`too_large` isn't a number of bytes")?;
        return Ok(RecordedBody::TooLarge(length));
    }
    if let Some(encoded) = member("base64") {
        let encoded = encoded.as_text().map(Base64::encoded);
        let bytes = encoded.and_then(|encoded| encoded.decode());
        return Ok(RecordedBody::Bytes(
            bytes.ok_or("`base64` isn't base64")?.into(),
        ));
    }
    if let Some(text) = member("text") {
        let text = text.as_text().ok_or("`text` isn't a text")?;
        return Ok(RecordedBody::Text(text.to_owned()));
    }
    Ok(match member("body") {
        Some(json) => RecordedBody::Json(json.clone()),
        None => RecordedBody::None,
    })
}
