//! When a request is sent again, and after how long.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::headers::header_text;
use super::http_date::http_date;
use super::operation::Retry;
use super::text::natural;
use super::transport::TransportError;

/// The first wait is up to this; it doubles with every attempt.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// No wait of ours is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// A service that asks for more than this gets no further attempt: the caller can plan better.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

impl Retry {
    /// Whether a request without an answer may be sent again.
    pub(crate) fn after_failure(self, error: &TransportError) -> bool {
        match self {
            _ if error.is_too_large() || error.is_unreadable_content() => false,
            _ if error.is_not_recorded() => false,
            Self::Safe | Self::Idempotent | Self::Keyed(_) => true,
            Self::Unsafe => error.is_not_sent(),
        }
    }

    /// Whether a request with this answer may be sent again. `x-should-retry` decides where it is there:
    /// the service knows what it did.
    pub(crate) fn after_answer(self, status: StatusCode, headers: &HeaderMap) -> bool {
        if status.is_success() {
            return false;
        }
        match headers.get("x-should-retry").map(HeaderValue::as_bytes) {
            Some(b"true") => true,
            Some(b"false") => false,
            _ => self.after_status(status, retry_after(headers).is_some()),
        }
    }

    /// 429 says that nothing was done (RFC 6585, section 4), and so does 503 with a time to come back
    /// (RFC 9110, section 15.6.4). 425 asks for another attempt (RFC 8470, section 5.2). Of the server
    /// errors, those are left out that another attempt can't change: 501, 505 to 508, 510 and 511.
    fn after_status(self, status: StatusCode, told_when: bool) -> bool {
        let for_now = match status.as_u16() {
            429 => return true,
            503 if told_when => return true,
            408 | 425 => true,
            501 | 505..=511 => false,
            500..=599 => true,
            _ => false,
        };
        for_now && self != Self::Unsafe
    }
}

/// How long to wait before the attempt that follows `attempts` of them: exponential, with full jitter,
/// so that clients which failed together don't come back together.
pub(crate) fn backoff(attempts: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1).min(16));
    FIRST_WAIT
        .saturating_mul(doubled)
        .min(LONGEST_WAIT)
        .mul_f64(fastrand::f64())
}

/// How long to wait after an answer: what the service asks for, else [`backoff`]. `None`: too long.
pub(crate) fn wait_after_answer(headers: &HeaderMap, attempts: u32) -> Option<Duration> {
    match retry_after(headers) {
        Some(asked) => (asked <= LONGEST_RETRY_AFTER).then_some(asked),
        None => Some(backoff(attempts)),
    }
}

/// What the service asks for: `retry-after-ms`, which is finer and wins, or `Retry-After`
/// (RFC 9110, section 10.2.3) in seconds or as an HTTP date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let milliseconds = headers.get("retry-after-ms").and_then(whole_number);
    milliseconds
        .map(Duration::from_millis)
        .or_else(|| seconds_or_date(headers.get(header::RETRY_AFTER)?))
}

/// Digits and nothing else; too many of them are the largest number.
pub(super) fn whole_number(value: &HeaderValue) -> Option<u64> {
    let digits = header_text(value)?.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| natural(digits).unwrap_or(u64::MAX))
}

fn seconds_or_date(value: &HeaderValue) -> Option<Duration> {
    if let Some(seconds) = whole_number(value) {
        return Some(Duration::from_secs(seconds));
    }
    let seconds = http_date(header_text(value)?)?
        .as_second()
        .saturating_sub(jiff::Timestamp::now().as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &'static str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, http::HeaderValue::from_static(value));
        retry_after(&headers)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(asked("120"), Some(Duration::from_secs(120)));
        assert_eq!(
            asked("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(
            asked("Sunday, 06-Nov-94 08:49:37 GMT"),
            Some(Duration::ZERO)
        );
        assert!(
            asked("Fri, 31 Dec 2100 23:59:59 GMT").is_some_and(|wait| wait > LONGEST_RETRY_AFTER)
        );
        assert_eq!(asked("soon"), None);
        assert_eq!(asked("-1"), None);
        assert_eq!(asked(""), None);
    }

    #[test]
    fn milliseconds_win_and_the_service_has_the_last_word() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("9"));
        headers.insert("retry-after-ms", HeaderValue::from_static("250"));
        assert_eq!(retry_after(&headers), Some(Duration::from_millis(250)));
        headers.insert("retry-after-ms", HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(9)));
        headers.insert("x-should-retry", HeaderValue::from_static("false"));
        assert!(!Retry::Safe.after_answer(StatusCode::TOO_MANY_REQUESTS, &headers));
        headers.insert("x-should-retry", HeaderValue::from_static("true"));
        assert!(Retry::Unsafe.after_answer(StatusCode::CONFLICT, &headers));
        assert!(!Retry::Safe.after_answer(StatusCode::OK, &headers));
    }

    #[test]
    fn waits_grow_and_stay_bounded() {
        for attempts in [0, 1, 2, 5, 40, u32::MAX] {
            assert!(backoff(attempts) <= LONGEST_WAIT);
        }
        assert!((0..100).all(|_| backoff(1) <= FIRST_WAIT));
    }

    #[test]
    fn what_is_unsafe_goes_out_again_only_when_nothing_was_done() {
        let sent_again = |retry: Retry, told_when: bool| {
            (400..600).filter(move |status| {
                StatusCode::from_u16(*status)
                    .is_ok_and(|status| retry.after_status(status, told_when))
            })
        };
        assert!(sent_again(Retry::Unsafe, false).eq([429]));
        assert!(sent_again(Retry::Unsafe, true).eq([429, 503]));
        let idempotent: Vec<u16> = sent_again(Retry::Idempotent, false).collect();
        assert!(
            [408, 425, 429, 500, 502, 503, 504, 520]
                .iter()
                .all(|status| idempotent.contains(status))
        );
        assert!(
            [400, 404, 409, 501, 505, 511]
                .iter()
                .all(|status| !idempotent.contains(status))
        );
        assert!(Retry::Unsafe.after_failure(&TransportError::not_sent("")));
        assert!(!Retry::Unsafe.after_failure(&TransportError::timeout("")));
        assert!(Retry::Safe.after_failure(&TransportError::other("")));
        assert!(!Retry::Safe.after_failure(&TransportError::too_large(1)));
    }
}
