//! What a place of a document is called in prose.

use crate::pointer::Pointer;

/// `Pet.owner`, `GET /pets, answer 200[].name`.
pub(super) fn label(at: &Pointer) -> String {
    let tokens: Vec<String> = at.tokens().collect();
    let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match &words[..] {
        ["components", "schemas", name, rest @ ..] => format!("{name}{}", inside(rest)),
        ["components", "responses", name, rest @ ..] => format!("answer {name}{}", inside(rest)),
        ["components", "requestBodies", name, rest @ ..] => format!("body {name}{}", inside(rest)),
        ["components", "parameters", name, rest @ ..] => {
            format!("parameter {name}{}", inside(rest))
        }
        ["components", "securitySchemes", name, ..] => format!("security scheme {name}"),
        ["components", kind, name, ..] => format!("{kind} {name}"),
        ["paths", path, method, rest @ ..] if !is_part_of_path(method) => {
            format!("{} {path}{}", method.to_uppercase(), of_operation(rest))
        }
        ["paths", path, ..] => (*path).to_owned(),
        [] => "the document".to_owned(),
        [key, ..] => (*key).to_owned(),
    }
}

fn is_part_of_path(key: &str) -> bool {
    matches!(key, "parameters" | "servers" | "summary" | "description") || key.starts_with("x-")
}

fn of_operation(rest: &[&str]) -> String {
    match rest {
        ["responses", status, rest @ ..] => format!(", answer {status}{}", inside(rest)),
        ["requestBody", rest @ ..] => format!(", body{}", inside(rest)),
        ["parameters", index, rest @ ..] => format!(", parameter {index}{}", inside(rest)),
        _ => String::new(),
    }
}

/// Below a schema or what leads to one.
fn inside(mut rest: &[&str]) -> String {
    let mut label = String::new();
    loop {
        rest = match rest {
            ["properties", name, below @ ..] => {
                label.push('.');
                label.push_str(name);
                below
            }
            ["items", below @ ..] => {
                label.push_str("[]");
                below
            }
            ["additionalProperties", below @ ..] => {
                label.push_str("{}");
                below
            }
            ["content", _, below @ ..] | [_, below @ ..] => below,
            [] => return label,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pointer: &str) -> String {
        label(&Pointer::parse(pointer))
    }

    #[test]
    fn places_have_the_names_that_people_use() {
        assert_eq!(
            of("#/components/schemas/Pet/properties/owner/properties/name"),
            "Pet.owner.name"
        );
        assert_eq!(of("#/components/schemas/Pet/allOf/0/items"), "Pet[]");
        assert_eq!(
            of("#/paths/~1pets/get/responses/200/content/application~1json/schema/items"),
            "GET /pets, answer 200[]"
        );
        assert_eq!(of("#/paths/~1pets/parameters/0"), "/pets");
        assert_eq!(of("#/info/title"), "info");
        assert_eq!(of("#"), "the document");
    }
}
