//! A value to its typed document, level by level, and side by side.
//!
//! openapiv3 reads whatever may be a reference, and whatever may have extensions, from a copy of all that
//! stands below it. So a schema is copied once or twice for each that it stands in. Here each object is
//! read with stand-ins for what is below it, which is then read by itself and put in its place.

use indexmap::IndexMap;
use openapiv3::{
    Components, Header, MediaType, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response, Responses, Schema,
};
use rayon::prelude::*;
use serde_json::Value;

use super::frame::{
    Object, Read, StandIn, frame, is_deep, list_into, map_into, object_at, or_reference, read_apart,
};
use super::read_schema::schema;

/// Bytes of stack for values that nest as deeply as parsers allow: twenty times what a level takes at most.
const STACK: usize = 64 << 20;

/// Reads a document; none where something in it can't be read, or only by openapiv3 alone.
pub(super) fn read(document: &Value) -> Option<OpenAPI> {
    let root = document.as_object()?;
    let mut openapi: OpenAPI = frame(root, |key, _| match key {
        "paths" | "components" => Some(StandIn::Object),
        _ => None,
    })?;
    let (paths, components) = rayon::join(
        || paths(object_at(root, "paths")?),
        || object_at(root, "components").map(components),
    );
    openapi.paths.paths = paths?;
    if let Some(extended) = object_at(root, "paths") {
        let extensions = extended.iter().filter(|(key, _)| key.starts_with("x-"));
        openapi.paths.extensions = extensions
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
    }
    if let Some(components) = components {
        openapi.components = Some(components?);
    }
    Some(openapi)
}

fn paths(object: &Object) -> Option<IndexMap<String, ReferenceOr<PathItem>>> {
    let items: Vec<_> = object
        .iter()
        .filter(|(path, _)| path.starts_with('/'))
        .collect();
    side_by_side(&items, path_item)
}

fn components(object: &Object) -> Option<Components> {
    let mut components: Components = frame(object, |key, _| match key {
        "schemas" | "responses" | "parameters" | "requestBodies" | "headers" | "callbacks" => {
            Some(StandIn::Object)
        }
        _ => None,
    })?;
    let section = |key| -> Vec<_> { object_at(object, key).into_iter().flatten().collect() };
    components.schemas = side_by_side(&section("schemas"), schema)?;
    components.responses = side_by_side(&section("responses"), response)?;
    components.parameters = side_by_side(&section("parameters"), parameter)?;
    components.request_bodies = side_by_side(&section("requestBodies"), request_body)?;
    components.headers = side_by_side(&section("headers"), header)?;
    Some(components)
}

fn side_by_side<T: Read>(
    members: &[(&String, &Value)],
    read: fn(&Object) -> Option<T>,
) -> Option<IndexMap<String, ReferenceOr<T>>> {
    let read: Option<Vec<_>> = members
        .par_iter()
        .map(|(key, value)| {
            let item = at_any_depth(value, read)?;
            Some(((*key).clone(), item))
        })
        .collect();
    Some(read?.into_iter().collect())
}

/// A schema wherever it stands, or a reference.
pub(crate) fn lone_schema(value: &Value) -> Option<ReferenceOr<Schema>> {
    at_any_depth(value, schema)
}

/// A parameter wherever it stands, or a reference.
pub(crate) fn lone_parameter(value: &Value) -> Option<ReferenceOr<Parameter>> {
    at_any_depth(value, parameter)
}

/// An answer wherever it stands, or a reference.
pub(crate) fn lone_response(value: &Value) -> Option<ReferenceOr<Response>> {
    at_any_depth(value, response)
}

/// A path item wherever it stands, or a reference.
pub(crate) fn lone_path_item(value: &Value) -> Option<ReferenceOr<PathItem>> {
    at_any_depth(value, path_item)
}

fn at_any_depth<T: Read>(value: &Value, read: fn(&Object) -> Option<T>) -> Option<ReferenceOr<T>> {
    if is_deep(value) {
        with_more_stack(|| or_reference(value, read))
    } else {
        or_reference(value, read)
    }
}

