//! Security schemes, requirements, and secrets.

use super::*;
use crate::api::SecurityKind;

const SCHEMES: &str = "
security: [{token: []}, {email: [], key: []}]
paths:
  /general: {get: {operationId: general, responses: {}}}
  /open: {get: {operationId: open, security: [], responses: {}}}
  /either: {get: {operationId: either, security: [{}, {digest: []}, {gone: []}], responses: {}}}
components:
  securitySchemes:
    token: {type: http, scheme: Bearer}
    basic: {type: http, scheme: basic}
    digest: {type: http, scheme: digest}
    email: {type: apiKey, in: header, name: X-Email}
    key: {type: apiKey, in: query, name: key}
    session: {type: apiKey, in: cookie, name: sid}
    oauth: {type: oauth2, flows: {}}
    oidc: {type: openIdConnect, openIdConnectUrl: 'https://example.com'}
";

#[test]
fn schemes_say_where_the_credential_goes() {
    let report = read(SCHEMES);
    let kinds: Vec<_> = report
        .value
        .security_schemes
        .iter()
        .map(|(name, scheme)| (name.as_str(), scheme.kind.clone()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("token", SecurityKind::Bearer),
            ("basic", SecurityKind::Basic),
            ("digest", SecurityKind::Bearer),
            ("email", SecurityKind::Header("X-Email".to_owned())),
            ("key", SecurityKind::Query("key".to_owned())),
            ("session", SecurityKind::Cookie("sid".to_owned())),
            ("oauth", SecurityKind::Bearer),
            ("oidc", SecurityKind::Bearer),
        ]
    );
    assert_eq!(codes(&report), [Code::UnsupportedSecurityScheme; 2]);
}

#[test]
fn the_operation_decides_over_the_document() {
    let report = read(SCHEMES);
    let security: Vec<_> = report
        .value
        .operations
        .iter()
        .map(|operation| operation.security.clone())
        .collect();
    assert_eq!(security[0], [vec!["token"], vec!["email", "key"]]);
    assert!(security[1].is_empty());
    // `gone` isn't described: that alternative is no leave to go without, which the first one is.
    assert_eq!(security[2], [Vec::new(), vec!["digest".to_owned()]]);
}

#[test]
fn only_strings_are_secrets() {
    let report = read_schemas(
        "
  Root:
    type: object
    properties:
      client_secret: {type: string}
      client_secret_version: {type: number}
      has_password: {type: boolean}
      password: {type: string, format: date-time}
      pin: {type: string, writeOnly: true}
      word: {type: string, format: password}
      by_reference_key: {$ref: '#/components/schemas/Key'}
      api_key: {$ref: '#/components/schemas/Key'}
  Key: {type: string}
",
    );
    let secrets: Vec<_> = object(root(&report))
        .properties
        .iter()
        .filter(|property| property.secret)
        .map(|property| property.name.as_str())
        .collect();
    assert_eq!(secrets, ["client_secret", "pin", "word", "api_key"]);
}
