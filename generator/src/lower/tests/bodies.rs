//! Request bodies and success answers.

use super::*;
use crate::api::{BodyKind, Form, Style};

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
        "{multipart/mixed: {schema: {type: object}}}",
        "{application/xml: {schema: {type: object}}}",
        "{application/x-www-form-urlencoded: {schema: {type: string}}}",
    ] {
        let report = body(content);
        assert_eq!(sent(&report).1, &BodyKind::Bytes);
        assert_eq!(codes(&report), [Code::UnsupportedMediaType], "{content}");
    }
}

#[test]
fn other_media_types_are_kept_as_they_can_be_sent() {
    let report = body("{text/csv: {}, '*/*': {}, application/json: {}, application/xml: {}}");
    let body = report.value.operations[0].body.as_ref().unwrap();
    assert_eq!(
        body.other_media_types,
        ["text/csv", "application/octet-stream", "application/xml"]
    );
}

#[test]
fn media_types_that_are_none_are_understood_by_their_schema() {
    for (schema, media_type) in [
        ("{type: object}", "application/json"),
        ("{type: string}", "text/plain"),
        ("{type: string, format: binary}", "application/octet-stream"),
        ("{}", "application/octet-stream"),
    ] {
        for name in ["undefined", "''", "string", "a/b/c", "\"text/plain\\n\""] {
            let report = body(&format!("{{{name}: {{schema: {schema}}}}}"));
            assert_eq!(sent(&report).0, media_type, "{name} {schema}");
            assert_eq!(codes(&report), [Code::InvalidMediaType]);
        }
        let range = body(&format!("{{'*/*': {{schema: {schema}}}}}"));
        assert_eq!(codes(&range), []);
    }
    let loud = body("{APPLICATION/JSON: {schema: {type: object}}}");
    assert!(matches!(sent(&loud).1, BodyKind::Json(_)));
    assert_eq!(codes(&loud), []);
}

fn form(report: &Report<Api>) -> &Form {
    match sent(report).1 {
        BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

#[test]
fn parts_are_the_properties_with_their_encoding() {
    let report = body(
        "{multipart/form-data; boundary=x: {
            schema: {type: object, properties: {
                photo: {type: string}, meta: {type: string}, raw: {type: object}, tags: {type: object}, n: {type: integer}}},
            encoding: {
                photo: {contentType: 'image/*, image/png'}, meta: {contentType: text/csv},
                raw: {contentType: application/xml}, tags: {style: deepObject},
                n: {contentType: application/octet-stream}, unknown: {contentType: a/b}}}}",
    );
    assert_eq!(sent(&report).0, "multipart/form-data");
    let of = |name: &str| {
        let encoding = &form(&report).encoding[name];
        (encoding.media_type.as_deref(), encoding.is_opaque)
    };
    assert_eq!(of("photo"), (Some("image/png"), true));
    assert_eq!(of("meta"), (Some("text/csv"), false));
    assert_eq!(of("raw"), (Some("application/xml"), true));
    assert_eq!(of("n"), (Some("application/octet-stream"), false));
    assert_eq!(
        form(&report).encoding["tags"].style,
        Some(Style::DeepObject)
    );
    assert_eq!(form(&report).encoding.len(), 5);
    assert_eq!(codes(&report), []);
}

#[test]
fn forms_know_how_lists_are_spread() {
    let report = body(
        "{application/x-www-form-urlencoded: {
            schema: {type: object, properties: {a: {type: array, items: {}}, b: {type: array, items: {}}, c: {type: string}}},
            encoding: {a: {style: form}, b: {style: form, explode: false}, c: {contentType: text/plain}}}}",
    );
    let style = |name: &str| form(&report).encoding[name].style;
    assert_eq!(
        [style("a"), style("b"), style("c")],
        [Some(Style::FormExploded), Some(Style::Form), None]
    );
}

#[test]
fn parts_that_nobody_describes_are_named_by_the_caller() {
    let bare = body("{multipart/form-data: {schema: {type: object}}}");
    assert_eq!(sent(&bare).1, &BodyKind::Multipart(None));
    assert_eq!(codes(&bare), []);
    let union = body(
        "{multipart/form-data: {schema: {oneOf: [
            {type: object, properties: {a: {type: string}}}, {type: array, items: {type: string}}]}}}",
    );
    assert_eq!(sent(&union).1, &BodyKind::Multipart(None));
    assert_eq!(codes(&union), [Code::UnsupportedMediaType]);
}

