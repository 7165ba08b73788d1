//! A document as it was read, before anybody said what it means.

use serde_json::{Map, Value};

use crate::Reading;
use crate::pointer::Pointer;

/// Looks into a document.
#[derive(Clone, Copy)]
pub(in crate::diff) struct Text<'a> {
    pub(super) value: &'a Value,
}

impl<'a> Text<'a> {
    pub(in crate::diff) fn of(reading: &'a Reading) -> Self {
        Self {
            value: &reading.value,
        }
    }

    /// The value of a key of a node.
    pub(in crate::diff) fn get(self, at: &Pointer, key: &str) -> Option<&'a Value> {
        self.value.pointer(at.as_str())?.get(key)
    }

    /// Whether the document names a schema like this.
    pub(in crate::diff) fn has_schema(self, name: &str) -> bool {
        let schemas = self.value.pointer("/components/schemas");
        schemas.is_some_and(|schemas| schemas.get(name).is_some())
    }

    /// Where the `$ref` of a node leads, to an object; a chain of them isn't followed.
    pub(super) fn target(
        self,
        node: &Map<String, Value>,
    ) -> Option<(Pointer, &'a Map<String, Value>)> {
        let at = node.get("$ref")?.as_str()?.strip_prefix('#')?;
        let target = self.value.pointer(at)?.as_object()?;
        Some((Pointer::parse(at), target))
    }

    /// A node, its `$ref` followed; a chain of them isn't.
    pub(super) fn resolved(self, node: &'a Value) -> &'a Value {
        let target = node.get("$ref").and_then(Value::as_str);
        target
            .and_then(|target| self.value.pointer(target.strip_prefix('#')?))
            .unwrap_or(node)
    }
}
