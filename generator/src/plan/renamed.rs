//! Old names of types and methods, which the configuration wants kept.

use crate::config::{Config, RenamedConfig};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Answer, Crate, Method, OldMethod, OldType, Part, Resource, TypeItem};
use crate::pointer::Pointer;

use super::names::{Ident, Use, lone};

/// Puts every old name where callers look for it, and says which can't be there.
pub(super) fn keep(config: &Config, krate: &mut Crate, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &config.renamed {
        let kept = match (&entry.type_, &entry.method) {
            (Some(old), None) => keep_type(old, entry, krate),
            (None, Some(old)) => keep_method(old, entry, krate),
            _ => Err(Lost::Stale(format!(
                "the entry of `[[renamed]]` for `{}` has to name a `type` or a `method`",
                entry.to
            ))),
        };
        match kept {
            Ok(()) => {}
            Err(Lost::Stale(message)) => {
                let said = Diagnostic::new(Code::StaleConfiguration, Pointer::root(), message);
                diagnostics.push(said.help("correct or remove the entry"));
            }
            Err(Lost::NotKept(at, message)) => {
                let said = Diagnostic::new(Code::RenameNotKept, at, message);
                diagnostics.push(said.help("callers have to change the name"));
            }
        }
    }
}

/// Why an old name isn't kept.
enum Lost {
    /// The entry names what isn't there.
    Stale(String),
    /// There is no place for it.
    NotKept(Pointer, String),
}

/// A public type: one of the document, or one of a call.
struct Known {
    module: Vec<Ident>,
    name: Ident,
    borrows: bool,
    at: Pointer,
    /// With which of the features that its module has it is compiled; none: with all.
    gate: Vec<String>,
}

impl Known {
    fn path(&self) -> String {
        let modules = self.module.iter().chain([&self.name]);
        let words: Vec<&str> = modules.map(Ident::as_str).collect();
        words.join("::")
    }
}

fn keep_type(old: &str, entry: &RenamedConfig, krate: &mut Crate) -> Result<(), Lost> {
    let known = known(krate);
    let Some(now) = known.iter().find(|one| one.path() == entry.to) else {
        return Err(Lost::Stale(format!(
            "`[[renamed]]` names the type `{}`, which the crate doesn't have",
            entry.to
        )));
    };
    let lost = |why: &str| {
        let message = format!("`{old}` can't be kept as a name of `{}`: {why}", entry.to);
        Lost::NotKept(now.at.clone(), message)
    };
    let (module, name) = old.rsplit_once("::").unwrap_or(("", old));
    let ident = lone(Use::Type, name);
    if ident.as_str() != name {
        return Err(lost("it isn't a name that a type has"));
    }
    if known.iter().any(|one| one.path() == old) || is_handle(krate, old) {
        return Err(lost("another type is called that"));
    }
    let is_own = module_text(&now.module) == module;
    let features = if is_own || !now.gate.is_empty() {
        now.gate.clone()
    } else {
        features_of(&krate.resources, &now.module)
    };
    let kept = OldType {
        path: old.to_owned(),
        name: ident,
        module: now.module.clone(),
        now: now.name.clone(),
        borrows: now.borrows,
        since: entry.since.clone(),
        features,
    };
    let no_module = || lost("its module is gone");
    if !krate.shared_types.is_empty() && module_text(&krate.shared_module) == module {
        krate.shared_old_types.push(kept);
        return Ok(());
    }
    let dotted = module.replace("::", ".");
    let resource = resource_mut(&mut krate.resources, &dotted).ok_or_else(no_module)?;
    resource.old_types.push(kept);
    Ok(())
}

fn keep_method(old: &str, entry: &RenamedConfig, krate: &mut Crate) -> Result<(), Lost> {
    let (of_old, name) = old.rsplit_once('.').unwrap_or(("", old));
    let (of_new, now) = entry.to.rsplit_once('.').unwrap_or(("", &entry.to));
    let found = resource_mut(&mut krate.resources, of_new).and_then(|resource| {
        let mut methods = resource.methods.iter();
        let method = methods.position(|method| method.name.as_str() == now)?;
        Some((resource, method))
    });
    let Some((resource, method)) = found else {
        return Err(Lost::Stale(format!(
            "`[[renamed]]` names the method `{}`, which the crate doesn't have",
            entry.to
        )));
    };
    let at = resource.methods[method].at.first().cloned();
    let lost = |why: &str| {
        let message = format!("`{old}` can't be kept as a name of `{}`: {why}", entry.to);
        Lost::NotKept(at.clone().unwrap_or_else(Pointer::root), message)
    };
    if of_old != of_new {
        return Err(lost("it stands in another resource now"));
    }
    let ident = lone(Use::Method, name);
    if ident.as_str() != name {
        return Err(lost("it isn't a name that a method has"));
    }
    let methods = resource.methods.iter().map(|method| &method.name);
    let children = resource.children.iter().map(|child| &child.module);
    let before = resource.old_methods.iter().map(|method| &method.name);
    let mut taken = methods.chain(children).chain(before);
    if name == "new" || taken.any(|taken| *taken == ident) {
        return Err(lost("another method is called that"));
    }
    resource.old_methods.push(OldMethod {
        path: old.to_owned(),
        name: ident,
        method,
        since: entry.since.clone(),
    });
    Ok(())
}

