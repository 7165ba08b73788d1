//! Types and values of the SDK as Rust, seen from a crate that depends on it.

use generator::model::{Crate, RustType, Scope, TypeKind, TypePath};
use generator::plan::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

/// An identifier of the SDK.
pub(crate) fn ident(ident: &Ident) -> proc_macro2::Ident {
    syn::parse_str(ident.as_str()).unwrap_or_else(|_| format_ident!("invalid_identifier"))
}

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

fn type_of(ty: &RustType) -> TokenStream {
    let wrapped = |inner: &RustType, wrapper: TokenStream| {
        let inner = type_of(inner);
        quote!(#wrapper<#inner>)
    };
    match ty {
        RustType::Unit => quote!(()),
        RustType::String => quote!(String),
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F32 => quote!(f32),
        RustType::F64 => quote!(f64),
        RustType::Timestamp => quote!(sdk::Timestamp),
        RustType::Date => quote!(sdk::Date),
        RustType::Base64 => quote!(sdk::Base64),
        RustType::Decimal => quote!(sdk::Decimal),
        RustType::Secret => quote!(sdk::Secret),
        RustType::Bytes => quote!(sdk::Bytes),
        RustType::ByteStream => quote!(sdk::ByteStream),
        RustType::Part => quote!(sdk::Part),
        RustType::Json => quote!(sdk::JsonValue),
        RustType::Option(inner) => wrapped(inner, quote!(Option)),
        RustType::Nullable(inner) => wrapped(inner, quote!(sdk::Nullable)),
        RustType::Vec(inner) => wrapped(inner, quote!(Vec)),
        RustType::Boxed(inner) => wrapped(inner, quote!(Box)),
        RustType::Map(inner) => {
            let inner = type_of(inner);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
        RustType::Named(path) => {
            let modules = path.module.iter().map(ident);
            let name = ident(&path.name);
            quote!(sdk::#(#modules::)*#name)
        }
    }
}
