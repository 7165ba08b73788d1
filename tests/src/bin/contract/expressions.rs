//! Values of the SDK as Rust, seen from a crate that depends on it.

use generator::model::{Crate, RustType, Scope, TypeKind, TypePath};
use generator::plan::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;
use tests::rust_types::{ident, type_of};

/// An argument of a type with a value, for an operation at a path.
pub(crate) fn argument(krate: &Crate, path: &str, ty: &RustType, value: &Value) -> TokenStream {
    match (ty, value) {
        (RustType::Named(named), value) if named.kind == TypeKind::Scope => {
            let id = ident(id_type(krate, path, named));
            let text = plain_text(value);
            quote!(sdk::#id::new(#text))
        }
        (RustType::String | RustType::Secret, value) => {
            let text = plain_text(value);
            quote!(#text)
        }
        (RustType::Bytes | RustType::ByteStream, value) => {
            let bytes = Literal::byte_string(plain_text(value).as_bytes());
            quote!(sdk::Bytes::from_static(#bytes))
        }
        (RustType::Part, value) => {
            let text = plain_text(value);
            quote!(sdk::Part::bytes(#text))
        }
        (RustType::Vec(inner), Value::Array(values)) if **inner == RustType::Part => {
            let parts = values
                .iter()
                .map(|value| argument(krate, path, inner, value));
            quote!(vec![#(#parts),*])
        }
        (RustType::Vec(inner), value) if **inner == RustType::Part => {
            let part = argument(krate, path, inner, value);
            quote!(vec![#part])
        }
        (RustType::Bool, Value::Bool(flag)) => quote!(#flag),
        (ty, value) => {
            let ty = type_of(ty);
            let json = value.to_string();
            quote!(json::<#ty>(#json)?)
        }
    }
}

/// The identifier type that a path takes for a scope.
fn id_type<'k>(krate: &'k Crate, path: &str, named: &'k TypePath) -> &'k Ident {
    let variants = krate.scopes.iter().find_map(|scope| match scope {
        Scope::OneOf { name, variants, .. } if *name == named.name => Some(variants),
        _ => None,
    });
    variants
        .into_iter()
        .flatten()
        .filter(|variant| path.starts_with(&format!("/{}/{{", variant.literal)))
        .map(|variant| &variant.id)
        .next()
        .unwrap_or(&named.name)
}

fn plain_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
