//! What belongs to the client as a whole: the crate's name, scopes, credentials.

use crate::diff::wire::{CLIENT, path};
use crate::model::Scope;
use crate::pointer::Pointer;

use super::items::{Items, Key};

impl Items<'_> {
    pub(super) fn client(&mut self) {
        CLIENT.clone_into(&mut self.group);
        let planned = &self.reading.planned;
        let title = Pointer::root().child("info").child("title");
        let library = &planned.krate.package.library;
        self.add(
            "the crate".to_owned(),
            library.to_string(),
            vec![Key::at(&title)],
            Vec::new(),
        );
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
            self.add(
                format!("Credentials::{}()", credential.constructor),
                format!("({})", arguments.join(", ")),
                keys,
                Vec::new(),
            );
        }
        if !credentials.is_empty() {
            let keys = schemes.values().map(|scheme| Key::at(&scheme.at)).collect();
            self.add(
                "Client::new()".to_owned(),
                "(Credentials)",
                keys,
                Vec::new(),
            );
        }
    }

    /// Types for the fronts of paths.
    fn scopes(&mut self) {
        for scope in &self.reading.planned.krate.scopes {
            match scope {
                Scope::Id { name, .. } => {
                    self.add(name.to_string(), "struct", Vec::new(), Vec::new());
                }
                Scope::OneOf { name, variants, .. } => {
                    self.add(name.to_string(), "enum", Vec::new(), Vec::new());
                    for variant in variants {
                        let uses = vec![path(&[], &variant.id)];
                        let held = format!("({})", variant.id);
                        self.add(format!("{name}::{}", variant.name), held, Vec::new(), uses);
                    }
                }
            }
        }
    }
}
