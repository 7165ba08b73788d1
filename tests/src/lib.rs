//! What the programs and tests of this package share, and the examples of the README, compiled.

pub mod changes;
pub mod claims;
pub mod damage;
pub mod documents;
pub mod examples;
pub mod made;
pub mod memory;
pub mod program;
pub mod round_trips;
pub mod rust_types;
pub mod soak;
pub mod trial;
pub mod typed;
mod untyped;
pub mod validity;
pub mod wholes;

/// Where the README's examples are compiled; its links are those of a repository, not of Rust.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
