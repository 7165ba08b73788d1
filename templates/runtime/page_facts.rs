//! What an answer says of its page, as far as it matters for the next one.

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::links::NextLink;
use super::operation::Answer;
use super::paging::{NextPage, PagingScheme};
use super::pointer::keys;
use super::response::Received;
use super::text::{integer, natural};

/// What an answer says of its page. What it says in a form that makes no sense, it doesn't say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageFacts {
    /// How many things it has.
    pub(crate) count: u64,
    /// Equal for equal things, and hardly ever for others.
    pub(crate) digest: u64,
    /// What names the last thing.
    pub(crate) last: Option<String>,
    /// As [`PagingScheme::total`] and its neighbours.
    pub(crate) total: Option<u64>,
    pub(crate) pages: Option<u64>,
    pub(crate) size: Option<u64>,
    pub(crate) number: Option<i64>,
    pub(crate) more: Option<bool>,
    /// The cursor or the URL in the body; never empty.
    pub(crate) next: Option<String>,
    /// By the headers.
    pub(crate) link: NextLink,
}

impl PageFacts {
    pub(crate) fn of(scheme: &PagingScheme, answer: Answer, received: &Received) -> Self {
        let body = &received.body;
        let mut list: Vec<String> = Vec::new();
        if let (Answer::Enveloped, Some(envelope)) = (answer, &received.service.envelope) {
            list.push(envelope.result.to_owned());
        }
        list.extend(scheme.items.iter().map(|field| field.name().to_owned()));
        let (next, member) = match scheme.next {
            NextPage::Url(pointer)
            | NextPage::Cursor {
                cursor: pointer, ..
            } => (Some(pointer), None),
            NextPage::LastItem { member, .. } => (None, Some(member)),
            NextPage::Link | NextPage::Page { .. } | NextPage::Offset { .. } => (None, None),
        };
        let tally = at(body, &list, Tally { member }).unwrap_or_default();
        let scalar = |pointer: Option<&str>| at(body, &keys(pointer?), Scalar).flatten();
        let number = |pointer| natural(&scalar(pointer)?);
        let more = scalar(scheme.more).and_then(|more| more.parse().ok());
        // A flag in its place is no cursor, but says whether there is one.
        let (next, flag) = match scalar(next) {
            Some(text) => match text.parse() {
                Ok(flag) => (None, Some(flag)),
                Err(_) => (Some(text).filter(|next| !next.is_empty()), None),
            },
            None => (None, None),
        };
        Self {
            count: tally.count,
            digest: tally.digest,
            last: tally.last,
            total: number(scheme.total),
            pages: number(scheme.pages),
            size: number(scheme.size).filter(|size| *size > 0),
            number: scalar(scheme.number).and_then(|number| integer(&number)),
            more: more.or(flag),
            next,
            link: NextLink::of(&received.headers),
        }
    }
}

/// Reads what stands at a place of a JSON text, and nothing else into memory; `None`: there is no such place.
fn at<'de, S: DeserializeSeed<'de>>(text: &'de [u8], path: &[String], seed: S) -> Option<S::Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    At { path, seed }.deserialize(&mut deserializer).ok()?
}

struct At<'p, S> {
    path: &'p [String],
    seed: S,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for At<'_, S> {
    type Value = Option<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.path.is_empty() {
            return self.seed.deserialize(deserializer).map(Some);
        }
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for At<'_, S> {
    type Value = Option<S::Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let Some((first, rest)) = self.path.split_first() else {
            return Ok(None);
        };
        let mut seed = Some(self.seed);
        let mut found = None;
        while let Some(key) = members.next_key::<Cow<'de, str>>()? {
            match seed.take_if(|_| key == *first) {
                Some(seed) => found = members.next_value_seed(At { path: rest, seed })?,
                None => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

/// A string, a number or a flag as text.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let value: Json = serde::Deserialize::deserialize(deserializer)?;
        Ok(match value {
            Json::String(text) => Some(text),
            Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        })
    }
}

/// Counts the things of a list, one in memory at a time.
struct Tally {
    /// What of the last thing is of interest.
    member: Option<&'static str>,
}

#[derive(Default)]
struct Tallied {
    count: u64,
    digest: u64,
    last: Option<String>,
}

impl<'de> DeserializeSeed<'de> for Tally {
    type Value = Tallied;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tallied, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Tally {
    type Value = Tallied;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Tallied, A::Error> {
        let mut hasher = DefaultHasher::new();
        let mut count = 0;
        let mut last = Json::Null;
        while let Some(element) = elements.next_element::<Json>()? {
            element.hash(&mut hasher);
            count += 1;
            last = element;
        }
        let last = match self.member.and_then(|member| last.get(member)) {
            Some(Json::String(text)) => Some(text.clone()),
            Some(number @ Json::Number(_)) => Some(number.to_string()),
            _ => None,
        };
        let digest = hasher.finish();
        Ok(Tallied {
            count,
            digest,
            last,
        })
    }
}
