//! The configured object around every result.

use super::*;
use crate::api::TextFormat;
use crate::config::EnvelopeConfig;

const COMMON: &str = "
components:
  schemas:
    Thing: {type: object, properties: {id: {type: string}}}
    Common:
      type: object
      required: [success]
      properties:
        success: {type: boolean, enum: [true]}
        errors: {type: array, items: {type: object}}
        messages: {type: array, items: {type: object}}
        result: {anyOf: [{type: object}, {type: string}]}
    Page:
      allOf:
        - {$ref: '#/components/schemas/Common'}
        - type: object
          properties:
            result: {type: array, nullable: true, items: {}}
            result_info: {type: object, properties: {page: {type: integer}}}
            took: {type: integer}
    Things:
      allOf:
        - {$ref: '#/components/schemas/Page'}
        - {properties: {result: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
    Bare: {type: object, properties: {success: {type: boolean}, errors: {type: array, items: {}}}}
    None: {type: object, properties: {result: {type: string}}}
";

fn answer(schema: &str) -> Report<Api> {
    let config = Config {
        envelope: Some(EnvelopeConfig {
            result: "result".to_owned(),
            success: Some("success".to_owned()),
            messages: None,
        }),
        ..Config::default()
    };
    let paths = format!(
        "
paths:
  /t:
    get:
      operationId: t
      responses:
        '200': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}
"
    );
    read_with(&format!("{paths}{COMMON}"), &config)
}

fn is_enveloped(report: &Report<Api>) -> bool {
    matches!(
        report.value.operations[0].success.kind,
        AnswerKind::Json {
            enveloped: true,
            ..
        }
    )
}

#[test]
fn the_specific_result_wins_over_the_open_ones_around_it() {
    let report = answer(
        "{allOf: [{$ref: '#/components/schemas/Common'}, {type: object, properties: {result: {$ref: '#/components/schemas/Thing'}}}]}",
    );
    assert!(is_enveloped(&report));
    assert!(is_component(root(&report), "Thing"));
    assert!(!root(&report).nullable);
    assert_eq!(codes(&report), []);
}

#[test]
fn lists_of_anything_give_way_to_lists_of_something() {
    let report = answer(
        "{allOf: [{properties: {result: {}}}, {properties: {success: {type: boolean}, result: {type: array, items: {}, nullable: true}}}, {properties: {result: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}]}",
    );
    let result = root(&report);
    assert!(is_component(items(&report, result), "Thing"));
    assert!(!result.nullable);
    assert_eq!(codes(&report), []);
}

#[test]
fn companions_are_the_structured_members_beside_the_result() {
    let report = answer("{$ref: '#/components/schemas/Things'}");
    let companions = &report.value.operations[0].success.companions;
    assert_eq!(companions.len(), 1);
    assert_eq!(companions[0].0, "result_info");
    let schema = report.value.schema(companions[0].1);
    assert_eq!(schema.origin, Origin::Result(0));
    assert_eq!(names(schema), ["page"]);
    // Neither the envelope itself nor its errors are lowered.
    assert!(
        !report
            .value
            .schemas
            .iter()
            .any(|schema| is_component(schema, "Things") || schema.at.as_str().contains("errors"))
    );
}

#[test]
fn an_inline_result_is_named_after_the_answer() {
    let report = answer(
        "{type: object, properties: {success: {type: boolean}, result: {type: object, properties: {a: {type: string}}}}}",
    );
    assert_eq!(root(&report).origin, Origin::Response(0, "200".to_owned()));
}

#[test]
fn success_without_a_result_is_an_envelope_around_anything() {
    let report = answer("{$ref: '#/components/schemas/Bare'}");
    assert!(is_enveloped(&report));
    assert_eq!(root(&report).shape, Shape::Any);
    assert!(root(&report).nullable);
}

#[test]
fn an_object_without_the_success_member_is_no_envelope() {
    let report = answer("{$ref: '#/components/schemas/None'}");
    assert!(!is_enveloped(&report));
    let result = value(&report, root(&report), "result");
    assert_eq!(result.shape, Shape::Text(TextFormat::Plain));
}
