//! Why the two disagree, by kinds and keys, and who is right.

use generator::diff::kind::Kind;

use crate::compare::{Ours, Theirs};
use crate::tool::Action;

/// Who is right. Where the other tool was, `diff` has mostly learnt it: `tests/changes` has the cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Right {
    /// `diff`.
    Ours,
    /// The other tool: what `diff` has still to learn.
    Theirs,
    /// It depends on the reader, and `diff` says what it takes for granted.
    Either,
    /// Both call it breaking, each at a place of its own.
    Both,
}

impl Right {
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Self::Ours => "`diff`",
            Self::Theirs => "the other",
            Self::Either => "a matter of readers",
            Self::Both => "both, told elsewhere",
        }
    }
}

/// Disagreements for one reason.
pub(crate) struct Class<T> {
    /// What is disagreed about.
    pub(crate) about: &'static str,
    pub(crate) right: Right,
    pub(crate) why: &'static str,
    /// Whether a disagreement is one of them; the first class that says so has it.
    holds: fn(&T) -> bool,
}

/// Limits of values.
const LIMITS: &[&str] = &[
    "maxLength",
    "minLength",
    "pattern",
    "format",
    "maximum",
    "minimum",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
];

/// Of what only the other tool calls breaking.
pub(crate) const THEIRS: &[Class<Theirs>] = &[
    Class {
        about: "a component that no operation uses",
        right: Right::Ours,
        why: "nothing of it travels",
        holds: |one| one.travels.is_none(),
    },
    Class {
        about: "a component's name",
        right: Right::Ours,
        why: "names of components don't travel; what stands where the component was used is compared there",
        holds: |one| one.key == "schemas/*",
    },
    Class {
        about: "a component by itself",
        right: Right::Ours,
        why: "the tool judges it as if it were sent; where operations lead to it, it doesn't call it breaking either",
        holds: |one| one.by_itself,
    },
    Class {
        about: "`4xx` spelled `4XX`",
        right: Right::Ours,
        why: "both mean the same range of statuses",
        holds: |one| one.key == "responses/*" && one.action == Action::Replace,
    },
    Class {
        about: "`security`",
        right: Right::Ours,
        why: "alternatives have no order, and the document's own count where an operation has none: `diff` compares what is enough for each operation",
        holds: |one| one.is_in("security"),
    },
    Class {
        about: "one more value or form in answers",
        right: Right::Either,
        why: "readers that know the listed ones only meet another; emitted enumerations and unions keep it, and `diff` takes that for granted",
        holds: |one| {
            let more = [Kind::EnumValueAdded, Kind::FormAdded];
            !one.travels.request && more.iter().any(|kind| one.told.contains(kind))
        },
    },
    Class {
        about: "`readOnly` of a parameter, or of what only answers have",
        right: Right::Ours,
        why: "it speaks of properties of requests; where it stands at one, `diff` tells the property",
        holds: |one| one.key == "readOnly",
    },
    Class {
        about: "`nullable`",
        right: Right::Ours,
        why: "`null` that may be sent needn't be, one that no answer has any more surprises nobody, and in `allOf` every part must let it through",
        holds: |one| one.key == "nullable",
    },
    Class {
        about: "parts of an `allOf`",
        right: Right::Ours,
        why: "they are one schema, whichever part says something: `diff` compares the whole and tells what came or went in it",
        holds: |one| one.key == "allOf/*",
    },
    Class {
        about: "more said of answers: a type, listed values, limits, required properties",
        right: Right::Ours,
        why: "answers have fewer values than readers were ready for; the tool judges a component once, as if it were sent",
        holds: |one| {
            // A type that a request has would be told as breaking.
            let answers = !one.travels.request || one.told.contains(&Kind::TypeChanged);
            one.action == Action::Add && answers
        },
    },
    Class {
        about: "limits of answers",
        right: Right::Either,
        why: "a reader may have relied on them (a column of so many characters); `diff` takes limits for the service's own",
        holds: |one| LIMITS.contains(&one.key.as_str()) && !one.travels.request,
    },
    Class {
        about: "another type of a form of an answer",
        right: Right::Either,
        why: "`diff` tells one form less and another one more, which readers of unions keep",
        holds: |one| one.told.contains(&Kind::FormRemoved) && !one.travels.request,
    },
    Class {
        about: "a type that comes with another schema",
        right: Right::Both,
        why: "`diff` tells schema-replaced where it is used",
        holds: |one| one.key == "type" && one.action == Action::Add && one.told.is_empty(),
    },
    Class {
        about: "required or listed in one part of an `allOf`, said by another part before or after",
        right: Right::Ours,
        why: "the parts are one schema, which says the same",
        holds: |one| {
            matches!(
                one.key.as_str(),
                "properties/*" | "required/*" | "enum/*" | "type"
            )
        },
    },
    Class {
        about: "the media types that a part of a form may have",
        right: Right::Ours,
        why: "the list got longer",
        holds: |one| one.key == "contentType",
    },
    Class {
        about: "forms of a request, told apart by what they require, that are one object now",
        right: Right::Theirs,
        why: "one of the forms let `null` through, which the object refuses; `diff` only tells the properties as new",
        holds: |one| one.key == "oneOf/*" && one.told.contains(&Kind::PropertyAdded),
    },
    Class {
        about: "forms of a request that are one object now",
        right: Right::Ours,
        why: "it has the properties of all of them and requires none",
        holds: |one| {
            matches!(one.key.as_str(), "oneOf/*" | "anyOf/*") && one.action == Action::Remove
        },
    },
    Class {
        about: "a `default` that isn't told any more",
        right: Right::Either,
        why: "what is taken where nothing is sent may be what it was; `diff` calls it words",
        holds: |one| one.key == "default",
    },
];

