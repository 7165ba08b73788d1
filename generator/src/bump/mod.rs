//! The next version of a crate, and what its callers are told of it: an entry of the changelog, and
//! for each break how they wrote it and how they write it now.
//!
//! The version stands in the SDK configuration and nowhere else, so that every later run writes the
//! same crate. Changelog and migration guide belong to people: only what stands between the marks of
//! a section is ours.

mod changelog;
pub mod configuration;
mod migration;
pub mod old_names;
mod section;

use crate::diff::change::{Bump, Diff};

/// A version that is made of another one.
#[derive(Clone, Debug)]
pub struct Release<'a> {
    /// What changed.
    pub diff: &'a Diff,
    /// The version that it gets.
    pub version: String,
    /// When (RFC 3339 full date).
    pub day: &'a str,
}

impl<'a> Release<'a> {
    /// The smallest step that tells callers the truth, from the version of the older crate; `present`
    /// is the version that the configuration has, which stays where it is that far already.
    pub fn new(diff: &'a Diff, present: &str, day: &'a str) -> Self {
        let next = diff.bump.next(&diff.version);
        let version = if diff.bump == Bump::None || is_at_least(present, &next) {
            present.to_owned()
        } else {
            next
        };
        Self { diff, version, day }
    }

    /// The changelog with an entry for this version; `text` is what it is now. None: nothing changed.
    pub fn changelog(&self, text: Option<&str>) -> Option<String> {
        (self.diff.bump > Bump::None).then(|| {
            let entry = changelog::entry(self);
            section::put(text, changelog::HEAD, &self.diff.version, &entry)
        })
    }

    /// The migration guide with a section for this version; `text` is what it is now. None: callers
    /// have nothing to do.
    pub fn migration(&self, text: Option<&str>) -> Option<String> {
        let guide = migration::guide(self)?;
        Some(section::put(
            text,
            migration::HEAD,
            &self.diff.version,
            &guide,
        ))
    }
}

/// Whether a version is another one or a later one; what isn't three numbers is neither.
fn is_at_least(version: &str, other: &str) -> bool {
    let numbers = |text: &str| -> Option<Vec<u64>> {
        let numbers: Option<Vec<u64>> = text.split('.').map(|part| part.parse().ok()).collect();
        numbers.filter(|numbers| numbers.len() == 3)
    };
    match (numbers(version), numbers(other)) {
        (Some(version), Some(other)) => version >= other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(is_at_least("0.10.0", "0.9.0"));
        assert!(is_at_least("0.2.0", "0.2.0"));
        assert!(!is_at_least("0.1.9", "0.2.0"));
        assert!(!is_at_least("next", "0.2.0"));
        assert!(!is_at_least("1.0", "0.2.0"));
    }
}
