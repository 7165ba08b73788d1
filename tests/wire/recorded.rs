//! Recordings have no secret, wherever a call has one: credentials by scheme, and what the document calls secret.

use std::sync::Arc;

use sdk::{Client, Credentials, Error, RawResponse, Recorder, Replay, Transport};

use crate::wire::Wire;

/// A credential or a password; and as a client of OAuth 2.0 sends its own, and as a URL has it.
const SECRET: &str = "s3cret&pass word";

/// What a recording may hold of it in no spelling: encoded for URLs and forms, and in base64 as a user's and a client's.
const SPELLINGS: [&str; 6] = ["s3cret", "pass word", "pass%20word", "pass+word", "czNjcmV0", "OnMzY3JldC"];

/// What repeats a secret in a header and in the body.
const TELLING: &str = "HTTP/1.1 200 OK\r\nset-cookie: session=s3cret; Path=/\r\n\
    link: <https://wire.example.com/?api_key=s3cret%26pass%20word>; rel=next\r\n\
    x-told: s3cret&pass word\r\ncontent-type: application/json\r\n\r\n\
    {\"told\": \"it was s3cret&pass word\", \"PASSWORD\": [\"s3cret\", 1, null], \"s3cret&pass word\": 1.10}";

fn builder(wire: &Wire, recorder: &Recorder) -> sdk::ClientBuilder {
    let recorder = recorder.clone();
    wire.builder().layer(move |inner: Arc<dyn Transport>| recorder.around(inner))
}

#[track_caller]
fn assert_no_secret(recorder: &Recorder, expected: usize) -> String {
    let text = recorder.to_json();
    assert_eq!(recorder.recorded(), expected, "{text}");
    for spelling in SPELLINGS {
        assert!(!text.contains(spelling), "{spelling} is in {text}");
    }
    assert!(text.contains("[redacted]"), "{text}");
    text
}

type Call<'a> = std::pin::Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + 'a>>;

