//! Every example of a document, with the schema that it is an example of.

use serde_json::{Map, Value};

use crate::documents::METHODS;
use crate::validity::Schemas;

/// An example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Where it stands: a JSON pointer.
    pub at: String,
    /// Where its schema stands: a JSON pointer.
    pub schema: String,
    /// What it shows.
    pub value: Value,
}

/// All examples of schemas, media types, parameters and headers, in document order. Those of components are
/// told once; of a media type that isn't JSON the schemas' own are, for the value isn't written in JSON.
pub fn examples(document: &Value) -> Vec<Example> {
    let mut finder = Finder {
        document,
        found: Vec::new(),
    };
    let components = document.get("components");
    for kind in [
        "schemas",
        "parameters",
        "headers",
        "requestBodies",
        "responses",
        "pathItems",
    ] {
        let named = components.and_then(|components| components.get(kind));
        for (at, node) in members(named, &format!("/components/{kind}")) {
            match kind {
                "schemas" => finder.schema(node, &at),
                "parameters" | "headers" => finder.parameter(node, &at),
                "pathItems" => finder.path_item(node, &at),
                _ => finder.message(node, &at),
            }
        }
    }
    for kind in ["paths", "webhooks"] {
        for (at, item) in members(document.get(kind), &format!("/{kind}")) {
            finder.path_item(item, &at);
        }
    }
    finder.found
}

struct Finder<'d> {
    document: &'d Value,
    found: Vec<Example>,
}

impl Finder<'_> {
    fn path_item(&mut self, item: &Value, at: &str) {
        self.parameters(item, at);
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let at = format!("{at}/{method}");
            self.parameters(operation, &at);
            if let Some(body) = operation.get("requestBody") {
                self.message(body, &format!("{at}/requestBody"));
            }
            for (at, response) in members(operation.get("responses"), &format!("{at}/responses")) {
                self.message(response, &at);
            }
        }
    }

    fn parameters(&mut self, node: &Value, at: &str) {
        for (at, parameter) in elements(node.get("parameters"), &format!("{at}/parameters")) {
            self.parameter(parameter, &at);
        }
    }

    /// A parameter or header.
    fn parameter(&mut self, node: &Value, at: &str) {
        self.described(node, at);
        self.content(node, at);
    }

    /// A request body or response.
    fn message(&mut self, node: &Value, at: &str) {
        self.content(node, at);
        for (at, header) in members(node.get("headers"), &format!("{at}/headers")) {
            self.parameter(header, &at);
        }
    }

    fn content(&mut self, node: &Value, at: &str) {
        for (name, media_type) in node
            .get("content")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let at = format!("{at}/content/{}", escaped(name));
            if name.contains("json") {
                self.described(media_type, &at);
            } else if let Some(schema) = media_type.get("schema") {
                self.schema(schema, &format!("{at}/schema"));
            }
        }
    }

    /// What has a schema and examples of it beside that.
    fn described(&mut self, node: &Value, at: &str) {
        let Some(schema) = node.get("schema") else {
            return;
        };
        let document = self.document;
        let schema_at = format!("{at}/schema");
        if let Some(example) = node.get("example") {
            self.add(format!("{at}/example"), &schema_at, example);
        }
        for (at, example) in members(node.get("examples"), &format!("{at}/examples")) {
            let referred = Schemas::reference(example);
            let target = referred
                .as_ref()
                .and_then(|pointer| document.pointer(pointer));
            if let Some(value) = target.unwrap_or(example).get("value") {
                self.add(
                    format!("{}/value", referred.unwrap_or(at)),
                    &schema_at,
                    value,
                );
            }
        }
        self.schema(schema, &schema_at);
    }

    fn schema(&mut self, schema: &Value, at: &str) {
        if let Some(example) = schema.get("example") {
            self.add(format!("{at}/example"), at, example);
        }
        for (at_example, example) in elements(schema.get("examples"), &format!("{at}/examples")) {
            self.add(at_example, at, example);
        }
        for key in ["properties", "patternProperties", "$defs", "definitions"] {
            for (at, inner) in members(schema.get(key), &format!("{at}/{key}")) {
                self.schema(inner, &at);
            }
        }
        for key in ["allOf", "oneOf", "anyOf", "prefixItems", "items"] {
            for (at, inner) in elements(schema.get(key), &format!("{at}/{key}")) {
                self.schema(inner, &at);
            }
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(key).filter(|inner| inner.is_object()) {
                self.schema(inner, &format!("{at}/{key}"));
            }
        }
    }

    fn add(&mut self, at: String, schema: &str, value: &Value) {
        self.found.push(Example {
            at,
            schema: schema.to_owned(),
            value: value.clone(),
        });
    }
}

/// A name as a step of a JSON pointer (RFC 6901).
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn members<'v>(node: Option<&'v Value>, at: &str) -> Vec<(String, &'v Value)> {
    let members = node
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter);
    members
        .map(|(name, value)| (format!("{at}/{}", escaped(name)), value))
        .collect()
}

fn elements<'v>(node: Option<&'v Value>, at: &str) -> Vec<(String, &'v Value)> {
    let elements = node
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate();
    elements
        .map(|(index, value)| (format!("{at}/{index}"), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::examples;
    use serde_json::json;

    #[test]
    fn every_example_has_its_schema() {
        let document = json!({
            "components": {
                "schemas": {
                    "Thing": {
                        "properties": {
                            // A property of that name, and no example.
                            "example": { "type": "string" },
                            "size": { "type": "integer", "example": 3 }
                        },
                        "examples": [{ "size": 1 }, { "size": 2 }]
                    }
                },
                "examples": { "large": { "value": { "size": 100 } } }
            },
            "paths": {
                "/things": {
                    "get": {
                        "parameters": [{ "name": "q", "schema": { "type": "string" }, "example": "a" }],
                        "responses": {
                            "200": {
                                "content": {
                                    "application/json": {
                                        "schema": { "$ref": "#/components/schemas/Thing" },
                                        "examples": { "large": { "$ref": "#/components/examples/large" } }
                                    },
                                    "text/csv": { "schema": { "type": "string" }, "example": "1,2" }
                                }
                            }
                        }
                    }
                }
            }
        });
        let found: Vec<_> = examples(&document)
            .into_iter()
            .map(|found| (found.schema, found.value))
            .collect();
        let expected = [
            ("/components/schemas/Thing", json!({ "size": 1 })),
            ("/components/schemas/Thing", json!({ "size": 2 })),
            ("/components/schemas/Thing/properties/size", json!(3)),
            ("/paths/~1things/get/parameters/0/schema", json!("a")),
            (
                "/paths/~1things/get/responses/200/content/application~1json/schema",
                json!({ "size": 100 }),
            ),
        ];
        assert_eq!(
            found,
            expected.map(|(schema, value)| (schema.to_owned(), value))
        );
    }
}
