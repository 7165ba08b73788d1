//! stub

use crate::api::NotGenerated;

/// A document as read.
#[derive(Clone, Debug)]
pub struct Document {
    /// In openapiv3's terms.
    pub openapi: openapiv3::OpenAPI,
    /// As it stands.
    pub value: serde_json::Value,
    /// Operations that could not be read.
    pub unreadable: Vec<NotGenerated>,
}
