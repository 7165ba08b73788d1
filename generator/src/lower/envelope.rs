//! The configured object around every result.
//!
//! An answer stands in the envelope if its object has the result's property and, where one is
//! configured, the success property. An object with the success property alone is an envelope as
//! well, around a result that the document doesn't describe: its schema is any JSON value or null,
//! so that at run time `success: false` is still an error.

use super::Lowering;
use super::answers::Answer;
use super::facts::{Kind, ObjectFacts};
use super::references::Place;
use crate::api::{AnswerKind, Origin, SchemaId};
use crate::config::EnvelopeConfig;
use crate::pointer::Pointer;

/// What envelopes call their errors, if the configuration doesn't.
const ERRORS: &str = "errors";
/// What envelopes call their messages, if the configuration doesn't.
const MESSAGES: &str = "messages";

impl<'d> Lowering<'d> {
    /// The answer inside the envelope, if it stands in one.
    pub(super) fn enveloped(
        &mut self,
        places: &[Place<'d>],
        at: &Pointer,
        origin: &Origin,
        index: usize,
    ) -> Option<Answer> {
        let envelope = self.config.envelope.as_ref()?;
        let facts = self.facts_together(places, at);
        let Kind::Object(object) = &facts.kind else {
            return None;
        };
        let schema = self.result(object, envelope, origin, &facts.at)?;
        let (companions, scalars) = self.companions(object, envelope, index, &facts.at);
        Some(Answer {
            kind: AnswerKind::Json {
                schema,
                enveloped: true,
            },
            companions,
            scalars,
        })
    }

    fn result(
        &mut self,
        object: &ObjectFacts<'d>,
        envelope: &EnvelopeConfig,
        origin: &Origin,
        at: &Pointer,
    ) -> Option<SchemaId> {
        let has_success = envelope
            .success
            .as_ref()
            .map(|success| object.properties.contains_key(success.as_str()));
        let result = object.properties.get(envelope.result.as_str());
        match (result, has_success) {
            (Some(places), None | Some(true)) => Some(self.schema(places, origin.clone(), at).id),
            (None, Some(true)) => Some(self.anything_or_null(origin.clone(), at)),
            (_, Some(false)) | (None, None) => None,
        }
    }

    /// The envelope's other members: those that have a structure of their own, and the names of the rest.
    fn companions(
        &mut self,
        object: &ObjectFacts<'d>,
        envelope: &EnvelopeConfig,
        index: usize,
        at: &Pointer,
    ) -> (Vec<(String, SchemaId)>, Vec<String>) {
        let errors = self
            .config
            .errors
            .list
            .as_deref()
            .and_then(|list| Pointer::parse(list).tokens().next())
            .unwrap_or_else(|| ERRORS.to_owned());
        let messages = envelope.messages.as_deref().unwrap_or(MESSAGES);
        let mut companions = Vec::new();
        let mut scalars = Vec::new();
        for (&name, places) in &object.properties {
            let is_known = name == envelope.result
                || name == errors
                || name == messages
                || Some(name) == envelope.success.as_deref();
            if is_known {
                continue;
            }
            match self.facts_together(places, at).kind {
                Kind::Object(_) | Kind::List(_) => {
                    let id = self.schema(places, Origin::Result(index), at).id;
                    companions.push((name.to_owned(), id));
                }
                Kind::Text(_) | Kind::Integer(_) | Kind::Number(_) | Kind::Boolean => {
                    scalars.push(name.to_owned());
                }
                _ => {}
            }
        }
        (companions, scalars)
    }
}