/// Every public type that a rename may lead to, old names included.
fn known(krate: &Crate) -> Vec<Known> {
    let mut known = Vec::new();
    types(
        &krate.shared_types,
        &krate.shared_module,
        &krate.shared_parts,
        &mut known,
    );
    let shared = krate.shared_old_types.iter();
    known.extend(shared.map(|old| again(old, &krate.shared_module)));
    for resource in krate.all_resources() {
        types(&resource.types, &resource.path, &resource.parts, &mut known);
        for method in &resource.methods {
            calls(method, resource, &mut known);
        }
        let old = resource.old_types.iter();
        known.extend(old.map(|old| again(old, &resource.path)));
    }
    known
}

fn again(old: &OldType, module: &[Ident]) -> Known {
    Known {
        module: module.to_vec(),
        name: old.name.clone(),
        borrows: old.borrows,
        at: Pointer::root(),
        gate: old.features.clone(),
    }
}

fn types(items: &[TypeItem], module: &[Ident], parts: &[Part], known: &mut Vec<Known>) {
    for (index, item) in items.iter().enumerate() {
        if !item.is_of_document() {
            continue;
        }
        let (at, required) = match item {
            TypeItem::Model(model) => (&model.at, model.required.as_ref()),
            TypeItem::Enum(item) => (&item.at, None),
            TypeItem::Union(union) => (&union.at, None),
        };
        let gate = gate(parts, &|part: &Part| part.types.contains(&index)).unwrap_or_default();
        for name in std::iter::once(item.name()).chain(required) {
            known.push(Known {
                module: module.to_vec(),
                name: name.clone(),
                borrows: false,
                at: at.clone(),
                gate: gate.clone(),
            });
        }
    }
}

fn calls(method: &Method, resource: &Resource, known: &mut Vec<Known>) {
    let required = method.required.iter().map(|required| &required.name);
    let answer = match &method.answer {
        Answer::ByStatus(answer) => Some(&answer.name),
        _ => None,
    };
    let plain = required.chain(answer).map(|name| (name, false));
    for (name, borrows) in std::iter::once((&method.builder, true)).chain(plain) {
        known.push(Known {
            module: resource.path.clone(),
            name: name.clone(),
            borrows,
            at: method.at.first().cloned().unwrap_or_else(Pointer::root),
            gate: Vec::new(),
        });
    }
}

/// The features of the part that holds something; none: no part does.
fn gate(parts: &[Part], holds: &dyn Fn(&Part) -> bool) -> Option<Vec<String>> {
    parts.iter().find_map(|part| {
        let inner = gate(&part.parts, holds);
        match inner {
            Some(features) if !features.is_empty() => Some(features),
            Some(_) => Some(part.features.clone()),
            None => holds(part).then(|| part.features.clone()),
        }
    })
}

/// With which a module is compiled: its own, else those of the nearest one above that has any.
fn features_of(resources: &[Resource], module: &[Ident]) -> Vec<String> {
    let Some((first, rest)) = module.split_first() else {
        return Vec::new();
    };
    let Some(resource) = resources.iter().find(|one| one.module == *first) else {
        return Vec::new();
    };
    let below = features_of(&resource.children, rest);
    if below.is_empty() {
        resource.features.clone()
    } else {
        below
    }
}

fn is_handle(krate: &Crate, path: &str) -> bool {
    krate
        .all_resources()
        .any(|resource| path == format!("{}::{}", module_text(&resource.path), resource.handle))
}

fn module_text(module: &[Ident]) -> String {
    let words: Vec<&str> = module.iter().map(Ident::as_str).collect();
    words.join("::")
}

fn resource_mut<'r>(resources: &'r mut [Resource], dotted: &str) -> Option<&'r mut Resource> {
    for resource in resources {
        let own = resource.dotted();
        if own == dotted {
            return Some(resource);
        }
        if dotted.starts_with(&format!("{own}.")) {
            return resource_mut(&mut resource.children, dotted);
        }
    }
    None
}
