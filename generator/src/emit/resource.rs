//! A file per resource: its handle, methods, calls and types.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{Attributes, docs, inner_docs};
use super::method::{CallView, MethodView};
use super::part::{modules, re_exports};
use super::renamed;
use super::rendered;
use super::tokens::{Here, gate, ident};
use super::types;
use crate::model::{Crate, Method, OldType, Resource, RustType, TypeItem, TypeKind};
use crate::plan::names::Ident;

#[derive(Template)]
#[template(path = "resource.rs.askama")]
struct ResourceView {
    module_docs: Attributes,
    children: Vec<ChildView>,
    parts: Vec<TokenStream>,
    re_exports: Option<TokenStream>,
    scopes: Option<TokenStream>,
    handle_docs: Attributes,
    handle: TokenStream,
    methods: Vec<String>,
    calls: Vec<String>,
    types: Vec<String>,
}

/// An accessor to a further handle.
pub(super) struct ChildView {
    pub(super) gate: TokenStream,
    pub(super) docs: Attributes,
    pub(super) module: TokenStream,
    pub(super) handle: TokenStream,
}

impl ChildView {
    pub(super) fn of(resource: &Resource) -> Self {
        let module = ident(&resource.module);
        let handle = ident(&resource.handle);
        Self {
            gate: gate(&resource.features),
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
    let is_whole = resource.parts.is_empty();
    rendered(&ResourceView {
        module_docs: inner_docs(&resource.docs),
        children: resource.children.iter().map(ChildView::of).collect(),
        parts: modules(&resource.parts),
        re_exports: (!is_whole).then(|| re_exports(&resource.parts)),
        scopes: scopes_used(&resource.methods),
        handle_docs: docs(&resource.docs),
        handle: quote!(#handle),
        methods: methods(resource, here),
        calls: if is_whole {
            resource
                .methods
                .iter()
                .map(|method| rendered(&CallView::beside(method, resource, here)))
                .collect()
        } else {
            Vec::new()
        },
        types: if is_whole {
            items(&resource.types, &resource.old_types, here)
        } else {
            items(&[], &resource.old_types, here)
        },
    })
}

/// Those that there are, then old names of some.
fn methods(resource: &Resource, here: Here<'_>) -> Vec<String> {
    let own = resource.methods.iter();
    let own = own.map(|method| rendered(&MethodView::of(method, here)));
    let old = resource.old_methods.iter();
    let old = old.filter_map(|old| renamed::method(old, &resource.methods, here));
    own.chain(old).collect()
}

#[derive(Template)]
#[template(path = "types.rs.askama")]
struct TypesView {
    modules: Vec<TokenStream>,
    imports: Option<TokenStream>,
    re_exports: Option<TokenStream>,
    types: Vec<String>,
}

/// The file of types that several resources use, unformatted.
pub(super) fn shared_types(krate: &Crate) -> String {
    let here = Here(&krate.shared_module);
    let parts = &krate.shared_parts;
    let is_whole = parts.is_empty();
    rendered(&TypesView {
        modules: modules(parts),
        imports: is_whole.then(|| {
            quote!(
                use crate::runtime::emitted::*;
            )
        }),
        re_exports: (!is_whole).then(|| re_exports(parts)),
        types: if is_whole {
            items(&krate.shared_types, &krate.shared_old_types, here)
        } else {
            items(&[], &krate.shared_old_types, here)
        },
    })
}

fn items(items: &[TypeItem], old: &[OldType], here: Here<'_>) -> Vec<String> {
    let items = items.iter().map(|item| types::item(item, here));
    items
        .chain(old.iter().map(|old| renamed::ty(old, here)))
        .collect()
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
