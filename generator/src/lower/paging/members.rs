//! What an answer has beside its list, and where the list stands.

use super::words::{self, plain};
use crate::api::{AnswerKind, Api, Object, Operation, Property, SchemaId, Shape};
use crate::pointer::Pointer;

/// So deep is looked for what is said of pages: `/result_info/cursors/after`.
const DEEPEST: usize = 3;

/// A member of an answer that may say something of its pages.
pub(super) struct Member {
    /// As [`words`] has names.
    pub(super) name: String,
    /// JSON pointer into the body.
    pub(super) pointer: String,
    /// How many objects are around it within its root.
    depth: usize,
    pub(super) kind: MemberKind,
    /// Whether something that is said of it speaks of a URL.
    pub(super) speaks_of_url: bool,
}

/// What a member's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberKind {
    /// A string, or something that could be one.
    Text,
    Number,
    Flag,
    /// The document doesn't say.
    Unknown,
}

impl MemberKind {
    fn is(self, other: Self) -> bool {
        self == other || self == Self::Unknown
    }
}

/// The members of an answer, outermost first.
pub(super) struct Members(Vec<Member>);

impl Members {
    /// `result`: the envelope's member that the answer's value is.
    pub(super) fn of(api: &Api, operation: &Operation, result: Option<&str>) -> Self {
        let mut members = Self(Vec::new());
        let AnswerKind::Json { schema, enveloped } = operation.success.kind else {
            return members;
        };
        let root = Pointer::root();
        for name in &operation.success.scalars {
            members.0.push(Member {
                name: plain(name),
                pointer: root.child(name).as_str().to_owned(),
                depth: 0,
                kind: MemberKind::Unknown,
                speaks_of_url: false,
            });
        }
        for (name, companion) in &operation.success.companions {
            if words::AROUND_FACTS.contains(&plain(name).as_str()) {
                members.walk(api, *companion, &root.child(name), 1);
            }
        }
        let value = match result.filter(|_| enveloped) {
            Some(result) => root.child(result),
            None => root,
        };
        members.walk(api, schema, &value, 0);
        members.0.sort_by_key(|member| member.depth);
        members
    }

    fn walk(&mut self, api: &Api, schema: SchemaId, at: &Pointer, depth: usize) {
        let Shape::Object(object) = &api.schema(schema).shape else {
            return;
        };
        for property in &object.properties {
            let name = plain(&property.name);
            let at = at.child(&property.name);
            let value = api.schema(property.schema);
            let kind = match &value.shape {
                Shape::Text(_) | Shape::Enumeration(_) | Shape::Union(_) => MemberKind::Text,
                Shape::Integer(_) | Shape::Number(_) => MemberKind::Number,
                Shape::Boolean => MemberKind::Flag,
                Shape::Any => MemberKind::Unknown,
                Shape::Object(_) if depth + 1 < DEEPEST => {
                    if words::AROUND_FACTS.contains(&name.as_str()) {
                        self.walk(api, property.schema, &at, depth + 1);
                    }
                    continue;
                }
                Shape::Object(_) | Shape::List(_) | Shape::Map(_) => continue,
            };
            self.0.push(Member {
                name,
                pointer: at.as_str().to_owned(),
                depth,
                kind,
                speaks_of_url: speaks_of_url(api, property),
            });
        }
    }

    /// The first member of one of these names; earlier names win over places further out.
    pub(super) fn find(&self, names: &[&str], kind: MemberKind) -> Option<&Member> {
        names.iter().find_map(|name| {
            self.0
                .iter()
                .find(|member| member.name == *name && member.kind.is(kind))
        })
    }

    /// As [`Self::find`], text or number, and no link.
    pub(super) fn find_cursor(&self, names: &[&str]) -> Option<&Member> {
        names.iter().find_map(|name| {
            let mut called = self.0.iter().filter(|member| member.name == *name);
            called.find(|member| {
                let is_link = words::MAY_BE_URL.contains(name) && member.speaks_of_url;
                member.kind != MemberKind::Flag && !is_link
            })
        })
    }

