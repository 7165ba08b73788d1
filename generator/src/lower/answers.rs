//! What comes back when all is well.

use openapiv3::{ReferenceOr, Response, StatusCode};

use super::Lowering;
use super::bodies::schema_places;
use super::events::is_event_stream;
use super::media_types::{Entry, Kind, accept};
use super::operations::Found;
use crate::api::{AnswerKind, Origin, OtherAnswer, SchemaId, Success};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// An answer as it stands in the document.
struct Candidate<'d> {
    status: String,
    response: &'d Response,
    at: Pointer,
    /// Of several media types, the one that says most; none: nothing comes.
    content: Option<Entry<'d>>,
    /// The one that is a stream of events.
    events: Option<Entry<'d>>,
}

impl Candidate<'_> {
    /// Whether HTTP has nothing come with it (RFC 9110, sections 15.3.5 and 15.3.6), whatever the document says.
    fn is_without_content(&self) -> bool {
        matches!(self.status.as_str(), "204" | "205")
    }
}

impl<'d> Lowering<'d> {
    /// The success answer: the first status with content, and beside it those that differ from it.
    pub(super) fn success(&mut self, found: &Found<'d>, index: usize) -> Success {
        let candidates = self.candidates(found);
        let mut with_content = candidates
            .iter()
            .filter_map(|candidate| Some((candidate, candidate.content.as_ref()?)));
        let likely = with_content
            .clone()
            .find(|(candidate, _)| !candidate.is_without_content());
        let Some((first, content)) = likely.or_else(|| with_content.next()) else {
            return empty(candidates.into_iter().next(), found);
        };
        let answer = self.answer(first, content, index);
        let others = self.others(first, content, &candidates, index);
        let may_be_empty = candidates
            .iter()
            .any(|candidate| candidate.content.is_none() || candidate.is_without_content());
        Success {
            status: first.status.clone(),
            kind: answer.kind,
            accept: self.accept(content, &others),
            events: self.typed_events(first, index),
            others,
            may_be_empty,
            companions: answer.companions,
            scalars: answer.scalars,
            links: has_links(first.response),
            description: description(first.response),
            example: self.example(content.media_type, &content.at),
            at: first.at.clone(),
        }
    }

    /// What the events of an answer are, where it may come as such.
    fn typed_events(&mut self, candidate: &Candidate<'d>, index: usize) -> Option<SchemaId> {
        let entry = candidate.events.as_ref()?;
        let is_beside = candidate
            .content
            .as_ref()
            .is_some_and(|content| !is_event_stream(content.name));
        if is_beside {
            self.check_events(entry);
        }
        let origin = Origin::Response(index, candidate.status.clone());
        self.events(entry, origin)
    }

    fn accept(&self, content: &Entry<'d>, others: &[OtherAnswer]) -> String {
        let accept = accept(content.name, content.kind);
        let admits_others = accept.contains("*/*")
            || others.iter().all(|other| match other.kind {
                AnswerKind::Json { .. } => content.kind.is_json(),
                _ => other.kind == AnswerKind::Empty,
            });
        if admits_others {
            accept
        } else {
            format!("{accept}, */*;q=0.5")
        }
    }

