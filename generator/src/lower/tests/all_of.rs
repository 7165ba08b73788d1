//! Merging of `allOf`.

use super::*;
use crate::api::{IntegerFormat, TextFormat};

const BASE: &str = "
  Base:
    type: object
    description: base
    required: [id]
    properties:
      id: {type: string, description: from base}
      kind: {type: string}
";

fn merged(root: &str) -> Report<Api> {
    read_schemas(&format!("{root}{BASE}"))
}

#[test]
fn members_are_united_into_one_object() {
    let report = merged(
        "
  Root:
    description: own
    required: [name]
    allOf:
      - {$ref: '#/components/schemas/Base'}
      - {type: object, required: [kind], properties: {name: {type: string}, kind: {type: string, enum: [a]}}}
",
    );
    let root = root(&report);
    assert!(is_component(root, "Root"));
    assert_eq!(root.description.as_deref(), Some("own"));
    assert_eq!(names(root), ["id", "kind", "name"]);
    assert!(object(root).properties.iter().all(|one| one.required));
    assert_eq!(
        value(&report, root, "kind").shape,
        Shape::Enumeration(vec!["a".to_owned()])
    );
    assert_eq!(codes(&report), []);
}

#[test]
fn one_reference_with_mere_annotations_is_that_schema() {
    let report = merged(
        "
  Root:
    type: object
    properties:
      plain: {allOf: [{$ref: '#/components/schemas/Base'}], description: here, example: {}}
      typed: {type: object, allOf: [{$ref: '#/components/schemas/Base'}]}
      spread: {allOf: [{$ref: '#/components/schemas/Base'}, {description: there, readOnly: true}]}
      nullable: {nullable: true, allOf: [{$ref: '#/components/schemas/Base'}]}
",
    );
    let root = root(&report);
    for name in ["plain", "typed", "spread", "nullable"] {
        assert!(is_component(value(&report, root, name), "Base"), "{name}");
    }
    let description = |name| property(root, name).description.as_deref();
    assert_eq!(description("plain"), Some("here"));
    assert_eq!(description("typed"), Some("base"));
    assert_eq!(description("spread"), Some("there"));
    assert!(property(root, "spread").read_only);
    assert_eq!(
        property(root, "plain").schema,
        property(root, "typed").schema
    );
}

#[test]
fn a_schema_used_with_and_without_null_has_one_origin_place_and_shape() {
    let report = merged(
        "
  Root:
    type: object
    properties:
      one: {nullable: true, allOf: [{$ref: '#/components/schemas/Base'}]}
      other: {$ref: '#/components/schemas/Base'}
",
    );
    let root = root(&report);
    let (one, other) = (value(&report, root, "one"), value(&report, root, "other"));
    assert!(one.nullable && !other.nullable);
    assert_eq!(
        (&one.origin, &one.at, &one.shape),
        (&other.origin, &other.at, &other.shape)
    );
}

#[test]
fn null_is_allowed_if_every_typed_member_allows_it() {
    let nullable = |members: &str| {
        let report = merged(&format!("\n  Root: {{allOf: [{members}]}}"));
        root(&report).nullable
    };
    let with = "{type: object, nullable: true, properties: {a: {}}}";
    let without = "{type: object, properties: {b: {}}}";
    assert!(nullable(&format!("{with}, {with}")));
    assert!(!nullable(&format!("{with}, {without}")));
    assert!(nullable(&format!("{without}, {{nullable: true}}")));
}

#[test]
fn contradictions_are_a_diagnostic_and_the_later_or_the_one_that_says_more_is_used() {
    let shape = |one: &str, other: &str| {
        let report = merged(&format!(
            "\n  Root: {{allOf: [{{properties: {{a: {one}}}}}, {{properties: {{a: {other}}}}}]}}"
        ));
        let shape = value(&report, root(&report), "a").shape.clone();
        (shape, codes(&report))
    };
    let conflict = vec![Code::ConflictingAllOf];
    assert_eq!(
        shape("{type: string}", "{type: integer}"),
        (Shape::Integer(IntegerFormat::Int64), conflict.clone())
    );
    assert_eq!(
        shape("{type: string}", "{type: object}"),
        (Shape::Text(TextFormat::Plain), conflict)
    );
    assert_eq!(
        shape("{type: integer}", "{type: number}"),
        (Shape::Integer(IntegerFormat::Int64), vec![])
    );
    assert_eq!(
        shape("{type: string, format: date-time}", "{type: string}"),
        (Shape::Text(TextFormat::DateTime), vec![])
    );
    assert_eq!(
        shape(
            "{anyOf: [{type: object}, {type: string}]}",
            "{type: string}"
        ),
        (Shape::Text(TextFormat::Plain), vec![])
    );
}

#[test]
fn a_property_of_two_members_holds_to_both() {
    let report = merged(
        "
  Root:
    allOf:
      - {type: object, properties: {a: {$ref: '#/components/schemas/Base'}}}
      - {type: object, properties: {a: {type: object, properties: {more: {type: string}}}}}
",
    );
    let a = value(&report, root(&report), "a");
    assert_eq!(names(a), ["id", "kind", "more"]);
    assert!(matches!(&a.origin, Origin::Property(_, name) if name == "a"));
}

#[test]
fn a_schema_that_consists_of_itself_is_left_out_there() {
    let report = merged(
        "
  Root:
    allOf:
      - {$ref: '#/components/schemas/Root'}
      - {$ref: '#/components/schemas/Base'}
      - {$ref: '#/components/schemas/Nowhere'}
",
    );
    assert_eq!(names(root(&report)), ["id", "kind"]);
    assert_eq!(codes(&report), [Code::UnresolvedReference; 2]);
}

#[test]
fn the_same_member_twice_is_one() {
    let report = merged(
        "
  Root:
    allOf:
      - {$ref: '#/components/schemas/Base'}
      - {allOf: [{$ref: '#/components/schemas/Base'}]}
",
    );
    assert!(is_component(root(&report), "Base"));
}
