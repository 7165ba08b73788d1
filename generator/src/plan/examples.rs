//! Example programs: one call each, with the document's own example values.

use serde_json::Value;

use super::arguments::taken_apart;
use super::names::Ident;
use super::scopes::{Group, Scopes};
use crate::api::{Api, BodyKind, Operation, SchemaId};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Argument, Example, ExampleValue, Method, Place, Resource, RustType};
use crate::pointer::Pointer;

/// The configured examples; stale ones are reported.
pub(super) fn examples(
    api: &Api,
    config: &Config,
    scopes: &Scopes,
    groups: &[Group],
    resources: &[Resource],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for wanted in &config.examples {
        let group = groups.iter().find(|group| {
            group
                .operations
                .iter()
                .any(|index| api.operations[*index].id == wanted.operation)
        });
        let method = find(resources, &wanted.operation);
        let (Some(group), Some((resource, method))) = (group, method) else {
            diagnostics.push(Diagnostic::new(
                Code::StaleConfiguration,
                Pointer::root(),
                format!(
                    "the example `{}` is of the operation `{}`, which has no method",
                    wanted.name, wanted.operation
                ),
            ));
            continue;
        };
        let maker = Maker {
            api,
            scopes,
            group,
            operation: group.first(api),
        };
        let feature = feature(resources, &resource.path);
        let mut example = maker.example(&wanted.name, resource, method);
        example.feature = feature;
        examples.push(example);
    }
    examples
}

/// A feature that a resource is compiled with.
fn feature(resources: &[Resource], path: &[Ident]) -> Option<String> {
    let on_the_way = resources
        .iter()
        .find(|resource| path.starts_with(&resource.path))?;
    let below = feature(&on_the_way.children, path);
    below.or_else(|| on_the_way.features.first().cloned())
}

/// The resource and the method of an operation.
fn find<'r>(resources: &'r [Resource], operation: &str) -> Option<(&'r Resource, &'r Method)> {
    resources.iter().find_map(|resource| {
        let method = resource
            .methods
            .iter()
            .find(|method| method.ids.iter().any(|id| id == operation));
        method
            .map(|method| (resource, method))
            .or_else(|| find(&resource.children, operation))
    })
}

struct Maker<'a> {
    api: &'a Api,
    scopes: &'a Scopes,
    group: &'a Group,
    operation: &'a Operation,
}

impl Maker<'_> {
    fn example(&self, name: &str, resource: &Resource, method: &Method) -> Example {
        let body = self.body();
        let required = method.required.iter().flat_map(|required| &required.fields);
        let arguments = method
            .arguments
            .iter()
            .chain(required)
            .map(|argument| self.value(argument, &body))
            .collect();
        let setters = method
            .setters
            .iter()
            .filter(|setter| !setter.deprecated)
            .filter_map(|setter| match &setter.place {
                Place::BodyField(field)
                | Place::FormField { name: field, .. }
                | Place::Part { name: field, .. }
                | Place::DeepPart(field) => {
                    let value = body.get(field)?;
                    Some((setter.name.clone(), typed(&setter.ty, value)?))
                }
                _ => None,
            })
            .collect();
        Example {
            name: name.to_owned(),
            resource: resource.path.clone(),
            feature: None,
            method: method.name.clone(),
            docs: method.docs.first().cloned().into_iter().collect(),
            arguments,
            setters,
            prints: method.output != RustType::Unit,
        }
    }

    /// The example of the body: the media type's, else the schema's.
    fn body(&self) -> Value {
        let Some(body) = &self.operation.body else {
            return Value::Null;
        };
        let of_schema = || match &body.kind {
            BodyKind::Json(schema) => self.api.schema(*schema).example.clone(),
            BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => {
                self.api.schema(form.schema).example.clone()
            }
            BodyKind::Multipart(None) | BodyKind::Lines(_) | BodyKind::Bytes => None,
        };
        body.example
            .clone()
            .or_else(of_schema)
            .unwrap_or(Value::Null)
    }

    fn value(&self, argument: &Argument, body: &Value) -> ExampleValue {
        if let (Place::Scope | Place::Path { .. }, Some(scope)) =
            (&argument.place, self.group.scopes.first())
            && let RustType::Named(path) = &argument.ty
            && path.module.first() == Some(&super::tree::scope_types())
        {
            let scope = &self.scopes.all[*scope];
            let id = scope.id.clone();
            return match &scope.env {
                Some(env) => ExampleValue::ScopeFromEnv {
                    id,
                    env: env.clone(),
                },
                None => ExampleValue::ScopeFromText {
                    id,
                    text: self.parameter_text(None),
                },
            };
        }
        let example = match &argument.place {
            Place::Path { name, .. } => Some(Value::String(self.parameter_text(Some(name)))),
            Place::Parameter { name, .. } => self
                .parameter(name)
                .and_then(|schema| self.schema_example(schema)),
            Place::BodyField(name)
            | Place::FormField { name, .. }
            | Place::Part { name, .. }
            | Place::DeepPart(name) => body
                .get(name)
                .cloned()
                .or_else(|| self.property_example(name)),
            Place::Body => Some(body.clone()),
            Place::Scope | Place::Bytes | Place::Lines | Place::File { .. } => None,
        };
        example
            .as_ref()
            .and_then(|example| typed(&argument.ty, example))
            .unwrap_or_else(|| plain(&argument.ty, argument.name.bare()))
    }

    fn parameter(&self, name: &str) -> Option<SchemaId> {
        self.operation
            .parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.schema)
    }

    /// The example of a path parameter; of the first one where no name is given.
    fn parameter_text(&self, name: Option<&str>) -> String {
        let parameter = match name {
            Some(name) => self
                .operation
                .parameters
                .iter()
                .find(|parameter| parameter.name == name),
            None => self.operation.parameters.first(),
        };
        let example = parameter.and_then(|parameter| self.schema_example(parameter.schema));
        match example {
            Some(Value::String(text)) => text,
            Some(value @ Value::Number(_)) => value.to_string(),
            _ => parameter.map_or_else(|| "id".to_owned(), |parameter| parameter.name.clone()),
        }
    }

    fn property_example(&self, name: &str) -> Option<Value> {
        let object = taken_apart(self.api, self.operation.body.as_ref()?)?;
        let property = object
            .properties
            .iter()
            .find(|property| property.name == name)?;
        self.schema_example(property.schema)
    }

    fn schema_example(&self, schema: SchemaId) -> Option<Value> {
        let schema = self.api.schema(schema);
        schema.example.clone().or_else(|| schema.default.clone())
    }
}

