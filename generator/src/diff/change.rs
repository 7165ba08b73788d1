//! One change of a document, and what it means on the wire and in Rust.

use crate::pointer::Pointer;

use super::ignore::Excused;
use super::kind::Kind;
use super::renames::Renames;
use super::verdict::Effect;

/// What differs between two documents, judged.
#[derive(Clone, Debug)]
pub struct Diff {
    /// By group, then as they stand in the documents.
    pub changes: Vec<Change>,
    /// Those that a team has agreed to.
    pub excused: Vec<Excused>,
    /// What differs in the text and means nothing here, each with its reason.
    pub ignored: Vec<Ignored>,
    /// The smallest step of the version that tells callers the truth.
    pub bump: Bump,
    /// Names that might be kept.
    pub renames: Renames,
    /// The version that the step starts from: that of the older crate.
    pub version: String,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// Stable name of the rule.
    pub kind: Kind,
    /// The resource it belongs to, dotted; `client` and `types` for what belongs to none.
    pub group: String,
    /// What changed, in the document's own terms.
    pub subject: String,
    /// What happened to it, without a full stop.
    pub what: String,
    /// Why that has the verdicts which it has, without a full stop.
    pub why: String,
    /// Where it stands in the older document.
    pub old: Option<Pointer>,
    /// Where it stands in the newer one.
    pub new: Option<Pointer>,
    /// What it means for who is already talking to the service.
    pub wire: Wire,
    /// What it means for who depends on the emitted crate.
    pub rust: Rust,
    /// The step that it alone asks for.
    pub bump: Bump,
    /// The public items of the crate that it changes.
    pub interface: Vec<ItemChange>,
    /// Places of the text that this change accounts for, beside `old` and `new`.
    pub covers: Vec<Place>,
    /// Of several things at one place, the one that this is about: a value, a form.
    pub(super) value: Option<String>,
    /// Whether it is about the place as a whole as well: the type that stands there comes or goes.
    pub(super) of_type: bool,
    /// Whether callers notice at run time what the compiler doesn't tell them.
    pub(super) at_run_time: bool,
}

impl Change {
    /// Of this effect, on values that travel in these directions.
    pub(super) fn new(kind: Kind, effect: Effect, at: (Option<Pointer>, Option<Pointer>)) -> Self {
        let wire = effect.wire();
        Self {
            kind,
            group: String::new(),
            subject: String::new(),
            what: String::new(),
            why: String::new(),
            old: at.0,
            new: at.1,
            wire,
            rust: Rust::None,
            bump: Bump::None,
            interface: Vec::new(),
            covers: Vec::new(),
            value: None,
            of_type: false,
            at_run_time: wire.breaks(),
        }
    }

    /// The same change, as values that travel in other ways have it.
    pub(super) fn also(&mut self, other: &Self, why: &str) {
        let wire = self.wire.and(other.wire);
        if wire != self.wire {
            if self.wire.breaks() {
                self.why = format!("{}; {why}", self.why);
            } else {
                why.clone_into(&mut self.why);
            }
        }
        self.wire = wire;
        self.at_run_time |= other.at_run_time;
    }

    /// The emitted crate does the new thing by itself: callers notice nothing.
    pub(super) fn followed(mut self) -> Self {
        self.at_run_time = false;
        self
    }

    /// The same, where it does.
    pub(super) fn followed_if(self, is_followed: bool) -> Self {
        if is_followed { self.followed() } else { self }
    }

    /// Where a reader looks first: the newer document, where it still is there.
    pub fn at(&self) -> Option<&Pointer> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

/// A place of one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which document.
    pub side: Side,
    /// Where in it.
    pub at: Pointer,
}

/// One of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The older.
    Old,
    /// The newer.
    New,
}

/// A difference of the text that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Where.
    pub place: Place,
    /// Why it means nothing.
    pub reason: &'static str,
}

