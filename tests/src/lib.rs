//! What the programs and tests of this package share, and the examples of the README, compiled.

pub mod changes;
pub mod damage;
pub mod documents;
pub mod trial;
mod untyped;

/// Where the README's examples are compiled; its links are those of a repository, not of Rust.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
