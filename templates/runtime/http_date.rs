//! Points in time as HTTP writes them (RFC 9110, section 5.6.7).

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::TimeZone;

/// With two digits of the year (RFC 850).
const RFC_850: &str = "%A, %d-%b-%y %H:%M:%S GMT";

/// Of the C function of that name.
const ASCTIME: &str = "%a %b %e %H:%M:%S %Y";

/// What years of two digits lie ahead at most.
const YEARS_AHEAD: i16 = 50;

/// A date in any of the three forms that recipients have to take.
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    DateTimeParser::new()
        .parse_timestamp(text)
        .ok()
        .or_else(|| rfc_850(text))
        .or_else(|| timestamp(&strtime::parse(ASCTIME, text).ok()?))
}

/// A year that would be far ahead is the last one before with the same two digits.
fn rfc_850(text: &str) -> Option<Timestamp> {
    let mut date = strtime::parse(RFC_850, text).ok()?;
    let this_year = TimeZone::UTC.to_datetime(Timestamp::now()).year();
    let mut year = this_year - this_year % 100 + date.year()?.rem_euclid(100);
    if year > this_year + YEARS_AHEAD {
        year -= 100;
    }
    date.set_year(Some(year)).ok()?;
    timestamp(&date)
}

fn timestamp(date: &BrokenDownTime) -> Option<Timestamp> {
    let date = date.to_datetime().ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_forms_are_read() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            let seconds = http_date(text).map(Timestamp::as_second);
            assert_eq!(seconds, Some(784_111_777), "{text}");
        }
        assert!(http_date("Sun Nov 16 08:49:37 2036").is_some());
        for text in ["soon", "", "06-Nov-94", "Sunday, 06-Nov-94 08:49:37 CET"] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    #[test]
    fn years_of_two_digits_are_no_more_than_fifty_years_ahead() {
        let now = TimeZone::UTC.to_datetime(Timestamp::now());
        for years in -49..=50_i16 {
            let Ok(date) = jiff::civil::Date::new(now.year() + years, 6, 1) else {
                continue;
            };
            let text = strtime::format(RFC_850, date.at(12, 0, 0, 0));
            let read = text.ok().and_then(|text| http_date(&text));
            let read = read.map(|read| TimeZone::UTC.to_datetime(read).date());
            assert_eq!(read, Some(date));
        }
    }
}
