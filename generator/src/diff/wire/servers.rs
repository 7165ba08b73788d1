//! Base URLs of the document.

use crate::diff::change::Change;
use crate::diff::kind::Kind;
use crate::diff::verdict::Effect;
use crate::diff::words::quoted;
use crate::pointer::Pointer;

use super::homes::CLIENT;
use super::{At, Walk, Words, both};

impl Walk<'_> {
    pub(super) fn servers(&mut self) {
        let urls = |servers: &[crate::api::Server]| -> Vec<String> {
            servers.iter().map(|server| server.url.clone()).collect()
        };
        let (old, new) = (urls(&self.old.servers), urls(&self.new.servers));
        let at = |index: usize| Pointer::root().child("servers").index(index);
        let gone: Vec<usize> = (0..old.len()).filter(|i| !new.contains(&old[*i])).collect();
        let come: Vec<usize> = (0..new.len()).filter(|i| !old.contains(&new[*i])).collect();
        let mut come = come.into_iter();
        for was in gone {
            match come.next() {
                Some(is) => self.server(
                    Kind::ServerChanged,
                    Effect::REQUESTS,
                    both(&at(was), &at(is)),
                    &old[was],
                    format!("became {}", quoted(&new[is])),
                    "requests go elsewhere; the crate sends them there",
                ),
                None => self.server(
                    Kind::ServerRemoved,
                    Effect::REQUESTS,
                    (Some(at(was)), None),
                    &old[was],
                    "was removed".to_owned(),
                    "requests to it may find nobody",
                ),
            }
        }
        for is in come {
            self.server(
                Kind::ServerAdded,
                Effect::Compatible,
                (None, Some(at(is))),
                &new[is],
                "was added".to_owned(),
                "nobody has to call it",
            );
        }
        if old.first() != new.first()
            && let (Some(was), Some(is)) = (old.first(), new.first())
            && old.contains(is)
            && new.contains(was)
        {
            self.server(
                Kind::ServerChanged,
                Effect::Compatible,
                both(&at(0), &at(0)),
                is,
                "is the first one now".to_owned(),
                "both are there as before; the crate calls the first one",
            );
        }
    }

    fn server(&mut self, kind: Kind, effect: Effect, at: At, url: &str, what: String, why: &str) {
        let words = Words {
            group: CLIENT,
            subject: format!("server {}", quoted(url)),
            what,
            why,
        };
        let change = Change::new(kind, effect, at);
        // Without any server, callers have to say where the service is.
        let is_followed = !self.new.servers.is_empty();
        self.say(
            if is_followed {
                change.followed()
            } else {
                change
            },
            words,
        );
    }
}
