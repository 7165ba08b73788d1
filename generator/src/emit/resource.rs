//! A file per resource: its handle, methods, calls and types.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::method::{CallView, MethodView};
use super::rendered;
use super::tokens::{Here, docs, ident, inner_docs};
use super::types;
use crate::model::{Crate, Method, Resource, RustType, TypeItem, TypeKind};
use crate::plan::names::Ident;

#[derive(Template)]
#[template(path = "resource.rs.askama")]
struct ResourceView {
    module_docs: TokenStream,
    children: Vec<ChildView>,
    scopes: Option<TokenStream>,
    handle_docs: TokenStream,
    handle: TokenStream,
    methods: Vec<String>,
    calls: Vec<String>,
    types: Vec<String>,
}

/// An accessor to a further handle.
pub(super) struct ChildView {
    pub(super) docs: TokenStream,
    pub(super) module: TokenStream,
    pub(super) handle: TokenStream,
}

impl ChildView {
    pub(super) fn of(resource: &Resource) -> Self {
        let module = ident(&resource.module);
        let handle = ident(&resource.handle);
        Self {
            docs: docs(&resource.docs),
            module: quote!(#module),
            handle: quote!(#handle),
        }
    }
}

/// The file of a resource, unformatted.
pub(super) fn resource(resource: &Resource) -> String {
    let here = Here(&resource.path);
    let handle = ident(&resource.handle);
    rendered(&ResourceView {
        module_docs: inner_docs(&resource.docs),
        children: resource.children.iter().map(ChildView::of).collect(),
        scopes: scopes_used(&resource.methods),
        handle_docs: docs(&resource.docs),
        handle: quote!(#handle),
        methods: resource
            .methods
            .iter()
            .map(|method| rendered(&MethodView::of(method, here)))
            .collect(),
        calls: resource
            .methods
            .iter()
            .map(|method| rendered(&CallView::of(method, resource.handle.bare(), here)))
            .collect(),
        types: items(&resource.types, here),
    })
}

#[derive(Template)]
#[template(path = "types.rs.askama")]
struct TypesView {
    types: Vec<String>,
}

/// The file of types that several resources use, unformatted.
pub(super) fn shared_types(krate: &Crate) -> String {
    rendered(&TypesView {
        types: items(&krate.shared_types, Here(&krate.shared_module)),
    })
}

fn items(items: &[TypeItem], here: Here<'_>) -> Vec<String> {
    items.iter().map(|item| types::item(item, here)).collect()
}

/// The scope types that methods name, sorted: `AccountId`, or several between braces.
fn scopes_used(methods: &[Method]) -> Option<TokenStream> {
    let arguments = methods.iter().flat_map(|method| &method.arguments);
    let used: BTreeSet<&Ident> = arguments
        .filter_map(|argument| match &argument.ty {
            RustType::Named(path) if path.kind == TypeKind::Scope => Some(&path.name),
            _ => None,
        })
        .collect();
    let names: Vec<_> = used.into_iter().map(ident).collect();
    match names.as_slice() {
        [] => None,
        [name] => Some(quote!(#name)),
        names => Some(quote!({#(#names),*})),
    }
}
