//! Answers that come as server-sent events.

use std::rc::Rc;

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
    /// What the data of each event is, where the document describes it as JSON: a list describes all of them together,
    /// anything else each.
    pub(super) fn events(&mut self, entry: &Entry<'d>, origin: Origin) -> Option<SchemaId> {
        self.describes_data(entry).then(|| self.line(entry, origin))
    }

    /// Says where typed events are left out although the document describes them.
    pub(super) fn check_events(&mut self, entry: &Entry<'d>) {
        let facts = self.event_facts(entry);
        let problem = if is_whole_event(&facts) {
            "the schema describes whole events with their fields, and not their data"
        } else if matches!(facts.kind, SchemaKind::Text(_) | SchemaKind::Enumeration(_)) {
            "the schema describes text, and doesn't say what of the events it is"
        } else {
            return;
        };
        self.report(
            Code::UnsupportedMediaType,
            &entry.at,
            problem,
            "events come as they are, by `.stream_events()`",
        );
    }

    pub(super) fn describes_data(&mut self, entry: &Entry<'d>) -> bool {
        let facts = self.event_facts(entry);
        let is_json = match facts.kind {
            SchemaKind::Any | SchemaKind::Null => false,
            SchemaKind::Text(_) | SchemaKind::Enumeration(_) => false,
            SchemaKind::Integer(_) | SchemaKind::Number(_) | SchemaKind::Boolean => true,
            SchemaKind::List(_) | SchemaKind::Object(_) | SchemaKind::Union(_) => true,
        };
        is_json && !is_whole_event(&facts)
    }

    /// What is said of one event.
    fn event_facts(&mut self, entry: &Entry<'d>) -> Rc<Facts<'d>> {
        let places = schema_places(entry.media_type, &entry.at);
        let facts = self.facts_together(&places, &entry.at);
        match &facts.kind {
            SchemaKind::List(items) => self.facts_together(items, &entry.at),
            _ => facts,
        }
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
