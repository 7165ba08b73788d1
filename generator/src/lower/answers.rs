//! What comes back when all is well.

use openapiv3::{MediaType, ReferenceOr, Response, StatusCode};

use super::Lowering;
use super::bodies::schema_places;
use super::media_types::{Kind, preferred};
use super::operations::Found;
use crate::api::{AnswerKind, Origin, Success};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// An answer as it stands in the document.
struct Candidate<'d> {
    status: String,
    response: &'d Response,
    at: Pointer,
}

/// The part of an answer that is read.
struct Content<'d> {
    name: &'d str,
    media_type: &'d MediaType,
    kind: Kind,
    at: Pointer,
}

impl<'d> Candidate<'d> {
    /// Of several media types, the one that says most: JSON, then text, then bytes.
    fn content(&self) -> Option<Content<'d>> {
        let (name, media_type, kind) = preferred(&self.response.content)?;
        Some(Content {
            name,
            media_type,
            kind,
            at: self.at.child("content").child(name),
        })
    }
}

impl<'d> Lowering<'d> {
    /// The success answer: the first status with content decides.
    pub(super) fn success(&mut self, found: &Found<'d>, index: usize) -> Success {
        let candidates = self.candidates(found);
        let with_content = candidates
            .iter()
            .find_map(|candidate| Some((candidate, candidate.content()?)));
        let Some((first, content)) = with_content else {
            return empty(candidates.into_iter().next(), found);
        };
        self.check_others(first, &content, &candidates);
        let origin = Origin::Response(index, first.status.clone());
        let answer = self.answer(&content, origin, index);
        Success {
            status: first.status.clone(),
            kind: answer.kind,
            may_be_empty: candidates
                .iter()
                .any(|candidate| candidate.content().is_none()),
            companions: answer.companions,
            description: description(first.response),
            example: self.example(content.media_type, &content.at),
            at: first.at.clone(),
        }
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
                Some(Candidate {
                    status,
                    response,
                    at,
                })
            })
            .collect()
    }

    fn answer(&mut self, content: &Content<'d>, origin: Origin, index: usize) -> Answer {
        let kind = match content.kind {
            Kind::Json | Kind::JsonLike => return self.json_answer(content, origin, index),
            Kind::Text => AnswerKind::Text,
            Kind::Form | Kind::Bytes | Kind::Multipart => AnswerKind::Bytes,
        };
        self.check_bytes(content.name, content.kind, content.media_type, &content.at);
        Answer {
            kind,
            companions: Vec::new(),
        }
    }

    fn json_answer(&mut self, content: &Content<'d>, origin: Origin, index: usize) -> Answer {
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
        }
    }

    /// Says where another success status has another type.
    fn check_others(
        &mut self,
        first: &Candidate<'d>,
        content: &Content<'d>,
        candidates: &[Candidate<'d>],
    ) {
        for other in candidates {
            let Some(other_content) = other.content() else {
                continue;
            };
            if other.status != first.status && !self.is_alike(content, &other_content) {
                self.report(
                    Code::SeveralSuccessAnswers,
                    &other.at,
                    format!(
                        "the answer for status {} differs from the one for {}",
                        other.status, first.status
                    ),
                    format!("the type of {} is used for both", first.status),
                );
            }
        }
    }

    fn is_alike(&mut self, one: &Content<'d>, other: &Content<'d>) -> bool {
        if one.kind.is_json() != other.kind.is_json() {
            return false;
        }
        if !one.kind.is_json() {
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
}

fn empty(candidate: Option<Candidate<'_>>, found: &Found<'_>) -> Success {
    let (status, description, at) = match candidate {
        Some(Candidate {
            status,
            response,
            at,
        }) => (status, description(response), at),
        // The document speaks of failures only; what else comes is success by HTTP's own rules.
        None => ("2XX".to_owned(), None, found.at.child("responses")),
    };
    Success {
        status,
        kind: AnswerKind::Empty,
        may_be_empty: true,
        companions: Vec::new(),
        description,
        example: None,
        at,
    }
}

fn description(response: &Response) -> Option<String> {
    Some(response.description.clone()).filter(|text| !text.trim().is_empty())
}
