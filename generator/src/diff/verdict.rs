//! Which way values travel, and what it means there that there are more or fewer of them.

use std::ops::BitOr;

use super::change::Wire;

/// Which way the values of a schema travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Direction {
    /// From the caller to the service.
    pub(super) request: bool,
    /// From the service to the caller.
    pub(super) answer: bool,
}

impl Direction {
    pub(super) const REQUEST: Self = Self {
        request: true,
        answer: false,
    };
    pub(super) const ANSWER: Self = Self {
        request: false,
        answer: true,
    };

    /// Those of a property that only answers have (`read_only`) or only requests (`write_only`).
    pub(super) fn of_property(self, read_only: bool, write_only: bool) -> Self {
        Self {
            request: self.request && !read_only,
            answer: self.answer && !write_only,
        }
    }
}

impl BitOr for Direction {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            answer: self.answer || other.answer,
        }
    }
}

/// What happened to the set of values that are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Fewer: who sends may send a wrong one.
    Narrower,
    /// More: who reads may meet an unknown one.
    Wider,
    /// Others.
    Different,
}

impl Values {
    /// For values that travel like this.
    pub(super) fn travelling(self, direction: Direction) -> Effect {
        Effect::Breaks(Direction {
            request: direction.request && self != Self::Wider,
            answer: direction.answer && self != Self::Narrower,
        })
    }
}

/// What a change does to who is already talking to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: words.
    Docs,
    /// Nothing that anybody would have to do something about.
    Compatible,
    /// Breaks what travels like this; nothing does: it is compatible.
    Breaks(Direction),
}

impl Effect {
    /// Breaks requests.
    pub(super) const REQUESTS: Self = Self::Breaks(Direction::REQUEST);
    /// Breaks answers.
    pub(super) const ANSWERS: Self = Self::Breaks(Direction::ANSWER);

    pub(super) fn wire(self) -> Wire {
        match self {
            Self::Docs => Wire::DocsOnly,
            Self::Compatible => Wire::Compatible,
            Self::Breaks(direction) => match (direction.request, direction.answer) {
                (true, true) => Wire::BreaksBoth,
                (true, false) => Wire::BreaksRequests,
                (false, true) => Wire::BreaksAnswers,
                (false, false) => Wire::Compatible,
            },
        }
    }
}
