//! What types are called.

use super::*;

/// A document with these named schemas, each of them the answer of a call.
fn with_schemas(schemas: &[(&str, &str)]) -> String {
    let mut yaml = String::from("paths:\n");
    for (index, (name, _)) in schemas.iter().enumerate() {
        let _ = write!(
            yaml,
            "  /path-{index}:\n    get: {{responses: {{'200': {{description: '', content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}}}\n"
        );
    }
    yaml.push_str("components:\n  schemas:\n");
    for (name, schema) in schemas {
        let _ = writeln!(yaml, "    {name}: {schema}");
    }
    yaml
}

const PLAIN: &str = "{type: object, properties: {id: {type: string}}}";

#[test]
fn a_namespace_that_all_names_have_is_left_out() {
    let names = [
        "a_one", "a_two", "a_three", "b_four", "b_five", "b_six", "c_seven", "c_eight", "a_nine",
        "b_nine",
    ];
    let mut schemas: Vec<(&str, &str)> = names.iter().map(|name| (*name, PLAIN)).collect();
    // Equal ones would be one type.
    schemas[9].1 = "{type: object, properties: {code: {type: string}}}";
    assert_eq!(
        types(&planned(&with_schemas(&schemas), "").value),
        [
            "ANine", "BNine", "Eight", "Five", "Four", "One", "Seven", "Six", "Three", "Two"
        ]
    );
}

/// Both would be a `DnsRecord`.
#[test]
fn a_namespace_that_says_what_follows_it_is_left_out_even_so() {
    let mut schemas = in_namespaces();
    schemas.push(("dns-records_dns-record", PLAIN));
    schemas.push((
        "email_dns_record",
        "{type: object, properties: {code: {type: string}}}",
    ));
    let found = types(&planned(&with_schemas(&schemas), "").value);
    assert_eq!(found[..3], ["DnsRecord", "Eight", "EmailDnsRecord"]);
}

#[test]
fn forms_of_a_union_go_without_the_namespace_too() {
    let mut schemas = in_namespaces();
    schemas.push((
        "pay_method",
        "{required: [id], oneOf: [{$ref: '#/components/schemas/pay_card'}, {$ref: '#/components/schemas/pay_bank'}, {$ref: '#/components/schemas/old_bank'}]}",
    ));
    schemas.push(("pay_card", "{properties: {id: {type: string}}}"));
    schemas.push((
        "pay_bank",
        "{properties: {id: {type: string}, a: {type: string}}}",
    ));
    schemas.push((
        "old_bank",
        "{properties: {id: {type: string}, b: {type: string}}}",
    ));
    let found = types(&planned(&with_schemas(&schemas), "").value);
    for name in ["MethodCard", "MethodPayBank", "MethodOldBank"] {
        assert!(found.contains(&name.to_owned()), "{name}: {found:?}");
    }
}

/// So many schemas that a word in front of all of them is a namespace.
fn in_namespaces() -> Vec<(&'static str, &'static str)> {
    const NAMES: [&str; 10] = [
        "x_one", "x_two", "x_three", "x_four", "x_five", "y_six", "y_seven", "y_eight", "y_nine",
        "y_ten",
    ];
    NAMES.iter().map(|name| (*name, PLAIN)).collect()
}

#[test]
fn words_in_front_of_some_names_are_no_namespace() {
    let names = [
        "account",
        "account_link",
        "account_owner",
        "card",
        "card_issuer",
        "card_brand",
        "plan",
        "plan_tier",
        "plan_price",
        "rate",
    ];
    let schemas: Vec<(&str, &str)> = names.iter().map(|name| (*name, PLAIN)).collect();
    let found = types(&planned(&with_schemas(&schemas), "").value);
    assert!(found.contains(&"AccountLink".to_owned()), "{found:?}");
}

