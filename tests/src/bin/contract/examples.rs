//! The document as the mock server can read it: without the links in its examples that look like references.

use std::borrow::Cow;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// Where data stands, and no schema: whatever is called `$ref` there refers to nothing.
const DATA: [&str; 3] = ["default", "example", "examples"];

/// Gives the document itself, or a copy below `scratch` where the mock server would fetch what an example only shows.
pub(crate) fn readable<'d>(
    spec: &'d Path,
    scratch: &Path,
) -> Result<Cow<'d, Path>, Box<dyn Error>> {
    // What isn't JSON is left to the mock server.
    let Ok(mut document) = serde_json::from_slice::<Value>(&fs::read(spec)?) else {
        return Ok(Cow::Borrowed(spec));
    };
    if !without_links(&mut document, false) {
        return Ok(Cow::Borrowed(spec));
    }
    let copy = scratch.join("mock.json");
    fs::write(&copy, document.to_string())?;
    Ok(Cow::Owned(copy))
}

/// Takes the links out, and says whether there were any.
fn without_links(value: &mut Value, is_data: bool) -> bool {
    match value {
        Value::Array(list) => list
            .iter_mut()
            .fold(false, |any, element| without_links(element, is_data) | any),
        Value::Object(members) => {
            let is_link = is_data
                && members
                    .get("$ref")
                    .and_then(Value::as_str)
                    .is_some_and(|link| !link.starts_with('#'));
            if is_link {
                members.remove("$ref");
            }
            members.iter_mut().fold(is_link, |any, (key, member)| {
                without_links(member, is_data || DATA.contains(&key.as_str())) | any
            })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn links_of_examples_go_and_references_stay() {
        let mut document = json!({
            "schema": {"$ref": "other.json#/a", "properties": {"$ref": {"type": "string"}}},
            "example": {"members": [{"$ref": "https://service.example/1", "value": 1}]},
            "examples": {"one": {"$ref": "#/components/examples/one"}},
        });
        assert!(without_links(&mut document, false));
        assert_eq!(
            document,
            json!({
                "schema": {"$ref": "other.json#/a", "properties": {"$ref": {"type": "string"}}},
                "example": {"members": [{"value": 1}]},
                "examples": {"one": {"$ref": "#/components/examples/one"}},
            })
        );
        assert!(!without_links(&mut document, false));
    }
}
