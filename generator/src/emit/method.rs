//! A method of a handle, its operation and its builder.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::answer::{self, AnswerView};
use super::attributes::{Attributes, deprecated, docs, spec_comments};
use super::paging;
use super::tokens::{Here, blank_before, converts, ident, optional_text, text};
use crate::api::{Location, Method as HttpMethod, Retry, Style};
use crate::model::{
    Argument, Constant, Method, Need, Place, RequiredStruct, Resource, RustType, Streamed,
};
use crate::plan::names::Ident;

/// The method on the handle.
#[derive(Template)]
#[template(path = "method.rs.askama")]
pub(super) struct MethodView {
    attributes: Attributes,
    name: TokenStream,
    parameters: TokenStream,
    builder: TokenStream,
    operation: TokenStream,
    binding: TokenStream,
    conversions: Vec<TokenStream>,
    places: Vec<TokenStream>,
}

/// The operation's data, the builder and, where there is one, the struct of required values.
#[derive(Template)]
#[template(path = "call.rs.askama")]
pub(super) struct CallView {
    operation: TokenStream,
    operation_value: TokenStream,
    visibility: TokenStream,
    method: String,
    builder: TokenStream,
    setters: Option<Vec<SetterView>>,
    output: TokenStream,
    /// `, CreateWidgetOptions`, `, Paged<Widget>` or nothing.
    options_argument: TokenStream,
    /// How the call is sent.
    ways: &'static str,
    options: Option<TokenStream>,
    takes_parts: Option<()>,
    answer: Option<AnswerView>,
    required: Option<RequiredView>,
}

struct SetterView {
    blank: TokenStream,
    attributes: Attributes,
    name: TokenStream,
    parameter: TokenStream,
    conversion: TokenStream,
    place: TokenStream,
}

/// A plain struct of values that are all required.
pub(super) struct RequiredView {
    pub(super) name: TokenStream,
    pub(super) fields: Vec<RequiredFieldView>,
}

/// One of its fields.
pub(super) struct RequiredFieldView {
    pub(super) docs: Attributes,
    pub(super) name: TokenStream,
    pub(super) ty: TokenStream,
}

