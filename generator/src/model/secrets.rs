//! What must not be kept of an exchange.

/// Where secrets stand that aren't credentials, by their names on the wire, each once.
#[derive(Clone, Debug, Default)]
pub struct SecretNames {
    /// Properties of objects, in JSON and in forms.
    pub fields: Vec<String>,
    /// Parameters, wherever they go.
    pub parameters: Vec<String>,
    /// Operations whose body or answer is a secret as a whole.
    pub operations: Vec<String>,
}
