//! How the pages of an answer hang together, as data.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::text;
use crate::api::NextPage;
use crate::model::{Method, Paging, Streamed};

/// How a call is sent, for the documentation of its builder.
pub(super) fn ways(method: &Method) -> &'static str {
    match (&method.paging, &method.streamed) {
        (Some(_), _) => "`.await` for one page, `.stream()` or `.pages()` for all",
        (None, Some(Streamed::Lines(_))) => {
            "`.await` for all values, `.stream_values()` for one after the other"
        }
        (None, Some(Streamed::Events(_))) => {
            "`.await`, or `.stream_values()` for the data of its events"
        }
        (None, None) => "`.await`",
    }
}

/// `Some(&PagingScheme { … })`, with what differs from the least.
pub(super) fn scheme(paging: Option<&Paging>) -> TokenStream {
    let Some(paging) = paging else {
        return quote!(None);
    };
    let mut fields = Vec::new();
    match &paging.next {
        NextPage::Single | NextPage::Link => {}
        other => {
            let next = next(other);
            fields.push(quote!(next: NextPage::#next));
        }
    }
    if !paging.items.is_empty() {
        let items = paging.items.iter().map(|name| {
            let name = text(name);
            quote!(Field::Optional(#name))
        });
        fields.push(quote!(items: &[#(#items),*]));
    }
    for (name, place) in paging.facts.places() {
        let (name, place) = (format_ident!("{name}"), text(place));
        fields.push(quote!(#name: Some(#place)));
    }
    match fields.as_slice() {
        [] => quote!(Some(&PagingScheme::LINK)),
        _ => quote!(Some(&PagingScheme { #(#fields,)* ..PagingScheme::LINK })),
    }
}

fn next(next: &NextPage) -> TokenStream {
    let number = |number: i64| Literal::i64_unsuffixed(number);
    match next {
        NextPage::Single | NextPage::Link => quote!(Link),
        NextPage::Url { url } => {
            let url = text(url);
            quote!(Url(#url))
        }
        NextPage::Page { parameter, first } => {
            let (parameter, first) = (text(parameter), number(*first));
            quote!(Page { parameter: #parameter, first: #first })
        }
        NextPage::Offset { parameter, first } => {
            let (parameter, first) = (text(parameter), number(*first));
            quote!(Offset { parameter: #parameter, first: #first })
        }
        NextPage::Cursor { parameter, cursor } => {
            let (parameter, cursor) = (text(parameter), text(cursor));
            quote!(Cursor { parameter: #parameter, cursor: #cursor })
        }
        NextPage::LastItem { parameter, member } => {
            let (parameter, member) = (text(parameter), text(member));
            quote!(LastItem { parameter: #parameter, member: #member })
        }
    }
}
