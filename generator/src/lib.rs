//! Turns an OpenAPI description into a Rust SDK.
//!
//! One way through the house:
//!
//! ```text
//! load   text -> value -> document, with the place of every node
//! lower  document -> Api      what does it mean?         wire names and JSON pointers, no Rust
//! plan   Api -> Crate         how do we say it in Rust?  every identifier final, no OpenAPI
//! emit   Crate -> Files       templates, quote, prettyplease; cannot fail, decides nothing
//! write  Files -> disk        or `check`, which compares
//! ```

pub mod api;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod files;
pub mod load;
pub mod lower;
pub mod model;
pub mod plan;
pub mod pointer;
pub mod source;
