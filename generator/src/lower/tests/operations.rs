//! Operations: ids, order, what is left out, retry, servers.

use super::*;
use crate::api::{Method, NotGenerated, Retry};
use crate::config::OperationConfig;
use crate::pointer::Pointer;

const THINGS: &str = "
paths:
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    trace: {operationId: look, responses: {}}
    delete: {operationId: remove, responses: {'204': {description: gone}}}
    get: {responses: {'204': {description: ''}}}
  /things:
    post: {operationId: remove, responses: {'204': {description: ''}}}
";

#[test]
fn operations_come_in_document_order_with_unique_ids() {
    let report = read(THINGS);
    let calls: Vec<_> = report
        .value
        .operations
        .iter()
        .map(|operation| (operation.id.as_str(), operation.method, operation.retry))
        .collect();
    assert_eq!(
        calls,
        [
            ("GET /things/{id}", Method::Get, Retry::Safe),
            ("remove", Method::Delete, Retry::Idempotent),
            ("remove (POST /things)", Method::Post, Retry::Unsafe),
        ]
    );
    assert_eq!(report.value.not_generated[0].id, "look");
    assert_eq!(
        codes(&report),
        [Code::OperationNotGenerated, Code::DuplicateOperationId]
    );
}

#[test]
fn configuration_hides_operations_and_overrides_retry() {
    let mut config = Config::default();
    let mut configure = |id: &str, hide: Option<&str>, retry: Option<&str>| {
        let operation = OperationConfig {
            hide: hide.map(str::to_owned),
            retry: retry.map(str::to_owned),
            ..OperationConfig::default()
        };
        config.operations.insert(id.to_owned(), operation);
    };
    configure("remove", Some("done by hand"), None);
    configure("GET /things/{id}", None, Some("unsafe"));
    configure("remove (POST /things)", None, Some("sometimes"));
    configure("gone", None, None);
    let report = read_with(THINGS, &config);
    let hidden = &report.value.not_generated;
    assert!(hidden.iter().any(|one| one.reason == "done by hand"));
    assert_eq!(report.value.operations[0].retry, Retry::Unsafe);
    assert_eq!(report.value.operations[1].retry, Retry::Unsafe);
    let stale: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::StaleConfiguration)
        .map(|diagnostic| (&diagnostic.at, diagnostic.message.as_str()))
        .collect();
    assert_eq!(
        stale,
        [
            (
                &Pointer::root(),
                "`sometimes` is no retry class of operation `remove (POST /things)`"
            ),
            (
                &Pointer::root(),
                "the configuration names operation `gone`, which the document doesn't have"
            ),
        ]
    );
}

#[test]
fn unreadable_operations_stay_listed() {
    let value = serde_json::json!({
        "openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {}
    });
    let mut document = document(value);
    document.unreadable.push(NotGenerated {
        id: "broken".to_owned(),
        method: Method::Get,
        path: "/broken".to_owned(),
        at: Pointer::parse("/paths/~1broken/get"),
        reason: "no responses".to_owned(),
    });
    let report = lower(&document, &Config::default());
    assert_eq!(report.value.not_generated, document.unreadable);
}

#[test]
fn path_items_may_be_references_within_the_document() {
    let report = read(
        "
paths:
  /a: {get: {operationId: a, responses: {}}}
  /b: {$ref: '#/paths/~1a'}
  /c: {$ref: 'other.yaml#/c'}
",
    );
    let ids: Vec<_> = report
        .value
        .operations
        .iter()
        .map(|operation| operation.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "a (GET /b)"]);
    assert!(codes(&report).contains(&Code::UnresolvedReference));
}

#[test]
fn servers_are_absolute_without_variables_and_trailing_slash() {
    let report = read(
        "
servers:
  - {url: 'https://{region}.example.com/v1/', variables: {region: {default: eu}}}
  - {url: /v2}
paths:
  /a:
    get:
      operationId: a
      servers: [{url: 'https://upload.example.com'}]
      responses: {}
",
    );
    let urls: Vec<_> = report.value.servers.iter().map(|one| &one.url).collect();
    assert_eq!(urls, ["https://eu.example.com/v1", "/v2"]);
    assert_eq!(codes(&report), []);
}

#[test]
fn an_operation_may_have_a_server_of_its_own() {
    let of = |server: &str| {
        let report = read(&format!(
            "
servers: [{{url: 'https://example.com/v1/'}}]
paths:
  /a:
    servers: [{server}]
    get: {{operationId: a, responses: {{}}}}
"
        ));
        let own = report.value.operations[0].base_url.clone();
        (own, codes(&report))
    };
    let own = |url: &str| (Some(url.to_owned()), vec![]);
    assert_eq!(of("{url: 'https://example.com/v1'}"), (None, vec![]));
    assert_eq!(
        of("{url: 'https://{a}.example.com/', variables: {a: {default: up}}}"),
        own("https://up.example.com")
    );
    assert_eq!(of("{url: /}"), own("https://example.com"));
    assert_eq!(of("{url: /v2}"), own("https://example.com/v2"));
    for url in [
        "https://{a}.example.com",
        "v2",
        "//evil.example",
        "ftp://a",
        "https://u:p@a",
        "/../a",
    ] {
        let server = format!("{{url: '{url}'}}");
        assert_eq!(of(&server), (None, vec![Code::IgnoredServer]), "{url}");
    }
}

#[test]
fn an_unsafe_operation_takes_a_key_where_the_document_or_the_configuration_says_so() {
    let yaml = "
paths:
  /orders:
    parameters: [{name: idempotency-Key, in: header, required: true, schema: {type: string}}]
    post: {operationId: order, responses: {'204': {description: ''}}}
    put: {operationId: replace, responses: {'204': {description: ''}}}
  /others:
    post: {operationId: other, responses: {'204': {description: ''}}}
";
    let keys = |config: &Config| {
        let operations = read_with(yaml, config).value.operations.into_iter();
        let keys = operations.map(|operation| (operation.id, operation.idempotency_key));
        keys.collect::<Vec<_>>()
    };
    let key = |id: &str, key: Option<&str>| (id.to_owned(), key.map(str::to_owned));
    let declared = [
        key("replace", None),
        key("order", Some("idempotency-Key")),
        key("other", None),
    ];
    assert_eq!(keys(&Config::default()), declared);
    let mut config = Config::default();
    config.client.idempotency_key_header = Some("X-Once".to_owned());
    assert_eq!(keys(&config)[2], key("other", Some("X-Once")));
}
