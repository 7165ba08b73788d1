//! The body of a call that is being built.

use std::borrow::Cow;

use serde::Serialize;

use super::body::Body;
use super::byte_stream::ByteStream;
use super::call::Call;
use super::encode::write_json;
use super::json_lines::to_lines;
use super::multipart::Multipart;
use super::operation::Style;
use super::part::Part;
use super::percent::{Encode, push_in_form, push_reserved};
use super::uri::{self, Unfit};
use super::value::{Get, ListGet, Value};

impl Call<'_> {
    // What every setter calls is a pointer each, for the reason of `READ` in `decode_union`.
    const SET_MEMBER: fn(&mut Self, &'static str, &dyn Value) = Self::set_member;
    const SET_JSON: fn(&mut Self, &dyn Value) = Self::set_json;

    /// Sets a member of the JSON object that is the body; an absent value takes it back.
    pub(crate) fn body_field<V: Value>(&mut self, name: &'static str, value: impl Into<V>) {
        Self::SET_MEMBER(self, name, &value.into());
    }

    fn set_member(&mut self, name: &'static str, value: &dyn Value) {
        let written = match self.body.object() {
            Some(object) => object
                .set(Cow::Borrowed(name), |out| write_member(out, value))
                .is_ok(),
            None => false,
        };
        if !written {
            self.fail(format!("body field `{name}` can't be encoded as JSON"));
        }
    }

    /// Adds a field to the form that is the body.
    pub(crate) fn form_field<V: Value>(
        &mut self,
        name: &'static str,
        style: Style,
        value: impl Into<V>,
    ) {
        self.push_field(name, style, &value.into(), &push_in_form);
    }

    /// Adds a field whose reserved characters stay as they are to the form that is the body.
    pub(crate) fn form_field_reserved<V: Value>(
        &mut self,
        name: &'static str,
        style: Style,
        value: impl Into<V>,
    ) {
        self.push_field(name, style, &value.into(), &push_reserved);
    }

    fn push_field(&mut self, name: &str, style: Style, value: &dyn Value, encode: Encode<'_>) {
        let pushed = match self.body.form() {
            Some(form) => uri::push_query(form, name, style, value, encode),
            None => Err(Unfit("needs a form as the body")),
        };
        if let Err(Unfit(why)) = pushed {
            self.fail(format!("form field `{name}` {why}"));
        }
    }

    /// Adds a value to the parts that are the body.
    pub(crate) fn part<V: Value>(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        value: impl Into<V>,
    ) {
        self.push_part(name, content_type, &value.into());
    }

    fn push_part(&mut self, name: &str, content_type: Option<&str>, value: &dyn Value) {
        self.multipart(name, |parts| {
            parts.push_value(name, content_type, value.get())
        });
    }

    /// Adds the values of an object to the parts that are the body.
    pub(crate) fn deep_part<V: Value>(&mut self, name: &str, value: impl Into<V>) {
        self.push_deep_part(name, &value.into());
    }

    fn push_deep_part(&mut self, name: &str, value: &dyn Value) {
        self.multipart(name, |parts| parts.push_deep(name, value));
    }

    /// Adds files to the parts that are the body.
    pub(crate) fn files(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        files: impl IntoIterator<Item = Part>,
    ) {
        for file in files {
            self.multipart(name, |parts| parts.push_file(name, content_type, file));
        }
    }

    /// Adds a part that the caller names.
    pub(crate) fn named_part(&mut self, name: &str, part: Part) {
        self.multipart(name, |parts| parts.push_part(name, part));
    }

    fn multipart(&mut self, name: &str, push: impl FnOnce(&mut Multipart) -> Result<(), Unfit>) {
        let pushed = match self.body.multipart() {
            Some(parts) => push(parts),
            None => Err(Unfit("needs a multipart body")),
        };
        if let Err(Unfit(why)) = pushed {
            self.fail(format!("part `{name}` {why}"));
        }
    }

    /// The whole body as JSON texts, one for each element.
    pub(crate) fn lines_body(&mut self, list: &dyn ListGet) {
        match to_lines(list, self.media_type) {
            Ok(lines) => self.body = Body::Content(lines.into()),
            Err(_) => self.fail("the body can't be encoded as lines of JSON".to_owned()),
        }
    }

    /// The whole body as JSON.
    pub(crate) fn json_body<V: Value>(&mut self, value: impl Into<V>) {
        Self::SET_JSON(self, &value.into());
    }

    fn set_json(&mut self, value: &dyn Value) {
        let mut json = Vec::new();
        match write_json(&mut json, value.get()) {
            Ok(()) => self.body = Body::Json(json),
            Err(_) => self.fail("the body can't be encoded as JSON".to_owned()),
        }
    }

    /// The whole body as it is.
    pub(crate) fn content_body(&mut self, content: ByteStream) {
        self.body = Body::Content(content);
    }

    /// Content of this media type instead of whatever the body is.
    pub(crate) fn replace_body(&mut self, media_type: &str, content: ByteStream) {
        self.header_text("content-type", media_type);
        self.body = Body::Content(content);
    }

    /// The whole body as JSON, from any type of serde's.
    pub(crate) fn serialized_body(&mut self, value: &impl Serialize) {
        match serde_json::to_vec(value) {
            Ok(json) => self.body = Body::Json(json),
            Err(error) => self.fail(format!("the body can't be encoded as JSON: {error}")),
        }
    }

    /// Sets a body field that the caller names by its path.
    pub(crate) fn merge_body(
        &mut self,
        path: &str,
        value: Result<serde_json::Value, serde_json::Error>,
    ) {
        let merged = match value {
            Ok(value) => self.body.merge(path, value).map_err(str::to_owned),
            Err(error) => Err(format!("can't be encoded as JSON: {error}")),
        };
        if let Err(why) = merged {
            self.fail(format!("body field `{path}` {why}"));
        }
    }
}

