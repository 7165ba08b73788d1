//! No recording has a credential or a secret of the service, whatever comes back.

use generated::{ByteStream, Error, Method, Part, Recorder};

use super::{API_TOKEN, SECRET, kind, offline, recorded, replay};
use crate::scripted::{Scripted, Wire};
use crate::server::Server;

#[track_caller]
fn assert_hidden(text: &str) {
    for secret in [API_TOKEN, SECRET, &SECRET[..20]] {
        assert!(!text.contains(secret), "recorded: {text}");
    }
}

async fn create(client: &generated::Client) -> Result<String, Error> {
    let tokens = client.zero_trust().access().service_tokens();
    let created = tokens.create(generated::AccountId::new("a"), "CI/CD token");
    Ok(created.await?.client_secret.expose_secret().to_owned())
}

#[tokio::test]
async fn the_file_has_no_secret_and_a_replayed_one_is_the_mark() {
    let server = Server::play("create_documented").await;
    let recorder = Recorder::new();
    let client = recorded(server.builder(), &recorder);
    assert_eq!(create(&client).await.unwrap(), SECRET);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("create.json");
    std::fs::write(&path, "the one before").unwrap();
    recorder.save(&path).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_hidden(&text);
    // Nor does it say how long the secret is.
    let length = text.split_once(r#""content-length": ""#).unwrap().1;
    let answer = offline(&generated::Replay::from_json(&text).unwrap());
    let answer = answer.zero_trust().access().service_tokens();
    let answer = answer.create(generated::AccountId::new("a"), "CI/CD token");
    let answer = answer.send_raw().await.unwrap();
    assert!(
        length.starts_with(&format!("{}\"", answer.text().len())),
        "{text}"
    );
    assert!(text.contains(r#""client_secret": "[redacted]""#), "{text}");
    assert!(text.contains(r#""authorization": "[redacted]""#), "{text}");
    let replay = generated::Replay::from_json(&text).unwrap();
    assert_eq!(create(&offline(&replay)).await.unwrap(), "[redacted]");
    assert_eq!(replay.remaining(), 0);
}

/// What can't be read may hold the secret under a name that was cut off.
#[tokio::test]
async fn of_an_answer_that_cant_be_read_nothing_is_kept() {
    for recording in ["create_truncated", "create_cut_off", "create_of_wrong_kind"] {
        let server = Server::play(recording).await;
        let recorder = Recorder::new();
        let error = create(&recorded(server.builder(), &recorder))
            .await
            .unwrap_err();
        let text = recorder.to_json();
        assert_hidden(&text);
        assert!(!text.contains("123456789"), "{text}");
        // A number in place of the secret is read as the mark, which is a text.
        if recording != "create_of_wrong_kind" {
            let again = create(&offline(&replay(&recorder))).await.unwrap_err();
            assert_eq!(kind(&again), kind(&error), "{recording}");
            assert_eq!(again.raw_body().unwrap(), "[redacted]");
        }
    }
}

#[tokio::test]
async fn no_answer_that_repeats_the_credential_leaves_it_in_the_recording() {
    let bodies = [
        (
            "application/json",
            format!(r#"{{"error": "no token {API_TOKEN}"}}"#),
        ),
        (
            "application/json",
            format!(r#"{{"error": "no token {API_TOKEN}"#),
        ),
        ("text/html", format!("<html>{API_TOKEN}</html>")),
        ("text/plain", format!("{{\"{API_TOKEN}\": 1}}")),
        ("application/octet-stream", format!("\0{API_TOKEN}")),
        (
            "application/x-www-form-urlencoded",
            format!("a={API_TOKEN}&client_secret={SECRET}"),
        ),
        (
            "text/event-stream",
            format!(
                "event: a\ndata: {{\"client_secret\": \"{SECRET}\"}}\n\n: {API_TOKEN}\n\ndata: [DONE]\n\n"
            ),
        ),
        (
            "text/event-stream",
            format!("data: {{\"client_secret\":\ndata: \"{SECRET}\"}}\n\n"),
        ),
        (
            "text/event-stream",
            format!("event: a\rdata: {{\"client_secret\": \"{SECRET}\"}}\r\r"),
        ),
        (
            "application/x-ndjson",
            format!(
                "{{\"client_secret\": \"{SECRET}\"}}\n{{\"a\": [{{\"client_secret\": \"{SECRET}\"}}]}}\n"
            ),
        ),
        (
            "application/x-ndjson",
            format!("{{\"a\": 1}}\n{{\"client_secret\": \"{SECRET}"),
        ),
        ("text/plain", format!("access_token={SECRET}&scope=all")),
        (
            "multipart/mixed; boundary=x",
            format!("--x\r\n\r\n{SECRET}\r\n--x--"),
        ),
        ("", format!("\u{feff}{{\"client_secret\": \"{SECRET}\"}}")),
    ];
    for (media_type, body) in bodies {
        let head = format!("200 OK\r\ncontent-type: {media_type}\r\nx-told: {API_TOKEN}");
        let server = Scripted::start(Wire::Answer(head, body.clone().into_bytes())).await;
        let recorder = Recorder::new();
        let client = recorded(
            generated::Client::builder().base_url(&server.base_url),
            &recorder,
        );
        let answer = client.request(Method::GET, "/x").send_raw().await.unwrap();
        assert_eq!(answer.text(), body);
        assert_hidden(&recorder.to_json());
        assert_eq!(recorder.recorded(), 1);
    }
}

#[tokio::test]
async fn a_secret_of_a_body_is_found_before_it_too() {
    let head = format!("200 OK\r\nx-told: {SECRET}");
    let body = format!(r#"{{"client_secret": "{SECRET}"}}"#);
    let server = Scripted::start(Wire::Answer(head, body.into_bytes())).await;
    let recorder = Recorder::new();
    let builder = generated::Client::builder().base_url(&server.base_url);
    let client = recorded(builder, &recorder);
    let request = client.request(Method::POST, &format!("/x/{SECRET}"));
    let sent = request.query("again", SECRET).send_raw().await.unwrap();
    assert_eq!(sent.headers()["x-told"], SECRET);
    let text = recorder.to_json();
    assert_hidden(&text);
    assert!(text.contains("/x/[redacted]?again=[redacted]"), "{text}");
}

#[tokio::test]
async fn a_secret_of_several_parts_keeps_its_form() {
    let body = format!(
        r#"{{"client_secret": {{"value": "{SECRET}", "until": 1234567890, "old": [7654321, false, null], "on": true}}}}"#
    );
    let server = Scripted::start(Wire::Answer("200 OK".to_owned(), body.into_bytes())).await;
    let recorder = Recorder::new();
    let builder = generated::Client::builder().base_url(&server.base_url);
    let ask = async |client: &generated::Client| {
        let answer = client.request(Method::GET, "/x").send_raw().await.unwrap();
        answer.text().into_owned()
    };
    ask(&recorded(builder, &recorder)).await;
    let text = recorder.to_json();
    assert_hidden(&text);
    assert_eq!(
        ask(&offline(&replay(&recorder))).await,
        r#"{"client_secret":{"value":"[redacted]","until":0,"old":["[redacted]","[redacted]",null],"on":true}}"#
    );
}

#[tokio::test]
async fn no_request_leaves_its_secrets_in_the_recording() {
    let server = Scripted::start(Wire::Answer("200 OK".to_owned(), Vec::new())).await;
    let recorder = Recorder::new()
        .redact_key("Word")
        .redact_query("key")
        .redact_header("x-said");
    let builder = generated::Client::builder().base_url(&server.base_url);
    let client = recorded(builder.default_header("x-more", SECRET), &recorder);
    let post = || client.request(Method::POST, "/x");
    let form = "application/x-www-form-urlencoded";
    let calls = [
        post().header("x-mine", SECRET),
        post().query("key", SECRET),
        post().query("filter", &format!(r#"{{"password":"{SECRET}"}}"#)),
        post().query("user[access_token]", SECRET),
        post().body_json(
            &serde_json::json!([{"WORD": {"in": [SECRET]}, "said": SECRET, "idToken": SECRET}]),
        ),
        post().body_bytes("application/json", format!(r#"{{"word": "{SECRET}"#)),
        post().body_bytes(
            form,
            format!("a=1&client%5Fsecret={SECRET}&user%5Bpassword%5D={SECRET}&echo={SECRET}"),
        ),
        post().body_bytes(
            form,
            ByteStream::from_stream(Once(Some(format!("password={SECRET}")))),
        ),
        post().part("file", Part::bytes(SECRET)),
    ];
    let count = calls.len();
    for call in calls {
        call.send_raw().await.unwrap();
    }
    let text = recorder.to_json();
    assert_hidden(&text);
    assert_eq!(recorder.recorded(), count);
    assert!(
        text.contains(
            "a=1&client%5Fsecret=[redacted]&user%5Bpassword%5D=[redacted]&echo=[redacted]"
        ),
        "{text}"
    );
    assert!(text.contains("\"password=[redacted]\""), "{text}");
}

/// A stream of one piece.
struct Once(Option<String>);

impl futures_core::Stream for Once {
    type Item = Result<generated::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(|text| Ok(text.into())))
    }
}

async fn recorded_answer(head: &str, body: Vec<u8>) -> String {
    let server = Scripted::start(Wire::Answer(format!("200 OK\r\n{head}"), body)).await;
    let recorder = Recorder::new();
    let client = recorded(
        generated::Client::builder().base_url(&server.base_url),
        &recorder,
    );
    let request = client.request(Method::GET, "/things");
    request.send_raw().await.unwrap();
    recorder.to_json()
}

#[tokio::test]
async fn secrets_that_only_a_machine_reads_are_found_or_withheld() {
    let form = "content-type: application/x-www-form-urlencoded";
    let json = "content-type: application/json";
    let answers = [
        // Not UTF-8.
        (form, [SECRET.as_bytes(), b"&name=J\xf6rg"].concat()),
        ("server: a", [b"\xf6", SECRET.as_bytes()].concat()),
        // Compressed, or said to be.
        (
            "content-type: image/png\r\ncontent-encoding: compress",
            [b"\x1f\x9d", SECRET.as_bytes()].concat(),
        ),
        // JSON within JSON, whole and cut off.
        (
            json,
            format!(r#"{{"sent": "{{\"client_secret\": \"{SECRET}\"}}"}}"#).into_bytes(),
        ),
        (
            json,
            format!(r#"{{"sent": " {{\"client_secret\": \"{SECRET}"}}"#).into_bytes(),
        ),
        // In links.
        (
            json,
            format!(r#"{{"next": "https://a.example/b?access_token={SECRET}#c"}}"#).into_bytes(),
        ),
        (
            "link: </b?page=2&access_token=bdd31cbc4dec990953e39163fbbb194c93313ca9f0a6e420346af9d326b1d2a5>; rel=\"next\"",
            b"a".to_vec(),
        ),
        // Of OAuth 2.0.
        (
            form,
            format!("token_type_hint=a&token={SECRET}").into_bytes(),
        ),
    ];
    for (head, body) in answers {
        let text = recorded_answer(head, body).await;
        assert_hidden(&text);
        assert!(text.contains("[redacted]"), "{text}");
    }
}

/// What one exchange shows is in no other, before or after it.
#[tokio::test]
async fn a_secret_is_taken_out_wherever_it_was_sent_before() {
    let answer = format!(r#"{{"client_secret": "{SECRET}"}}"#).into_bytes();
    let head = "200 OK\r\ncontent-type: application/json".to_owned();
    let server = Scripted::start(Wire::Answer(head, answer)).await;
    let recorder = Recorder::new();
    let client = recorded(
        generated::Client::builder().base_url(&server.base_url),
        &recorder,
    );
    let request = client.request(Method::PUT, "/things");
    let request = request.body_json(&serde_json::json!({"value": SECRET}));
    request.send_raw().await.unwrap();
    assert_hidden(&recorder.to_json());
    let path = format!("/things/{SECRET}");
    client.request(Method::GET, &path).send_raw().await.unwrap();
    assert_hidden(&recorder.to_json());
}

#[tokio::test]
async fn a_header_of_the_caller_is_taken_out_of_the_answer_that_repeats_it() {
    let answer = format!("unknown key {SECRET}").into_bytes();
    let server = Scripted::start(Wire::Answer("403 No".to_owned(), answer)).await;
    let recorder = Recorder::new();
    let client = recorded(
        generated::Client::builder().base_url(&server.base_url),
        &recorder,
    );
    let request = client.request(Method::GET, "/things");
    let _ = request.header("x-auth-key", SECRET).send_raw().await;
    let text = recorder.to_json();
    assert_hidden(&text);
    assert!(text.contains("unknown key [redacted]"), "{text}");
}
