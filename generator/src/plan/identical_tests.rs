#![allow(clippy::expect_used)]

use super::super::{Placement, plan};
use crate::config::Config;
use crate::lower::lower;
use crate::model::{Crate, Resource};
use crate::source::Source;

/// Types of a document with the module that they stand in.
fn types_with(config: &Config, yaml: &str) -> Vec<String> {
    let head = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n";
    let source = Source::new("things.yaml".to_owned(), format!("{head}{yaml}"));
    let document = crate::load::load(&source).expect("readable").value;
    let api = lower(&document, config).value;
    let krate = plan(&api, config, &Placement::default()).value;
    let mut found = Vec::new();
    spell(&krate, &mut found);
    found.sort();
    found
}

fn types(yaml: &str) -> Vec<String> {
    types_with(&Config::default(), yaml)
}

fn spell(krate: &Crate, found: &mut Vec<String>) {
    let of = |resource: &Resource, found: &mut Vec<String>| {
        let name = |item: &crate::model::TypeItem| format!("{}.{}", resource.dotted(), item.name());
        found.extend(resource.types.iter().map(name));
    };
    for resource in krate.all_resources() {
        of(resource, found);
    }
    found.extend(
        krate
            .shared_types
            .iter()
            .map(|item| format!("types.{}", item.name())),
    );
}

/// Lists of two resources, whose answers are these.
fn two(one: &str, other: &str, schemas: &str) -> String {
    let path = |name: &str, schema: &str| {
        format!(
            "  /{name}:\n    get:\n      operationId: {name}\n      responses: {{'200': {{description: All., content: {{application/json: {{schema: {schema}}}}}}}}}\n"
        )
    };
    format!(
        "paths:\n{}{}components:\n  schemas:\n{schemas}\n",
        path("cats", one),
        path("dogs", other)
    )
}

const ONE: &str = "{$ref: '#/components/schemas/One'}";

fn refer(one: &str, other: &str, schemas: &str) -> String {
    let reference = |name: &str| ONE.replace("One", name);
    two(&reference(one), &reference(other), schemas)
}

#[test]
fn components_that_differ_in_their_prefix_are_one() {
    let found = types(&refer(
        "cats_page-info",
        "dogs_page-info",
        "    cats_page-info: {type: object, description: Of cats., properties: {page: {type: integer}, of: {type: integer}}}
    dogs_page-info: {type: object, description: Of dogs., properties: {of: {type: integer}, page: {type: integer}}}",
    ));
    assert_eq!(found, ["types.PageInfo"]);
}

#[test]
fn a_component_whose_name_ends_with_the_others_is_the_other() {
    let found = types(&refer(
        "Person",
        "nullable-person",
        "    Person: {type: object, properties: {name: {type: string}}}
    nullable-person: {type: object, nullable: true, properties: {name: {type: string}}}",
    ));
    assert_eq!(found, ["types.Person"]);
}

#[test]
fn equal_components_of_different_names_stay_two() {
    let found = types(&refer(
        "Cat",
        "Dog",
        "    Cat: {type: object, properties: {name: {type: string}}}
    Dog: {type: object, properties: {name: {type: string}}}",
    ));
    assert_eq!(found, ["cats.Cat", "dogs.Dog"]);
}

#[test]
fn a_difference_deep_inside_keeps_them_apart() {
    let found = types(&refer(
        "cats_page",
        "dogs_page",
        "    cats_page: {type: object, properties: {of: {type: array, items: {type: object, properties: {id: {type: string}, n: {type: integer}}}}}}
    dogs_page: {type: object, properties: {of: {type: array, items: {type: object, properties: {id: {type: string}, n: {type: number}}}}}}",
    ));
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn what_must_be_there_and_what_is_secret_is_part_of_the_shape() {
    let with = |one: &str, other: &str| {
        types(&refer(
            "cats_page",
            "dogs_page",
            &format!("    cats_page: {one}\n    dogs_page: {other}"),
        ))
        .len()
    };
    let plain = "{type: object, properties: {a: {type: string}, b: {type: string}}}";
    let required =
        "{type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}";
    let secret =
        "{type: object, properties: {a: {type: string, format: password}, b: {type: string}}}";
    let nullable =
        "{type: object, properties: {a: {type: string, nullable: true}, b: {type: string}}}";
    assert_eq!(with(plain, plain), 1);
    assert_eq!(with(plain, required), 2);
    assert_eq!(with(plain, secret), 2);
    assert_eq!(with(plain, nullable), 2);
}

#[test]
fn schemas_that_contain_themselves_are_compared_as_well() {
    let node = |prefix: &str, value: &str| {
        format!(
            "    {prefix}_node: {{type: object, properties: {{value: {{type: {value}}}, next: {{$ref: '#/components/schemas/{prefix}_node'}}}}}}\n"
        )
    };
    let same = node("cats", "string") + &node("dogs", "string");
    assert_eq!(
        types(&refer("cats_node", "dogs_node", &same)),
        ["types.Node"]
    );
    let different = node("cats", "string") + &node("dogs", "integer");
    assert_eq!(
        types(&refer("cats_node", "dogs_node", &different)),
        ["cats.CatsNode", "dogs.DogsNode"]
    );
}

#[test]
fn unnamed_schemas_are_one_by_their_property() {
    let sorted = |name: &str, values: &str| {
        format!(
            "{{type: object, properties: {{{name}: {{type: string, enum: {values}}}, n: {{type: integer}}}}}}"
        )
    };
    let found = types(&two(
        &sorted("direction", "[up, down]"),
        &sorted("direction", "[down, up]"),
        "    Unused: {type: string}",
    ));
    assert!(found.contains(&"types.Direction".to_owned()), "{found:?}");
    let found = types(&two(
        &sorted("direction", "[up, down]"),
        &sorted("order", "[up, down]"),
        "    Unused: {type: string}",
    ));
    assert!(
        found.iter().all(|name| !name.starts_with("types.")),
        "{found:?}"
    );
}

#[test]
fn an_unnamed_schema_of_one_value_says_too_little() {
    let of = |values: &str| {
        format!(
            "{{type: object, properties: {{kind: {{type: string, enum: {values}}}, n: {{type: integer}}}}}}"
        )
    };
    let found = types(&two(
        &of("[cat]"),
        &of("[cat]"),
        "    Unused: {type: string}",
    ));
    assert!(
        found.iter().all(|name| !name.starts_with("types.")),
        "{found:?}"
    );
}

#[test]
fn what_the_configuration_names_stays_by_itself() {
    let mut config = Config::default();
    config
        .types
        .insert("cats_page".to_owned(), "CatPage".to_owned());
    let found = types_with(
        &config,
        &refer(
            "cats_page",
            "dogs_page",
            "    cats_page: {type: object, properties: {name: {type: string}}}
    dogs_page: {type: object, properties: {name: {type: string}}}",
        ),
    );
    assert_eq!(found, ["cats.CatPage", "dogs.DogsPage"]);
}
