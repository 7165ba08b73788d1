//! `oneOf` and `anyOf`.

use super::*;
use crate::api::{NumberFormat, TextFormat};

fn union(members: &str) -> Report<Api> {
    read_schemas(&format!(
        "
  Root: {{type: object, properties: {{a: {{oneOf: [{members}]}}}}}}
  Thing: {{type: object, properties: {{id: {{type: string}}}}}}
"
    ))
}

fn shape(members: &str) -> (Shape, Vec<Code>) {
    let report = union(members);
    (
        value(&report, root(&report), "a").shape.clone(),
        codes(&report),
    )
}

#[test]
fn one_alternative_beside_null_is_that_alternative() {
    let report = union("{$ref: '#/components/schemas/Thing'}, {enum: [null]}");
    let a = value(&report, root(&report), "a");
    assert!(is_component(a, "Thing") && a.nullable);
    assert_eq!(codes(&report), []);
}

#[test]
fn strings_and_numbers_unite() {
    assert_eq!(
        shape("{type: string, enum: [a]}, {type: string, enum: [b, a]}").0,
        Shape::Enumeration(vec!["a".to_owned(), "b".to_owned()])
    );
    assert_eq!(
        shape("{type: string, enum: [a]}, {type: string}").0,
        Shape::Text(TextFormat::Plain)
    );
    assert_eq!(
        shape("{type: string, format: date}, {type: string, format: date-time}").0,
        Shape::Text(TextFormat::Plain)
    );
    assert_eq!(
        shape("{type: integer}, {type: number}").0,
        Shape::Number(NumberFormat::Double)
    );
    assert_eq!(shape("{}, {type: number}"), (Shape::Any, vec![]));
}

#[test]
fn several_forms_are_a_diagnostic_and_any_value() {
    let unsupported = (Shape::Any, vec![Code::UnsupportedSchema]);
    assert_eq!(
        shape("{type: string}, {$ref: '#/components/schemas/Thing'}"),
        unsupported
    );
    assert_eq!(
        shape("{type: array, items: {type: string}}, {type: string}"),
        unsupported
    );
}

#[test]
fn alternatives_that_only_require_keys_narrow() {
    let report = read_schemas(
        "
  Root:
    type: object
    properties: {a: {type: string}, b: {type: string}}
    anyOf: [{required: [a]}, {required: [b]}]
",
    );
    assert_eq!(names(root(&report)), ["a", "b"]);
    assert!(
        object(root(&report))
            .properties
            .iter()
            .all(|one| !one.required)
    );
    assert_eq!(codes(&report), []);
}

#[test]
fn keys_beside_several_forms_are_fields_and_the_others_are_kept() {
    let report = read_schemas(
        "
  Root:
    type: object
    properties: {kind: {type: string}}
    oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]
",
    );
    let root = root(&report);
    assert_eq!(names(root), ["kind"]);
    let additional = object(root).additional.unwrap();
    assert_eq!(report.value.schema(additional).shape, Shape::Any);
    assert_eq!(codes(&report), [Code::UnsupportedSchema]);
}
