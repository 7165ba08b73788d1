//! The types of an SDK as Rust spells them, seen from a crate that knows it as `sdk`.

use generator::model::RustType;
use generator::plan::names::Ident;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// An identifier of the SDK.
pub fn ident(ident: &Ident) -> proc_macro2::Ident {
    syn::parse_str(ident.as_str()).unwrap_or_else(|_| format_ident!("invalid_identifier"))
}

/// A type of the SDK.
pub fn type_of(ty: &RustType) -> TokenStream {
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
