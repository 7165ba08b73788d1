//! What belongs to the client as a whole: the crate's name, scopes, credentials.

use crate::diff::wire::{CLIENT, path};
use crate::model::Scope;
use crate::pointer::Pointer;

use super::code;
use super::items::{Items, Key};

impl Items<'_> {
    pub(super) fn client(&mut self) {
        CLIENT.clone_into(&mut self.group);
        let planned = &self.reading.planned;
        let title = Pointer::root().child("info").child("title");
        let library = &planned.krate.package.library;
        let named = self.add(
            "the crate".to_owned(),
            library.to_string(),
            vec![Key::at(&title)],
            Vec::new(),
        );
        named.code = code::import(library, "Client");
        self.scopes();
        let schemes = &planned.api.security_schemes;
        let credentials = &planned.krate.service.credentials;
        for credential in credentials {
            let arguments: Vec<String> = credential
                .parts
                .iter()
                .map(|part| part.argument.to_string())
                .collect();
            let keys = credential
                .parts
                .iter()
                .filter_map(|part| schemes.get(&part.scheme));
            let keys = keys.map(|scheme| Key::at(&scheme.at)).collect();
            // Arguments are secrets, all of one type: only their number counts.
            let made = format!("Credentials::{}", credential.constructor);
            let listed = arguments.join(", ");
            let item = self.add(format!("{made}()"), format!("({listed})"), keys, Vec::new());
            item.code = format!("let credentials = {made}({listed});");
        }
        if !credentials.is_empty() {
            let keys = schemes.values().map(|scheme| Key::at(&scheme.at)).collect();
            let path = "Client::new()".to_owned();
            let item = self.add(path, "(Credentials)", keys, Vec::new());
            "let client = Client::new(credentials);".clone_into(&mut item.code);
        }
    }

    /// Types for the fronts of paths.
    fn scopes(&mut self) {
        let library = &self.reading.planned.krate.package.library;
        for scope in &self.reading.planned.krate.scopes {
            match scope {
                Scope::Id { name, .. } => {
                    let item = self.add(name.to_string(), "struct", Vec::new(), Vec::new());
                    item.code = code::import(library, name.as_str());
                }
                Scope::OneOf { name, variants, .. } => {
                    let item = self.add(name.to_string(), "enum", Vec::new(), Vec::new());
                    item.code = code::import(library, name.as_str());
                    for variant in variants {
                        let uses = vec![path(&[], &variant.id)];
                        let held = format!("({})", variant.id);
                        let path = format!("{name}::{}", variant.name);
                        let item = self.add(path, held, Vec::new(), uses);
                        let held = Some(variant.id.as_str());
                        item.code = code::variant(name.as_str(), &variant.name, held);
                    }
                }
            }
        }
    }
}
