//! Unions.

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{Attributes, deprecated, docs, spec_comments};
use super::tokens::{Here, ident, text};
use crate::model::{RustType, Union, UnionVariant};

#[derive(Template)]
#[template(path = "union.rs.askama")]
pub(super) struct UnionView {
    attributes: Attributes,
    name: TokenStream,
    described: TokenStream,
    variants: Vec<VariantView>,
    conversions: Vec<ConversionView>,
    unknown: TokenStream,
    unknown_index: Literal,
}

struct VariantView {
    docs: Attributes,
    name: TokenStream,
    ty: TokenStream,
    index: Literal,
}

struct ConversionView {
    from: TokenStream,
    made: TokenStream,
}

impl UnionView {
    pub(super) fn of(union: &Union, here: Here<'_>) -> Self {
        let name = ident(&union.name);
        let unknown = ident(&union.unknown);
        let attributes = [
            docs(&union.docs),
            spec_comments([&union.at]),
            deprecated(union.deprecated),
        ];
        let variants = union.variants.iter().enumerate();
        Self {
            attributes: attributes.into_iter().collect(),
            name: quote!(#name),
            described: described(union),
            variants: variants
                .map(|(index, variant)| VariantView::of(index, variant, here))
                .collect(),
            conversions: union
                .variants
                .iter()
                .filter(|variant| variant.converts)
                .flat_map(|variant| ConversionView::of(variant, here))
                .collect(),
            unknown: quote!(#unknown),
            unknown_index: Literal::usize_unsuffixed(union.variants.len()),
        }
    }
}

impl VariantView {
    fn of(index: usize, variant: &UnionVariant, here: Here<'_>) -> Self {
        let name = ident(&variant.name);
        Self {
            docs: docs(&variant.docs),
            name: quote!(#name),
            ty: here.ty(&variant.ty),
            index: Literal::usize_unsuffixed(index),
        }
    }
}

impl ConversionView {
    fn of(variant: &UnionVariant, here: Here<'_>) -> Vec<Self> {
        let name = ident(&variant.name);
        match &variant.ty {
            RustType::Boxed(inner) => vec![Self {
                from: here.ty(inner),
                made: quote!(Self::#name(Box::new(value))),
            }],
            RustType::String => vec![
                Self {
                    from: quote!(String),
                    made: quote!(Self::#name(value)),
                },
                Self {
                    from: quote!(&str),
                    made: quote!(Self::#name(value.to_owned())),
                },
            ],
            ty => vec![Self {
                from: here.ty(ty),
                made: quote!(Self::#name(value)),
            }],
        }
    }
}

/// What the runtime needs to know to tell the variants apart.
fn described(union: &Union) -> TokenStream {
    let count = Literal::usize_unsuffixed(union.variants.len());
    let mut described = match &union.tag {
        Some(tag) => {
            let property = text(&tag.property);
            let tags = union.variants.iter().map(|variant| {
                let tags = variant.tags.iter().map(|tag| text(tag));
                quote!(&[#(#tags),*])
            });
            quote!(Variants::tagged(#property, &[#(#tags),*]))
        }
        None => quote!(Variants::untagged(#count)),
    };
    if union.tag.as_ref().is_some_and(|tag| tag.implied) {
        described.extend(quote!(.with_implied_tags()));
    }
    if union.secret {
        described.extend(quote!(.holding_secrets()));
    }
    if union.decimal {
        described.extend(quote!(.holding_decimals()));
    }
    described
}
