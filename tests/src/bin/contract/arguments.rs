//! The values that an operation is called with, by their places in its request.

use generator::api::{Location, Operation};
use generator::model::{Method, Place};
use serde_json::{Value, json};

use super::schemas::Schemas;

/// What goes into one request.
pub(crate) struct Arguments<'a> {
    schemas: Schemas<'a>,
    operation: &'a Operation,
    method: &'a Method,
    body: Value,
}

impl<'a> Arguments<'a> {
    pub(crate) fn of(document: &'a Value, operation: &'a Operation, method: &'a Method) -> Self {
        let schemas = Schemas(document);
        Self {
            schemas,
            operation,
            method,
            body: body(schemas, operation),
        }
    }

    /// The value for a place that has to be filled.
    pub(crate) fn required(&self, place: &Place) -> Value {
        match place {
            Place::Scope => self.path_parameter("{scope}"),
            Place::Path { name, .. } => self.path_parameter(&format!("{{{name}}}")),
            Place::Parameter { name, location, .. } => self.parameter(name, *location),
            Place::Body => self.body.clone(),
            Place::Lines => json!([self.body]),
            Place::Bytes => json!("a"),
            of_body => self.member(of_body).unwrap_or(json!("a")),
        }
    }

    /// The value for a place that may be left out, where the body has to have it.
    pub(crate) fn optional(&self, place: &Place) -> Option<Value> {
        match place {
            Place::Body => self
                .operation
                .body
                .as_ref()
                .is_some_and(|body| body.required)
                .then(|| self.body.clone()),
            of_body => self.member(of_body),
        }
    }

    /// A member of the object that the body is.
    fn member(&self, place: &Place) -> Option<Value> {
        match place {
            Place::BodyField(name)
            | Place::FormField { name, .. }
            | Place::Part { name, .. }
            | Place::DeepPart(name)
            | Place::File { name, .. } => self.body.get(name).cloned(),
            _ => None,
        }
    }

    /// The value of the parameter that stands where the method's path has a placeholder: twins name theirs differently.
    fn path_parameter(&self, placeholder: &str) -> Value {
        let before = self.method.path.split(placeholder).next().unwrap_or("");
        let index = before.matches('{').count();
        let parameters = &self.operation.parameters;
        match parameters.get(index).map(|parameter| &parameter.name) {
            Some(name) => self.parameter(name, Location::Path),
            None => json!("a"),
        }
    }

    fn parameter(&self, name: &str, location: Location) -> Value {
        let declared = self
            .operation
            .parameters
            .iter()
            .find(|parameter| parameter.name == name && parameter.location == location)
            .and_then(|parameter| self.schemas.0.pointer(parameter.at.as_str()));
        let Some(declared) = declared else {
            return json!("a");
        };
        let declared = self.schemas.follow(declared);
        let schema = declared.get("schema").or_else(|| {
            let media_types = declared.get("content")?.as_object()?;
            media_types.values().next()?.get("schema")
        });
        let value = schema.map_or(json!("a"), |schema| self.schemas.sample(schema));
        match (location, value) {
            // An empty segment would be another path.
            (Location::Path, Value::String(text)) if text.is_empty() => json!("a"),
            (Location::Path, Value::Object(_) | Value::Null) => json!("a"),
            // An empty list in a query is no parameter at all.
            (_, Value::Array(values)) if values.is_empty() => {
                let items = schema.and_then(|schema| self.schemas.whole(schema).remove("items"));
                json!([self.schemas.sample(&items.unwrap_or_default())])
            }
            (_, value) => value,
        }
    }
}

fn body(schemas: Schemas<'_>, operation: &Operation) -> Value {
    let schema = operation.body.as_ref().and_then(|body| {
        let declared = schemas
            .0
            .pointer(operation.at.child("requestBody").as_str())?;
        let content = schemas.follow(declared).get("content")?.as_object()?;
        let named = content.get(&body.media_type).or_else(|| {
            content
                .iter()
                .find(|(name, _)| name.starts_with(&body.media_type))
                .map(|(_, media_type)| media_type)
        });
        named.or_else(|| content.values().next())?.get("schema")
    });
    // A body that the document says nothing of is still a body; `null` counts as none.
    schema.map_or(json!({}), |schema| schemas.sample(schema))
}