/// Of what only `diff` calls breaking.
pub(crate) const OURS: &[Class<Ours>] = &[
    Class {
        about: "security-tightened",
        right: Right::Ours,
        why: "all schemes of a requirement are needed, so one more locks out who hasn't it; the tool calls that compatible",
        holds: |one| one.kind == Kind::SecurityTightened,
    },
    Class {
        about: "property-became-optional",
        right: Right::Ours,
        why: "readers rely on it; the tool's rule for `required` fails inside of `allOf`, and it judges components as if they were sent",
        holds: |one| one.kind == Kind::PropertyBecameOptional,
    },
    Class {
        about: "property-became-required, property-added and required",
        right: Right::Ours,
        why: "requests without it are refused; the tool's rule for `required` fails inside of `allOf`",
        holds: |one| matches!(one.kind, Kind::PropertyBecameRequired | Kind::PropertyAdded),
    },
    Class {
        about: "type-changed",
        right: Right::Ours,
        why: "for answers the tool turns the rules of requests around, so that another type, which breaks both, is compatible; and it doesn't compare a schema with a union",
        holds: |one| matches!(one.kind, Kind::TypeChanged | Kind::FormatChanged),
    },
    Class {
        about: "property-removed, property-renamed",
        right: Right::Ours,
        why: "who sends it isn't heard and who reads it waits in vain; the tool asks only whether it was required",
        holds: |one| matches!(one.kind, Kind::PropertyRemoved | Kind::PropertyRenamed),
    },
    Class {
        about: "became-nullable, became-not-nullable",
        right: Right::Ours,
        why: "readers meet a `null`, or callers may not send it; the tool turns its rule around for answers and doesn't look into elements",
        holds: |one| matches!(one.kind, Kind::BecameNullable | Kind::BecameNotNullable),
    },
    Class {
        about: "schema-replaced",
        right: Right::Either,
        why: "a schema of another structure that the document has beside it: `diff` warns without looking inside, the tool compares property by property",
        holds: |one| one.kind == Kind::SchemaReplaced,
    },
    Class {
        about: "form-removed",
        right: Right::Ours,
        why: "requests in that form are refused; the tool pairs it with the form that is least unlike",
        holds: |one| one.kind == Kind::FormRemoved,
    },
    Class {
        about: "constraint-tightened, constraint-changed",
        right: Right::Ours,
        why: "of an operation that moved, which is gone to the tool, or of booleans that are listed",
        holds: |one| {
            matches!(
                one.kind,
                Kind::ConstraintTightened | Kind::ConstraintChanged
            )
        },
    },
    Class {
        about: "property-became-writable and required, property-became-read-only",
        right: Right::Both,
        why: "the tool names `readOnly` in the component that the property refers to",
        holds: |one| {
            matches!(
                one.kind,
                Kind::PropertyBecameWritable | Kind::PropertyBecameReadOnly
            )
        },
    },
    Class {
        about: "default-changed",
        right: Right::Ours,
        why: "requests that leave it out mean something else",
        holds: |one| one.kind == Kind::DefaultChanged,
    },
];

/// The class of a disagreement; none: nothing explains it.
pub(crate) fn class<T>(classes: &[Class<T>], one: &T) -> Option<usize> {
    classes.iter().position(|class| (class.holds)(one))
}
