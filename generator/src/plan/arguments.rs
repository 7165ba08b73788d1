//! What a call takes: positional arguments, setters, and one struct where too much is required.

use super::docs;
use super::forms;
use super::methods::{Context, MOST_POSITIONAL};
use super::names::{Ident, Names, Use};
use super::scopes::Group;
use super::tree::scope_types;
use super::types::optional;
use crate::api::{
    AnswerKind, Api, BodyKind, Location, Object, Operation, Parameter, Property, RequestBody,
    SchemaId, Shape,
};
use crate::model::{Argument, Constant, Place, RustType, TypeKind, TypePath};

/// What every builder has, and what the emitted methods use themselves.
const RESERVED: &[&str] = &[
    "header",
    "query",
    "body_bytes",
    "body_field",
    "part",
    "timeout",
    "max_retries",
    "idempotent",
    "with_response",
    "send_raw",
    "download",
    "stream_events",
    "wait",
    "into_future",
    "clone",
    "call",
    "required",
    "self",
    "fmt",
];

/// What builders of calls that have pages have beside that.
const RESERVED_WITH_PAGES: &[&str] = &["stream", "pages"];

/// What builders of calls have whose values come one after the other.
const RESERVED_WITH_VALUES: &[&str] = &["stream_values"];

/// The values of a call.
pub(super) struct Taken {
    pub(super) arguments: Vec<Argument>,
    /// Empty unless there are too many for positional arguments.
    pub(super) required: Vec<Argument>,
    pub(super) constants: Vec<Constant>,
    pub(super) setters: Vec<Argument>,
    /// Whether an object body is sent even if it is empty.
    pub(super) body: bool,
}

/// Sorts the values of an operation.
pub(super) fn take(context: &Context<'_>, group: &Group, operation: &Operation) -> Taken {
    let of_pages = RESERVED_WITH_PAGES
        .iter()
        .filter(|_| operation.paging.is_some());
    let success = &operation.success;
    let is_streamed = success.events.is_some() || matches!(success.kind, AnswerKind::Lines(_));
    let of_values = RESERVED_WITH_VALUES.iter().filter(|_| is_streamed);
    let reserved = RESERVED.iter().chain(of_pages).chain(of_values);
    let mut names = Names::reserving(reserved.copied());
    let mut arguments = Vec::new();
    let mut required = Vec::new();
    let mut constants = Vec::new();
    let mut setters = Vec::new();
    let mut is_scope = !group.scopes.is_empty();
    for parameter in &operation.parameters {
        if parameter.location == Location::Path {
            let scoped = std::mem::take(&mut is_scope);
            arguments.push(path_argument(context, group, parameter, scoped, &mut names));
        } else if let Some(value) = context.api.constant_parameter(operation, parameter) {
            constants.push(Constant {
                place: place(parameter),
                value: value.to_owned(),
            });
        } else if operation.asks_for(parameter) {
            required.push(parameter_argument(
                context, operation, parameter, &mut names,
            ));
        }
    }
    let fields = operation
        .body
        .as_ref()
        .map(|body| body_values(context, body))
        .unwrap_or_default();
    for field in fields.iter().filter(|field| field.required) {
        match field.constant {
            Some(value) => constants.push(Constant {
                place: field.place.clone(),
                value: value.to_owned(),
            }),
            None => required.push(field.argument(context, &mut names)),
        }
    }
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| !operation.asks_for(parameter) && parameter.location != Location::Path)
    {
        setters.push(parameter_argument(
            context, operation, parameter, &mut names,
        ));
    }
    setters.extend(
        fields
            .iter()
            .filter(|field| !field.required)
            .map(|field| field.argument(context, &mut names)),
    );
    if required.len() <= MOST_POSITIONAL {
        arguments.append(&mut required);
    }
    let body = operation.body.as_ref().is_some_and(|body| body.required);
    Taken {
        arguments,
        required,
        constants,
        setters,
        body,
    }
}

fn path_argument(
    context: &Context<'_>,
    group: &Group,
    parameter: &Parameter,
    scoped: bool,
    names: &mut Names,
) -> Argument {
    let scope_type = |name: &Ident| {
        RustType::Named(TypePath {
            module: vec![scope_types()],
            name: name.clone(),
            kind: TypeKind::Scope,
        })
    };
    let docs = docs::lines_or(parameter.description.as_deref(), || {
        format!("Path parameter {}.", docs::code(&parameter.name))
    });
    if scoped
        && group.has_twins()
        && let Some(union) = context.scopes.union_of(&group.scopes)
    {
        return Argument {
            name: names.mint(Use::Argument, "scope", &["path"]),
            docs: vec!["Whose things the call is about.".to_owned()],
            ty: scope_type(union),
            place: Place::Scope,
            deprecated: false,
        };
    }
    let ty = match group.scopes.first() {
        Some(scope) if scoped => scope_type(&context.scopes.all[*scope].id),
        _ => parameter_type(context, parameter),
    };
    Argument {
        name: names.mint(Use::Argument, &parameter.name, &["path"]),
        docs,
        ty,
        place: Place::Path {
            name: parameter.name.clone(),
            style: parameter.style,
        },
        deprecated: parameter.deprecated,
    }
}

fn parameter_argument(
    context: &Context<'_>,
    operation: &Operation,
    parameter: &Parameter,
    names: &mut Names,
) -> Argument {
    let word = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let lines = docs::lines_or(parameter.description.as_deref(), || {
        format!("Sets the {word} parameter {}.", docs::code(&parameter.name))
    });
    let mut docs = with_default(context, parameter.schema, lines);
    if operation.is_key(parameter) {
        docs.push(String::new());
        docs.push(
            "Without it, one is made for each call, and kept when it is sent again.".to_owned(),
        );
    }
    Argument {
        name: names.mint(Use::Argument, &parameter.name, &[word, "parameter"]),
        docs,
        ty: parameter_type(context, parameter),
        place: place(parameter),
        deprecated: parameter.deprecated,
    }
}

