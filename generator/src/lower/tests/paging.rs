//! Pages: how one leads to the next, by structure and by configuration.

use super::*;
use crate::api::{NextPage, PageFacts, Paging};
use crate::config::{EnvelopeConfig, PagingConfig, PagingSchemeConfig};

/// A document with one GET of these query parameters (`page: integer`) and this answer.
fn document_with(parameters: &[&str], response: &str) -> String {
    let parameters: Vec<String> = parameters
        .iter()
        .map(|parameter| {
            let (name, ty) = parameter.split_once(": ").unwrap();
            format!("{{name: '{name}', in: query, schema: {{type: {ty}}}}}")
        })
        .collect();
    format!(
        "paths: {{/v1/things: {{get: {{operationId: list, parameters: [{}], responses: {{'200': {{description: '', {response}}}}}}}}}}}\n",
        parameters.join(", ")
    )
}

fn json(schema: &str) -> String {
    format!("content: {{application/json: {{schema: {schema}}}}}")
}

fn object(properties: &str) -> String {
    json(&format!("{{properties: {{{properties}}}}}"))
}

const LIST: &str = "{type: array, items: {properties: {id: {type: string}}}}";
const TEXT: &str = "{type: string}";
const NUMBER: &str = "{type: integer}";
const FLAG: &str = "{type: boolean}";

fn paging_with(parameters: &[&str], response: &str, config: &Config) -> Option<Paging> {
    let report = read_with(&document_with(parameters, response), config);
    report.value.operations[0].paging.clone()
}

fn paging(parameters: &[&str], response: &str) -> Option<Paging> {
    paging_with(parameters, response, &Config::default())
}

fn cursor(parameter: &str, cursor: &str) -> NextPage {
    NextPage::Cursor {
        parameter: parameter.to_owned(),
        cursor: cursor.to_owned(),
    }
}

fn page(first: i64) -> NextPage {
    NextPage::Page {
        parameter: "page".to_owned(),
        first,
    }
}

#[test]
fn pages_are_counted_with_what_the_answer_says_of_them() {
    let envelope = EnvelopeConfig {
        result: "result".to_owned(),
        success: None,
        messages: None,
    };
    let config = Config {
        envelope: Some(envelope),
        ..Config::default()
    };
    let info = format!(
        "{{properties: {{page: {NUMBER}, per_page: {NUMBER}, count: {NUMBER}, total_count: {NUMBER}, total_pages: {NUMBER}}}}}"
    );
    let answer = object(&format!("result: {LIST}, result_info: {info}"));
    let parameters = ["page: number", "per_page: number"];
    let found = paging_with(&parameters, &answer, &config).unwrap();
    assert_eq!((found.next, found.items.len()), (page(1), 0));
    let at = |name: &str| Some(format!("/result_info/{name}"));
    let facts = PageFacts {
        total: at("total_count"),
        pages: at("total_pages"),
        size: at("per_page"),
        number: at("page"),
        more: None,
    };
    assert_eq!(found.facts, facts);
}

#[test]
fn a_first_page_may_be_called_zero() {
    let zero = "{type: integer, default: 0}";
    let next = |schema: &str| {
        let document = document_with(&["page: integer"], &json(LIST));
        let document = document.replace("{type: integer}", schema);
        read(&document).value.operations[0]
            .paging
            .clone()
            .unwrap()
            .next
    };
    assert_eq!(next(zero), page(0));
    assert_eq!(next("{type: integer, default: 1}"), page(1));
    assert_eq!(next("{type: integer}"), page(1));
}

