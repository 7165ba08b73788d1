//! The client's own limit on how often it sends. Time is Tokio's, which passes only while everybody waits.

use std::time::Duration;

use generated::{Client, Error, Method};
use tokio::time::{Instant, advance};

use crate::recorder::{Answer, Recorder};

const SECOND: Duration = Duration::from_secs(1);

/// Makes so many calls at the same time, and gives those that failed.
async fn call(client: &Client, count: usize) -> Vec<Error> {
    let mut calls = Vec::new();
    for _ in 0..count {
        let client = client.clone();
        calls.push(tokio::spawn(async move { get(&client).await }));
    }
    let mut errors = Vec::new();
    for call in calls {
        errors.extend(call.await.unwrap().err());
    }
    errors
}

async fn get(client: &Client) -> Result<(), Error> {
    client
        .request(Method::GET, "/things")
        .send_raw()
        .await
        .map(drop)
}

fn limited(recorder: &Recorder) -> Client {
    recorder.builder().rate_limit(2, SECOND).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_limit() {
    let recorder = Recorder::content();
    let client = limited(&recorder);
    let start = Instant::now();
    assert!(call(&client, 5).await.is_empty());
    assert_eq!(recorder.times(start), [0, 0, 500, 1000, 1500]);
}

#[tokio::test(start_paused = true)]
async fn silence_is_saved_up_to_the_limit_and_no_further() {
    let recorder = Recorder::content();
    let client = limited(&recorder);
    let start = Instant::now();
    advance(60 * SECOND).await;
    call(&client, 4).await;
    assert_eq!(recorder.times(start), [60_000, 60_000, 60_500, 61_000]);
}

#[tokio::test(start_paused = true)]
async fn attempts_count_not_calls() {
    let recorder = Recorder::new(|number| {
        let again = vec![("retry-after-ms", "1".to_owned())];
        if number < 2 {
            (503, again)
        } else {
            (200, Vec::new())
        }
    });
    let client = recorder.builder().rate_limit(1, SECOND).build().unwrap();
    let start = Instant::now();
    get(&client).await.unwrap();
    assert_eq!(recorder.times(start), [0, 1000, 2000]);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_go_in_time_is_refused_at_once() {
    let recorder = Recorder::content();
    let client = recorder
        .builder()
        .rate_limit(1, 10 * SECOND)
        .build()
        .unwrap();
    let start = Instant::now();
    get(&client).await.unwrap();
    let call = client.request(Method::GET, "/things").timeout(4 * SECOND);
    let error = call.send_raw().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /things was not sent: the client's rate limit lets it go in 10.0 s, and its time is up in 4.0 s"
    );
    assert!(matches!(error, Error::NotSent(_)));
    assert!(error.is_timeout());
    assert_eq!(error.attempts(), 0);
    assert_eq!(start.elapsed(), Duration::ZERO);
    // Nobody waits for a turn that was not taken.
    get(&client).await.unwrap();
    assert_eq!(recorder.times(start), [0, 10_000]);
}

#[tokio::test(start_paused = true)]
async fn an_outcome_stands_where_another_attempt_cannot_go_in_time() {
    let recorder = Recorder::new(|_| (502, Vec::new()));
    let client = recorder
        .builder()
        .rate_limit(1, 60 * SECOND)
        .build()
        .unwrap();
    let call = client.request(Method::GET, "/things").timeout(30 * SECOND);
    let answer = call.send_raw().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.attempts()), (502, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_harms_nobody() {
    let recorder = Recorder::content();
    let client = limited(&recorder);
    let start = Instant::now();
    call(&client, 2).await;
    let dropped = tokio::time::timeout(SECOND / 10, get(&client)).await;
    assert!(dropped.is_err());
    get(&client).await.unwrap();
    assert_eq!(recorder.times(start), [0, 0, 500]);
}

#[tokio::test(start_paused = true)]
async fn turns_of_calls_that_are_dropped_go_to_those_that_come_next() {
    let recorder = Recorder::content();
    let client = recorder.builder().rate_limit(1, SECOND).build().unwrap();
    let start = Instant::now();
    get(&client).await.unwrap();
    let waiting = || {
        let client = client.clone();
        tokio::spawn(async move { get(&client).await })
    };
    let many: Vec<_> = (0..100).map(|_| waiting()).collect();
    tokio::task::yield_now().await;
    many.iter().for_each(|call| call.abort());
    tokio::task::yield_now().await;
    // One between two that go on waiting: nobody else may go at their time.
    let (first, second, third) = (waiting(), waiting(), waiting());
    tokio::task::yield_now().await;
    second.abort();
    tokio::task::yield_now().await;
    get(&client).await.unwrap();
    for call in [first, third] {
        call.await.unwrap().unwrap();
    }
    assert_eq!(recorder.times(start), [0, 1000, 2000, 3000]);
}

/// The first request is answered with this, all others are let through.
fn first(status: u16, headers: &[(&'static str, &str)]) -> Recorder {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Recorder::new(move |number| -> Answer {
        if number == 0 {
            (status, headers.clone())
        } else {
            (200, Vec::new())
        }
    })
}

#[tokio::test(start_paused = true)]
async fn a_service_that_says_wait_is_waited_for_by_all() {
    let recorder = first(429, &[("retry-after", "7")]);
    let client = recorder.builder().rate_limit(10, SECOND).build().unwrap();
    let start = Instant::now();
    let call = client.request(Method::GET, "/things").max_retries(0);
    assert_eq!(call.send_raw().await.unwrap().status(), 429);
    self::call(&client, 3).await;
    // One after the other: what the service counts is spent.
    assert_eq!(recorder.times(start), [0, 7000, 7100, 7200]);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_already_wait_for_it_too() {
    let recorder = first(429, &[("retry-after", "7")]);
    let client = recorder
        .builder()
        .rate_limit(1, SECOND)
        .max_retries(0)
        .build()
        .unwrap();
    let start = Instant::now();
    call(&client, 4).await;
    assert_eq!(recorder.times(start), [0, 7000, 8000, 9000]);
}

#[tokio::test(start_paused = true)]
async fn where_nothing_remains_it_waits_until_the_limit_is_set_back() {
    let forms: [&[(&str, &str)]; 3] = [
        &[("ratelimit", "\"default\";r=0;t=5")],
        &[("ratelimit-remaining", "0"), ("ratelimit-reset", "5")],
        &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "5")],
    ];
    for headers in forms {
        let recorder = first(200, headers);
        let client = recorder.builder().rate_limit(10, SECOND).build().unwrap();
        let start = Instant::now();
        get(&client).await.unwrap();
        get(&client).await.unwrap();
        assert_eq!(recorder.times(start), [0, 5000], "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_service_holds_it_back_for_longer_than_a_minute() {
    let recorder = first(429, &[("retry-after", "86400")]);
    let client = recorder.builder().rate_limit(10, SECOND).build().unwrap();
    let start = Instant::now();
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(recorder.times(start), [0, 60_000]);
}

#[tokio::test]
async fn without_a_request_there_is_no_limit_to_keep() {
    let error = Recorder::content()
        .builder()
        .rate_limit(0, SECOND)
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "a rate limit of no requests: nothing could ever be sent"
    );
}
