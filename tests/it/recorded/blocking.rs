//! Calls from code that isn't async: `.wait()` in place of `.await`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use generated::zero_trust::access::service_tokens::ServiceToken;
use generated::{Client, Credentials, Error, Method};
use serde_json::json;
use tokio::runtime::Runtime;

use super::{SECRET, TOKEN_ID, account};
use crate::scripted::{Scripted, Wire};
use crate::server::Server;

/// A server in a runtime beside the test, which has none.
fn beside<S>(server: impl Future<Output = S>) -> (Runtime, S) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(server);
    (runtime, server)
}

#[test]
fn a_call_is_waited_for() {
    let (_runtime, server) = beside(Server::play("create_documented"));
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let token = tokens
        .create(account(), "CI/CD token")
        .duration("60m")
        .wait()
        .unwrap();
    assert_eq!(token.client_secret.expose_secret(), SECRET);
    server.assert_played();
}

#[test]
fn waits_between_attempts_are_waited_for_too() {
    let (_runtime, server) = beside(Server::play("get_fails_then_succeeds"));
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let response = tokens
        .get(account(), TOKEN_ID)
        .with_response()
        .wait()
        .unwrap();
    assert_eq!(response.attempts(), 2);
}

#[test]
fn refusals_are_errors() {
    let (_runtime, server) = beside(Server::play("not_found"));
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens.get(account(), TOKEN_ID).wait().unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
}

#[test]
fn the_things_of_all_pages_are_an_iterator() {
    let page = |number: u32, ids: [&str; 2]| {
        let tokens = ids.map(|id| json!({ "id": id }));
        let info = json!({ "page": number, "per_page": 2, "count": 2, "total_count": 4 });
        json!({ "success": true, "result": tokens, "result_info": info })
    };
    let pages = || vec![page(1, ["a", "b"]), page(2, ["c", "d"])];
    let (_runtime, server) = beside(Server::in_turn([pages(), pages()].concat()));
    let client = server.client();
    let list = client
        .zero_trust()
        .access()
        .service_tokens()
        .list(account());
    let mut ids = Vec::new();
    for token in list.clone().stream().wait() {
        ids.push(token.unwrap().id.unwrap());
    }
    assert_eq!(ids, ["a", "b", "c", "d"]);
    let pages = list.pages().wait().map(|page| Ok(page?.into_value()));
    let pages: Vec<Vec<ServiceToken>> = pages.collect::<Result<_, Error>>().unwrap();
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn downloads_and_events_are_iterators_too() {
    let content = vec![7; 300_000];
    let wire = Wire::Answer("200 OK".to_owned(), content.clone());
    let (_runtime, server) = beside(Scripted::start(wire));
    let client = server.client();
    let call = || {
        client
            .request(Method::GET, "/content")
            .download()
            .wait()
            .unwrap()
    };
    let pieces = call().wait().map(|piece| piece.unwrap().to_vec());
    assert!(pieces.collect::<Vec<_>>().concat() == content);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("content");
    assert_eq!(call().to_file(&path).wait().unwrap(), 300_000);
    assert!(std::fs::read(path).unwrap() == content);

    let head = "200 OK\r\ncontent-type: text/event-stream".to_owned();
    let wire = Wire::Answer(head, b"data: a\n\ndata: b\n\n".to_vec());
    let (_runtime, server) = beside(Scripted::start(wire));
    let client = server.client();
    let events = client
        .request(Method::GET, "/events")
        .stream_events()
        .wait();
    let data: Vec<String> = events.map(|event| event.unwrap().data).collect();
    assert_eq!(data, ["a", "b"]);
}

/// A service whose connections stay open; how many there were.
fn keeping_alive() -> (Client, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = Client::builder()
        .base_url(format!("http://{}", listener.local_addr().unwrap()))
        .credentials(Credentials::api_token("test-token"))
        .build()
        .unwrap();
    let connections = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&connections);
    thread::spawn(move || {
        for connection in listener.incoming() {
            counter.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || answer_all(connection.unwrap()));
        }
    });
    (client, connections)
}

fn answer_all(mut connection: TcpStream) {
    let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if line.is_empty() {
            connection
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
                .unwrap();
        }
    }
}

#[test]
fn connections_live_on_from_call_to_call() {
    let (client, connections) = keeping_alive();
    for _ in 0..5 {
        client
            .request(Method::GET, "/things")
            .send_raw()
            .wait()
            .unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn many_threads_wait_side_by_side() {
    let (client, _) = keeping_alive();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..10 {
                    client
                        .request(Method::GET, "/things")
                        .send_raw()
                        .wait()
                        .unwrap();
                }
            });
        }
    });
}

/// Threads that a runtime has for what blocks may stand still.
#[test]
fn where_a_runtime_lets_threads_block_it_is_waited_for() {
    let (client, _) = keeping_alive();
    let get = move || client.request(Method::GET, "/things").send_raw().wait();
    let of_one_thread = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for runtime in [Runtime::new().unwrap(), of_one_thread] {
        let aside = get.clone();
        let answer = runtime.block_on(runtime.spawn_blocking(aside));
        assert_eq!(answer.unwrap().unwrap().text(), "{}");
        // One that only makes a runtime known.
        let _context = runtime.enter();
        assert_eq!(get().unwrap().text(), "{}");
    }
    let runtime = Runtime::new().unwrap();
    let answer = runtime.block_on(async { tokio::task::block_in_place(get) });
    assert_eq!(answer.unwrap().text(), "{}");
}

#[tokio::test]
async fn inside_an_async_runtime_it_is_an_error() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let tokens = client.zero_trust().access().service_tokens();
    let error = tokens.get(account(), TOKEN_ID).wait().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`wait` was called inside async code: use `.await` there, or `spawn_blocking`"
    );
    assert!(matches!(error, Error::NotSent(_)));
    let mut all = tokens.list(account()).stream().wait();
    assert!(matches!(all.next(), Some(Err(Error::NotSent(_)))));
    assert!(all.next().is_none());
    assert_eq!(server.received().len(), 0);
}
