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

/// Name, tags and shape of each form.
fn forms(report: &Report<Api>, schema: &Schema) -> Vec<(String, Vec<String>, Shape)> {
    let Shape::Union(union) = &schema.shape else {
        panic!("no union: {:?}", schema.shape)
    };
    union
        .members
        .iter()
        .map(|member| {
            let shape = report.value.schema(member.schema).shape.clone();
            (member.name.clone(), member.tags.clone(), shape)
        })
        .collect()
}

fn form_names(report: &Report<Api>, schema: &Schema) -> Vec<String> {
    let forms = forms(report, schema);
    forms.into_iter().map(|(name, _, _)| name).collect()
}

fn tags(report: &Report<Api>, schema: &Schema) -> Vec<Vec<String>> {
    let forms = forms(report, schema);
    forms.into_iter().map(|(_, tags, _)| tags).collect()
}

fn tag(schema: &Schema) -> Option<(&str, bool)> {
    match &schema.shape {
        Shape::Union(union) => {
            let tag = union.tag.as_ref()?;
            Some((tag.property.as_str(), tag.implied))
        }
        other => panic!("no union: {other:?}"),
    }
}

#[test]
fn several_forms_are_called_by_schema_title_and_kind() {
    let report = union(
        "{$ref: '#/components/schemas/Thing'}, {type: integer}, {type: object, title: Other, properties: {b: {}}}",
    );
    let a = value(&report, root(&report), "a");
    assert_eq!(form_names(&report, a), ["Thing", "integer", "Other"]);
    assert_eq!(codes(&report), []);
}

#[test]
fn lists_are_called_by_their_elements_and_objects_by_a_key_of_their_own() {
    let report = union(
        "{type: array, items: {type: string}}, {type: array, items: {type: integer}}, \
         {type: object, properties: {n: {}, x: {}}}, {type: object, required: [z], properties: {n: {}, y: {}, z: {}}}",
    );
    let a = value(&report, root(&report), "a");
    assert_eq!(
        form_names(&report, a),
        ["text list", "integer list", "x", "z"]
    );
}

#[test]
fn strings_are_one_form_among_others() {
    let report = union("{type: string}, {type: object, properties: {b: {}}}, {enum: [x]}");
    let a = value(&report, root(&report), "a");
    let forms = forms(&report, a);
    assert_eq!(forms.len(), 2);
    assert_eq!(forms[0].2, Shape::Text(TextFormat::Plain));
}

#[test]
fn null_among_several_forms_makes_the_union_nullable() {
    let report = union("{type: integer}, {type: string}, {enum: [null]}");
    let a = value(&report, root(&report), "a");
    assert!(a.nullable);
    assert_eq!(form_names(&report, a), ["integer", "text"]);
}

#[test]
fn an_unnamed_union_inside_a_union_gives_its_forms_and_a_named_one_is_a_form() {
    let report = read_schemas(
        "
  Root:
    oneOf:
      - {oneOf: [{type: integer}, {type: string}]}
      - {$ref: '#/components/schemas/Named'}
  Named: {oneOf: [{type: boolean}, {type: array, items: {}}]}
",
    );
    assert_eq!(
        form_names(&report, root(&report)),
        ["integer", "text", "Named"]
    );
}

const PETS: &str = "
  Cat: {type: object, properties: {kind: {type: string}, lives: {type: integer}}}
  Dog: {type: object, properties: {kind: {type: string}, breed: {type: string}}}
";

fn pets(discriminator: &str) -> Report<Api> {
    read_schemas(&format!(
        "
  Root:
    oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
    discriminator: {discriminator}
{PETS}"
    ))
}

#[test]
fn a_discriminator_maps_values_to_schemas_by_name_and_by_reference() {
    let report = pets(
        "{propertyName: kind, mapping: {cat: Cat, tom: Cat, dog: '#/components/schemas/Dog'}}",
    );
    let root = root(&report);
    assert_eq!(tag(root), Some(("kind", false)));
    assert_eq!(tags(&report, root), [vec!["cat", "tom"], vec!["dog"]]);
    assert_eq!(codes(&report), []);
}

