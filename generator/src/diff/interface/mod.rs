//! What differs between the public items of two crates, and which change of the document did it.

mod calls;
mod changed;
mod client;
mod code;
mod items;
mod keys;
mod link;
mod names;
mod old_names;
mod slots;
mod types;

pub(super) use self::link::link;
pub(super) use self::names::Names;
