//! How callers write what a crate offers, a statement or a few for each item: what they look for in
//! their own code, and what to write instead.

use crate::model::{Argument, Field};
use crate::plan::names::Ident;

use super::names::Names;

/// An import of a type.
pub(super) fn import(library: &Ident, path: &str) -> String {
    format!("use {library}::{path};")
}

/// A field that is read.
pub(super) fn field(path: &str, name: &Ident, ty: &str) -> String {
    format!("let value: {path};\nlet {name}: {ty} = value.{name};")
}

/// A value of a type, made from others.
pub(super) fn made(how: &str, arguments: &[(String, String)]) -> String {
    let declared = declared(arguments);
    let names = names(arguments);
    format!("{declared}let value = {how}({names});")
}

/// A struct that callers write out.
pub(super) fn written_out(path: &str, fields: &[(String, String)]) -> String {
    format!(
        "{}let value = {path} {{ {} }};",
        declared(fields),
        names(fields)
    )
}

/// An option that is set on a builder or a model.
pub(super) fn set(variable: &str, ty: &str, name: &Ident, argument: (String, String)) -> String {
    let declared = declared(std::slice::from_ref(&argument));
    format!(
        "{declared}let {variable}: {ty} = {variable}.{name}({});",
        argument.0
    )
}

/// A variant.
pub(super) fn variant(path: &str, name: &Ident, held: Option<&str>) -> String {
    match held {
        None => format!("let value = {path}::{name};"),
        Some(ty) => format!("let held: {ty};\nlet value = {path}::{name}(held);"),
    }
}

/// A call that is sent.
pub(super) fn call(method: &str, arguments: &[(String, String)], output: &str) -> String {
    let declared = declared(arguments);
    let names = names(arguments);
    format!("{declared}let answer: {output} = {method}({names}).await?;")
}

/// Names of arguments with their types.
pub(super) fn arguments<'a>(
    arguments: impl IntoIterator<Item = &'a Argument>,
) -> Vec<(String, String)> {
    let spelled = |one: &Argument| (one.name.to_string(), Names::default().ty(&one.ty));
    arguments.into_iter().map(spelled).collect()
}

/// Names of fields with their types.
pub(super) fn fields<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<(String, String)> {
    let spelled = |one: &Field| (one.name.to_string(), Names::default().ty(&one.ty));
    fields.into_iter().map(spelled).collect()
}

/// Types aren't seen where arguments are passed on, and they are what changes most.
fn declared(arguments: &[(String, String)]) -> String {
    let lines = arguments.iter();
    lines
        .map(|(name, ty)| format!("let {name}: {ty};\n"))
        .collect()
}

fn names(arguments: &[(String, String)]) -> String {
    let names: Vec<&str> = arguments.iter().map(|(name, _)| name.as_str()).collect();
    names.join(", ")
}
