//! What a JSONPath (RFC 9535) matches in a document, as places that outlive a change.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::pointer::Pointer;

/// How deep brackets may nest: reading them takes time exponential in that, and the stack.
const DEEPEST: usize = 8;

/// The longest target read.
const LONGEST: usize = 10_000;

/// One step on the way to a node. Elements are in their own order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Of an array.
    Index(usize),
    /// Of an object.
    Name(String),
}

/// From the root.
pub(super) type Place = Vec<Step>;

/// Reads a target; what is wrong with it in a few words.
pub(super) fn target(text: &str) -> Result<JsonPath, String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if nesting(text) > DEEPEST {
        return Err(format!("its brackets nest deeper than {DEEPEST} times"));
    }
    if !text.starts_with('$') {
        return Err("it doesn't begin with `$`, the document".to_owned());
    }
    JsonPath::parse(text).map_err(|error| error.to_string())
}

/// How deep brackets nest, those in quotes included.
fn nesting(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for letter in text.chars() {
        match letter {
            '(' | '[' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// Every node that is matched, once: what stands in another after it, elements in order.
pub(super) fn matched(target: &JsonPath, document: &Value) -> BTreeSet<Place> {
    let nodes = target.query_located(document);
    nodes
        .locations()
        .map(|path| path.iter().map(step).collect())
        .collect()
}

fn step(element: &PathElement<'_>) -> Step {
    match element {
        PathElement::Name(name) => Step::Name((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    }
}

/// The pointer that leads the same way.
pub(super) fn pointer(place: &[Step]) -> Pointer {
    place.iter().fold(Pointer::root(), |at, step| match step {
        Step::Index(index) => at.index(*index),
        Step::Name(name) => at.child(name),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    fn pointers(path: &str, document: &Value) -> Vec<String> {
        let places = matched(&target(path).unwrap(), document);
        places
            .iter()
            .map(|place| pointer(place).to_string())
            .collect()
    }

    #[test]
    fn a_node_is_matched_once_and_elements_are_in_order() {
        let document = json!({"a/b": (0..12).map(|n| json!({"n": n})).collect::<Vec<_>>()});
        let found = pointers("$['a/b'][11, 2, 2, 10]", &document);
        assert_eq!(found, ["#/a~1b/2", "#/a~1b/10", "#/a~1b/11"]);
        assert_eq!(pointers("$", &document), ["#"]);
        assert_eq!(pointers("$..[?@.n == 3]", &document), ["#/a~1b/3"]);
        assert_eq!(pointers("$.c", &document), Vec::<String>::new());
    }

    #[test]
    fn a_target_of_any_depth_or_length_comes_to_an_end() {
        for opening in [
            "(",
            "[",
            "[?(",
            "[?@[?",
            "[?!(",
            "[?length(",
            "[?@.a == length(",
        ] {
            let text = format!("$[?@{}", opening.repeat(20_000));
            assert!(target(&text).unwrap_err().contains("longer"));
            let text = format!("$[?@{}", opening.repeat(500));
            assert!(target(&text).unwrap_err().contains("deeper"), "{opening}");
            let text = format!(
                "${}",
                opening.repeat(8 / opening.matches(['(', '[']).count())
            );
            assert!(target(&text).is_err(), "{opening}");
        }
    }

    #[test]
    fn what_is_no_path_says_where() {
        let error = target("paths").unwrap_err();
        assert!(error.contains("begin with `$`"), "{error}");
        let error = target("$.a[?@.b === 1]").unwrap_err();
        assert!(error.contains("at position "), "{error}");
    }
}
