//! Identifier types and one_ofs of them.

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{Attributes, docs};
use super::rendered;
use super::tokens::{ident, text};
use crate::model::{Scope, ScopeVariant};
use crate::plan::names::Ident;

#[derive(Template)]
#[template(path = "scopes.rs.askama")]
struct ScopesView {
    ids: Vec<IdView>,
    one_ofs: Vec<UnionView>,
}

struct IdView {
    docs: Attributes,
    name: TokenStream,
}

struct UnionView {
    docs: Attributes,
    name: TokenStream,
    variants: Vec<VariantView>,
}

struct VariantView {
    name: TokenStream,
    id: TokenStream,
    literal: Literal,
    literal_text: String,
}

/// The file of scope types, unformatted.
pub(super) fn scopes(scopes: &[Scope]) -> String {
    let mut view = ScopesView {
        ids: Vec::new(),
        one_ofs: Vec::new(),
    };
    for scope in scopes {
        match scope {
            Scope::Id { name, docs: lines } => view.ids.push(IdView {
                docs: docs(lines),
                name: token(name),
            }),
            Scope::OneOf {
                name,
                docs: lines,
                variants,
            } => view.one_ofs.push(UnionView {
                docs: docs(lines),
                name: token(name),
                variants: variants.iter().map(VariantView::of).collect(),
            }),
        }
    }
    rendered(&view)
}

impl VariantView {
    fn of(variant: &ScopeVariant) -> Self {
        Self {
            name: token(&variant.name),
            id: token(&variant.id),
            literal: text(&variant.literal),
            literal_text: variant.literal.clone(),
        }
    }
}

fn token(name: &Ident) -> TokenStream {
    let name = ident(name);
    quote!(#name)
}
