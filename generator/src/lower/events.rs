//! Answers that come as server-sent events.

use super::Lowering;
use super::bodies::schema_places;
use super::facts::{Facts, Kind as SchemaKind, ObjectFacts};
use super::media_types::Entry;
use crate::api::{Origin, SchemaId};
use crate::diagnostic::Code;
use crate::media_type::essence;

/// The fields of an event (the HTML standard, section 9.2.6).
const FIELDS: &[&str] = &["data", "event", "id", "retry"];

impl<'d> Lowering<'d> {
    /// What the data of each event is, where the document describes it as JSON.
    pub(super) fn events(&mut self, entry: &Entry<'d>, origin: Origin) -> Option<SchemaId> {
        if !self.describes_data(entry) {
            return None;
        }
        let places = schema_places(entry.media_type, &entry.at);
        Some(self.schema(&places, origin, &entry.at).id)
    }

    /// Says where typed events are left out although the document describes them.
    pub(super) fn check_events(&mut self, entry: &Entry<'d>) {
        let places = schema_places(entry.media_type, &entry.at);
        let facts = self.facts_together(&places, &entry.at);
        if is_whole_event(&facts) {
            self.report(
                Code::UnsupportedMediaType,
                &entry.at,
                "the schema describes whole events with their fields, and not their data",
                "events come as they are, by `.stream_events()`",
            );
        }
    }

    pub(super) fn describes_data(&mut self, entry: &Entry<'d>) -> bool {
        let places = schema_places(entry.media_type, &entry.at);
        let facts = self.facts_together(&places, &entry.at);
        let is_json = matches!(facts.kind, SchemaKind::Object(_) | SchemaKind::Union(_));
        is_json && !is_whole_event(&facts)
    }
}

/// Whether a media type is that of server-sent events.
pub(super) fn is_event_stream(name: &str) -> bool {
    essence(name) == "text/event-stream"
}

/// Whether an object has the fields of an event as its properties, `data` among them, and none beside.
fn is_whole_event(facts: &Facts<'_>) -> bool {
    match &facts.kind {
        SchemaKind::Object(object) => has_fields(object),
        SchemaKind::Union(forms) => forms.iter().any(|form| is_whole_event(&form.facts)),
        _ => false,
    }
}

fn has_fields(object: &ObjectFacts<'_>) -> bool {
    let properties = &object.properties;
    properties.len() > 1
        && properties.contains_key("data")
        && properties.keys().all(|name| FIELDS.contains(name))
}
