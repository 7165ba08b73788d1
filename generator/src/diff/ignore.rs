//! Changes that a team has agreed to: a file that names them, with reasons and dates.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;

use super::change::{Change, Diff};

/// What a file of agreed changes says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// Every entry.
    #[serde(default)]
    ignore: Vec<Entry>,
}

/// Changes that were agreed to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Kind of change (`property-removed`), `*` for any text in it.
    kind: Option<String>,
    /// JSON pointer of the change in either document, `*` for any text in it.
    at: Option<String>,
    /// Why that is all right.
    reason: String,
    /// The last day on which it counts (RFC 3339 full date).
    until: Option<String>,
}

/// A change that was agreed to.
#[derive(Clone, Debug)]
pub struct Excused {
    /// What it is.
    pub change: Change,
    /// Why that is all right.
    pub reason: String,
}

impl Agreed {
    /// Reads such a file.
    ///
    /// # Errors
    ///
    /// Where it isn't one: with line, column and what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let agreed: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for entry in &agreed.ignore {
            if entry.reason.trim().is_empty() {
                return Err("an entry has an empty `reason`".to_owned());
            }
            if entry.kind.is_none() && entry.at.is_none() {
                return Err(format!(
                    "the entry for \"{}\" has neither `kind` nor `at`, so it would excuse everything",
                    entry.reason
                ));
            }
            if let Some(until) = entry.until.as_ref().filter(|until| !is_date(until)) {
                return Err(format!(
                    "`until = \"{until}\"` isn't a date like 2026-12-31"
                ));
            }
        }
        Ok(agreed)
    }

    /// Takes the agreed changes out of a comparison. Gives what is wrong with the entries: those that
    /// ended before `today` (RFC 3339 full date) don't count, and those that fit nothing are useless.
    pub fn apply(&self, diff: &mut Diff, today: &str) -> Vec<String> {
        let mut warnings = Vec::new();
        for entry in &self.ignore {
            if let Some(until) = entry.until.as_deref().filter(|until| *until < today) {
                warnings.push(format!(
                    "the entry for \"{}\" ended on {until} and doesn't count",
                    entry.reason
                ));
                continue;
            }
            let changes = std::mem::take(&mut diff.changes);
            let (fitting, rest): (Vec<Change>, Vec<Change>) =
                changes.into_iter().partition(|change| entry.fits(change));
            diff.changes = rest;
            if fitting.is_empty() {
                warnings.push(format!("the entry for \"{}\" fits no change", entry.reason));
            }
            diff.excused
                .extend(fitting.into_iter().map(|change| Excused {
                    change,
                    reason: entry.reason.clone(),
                }));
        }
        warnings
    }
}

impl Entry {
    fn fits(&self, change: &Change) -> bool {
        let fits_kind = |pattern: &String| fits(pattern, change.kind.as_str());
        let fits_place = |pattern: &String| {
            let pattern = pattern.trim_start_matches('#');
            let mut places = change.old.iter().chain(&change.new);
            places.any(|at| fits(pattern, at.as_str()))
        };
        self.kind.as_ref().is_none_or(fits_kind) && self.at.as_ref().is_none_or(fits_place)
    }
}

/// Whether a text is what a pattern says, where `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            let Some(found) = rest.find(middle) else {
                return false;
            };
            rest = rest.get(found + middle.len()..).unwrap_or_default();
        }
    }
    match last {
        None => rest.is_empty(),
        Some(end) => rest.ends_with(end),
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// The day at a time, in UTC (RFC 3339 full date).
pub fn day(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let days = since.as_secs() / 86_400;
    // Howard Hinnant's civil_from_days, for days after 1970: years begin in March.
    let from_march = days + 719_468;
    let era = from_march / 146_097;
    let of_era = from_march % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("/components/*/Pet", "/components/schemas/Pet"));
        assert!(fits("/paths/*", "/paths/~1pets/get"));
        assert!(fits("*removed", "property-removed"));
        assert!(fits("a*b*c", "a-b-b-c"));
        assert!(fits("*", ""));
        assert!(!fits("/paths", "/paths/~1pets"));
        assert!(!fits("a*b*c", "a-c-b"));
        assert!(!fits("ab*ba", "aba"));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let at = |seconds| day(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01");
        assert_eq!(at(951_782_400), "2000-02-29");
        assert_eq!(at(1_735_689_599), "2024-12-31");
        assert_eq!(at(1_735_689_600), "2025-01-01");
    }

    #[test]
    fn an_entry_says_what_and_why_and_until_when() {
        let refused = |text: &str| Agreed::parse(text).err().unwrap_or_default();
        let all = "[[ignore]]\nreason = \"all\"";
        assert!(refused(all).contains("neither `kind` nor `at`"));
        let silent = "[[ignore]]\nkind = \"*\"\nreason = \" \"";
        assert!(refused(silent).contains("empty `reason`"));
        let undated = "[[ignore]]\nkind = \"*\"\nreason = \"r\"\nuntil = \"soon\"";
        assert!(refused(undated).contains("isn't a date"));
        assert!(refused("[[ignore]]\nkind = \"*\"").contains("missing field `reason`"));
    }
}
