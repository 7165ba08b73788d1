//! Recording exchanges and replaying them: what is in the file, and what callers get of it.

mod bodies;
mod replayed;
mod secrets;

use std::sync::Arc;

use generated::{Client, ClientBuilder, Credentials, Error, Recorder, Replay, Transport};

const SECRET: &str = "bdd31cbc4dec990953e39163fbbb194c93313ca9f0a6e420346af9d326b1d2a5";
const API_TOKEN: &str = "v1.0-7f3c9a-api-token-never-to-be-shown";

/// With the credentials of a user, and a recorder around what sends.
fn recorded(builder: ClientBuilder, recorder: &Recorder) -> Client {
    let recorder = recorder.clone();
    builder
        .credentials(Credentials::api_token(API_TOKEN))
        .layer(move |inner: Arc<dyn Transport>| recorder.around(inner))
        .build()
        .unwrap()
}

/// A client of nobody but a recording.
fn offline(replay: &Replay) -> Client {
    Client::builder()
        .base_url("https://service.example/v4")
        .credentials(Credentials::api_token("nobody's"))
        .transport(replay.clone())
        .build()
        .unwrap()
}

/// What replays what was recorded.
#[track_caller]
fn replay(recorder: &Recorder) -> Replay {
    Replay::from_json(&recorder.to_json()).unwrap()
}

/// What kind of error it is, and how many attempts it took.
fn kind(error: &Error) -> (String, u32) {
    let shown = format!("{error:?}");
    let kind = shown.split(['(', ' ', '{']).next().unwrap_or_default();
    (kind.to_owned(), error.attempts())
}