/// Where a parameter goes that isn't in the path.
fn place(parameter: &Parameter) -> Place {
    Place::Parameter {
        name: parameter.name.clone(),
        location: parameter.location,
        style: parameter.style,
        reserved: parameter.allow_reserved,
    }
}

fn parameter_type(context: &Context<'_>, parameter: &Parameter) -> RustType {
    if parameter.secret {
        RustType::Secret
    } else {
        context.types.rust_type(parameter.schema)
    }
}

/// A line about known values and one about the default, where the document gives them.
fn with_default(context: &Context<'_>, schema: SchemaId, mut lines: Vec<String>) -> Vec<String> {
    lines.extend(docs::listed(context.api.schema(schema)));
    if let Some(default) = &context.api.schema(schema).default
        && (default.is_string() || default.is_number() || default.is_boolean())
    {
        let text = default
            .as_str()
            .map_or_else(|| default.to_string(), str::to_owned);
        if !text.is_empty() && !text.contains(['`', '\n']) {
            lines.push(String::new());
            lines.push(format!("Without it, the service takes `{text}`."));
        }
    }
    lines
}

/// A value in the body: a member of an object, or the whole.
struct BodyValue<'a> {
    name: &'a str,
    schema: Option<SchemaId>,
    property: Option<&'a Property>,
    place: Place,
    /// Over the schema's.
    ty: Option<RustType>,
    docs: Option<&'a str>,
    required: bool,
    constant: Option<&'a str>,
}

impl BodyValue<'_> {
    fn argument(&self, context: &Context<'_>, names: &mut Names) -> Argument {
        let plain = match (self.property, self.schema) {
            _ if self.ty.is_some() => self.ty.clone().unwrap_or(RustType::Bytes),
            (Some(property), _) if property.secret => RustType::Secret,
            (_, Some(schema)) if self.place == Place::Lines => {
                RustType::Vec(Box::new(context.types.values(schema)))
            }
            (_, Some(schema)) => context.types.rust_type(schema),
            (_, None) => RustType::ByteStream,
        };
        let nullable = self.ty.is_none()
            && self.place != Place::Lines
            && self
                .schema
                .is_some_and(|schema| context.api.schema(schema).nullable);
        let ty = match (self.required, optional(plain, self.required, nullable)) {
            // A setter takes the value itself: not to call it is how it is left out.
            (false, RustType::Option(ty)) => *ty,
            (_, ty) => ty,
        };
        let docs = docs::lines_or(self.docs, || match &self.place {
            Place::Body | Place::Bytes | Place::Lines => "Sets the body.".to_owned(),
            _ => format!("Sets {}.", docs::code(self.name)),
        });
        Argument {
            name: names.mint(Use::Argument, self.name, &["body", "value"]),
            docs: match self.schema {
                Some(schema) => with_default(context, schema, docs),
                None => docs,
            },
            ty,
            place: self.place.clone(),
            deprecated: self.property.is_some_and(|property| property.deprecated),
        }
    }
}

/// The object whose members are arguments of the call, if the body is one that can be taken apart.
pub(super) fn taken_apart<'a>(api: &'a Api, body: &RequestBody) -> Option<&'a Object> {
    let (schema, is_form) = match &body.kind {
        BodyKind::Json(schema) => (*schema, false),
        BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => (form.schema, true),
        BodyKind::Multipart(None) | BodyKind::Lines(_) | BodyKind::Bytes => return None,
    };
    let schema = api.schema(schema);
    let Shape::Object(object) = &schema.shape else {
        return None;
    };
    let whole_or_nothing =
        !body.required && object.properties.iter().any(|property| property.required);
    let can_be = object.additional.is_none() && !schema.nullable && !whole_or_nothing;
    (is_form || can_be).then_some(object)
}

/// What callers may send of a body that is taken apart, each with its text where that can be no other.
pub(super) fn members<'a>(
    api: &'a Api,
    body: &'a RequestBody,
) -> Option<impl Iterator<Item = (&'a Property, Option<&'a str>)>> {
    let properties = taken_apart(api, body)?.properties.iter();
    let sent = properties.filter(|property| !property.read_only);
    Some(sent.map(move |property| {
        let constant = api.constant(property).filter(|_| body.required);
        (property, constant)
    }))
}

fn body_values<'a>(context: &Context<'a>, body: &'a RequestBody) -> Vec<BodyValue<'a>> {
    if let Some(members) = members(context.api, body) {
        return members
            .map(|(property, constant)| {
                let (place, ty) = forms::place(context.api, &body.kind, property);
                BodyValue {
                    name: &property.name,
                    schema: Some(property.schema),
                    property: Some(property),
                    place,
                    ty,
                    docs: property.description.as_deref(),
                    required: property.required && body.required,
                    constant,
                }
            })
            .collect();
    }
    let (schema, place) = match body.kind {
        BodyKind::Json(schema) => (Some(schema), Place::Body),
        BodyKind::Lines(schema) => (Some(schema), Place::Lines),
        BodyKind::Form(_) | BodyKind::Bytes => (None, Place::Bytes),
        // Every part has a name, so there is no body as a whole.
        BodyKind::Multipart(_) => return Vec::new(),
    };
    vec![BodyValue {
        name: "body",
        schema,
        property: None,
        place,
        ty: None,
        docs: body.description.as_deref(),
        required: body.required,
        constant: None,
    }]
}
