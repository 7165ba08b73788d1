//! A model: a plain struct and a description of its fields.

use super::value::{Get, MapGet, MapSlot, Slot, Value};

/// An object with known keys. Decoding, encoding, cloning, comparing and showing it exist once, over this trait.
pub trait Model {
    /// What it looks like.
    fn shape(&self) -> ModelShape;

    /// The field at this index of [`ModelShape::fields`], to decode into; the model itself beyond the last one.
    fn field_mut(&mut self, index: usize) -> &mut dyn Value;

    /// What to encode for the field at this index of [`ModelShape::fields`]: without a detour through
    /// [`Value`], since encoding asks for every field.
    fn get(&self, index: usize) -> Get<'_>;

    /// Where to decode further keys into, if the model keeps them.
    fn additional_slot(&mut self) -> Option<&mut dyn MapSlot> {
        None
    }

    /// Further keys to encode.
    fn additional(&self) -> Option<&dyn MapGet> {
        None
    }
}

impl dyn Model + '_ {
    /// The fields, in document order.
    #[inline]
    pub(super) fn fields(&self) -> &'static [Field] {
        self.shape().fields
    }

    /// Where to decode the field at this index into.
    #[inline]
    pub(super) fn slot(&mut self, index: usize) -> Slot<'_> {
        self.field_mut(index).slot()
    }
}

/// Not `#[inline]`, as nothing generic here and in `value`: each codegen unit of a program would have its own copy of this
/// and of all that it leads to.
impl<T: Model> Value for T {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn get(&self) -> Get<'_> {
        Get::Object(self)
    }
}

impl<T: Model> Model for Box<T> {
    fn shape(&self) -> ModelShape {
        T::shape(self)
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        T::field_mut(self, index)
    }

    fn get(&self, index: usize) -> Get<'_> {
        T::get(self, index)
    }

    fn additional_slot(&mut self) -> Option<&mut dyn MapSlot> {
        T::additional_slot(self)
    }

    fn additional(&self) -> Option<&dyn MapGet> {
        T::additional(self)
    }
}

/// What a model looks like.
#[derive(Clone, Copy, Debug)]
pub struct ModelShape {
    /// The type's name.
    pub name: &'static str,
    /// The fields, in document order.
    pub fields: &'static [Field],
}

/// A field of a model, by its name on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    /// The wire must have it.
    Required(&'static str),
    /// The wire may leave it out.
    Optional(&'static str),
    /// The wire must have it; what is in it is shown to nobody but the service.
    RequiredSecret(&'static str),
    /// The wire may leave it out; what is in it is shown to nobody but the service.
    OptionalSecret(&'static str),
}

impl Field {
    /// On the wire.
    #[inline]
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Required(name) | Self::RequiredSecret(name) => name,
            Self::Optional(name) | Self::OptionalSecret(name) => name,
        }
    }

    /// Whether the wire must have it.
    #[inline]
    pub(super) fn is_required(self) -> bool {
        matches!(self, Self::Required(_) | Self::RequiredSecret(_))
    }

    /// Whether what is in it is shown to nobody.
    #[inline]
    pub(super) fn is_secret(self) -> bool {
        matches!(self, Self::RequiredSecret(_) | Self::OptionalSecret(_))
    }
}

/// What every model has in place of derives.
macro_rules! model {
    ($name:ident) => {
        $crate::runtime::model::model!(@of [] $name);
    };
    (generic $name:ident) => {
        $crate::runtime::model::model!(
            @of [T: $crate::runtime::value::Value + ::std::default::Default]
            $name<T>
        );
    };
    (@of [$($bounds:tt)*] $name:ty) => {
        $crate::runtime::clone::clones!(@of [$($bounds)*] $name);
        $crate::runtime::forwards::forwards!(@of [$($bounds)*] $name);
    };
}

pub(crate) use model;
