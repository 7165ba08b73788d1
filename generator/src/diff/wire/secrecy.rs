//! What begins or ceases to be a secret.

use super::{Walk, Words, both};
use crate::api::SchemaId;
use crate::diff::kind::Kind;
use crate::diff::verdict::Effect;
use crate::pointer::Pointer;

/// What holds a value: a property or a parameter.
pub(super) struct Held {
    pub(super) secret: bool,
    pub(super) schema: SchemaId,
    pub(super) at: Pointer,
}

impl Walk<'_> {
    /// Whether it is kept and shown as before. A value of another shape is told by itself.
    pub(super) fn secrecy(&mut self, was: &Held, is: &Held, group: &str, subject: String) {
        let (old, new) = (self.old.schema(was.schema), self.new.schema(is.schema));
        if was.secret == is.secret || old.shape != new.shape {
            return;
        }
        let now = if is.secret {
            "a secret now"
        } else {
            "no secret any more"
        };
        self.tell(
            Kind::SecrecyChanged,
            Effect::Compatible,
            both(&was.at, &is.at),
            Words {
                group,
                subject,
                what: format!("is {now}"),
                why: "the same text travels; only how it is kept and shown differs",
            },
        );
    }
}
