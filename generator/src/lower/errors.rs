//! What comes back when all is not well.

use openapiv3::StatusCode;

use super::Lowering;
use super::bodies::schema_places;
use super::operations::Found;
use crate::api::{ErrorAnswer, Origin};

impl<'d> Lowering<'d> {
    /// The answers for failures whose JSON body has a schema that the document names. Unnamed ones are
    /// read at run time as far as any error can be: a type for each would cost more than it says.
    pub(super) fn error_answers(&mut self, found: &Found<'d>, index: usize) -> Vec<ErrorAnswer> {
        let responses = &found.operation.responses;
        let mut means_success = false;
        let mut failures = Vec::new();
        for (status, response) in &responses.responses {
            match status {
                StatusCode::Code(200..=299) | StatusCode::Range(2) => means_success = true,
                StatusCode::Code(400..) | StatusCode::Range(4..) => {
                    failures.push((status.to_string(), response));
                }
                _ => {}
            }
        }
        if means_success && let Some(response) = &responses.default {
            failures.push(("default".to_owned(), response));
        }
        let under = found.at.child("responses");
        failures
            .into_iter()
            .filter_map(|(status, item)| {
                let (response, at) = self.resolve_response(item, under.child(&status))?;
                let entries = self.entries(&response.content, &at.child("content"));
                let entry = entries.into_iter().next().filter(|it| it.kind.is_json())?;
                let places = schema_places(entry.media_type, &entry.at);
                let facts = self.facts_together(&places, &entry.at);
                facts.alias.as_ref()?.component?;
                let origin = Origin::Response(index, status.clone());
                let schema = self.schema(&places, origin, &entry.at).id;
                Some(ErrorAnswer { status, schema })
            })
            .collect()
    }
}
