//! Request bodies and success answers.

use super::*;
use crate::api::BodyKind;

fn body(content: &str) -> Report<Api> {
    read(&format!(
        "
paths:
  /t:
    post: {{operationId: t, requestBody: {{content: {content}}}, responses: {{}}}}
"
    ))
}

fn sent(report: &Report<Api>) -> (&str, &BodyKind) {
    let body = report.value.operations[0].body.as_ref().unwrap();
    (&body.media_type, &body.kind)
}

fn answers(responses: &str) -> Report<Api> {
    read(&format!(
        "
paths:
  /t:
    get:
      operationId: t
      responses:
{responses}
"
    ))
}

#[test]
fn json_is_preferred_then_forms_then_bytes() {
    let object = "{schema: {type: object, properties: {a: {type: string}}}}";
    let json = body(&format!(
        "{{text/plain: {{}}, application/x-www-form-urlencoded: {object}, application/vnd.t+json: {object}, application/json; charset=utf-8: {object}}}"
    ));
    assert!(matches!(
        sent(&json),
        ("application/json; charset=utf-8", BodyKind::Json(_))
    ));
    let like = body(&format!("{{'*/*': {object}}}"));
    assert!(matches!(
        sent(&like),
        ("application/json", BodyKind::Json(_))
    ));
    let form = body(&format!(
        "{{text/plain: {{}}, application/x-www-form-urlencoded: {object}}}"
    ));
    assert!(matches!(sent(&form).1, BodyKind::Form(_)));
    let bytes = body("{image/*: {schema: {type: string, format: binary}}}");
    assert_eq!(sent(&bytes), ("application/octet-stream", &BodyKind::Bytes));
    for report in [json, like, form, bytes] {
        assert_eq!(codes(&report), []);
    }
}

#[test]
fn bytes_that_stand_for_more_are_a_diagnostic() {
    for content in [
        "{multipart/form-data: {schema: {type: object}}}",
        "{application/xml: {schema: {type: object}}}",
        "{application/x-www-form-urlencoded: {schema: {type: string}}}",
    ] {
        let report = body(content);
        assert_eq!(sent(&report).1, &BodyKind::Bytes);
        assert_eq!(codes(&report), [Code::UnsupportedMediaType], "{content}");
    }
}

#[test]
fn the_first_success_status_with_content_decides() {
    let report = answers(
        "
        default: {description: bad, content: {application/json: {schema: {type: integer}}}}
        '204': {description: none}
        '201': {description: made, content: {application/json: {schema: {type: string}, example: x}}}
        '404': {description: bad}
",
    );
    let success = &report.value.operations[0].success;
    assert_eq!(success.status, "201");
    assert!(success.may_be_empty);
    assert_eq!(success.example, Some(Value::from("x")));
    assert_eq!(codes(&report), []);
}

#[test]
fn ranges_and_default_are_taken_if_nothing_else_is_there() {
    let status = |responses| {
        answers(responses).value.operations[0]
            .success
            .status
            .clone()
    };
    assert_eq!(status("        2XX: {description: ''}"), "2XX");
    assert_eq!(status("        default: {description: ''}"), "default");
    assert_eq!(status("        '404': {description: ''}"), "2XX");
}

#[test]
fn success_answers_of_different_types_are_a_diagnostic() {
    let of = |one: &str, other: &str| {
        answers(&format!(
            "
        '200': {{description: '', content: {one}}}
        '202': {{description: '', content: {other}}}
"
        ))
    };
    let text = "{application/json: {schema: {type: string}}}";
    let number = "{application/json: {schema: {type: number}}}";
    assert_eq!(codes(&of(text, text)), []);
    assert_eq!(codes(&of(text, number)), [Code::SeveralSuccessAnswers]);
    assert_eq!(
        codes(&of(text, "{text/plain: {}}")),
        [Code::SeveralSuccessAnswers]
    );
}

#[test]
fn answers_are_json_text_bytes_or_nothing() {
    let kind = |content: &str| {
        let report = answers(&format!(
            "        '200': {{description: '', content: {content}}}"
        ));
        (
            report.value.operations[0].success.kind.clone(),
            codes(&report),
        )
    };
    assert!(matches!(
        kind("{application/json: {}}").0,
        AnswerKind::Json { .. }
    ));
    assert_eq!(kind("{text/csv: {}}"), (AnswerKind::Text, vec![]));
    assert_eq!(kind("{image/png: {}}"), (AnswerKind::Bytes, vec![]));
    assert_eq!(
        kind("{application/xml: {schema: {type: object}}}"),
        (AnswerKind::Bytes, vec![Code::UnsupportedMediaType])
    );
    assert_eq!(
        kind("{text/event-stream: {}}"),
        (AnswerKind::Text, vec![Code::UnsupportedMediaType])
    );
    assert_eq!(kind("{}"), (AnswerKind::Empty, vec![]));
}
