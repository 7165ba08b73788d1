//! The emitted files as one value: written, checked or listed by later steps.

use std::collections::BTreeMap;

/// Relative path (forward slashes) to text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);
