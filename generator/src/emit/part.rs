//! Files of a module that is spread over several.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{Attributes, inner_docs};
use super::method::CallView;
use super::rendered;
use super::tokens::{Here, gate, ident};
use super::types;
use crate::model::{Answer, Method, ModelForm, Part, Resource, RustType, TypeItem, TypePath};
use crate::plan::names::Ident;

/// The module that parts belong to.
#[derive(Clone, Copy)]
pub(super) struct Whole<'c> {
    /// From the crate root.
    pub(super) path: &'c [Ident],
    /// Its handle and methods, where it is a resource.
    pub(super) resource: Option<&'c Resource>,
    pub(super) types: &'c [TypeItem],
}

#[derive(Template)]
#[template(path = "part.rs.askama")]
struct PartView {
    module_docs: Attributes,
    modules: Vec<TokenStream>,
    imports: Vec<TokenStream>,
    re_exports: Option<TokenStream>,
    calls: Vec<String>,
    types: Vec<String>,
}

/// The file of a part, unformatted.
pub(super) fn part(whole: Whole<'_>, part: &Part) -> String {
    let here = Here(whole.path);
    let calls: Vec<(&Resource, &Method)> = part
        .calls
        .iter()
        .filter_map(|index| {
            whole
                .resource?
                .methods
                .get(*index)
                .map(|method| (whole.resource, method))
        })
        .filter_map(|(resource, method)| Some((resource?, method)))
        .collect();
    let items: Vec<&TypeItem> = part
        .types
        .iter()
        .filter_map(|index| whole.types.get(*index))
        .collect();
    rendered(&PartView {
        module_docs: inner_docs(&part.docs),
        modules: modules(&part.parts),
        imports: imports(whole.path, &calls, &items),
        re_exports: (!part.parts.is_empty()).then(|| re_exports(&part.parts)),
        calls: calls
            .iter()
            .map(|(resource, method)| rendered(&CallView::apart(method, resource, here)))
            .collect(),
        types: items.iter().map(|item| types::item(item, here)).collect(),
    })
}

/// `mod calls;` for each, after an empty line.
pub(super) fn modules(parts: &[Part]) -> Vec<TokenStream> {
    let module = |(index, part): (usize, &Part)| {
        let blank = (index == 0).then(|| quote!(#[comment = "@blank"]));
        let gate = gate(&part.features);
        let module = ident(&part.module);
        quote!(#blank #gate mod #module;)
    };
    parts.iter().enumerate().map(module).collect()
}

/// `pub use calls::*;` for each.
pub(super) fn re_exports(parts: &[Part]) -> TokenStream {
    let re_export = |part: &Part| {
        let gate = gate(&part.features);
        let module = ident(&part.module);
        quote!(#gate pub use #module::*;)
    };
    parts.iter().map(re_export).collect()
}

/// What a part takes from the runtime and from its module's other files.
fn imports(
    path: &[Ident],
    calls: &[(&Resource, &Method)],
    items: &[&TypeItem],
) -> Vec<TokenStream> {
    let mut paths: Vec<&TypePath> = Vec::new();
    let mut own: BTreeSet<&Ident> = items.iter().map(|item| item.name()).collect();
    for (_, method) in calls {
        let setters = method.setters.iter();
        let required = method.required.iter().flat_map(|required| &required.fields);
        for argument in setters.chain(required) {
            paths.extend(argument.ty.path());
        }
        paths.extend(method.output.path());
        let paging = method.paging.as_ref();
        paths.extend(paging.and_then(|paging| paging.item.path()));
        let streamed = method.streamed.as_ref();
        paths.extend(streamed.and_then(|streamed| streamed.item().path()));
        if let Answer::ByStatus(answer) = &method.answer {
            own.insert(&answer.name);
            let types = answer
                .variants
                .iter()
                .filter_map(|variant| variant.ty.as_ref());
            paths.extend(types.filter_map(RustType::path));
        }
    }
    for item in items {
        paths.extend(item.paths());
    }
    let others: BTreeSet<&Ident> = paths
        .into_iter()
        .filter(|named| named.module == path && !own.contains(&named.name))
        .map(|named| &named.name)
        .collect();
    let others: Vec<_> = others.into_iter().map(ident).collect();
    let needs_runtime = !calls.is_empty() || items.iter().any(|item| needs_runtime(item));
    let runtime = needs_runtime.then(|| {
        quote!(
            use crate::runtime::emitted::*;
        )
    });
    // From the crate root, since a file may stand two folders below the module that re-exports all.
    let modules = path.iter().map(ident);
    let module = quote!(crate::#(#modules::)*);
    let types = match others.as_slice() {
        [] => None,
        [only] => Some(quote!(use #module #only;)),
        _ => Some(quote!(use #module {#(#others),*};)),
    };
    types.into_iter().chain(runtime).collect()
}

/// Whether an item names anything of the runtime: all do but an instance whose own type is Rust's or the crate's.
fn needs_runtime(item: &TypeItem) -> bool {
    match item {
        TypeItem::Model(model) => match model.form {
            ModelForm::Instance(_, parameter) => {
                let own = model.fields.get(parameter).map(|field| &field.ty);
                own.is_some_and(|own| !own.is_known_everywhere())
            }
            ModelForm::Own | ModelForm::Generic(_) => true,
        },
        TypeItem::Enum(_) | TypeItem::Union(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RustType, TypeKind, Union, UnionVariant};
    use crate::plan::names::modules_called;
    use crate::pointer::Pointer;

    #[test]
    fn a_file_names_its_neighbours_from_the_root_however_deep_it_stands() {
        let path = modules_called(&["zones", "records"]);
        let name = modules_called(&["owner", "page"]);
        let page = TypeItem::Union(Union {
            name: name[1].clone(),
            docs: Vec::new(),
            at: Pointer::root(),
            variants: vec![UnionVariant {
                name: name[1].clone(),
                docs: Vec::new(),
                ty: RustType::Named(TypePath {
                    module: path.clone(),
                    name: name[0].clone(),
                    kind: TypeKind::Plain,
                }),
                tags: Vec::new(),
                converts: false,
            }],
            tag: None,
            secret: false,
            decimal: false,
            unknown: name[1].clone(),
            deprecated: false,
        });
        let imports = imports(&path, &[], &[&page]);
        let spelled = imports
            .iter()
            .map(|import| import.to_string().replace(' ', ""));
        assert_eq!(
            spelled.collect::<Vec<_>>(),
            [
                "usecrate::zones::records::owner;",
                "usecrate::runtime::emitted::*;"
            ]
        );
    }
}