    /// The link of HAL, JSON:API and their kin: `/_links/next/href`, `/links/next`.
    pub(super) fn link(&self) -> Option<&Member> {
        self.0.iter().find(|member| {
            let is_text = member.kind.is(MemberKind::Text);
            let ends = |end: &str| member.pointer.ends_with(end);
            is_text && (ends("links/next") || ends("links/next/href") || ends("/next/href"))
        })
    }
}

fn speaks_of_url(api: &Api, property: &Property) -> bool {
    let schema = api.schema(property.schema);
    let said = [&property.description, &schema.description];
    let speaks = said.into_iter().flatten().any(|said| {
        let said = said.to_lowercase();
        ["url", "uri", "link", "http"]
            .iter()
            .any(|word| said.contains(word))
    });
    let examples = [&schema.example, &schema.default];
    let is_shown = examples.into_iter().flatten().any(|example| {
        example
            .as_str()
            .is_some_and(|example| example.starts_with("http") || example.starts_with('/'))
    });
    speaks || is_shown
}

/// Where a list stands in a value, and its elements.
pub(super) type List = (Vec<String>, SchemaId);

/// The list that an answer is about: the value itself, or one that stands in it.
pub(super) fn list(api: &Api, operation: &Operation) -> Option<List> {
    let AnswerKind::Json { schema, .. } = operation.success.kind else {
        return None;
    };
    let words = operation.path.rsplit('/');
    let word = words
        .map(plain)
        .zip(operation.path.rsplit('/'))
        .find(|(_, segment)| !segment.contains('{'))
        .map(|(word, _)| word)
        .unwrap_or_default();
    list_in(api, schema, &word, true)
}

/// The elements of the list that a path of properties leads to.
pub(super) fn element_at(api: &Api, operation: &Operation, path: &[String]) -> Option<SchemaId> {
    let AnswerKind::Json { mut schema, .. } = operation.success.kind else {
        return None;
    };
    for name in path {
        let Shape::Object(object) = &api.schema(schema).shape else {
            return None;
        };
        let mut properties = object.properties.iter();
        schema = properties.find(|property| property.name == *name)?.schema;
    }
    match api.schema(schema).shape {
        Shape::List(element) => Some(element),
        _ => None,
    }
}

fn list_in(api: &Api, schema: SchemaId, word: &str, outermost: bool) -> Option<List> {
    let object = match &api.schema(schema).shape {
        Shape::List(element) => return Some((Vec::new(), *element)),
        Shape::Object(object) => object,
        _ => return None,
    };
    if let Some((name, element)) = best_list(api, object, word) {
        return Some((vec![name.to_owned()], element));
    }
    let mut inner = object.properties.iter().filter(|property| {
        outermost && words::AROUND_LIST.contains(&plain(&property.name).as_str())
    });
    inner.find_map(|property| {
        let (mut path, element) = list_in(api, property.schema, word, false)?;
        path.insert(0, property.name.clone());
        Some((path, element))
    })
}

/// The only list, else the one with the name of what was asked for or of lists, else the only one of things.
fn best_list<'a>(api: &'a Api, object: &'a Object, word: &str) -> Option<(&'a str, SchemaId)> {
    let lists: Vec<(&str, SchemaId)> = object
        .properties
        .iter()
        .filter_map(|property| match api.schema(property.schema).shape {
            Shape::List(element) => Some((property.name.as_str(), element)),
            _ => None,
        })
        .collect();
    let called = |name: &str| lists.iter().find(|(own, _)| plain(own) == name).copied();
    let only = match lists.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let named = || {
        let generic = words::LIST.iter().find_map(|name| called(name));
        called(word).or(generic)
    };
    only.or_else(named).or_else(|| {
        let is_thing = |element: SchemaId| {
            matches!(
                api.schema(element).shape,
                Shape::Object(_) | Shape::Union(_)
            )
        };
        let mut things = lists.iter().filter(|(_, element)| is_thing(*element));
        match (things.next(), things.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    })
}