/// Nothing for an absent value: the member is left out.
fn write_member(out: &mut Vec<u8>, value: &dyn Value) -> Result<(), serde_json::Error> {
    match value.get() {
        Get::Absent => Ok(()),
        value => write_json(out, value),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use bytes::Bytes;
    use http::{Method, StatusCode};

    use super::*;
    use crate::runtime::client::{Client, ClientBuilder};
    use crate::runtime::error::Error;
    use crate::runtime::operation::{Answer, Need, Operation, Retry};
    use crate::runtime::request_body::RequestBody;
    use crate::runtime::service::TEST_SERVICE;
    use crate::runtime::transport::{ResponseBody, Transport, TransportFuture};
    use crate::runtime::value::Slot;

    static UPLOAD: Operation = Operation {
        id: "upload",
        method: Method::PUT,
        path: "/things",
        base_url: Some("https://uploads.example/v1"),
        retry: Retry::Idempotent,
        credentials: Need::Never,
        body: Some("multipart/form-data"),
        body_required: true,
        answer: Answer::ByStatus(&[(200, 200, Answer::Lines), (202, 202, Answer::Text)]),
        accept: "application/x-ndjson",
        paging: None,
    };

    /// What came in, and what to answer: the last one for ever.
    #[derive(Clone, Default)]
    struct Recorder {
        requests: Arc<Mutex<Vec<http::Request<Bytes>>>>,
        answers: Arc<Mutex<Vec<(u16, &'static str)>>>,
    }

    impl Transport for Recorder {
        fn send(
            &self,
            request: http::Request<RequestBody>,
        ) -> TransportFuture<'_, http::Response<ResponseBody>> {
            if let Ok(mut requests) = self.requests.lock() {
                requests.push(request.map(|body| body.as_bytes().unwrap_or_default()));
            }
            let (status, body) = match self.answers.lock() {
                Ok(mut answers) if answers.len() > 1 => answers.remove(0),
                Ok(answers) => answers.first().copied().unwrap_or((204, "")),
                Err(_) => (500, ""),
            };
            let mut response = http::Response::new(ResponseBody::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
            response
                .headers_mut()
                .insert("retry-after", http::HeaderValue::from_static("0"));
            Box::pin(async move { Ok(response) })
        }
    }

    impl Recorder {
        fn answering(answers: &[(u16, &'static str)]) -> Self {
            Self {
                answers: Arc::new(Mutex::new(answers.to_vec())),
                ..Self::default()
            }
        }

        fn client(&self, base_url: Option<&str>) -> Result<Client, Error> {
            let builder = ClientBuilder::new(&TEST_SERVICE).transport(self.clone());
            match base_url {
                Some(base_url) => builder.base_url(base_url).build(),
                None => builder.build(),
            }
        }

        /// URL, media type and body of every request.
        fn sent(&self) -> Vec<(String, String, String)> {
            let requests = self.requests.lock();
            let requests = requests.as_deref().map(Vec::as_slice).unwrap_or_default();
            let media_type = |request: &http::Request<Bytes>| {
                let value = request.headers().get("content-type");
                value.map_or_else(String::new, |it| {
                    String::from_utf8_lossy(it.as_bytes()).into_owned()
                })
            };
            requests
                .iter()
                .map(|request| {
                    let body = String::from_utf8_lossy(request.body()).into_owned();
                    (request.uri().to_string(), media_type(request), body)
                })
                .collect()
        }
    }

    /// What an emitted enum by status is like.
    #[derive(Debug, PartialEq)]
    enum ByStatus {
        Ok(Vec<i64>),
        Accepted(String),
    }

    impl Default for ByStatus {
        fn default() -> Self {
            Self::Ok(Vec::new())
        }
    }

    impl Value for ByStatus {
        fn slot(&mut self) -> Slot<'_> {
            match self {
                Self::Ok(value) => value.slot(),
                Self::Accepted(value) => value.slot(),
            }
        }

        fn get(&self) -> Get<'_> {
            Get::Null
        }

        fn slot_for(&mut self, status: u16) -> Slot<'_> {
            if status == 202 {
                *self = Self::Accepted(String::new());
            }
            self.slot()
        }
    }

    #[tokio::test]
    async fn parts_are_sent_again_as_they_were() -> Result<(), Error> {
        let recorder = Recorder::answering(&[(503, ""), (200, "1\n2\n")]);
        let client = recorder.client(None)?;
        let mut call = Call::new(&client, &UPLOAD);
        call.part::<String>("title", None, "a");
        call.files("file", None, [Part::from("b")]);
        assert_eq!(call.value::<ByStatus>().await?, ByStatus::Ok(vec![1, 2]));
        let sent = recorder.sent();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent.first(), sent.last());
        for (url, media_type, body) in sent {
            assert_eq!(url, "https://uploads.example/v1/things");
            let boundary = media_type.strip_prefix("multipart/form-data; boundary=");
            let boundary = boundary.unwrap_or_default();
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\n"
            );
            assert!(body.starts_with(&head), "{body}");
            assert!(body.ends_with(&format!("\r\nb\r\n--{boundary}--\r\n")));
        }
        Ok(())
    }

    #[tokio::test]
    async fn the_status_decides_how_an_answer_is_read() -> Result<(), Error> {
        let recorder = Recorder::answering(&[(202, "wait"), (201, "[")]);
        let client = recorder.client(Some("https://other.example"))?;
        let accepted = Call::new(&client, &UPLOAD).value::<ByStatus>().await?;
        assert_eq!(accepted, ByStatus::Accepted("wait".to_owned()));
        let unknown = Call::new(&client, &UPLOAD).value::<ByStatus>().await;
        assert!(matches!(unknown, Err(Error::Unreadable(_))));
        let urls = recorder.sent().into_iter().map(|(url, ..)| url);
        assert!(urls.eq(["https://other.example/things"; 2]));
        Ok(())
    }

    #[tokio::test]
    async fn bytes_of_another_media_type_replace_the_body() -> Result<(), Error> {
        let recorder = Recorder::default();
        let client = recorder.client(None)?;
        let mut call = Call::new(&client, &UPLOAD);
        call.part::<String>("title", None, "a");
        call.replace_body("text/csv", "1,2".into());
        call.value::<()>().await?;
        let mut lines = Call::new(&client, &UPLOAD);
        lines.lines_body(&vec![1_i64, 2]);
        lines.value::<()>().await?;
        let sent = recorder.sent();
        let bodies = sent
            .iter()
            .map(|(_, media_type, body)| (media_type.as_str(), body.as_str()));
        assert!(bodies.eq([("text/csv", "1,2"), ("multipart/form-data", "1\n2\n")]));
        Ok(())
    }

    #[tokio::test]
    async fn what_fits_no_part_is_told_before_anything_is_sent() -> Result<(), Error> {
        let recorder = Recorder::default();
        let client = recorder.client(None)?;
        let mut call = Call::new(&client, &UPLOAD);
        call.named_part("a", Part::from("x").content_type("no\nheader"));
        let refused = call.value::<()>().await;
        assert!(matches!(refused, Err(Error::NotSent(_))));
        assert_eq!(recorder.sent(), []);
        Ok(())
    }
}