#[test]
fn cursors_are_pairs_of_a_parameter_and_a_member() {
    let list = format!("data: {LIST}");
    for (parameter, member, at) in [
        ("page_token", format!("next_page: {TEXT}"), "/next_page"),
        (
            "after",
            format!("first_id: {TEXT}, last_id: {TEXT}, has_more: {FLAG}"),
            "/last_id",
        ),
        ("after", format!("next: {TEXT}"), "/next"),
        ("page", format!("next_page: {NUMBER}"), "/next_page"),
        (
            "cursor",
            format!("result_info: {{properties: {{cursors: {{properties: {{after: {TEXT}}}}}}}}}"),
            "/result_info/cursors/after",
        ),
        (
            "pageToken",
            format!("nextPageToken: {TEXT}"),
            "/nextPageToken",
        ),
        (
            "cursor",
            format!("response_metadata: {{properties: {{next_cursor: {TEXT}}}}}"),
            "/response_metadata/next_cursor",
        ),
    ] {
        let parameters = [format!("{parameter}: string"), "limit: integer".to_owned()];
        let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
        let found = paging(&parameters, &object(&format!("{list}, {member}"))).unwrap();
        assert_eq!(found.next, cursor(parameter, at));
        assert_eq!(found.items, ["data"]);
    }
}

#[test]
fn without_a_cursor_the_last_thing_leads_on() {
    let answer = object(&format!("data: {LIST}, has_more: {FLAG}"));
    let found = paging(&["starting_after: string", "limit: integer"], &answer).unwrap();
    let next = NextPage::LastItem {
        parameter: "starting_after".to_owned(),
        member: "id".to_owned(),
    };
    assert_eq!(
        (found.next, found.facts.more.as_deref()),
        (next, Some("/has_more"))
    );
    let nameless = answer.replace("id: {type: string}", "name: {type: string}");
    assert_eq!(paging(&["starting_after: string"], &nameless), None);
}

#[test]
fn links_are_in_headers_or_in_bodies() {
    let header = format!("headers: {{link: {{schema: {TEXT}}}}}, {}", json(LIST));
    assert_eq!(
        paging(&["page: integer"], &header).unwrap().next,
        NextPage::Link
    );
    let by_url = [
        (format!("next: {TEXT}, previous: {TEXT}"), "/next"),
        (
            "next: {type: string, description: The URL of the next page.}".to_owned(),
            "/next",
        ),
        (format!("'@odata.nextLink': {TEXT}"), "/@odata.nextLink"),
        (
            format!("_links: {{properties: {{next: {{properties: {{href: {TEXT}}}}}}}}}"),
            "/_links/next/href",
        ),
        (format!("next_page_uri: {TEXT}"), "/next_page_uri"),
    ];
    for (members, at) in by_url {
        let found = paging(
            &["page: integer"],
            &object(&format!("items: {LIST}, {members}")),
        );
        assert_eq!(found.unwrap().next, NextPage::Url { url: at.to_owned() });
    }
    // A parameter that takes a cursor makes none of a link.
    let link = "next: {type: string, description: Link to the next page.}";
    let found = paging(
        &["after: string"],
        &object(&format!("items: {LIST}, {link}")),
    );
    assert!(matches!(found.unwrap().next, NextPage::Url { .. }));
}

#[test]
fn offsets_come_with_a_size() {
    let answer = object(&format!("total: {NUMBER}, items: {LIST}"));
    let offset = |parameter: &str, first| NextPage::Offset {
        parameter: parameter.to_owned(),
        first,
    };
    let next = |parameters: &[&str]| paging(parameters, &answer).map(|found| found.next);
    assert_eq!(
        next(&["limit: integer", "offset: integer"]),
        Some(offset("offset", 0))
    );
    assert_eq!(
        next(&["startIndex: integer", "count: integer"]),
        Some(offset("startIndex", 1))
    );
    // A time, by the looks of it.
    assert_eq!(next(&["start: integer"]), None);
    assert_eq!(next(&["start: string", "limit: integer"]), None);
}

#[test]
fn nothing_but_a_list_is_a_single_page_and_an_object_with_one_is_not() {
    let found = paging(&["q: string"], &json(LIST)).unwrap();
    assert_eq!(found.next, NextPage::Single);
    assert_eq!(
        paging(&["q: string"], &object(&format!("items: {LIST}"))),
        None
    );
    assert_eq!(paging(&["page: integer"], &json("{type: string}")), None);
    let post = document_with(&["page: integer"], &json(LIST)).replace("get:", "post:");
    assert_eq!(read(&post).value.operations[0].paging, None);
}

