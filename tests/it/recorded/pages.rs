//! All pages of a list in an envelope.

use generated::zero_trust::access::service_tokens::{ResultInfo, ServiceToken};
use serde_json::{Value, json};

use super::{account, zone};
use crate::server::Server;

const PATH: &str = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/service_tokens";

/// A page of four tokens on two pages.
fn page(number: u32, ids: &[&str]) -> Value {
    let tokens: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
    let info = json!({ "count": ids.len(), "page": number, "per_page": 2, "total_count": 4 });
    json!({ "success": true, "errors": [], "messages": [], "result": tokens, "result_info": info })
}

fn paths(server: &Server) -> Vec<String> {
    let received = server.received();
    received.into_iter().map(|request| request.path).collect()
}

#[tokio::test]
async fn a_stream_has_the_tokens_of_all_pages() {
    let server = Server::in_turn(vec![page(1, &["a", "b"]), page(2, &["c", "d"])]).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let list = tokens.list(account()).per_page(2).search("ci");
    let all: Vec<ServiceToken> = list.stream().try_collect().await.unwrap();
    let ids: Vec<&str> = all.iter().filter_map(|token| token.id.as_deref()).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
    let first = format!("{PATH}?per_page=2&search=ci");
    assert_eq!(paths(&server), [first.clone(), format!("{first}&page=2")]);
    let received = server.received();
    let authorized = received
        .iter()
        .map(|request| &request.headers["authorization"]);
    assert!(authorized.eq(["Bearer test-token"; 2]));
}

#[tokio::test]
async fn twins_have_streams_of_either_scope() {
    let server = Server::in_turn(vec![page(2, &["c", "d"])]).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let mut pages = tokens.list(zone()).page(2).pages();
    let page = pages.next().await.unwrap().unwrap();
    let info: ResultInfo = page.member("/result_info").unwrap().unwrap();
    assert_eq!((info.total_count, page.value().len()), (Some(4), 2));
    assert!(pages.next().await.is_none());
    let path = PATH.replace("accounts", "zones");
    assert_eq!(paths(&server), [format!("{path}?page=2")]);
}

#[tokio::test]
async fn a_refusal_in_an_envelope_ends_the_list() {
    let refusal =
        json!({ "success": false, "errors": [{ "code": 1, "message": "no" }], "result": null });
    let server = Server::in_turn(vec![page(1, &["a", "b"]), refusal]).await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let mut stream = tokens.list(account()).stream();
    for id in ["a", "b"] {
        let token = stream.next().await.unwrap().unwrap();
        assert_eq!(token.id.as_deref(), Some(id));
    }
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.as_service().unwrap().errors()[0].message, "no");
    assert!(stream.next().await.is_none());
}
