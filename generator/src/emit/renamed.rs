//! Old names beside the new ones: they compile, and tell callers what to write instead.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{Attributes, docs};
use super::rendered;
use super::tokens::{Here, gate, ident};
use super::types::AliasView;
use crate::model::{Method, OldMethod, OldType, TypeKind, TypePath};
use crate::plan::names::Ident;

/// A method that calls the one that it became.
#[derive(Template)]
#[template(path = "renamed.rs.askama")]
struct OldMethodView {
    attributes: Attributes,
    name: TokenStream,
    parameters: TokenStream,
    builder: TokenStream,
    now: TokenStream,
    arguments: TokenStream,
}

/// As rendered text; none: there is no such method any more.
pub(super) fn method(old: &OldMethod, methods: &[Method], here: Here<'_>) -> Option<String> {
    let method = methods.get(old.method)?;
    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    for argument in &method.arguments {
        let (name, ty) = (ident(&argument.name), here.argument(&argument.ty));
        parameters.push(quote!(#name: #ty));
        arguments.push(quote!(#name));
    }
    if let Some(required) = &method.required {
        let (name, ty) = (ident(&required.argument), ident(&required.name));
        parameters.push(quote!(#name: #ty));
        arguments.push(quote!(#name));
    }
    let (name, builder, now) = (
        ident(&old.name),
        ident(&method.builder),
        ident(&method.name),
    );
    let link = format!("Is called [`{0}`](Self::{0}) now.", method.name.bare());
    let attributes = [
        docs(&[link]),
        deprecated(
            &old.since,
            &format!("is called `{}` now", method.name.bare()),
        ),
    ];
    Some(rendered(&OldMethodView {
        attributes: attributes.into_iter().collect(),
        name: quote!(#name),
        parameters: quote!(#(#parameters),*),
        builder: quote!(#builder),
        now: quote!(#now),
        arguments: quote!(#(#arguments),*),
    }))
}

/// As rendered text.
pub(super) fn ty(old: &OldType, here: Here<'_>) -> String {
    let name = ident(&old.name);
    let now = here.path(&TypePath {
        module: old.module.clone(),
        name: old.now.clone(),
        kind: TypeKind::Plain,
    });
    let borrow = old.borrows.then(|| quote!(<'a>));
    let words = old.module.iter().chain([&old.now]).map(Ident::as_str);
    let path = words.collect::<Vec<_>>().join("::");
    let attributes = [
        gate(&old.features).into(),
        docs(&[format!("Is called [`{path}`](crate::{path}) now.")]),
        deprecated(&old.since, &format!("is called `{path}` now")),
    ];
    rendered(&AliasView {
        attributes: attributes.into_iter().collect(),
        name: quote!(#name #borrow),
        ty: quote!(#now #borrow),
    })
}

fn deprecated(since: &Option<String>, note: &str) -> Attributes {
    match since {
        Some(since) => quote!(#[deprecated(since = #since, note = #note)]).into(),
        None => quote!(#[deprecated(note = #note)]).into(),
    }
}