#[test]
fn of_several_lists_the_one_that_was_asked_for_is_read() {
    let items = |properties: &str| {
        let found = paging(&["page: integer"], &object(properties));
        found.map(|found| found.items.join("/"))
    };
    let names = "{type: array, items: {type: string}}";
    assert_eq!(
        items(&format!("errors: {LIST}, things: {LIST}")).as_deref(),
        Some("things")
    );
    assert_eq!(
        items(&format!("errors: {LIST}, results: {LIST}")).as_deref(),
        Some("results")
    );
    assert_eq!(
        items(&format!("tags: {names}, boxes: {LIST}")).as_deref(),
        Some("boxes")
    );
    assert_eq!(
        items(&format!("data: {{properties: {{boxes: {LIST}}}}}")).as_deref(),
        Some("data/boxes")
    );
    assert_eq!(items(&format!("errors: {LIST}, boxes: {LIST}")), None);
}

#[test]
fn a_schema_that_holds_itself_is_no_hindrance() {
    let yaml = format!(
        "{}components: {{schemas: {{Page: {{properties: {{data: {{$ref: '#/components/schemas/Page'}}, meta: {{$ref: '#/components/schemas/Page'}}}}}}}}}}",
        document_with(
            &["page: integer"],
            &json("{$ref: '#/components/schemas/Page'}")
        )
    );
    assert_eq!(read(&yaml).value.operations[0].paging, None);
}

fn configured(entries: &[PagingConfig], own: Option<PagingConfig>) -> Config {
    let mut config = Config {
        paging: entries.to_vec(),
        ..Config::default()
    };
    config
        .operations
        .entry("list".to_owned())
        .or_default()
        .paging = own;
    config
}

#[test]
fn configuration_refines_what_is_found_and_the_more_exact_wins() {
    let answer = object(&format!("items: {LIST}, all: {NUMBER}, sum: {NUMBER}"));
    let entry = |prefix: &str, total: &str| PagingConfig {
        prefix: Some(prefix.to_owned()),
        total: Some(total.to_owned()),
        ..PagingConfig::default()
    };
    let entries = [
        entry("/v1/things", "/sum"),
        entry("/v1", "/all"),
        entry("/v2", "/none"),
    ];
    let total = |own| {
        let config = configured(&entries, own);
        let found = paging_with(&["page: integer"], &answer, &config).unwrap();
        assert_eq!(found.next, page(1));
        found.facts.total
    };
    assert_eq!(total(None).as_deref(), Some("/sum"));
    assert_eq!(total(Some(entry("", "/own"))).as_deref(), Some("/own"));
    let stale = read_with(&document_with(&[], &answer), &configured(&entries, None));
    assert_eq!(codes(&stale), [Code::StaleConfiguration]);
    assert!(stale.diagnostics[0].message.contains("/v2"));
}

#[test]
fn configuration_says_what_the_document_does_not() {
    let of = |scheme| PagingConfig {
        scheme: Some(scheme),
        parameter: Some("from".to_owned()),
        items: Some("/left".to_owned()),
        next: Some("/to".to_owned()),
        ..PagingConfig::default()
    };
    let answer = object(&format!("left: {LIST}, right: {LIST}"));
    let next = |settings| {
        let found = paging_with(&[], &answer, &configured(&[], Some(settings)));
        found.map(|found| (found.next, found.items.join("/")))
    };
    let left = |next| Some((next, "left".to_owned()));
    assert_eq!(
        next(of(PagingSchemeConfig::Cursor)),
        left(cursor("from", "/to"))
    );
    assert_eq!(
        next(of(PagingSchemeConfig::Url)),
        left(NextPage::Url {
            url: "/to".to_owned()
        })
    );
    assert_eq!(next(of(PagingSchemeConfig::Link)), left(NextPage::Link));
    assert_eq!(next(of(PagingSchemeConfig::None)), None);
    let nowhere = PagingConfig {
        items: Some("/middle".to_owned()),
        ..of(PagingSchemeConfig::Cursor)
    };
    let report = read_with(
        &document_with(&[], &answer),
        &configured(&[], Some(nowhere)),
    );
    assert_eq!(report.value.operations[0].paging, None);
    assert_eq!(codes(&report), [Code::StaleConfiguration]);
}
