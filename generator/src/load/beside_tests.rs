#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

use super::*;

fn source(document: &Value, files: &[(&str, Value)]) -> Source {
    let mut source = Source::new("spec.json", document.to_string());
    let files = files.iter().map(|(path, value)| {
        let name = (*path).to_owned();
        (name.clone(), Source::new(name, value.to_string()))
    });
    source.beside = files.collect();
    source
}

fn taken(mut document: Value, files: &[(&str, Value)]) -> (Value, Origins) {
    let mut diagnostics = Vec::new();
    let source = source(&document, files);
    let origins = take_in(&mut document, &source, &mut diagnostics);
    assert_eq!(diagnostics, []);
    (document, origins)
}

#[test]
fn what_references_lead_to_becomes_components() {
    let (document, origins) = taken(
        json!({"a": {"schema": {"$ref": "x/common.json#/defs/Thing"}}, "components": {"schemas": {"Thing": {}}}}),
        &[
            (
                "x/common.json",
                json!({"defs": {"Thing": {"items": {"$ref": "other.json"}, "not": {"$ref": "#/defs/Thing"}}}}),
            ),
            ("x/other.json", json!({"type": "string"})),
        ],
    );
    assert_eq!(
        document["a"]["schema"]["$ref"],
        "#/components/schemas/Thing2"
    );
    let thing = &document["components"]["schemas"]["Thing2"];
    assert_eq!(thing["items"]["$ref"], "#/components/schemas/other");
    assert_eq!(thing["not"]["$ref"], "#/components/schemas/Thing2");
    assert_eq!(
        document["components"]["schemas"]["other"],
        json!({"type": "string"})
    );
    let at = origins.original(&Pointer::parse("#/components/schemas/Thing2/items"));
    assert_eq!(at.to_string(), "x/common.json#/defs/Thing/items");
}

#[test]
fn a_path_item_takes_the_place_of_its_reference() {
    let (document, origins) = taken(
        json!({"paths": {"/a": {"$ref": "a.json"}}}),
        &[(
            "a.json",
            json!({"get": {"parameters": [{"$ref": "#/p"}]}, "p": {"name": "p"}}),
        )],
    );
    let operation = &document["paths"]["/a"]["get"];
    assert_eq!(
        operation["parameters"][0]["$ref"],
        "#/components/parameters/p"
    );
    let at = origins.original(&Pointer::parse("#/paths/~1a/get"));
    assert_eq!(at.to_string(), "a.json#/get");
}

#[test]
fn path_items_that_lead_to_each_other_come_to_an_end() {
    let (document, _) = taken(
        json!({"paths": {"/a": {"$ref": "a.json"}}}),
        &[
            ("a.json", json!({"$ref": "b.json"})),
            ("b.json", json!({"$ref": "a.json"})),
        ],
    );
    assert!(document["paths"]["/a"]["$ref"].is_string());
}

#[test]
fn a_document_leads_to_itself_by_its_name_also_alone() {
    let (document, _) = taken(
        json!({"a": {"schema": {"$ref": "spec.json#/b%25/c"}}, "b%": {"c": {}}}),
        &[],
    );
    assert_eq!(document["a"]["schema"]["$ref"], "#/b%25/c");
}

#[test]
fn a_fragment_is_decoded() {
    let (document, origins) = taken(
        json!({"a": {"schema": {"$ref": "b.json#/paths/~1c~1%7Bid%7D"}}}),
        &[("b.json", json!({"paths": {"/c/{id}": {"type": "string"}}}))],
    );
    let name = "#/components/schemas/_1c_1_id_";
    assert_eq!(document["a"]["schema"]["$ref"], name);
    let at = origins.original(&Pointer::parse(name));
    assert_eq!(at.to_string(), "b.json#/paths/~1c~1{id}");
}

#[test]
fn a_callbacks_path_item_is_no_schema() {
    let callbacks = json!({"done": {"{$url}": {"$ref": "item.json"}}});
    let (document, _) = taken(
        json!({"paths": {"/a": {"get": {"callbacks": callbacks}}}}),
        &[("item.json", json!({"post": {"responses": {}}}))],
    );
    let components = &document["components"];
    assert_eq!(
        components["pathItems"]["item"],
        json!({"post": {"responses": {}}})
    );
    assert_eq!(components["schemas"], Value::Null);
}

#[test]
fn what_is_not_there_is_left_as_it_is() {
    let whole = json!({"a": {"$ref": "b.json#/nothing"}, "c": {"$ref": "d.json"}});
    let (document, _) = taken(whole.clone(), &[("b.json", json!({}))]);
    assert_eq!(document, whole);
}

#[test]
fn a_swagger_document_keeps_its_own_sections() {
    let (document, _) = taken(
        json!({"swagger": "2.0", "paths": {}, "definitions": {"A": {"$ref": "b.json#/B"}}}),
        &[("b.json", json!({"B": {"type": "string"}}))],
    );
    assert_eq!(document["definitions"]["B"], json!({"type": "string"}));
}

#[test]
fn what_a_path_item_has_beside_its_operations_is_not_put_into_it_again() {
    let item = json!({"$ref": "a.json"});
    let (document, _) = taken(
        json!({"paths": {"/a": item}}),
        &[(
            "a.json",
            json!({"get": {}, "paths": {"a": item, "b": item}}),
        )],
    );
    let again = &document["paths"]["/a"]["paths"]["a"];
    assert_eq!(*again, json!({"$ref": "#/components/schemas/a"}));
}

#[test]
fn a_property_of_any_name_is_a_schema() {
    let file = ("file.json", json!({"type": "object"}));
    let reference = json!({"$ref": "file.json"});
    let names = ["parameters", "responses", "links", "paths"];
    let properties: Map<String, Value> = names
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({"items": reference, "$ref": "file.json"}),
            )
        })
        .collect();
    let (document, _) = taken(
        json!({"components": {"schemas": {"A": {"properties": properties}}}}),
        &[file],
    );
    for name in names {
        let property = &document["components"]["schemas"]["A"]["properties"][name];
        assert_eq!(property["$ref"], "#/components/schemas/file", "{name}");
        assert_eq!(
            property["items"]["$ref"], "#/components/schemas/file",
            "{name}"
        );
    }
}

#[test]
fn a_reference_behind_a_reference_is_of_the_same_kind() {
    let (document, _) = taken(
        json!({"paths": {"/a": {"parameters": [{"$ref": "all.json#/Limit"}]}}}),
        &[
            ("all.json", json!({"Limit": {"$ref": "limit.json"}})),
            ("limit.json", json!({"name": "limit", "in": "query"})),
        ],
    );
    let parameters = &document["components"]["parameters"];
    assert_eq!(parameters["Limit"]["$ref"], "#/components/parameters/limit");
    assert_eq!(parameters["limit"]["name"], "limit");
}