#[tokio::test]
async fn no_credential_is_recorded_wherever_it_goes() {
    let calls: [(Credentials, fn(&Client) -> Call<'_>); 8] = [
        (Credentials::bearer("s3cret&pass-word"), |client| Box::pin(client.security().bearer().send_raw())),
        (Credentials::basic(format!("me:{SECRET}")), |client| Box::pin(client.security().basic().send_raw())),
        (Credentials::header(SECRET), |client| Box::pin(client.security().header().send_raw())),
        (Credentials::user_header(SECRET, SECRET), |client| Box::pin(client.security().together().send_raw())),
        (Credentials::query(SECRET), |client| Box::pin(client.security().query().send_raw())),
        (Credentials::cookie(SECRET), |client| Box::pin(client.security().cookie().color("blue").send_raw())),
        (Credentials::oauth2("s3cret&pass-word"), |client| Box::pin(client.security().oauth2().send_raw())),
        (Credentials::open_id("s3cret&pass-word"), |client| Box::pin(client.security().open_id().send_raw())),
    ];
    for (credentials, call) in calls {
        let told = match format!("{credentials:?}").contains("query") {
            true => TELLING,
            false => "HTTP/1.1 204 No Content\r\n\r\n",
        };
        let (wire, recorder) = (Wire::answering(told).await, Recorder::new());
        let client = builder(&wire, &recorder).credentials(credentials).build().unwrap();
        call(&client).await.unwrap();
        let sent = wire.last();
        let sent = format!("{} {:?}", sent.path, sent.headers);
        assert!(SPELLINGS.iter().any(|spelling| sent.contains(spelling)), "{sent}");
        assert_no_secret(&recorder, 1);
    }
}

#[tokio::test]
async fn what_a_service_repeats_of_a_credential_isnt_recorded() {
    let (wire, recorder) = (Wire::answering(TELLING).await, Recorder::new());
    let client = builder(&wire, &recorder).credentials(Credentials::header(SECRET)).build().unwrap();
    let answer = client.security().header().send_raw().await.unwrap();
    assert!(answer.text().contains(SECRET));
    let text = assert_no_secret(&recorder, 1);
    // All else is as it was, to the last digit.
    assert!(text.contains("\"told\": \"it was [redacted]\""), "{text}");
    assert!(text.contains("\"[redacted]\": 1.10"), "{text}");
    let replay = Replay::from_json(&text).unwrap();
    let builder = Client::builder().transport(replay.clone()).credentials(Credentials::header("another"));
    let again = builder.build().unwrap().security().header().send_raw().await.unwrap();
    assert!(again.text().contains("\"PASSWORD\":[\"[redacted]\",\"[redacted]\",null]"), "{}", again.text());
    assert_eq!(replay.remaining(), 0);
}

/// The token is asked for with the client's secret, and comes back as one.
#[tokio::test]
async fn no_secret_of_a_token_request_is_recorded() {
    let token = "HTTP/1.1 200 OK\r\n\r\n{\"access_token\": \"s3cret-token\", \"refresh_token\": \"s3cret-too\", \"expires_in\": 60}";
    let (wire, recorder) = (Wire::answering(token).await, Recorder::new());
    let secrets = |secret: &str| Credentials::oauth2_client("me", secret).token_url("/token");
    let client = builder(&wire, &recorder).credentials(secrets(SECRET)).build().unwrap();
    client.security().oauth2().send_raw().await.unwrap();
    let text = assert_no_secret(&recorder, 2);
    let replay = Replay::from_json(&text).unwrap();
    assert_eq!(replay.unused(), ["POST /token", "GET /security/oauth2"]);
    let builder = Client::builder().transport(replay.clone()).credentials(secrets("another"));
    builder.build().unwrap().security().oauth2().send_raw().await.unwrap();
    assert_eq!(replay.remaining(), 0);
}

#[tokio::test]
async fn secrets_of_the_document_arent_recorded() {
    let (wire, recorder) = (Wire::answering(TELLING).await, Recorder::new());
    let client = builder(&wire, &recorder).build().unwrap();
    let user = sdk::recorded::by::CreateByUser::new().password(SECRET);
    let call = client.recorded().by().create(SECRET).pin(SECRET).x_pin(SECRET).color("blue").user(user);
    call.send_raw().await.unwrap();
    let sent = wire.last();
    assert!(sent.path.contains("/recorded/by-s3cret%26pass%20word?pin=s3cret") && !sent.body.is_empty(), "{sent:?}");
    let text = assert_no_secret(&recorder, 1);
    assert!(text.contains("\"/recorded/[redacted]?pin=[redacted]&color=blue\""), "{text}");
    assert!(text.contains("\"x-pin\": \"[redacted]\""), "{text}");
}

/// Lists, maps and what isn't described, by names that say that they hold secrets; objects say it of their members.
#[tokio::test]
async fn what_is_no_text_is_a_secret_by_its_name_and_shown_to_nobody() {
    const NAMED: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"secrets\": [\"s3cret\"], \"api_key\": {\"a\": \"s3cret\"}, \
        \"passwords_by_secret\": {\"a\": \"s3cret\"}, \"secret\": {\"name\": \"shown\"}}";
    let (wire, recorder) = (Wire::answering(NAMED).await, Recorder::new());
    let client = builder(&wire, &recorder).build().unwrap();
    let named = client.recorded().named().get().client_secrets(vec![SECRET.to_owned()]).await.unwrap();
    let sent = wire.last().path;
    assert!(SPELLINGS.iter().any(|spelling| sent.contains(spelling)), "{sent}");
    assert_eq!(named.secrets.as_ref().unwrap()[0], "s3cret");
    assert_no_secret(&recorder, 1);
    let shown = format!("{named:?}");
    assert!(!shown.contains("s3cret") && shown.contains("[redacted]") && shown.contains("shown"), "{shown}");
    let serialized = sdk::Exposed(&named);
    assert!(format!("{:?}", serde_json::to_string(&serialized)).contains("s3cret"));
    assert!(!format!("{:?}", serde_json::to_string(&named)).contains("s3cret"));
}

#[tokio::test]
async fn an_answer_that_is_a_secret_isnt_recorded() {
    let (wire, recorder) = (Wire::answering("HTTP/1.1 200 OK\r\n\r\n\"s3cret\"").await, Recorder::new());
    let client = builder(&wire, &recorder).build().unwrap();
    client.recorded().whole().send_raw().await.unwrap();
    let replay = Replay::from_json(&assert_no_secret(&recorder, 1)).unwrap();
    let again = Client::builder().transport(replay).build().unwrap();
    assert_eq!(again.recorded().whole().await.unwrap().expose_secret(), "[redacted]");
}
