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

use semver::Version;

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

    /// The changelog with an entry for this version, and without one where nothing changed after all;
    /// `text` is what it is now. None: it stays as it is.
    pub fn changelog(&self, text: Option<&str>) -> Option<String> {
        let entry = (self.diff.bump > Bump::None).then(|| changelog::entry(self));
        self.with(text, changelog::HEAD, entry)
    }

    /// The migration guide with a section for this version, and without one where callers have nothing
    /// to do after all; `text` is what it is now. None: it stays as it is.
    pub fn migration(&self, text: Option<&str>) -> Option<String> {
        self.with(text, migration::HEAD, migration::guide(self))
    }

    fn with(&self, text: Option<&str>, head: &str, section: Option<String>) -> Option<String> {
        let from = &self.diff.version;
        match section {
            Some(section) => Some(section::put(text, head, from, &section)),
            None => section::take_out(text?, from),
        }
    }
}

/// Whether a version is another one or a later one (Semantic Versioning 2.0.0, 11); what isn't a version is neither.
fn is_at_least(version: &str, other: &str) -> bool {
    match (Version::parse(version), Version::parse(other)) {
        (Ok(version), Ok(other)) => version.cmp_precedence(&other).is_ge(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_before_its_release_is_less_and_more_than_what_came_before() {
        assert!(is_at_least("0.4.0-rc.1", "0.3.0"));
        assert!(!is_at_least("0.3.0-rc.1", "0.3.0"));
        assert!(is_at_least("0.3.0+build.7", "0.3.0"));
    }

    #[test]
    fn versions_are_compared_by_number() {
        assert!(is_at_least("0.10.0", "0.9.0"));
        assert!(is_at_least("0.2.0", "0.2.0"));
        assert!(!is_at_least("0.1.9", "0.2.0"));
        assert!(!is_at_least("next", "0.2.0"));
        assert!(!is_at_least("1.0", "0.2.0"));
    }
}
