//! Small documents, each naming a rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod all_of;
mod bodies;
mod envelope;
mod extremes;
mod operations;
mod paging;
mod parameters;
mod schemas;
mod security;
mod unions;

use serde_json::Value;

use super::lower;
use crate::api::{AnswerKind, Api, Object, Operation, Origin, Property, Schema, SchemaId, Shape};
use crate::config::Config;
use crate::diagnostic::{Code, Report};
use crate::load::Document;

/// Lowers a document given as YAML without its head.
fn read(yaml: &str) -> Report<Api> {
    read_with(yaml, &Config::default())
}

fn read_with(yaml: &str, config: &Config) -> Report<Api> {
    let head = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n";
    let value: Value = serde_yaml::from_str(&format!("{head}{yaml}")).unwrap();
    let report = lower(&document(value.clone()), config);
    assert_eq!(
        count_operations(&value),
        report.value.operations.len() + report.value.not_generated.len(),
        "operations in are operations out"
    );
    report
}

fn document(value: Value) -> Document {
    Document {
        openapi: serde_json::from_value(value.clone()).unwrap(),
        value,
        unreadable: Vec::new(),
        originals: crate::load::Originals::default(),
    }
}

fn count_operations(document: &Value) -> usize {
    const METHODS: &[&str] = &[
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let paths = document["paths"].as_object().unwrap();
    paths
        .values()
        .flat_map(|item| {
            let item = match item.get("$ref").and_then(Value::as_str) {
                Some(reference) => document.pointer(&reference[1..]).unwrap_or(item),
                None => item,
            };
            item.as_object().unwrap().keys()
        })
        .filter(|key| METHODS.contains(&key.as_str()))
        .count()
}

/// Lowers `schemas` (YAML, indented by two) with one operation that answers with the schema `Root`.
fn read_schemas(schemas: &str) -> Report<Api> {
    let paths = "paths:
  /root:
    get:
      operationId: root
      responses:
        '200':
          description: ''
          content: {application/json: {schema: {$ref: '#/components/schemas/Root'}}}
components:
  schemas:
";
    let schemas: String = schemas.lines().map(|line| format!("  {line}\n")).collect();
    read(&format!("{paths}{schemas}"))
}

/// The schema `Root` of [`read_schemas`].
fn root(report: &Report<Api>) -> &Schema {
    let api = &report.value;
    api.schema(answer_schema(&api.operations[0]))
}

fn answer_schema(operation: &Operation) -> SchemaId {
    match operation.success.kind {
        AnswerKind::Json { schema, .. } => schema,
        ref other => panic!("no JSON answer: {other:?}"),
    }
}

fn object(schema: &Schema) -> &Object {
    match &schema.shape {
        Shape::Object(object) => object,
        other => panic!("no object: {other:?}"),
    }
}

fn property<'a>(schema: &'a Schema, name: &str) -> &'a Property {
    let properties = &object(schema).properties;
    properties
        .iter()
        .find(|property| property.name == name)
        .unwrap()
}

/// The schema of a property.
fn value<'a>(report: &'a Report<Api>, schema: &Schema, name: &str) -> &'a Schema {
    report.value.schema(property(schema, name).schema)
}

fn names(schema: &Schema) -> Vec<&str> {
    let properties = &object(schema).properties;
    properties
        .iter()
        .map(|property| property.name.as_str())
        .collect()
}

fn items<'a>(report: &'a Report<Api>, schema: &Schema) -> &'a Schema {
    match schema.shape {
        Shape::List(id) | Shape::Map(id) => report.value.schema(id),
        ref other => panic!("no list or map: {other:?}"),
    }
}

fn is_component(schema: &Schema, name: &str) -> bool {
    schema.origin == Origin::Component(name.to_owned())
}

fn codes(report: &Report<Api>) -> Vec<Code> {
    report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}
