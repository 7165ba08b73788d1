//! Whatever text a caller gives: it arrives as it was, at its place, or nothing is sent.

use generated::{Client, Credentials, Error};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::{TOKEN_ID, account};
use crate::received::Received;
use crate::server::Server;

/// What has a meaning of its own somewhere on the way, and any other text.
fn any_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "",
        ".",
        "..",
        "/",
        "//",
        "../..",
        "%2e%2e",
        "%2E.",
        "%2f",
        "?",
        "#",
        "&",
        "=",
        "+",
        ";",
        "%",
        "%00",
        "\0",
        "\n",
        "\r\n",
        "\r\nx-injected: 1\r\n\r\n",
        "\t",
        " ",
        "a b",
        "\\",
        "@",
        ":",
        "{id}",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "ü",
        "\u{feff}",
        "\u{10ffff}",
    ]);
    prop_oneof![
        special.prop_map(str::to_owned),
        any::<String>(),
        "[ -~]{0,24}",
        prop::collection::vec(special_or_letter(), 0..8).prop_map(|parts| parts.concat()),
    ]
}

fn special_or_letter() -> impl Strategy<Value = String> {
    "[./%?#2eE\\\\ \n\0a;]"
}

/// One server and one client for all texts that a test tries.
struct Bench {
    runtime: Runtime,
    server: Server,
    client: Client,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let server = runtime.block_on(Server::always(404, "{}"));
        let client = server.client();
        Self {
            runtime,
            server,
            client,
        }
    }

    /// What arrived of a call; none where it was refused before sending.
    fn arrived(
        &self,
        call: impl IntoFuture<Output = Result<impl Sized, Error>>,
    ) -> Option<Received> {
        let before = self.server.received().len();
        let error = self.runtime.block_on(call.into_future()).err().unwrap();
        let mut received = self.server.received().split_off(before);
        match received.pop() {
            Some(request) => {
                assert!(received.is_empty(), "one request");
                assert!(error.is_not_found(), "{error:?}");
                Some(request)
            }
            None => {
                assert_eq!(error.was_sent(), Some(false), "{error:?}");
                None
            }
        }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// `any_text` with a test body that is run once for each.
fn for_any_text(check: impl Fn(&Bench, String)) {
    let bench = Bench::new();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    });
    runner
        .run(&any_text(), |text| {
            check(&bench, text);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_path_parameter_is_one_segment_that_decodes_to_it() {
    for_any_text(|bench, text| {
        let tokens = bench.client.zero_trust().access().service_tokens();
        let Some(request) = bench.arrived(tokens.get(account(), text.as_str())) else {
            assert!(
                ["", ".", ".."].contains(&text.as_str()),
                "{text:?} was refused"
            );
            return;
        };
        let (before, segment) = request.path.rsplit_once('/').unwrap();
        assert_eq!(
            before,
            "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/service_tokens"
        );
        assert!(!segment.contains(['?', '#']), "{segment}");
        assert_eq!(decoded(segment), text);
        assert!(!request.headers.contains_key("x-injected"));
    });
}

#[test]
fn a_query_value_arrives_as_it_was() {
    for_any_text(|bench, text| {
        let tokens = bench.client.zero_trust().access().service_tokens();
        let call = tokens
            .list(account())
            .name(text.as_str())
            .query(&format!("x{text}"), &text);
        let request = bench.arrived(call).expect("any text fits into a query");
        let (_, query) = request.path.split_once('?').unwrap();
        let pairs: Vec<(String, String)> = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect();
        assert_eq!(
            pairs,
            [
                ("name".to_owned(), text.clone()),
                (format!("x{text}"), text)
            ]
        );
    });
}

#[test]
fn a_header_value_arrives_as_it_was_or_nothing_is_sent() {
    for_any_text(|bench, text| {
        let tokens = bench.client.zero_trust().access().service_tokens();
        let call = tokens.get(account(), TOKEN_ID).header("x-text", &text);
        match bench.arrived(call) {
            Some(request) => assert_eq!(request.headers["x-text"], text),
            None => assert!(
                text.contains(|c: char| c.is_ascii_control()) || text.trim() != text,
                "{text:?} was refused"
            ),
        }
    });
}

#[test]
fn a_credential_arrives_as_it_was_or_nothing_is_sent() {
    for_any_text(|bench, text| {
        let client = bench
            .server
            .builder()
            .credentials(Credentials::api_key("user@example.com", text.as_str()))
            .build()
            .unwrap();
        let tokens = client.zero_trust().access().service_tokens();
        match bench.arrived(tokens.get(account(), TOKEN_ID)) {
            Some(request) => assert_eq!(request.headers["x-auth-key"], text),
            None => assert!(
                text.contains(|c: char| c.is_ascii_control()) || text.trim() != text,
                "{text:?} was refused"
            ),
        }
    });
}

#[test]
fn a_base_url_keeps_its_path_with_or_without_a_slash_at_its_end() {
    let bench = Bench::new();
    let origin = bench.server.base_url.strip_suffix("/client/v4").unwrap();
    for (path, kept) in [
        ("", ""),
        ("/", ""),
        ("/v4", "/v4"),
        ("/v4/", "/v4"),
        ("/a%20b/c;d=1/", "/a%20b/c;d=1"),
        ("/a//b", "/a//b"),
    ] {
        let client = Client::builder()
            .base_url(format!("{origin}{path}"))
            .credentials(Credentials::api_token("test-token"))
            .build()
            .unwrap();
        let tokens = client.zero_trust().access().service_tokens();
        let request = bench.arrived(tokens.list(account())).unwrap();
        assert_eq!(
            request.path,
            format!("{kept}/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/service_tokens")
        );
    }
}