/// `CreateThingResult` and `CreateThingResultResult` would be harder to tell apart.
#[test]
fn an_answer_around_a_result_is_a_response() {
    let creating = |schema: &str| {
        format!(
            "paths:\n  /things:\n    post: {{responses: {{'200': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}}}}}\n"
        )
    };
    let around = format!("{{type: object, properties: {{result: {PLAIN}}}}}");
    assert_eq!(
        types(&planned(&creating(PLAIN), "").value),
        ["CreateThingResult"]
    );
    assert_eq!(
        types(&planned(&creating(&around), "").value),
        ["CreateThingResponse", "CreateThingResponseResult"]
    );
}

#[test]
fn inline_types_are_named_by_where_they_stand() {
    let with_states = |states: &str| {
        format!(
            "{{type: object, properties: {{state: {{type: string, enum: [{states}]}}, parts: {{type: array, items: {{type: object, properties: {{{states}: {{type: string}}}}}}}}}}}}"
        )
    };
    let (thing, device) = (with_states("open"), with_states("idle"));
    assert_eq!(
        types(&planned(&with_schemas(&[("thing", &thing), ("device", &device)]), "").value),
        [
            "Device",
            "DevicePart",
            "DeviceState",
            "Thing",
            "ThingPart",
            "ThingState"
        ]
    );
}

#[test]
fn types_that_want_one_name_get_more_words_in_any_order() {
    let requests = "POST /teams/{id}/members\nGET /teams/{id}/members/{member}\nGET /rooms/{id}/members/{member}\nPOST /rooms/{id}/members";
    let mut backwards: Vec<&str> = requests.lines().collect();
    backwards.reverse();
    let forwards = types(&planned(&document(requests), "").value);
    assert_eq!(
        forwards,
        types(&planned(&document(&backwards.join("\n")), "").value)
    );
    assert!(
        forwards
            .iter()
            .all(|name| !name.ends_with(|last: char| last.is_ascii_digit())),
        "{forwards:?}"
    );
}

#[test]
fn long_names_lose_words_in_the_middle() {
    let mut inner = "{type: object, properties: {flag: {type: string, enum: [yes]}}}".to_owned();
    for word in [
        "alpha_component",
        "bravo_component",
        "charlie_component",
        "delta_component",
        "echo_component",
    ] {
        inner = format!("{{type: object, properties: {{{word}: {inner}}}}}");
    }
    let found = types(&planned(&with_schemas(&[("thing", &inner)]), "").value);
    assert!(found.iter().all(|name| name.len() <= 60), "{found:?}");
}

#[test]
fn names_that_differ_by_punctuation_alone_are_not_numbered() {
    let found = types(
        &planned(
            &with_schemas(&[
                ("rate-plan", PLAIN),
                (
                    "rate_plan",
                    "{type: object, properties: {price: {type: string}}}",
                ),
            ]),
            "",
        )
        .value,
    );
    assert_eq!(found, ["RatePlan", "RatePlanModel"]);
}

#[test]
fn an_uppermost_call_keeps_the_name_that_deeper_ones_want() {
    let requests = "GET /members/{member}\nGET /rooms/{id}/members/{member}";
    let found = types(&planned(&document(requests), "").value);
    assert_eq!(found, ["Member", "RoomMember"]);
}

#[test]
fn what_must_be_there_and_can_be_one_thing_only_has_no_type() {
    let rest = "properties: {kind: {type: string, enum: [pet]}}";
    let schemas = [
        (
            "Both",
            "{required: [kind], properties: {kind: {type: string, enum: [a, b]}}}",
        ),
        ("Constant", &format!("{{required: [kind], {rest}}}")),
        ("Optional", &format!("{{{rest}}}")),
        (
            "Read",
            "{required: [kind], properties: {kind: {type: string, readOnly: true, enum: [cat]}}}",
        ),
    ];
    assert_eq!(
        types(&planned(&with_schemas(&schemas), "").value),
        [
            "Both",
            "BothKind",
            "Constant",
            "Optional",
            "OptionalKind",
            "Read",
            "ReadKind"
        ]
    );
}
