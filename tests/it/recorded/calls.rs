//! Each of the twelve operations: the request on the wire and the value that comes back.

use generated::zero_trust::access::service_tokens::{ResultInfo, ServiceToken};
use generated::{AccountOrZone, Nullable, Timestamp};

use super::{SECRET, TOKEN_ID, account, zone};
use crate::server::Server;

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[track_caller]
fn assert_is_the_token(token: &ServiceToken) {
    assert_eq!(token.id.as_deref(), Some(TOKEN_ID));
    assert_eq!(
        token.client_id.as_deref(),
        Some("88bf3b6d86161464f6509f7219099e57.access.example.com")
    );
    assert_eq!(token.name.as_deref(), Some("CI/CD token"));
    assert_eq!(token.duration.as_deref(), Some("60m"));
    assert_eq!(token.enabled, Some(true));
    assert_eq!(token.created_at, Some(time("2014-01-01T05:20:00.12345Z")));
    assert_eq!(token.updated_at, Some(time("2014-01-01T05:20:00.12345Z")));
    assert_eq!(
        token.expires_at,
        Nullable::Value(time("2015-01-01T05:20:00.12345Z"))
    );
}

#[tokio::test]
async fn the_documented_example() {
    let server = Server::play("create_documented").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let response = tokens
        .create(account(), "CI/CD token")
        .duration("60m")
        .with_response()
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("8a1b2c3d4e5f-AMS"));
    let messages = response.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].message, "message");
    assert_eq!(messages[0].code.as_deref(), Some("1000"));
    assert_eq!(
        messages[0].documentation_url.as_deref(),
        Some("documentation_url")
    );
    assert_eq!(messages[0].source_pointer.as_deref(), Some("pointer"));
    let token = response.into_value();
    assert_eq!(token.id.as_deref(), Some("id"));
    assert_eq!(
        token.client_id,
        "88bf3b6d86161464f6509f7219099e57.access.example.com"
    );
    assert_eq!(token.client_secret.expose_secret(), SECRET);
    assert_eq!(token.created_at, Some(time("2014-01-01T05:20:00.12345Z")));
    assert!(token.expires_at.is_absent());
}

async fn list(recording: &str, scope: impl Into<AccountOrZone>) {
    let server = Server::play(recording).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let call = tokens
        .list(scope)
        .page(2)
        .per_page(20)
        .name("CI/CD token")
        .search("ci");
    let response = call.with_response().await.unwrap();
    server.assert_played();
    let info: ResultInfo = response.member("/result_info").unwrap().unwrap();
    assert_eq!(
        (info.page, info.total_count, info.total_pages),
        (Some(2), Some(21), Some(2))
    );
    let [token] = response.value().as_slice() else {
        panic!("one token")
    };
    assert_is_the_token(token);
}

#[tokio::test]
async fn list_of_an_account() {
    list("account_list", account()).await;
}

#[tokio::test]
async fn list_of_a_zone() {
    list("zone_list", zone()).await;
}

async fn create(recording: &str, scope: impl Into<AccountOrZone>) {
    let server = Server::play(recording).await;
    let client = server.client();
    let token = client
        .zero_trust()
        .access()
        .service_tokens()
        .create(scope, "CI/CD token")
        .duration("60m")
        .enabled(true)
        .client_secret_version(2)
        .previous_client_secret_expires_at(Nullable::Null)
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(token.client_secret.expose_secret(), SECRET);
    assert_eq!(token.name.as_deref(), Some("CI/CD token"));
}

#[tokio::test]
async fn create_for_an_account() {
    create("account_create", account()).await;
}

#[tokio::test]
async fn create_for_a_zone() {
    create("zone_create", zone()).await;
}

async fn get(recording: &str, scope: impl Into<AccountOrZone>) {
    let server = Server::play(recording).await;
    let client = server.client();
    let token = client
        .zero_trust()
        .access()
        .service_tokens()
        .get(scope, TOKEN_ID)
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(token.expires_at, Nullable::Null, "null isn't absent");
}

#[tokio::test]
async fn get_of_an_account() {
    get("account_get", account()).await;
}

#[tokio::test]
async fn get_of_a_zone() {
    get("zone_get", zone()).await;
}

async fn update(recording: &str, scope: impl Into<AccountOrZone>) {
    let server = Server::play(recording).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let token = tokens
        .update(scope, TOKEN_ID)
        .name("renamed")
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(token.name.as_deref(), Some("renamed"));
}

#[tokio::test]
async fn update_of_an_account() {
    update("account_update", account()).await;
}

#[tokio::test]
async fn update_of_a_zone() {
    update("zone_update", zone()).await;
}

async fn delete(recording: &str, scope: impl Into<AccountOrZone>) {
    let server = Server::play(recording).await;
    let client = server.client();
    let token = client
        .zero_trust()
        .access()
        .service_tokens()
        .delete(scope, TOKEN_ID)
        .await
        .unwrap();
    server.assert_played();
    assert_is_the_token(&token);
}

#[tokio::test]
async fn delete_of_an_account() {
    delete("account_delete", account()).await;
}

#[tokio::test]
async fn delete_of_a_zone() {
    delete("zone_delete", zone()).await;
}

#[tokio::test]
async fn refresh_of_an_account() {
    let server = Server::play("account_refresh").await;
    let client = server.client();
    let token = client
        .zero_trust()
        .access()
        .service_tokens()
        .refresh(account(), TOKEN_ID)
        .await
        .unwrap();
    server.assert_played();
    assert_is_the_token(&token);
}

#[tokio::test]
async fn rotate_of_an_account() {
    let server = Server::play("account_rotate").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let call = tokens.rotate(account(), TOKEN_ID);
    let token = call
        .previous_client_secret_expires_at(time("2030-01-01T00:00:00Z"))
        .await
        .unwrap();
    server.assert_played();
    assert_eq!(token.client_secret.expose_secret(), SECRET);
}
