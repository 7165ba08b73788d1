//! Old names that are kept beside the new ones, deprecated.

use crate::plan::names::Ident;

/// An old name of a type, in the module that had it.
#[derive(Clone, Debug)]
pub struct OldType {
    /// As the configuration names it (`pets::Pet`).
    pub path: String,
    /// Its last word.
    pub name: Ident,
    /// The module of the type.
    pub module: Vec<Ident>,
    /// What the type is called now.
    pub now: Ident,
    /// Whether it borrows the client, as builders do.
    pub borrows: bool,
    /// The version that has the new name.
    pub since: Option<String>,
    /// Cargo features with any of which the type is compiled, where its module is with more.
    pub features: Vec<String>,
}

/// An old name of a method, on the same handle.
#[derive(Clone, Debug)]
pub struct OldMethod {
    /// As the configuration names it (`pets.list`).
    pub path: String,
    /// Its last word.
    pub name: Ident,
    /// The method that it is, by index.
    pub method: usize,
    /// The version that has the new name.
    pub since: Option<String>,
}
