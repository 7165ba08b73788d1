//! A model: a plain struct and a description of its fields.

use super::value::{Get, MapGet, MapSlot, Slot};

/// An object with known keys. Decoding, encoding, comparing and showing it exist once, over this trait.
pub trait Model {
    /// The type's name.
    fn name(&self) -> &'static str;

    /// The fields, in document order.
    fn fields(&self) -> &'static [Field];

    /// Where to decode the field at this index of [`Model::fields`] into.
    fn slot(&mut self, field: usize) -> Slot<'_>;

    /// What to encode for the field at this index of [`Model::fields`].
    fn get(&self, field: usize) -> Get<'_>;

    /// Where to decode further keys into, if the model keeps them.
    fn additional_slot(&mut self) -> Option<&mut dyn MapSlot> {
        None
    }

    /// Further keys to encode.
    fn additional(&self) -> Option<&dyn MapGet> {
        None
    }
}

/// A field of a model.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// On the wire.
    pub name: &'static str,
    /// Whether the wire must have it.
    pub required: bool,
}

impl Field {
    /// A field that the wire must have.
    pub const fn required(name: &'static str) -> Self {
        Self { name, required: true }
    }

    /// A field that the wire may leave out.
    pub const fn optional(name: &'static str) -> Self {
        Self { name, required: false }
    }
}
