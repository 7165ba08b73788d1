//! What the kit for tests of callers lets happen, and what comes of it by the kind of call.

use std::time::Duration;

use generated::{AccountId, Client, Error, Fault, Faults, HeaderMap, Method, StatusCode};
use tokio::time::Instant;

use crate::recorder::Recorder;

/// A client whose attempts have these faults, and what reached the service behind them.
fn client(faults: &Faults, service: &Recorder) -> Client {
    let faults = faults.clone();
    let builder = service.builder().layer(move |inner| faults.around(inner));
    builder.build().unwrap()
}

async fn create(client: &Client) -> Error {
    let zero_trust = client.zero_trust();
    let tokens = zero_trust.access().service_tokens();
    let created = tokens.create(AccountId::new("a"), "CI/CD token").await;
    created.expect_err("`{}` is no token")
}

#[tokio::test(start_paused = true)]
async fn what_was_provably_not_sent_is_sent_again_whatever_it_does() {
    let (faults, service) = (Faults::new([Fault::Refused]), Recorder::content());
    let error = create(&client(&faults, &service)).await;
    assert!(matches!(error, Error::Unreadable(_)), "{error}");
    assert_eq!((faults.attempts(), service.came().len()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_ends_a_post_and_is_asked_for_again_by_a_get() {
    let (faults, service) = (Faults::new([Fault::Reset]), Recorder::content());
    let client = client(&faults, &service);
    let error = create(&client).await;
    assert!(matches!(error, Error::MaybeSent(_)), "{error}");
    assert_eq!((faults.attempts(), service.came().len()), (1, 1));

    let (faults, service) = (Faults::new([Fault::Reset]), Recorder::content());
    let client = self::client(&faults, &service);
    let answer = client.request(Method::GET, "/health").send_raw().await;
    assert_eq!(answer.unwrap().text(), "{}");
    assert_eq!((faults.attempts(), service.came().len()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_breaks_off_is_kept_as_far_as_it_came() {
    let faults = Faults::new([Fault::Cut(1), Fault::Cut(1), Fault::Cut(1)]);
    let client = client(&faults, &Recorder::content());
    let answer = client.request(Method::GET, "/health").send_raw().await;
    let error = answer.unwrap_err();
    assert_eq!(error.raw_body().unwrap(), "{");
    assert_eq!((faults.remaining(), error.attempts()), (0, 3));
}

#[tokio::test(start_paused = true)]
async fn a_status_is_an_answer_that_the_service_never_gave() {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", "7".parse().unwrap());
    let busy = Fault::Status(StatusCode::SERVICE_UNAVAILABLE, headers);
    let (faults, service) = (Faults::new([busy]), Recorder::content());
    let start = Instant::now();
    let answer = client(&faults, &service)
        .request(Method::POST, "/things")
        .send_raw()
        .await;
    assert_eq!(answer.unwrap().attempts(), 2);
    assert_eq!(start.elapsed(), Duration::from_secs(7));
    assert_eq!(service.came().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_delay_counts_against_the_time_of_an_attempt() {
    let faults = Faults::new([Fault::Delay(Duration::from_secs(100))]);
    let service = Recorder::content();
    let error = create(&client(&faults, &service)).await;
    assert!(error.is_timeout(), "{error}");
    assert_eq!((faults.attempts(), service.came().len()), (1, 0));
}
