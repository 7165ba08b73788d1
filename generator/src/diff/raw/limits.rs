//! The limits of values further in a schema.

use std::collections::BTreeMap;

use serde_json::Value;

use super::text::Text;
use crate::pointer::Pointer;

impl<'a> Text<'a> {
    /// What limits the values in those of a schema, by where it stands in it. Where references lead isn't looked at.
    pub(in crate::diff) fn limits_within(self, at: &Pointer) -> BTreeMap<Pointer, &'a Value> {
        let mut limits = BTreeMap::new();
        let node = self.value.pointer(at.as_str());
        let mut open: Vec<(Pointer, &Value)> = node
            .map(|node| (Pointer::root(), node))
            .into_iter()
            .collect();
        while let Some((place, node)) = open.pop() {
            match node {
                Value::Object(members) => {
                    for (key, member) in members {
                        let place_of_member = place.child(key);
                        if member.is_object() || member.is_array() {
                            open.push((place_of_member, member));
                        } else if is_limit(key) && place != Pointer::root() {
                            limits.insert(place_of_member, member);
                        }
                    }
                }
                Value::Array(list) => {
                    let elements = list.iter().enumerate();
                    open.extend(elements.map(|(index, element)| (place.index(index), element)));
                }
                _ => {}
            }
        }
        limits
    }
}

fn is_limit(key: &str) -> bool {
    matches!(
        key,
        "exclusiveMaximum"
            | "exclusiveMinimum"
            | "maxItems"
            | "maxLength"
            | "maxProperties"
            | "maximum"
            | "minItems"
            | "minLength"
            | "minProperties"
            | "minimum"
            | "multipleOf"
            | "pattern"
            | "uniqueItems"
    )
}