#[test]
fn a_discriminator_without_mapping_implies_the_names() {
    let report = pets("{propertyName: kind}");
    let root = root(&report);
    assert_eq!(tag(root), Some(("kind", true)));
    assert_eq!(tags(&report, root), [["Cat"], ["Dog"]]);
}

#[test]
fn a_mapping_to_nowhere_is_a_diagnostic() {
    let report = pets("{propertyName: kind, mapping: {cow: Cow}}");
    assert_eq!(codes(&report), [Code::UnresolvedReference]);
}

#[test]
fn a_property_that_is_constant_in_each_form_tells_them_apart() {
    let report = union(
        "{type: object, properties: {same: {enum: [a]}, op: {enum: [add]}}}, \
         {type: object, properties: {same: {enum: [a]}, op: {enum: [remove]}}}, {type: object, properties: {x: {}}}",
    );
    let a = value(&report, root(&report), "a");
    assert_eq!(tag(a), Some(("op", false)));
    assert_eq!(tags(&report, a), [vec!["add"], vec!["remove"], vec![]]);
    assert_eq!(form_names(&report, a), ["add", "remove", "x"]);
}

#[test]
fn numbers_tell_forms_apart_too() {
    let report = union(
        "{type: object, properties: {v: {type: integer, enum: [1]}}}, {type: object, properties: {v: {type: integer, enum: [2]}}}",
    );
    let a = value(&report, root(&report), "a");
    assert_eq!(tags(&report, a), [["1"], ["2"]]);
}

#[test]
fn forms_that_differ_in_what_they_require_are_one_object() {
    let report = union(
        "{type: object, required: [a, c], properties: {a: {}, c: {}}}, {type: object, required: [c], properties: {a: {}, c: {}}}",
    );
    let a = value(&report, root(&report), "a");
    let required = object(a).properties.iter().map(|one| one.required);
    assert_eq!(required.collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_string_of_a_union_is_a_secret_by_the_name_of_its_property() {
    let report = read_schemas(
        "
  Root: {type: object, properties: {password: {oneOf: [{type: string}, {type: integer}]}}}
",
    );
    match &value(&report, root(&report), "password").shape {
        Shape::Union(union) => {
            let secret = union.members.iter().map(|member| member.secret);
            assert_eq!(secret.collect::<Vec<_>>(), [true, false]);
        }
        other => panic!("no union: {other:?}"),
    }
}

#[test]
fn values_of_several_kinds_are_a_union_and_numbers_list_theirs() {
    let report = read_schemas(
        "
  Root: {type: object, properties: {a: {enum: [1, auto, null, 2, manual]}, b: {type: integer, enum: [1, 5]}}}
",
    );
    let a = value(&report, root(&report), "a");
    assert!(a.nullable);
    assert_eq!(form_names(&report, a), ["integer", "text"]);
    let b = value(&report, root(&report), "b");
    assert_eq!(b.shape, Shape::Integer(crate::api::IntegerFormat::Int64));
    assert_eq!(b.listed, [1, 5]);
    assert_eq!(codes(&report), []);
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
fn keys_beside_several_forms_are_in_each() {
    let report = read_schemas(
        "
  Root:
    type: object
    required: [kind]
    properties: {kind: {type: string}}
    oneOf: [{type: object, properties: {a: {type: string}}}, {$ref: '#/components/schemas/Has'}]
  Has: {type: object, required: [kind], properties: {kind: {type: string}, b: {}}}
",
    );
    let Shape::Union(union) = &root(&report).shape else {
        panic!("no union")
    };
    let [first, second] = union.members.as_slice() else {
        panic!("not two forms")
    };
    assert_eq!(names(report.value.schema(first.schema)), ["kind", "a"]);
    // It has them all itself, so it stays what it is.
    assert!(is_component(report.value.schema(second.schema), "Has"));
    assert_eq!(codes(&report), []);
}

#[test]
fn a_union_beside_a_wider_one_is_used() {
    let report = read_schemas(
        "
  Root:
    allOf:
      - {anyOf: [{type: object}, {type: string}]}
      - {anyOf: [{type: object, properties: {a: {}}}, {type: string, enum: [x, y]}]}
",
    );
    assert_eq!(form_names(&report, root(&report)), ["object", "text"]);
    assert_eq!(codes(&report), []);
}
