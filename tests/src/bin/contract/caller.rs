//! The program that calls: one function for each operation, in files of a hundred.

use generator::Planned;
use generator::api::Operation;
use generator::model::{Crate, Credential, CredentialPlace, Method, Resource};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use tests::program::{MANIFEST, Program};
use tests::rust_types::ident;

use super::arguments::Arguments;
use super::expressions::argument;

/// Operations in one file: rustc takes a crate's files together, people don't.
const PER_FILE: usize = 100;

/// The program and what it calls.
pub(crate) struct Caller {
    pub(crate) program: Program,
    /// Ids of the operations called, in document order.
    pub(crate) operations: Vec<String>,
}

/// Makes the program for the first operations of a document that have a method.
pub(crate) fn emit(document: &Value, planned: &Planned, limit: usize) -> Caller {
    let methods: Vec<(&Resource, &Method)> = planned.krate.methods().collect();
    let of = |operation: &Operation| {
        methods
            .iter()
            .find(|(_, method)| method.ids.contains(&operation.id))
    };
    let mut calls = Vec::new();
    let mut operations = Vec::new();
    for operation in planned.api.operations.iter().take(limit) {
        if let Some((resource, method)) = of(operation) {
            let arguments = Arguments::of(document, operation, method);
            calls.push(call(
                &planned.krate,
                resource,
                method,
                operation,
                &arguments,
            ));
            operations.push(operation.id.clone());
        }
    }
    let mut program = Program::default();
    program.add("Cargo.toml", MANIFEST);
    program.add("src/main.rs", include_str!("../../../contract/main.rs"));
    let chunks = calls.chunks(PER_FILE);
    let modules: Vec<_> = (0..chunks.len())
        .map(|index| format_ident!("calls_{index}"))
        .collect();
    for (module, chunk) in modules.iter().zip(chunks) {
        let file = quote! {
            use crate::{Call, decoded, json};
            pub(crate) static CALLS: &[Call] = &[#(#chunk),*];
        };
        program.add(format!("src/calls/{module}.rs"), file.to_string());
    }
    let credentials = planned.krate.service.credentials.iter().map(credential);
    let index = quote! {
        use crate::{Call, Credentials};
        #(mod #modules;)*
        pub(crate) static CALLS: &[&[Call]] = &[#(#modules::CALLS),*];
        pub(crate) fn credentials() -> Vec<Credentials> { vec![#(#credentials),*] }
    };
    program.add("src/calls.rs", index.to_string());
    Caller {
        program,
        operations,
    }
}

fn call(
    krate: &Crate,
    resource: &Resource,
    method: &Method,
    operation: &Operation,
    arguments: &Arguments<'_>,
) -> TokenStream {
    let id = &operation.id;
    let credential = credential_for(krate, operation);
    let accessors = resource.path.iter().map(ident);
    let name = ident(&method.name);
    let given = method.arguments.iter().map(|wanted| {
        argument(
            krate,
            &operation.path,
            &wanted.ty,
            &arguments.required(&wanted.place),
        )
    });
    let structure = method.required.iter().map(|required| {
        let modules = resource.path.iter().map(ident);
        let structure = ident(&required.name);
        let fields = required.fields.iter().map(|field| {
            let name = ident(&field.name);
            let value = arguments.required(&field.place);
            let value = argument(krate, &operation.path, &field.ty, &value);
            quote!(#name: #value.into())
        });
        quote!(sdk::#(#modules::)*#structure { #(#fields),* })
    });
    let given: Vec<TokenStream> = given.chain(structure).collect();
    let setters = method.setters.iter().filter_map(|setter| {
        let value = arguments.optional(&setter.place)?;
        let name = ident(&setter.name);
        let value = argument(krate, &operation.path, &setter.ty, &value);
        Some(quote!(.#name(#value)))
    });
    quote! {
        Call {
            id: #id,
            credential: #credential,
            send: |client| Ok(decoded(
                client #(.#accessors())* .#name(#(#given),*) #(#setters)* .with_response()
            )),
        }
    }
}

/// The first way to prove who calls that an alternative of the operation asks for.
fn credential_for(krate: &Crate, operation: &Operation) -> usize {
    let satisfies = |credential: &Credential| {
        operation.security.iter().any(|schemes| {
            schemes.len() == credential.parts.len()
                && credential
                    .parts
                    .iter()
                    .all(|part| schemes.contains(&part.scheme))
        })
    };
    krate
        .service
        .credentials
        .iter()
        .position(satisfies)
        .unwrap_or(0)
}

fn credential(credential: &Credential) -> TokenStream {
    let constructor = ident(&credential.constructor);
    let parts = credential.parts.iter().map(|part| match part.place {
        CredentialPlace::Basic => quote!("contract:contract"),
        _ => quote!("contract"),
    });
    quote!(Credentials::#constructor(#(#parts),*))
}
