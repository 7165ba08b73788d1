//! How an answer is read, and the enum that it becomes where that depends on the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{Attributes, docs};
use super::tokens::{Here, ident};
use crate::model::{Answer, AnswerVariant, Method};

/// An enum of answers.
pub(super) struct AnswerView {
    pub(super) docs: Attributes,
    pub(super) name: TokenStream,
    pub(super) variants: Vec<VariantView>,
    /// The variant that the enum begins with.
    pub(super) first: TokenStream,
}

/// One of its variants.
pub(super) struct VariantView {
    pub(super) docs: Attributes,
    pub(super) name: TokenStream,
    /// `(Thing)`, or nothing.
    pub(super) payload: TokenStream,
    /// `(value)`, or nothing.
    pub(super) binding: TokenStream,
    /// An empty one of the variant.
    pub(super) empty: TokenStream,
    /// `202`, or `200..=299`.
    pub(super) statuses: TokenStream,
    pub(super) slot: TokenStream,
    pub(super) get: TokenStream,
}

impl AnswerView {
    pub(super) fn of(method: &Method, link: &str, here: Here<'_>) -> Option<Self> {
        let Answer::ByStatus(answer) = &method.answer else {
            return None;
        };
        let name = ident(&answer.name);
        let variants: Vec<VariantView> = answer
            .variants
            .iter()
            .map(|variant| VariantView::of(variant, here))
            .collect();
        let lines = [format!("What {link} gives, by status.")];
        Some(Self {
            docs: docs(&lines),
            name: quote!(#name),
            first: variants
                .first()
                .map(|variant| variant.empty.clone())
                .unwrap_or_default(),
            variants,
        })
    }
}

impl VariantView {
    fn of(variant: &AnswerVariant, here: Here<'_>) -> Self {
        let name = ident(&variant.name);
        let ty = variant.ty.as_ref().map(|ty| here.ty(ty));
        let statuses = statuses(variant);
        let (payload, binding, empty, slot, get) = match ty {
            Some(ty) => (
                quote!((#ty)),
                quote!((value)),
                quote!(Self::#name(Default::default())),
                quote!(Value::slot(value)),
                quote!(Value::get(value)),
            ),
            None => (
                TokenStream::new(),
                TokenStream::new(),
                quote!(Self::#name),
                quote!(Slot::Ignored),
                quote!(Get::Null),
            ),
        };
        let (first, last) = statuses;
        Self {
            docs: docs(&variant.docs),
            name: quote!(#name),
            payload,
            binding,
            empty,
            statuses: if variant.statuses.0 == variant.statuses.1 {
                quote!(#first)
            } else {
                quote!(#first..=#last)
            },
            slot,
            get,
        }
    }
}

/// `Answer::Json`, or a table of them by status.
pub(super) fn answer(answer: &Answer) -> TokenStream {
    match answer {
        Answer::Empty => quote!(Answer::Empty),
        Answer::Json => quote!(Answer::Json),
        Answer::Enveloped => quote!(Answer::Enveloped),
        Answer::Text => quote!(Answer::Text),
        Answer::Bytes => quote!(Answer::Bytes),
        Answer::Lines => quote!(Answer::Lines),
        Answer::ByStatus(by_status) => {
            let rows = by_status.variants.iter().map(|variant| {
                let (first, last) = statuses(variant);
                let answer = self::answer(&variant.answer);
                quote!((#first, #last, #answer))
            });
            quote!(Answer::ByStatus(&[#(#rows),*]))
        }
    }
}

fn statuses(variant: &AnswerVariant) -> (Literal, Literal) {
    let (first, last) = variant.statuses;
    (
        Literal::u16_unsuffixed(first),
        Literal::u16_unsuffixed(last),
    )
}
