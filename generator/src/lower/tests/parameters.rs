//! Parameters: order, overriding, what the template says, styles.

use super::*;
use crate::api::{Location, Style, TextFormat};

fn one(parameters: &str) -> Report<Api> {
    read(&format!(
        "
paths:
  /t/{{b}}/{{a}}:
    parameters:
      - {{name: a, in: path, required: true, schema: {{type: string}}}}
      - {{name: limit, in: query, schema: {{type: string}}}}
    get:
      operationId: t
      parameters:
{parameters}
      responses: {{}}
"
    ))
}

fn styles(report: &Report<Api>) -> Vec<(&str, Style)> {
    report.value.operations[0]
        .parameters
        .iter()
        .filter(|parameter| parameter.location != Location::Path && parameter.name != "limit")
        .map(|parameter| (parameter.name.as_str(), parameter.style))
        .collect()
}

#[test]
fn path_parameters_come_in_template_order_then_the_others_and_the_operation_overrides() {
    let report = one("
        - {name: z, in: query, schema: {type: integer}}
        - {name: limit, in: query, required: true, schema: {type: integer}}
        - {name: c, in: path, required: true, schema: {type: string}}
        - {name: authorization, in: header, schema: {type: string}}
");
    let parameters: Vec<_> = report.value.operations[0]
        .parameters
        .iter()
        .map(|one| (one.name.as_str(), one.location, one.required))
        .collect();
    assert_eq!(
        parameters,
        [
            ("b", Location::Path, true),
            ("a", Location::Path, true),
            ("limit", Location::Query, true),
            ("z", Location::Query, false),
        ]
    );
    let b = report.value.operations[0].parameters[0].schema;
    assert_eq!(report.value.schema(b).shape, Shape::Text(TextFormat::Plain));
    assert_eq!(
        codes(&report),
        [Code::PathParameterMismatch, Code::PathParameterMismatch]
    );
}

#[test]
fn styles_have_the_defaults_of_openapi() {
    let report = one("
        - {name: list, in: query, schema: {type: array, items: {type: string}}}
        - {name: commas, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: spaces, in: query, style: spaceDelimited, schema: {type: array, items: {type: string}}}
        - {name: pipes, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: again, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {type: string}}}
        - {name: deep, in: query, style: deepObject, schema: {type: object, properties: {a: {type: string}}}}
        - {name: json, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: X-Header, in: header, schema: {type: array, items: {type: string}}}
        - {name: X-Object, in: header, explode: true, schema: {type: object, properties: {a: {type: string}}}}
        - {name: cookie, in: cookie, schema: {type: string}}
");
    assert_eq!(
        styles(&report),
        [
            ("list", Style::FormExploded),
            ("commas", Style::Form),
            ("spaces", Style::SpaceDelimited),
            ("pipes", Style::PipeDelimited),
            ("again", Style::FormExploded),
            ("deep", Style::DeepObject),
            ("json", Style::Json),
            ("X-Header", Style::Simple),
            ("X-Object", Style::SimpleExploded),
            ("cookie", Style::Form),
        ]
    );
    // `b`, and `again`, which OpenAPI doesn't define.
    assert_eq!(
        codes(&report),
        [Code::PathParameterMismatch, Code::UnsupportedParameterStyle]
    );
}

#[test]
fn paths_have_styles_of_their_own() {
    for (keys, expected) in [
        ("", Style::Simple),
        ("explode: true,", Style::SimpleExploded),
        ("style: label,", Style::Label),
        ("style: label, explode: true,", Style::LabelExploded),
        ("style: matrix,", Style::Matrix),
        ("style: matrix, explode: true,", Style::MatrixExploded),
    ] {
        let report = one(&format!("
        - {{name: b, in: path, required: true, {keys} schema: {{type: object, properties: {{a: {{type: string}}}}}}}}
"));
        let parameters = &report.value.operations[0].parameters;
        assert_eq!(parameters[0].style, expected, "{keys}");
        assert!(codes(&report).is_empty());
    }
}

#[test]
fn what_no_style_spells_is_a_diagnostic_and_the_nearest_style() {
    let report = one("
        - {name: b, in: path, required: true, schema: {type: string}}
        - {name: nested, in: query, style: deepObject, schema: {type: object, properties: {a: {type: array, items: {}}}}}
        - {name: list, in: query, style: deepObject, schema: {type: array, items: {type: string}}}
        - {name: xml, in: query, content: {application/xml: {schema: {type: object}}}}
        - {name: cookies, in: cookie, schema: {type: array, items: {type: string}}}
");
    assert_eq!(
        styles(&report),
        [
            ("nested", Style::DeepObject),
            ("list", Style::FormExploded),
            ("xml", Style::Json),
            ("cookies", Style::Form),
        ]
    );
    assert_eq!(codes(&report), [Code::UnsupportedParameterStyle; 4]);
}

#[test]
fn parameters_by_reference_share_a_schema_and_may_be_secret() {
    let report = read(
        "
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: '#/components/parameters/Key'}, {$ref: '#/components/parameters/No'}]
      responses: {}
  /b:
    get: {operationId: b, parameters: [{$ref: '#/paths/~1a/get/parameters/0'}], responses: {}}
  /c:
    get: {operationId: c, parameters: [{$ref: '#/components/parameters/Key'}], responses: {}}
components:
  parameters:
    Key: {name: X-Api-Key, in: header, schema: {type: string}}
",
    );
    let operations = &report.value.operations;
    assert!(operations[0].parameters[0].secret);
    assert_eq!(operations[0].parameters.len(), 1);
    assert_eq!(
        operations[0].parameters[0].schema,
        operations[2].parameters[0].schema
    );
    assert_eq!(
        operations[0].parameters[0].schema,
        operations[1].parameters[0].schema
    );
    assert_eq!(codes(&report), [Code::UnresolvedReference]);
}
