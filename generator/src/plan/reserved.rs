//! Type names that no type of a document gets.

/// What the prelude has, what emitted files import, and what the crate's root offers.
pub(super) const TYPES: &[&str] = &[
    // The prelude.
    "Option", "Some", "None", "Result", "Ok", "Err", "String", "Vec", "Box", "Self", "Default", "Clone", "Copy", "Debug",
    "Send", "Sync", "Sized", "Drop", "Fn", "FnMut", "FnOnce", "Iterator", "IntoIterator", "Extend", "From", "Into",
    "TryFrom", "TryInto", "FromIterator", "AsRef", "AsMut", "ToOwned", "ToString", "PartialEq", "Eq", "PartialOrd", "Ord",
    "Hash", "Unpin", "Future", "IntoFuture",
    // What emitted files use.
    "Answer", "BTreeMap", "Bytes", "Call", "Client", "ClientBuilder", "CredentialKind", "CredentialPart",
    "CredentialPlace", "Credentials", "Date", "Envelope", "Error", "ErrorShape", "Exposed", "Field", "Get", "HttpMethod",
    "JsonValue", "MapGet", "MapSlot", "Model", "Nullable", "Operation", "RawResponse", "Response", "Retry", "Scope",
    "Secret", "Service", "ServiceError", "ServiceMessage", "Slot", "StringEnum", "Style", "Timestamp", "Transport",
    "Value",
];
