//! A schema of the document as one object: references followed, `allOf` merged, the first alternative taken.

use serde_json::{Map, Value};
use tests::wholes;

/// The untyped document.
#[derive(Clone, Copy)]
pub(crate) struct Schemas<'d>(pub(crate) &'d Value);

impl<'d> Schemas<'d> {
    /// What a node is or refers to.
    pub(crate) fn follow<'n>(self, node: &'n Value) -> &'n Value
    where
        'd: 'n,
    {
        wholes::follow(self.0, node)
    }

    /// The constraints of a schema and of all its parts.
    pub(crate) fn whole(self, schema: &Value) -> Map<String, Value> {
        wholes::whole(self.0, schema, &mut |parts| self.tellable(parts))
    }

    /// The first alternative; of texts the one that may be longest, so that its example is too long for the others.
    fn tellable(self, parts: &[Value]) -> Option<usize> {
        let longest = |part: &Value| {
            let longest = self.follow(part).get("maxLength").and_then(Value::as_u64);
            longest.unwrap_or(0)
        };
        (0..parts.len())
            .rev()
            .max_by_key(|index| longest(&parts[*index]))
    }
}
