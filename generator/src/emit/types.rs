//! Models and enums.

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{Attributes, deprecated, docs, spec_comments};
use super::method::{RequiredFieldView, RequiredView};
use super::rendered;
use super::tokens::{Here, converts, ident, text};
use super::unions::UnionView;
use crate::model::{Enum, Field, Model, ModelForm, RustType, TypeItem, TypePath};

/// An item as rendered text.
pub(super) fn item(item: &TypeItem, here: Here<'_>) -> String {
    match item {
        TypeItem::Model(model) => match &model.form {
            ModelForm::Own | ModelForm::Generic(_) => rendered(&ModelView::of(model, here)),
            ModelForm::Instance(generic, parameter) => {
                rendered(&AliasView::of(model, generic, *parameter, here))
            }
        },
        TypeItem::Enum(item) => rendered(&EnumView::of(item)),
        TypeItem::Union(union) => rendered(&UnionView::of(union, here)),
    }
}

#[derive(Template)]
#[template(path = "model.rs.askama")]
struct ModelView {
    attributes: Attributes,
    name: TokenStream,
    name_text: Literal,
    is_generic: bool,
    fields: Vec<FieldView>,
    additional: Option<AdditionalView>,
    constructor: Option<ConstructorView>,
    required: Option<RequiredView>,
}

struct FieldView {
    attributes: Attributes,
    name: TokenStream,
    ty: TokenStream,
    index: Literal,
    described: TokenStream,
}

struct AdditionalView {
    name: TokenStream,
    ty: TokenStream,
}

struct ConstructorView {
    docs: &'static str,
    parameters: TokenStream,
    value: TokenStream,
    setters: Vec<SetterView>,
}

struct SetterView {
    attributes: Attributes,
    name: TokenStream,
    parameter: TokenStream,
    value: TokenStream,
}

