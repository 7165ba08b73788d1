//! What the document doesn't know: it fails nothing and can be reached.

use generated::{JsonValue, Method};

use super::{TOKEN_ID, account};
use crate::server::Server;

#[tokio::test]
async fn unknown_fields_fail_nothing_and_stay_in_the_raw_body() {
    let server = Server::play("unknown_fields").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let response = tokens
        .get(account(), TOKEN_ID)
        .with_response()
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(response.value().id.as_deref(), Some(TOKEN_ID));
    let seen: Option<String> = response.member("/result/last_seen_at").unwrap();
    assert_eq!(seen.as_deref(), Some("2024-01-01T00:00:00Z"));
    assert!(
        std::str::from_utf8(response.raw_body())
            .unwrap()
            .contains("last_seen_at")
    );
}

#[tokio::test]
async fn undocumented_endpoints_headers_parameters_and_fields_can_be_used() {
    let server = Server::play("undocumented").await;
    let client = server.client();
    let path = format!("/accounts/{}/access/service_tokens/bulk", account());
    let changed: JsonValue = client
        .request(Method::PATCH, &path)
        .query("dry_run", "true")
        .header("x-trace", "1")
        .body_json(&serde_json::json!({ "enabled": false }))
        .send()
        .await
        .unwrap();
    assert_eq!(changed["changed"], 3);
    client
        .zero_trust()
        .access()
        .service_tokens()
        .create(account(), "CI/CD token")
        .header("x-trace", "1")
        .query("beta", "1")
        .body_field("session.max", 2)
        .await
        .unwrap();
    server.assert_played();
}
