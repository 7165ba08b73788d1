//! The program that calls: one function for each operation, in files of a hundred.

use std::fs;
use std::io;
use std::path::Path;

use generator::Planned;
use generator::api::Operation;
use generator::model::{Crate, Credential, Method, Resource};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::arguments::Arguments;
use super::expressions::{argument, ident};

/// Operations in one file: rustc takes a crate's files together, people don't.
const PER_FILE: usize = 100;

/// The program's files and what they call.
pub(crate) struct Caller {
    files: Vec<(String, String)>,
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
    let mut files = vec![
        (
            "Cargo.toml".to_owned(),
            include_str!("../../../contract/Cargo.toml.txt").to_owned(),
        ),
        (
            "src/main.rs".to_owned(),
            include_str!("../../../contract/main.rs").to_owned(),
        ),
    ];
    let chunks = calls.chunks(PER_FILE);
    let modules: Vec<_> = (0..chunks.len())
        .map(|index| format_ident!("calls_{index}"))
        .collect();
    for (module, chunk) in modules.iter().zip(chunks) {
        let file = quote! {
            use crate::{Call, decoded, json};
            pub(crate) static CALLS: &[Call] = &[#(#chunk),*];
        };
        files.push((format!("src/calls/{module}.rs"), file.to_string()));
    }
    let credentials = planned.krate.service.credentials.iter().map(credential);
    let index = quote! {
        use crate::{Call, Credentials};
        #(mod #modules;)*
        pub(crate) static CALLS: &[&[Call]] = &[#(#modules::CALLS),*];
        pub(crate) fn credentials() -> Vec<Credentials> { vec![#(#credentials),*] }
    };
    files.push(("src/calls.rs".to_owned(), index.to_string()));
    Caller { files, operations }
}

impl Caller {
    /// Writes what changed.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        for (name, text) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
                continue;
            }
            fs::write(path, text)?;
        }
        Ok(())
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
    let parts = credential.parts.iter().map(|_| quote!("contract"));
    quote!(Credentials::#constructor(#(#parts),*))
}
