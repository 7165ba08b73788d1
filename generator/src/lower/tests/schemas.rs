//! Shapes of schemas, one by one.

use super::*;
use crate::api::{IntegerFormat, NumberFormat, TextFormat};

/// The shape of one schema, and what was said of it.
fn shape(schema: &str) -> (Shape, bool, Vec<Code>) {
    let report = read_schemas(&format!("  Root: {schema}"));
    let root = root(&report);
    (root.shape.clone(), root.nullable, codes(&report))
}

fn plain(schema: &str) -> Shape {
    let (shape, nullable, codes) = shape(schema);
    assert!(!nullable, "{schema}");
    assert_eq!(codes, [], "{schema}");
    shape
}

fn strings(values: &[&str]) -> Shape {
    Shape::Enumeration(values.iter().map(|value| (*value).to_owned()).collect())
}

#[test]
fn formats_choose_the_type_and_unknown_ones_dont() {
    let text = |format: &str| plain(&format!("{{type: string, format: {format}}}"));
    assert_eq!(text("date-time"), Shape::Text(TextFormat::DateTime));
    assert_eq!(text("date"), Shape::Text(TextFormat::Date));
    assert_eq!(text("password"), Shape::Text(TextFormat::Password));
    assert_eq!(text("binary"), Shape::Text(TextFormat::Binary));
    assert_eq!(text("byte"), Shape::Text(TextFormat::Base64));
    // A text keeps its digits as it is.
    assert_eq!(text("decimal"), Shape::Text(TextFormat::Plain));
    assert_eq!(text("colour"), Shape::Text(TextFormat::Plain));
    let number = |ty: &str, format: &str| plain(&format!("{{type: {ty}, format: {format}}}"));
    assert_eq!(
        number("integer", "int32"),
        Shape::Integer(IntegerFormat::Int32)
    );
    assert_eq!(
        number("integer", "uint8"),
        Shape::Integer(IntegerFormat::Uint32)
    );
    assert_eq!(
        number("integer", "uint64"),
        Shape::Integer(IntegerFormat::Uint64)
    );
    assert_eq!(
        number("integer", "other"),
        Shape::Integer(IntegerFormat::Int64)
    );
    assert_eq!(
        number("number", "float"),
        Shape::Number(NumberFormat::Float)
    );
    assert_eq!(
        number("number", "decimal"),
        Shape::Number(NumberFormat::Decimal)
    );
    assert_eq!(
        number("number", "int64"),
        Shape::Integer(IntegerFormat::Int64)
    );
}

#[test]
fn enumerations_are_of_strings() {
    assert_eq!(
        plain("{type: string, enum: [b, a, b]}"),
        strings(&["b", "a"])
    );
    assert_eq!(plain("{enum: [a]}"), strings(&["a"]));
    assert_eq!(
        shape("{type: string, enum: [a, null]}"),
        (strings(&["a"]), true, vec![])
    );
    assert_eq!(plain("{type: boolean, enum: [true]}"), Shape::Boolean);
    assert_eq!(plain("{enum: [true]}"), Shape::Boolean);
    assert_eq!(
        plain("{enum: [1, 2]}"),
        Shape::Integer(IntegerFormat::Int64)
    );
    assert_eq!(
        shape("{enum: [1, {}]}"),
        (Shape::Any, false, vec![Code::UnsupportedSchema])
    );
    assert_eq!(
        shape("{type: string, enum: [1, a]}"),
        (strings(&["a"]), false, vec![Code::InvalidNode])
    );
    assert_eq!(shape("{enum: [null]}"), (Shape::Any, true, vec![]));
}

#[test]
fn a_missing_type_is_inferred() {
    assert!(matches!(plain("{properties: {a: {}}}"), Shape::Object(_)));
    assert!(matches!(plain("{items: {}}"), Shape::List(_)));
    assert!(matches!(
        plain("{additionalProperties: {type: string}}"),
        Shape::Map(_)
    ));
    assert_eq!(plain("{}"), Shape::Any);
    assert_eq!(plain("{not: {type: string}}"), Shape::Any);
}

#[test]
fn objects_without_known_keys_are_maps() {
    for schema in [
        "{type: object}",
        "{type: object, additionalProperties: true}",
        "{type: object, additionalProperties: {}}",
    ] {
        let report = read_schemas(&format!("  Root: {schema}"));
        assert_eq!(items(&report, root(&report)).shape, Shape::Any, "{schema}");
    }
    assert_eq!(
        plain("{type: object, additionalProperties: false}"),
        Shape::Object(Object::default())
    );
}

#[test]
fn further_keys_are_kept_where_the_document_says_so() {
    let additional = |schema: &str| {
        let report = read_schemas(&format!("  Root: {schema}"));
        let id = object(root(&report)).additional?;
        Some(report.value.schema(id).shape.clone())
    };
    let base = "type: object, properties: {a: {type: string}}";
    assert_eq!(additional(&format!("{{{base}}}")), None);
    assert_eq!(
        additional(&format!("{{{base}, additionalProperties: false}}")),
        None
    );
    assert_eq!(
        additional(&format!("{{{base}, additionalProperties: true}}")),
        Some(Shape::Any)
    );
    assert_eq!(
        additional(&format!(
            "{{{base}, additionalProperties: {{type: boolean}}}}"
        )),
        Some(Shape::Boolean)
    );
}

#[test]
fn properties_keep_flags_descriptions_and_examples() {
    let report = read_schemas(
        "
  Root:
    type: object
    required: [id, gone]
    properties:
      id: {$ref: '#/components/schemas/Id'}
      note: {type: string, writeOnly: true, deprecated: true, description: own, default: x}
  Id: {type: string, readOnly: true, description: of the schema, example: abc}
",
    );
    let root = root(&report);
    let (id, note) = (property(root, "id"), property(root, "note"));
    assert!(id.required && id.read_only && !id.write_only);
    assert_eq!(id.description.as_deref(), Some("of the schema"));
    assert_eq!(id.at.as_str(), "/components/schemas/Root/properties/id");
    assert!(!note.required && note.write_only && note.deprecated);
    assert_eq!(note.description.as_deref(), Some("own"));
    let id = value(&report, root, "id");
    assert_eq!(id.at.as_str(), "/components/schemas/Id");
    assert_eq!(id.example, Some(Value::from("abc")));
    assert_eq!(value(&report, root, "note").default, Some(Value::from("x")));
    assert_eq!(codes(&report), [Code::UnknownRequiredProperty]);
}

#[test]
fn a_component_has_one_id_and_only_what_is_reached_is_lowered() {
    let report = read_schemas(
        "
  Root:
    type: object
    properties:
      next: {$ref: '#/components/schemas/Root'}
      children: {type: array, items: {$ref: '#/components/schemas/Again'}}
  Again: {$ref: '#/components/schemas/Root'}
  Unused: {type: object}
",
    );
    let root = root(&report);
    assert_eq!(value(&report, root, "next").at, root.at);
    assert!(is_component(
        items(&report, value(&report, root, "children")),
        "Root"
    ));
    assert_eq!(report.value.schemas.len(), 2);
    assert_eq!(codes(&report), []);
}

#[test]
fn references_may_lead_into_a_component() {
    let report = read_schemas(
        "
  Root: {type: object, properties: {a: {$ref: '#/components/schemas/Other/properties/b%20c'}}}
  Other: {type: object, properties: {b c: {type: boolean}}}
",
    );
    let a = value(&report, root(&report), "a");
    assert_eq!(a.shape, Shape::Boolean);
    assert_eq!(a.at.as_str(), "/components/schemas/Other/properties/b c");
}