/// Threads of a pool have little stack; parsers allow values that need more.
fn with_more_stack<T: Send>(read: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK);
        reader.spawn_scoped(scope, read).ok()?.join().ok()?
    })
}

fn path_item(object: &Object) -> Option<PathItem> {
    let mut item: PathItem = frame(object, |key, _| match key {
        "parameters" => Some(StandIn::List),
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
            Some(StandIn::Operation)
        }
        _ => None,
    })?;
    for (method, slot) in [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
        ("options", &mut item.options),
        ("head", &mut item.head),
        ("patch", &mut item.patch),
        ("trace", &mut item.trace),
    ] {
        if let Some(members) = object_at(object, method) {
            *slot = Some(operation(members)?);
        }
    }
    list_into(&mut item.parameters, object, "parameters", |value| {
        or_reference(value, parameter)
    })?;
    Some(item)
}

fn operation(object: &Object) -> Option<Operation> {
    let mut operation: Operation = frame(object, |key, _| match key {
        "parameters" => Some(StandIn::List),
        "requestBody" => Some(StandIn::Reference),
        // The service calls them back, so nobody looks at them.
        "responses" | "callbacks" => Some(StandIn::Object),
        _ => None,
    })?;
    list_into(&mut operation.parameters, object, "parameters", |value| {
        or_reference(value, parameter)
    })?;
    if let Some(body) = read_apart(object, "requestBody") {
        operation.request_body = Some(or_reference(body, request_body)?);
    }
    if let Some(members) = object_at(object, "responses") {
        operation.responses = responses(members)?;
    }
    Some(operation)
}

fn responses(object: &Object) -> Option<Responses> {
    let mut responses: Responses = frame(object, |key, _| {
        (!key.starts_with("x-")).then_some(StandIn::Reference)
    })?;
    for (status, slot) in &mut responses.responses {
        *slot = or_reference(object.get(&status.to_string())?, response)?;
    }
    if let Some(value) = read_apart(object, "default") {
        responses.default = Some(or_reference(value, response)?);
    }
    Some(responses)
}

fn response(object: &Object) -> Option<Response> {
    let mut response: Response = frame(object, |key, _| match key {
        "content" | "headers" => Some(StandIn::Object),
        _ => None,
    })?;
    content(&mut response.content, object)?;
    map_into(&mut response.headers, object, "headers", |value| {
        or_reference(value, header)
    })?;
    Some(response)
}

fn request_body(object: &Object) -> Option<RequestBody> {
    let mut body: RequestBody = frame(object, |key, _| {
        (key == "content").then_some(StandIn::Object)
    })?;
    content(&mut body.content, object)?;
    Some(body)
}

fn content(slot: &mut IndexMap<String, MediaType>, object: &Object) -> Option<()> {
    map_into(slot, object, "content", |value| {
        media_type(value.as_object()?)
    })
}

fn media_type(object: &Object) -> Option<MediaType> {
    let mut media_type: MediaType = frame(object, |key, _| {
        (key == "schema").then_some(StandIn::Reference)
    })?;
    if let Some(value) = read_apart(object, "schema") {
        media_type.schema = Some(or_reference(value, schema)?);
    }
    Some(media_type)
}

fn parameter(object: &Object) -> Option<Parameter> {
    let mut parameter: Parameter = frame(object, format_stand_in)?;
    format(&mut data(&mut parameter).format, object)?;
    Some(parameter)
}

fn data(parameter: &mut Parameter) -> &mut ParameterData {
    match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    }
}

fn header(object: &Object) -> Option<Header> {
    let mut header: Header = frame(object, format_stand_in)?;
    format(&mut header.format, object)?;
    Some(header)
}

fn format_stand_in(key: &str, _: &Value) -> Option<StandIn> {
    match key {
        "schema" => Some(StandIn::Reference),
        "content" => Some(StandIn::Object),
        _ => None,
    }
}

fn format(format: &mut ParameterSchemaOrContent, object: &Object) -> Option<()> {
    match format {
        ParameterSchemaOrContent::Schema(slot) => {
            if let Some(value) = read_apart(object, "schema") {
                *slot = or_reference(value, schema)?;
            }
            Some(())
        }
        ParameterSchemaOrContent::Content(slot) => content(slot, object),
    }
}
