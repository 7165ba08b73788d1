//! Type items: what the planned types look like.

use super::docs;
use super::names::{Names, Use};
use super::secrets::is_withheld;
use super::types::{Planned, Types};
use super::unions;
use crate::api::{Api, Object, Property, Schema, Shape};
use crate::model::{Enum, Field, Model, ModelForm, RustType, TypeItem, Variant};

/// More required values than this stand in one struct.
use super::methods::MOST_POSITIONAL;

/// The item of a planned type.
pub(super) fn item(
    api: &Api,
    types: &Types<'_>,
    index: usize,
    names: &mut Names,
) -> Option<TypeItem> {
    let planned = types.planned.get(index)?;
    let schema = api.schema(planned.schema);
    match &schema.shape {
        Shape::Object(object) => Some(TypeItem::Model(model(
            api, types, index, planned, schema, object, names,
        ))),
        Shape::Enumeration(values) => Some(TypeItem::Enum(enumeration(planned, schema, values))),
        Shape::Union(union) => Some(TypeItem::Union(unions::item(
            api, types, index, planned, union,
        ))),
        _ => None,
    }
}

pub(super) fn item_docs(schema: &Schema, planned: &Planned) -> Vec<String> {
    let said = schema.description.as_deref().or(schema.title.as_deref());
    docs::lines_or(said, || format!("`{}`.", planned.path.name.bare()))
}

pub(super) fn field_docs(api: &Api, property: &Property) -> Vec<String> {
    let said = property.description.as_deref();
    let mut lines = docs::lines_or(said, || docs::unsaid(&property.name));
    lines.extend(docs::listed(api.schema(property.schema)));
    lines.extend(
        api.constant(property)
            .map(docs::constant)
            .into_iter()
            .flatten(),
    );
    lines
}

fn model(
    api: &Api,
    types: &Types<'_>,
    index: usize,
    planned: &Planned,
    schema: &Schema,
    object: &Object,
    names: &mut Names,
) -> Model {
    // All members of a generic model have the same fields.
    let of = types.generics.first_member(index);
    // The names of fields are those of setters, too, so none may be what a model has itself.
    let mut fields = Names::reserving(["new", "clone", "fmt", "default"]);
    let mut planned_fields: Vec<Field> = object
        .properties
        .iter()
        .enumerate()
        .map(|(number, property)| Field {
            name: fields.mint(Use::Field, &property.name, &["field"]),
            wire_name: property.name.clone(),
            docs: field_docs(api, property),
            ty: types.field_type((of, number), property),
            required: types.is_required((of, number), property),
            constant: api.constant(property).map(str::to_owned),
            withheld: is_withheld(api, property),
            deprecated: property.deprecated,
        })
        .collect();
    let additional = object.additional.map(|values| {
        let name = fields.mint(Use::Field, "additional", &["properties"]);
        (name, RustType::Map(Box::new(types.values(values))))
    });
    let needed = planned_fields
        .iter()
        .filter(|field| field.is_needed())
        .count();
    let required = (planned.sent && needed > MOST_POSITIONAL).then(|| {
        names.mint(
            Use::Type,
            &format!("{} required", planned.path.name.bare()),
            &["values"],
        )
    });
    let mut docs = item_docs(schema, planned);
    let form = types.form(index, &mut docs, &mut planned_fields);
    Model {
        name: planned.path.name.clone(),
        docs,
        at: schema.at.clone(),
        fields: planned_fields,
        additional,
        constructible: planned.sent,
        required,
        deprecated: schema.deprecated && !matches!(form, ModelForm::Generic(_)),
        form,
    }
}

fn enumeration(planned: &Planned, schema: &Schema, values: &[String]) -> Enum {
    let mut names = Names::default();
    let variants = values
        .iter()
        .map(|value| Variant {
            name: names.mint(Use::Variant, value, &["value"]),
            wire_value: value.clone(),
        })
        .collect();
    Enum {
        name: planned.path.name.clone(),
        docs: item_docs(schema, planned),
        at: schema.at.clone(),
        variants,
        unknown: names.mint(Use::Variant, "unknown", &["value"]),
    }
}
