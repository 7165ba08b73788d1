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
