//! Resources, their methods, and the builders of calls.

use crate::api::Operation;
use crate::diff::wire::path;
use crate::model::{Answer, Argument, Method, Resource, Streamed};

use super::code;
use super::items::{Items, Key, Part, is_exact, listed};
use super::keys::Lookup;
use super::names::Names;

impl Items<'_> {
    pub(super) fn calls(&mut self) {
        let lookup = Lookup::of(&self.reading.planned.api);
        for resource in self.reading.planned.krate.all_resources() {
            self.group = resource.dotted();
            self.resource(resource);
            for method in &resource.methods {
                self.method(resource, method, &lookup);
            }
        }
    }

    /// The way to it, and its handle.
    fn resource(&mut self, resource: &Resource) {
        let below = operations_below(resource);
        let accessor = format!("client.{}()", resource.dotted().replace('.', "()."));
        let handle = path(&resource.path, &resource.handle);
        let item = self.add(accessor.clone(), handle.clone(), below.clone(), Vec::new());
        item.code = format!("let handle: {handle}<'_> = {accessor};");
        for feature in &resource.features {
            // A resource may be compiled with any of several, each of which may bring more than it.
            let path = format!("feature `{feature}`");
            match self.all.get_mut(&path) {
                Some(item) => item.keys.extend(below.iter().cloned()),
                None => {
                    let code = format!("// Cargo.toml: features = [{feature:?}]");
                    self.add(path, "", below.clone(), Vec::new()).code = code;
                }
            }
        }
    }

    fn method(&mut self, resource: &Resource, method: &Method, lookup: &Lookup<'_>) {
        let operations: Vec<&Operation> = method
            .ids
            .iter()
            .filter_map(|id| lookup.operation(id))
            .collect();
        let mut keys: Vec<Key> = method.at.iter().map(Key::at).collect();
        let call = path(&resource.path, &method.builder);
        let mut parts: Vec<Part> = method
            .in_path_order()
            .into_iter()
            .map(|argument| self.argument(argument, &operations, lookup))
            .collect();
        if let Some(required) = &method.required {
            let fields = required.fields.iter();
            let fields: Vec<Part> = fields
                .map(|field| {
                    let part = self.argument(field, &operations, lookup);
                    Part {
                        text: format!("{}: {}", field.name, part.text),
                        exact: false,
                        ..part
                    }
                })
                .collect();
            let name = path(&resource.path, &required.name);
            let signature = listed(&fields);
            let item = self.add_of_parts(name.clone(), signature, fields, keys.clone(), Vec::new());
            item.code = code::written_out(&name, &code::arguments(&required.fields));
            parts.push(Part {
                id: "required".to_owned(),
                text: name,
                exact: false,
                keys: Vec::new(),
            });
        }
        let mut uses: Vec<String> = method
            .arguments
            .iter()
            .flat_map(|one| self.names.uses(&one.ty))
            .collect();
        uses.extend(self.names.uses(&method.output));
        let arguments = listed(&parts);
        let output = Part {
            id: "output".to_owned(),
            text: self.names.ty(&method.output),
            exact: false,
            keys: operations
                .iter()
                .flat_map(|one| lookup.output(one))
                .collect(),
        };
        let signature = format!("{arguments} -> {}", output.text);
        parts.push(output);
        let accessors = resource.dotted().replace('.', "().");
        let name = format!("client.{accessors}().{}()", method.name);
        let sent = sent(resource, method, &name);
        self.add_of_parts(name, signature, parts, keys.clone(), uses)
            .code = sent;
        self.add(call.clone(), "call", keys.clone(), Vec::new())
            .code = format!("let call: {call}<'_>;");
        if method.takes_parts {
            let item = self.add(format!("{call}::part()"), "", keys.clone(), Vec::new());
            item.code = format!("let call: {call}<'_> = call.part(name, part);");
        }
        if let Some(streamed) = &method.streamed {
            let (item, uses) = (
                self.names.ty(streamed.item()),
                self.names.uses(streamed.item()),
            );
            let stream = match streamed {
                Streamed::Lines(_) => "LineStream",
                Streamed::Events(_) => "EventValues",
            };
            let signature = format!("-> {stream}<{item}>");
            let mut own: Vec<Key> = operations
                .iter()
                .flat_map(|one| lookup.output(one))
                .collect();
            own.extend(keys.iter().map(|key| Key::remote(&key.at)));
            let item = self.add(format!("{call}::stream_values()"), signature, own, uses);
            item.code = "let values = call.stream_values();".to_owned();
        }
        for setter in &method.setters {
            let part = self.argument(setter, &operations, lookup);
            let uses = self.names.uses(&setter.ty);
            let signature = format!("({})", part.text);
            let mut own = part.keys.clone();
            own.extend(keys.iter().map(|key| Key::remote(&key.at)));
            let name = format!("{call}::{}()", setter.name);
            let argument = code::arguments([setter]).pop().unwrap_or_default();
            self.add_of_parts(name, signature, vec![part], own, uses)
                .code = code::set("call", &format!("{call}<'_>"), &setter.name, argument);
        }
        if let Answer::ByStatus(answer) = &method.answer {
            keys.extend(operations.iter().flat_map(|one| lookup.output(one)));
            let name = path(&resource.path, &answer.name);
            let library = &self.reading.planned.krate.package.library;
            self.add(name.clone(), "enum", keys.clone(), Vec::new())
                .code = code::import(library, &name);
            for variant in &answer.variants {
                let held = variant.ty.as_ref();
                let signature =
                    held.map_or_else(String::new, |ty| format!("({})", self.names.ty(ty)));
                let uses = held.map(|ty| self.names.uses(ty)).unwrap_or_default();
                let path = format!("{name}::{}", variant.name);
                let own = held.map(|ty| Names::default().ty(ty));
                self.add(path, signature, keys.clone(), uses).code =
                    code::variant(&name, &variant.name, own.as_deref());
            }
        }
    }

    fn argument(
        &self,
        argument: &Argument,
        operations: &[&Operation],
        lookup: &Lookup<'_>,
    ) -> Part {
        let keys = operations
            .iter()
            .flat_map(|operation| lookup.argument(operation, &argument.place));
        Part {
            id: argument.name.to_string(),
            text: self.names.ty(&argument.ty),
            exact: is_exact(&argument.ty),
            keys: keys.collect(),
        }
    }
}

/// How callers send it; `name` is its path, with empty parentheses at the end.
fn sent(resource: &Resource, method: &Method, name: &str) -> String {
    let mut arguments = code::arguments(method.in_path_order());
    if let Some(required) = &method.required {
        let ty = path(&resource.path, &required.name);
        arguments.push((required.argument.to_string(), ty));
    }
    let output = Names::default().ty(&method.output);
    code::call(name.trim_end_matches("()"), &arguments, &output)
}

/// Where the operations of a resource and of those below it stand.
fn operations_below(resource: &Resource) -> Vec<Key> {
    let own = resource.methods.iter().flat_map(|method| &method.at);
    let mut keys: Vec<Key> = own.map(Key::at).collect();
    for child in &resource.children {
        keys.extend(operations_below(child));
    }
    keys
}