/// A public item of the crate that isn't what it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemChange {
    /// Its path: `pets::Pet.name`.
    pub path: String,
    /// As it was; none: it is new.
    pub old: Option<String>,
    /// As it is; none: it is gone.
    pub new: Option<String>,
    /// What it means for code that names the item.
    pub rust: Rust,
    /// How callers wrote it, in statements of Rust; none: it is new.
    pub old_code: Option<String>,
    /// How callers write it; none: it is gone.
    pub new_code: Option<String>,
}

/// What a change means for who is already talking to the service, whatever with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// Words only.
    DocsOnly,
    /// Requests and readers of answers stay right.
    Compatible,
    /// What readers of answers rely on isn't there any more.
    BreaksAnswers,
    /// Requests that were right aren't.
    BreaksRequests,
    /// Both.
    BreaksBoth,
}

impl Wire {
    /// Of both names: as machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DocsOnly => "docs-only",
            Self::Compatible => "compatible",
            Self::BreaksAnswers => "breaks-answers",
            Self::BreaksRequests => "breaks-requests",
            Self::BreaksBoth => "breaks-both",
        }
    }

    /// As people read it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::DocsOnly => "docs only",
            Self::Compatible => "compatible",
            Self::BreaksAnswers => "breaks answers",
            Self::BreaksRequests => "breaks requests",
            Self::BreaksBoth => "breaks requests and answers",
        }
    }

    /// What two of them come to.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::BreaksAnswers, Self::BreaksRequests)
            | (Self::BreaksRequests, Self::BreaksAnswers) => Self::BreaksBoth,
            _ => self.max(other),
        }
    }

    /// Whether somebody's requests or readers stop being right.
    pub fn breaks(self) -> bool {
        self >= Self::BreaksAnswers
    }
}

/// What a change means for who depends on the emitted crate and takes its next version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// Nothing.
    None,
    /// More can be called.
    Additive,
    /// The same code compiles and doesn't do the same.
    RunTime,
    /// The same code may not compile.
    CompileTime,
}

impl Rust {
    /// As machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::RunTime => "breaks-at-run-time",
            Self::CompileTime => "breaks-at-compile-time",
        }
    }

    /// As people read it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::None => "no change",
            Self::Additive => "additive",
            Self::RunTime => "breaks callers at run time",
            Self::CompileTime => "breaks callers at compile time",
        }
    }
}

/// A step of a version, in the words of 1.0 and later (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// The crate is the same.
    None,
    /// Texts, or what callers don't notice.
    Patch,
    /// More than before.
    Minor,
    /// Callers may have to change.
    Major,
}

impl Bump {
    /// As machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The next version after `version`. Before 1.0 a break is a step of the second number and an
    /// addition one of the third; before 0.1 everything is one of the third (as cargo resolves them).
    /// A version that isn't three numbers stays as it is.
    pub fn next(self, version: &str) -> String {
        let core = version.split(['-', '+']).next().unwrap_or_default();
        let numbers: Vec<u64> = core
            .split('.')
            .filter_map(|part| part.parse().ok())
            .collect();
        let [major, minor, patch] = numbers[..] else {
            return version.to_owned();
        };
        let third = format!("{major}.{minor}.{}", patch.saturating_add(1));
        match (self, major, minor) {
            (Self::None, _, _) => version.to_owned(),
            (Self::Patch, _, _) | (Self::Minor, 0, _) | (Self::Major, 0, 0) => third,
            (Self::Minor, _, _) | (Self::Major, 0, _) => {
                format!("{major}.{}.0", minor.saturating_add(1))
            }
            (Self::Major, _, _) => format!("{}.0.0", major.saturating_add(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_before_1_0_is_one_place_further_right() {
        for (version, major, minor, patch) in [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ] {
            assert_eq!(Bump::Major.next(version), major);
            assert_eq!(Bump::Minor.next(version), minor);
            assert_eq!(Bump::Patch.next(version), patch);
            assert_eq!(Bump::None.next(version), version);
        }
    }

    #[test]
    fn what_is_no_version_stays_as_it_is() {
        assert_eq!(Bump::Major.next("next"), "next");
    }
}
