//! How many lines things will take: enough to decide which file they stand in, not to the line.

use crate::model::{Answer, Argument, Method, Model, ModelForm, TypeItem, Union};

/// The method on a handle, in lines.
pub(super) fn method(method: &Method) -> usize {
    let required = method
        .required
        .as_ref()
        .map_or(0, |required| required.fields.len());
    let arguments = method.arguments.len();
    // Mark, attribute, head, binding, builder and braces; long heads are broken, an argument a line.
    let head = if arguments > 2 { arguments + 1 } else { 0 };
    method.docs.len() + method.at.len() + 8 + head + 2 * arguments + required
}

/// The data of an operation with its builder, in lines.
pub(super) fn call(method: &Method) -> usize {
    let setters: usize = method.setters.iter().map(setter).sum();
    let required = method.required.as_ref().map_or(0, |required| {
        let fields = required.fields.iter().map(|field| field.docs.len() + 1);
        5 + fields.sum::<usize>()
    });
    let by_status = match &method.answer {
        Answer::ByStatus(answer) => {
            let variants = answer.variants.iter().map(|variant| variant.docs.len() + 4);
            36 + variants.sum::<usize>()
        }
        _ => 0,
    };
    let options = if method.options.is_some() { 7 } else { 0 };
    let paging = if method.paging.is_some() { 8 } else { 0 };
    18 + setters + required + by_status + options + paging
}

fn setter(setter: &Argument) -> usize {
    setter.docs.len() + 7
}

/// A type, in lines.
pub(super) fn item(item: &TypeItem) -> usize {
    match item {
        TypeItem::Model(item) => model(item),
        TypeItem::Enum(item) => item.docs.len() + 24 + 4 * item.variants.len(),
        TypeItem::Union(item) => union(item),
    }
}

fn model(model: &Model) -> usize {
    if let ModelForm::Instance(..) = model.form {
        return model.docs.len() + 3;
    }
    let fields: usize = model.fields.iter().map(|field| field.docs.len() + 4).sum();
    let mut lines = model.docs.len() + 34 + fields;
    if model.constructible {
        let optional = model.fields.iter().filter(|field| !field.required);
        let setters: usize = optional.map(|field| field.docs.len() + 6).sum();
        lines += setters + 8 + model.fields.iter().filter(|field| field.required).count();
    }
    if model.required.is_some() {
        let required = model.fields.iter().filter(|field| field.is_needed());
        lines += 5 + required.map(|field| field.docs.len() + 1).sum::<usize>();
    }
    lines + if model.additional.is_some() { 14 } else { 0 }
}

fn union(union: &Union) -> usize {
    let variants = union.variants.iter().map(|variant| {
        let conversion = if variant.converts { 7 } else { 0 };
        variant.docs.len() + 10 + conversion
    });
    union.docs.len() + 50 + variants.sum::<usize>()
}
