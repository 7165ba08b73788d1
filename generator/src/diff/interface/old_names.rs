//! Old names that a crate keeps beside the new ones: callers who write them compile.

use crate::diff::wire::path;
use crate::model::OldType;
use crate::plan::names::Ident;

use super::items::{Item, Items};

impl Items<'_> {
    /// After everything else.
    pub(super) fn old_names(&mut self) {
        let krate = &self.reading.planned.krate;
        let shared = krate.shared_old_types.iter();
        let own = krate.all_resources().flat_map(|one| &one.old_types);
        let types: Vec<&OldType> = shared.chain(own).collect();
        let mut copied = Vec::new();
        for old in &types {
            copied.extend(self.old_type(old).then_some(*old));
        }
        for resource in krate.all_resources() {
            let accessors = resource.dotted().replace('.', "().");
            let named = |name: &Ident| format!("client.{accessors}().{name}()");
            for old in &resource.old_methods {
                let Some(method) = resource.methods.get(old.method) else {
                    continue;
                };
                if let Some(item) = self.all.get(&named(&method.name)) {
                    // As the older crate spells it.
                    let mut item = item.clone();
                    for old in &copied {
                        let now = path(&old.module, &old.now);
                        item.signature = item.signature.replace(&now, &old.path);
                    }
                    self.all.insert(named(&old.name), item);
                }
            }
        }
    }

    /// Gives whether the old path leads to items of its own.
    fn old_type(&mut self, old: &OldType) -> bool {
        let now = path(&old.module, &old.now);
        let Some(item) = self.all.get_mut(&now) else {
            return false;
        };
        if let Some((word, real)) = item.signature.split_once(' ')
            && real == now
        {
            // A type of the document: on both sides it has the newer path.
            let also = format!("{word} {}", old.path);
            item.also.push(also);
            return false;
        }
        self.copy(&now, &old.path);
        true
    }

    /// What is called like that, under another name as well.
    fn copy(&mut self, now: &str, old: &str) {
        let below = self.all.iter().filter_map(|(path, item)| {
            let rest = path.strip_prefix(now)?;
            let is_own = rest.is_empty() || rest.starts_with([':', '.']);
            is_own.then(|| (format!("{old}{rest}"), item.clone()))
        });
        let below: Vec<(String, Item)> = below.collect();
        self.all.extend(below);
    }
}