    /// The answers for other success statuses, if one of them has content that isn't like the first one's.
    fn others(
        &mut self,
        first: &Candidate<'d>,
        content: &Entry<'d>,
        candidates: &[Candidate<'d>],
        index: usize,
    ) -> Vec<OtherAnswer> {
        let mut others = Vec::new();
        for other in candidates.iter().filter(|it| it.status != first.status) {
            let kind = match &other.content {
                Some(of_other) if other.is_without_content() => {
                    self.say_nothing_comes(other, of_other);
                    AnswerKind::Empty
                }
                Some(of_other) if !self.is_alike(content, of_other) => {
                    self.answer(other, of_other, index).kind
                }
                Some(_) => continue,
                None => AnswerKind::Empty,
            };
            others.push(OtherAnswer {
                status: other.status.clone(),
                kind,
                description: description(other.response),
            });
        }
        if others.iter().all(|other| other.kind == AnswerKind::Empty) {
            others.clear();
        }
        others
    }

    fn say_nothing_comes(&mut self, other: &Candidate<'d>, content: &Entry<'d>) {
        self.report(
            Code::InvalidNode,
            &content.at,
            format!("an answer {} has no content", other.status),
            "it is taken as empty (RFC 9110, section 15.3); describe what comes with another status",
        );
    }

    /// The answers that mean success: single statuses, then `2XX`, and `default` if there is neither.
    fn candidates(&mut self, found: &Found<'d>) -> Vec<Candidate<'d>> {
        let responses = &found.operation.responses;
        let single = responses
            .responses
            .iter()
            .filter(|(status, _)| matches!(status, StatusCode::Code(200..=299)));
        let ranges = responses
            .responses
            .iter()
            .filter(|(status, _)| matches!(status, StatusCode::Range(2)));
        let mut named: Vec<(String, &'d ReferenceOr<Response>)> = single
            .chain(ranges)
            .map(|(status, response)| (status.to_string(), response))
            .collect();
        if named.is_empty() {
            named.extend(
                responses
                    .default
                    .iter()
                    .map(|response| ("default".to_owned(), response)),
            );
        }
        let under = found.at.child("responses");
        named
            .into_iter()
            .filter_map(|(status, item)| {
                let (response, at) = self.resolve_response(item, under.child(&status))?;
                let entries = self.entries(&response.content, &at.child("content"));
                let events = entries.iter().find(|entry| is_event_stream(entry.name));
                Some(Candidate {
                    status,
                    response,
                    at,
                    events: events.cloned(),
                    content: entries.into_iter().next(),
                })
            })
            .collect()
    }

    fn answer(&mut self, candidate: &Candidate<'d>, content: &Entry<'d>, index: usize) -> Answer {
        let origin = Origin::Response(index, candidate.status.clone());
        let kind = match content.kind {
            Kind::Json | Kind::JsonLike => return self.json_answer(content, origin, index),
            Kind::Lines => AnswerKind::Lines(self.line(content, origin)),
            Kind::Text => AnswerKind::Text,
            Kind::Form | Kind::Bytes | Kind::Multipart | Kind::Parts => AnswerKind::Bytes,
        };
        let is_typed = is_event_stream(content.name) && self.describes_data(content);
        if content.kind != Kind::Lines && !is_typed {
            self.check_bytes(content);
        }
        Answer {
            kind,
            companions: Vec::new(),
            scalars: Vec::new(),
        }
    }

    fn json_answer(&mut self, content: &Entry<'d>, origin: Origin, index: usize) -> Answer {
        let places = schema_places(content.media_type, &content.at);
        if let Some(answer) = self.enveloped(&places, &content.at, &origin, index) {
            return answer;
        }
        let schema = self.schema(&places, origin, &content.at).id;
        Answer {
            kind: AnswerKind::Json {
                schema,
                enveloped: false,
            },
            companions: Vec::new(),
            scalars: Vec::new(),
        }
    }

    fn is_alike(&mut self, one: &Entry<'d>, other: &Entry<'d>) -> bool {
        if one.kind.is_json() != other.kind.is_json() {
            return false;
        }
        if (one.kind == Kind::Lines) != (other.kind == Kind::Lines) {
            return false;
        }
        if !one.kind.is_json() && one.kind != Kind::Lines {
            return (one.kind == Kind::Text) == (other.kind == Kind::Text);
        }
        if one.media_type.schema == other.media_type.schema {
            return true;
        }
        let one = self.facts_together(&schema_places(one.media_type, &one.at), &one.at);
        let other = self.facts_together(&schema_places(other.media_type, &other.at), &other.at);
        match (&one.alias, &other.alias) {
            (Some(one), Some(other)) => one.address() == other.address(),
            _ => false,
        }
    }
}

/// What is in an answer.
pub(super) struct Answer {
    pub(super) kind: AnswerKind,
    pub(super) companions: Vec<(String, crate::api::SchemaId)>,
    pub(super) scalars: Vec<String>,
}

fn empty(candidate: Option<Candidate<'_>>, found: &Found<'_>) -> Success {
    let (status, description, at) = match candidate {
        Some(Candidate {
            status,
            response,
            at,
            ..
        }) => (status, description(response), at),
        // The document speaks of failures only; what else comes is success by HTTP's own rules.
        None => ("2XX".to_owned(), None, found.at.child("responses")),
    };
    Success {
        status,
        kind: AnswerKind::Empty,
        accept: "application/json".to_owned(),
        events: None,
        others: Vec::new(),
        may_be_empty: true,
        companions: Vec::new(),
        scalars: Vec::new(),
        links: false,
        description,
        example: None,
        at,
    }
}

fn description(response: &Response) -> Option<String> {
    Some(response.description.clone()).filter(|text| !text.trim().is_empty())
}

fn has_links(response: &Response) -> bool {
    let mut names = response.headers.keys();
    names.any(|name| name.eq_ignore_ascii_case("link"))
}