#[test]
fn lines_are_described_one_by_one_or_together() {
    for content in [
        "{application/x-ndjson: {schema: {type: integer}}}",
        "{application/jsonl: {schema: {type: array, items: {type: integer}}}}",
        "{application/json-seq: {schema: {type: integer}}}",
    ] {
        let report = body(content);
        let BodyKind::Lines(line) = *sent(&report).1 else {
            panic!("{content}");
        };
        let shape = &report.value.schema(line).shape;
        assert!(matches!(shape, Shape::Integer(_)), "{content}");
    }
    let file = body("{application/x-ndjson: {schema: {type: string, format: binary}}}");
    assert_eq!(sent(&file), ("application/x-ndjson", &BodyKind::Bytes));
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

/// RFC 9110, sections 15.3.5 and 15.3.6: whatever the document says, nothing comes with these.
#[test]
fn content_of_a_status_without_content_may_be_missing() {
    let only = answers(
        "
        '204': {description: gone, content: {application/json: {schema: {type: string}}}}
",
    );
    let success = &only.value.operations[0].success;
    assert!(matches!(success.kind, AnswerKind::Json { .. }));
    assert!(success.may_be_empty);
    assert_eq!(codes(&only), []);

    let beside = answers(
        "
        '200': {description: done, content: {application/json: {schema: {type: string}}}}
        '205': {description: reset, content: {application/json: {schema: {type: integer}}}}
",
    );
    let success = &beside.value.operations[0].success;
    assert!(success.may_be_empty);
    assert_eq!(success.others, []);
    assert_eq!(codes(&beside), [Code::InvalidNode]);
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
fn success_answers_of_different_types_are_told_apart_by_status() {
    let of = |one: &str, other: &str| {
        let report = answers(&format!(
            "
        '200': {{description: '', content: {one}}}
        '202': {{description: '', content: {other}}}
        '204': {{description: ''}}
"
        ));
        assert_eq!(codes(&report), []);
        let others = report.value.operations[0].success.others.clone();
        let statuses = others.into_iter().map(|other| other.status);
        statuses.collect::<Vec<_>>()
    };
    let text = "{application/json: {schema: {type: string}}}";
    let number = "{application/json: {schema: {type: number}}}";
    assert_eq!(of(text, text), [""; 0]);
    assert_eq!(of(text, number), ["202", "204"]);
    assert_eq!(of(text, "{text/plain: {}}"), ["202", "204"]);
}

#[test]
fn the_accept_header_names_what_is_read() {
    let accept = |content: &str| {
        let report = answers(&format!(
            "        '200': {{description: '', content: {content}}}"
        ));
        report.value.operations[0].success.accept.clone()
    };
    for (content, expected) in [
        (
            "{text/html: {}, application/json; charset=utf-8: {}}",
            "application/json",
        ),
        (
            "{application/json; profile=a: {}}",
            "application/json; profile=a",
        ),
        (
            "{application/hal+json: {}}",
            "application/hal+json, application/json;q=0.9",
        ),
        (
            "{'*/*': {schema: {type: object}}}",
            "application/json, */*;q=0.5",
        ),
        ("{'*/*': {schema: {type: string}}}", "text/plain, */*;q=0.5"),
        ("{'*/*': {}}", "*/*"),
        ("{image/*: {}}", "image/*, */*;q=0.5"),
        ("{text/csv: {}}", "text/csv, */*;q=0.5"),
        ("{undefined: {}}", "*/*"),
        ("{}", "application/json"),
    ] {
        assert_eq!(accept(content), expected, "{content}");
    }
}

#[test]
fn failures_have_the_schemas_that_the_document_names() {
    let report = read(
        "
paths:
  /t:
    get:
      operationId: t
      responses:
        '200': {description: ''}
        '404': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Failure'}}}}
        5XX: {description: '', content: {application/json: {schema: {type: object}}}}
        default: {description: '', content: {application/problem+json: {schema: {$ref: '#/components/schemas/Failure'}}}}
components: {schemas: {Failure: {type: object}}}
",
    );
    let errors = &report.value.operations[0].errors;
    let statuses: Vec<_> = errors.iter().map(|error| &error.status).collect();
    assert_eq!(statuses, ["404", "default"]);
    assert!(is_component(
        report.value.schema(errors[0].schema),
        "Failure"
    ));
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

/// A schema beside `text/event-stream` may say what the data of an event is, or what an event is.
#[test]
fn events_are_typed_by_the_schema_of_their_data() {
    let events = |schema: &str| {
        let content =
            format!("{{application/json: {{}}, Text/Event-Stream: {{schema: {schema}}}}}");
        let report = answers(&format!(
            "        '200': {{description: '', content: {content}}}"
        ));
        (
            report.value.operations[0].success.events.is_some(),
            codes(&report),
        )
    };
    assert_eq!(events("{properties: {delta: {}}}"), (true, vec![]));
    assert_eq!(events("{properties: {data: {}}}"), (true, vec![]));
    assert_eq!(
        events("{oneOf: [{properties: {a: {}}}, {properties: {b: {}}}]}"),
        (true, vec![])
    );
    // A list describes all events together.
    for schema in [
        "{type: array, items: {type: object}}",
        "{type: array, items: {type: array, items: {}}}",
        "{type: integer}",
    ] {
        assert_eq!(events(schema), (true, vec![]), "{schema}");
    }
    assert_eq!(events("{}"), (false, vec![]));
    let whole = (false, vec![Code::UnsupportedMediaType]);
    for schema in [
        "{type: string}",
        "{enum: [a]}",
        "{type: array, items: {type: string}}",
        "{type: array, items: {properties: {event: {}, data: {}}}}",
    ] {
        assert_eq!(events(schema), whole, "{schema}");
    }
    assert_eq!(events("{properties: {event: {}, data: {}}}"), whole);
    assert_eq!(
        events("{oneOf: [{properties: {event: {}, data: {}}}, {properties: {a: {}}}]}"),
        whole
    );
}
