//! The objects of OpenAPI 3.0 as repair sees them: how one is read, what stands below it, and what is
//! left when the rest of it is taken away.

use openapiv3 as v3;
use openapiv3::ReferenceOr;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// One kind of object.
pub(super) struct Kind {
    /// With its article.
    pub(super) name: &'static str,
    /// Tries to read one; says what is wrong.
    pub(super) read: fn(&Value) -> Result<(), String>,
    /// The least that can be read; an unreadable key is replaced by its value here, or removed.
    pub(super) frame: fn(&Map<String, Value>) -> Value,
    /// Keys of the frame that can't be made up: without them the object is of no use.
    pub(super) essential: &'static [&'static str],
    /// What stands below it.
    pub(super) parts: &'static [(&'static str, Part)],
    /// What every other key holds, extensions aside.
    pub(super) entries: Option<&'static Kind>,
    /// Whether the frame stands in for one that can't be mended; else it is taken out.
    pub(super) replaceable: bool,
}

/// What stands below a key.
pub(super) enum Part {
    /// One object.
    One(&'static Kind),
    /// An array of them.
    List(&'static Kind),
    /// A map of them.
    Map(&'static Kind),
}

use Part::{List, Map as Members, One};

fn reads<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<(), String> {
    T::deserialize(value)
        .map(drop)
        .map_err(|error| error.to_string())
}

/// Kinds that have nothing special; the others say what they differ in.
const PLAIN: Kind = Kind {
    name: "an object",
    read: reads::<Map<String, Value>>,
    frame: |_| json!({}),
    essential: &[],
    parts: &[],
    entries: None,
    replaceable: false,
};

/// The document itself.
pub(super) static DOCUMENT: Kind = Kind {
    name: "an OpenAPI document",
    read: reads::<v3::OpenAPI>,
    frame: |_| json!({"openapi": "3.0.3", "info": {"title": "API", "version": "0.0.0"}, "paths": {}}),
    parts: &[
        ("info", One(&INFO)),
        ("servers", List(&SERVER)),
        ("paths", One(&PATHS)),
        ("components", One(&COMPONENTS)),
        ("security", List(&SECURITY_REQUIREMENT)),
        ("tags", List(&TAG)),
        ("externalDocs", One(&EXTERNAL_DOCS)),
    ],
    ..PLAIN
};

static INFO: Kind = Kind {
    name: "an info object",
    read: reads::<v3::Info>,
    frame: |_| json!({"title": "API", "version": "0.0.0"}),
    replaceable: true,
    ..PLAIN
};

static SERVER: Kind = Kind {
    name: "a server",
    read: reads::<v3::Server>,
    frame: |_| json!({"url": ""}),
    essential: &["url"],
    parts: &[("variables", Members(&SERVER_VARIABLE))],
    ..PLAIN
};

static SERVER_VARIABLE: Kind = Kind {
    name: "a server variable",
    read: reads::<v3::ServerVariable>,
    frame: |_| json!({"default": ""}),
    replaceable: true,
    ..PLAIN
};

static EXTERNAL_DOCS: Kind = Kind {
    name: "a link to documentation",
    read: reads::<v3::ExternalDocumentation>,
    frame: |_| json!({"url": ""}),
    essential: &["url"],
    ..PLAIN
};

static SECURITY_REQUIREMENT: Kind = Kind {
    name: "a security requirement",
    read: reads::<v3::SecurityRequirement>,
    ..PLAIN
};

static TAG: Kind = Kind {
    name: "a tag",
    read: reads::<v3::Tag>,
    frame: |_| json!({"name": ""}),
    essential: &["name"],
    parts: &[("externalDocs", One(&EXTERNAL_DOCS))],
    ..PLAIN
};

static PATHS: Kind = Kind {
    name: "an object of paths",
    read: reads::<v3::Paths>,
    entries: Some(&PATH_ITEM),
    replaceable: true,
    ..PLAIN
};

static PATH_ITEM: Kind = Kind {
    name: "a path item",
    read: reads::<ReferenceOr<v3::PathItem>>,
    parts: PATH_ITEM_PARTS,
    ..PLAIN
};

/// Below a callback, where `$ref` isn't read.
static CALLBACK_PATH_ITEM: Kind = Kind {
    read: reads::<v3::PathItem>,
    ..Kind {
        name: "a path item",
        parts: PATH_ITEM_PARTS,
        ..PLAIN
    }
};

static PATH_ITEM_PARTS: &[(&str, Part)] = &[
    ("get", One(&OPERATION)),
    ("put", One(&OPERATION)),
    ("post", One(&OPERATION)),
    ("delete", One(&OPERATION)),
    ("options", One(&OPERATION)),
    ("head", One(&OPERATION)),
    ("patch", One(&OPERATION)),
    ("trace", One(&OPERATION)),
    ("servers", List(&SERVER)),
    ("parameters", List(&PARAMETER)),
];

static OPERATION: Kind = Kind {
    name: "an operation",
    read: reads::<v3::Operation>,
    frame: |_| json!({"responses": {}}),
    parts: &[
        ("externalDocs", One(&EXTERNAL_DOCS)),
        ("parameters", List(&PARAMETER)),
        ("requestBody", One(&REQUEST_BODY)),
        ("responses", One(&RESPONSES)),
        ("callbacks", Members(&CALLBACK)),
        ("security", List(&SECURITY_REQUIREMENT)),
        ("servers", List(&SERVER)),
    ],
    ..PLAIN
};

static CALLBACK: Kind = Kind {
    name: "a callback",
    read: reads::<v3::Callback>,
    entries: Some(&CALLBACK_PATH_ITEM),
    ..PLAIN
};

/// Below `components`, where `$ref` is read.
static SHARED_CALLBACK: Kind = Kind {
    name: "a callback",
    read: reads::<ReferenceOr<v3::Callback>>,
    entries: Some(&CALLBACK_PATH_ITEM),
    ..PLAIN
};

static PARAMETER: Kind = Kind {
    name: "a parameter",
    read: reads::<ReferenceOr<v3::Parameter>>,
    frame: |_| json!({"name": "", "in": "query", "schema": {}}),
    essential: &["in", "name"],
    parts: &[
        ("schema", One(&SCHEMA)),
        ("content", Members(&MEDIA_TYPE)),
        ("examples", Members(&EXAMPLE)),
    ],
    ..PLAIN
};

static HEADER: Kind = Kind {
    name: "a header",
    read: reads::<ReferenceOr<v3::Header>>,
    frame: |_| json!({"schema": {}}),
    parts: &[
        ("schema", One(&SCHEMA)),
        ("content", Members(&MEDIA_TYPE)),
        ("examples", Members(&EXAMPLE)),
    ],
    replaceable: true,
    ..PLAIN
};

static REQUEST_BODY: Kind = Kind {
    name: "a request body",
    read: reads::<ReferenceOr<v3::RequestBody>>,
    parts: &[("content", Members(&MEDIA_TYPE))],
    replaceable: true,
    ..PLAIN
};

static RESPONSES: Kind = Kind {
    name: "an object of answers",
    read: reads::<v3::Responses>,
    entries: Some(&RESPONSE),
    replaceable: true,
    ..PLAIN
};

static RESPONSE: Kind = Kind {
    name: "an answer",
    read: reads::<ReferenceOr<v3::Response>>,
    frame: |_| json!({"description": ""}),
    parts: &[
        ("headers", Members(&HEADER)),
        ("content", Members(&MEDIA_TYPE)),
        ("links", Members(&LINK)),
    ],
    replaceable: true,
    ..PLAIN
};

static MEDIA_TYPE: Kind = Kind {
    name: "a media type",
    read: reads::<v3::MediaType>,
    parts: &[
        ("schema", One(&SCHEMA)),
        ("examples", Members(&EXAMPLE)),
        ("encoding", Members(&ENCODING)),
    ],
    replaceable: true,
    ..PLAIN
};

static ENCODING: Kind = Kind {
    name: "an encoding",
    read: reads::<v3::Encoding>,
    parts: &[("headers", Members(&HEADER))],
    replaceable: true,
    ..PLAIN
};

static EXAMPLE: Kind = Kind {
    name: "an example",
    read: reads::<ReferenceOr<v3::Example>>,
    ..PLAIN
};

static LINK: Kind = Kind {
    name: "a link",
    read: reads::<ReferenceOr<v3::Link>>,
    ..PLAIN
};

static COMPONENTS: Kind = Kind {
    name: "an object of components",
    read: reads::<v3::Components>,
    parts: &[
        ("schemas", Members(&SCHEMA)),
        ("responses", Members(&RESPONSE)),
        ("parameters", Members(&PARAMETER)),
        ("examples", Members(&EXAMPLE)),
        ("requestBodies", Members(&REQUEST_BODY)),
        ("headers", Members(&HEADER)),
        ("securitySchemes", Members(&SECURITY_SCHEME)),
        ("links", Members(&LINK)),
        ("callbacks", Members(&SHARED_CALLBACK)),
    ],
    ..PLAIN
};

static SECURITY_SCHEME: Kind = Kind {
    name: "a security scheme",
    read: reads::<ReferenceOr<v3::SecurityScheme>>,
    frame: |found| match found.get("type").and_then(Value::as_str) {
        Some("oauth2") => json!({"type": "oauth2", "flows": {}}),
        Some("apiKey") => json!({"type": "apiKey", "name": "", "in": "header"}),
        Some("openIdConnect") => json!({"type": "openIdConnect", "openIdConnectUrl": ""}),
        _ => json!({"type": "http", "scheme": "bearer"}),
    },
    essential: &["type", "in", "name", "scheme"],
    ..PLAIN
};

static SCHEMA_PARTS: &[(&str, Part)] = &[
    ("properties", Members(&SCHEMA)),
    ("items", One(&SCHEMA)),
    ("additionalProperties", One(&ADDITIONAL_PROPERTIES)),
    ("allOf", List(&SCHEMA)),
    ("oneOf", List(&SCHEMA)),
    ("anyOf", List(&SCHEMA)),
    ("not", One(&SCHEMA)),
    ("externalDocs", One(&EXTERNAL_DOCS)),
];

static SCHEMA: Kind = Kind {
    name: "a schema",
    read: reads::<ReferenceOr<v3::Schema>>,
    parts: SCHEMA_PARTS,
    replaceable: true,
    ..PLAIN
};

static ADDITIONAL_PROPERTIES: Kind = Kind {
    name: "a schema or a boolean",
    read: reads::<v3::AdditionalProperties>,
    parts: SCHEMA_PARTS,
    replaceable: true,
    ..PLAIN
};
