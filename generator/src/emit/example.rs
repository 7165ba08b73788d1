//! Example programs, and the example of the crate's documentation.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{Attributes, inner_docs};
use super::rendered;
use super::tokens::ident;
use crate::model::{Crate, Example, ExampleValue};
use crate::plan::names::Ident;

#[derive(Template)]
#[template(path = "example.rs.askama")]
struct ProgramView {
    docs: Attributes,
    library: TokenStream,
    imports: TokenStream,
    statements: Vec<TokenStream>,
}

/// A program of its own, unformatted.
pub(super) fn program(krate: &Crate, example: &Example) -> String {
    let library = ident(&krate.package.library);
    let imports = imports(example);
    let mut statements = vec![quote!(let client = Client::from_env()?;)];
    statements.extend(example.arguments.iter().filter_map(|argument| match argument {
        ExampleValue::ScopeFromEnv { id, env } => {
            let variable = ident_of_scope(id);
            let id = ident(id);
            let message = format!("set {env}");
            Some(quote!(let #variable = #id::new(std::env::var(#env).map_err(|_| #message)?);))
        }
        _ => None,
    }));
    let call = call(example, Scopes::FromVariables);
    if example.prints {
        statements.push(quote!(let answer = #call.await?;));
        statements.push(quote!(println!("{answer:#?}");));
    } else {
        statements.push(quote!(#call.await?;));
    }
    rendered(&ProgramView {
        docs: inner_docs(&example.docs),
        library: quote!(#library),
        imports: quote!(#(#imports),*),
        statements,
    })
}

/// The first example as a block of documentation that compiles, where what it calls is compiled.
pub(super) fn documented(krate: &Crate) -> Attributes {
    let Some((mut shown, _)) = snippet(krate, &krate.package.library) else {
        return Attributes::default();
    };
    let feature = krate
        .examples
        .first()
        .and_then(|example| example.feature.as_ref());
    let fence = match feature {
        None => inner_docs(&["```no_run"]),
        Some(feature) => quote! {
            #![cfg_attr(feature = #feature, doc = " ```no_run")]
            #![cfg_attr(not(feature = #feature), doc = " ```ignore")]
        }
        .into(),
    };
    shown.push("```".to_owned());
    [inner_docs(&[""]), fence, inner_docs(&shown)]
        .into_iter()
        .collect()
}

/// The first example as the README shows it, under the name that its reader's manifest gives the crate.
pub(super) fn shown(krate: &Crate) -> String {
    let alias = &krate.package.alias;
    let Some((_, shown)) = snippet(krate, alias) else {
        return format!("let client = {alias}::Client::from_env()?;\n");
    };
    shown.join("\n") + "\n"
}

/// The lines of a snippet: with hidden ones that make it compile, and as people read it.
fn snippet(krate: &Crate, name: &Ident) -> Option<(Vec<String>, Vec<String>)> {
    let example = krate.examples.first()?;
    let name = ident(name);
    let imports = imports(example);
    let call = call(example, Scopes::Literal);
    let statement = if example.prints {
        quote!(let answer = #call.await?;)
    } else {
        quote!(#call.await?;)
    };
    let file = syn::parse2(quote! {
        use #name::{#(#imports),*};
        async fn run() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::from_env()?;
            #statement
            Ok(())
        }
    });
    let text = prettyplease::unparse(&file.ok()?);
    let mut compiled = Vec::new();
    let mut read = Vec::new();
    for line in text.lines() {
        let is_frame = line.starts_with("async fn") || line == "}" || line == "    Ok(())";
        let line = line.strip_prefix("    ").unwrap_or(line);
        if is_frame {
            compiled.push(format!("# {line}"));
        } else {
            compiled.push(line.to_owned());
            read.push(line.to_owned());
        }
    }
    Some((compiled, read))
}

/// Where a call takes its scope from.
#[derive(Clone, Copy)]
enum Scopes {
    FromVariables,
    Literal,
}

fn call(example: &Example, scopes: Scopes) -> TokenStream {
    let accessors = example.resource.iter().map(ident);
    let method = ident(&example.method);
    let arguments = example
        .arguments
        .iter()
        .map(|argument| value(argument, scopes));
    let setters = example.setters.iter().map(|(name, argument)| {
        let name = ident(name);
        let argument = value(argument, scopes);
        quote!(.#name(#argument))
    });
    quote!(client #(.#accessors())* .#method(#(#arguments),*) #(#setters)*)
}

fn value(value: &ExampleValue, scopes: Scopes) -> TokenStream {
    match value {
        ExampleValue::Text(text) => quote!(#text),
        ExampleValue::Base64(text) => quote!(Base64::encoded(#text)),
        ExampleValue::Decimal(text) => quote!(#text.parse::<Decimal>()?),
        ExampleValue::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        ExampleValue::Number(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        ExampleValue::Flag(flag) => quote!(#flag),
        ExampleValue::ScopeFromEnv { id, env } => match scopes {
            Scopes::FromVariables => {
                let variable = ident_of_scope(id);
                quote!(#variable)
            }
            Scopes::Literal => {
                let id = ident(id);
                quote!(#id::new(std::env::var(#env)?))
            }
        },
        ExampleValue::ScopeFromText { id, text } => {
            let id = ident(id);
            quote!(#id::new(#text))
        }
        ExampleValue::Json(text) => quote!(serde_json::from_str::<serde_json::Value>(#text)?),
    }
}

fn imports(example: &Example) -> Vec<TokenStream> {
    let mut names: BTreeSet<String> = example
        .arguments
        .iter()
        .filter_map(|argument| match argument {
            ExampleValue::ScopeFromEnv { id, .. } | ExampleValue::ScopeFromText { id, .. } => {
                Some(id.to_string())
            }
            ExampleValue::Decimal(_) => Some("Decimal".to_owned()),
            ExampleValue::Base64(_) => Some("Base64".to_owned()),
            _ => None,
        })
        .collect();
    names.insert("Client".to_owned());
    names.iter().filter_map(|name| name.parse().ok()).collect()
}

/// `AccountId` to `account_id`.
fn ident_of_scope(id: &Ident) -> proc_macro2::Ident {
    quote::format_ident!("{}", heck::ToSnakeCase::to_snake_case(id.bare()))
}