/// A JSON value as the literal of a type.
fn typed(ty: &RustType, value: &Value) -> Option<ExampleValue> {
    match (ty, value) {
        (RustType::Nullable(inner) | RustType::Option(inner) | RustType::Boxed(inner), value) => {
            typed(inner, value)
        }
        (RustType::String | RustType::Secret, Value::String(text)) => {
            Some(ExampleValue::Text(text.clone()))
        }
        (RustType::Named(path), Value::String(text))
            if path.kind == crate::model::TypeKind::Enum =>
        {
            Some(ExampleValue::Text(text.clone()))
        }
        (RustType::Base64, Value::String(text)) => Some(ExampleValue::Base64(text.clone())),
        (RustType::Bool, Value::Bool(flag)) => Some(ExampleValue::Flag(*flag)),
        (RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64, value) => {
            value.as_i64().map(ExampleValue::Integer)
        }
        (RustType::F32 | RustType::F64, value) => value.as_f64().map(ExampleValue::Number),
        (RustType::Decimal, Value::Number(number)) => {
            Some(ExampleValue::Decimal(number.to_string()))
        }
        (_, Value::Null) => None,
        (
            RustType::Unit
            | RustType::Decimal
            | RustType::Bytes
            | RustType::ByteStream
            | RustType::Base64
            | RustType::String
            | RustType::Secret
            | RustType::Bool,
            _,
        ) => None,
        (_, value) => Some(ExampleValue::Json(value.to_string())),
    }
}

/// A value of a type where the document has no example.
fn plain(ty: &RustType, name: &str) -> ExampleValue {
    match ty {
        RustType::Bool => ExampleValue::Flag(true),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => ExampleValue::Integer(1),
        RustType::F32 | RustType::F64 => ExampleValue::Number(1.0),
        RustType::Decimal => ExampleValue::Decimal("12.50".to_owned()),
        RustType::Vec(_) => ExampleValue::Json("[]".to_owned()),
        RustType::Map(_) | RustType::Json => ExampleValue::Json("{}".to_owned()),
        RustType::Timestamp => ExampleValue::Json("\"2030-01-01T00:00:00Z\"".to_owned()),
        RustType::Base64 => ExampleValue::Base64("Ynl0ZXM=".to_owned()),
        RustType::Date => ExampleValue::Json("\"2030-01-01\"".to_owned()),
        RustType::Named(path) if path.kind == crate::model::TypeKind::Plain => {
            ExampleValue::Json("{}".to_owned())
        }
        RustType::Nullable(inner) | RustType::Option(inner) | RustType::Boxed(inner) => {
            plain(inner, name)
        }
        _ => ExampleValue::Text(name.to_owned()),
    }
}
