//! What callers know under another name, and would find again under the old one if it was kept.

use std::collections::HashMap;

use crate::Reading;
use crate::model::{Answer, Crate, Method, Resource};
use crate::plan::names::Ident;
use crate::pointer::Pointer;

use super::change::Change;
use super::interface::Names;
use super::kind::Kind;
use super::wire::path;

/// What is called otherwise.
#[derive(Clone, Debug, Default)]
pub struct Renames {
    /// Old and new path of types (`pets::Pet`), those of calls included.
    pub types: Vec<(String, String)>,
    /// Old and new name of methods, after their dotted resource (`pets.list`).
    pub methods: Vec<(String, String)>,
    /// Names that can't be kept: where in the newer document, and why.
    pub lost: Vec<(Pointer, String)>,
}

/// Finds them by the operations that are the same one, and by the types that moved.
pub(super) fn find(
    old: &Reading,
    new: &Reading,
    operations: &[(usize, usize)],
    names: &Names,
    changes: &[Change],
) -> Renames {
    let mut renames = Renames {
        types: names.moved(),
        ..Renames::default()
    };
    let (before, now) = (calls(&old.planned.krate), calls(&new.planned.krate));
    for (was, is) in operations {
        let id = |reading: &Reading, index: usize| {
            let operation = reading.planned.api.operations.get(index)?;
            Some(operation.id.clone())
        };
        let was = id(old, *was).and_then(|id| before.get(&id).copied());
        let is = id(new, *is).and_then(|id| now.get(&id).copied());
        if let (Some(was), Some(is)) = (was, is) {
            renames.call(was, is, names);
        }
    }
    let fields = changes
        .iter()
        .filter(|change| matches!(change.kind, Kind::PropertyRenamed | Kind::ParameterRenamed));
    renames.lost.extend(fields.filter_map(|change| {
        let message = format!("{} {}: a value has one name", change.subject, change.what);
        Some((change.new.clone()?, message))
    }));
    renames
}

/// A method with its resource.
type Call<'c> = (&'c Resource, &'c Method);

/// By the ids of their operations.
fn calls(krate: &Crate) -> HashMap<String, Call<'_>> {
    let calls = krate.methods().flat_map(|(resource, method)| {
        let ids = method.ids.iter().cloned();
        ids.map(move |id| (id, (resource, method)))
    });
    calls.collect()
}

impl Renames {
    fn call(&mut self, was: Call<'_>, is: Call<'_>, names: &Names) {
        let named = |(resource, method): Call<'_>| {
            format!("{}.{}", resource.dotted(), method.name.as_str())
        };
        let pair = (named(was), named(is));
        // Twins are one method.
        if pair.0 != pair.1 && !self.methods.contains(&pair) {
            if signature(was.1, names) == signature(is.1, &Names::default()) {
                self.methods.push(pair);
            } else if let Some(at) = is.1.at.first() {
                let message = format!(
                    "`{}` can't be kept as a name of `{}`: it takes or gives something else now",
                    pair.0, pair.1
                );
                self.lost.push((at.clone(), message));
            }
        }
        let mut ty = |old: &Ident, new: &Ident| {
            let pair = (path(&was.0.path, old), path(&is.0.path, new));
            if pair.0 != pair.1 && !self.types.contains(&pair) {
                self.types.push(pair);
            }
        };
        ty(&was.1.builder, &is.1.builder);
        if let (Some(old), Some(new)) = (&was.1.required, &is.1.required) {
            ty(&old.name, &new.name);
        }
        if let (Answer::ByStatus(old), Answer::ByStatus(new)) = (&was.1.answer, &is.1.answer) {
            ty(&old.name, &new.name);
        }
    }
}

/// What a method takes and gives.
fn signature(method: &Method, names: &Names) -> Vec<String> {
    let required = method.required.iter().flat_map(|one| &one.fields);
    let taken = method.in_path_order().into_iter().chain(required);
    let given = std::iter::once(&method.output);
    taken
        .map(|argument| &argument.ty)
        .chain(given)
        .map(|ty| names.ty(ty))
        .collect()
}
