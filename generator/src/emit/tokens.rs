//! The composed parts: identifiers, types, literals.

use proc_macro2::{Ident as Token, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use unicode_ident::{is_xid_continue, is_xid_start};

use crate::model::{RustType, TypeKind, TypePath};
use crate::plan::names::Ident;

/// What Rust doesn't let stand behind `r#`.
const NEVER_RAW: &[&str] = &["_", "crate", "self", "Self", "super"];

/// An identifier as a token.
pub(super) fn ident(ident: &Ident) -> Token {
    let bare = ident.bare();
    let mut characters = bare.chars();
    let valid = characters.next().is_some_and(is_start) && characters.all(is_xid_continue);
    let raw = bare != ident.as_str();
    if !valid || (raw && NEVER_RAW.contains(&bare)) {
        // Minted identifiers are always valid; this is what stands in for one that isn't.
        format_ident!("invalid_identifier")
    } else if raw {
        Token::new_raw(bare, Span::call_site())
    } else {
        Token::new(bare, Span::call_site())
    }
}

fn is_start(character: char) -> bool {
    character == '_' || is_xid_start(character)
}

/// An empty line before every item but the first of a block.
pub(super) fn blank_before(index: usize) -> TokenStream {
    if index == 0 {
        TokenStream::new()
    } else {
        quote!(#[comment = "@blank"])
    }
}

/// A string literal.
pub(super) fn text(value: &str) -> Literal {
    Literal::string(value)
}

/// `Some("…")` or `None`.
pub(super) fn optional_text(value: Option<&str>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// `#[cfg(feature = "…")]`, where something is compiled only with one of these features.
pub(super) fn gate<'f>(features: impl IntoIterator<Item = &'f String>) -> TokenStream {
    let features: Vec<&String> = features.into_iter().collect();
    match features.as_slice() {
        [] => TokenStream::new(),
        [only] => quote!(#[cfg(feature = #only)]),
        _ => quote!(#[cfg(any(#(feature = #features),*))]),
    }
}

/// A module from inside which types are named.
#[derive(Clone, Copy)]
pub(super) struct Here<'m>(pub(super) &'m [Ident]);

impl Here<'_> {
    /// A type.
    pub(super) fn ty(self, ty: &RustType) -> TokenStream {
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
            RustType::Decimal => quote!(Decimal),
            RustType::Timestamp => quote!(Timestamp),
            RustType::Date => quote!(Date),
            RustType::Base64 => quote!(Base64),
            RustType::Secret => quote!(Secret),
            RustType::Bytes => quote!(Bytes),
            RustType::ByteStream => quote!(ByteStream),
            RustType::Part => quote!(Part),
            RustType::Json => quote!(JsonValue),
            RustType::Option(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            RustType::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(Nullable<#inner>)
            }
            RustType::Vec(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            RustType::Map(inner) => {
                let inner = self.ty(inner);
                quote!(BTreeMap<String, #inner>)
            }
            RustType::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
            RustType::Named(path) => self.path(path),
        }
    }

    /// A type of this crate.
    pub(super) fn path(self, path: &TypePath) -> TokenStream {
        let name = ident(&path.name);
        if path.kind == TypeKind::Scope || path.module == self.0 {
            return quote!(#name);
        }
        let modules = path.module.iter().map(ident);
        quote!(crate::#(#modules::)*#name)
    }

    /// A type as an argument: what converts into it, where that says something.
    pub(super) fn argument(self, ty: &RustType) -> TokenStream {
        let plain = self.ty(ty);
        if converts(ty) {
            quote!(impl Into<#plain>)
        } else {
            plain
        }
    }
}

/// Whether an argument of the type takes whatever converts into it.
pub(super) fn converts(ty: &RustType) -> bool {
    match ty {
        RustType::Unit
        | RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F32
        | RustType::F64 => false,
        RustType::Named(path) => path.kind != TypeKind::Plain,
        RustType::String
        | RustType::Decimal
        | RustType::Timestamp
        | RustType::Date
        | RustType::Base64
        | RustType::Secret
        | RustType::Bytes
        | RustType::ByteStream
        | RustType::Part
        | RustType::Json
        | RustType::Option(_)
        | RustType::Nullable(_)
        | RustType::Vec(_)
        | RustType::Map(_)
        | RustType::Boxed(_) => true,
    }
}
