//! What a service says of its own rate limit.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode};

use super::headers::header_text;
use super::retry::{retry_after, whole_number};
use super::text::{natural, split, split_once};

/// A number of seconds beyond this is a point in time, counted from 1970: nobody's limit lasts for thirty years.
const LONGEST_IN_SECONDS: u64 = 1_000_000_000;

/// A point in time beyond this is in milliseconds.
const LAST_IN_SECONDS: u64 = 100_000_000_000;

/// How long no request should be sent: `Retry-After` of 429 (RFC 6585, section 4), else the time until the limit is
/// set back where nothing remains of it.
pub(crate) fn asked_to_pause(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let refused = status == StatusCode::TOO_MANY_REQUESTS;
    let told = refused.then(|| retry_after(headers)).flatten();
    told.or_else(|| policies(headers))
        .or_else(|| pair(headers, refused, "ratelimit-remaining", "ratelimit-reset"))
        .or_else(|| {
            pair(
                headers,
                refused,
                "x-ratelimit-remaining",
                "x-ratelimit-reset",
            )
        })
}

/// `RateLimit: "default";r=0;t=30` (draft-ietf-httpapi-ratelimit-headers since version 8), the longest of several, or
/// `limit=100, remaining=0, reset=30` (before).
fn policies(headers: &HeaderMap) -> Option<Duration> {
    let mut longest = None;
    let mut whole = Policy::default();
    for value in headers.get_all("ratelimit") {
        for member in split(header_text(value).unwrap_or_default(), b",") {
            let mut policy = Policy::default();
            for parameter in split(member, b";") {
                match split_once(parameter.trim(), b"=") {
                    Some(("r", number)) => policy.remaining = natural(number),
                    Some(("t", number)) => policy.reset = natural(number),
                    Some(("remaining", number)) => whole.remaining = natural(number),
                    Some(("reset", number)) => whole.reset = natural(number),
                    _ => {}
                }
            }
            longest = longest.max(policy.exhausted());
        }
    }
    longest.max(whole.exhausted())
}

/// What remains of a limit, and in how many seconds it is set back.
#[derive(Default)]
struct Policy {
    remaining: Option<u64>,
    reset: Option<u64>,
}

impl Policy {
    fn exhausted(&self) -> Option<Duration> {
        match (self.remaining, self.reset) {
            (Some(0), Some(reset)) => Some(Duration::from_secs(reset)),
            _ => None,
        }
    }
}

/// One header with what remains, and one with the time at which the limit is set back.
fn pair(headers: &HeaderMap, refused: bool, remaining: &str, reset: &str) -> Option<Duration> {
    let remaining = headers.get(remaining).and_then(whole_number);
    let exhausted = remaining.map_or(refused, |remaining| remaining == 0);
    let reset = headers.get(reset).filter(|_| exhausted)?;
    seconds(reset)
}

/// Seconds from now, or a point in time in seconds or milliseconds since 1970.
fn seconds(value: &HeaderValue) -> Option<Duration> {
    let number = whole_number(value)?;
    let milliseconds = match number {
        ..LONGEST_IN_SECONDS => return Some(Duration::from_secs(number)),
        LONGEST_IN_SECONDS..LAST_IN_SECONDS => number.saturating_mul(1000),
        _ => number,
    };
    let now = jiff::Timestamp::now().as_millisecond();
    let left = milliseconds.saturating_sub(u64::try_from(now).unwrap_or(0));
    Some(Duration::from_millis(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(status: u16, given: &[(&'static str, &str)]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.append(*name, value);
            }
        }
        let status = StatusCode::from_u16(status).unwrap_or_default();
        // Rounded up: a point in time is some milliseconds nearer when it is read.
        asked_to_pause(status, &headers).map(|pause| pause.as_millis().div_ceil(1000) as u64)
    }

    #[test]
    fn retry_after_counts_where_the_limit_is_why() {
        assert_eq!(pause(429, &[("retry-after", "7")]), Some(7));
        assert_eq!(pause(503, &[("retry-after", "7")]), None);
        assert_eq!(
            pause(429, &[("retry-after", "7"), ("x-ratelimit-reset", "9")]),
            Some(7)
        );
        assert_eq!(pause(429, &[]), None);
    }

    #[test]
    fn a_limit_of_which_nothing_remains_is_waited_for() {
        let drafts: [&[(&str, &str)]; 5] = [
            &[("ratelimit", "\"default\";r=0;t=30")],
            &[("ratelimit", "\"hour\";r=5;t=99, \"minute\"; r=0; t=30")],
            &[("ratelimit", "limit=100, remaining=0, reset=30")],
            &[("ratelimit-remaining", "0"), ("ratelimit-reset", "30")],
            &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")],
        ];
        for headers in drafts {
            assert_eq!(pause(200, headers), Some(30), "{headers:?}");
        }
        assert_eq!(
            pause(
                200,
                &[("ratelimit", "a;r=0;t=4"), ("ratelimit", "b;r=0;t=5")]
            ),
            Some(5)
        );
    }

    #[test]
    fn what_remains_is_not_waited_for() {
        let drafts: [&[(&str, &str)]; 5] = [
            &[("ratelimit", "\"default\";r=1;t=30")],
            &[("ratelimit", "limit=100, remaining=1, reset=30")],
            &[("ratelimit-remaining", "1"), ("ratelimit-reset", "30")],
            &[("x-ratelimit-reset", "30")],
            &[
                ("x-ratelimit-remaining", "none"),
                ("x-ratelimit-reset", "30"),
            ],
        ];
        for headers in drafts {
            assert_eq!(pause(200, headers), None, "{headers:?}");
        }
        assert_eq!(pause(429, &[("x-ratelimit-reset", "30")]), Some(30));
    }

    #[test]
    fn a_limit_is_set_back_after_seconds_or_at_a_point_in_time() {
        let at = |reset: String| {
            pause(
                200,
                &[
                    ("x-ratelimit-remaining", "0"),
                    ("x-ratelimit-reset", &reset),
                ],
            )
        };
        let now = jiff::Timestamp::now().as_second();
        assert_eq!(at("0".to_owned()), Some(0));
        assert!(matches!(at((now + 30).to_string()), Some(29..=30)));
        assert!(matches!(at(format!("{}000", now + 30)), Some(29..=30)));
        assert_eq!(at((now - 30).to_string()), Some(0));
        assert_eq!(at("soon".to_owned()), None);
    }
}
