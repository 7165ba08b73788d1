//! Everything that the crate `tracing` is told on this thread, as somebody's subscriber would get it.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Level, Metadata, Subscriber};

/// A span or an event.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Of a span its name, of an event its message.
    pub(crate) name: String,
    pub(crate) level: Level,
    /// The module that tells it.
    pub(crate) target: String,
    /// The name of the span around it; empty where there is none.
    pub(crate) inside: String,
    pub(crate) fields: BTreeMap<String, String>,
}

impl Told {
    /// `name=value`, in the order of names.
    pub(crate) fn shown(&self) -> String {
        let fields = self.fields.iter();
        let fields: Vec<String> = fields
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        fields.join(" ")
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}");
        match field.name() {
            "message" => self.name = value,
            name => drop(self.fields.insert(name.to_owned(), value)),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields
            .insert(field.name().to_owned(), value.to_owned());
    }
}

/// Takes what is told until it is dropped.
pub(crate) struct Captured {
    log: Arc<Mutex<Log>>,
    _guard: DefaultGuard,
}

#[derive(Default)]
struct Log {
    told: Vec<Told>,
    /// Where the spans stand in what was told, by their identifiers less one.
    spans: Vec<usize>,
    entered: Vec<Id>,
}

impl Captured {
    /// Takes everything, of the finest level, that is told on this thread from now on.
    pub(crate) fn start() -> Self {
        let log = Arc::<Mutex<Log>>::default();
        let _guard = set_default(Sink(Arc::clone(&log)));
        Self { log, _guard }
    }

    /// What was told so far, by whomever.
    pub(crate) fn all(&self) -> Vec<Told> {
        self.log.lock().unwrap().told.clone()
    }

    /// What the SDK told so far.
    pub(crate) fn of_the_sdk(&self) -> Vec<Told> {
        let mut told = self.all();
        told.retain(|told| told.target.starts_with("generated::"));
        told
    }
}

struct Sink(Arc<Mutex<Log>>);

impl Log {
    fn add(&mut self, metadata: &Metadata<'_>, parent: Option<&Id>) -> &mut Told {
        let inside = parent.or(self.entered.last()).map(|id| self.at(id));
        let inside = inside.map(|place| self.told[place].name.clone());
        self.told.push(Told {
            name: metadata.name().to_owned(),
            level: *metadata.level(),
            target: metadata.target().to_owned(),
            inside: inside.unwrap_or_default(),
            fields: BTreeMap::new(),
        });
        self.told.last_mut().unwrap()
    }

    fn at(&self, id: &Id) -> usize {
        self.spans[usize::try_from(id.into_u64()).unwrap() - 1]
    }
}

impl Subscriber for Sink {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut log = self.0.lock().unwrap();
        let told = log.add(span.metadata(), span.parent());
        span.record(told);
        let place = log.told.len() - 1;
        log.spans.push(place);
        Id::from_u64(log.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut log = self.0.lock().unwrap();
        let place = log.at(span);
        values.record(&mut log.told[place]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut log = self.0.lock().unwrap();
        let told = log.add(event.metadata(), event.parent());
        event.record(told);
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(span.clone());
    }

    fn exit(&self, span: &Id) {
        let mut log = self.0.lock().unwrap();
        let place = log.entered.iter().rposition(|entered| entered == span);
        place.map(|place| log.entered.remove(place));
    }
}