impl ModelView {
    fn of(model: &Model, here: Here<'_>) -> Self {
        let name = ident(&model.name);
        let attributes = [
            docs(&model.docs),
            spec_comments([&model.at]),
            deprecated(model.deprecated),
        ];
        let fields = model
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| FieldView::of(index, field, model, here));
        let needed = model.fields.iter().filter(|field| field.is_needed());
        let needed: Vec<&Field> = needed.collect();
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            name_text: text(model.name.bare()),
            is_generic: matches!(model.form, ModelForm::Generic(_)),
            fields: fields.collect(),
            additional: model.additional.as_ref().map(|(name, ty)| {
                let name = ident(name);
                AdditionalView {
                    name: quote!(#name),
                    ty: here.ty(ty),
                }
            }),
            constructor: model
                .constructible
                .then(|| ConstructorView::of(model, &needed, here)),
            required: model.required.as_ref().map(|name| {
                let name = ident(name);
                let fields = needed.iter().map(|field| {
                    let name = ident(&field.name);
                    RequiredFieldView {
                        docs: docs(&field.docs),
                        name: quote!(#name),
                        ty: here.ty(&field.ty),
                    }
                });
                RequiredView {
                    name: quote!(#name),
                    fields: fields.collect(),
                }
            }),
        }
    }
}

impl FieldView {
    fn of(index: usize, field: &Field, model: &Model, here: Here<'_>) -> Self {
        let name = ident(&field.name);
        let wire_name = text(&field.wire_name);
        let attributes = [docs(&field.docs), deprecated(field.deprecated)];
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            ty: if model.form == ModelForm::Generic(index) {
                quote!(T)
            } else {
                here.ty(&field.ty)
            },
            index: Literal::usize_unsuffixed(index),
            described: match (field.required, field.withheld) {
                (true, false) => quote!(Field::Required(#wire_name)),
                (false, false) => quote!(Field::Optional(#wire_name)),
                (true, true) => quote!(Field::RequiredSecret(#wire_name)),
                (false, true) => quote!(Field::OptionalSecret(#wire_name)),
            },
        }
    }
}

impl ConstructorView {
    fn of(model: &Model, needed: &[&Field], here: Here<'_>) -> Self {
        let mut parameters = Vec::new();
        let mut values = Vec::new();
        for field in needed {
            let name = ident(&field.name);
            if model.required.is_some() {
                values.push(quote!(#name: required.#name));
                continue;
            }
            let ty = here.argument(&field.ty);
            parameters.push(quote!(#name: #ty));
            values.push(if converts(&field.ty) {
                quote!(#name: #name.into())
            } else {
                quote!(#name)
            });
        }
        if let Some(required) = &model.required {
            let ty = ident(required);
            parameters.push(quote!(required: #ty));
        }
        for field in &model.fields {
            if let Some(constant) = &field.constant {
                let (name, constant) = (ident(&field.name), text(constant));
                values.push(quote!(#name: #constant.into()));
            }
        }
        let is_whole = values.len() == model.fields.len() && model.additional.is_none();
        let rest = (!is_whole).then(|| quote!(..Self::default()));
        let optional = model.fields.iter().filter(|field| !field.required);
        let mut setters: Vec<SetterView> =
            optional.map(|field| SetterView::of(field, here)).collect();
        setters.extend(
            model
                .additional
                .as_ref()
                .map(|(name, ty)| SetterView::of_additional(name, ty, here)),
        );
        let docs = match (needed.is_empty(), values.is_empty()) {
            (true, true) => "With nothing set.",
            (true, false) => "With what is always the same.",
            (false, _) => "With the required values.",
        };
        let value = match values.is_empty() {
            true => quote!(Self::default()),
            false => quote!(Self { #(#values,)* #rest }),
        };
        Self {
            docs,
            parameters: quote!(#(#parameters),*),
            value,
            setters,
        }
    }
}

impl SetterView {
    fn of(field: &Field, here: Here<'_>) -> Self {
        let name = ident(&field.name);
        let attributes = [docs(&field.docs), deprecated(field.deprecated)];
        let (argument, value) = match &field.ty {
            RustType::Option(inner) if converts(inner) => {
                (here.argument(inner), quote!(Some(#name.into())))
            }
            RustType::Option(inner) => (here.argument(inner), quote!(Some(#name))),
            ty if converts(ty) => (here.argument(ty), quote!(#name.into())),
            ty => (here.argument(ty), quote!(#name)),
        };
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            parameter: quote!(#name: #argument),
            value,
        }
    }

    fn of_additional(name: &crate::plan::names::Ident, ty: &RustType, here: Here<'_>) -> Self {
        let name = ident(name);
        let ty = here.argument(ty);
        Self {
            attributes: docs(&["Sets the keys that the document doesn't name."]),
            name: quote!(#name),
            parameter: quote!(#name: #ty),
            value: quote!(#name.into()),
        }
    }
}

#[derive(Template)]
#[template(path = "enum.rs.askama")]
struct EnumView {
    attributes: Attributes,
    name: TokenStream,
    variants: Vec<VariantView>,
    unknown: TokenStream,
}

struct VariantView {
    docs: Attributes,
    name: TokenStream,
    wire_value: Literal,
}

impl EnumView {
    fn of(item: &Enum) -> Self {
        let name = ident(&item.name);
        let unknown = ident(&item.unknown);
        let attributes = [docs(&item.docs), spec_comments([&item.at])];
        let variants = item.variants.iter().map(|variant| {
            let name = ident(&variant.name);
            let shown = variant.wire_value.replace(['`', '\n', '\r'], "");
            let shown = if shown.trim().is_empty() {
                "The empty text.".to_owned()
            } else {
                format!("`{shown}`")
            };
            VariantView {
                docs: docs(&[shown]),
                name: quote!(#name),
                wire_value: text(&variant.wire_value),
            }
        });
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            variants: variants.collect(),
            unknown: quote!(#unknown),
        }
    }
}

#[derive(Template)]
#[template(path = "alias.rs.askama")]
pub(super) struct AliasView {
    pub(super) attributes: Attributes,
    pub(super) name: TokenStream,
    pub(super) ty: TokenStream,
}

impl AliasView {
    fn of(model: &Model, generic: &TypePath, parameter: usize, here: Here<'_>) -> Self {
        let name = ident(&model.name);
        let attributes = [
            docs(&model.docs),
            spec_comments([&model.at]),
            deprecated(model.deprecated),
        ];
        let generic = here.path(generic);
        let argument = model.fields.get(parameter).map(|field| here.ty(&field.ty));
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            ty: quote!(#generic<#argument>),
        }
    }
}