impl MethodView {
    pub(super) fn of(method: &Method, here: Here<'_>) -> Self {
        let attributes = [
            docs(&method.docs),
            spec_comments(&method.at),
            deprecated(method.deprecated),
        ];
        let mut parameters = Vec::new();
        let mut conversions = Vec::new();
        let mut places = Vec::new();
        // Parts of a form that are files come after the others, since a service may read them as they arrive.
        for Constant {
            place: constant,
            value,
        } in &method.constants
        {
            let value = text(value);
            places.push(place(
                constant,
                &RustType::String,
                &quote!(call),
                &quote!(#value),
                here,
            ));
        }
        let in_path_order = method.in_path_order();
        for argument in &method.arguments {
            let name = ident(&argument.name);
            let ty = here.argument(&argument.ty);
            parameters.push(quote!(#name: #ty));
            let is_placed_again = times(argument, &in_path_order) > 1;
            conversions.push(conversion(argument, is_placed_again, here));
        }
        for (index, argument) in in_path_order.iter().enumerate() {
            let name = ident(&argument.name);
            let is_placed_again = times(argument, &in_path_order[index + 1..]) > 0;
            let value = if is_placed_again && converts(&argument.ty) {
                quote!(#name.clone())
            } else {
                quote!(#name)
            };
            places.push(place(
                &argument.place,
                &argument.ty,
                &quote!(call),
                &value,
                here,
            ));
        }
        if let Some(required) = &method.required {
            let name = ident(&required.argument);
            let ty = ident(&required.name);
            parameters.push(quote!(#name: #ty));
            for field in &required.fields {
                let field_name = ident(&field.name);
                places.push(place(
                    &field.place,
                    &field.ty,
                    &quote!(call),
                    &quote!(#name.#field_name),
                    here,
                ));
            }
        }
        let name = ident(&method.name);
        let builder = ident(&method.builder);
        let operation = ident(&method.operation);
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            parameters: quote!(#(#parameters),*),
            builder: quote!(#builder),
            operation: quote!(#operation),
            binding: if places.is_empty() {
                quote!(let call)
            } else {
                quote!(let mut call)
            },
            conversions: conversions
                .into_iter()
                .filter(|conversion| !conversion.is_empty())
                .collect(),
            places,
        }
    }
}

impl CallView {
    /// In the file of its handle.
    pub(super) fn beside(method: &Method, resource: &Resource, here: Here<'_>) -> Self {
        let link = format!("[`{}::{}`]", resource.handle.bare(), method.name.bare());
        Self::of(method, link, TokenStream::new(), here)
    }

    /// In another file of the resource.
    pub(super) fn apart(method: &Method, resource: &Resource, here: Here<'_>) -> Self {
        let (handle, name) = (resource.handle.bare(), method.name.bare());
        let modules: Vec<&str> = resource.path.iter().map(Ident::as_str).collect();
        let module = modules.join("::");
        let link = format!("[`{handle}::{name}`](crate::{module}::{handle}::{name})");
        Self::of(method, link, quote!(pub(crate)), here)
    }

    fn of(method: &Method, link: String, visibility: TokenStream, here: Here<'_>) -> Self {
        let operation = ident(&method.operation);
        let builder = ident(&method.builder);
        let options = method.options.as_ref().map(ident);
        Self {
            operation: quote!(#operation),
            operation_value: operation_value(method),
            visibility,
            builder: quote!(#builder),
            setters: (!method.setters.is_empty()).then(|| {
                let setters = method.setters.iter().enumerate();
                setters
                    .map(|(index, setter)| SetterView::of(index, setter, here))
                    .collect()
            }),
            output: here.ty(&method.output),
            options_argument: options_argument(method, here),
            ways: paging::ways(method),
            options: options.map(|options| quote!(#options)),
            takes_parts: method.takes_parts.then_some(()),
            answer: AnswerView::of(method, &link, here),
            method: link,
            required: method
                .required
                .as_ref()
                .map(|required| RequiredView::of(required, here)),
        }
    }
}

impl SetterView {
    fn of(index: usize, setter: &Argument, here: Here<'_>) -> Self {
        let attributes = [docs(&setter.docs), deprecated(setter.deprecated)];
        let name = ident(&setter.name);
        let ty = here.argument(&setter.ty);
        Self {
            blank: blank_before(index),
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            parameter: quote!(#name: #ty),
            conversion: conversion(setter, false, here),
            place: place(
                &setter.place,
                &setter.ty,
                &quote!(self.call),
                &quote!(#name),
                here,
            ),
        }
    }
}

impl RequiredView {
    fn of(required: &RequiredStruct, here: Here<'_>) -> Self {
        let name = ident(&required.name);
        let fields = required.fields.iter().map(|field| {
            let name = ident(&field.name);
            RequiredFieldView {
                docs: docs(&field.docs),
                name: quote!(#name),
                ty: here.ty(&field.ty),
            }
        });
        Self {
            name: quote!(#name),
            fields: fields.collect(),
        }
    }
}

/// What tells the builder from those of other calls.
fn options_argument(method: &Method, here: Here<'_>) -> TokenStream {
    let options = method.options.as_ref().map(ident);
    let options: TokenStream = options.iter().map(|options| quote!(, #options)).collect();
    match (&method.paging, &method.streamed) {
        (Some(paging), _) => {
            let item = here.ty(&paging.item);
            quote!(, Paged<#item #options>)
        }
        (None, Some(Streamed::Lines(item))) => {
            let item = here.ty(item);
            quote!(, InLines<#item #options>)
        }
        (None, Some(Streamed::Events(item))) => {
            let item = here.ty(item);
            quote!(, InEvents<#item #options>)
        }
        (None, None) => options,
    }
}

/// How often an argument is among these.
fn times(argument: &Argument, arguments: &[&Argument]) -> usize {
    let same = arguments
        .iter()
        .filter(|other| std::ptr::eq(**other, argument));
    same.count()
}

/// Whether the call's function for this place takes whatever can be converted.
fn converts_itself(place: &Place) -> bool {
    !matches!(place, Place::File { .. } | Place::Lines | Place::Bytes)
}

/// `let name: Type = name.into();`, unless the one function that takes the value does it.
fn conversion(argument: &Argument, is_placed_again: bool, here: Here<'_>) -> TokenStream {
    let is_left_to_call = converts_itself(&argument.place) && !is_placed_again;
    if is_left_to_call || !converts(&argument.ty) {
        return TokenStream::new();
    }
    let name = ident(&argument.name);
    let ty = here.ty(&argument.ty);
    quote!(let #name: #ty = #name.into();)
}

/// `call.body_field::<Type>("name", name);`
fn place(
    place: &Place,
    ty: &RustType,
    call: &TokenStream,
    value: &TokenStream,
    here: Here<'_>,
) -> TokenStream {
    let ty = here.ty(ty);
    match place {
        Place::Scope => quote!(#call.scope::<#ty>(#value);),
        Place::Path {
            style: Style::Simple,
            ..
        } => quote!(#call.path::<#ty>(#value);),
        Place::Path { style, .. } => {
            let style = style_of(*style);
            quote!(#call.path_as::<#ty>(Style::#style, #value);)
        }
        Place::Parameter {
            name,
            location,
            style,
            reserved,
        } => {
            let name = text(name);
            let is_simple = *style == Style::Simple;
            let style = style_of(*style);
            match location {
                Location::Header if is_simple => quote!(#call.header::<#ty>(#name, #value);),
                Location::Header => quote!(#call.header_as::<#ty>(#name, Style::#style, #value);),
                Location::Cookie => quote!(#call.cookie::<#ty>(#name, Style::#style, #value);),
                Location::Query if *reserved => {
                    quote!(#call.query_reserved::<#ty>(#name, Style::#style, #value);)
                }
                Location::Query | Location::Path => {
                    quote!(#call.query::<#ty>(#name, Style::#style, #value);)
                }
            }
        }
        Place::BodyField(name) => {
            let name = text(name);
            quote!(#call.body_field::<#ty>(#name, #value);)
        }
        Place::FormField {
            name,
            style,
            reserved,
        } => {
            let name = text(name);
            let style = style_of(*style);
            let form_field = if *reserved {
                quote!(form_field_reserved)
            } else {
                quote!(form_field)
            };
            quote!(#call.#form_field::<#ty>(#name, Style::#style, #value);)
        }
        Place::Part { name, media_type } => {
            let name = text(name);
            let media_type = optional_text(media_type.as_deref());
            quote!(#call.part::<#ty>(#name, #media_type, #value);)
        }
        Place::DeepPart(name) => {
            let name = text(name);
            quote!(#call.deep_part::<#ty>(#name, #value);)
        }
        Place::File {
            name,
            media_type,
            many,
        } => {
            let name = text(name);
            let media_type = optional_text(media_type.as_deref());
            let files = if *many {
                quote!(#value)
            } else {
                quote!([#value])
            };
            quote!(#call.files(#name, #media_type, #files);)
        }
        Place::Lines => quote!(#call.lines_body(&#value);),
        Place::Body => quote!(#call.json_body::<#ty>(#value);),
        Place::Bytes => quote!(#call.content_body(#value);),
    }
}

fn style_of(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(Simple),
        Style::SimpleExploded => quote!(SimpleExploded),
        Style::Label => quote!(Label),
        Style::LabelExploded => quote!(LabelExploded),
        Style::Matrix => quote!(Matrix),
        Style::MatrixExploded => quote!(MatrixExploded),
        Style::Form => quote!(Form),
        Style::FormExploded => quote!(FormExploded),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
    }
}

fn operation_value(method: &Method) -> TokenStream {
    let id = text(method.ids.first().map_or("", String::as_str));
    let http_method = match method.http_method {
        HttpMethod::Get => quote!(GET),
        HttpMethod::Put => quote!(PUT),
        HttpMethod::Post => quote!(POST),
        HttpMethod::Delete => quote!(DELETE),
        HttpMethod::Options => quote!(OPTIONS),
        HttpMethod::Head => quote!(HEAD),
        HttpMethod::Patch => quote!(PATCH),
        HttpMethod::Trace => quote!(TRACE),
    };
    let path = text(&method.path);
    let retry = match (method.retry, &method.idempotency_key) {
        (Retry::Safe, _) => quote!(Safe),
        (Retry::Idempotent, _) => quote!(Idempotent),
        (Retry::Unsafe, None) => quote!(Unsafe),
        (Retry::Unsafe, Some(header)) => {
            let header = text(header);
            quote!(Keyed(#header))
        }
    };
    let credentials = match method.credentials {
        Need::Never => quote!(Never),
        Need::IfThere => quote!(IfThere),
        Need::Always => quote!(Always),
    };
    let body = optional_text(method.body_media_type.as_deref());
    let body_required = method.body_required;
    let base_url = optional_text(method.base_url.as_deref());
    let answer = answer::answer(&method.answer);
    let accept = text(&method.accept);
    let paging = paging::scheme(method.paging.as_ref());
    quote! {
        Operation {
            id: #id,
            method: HttpMethod::#http_method,
            path: #path,
            base_url: #base_url,
            retry: Retry::#retry,
            credentials: Need::#credentials,
            body: #body,
            body_required: #body_required,
            answer: #answer,
            accept: #accept,
            paging: #paging,
        }
    }
}
