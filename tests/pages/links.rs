//! Pages that lead to the next one by a link, in a header or in the body.

use sdk::Error;
use serde_json::{Value, json};

use crate::server::{Answer, Server, linked, things};
use crate::{all, contradiction, pages, read};

#[tokio::test]
async fn links_in_headers_are_followed() {
    let server = pages(vec![
        linked(&["a"], r#"<BASE/links?page=2&key=secret>; rel="next", <BASE/links?page=9>; rel="last""#),
        linked(&["b"], "</links?page=3>; rel=next"),
        linked(&["c"], "</links?page=1>; rel=first"),
    ])
    .await;
    assert_eq!(all(server.client().links().list().stream()).await, "abc");
    assert_eq!(server.asked(), ["/links", "/links?page=2", "/links?page=3"]);
}

#[tokio::test]
async fn a_relative_link_is_one_of_the_page_that_it_stands_in() {
    let server = pages(vec![
        linked(&["a"], "<more/of/links?page=2>; rel=next"),
        linked(&["b"], "<links?page=3>; rel=next"),
        linked(&["c"], "<?page=4>; rel=next"),
        linked(&["d"], "<../rest>; rel=next"),
        linked(&["e"], "</links>; rel=first"),
    ])
    .await;
    assert_eq!(all(server.client().links().list().stream()).await, "abcde");
    let pages = ["/more/of/links?page=2", "/more/of/links?page=3", "/more/of/links?page=4", "/more/rest"];
    assert_eq!(server.asked()[1..], pages);
}

#[tokio::test]
async fn a_link_in_circles_is_followed_once() {
    let server = pages(vec![linked(&["a"], "</links?page=2>; rel=next")]).await;
    let (names, why) = contradiction(read(server.client().links().list().stream()).await);
    assert_eq!((names.as_str(), server.asked().len()), ("aa", 2));
    assert_eq!(why, ": it leads to a page that was there before");
}

#[tokio::test]
async fn links_in_bodies_are_followed() {
    let some = |names: &[&str], next: Value| json!({ "results": things(names), "next": next }).into();
    let server = pages(vec![
        some(&["a"], json!("BASE/urls?limit=1&offset=1")),
        some(&["b"], json!("?offset=2")),
        some(&["c"], Value::Null),
    ])
    .await;
    assert_eq!(all(server.client().urls().list().limit(1).stream()).await, "abc");
    assert_eq!(server.asked(), ["/urls?limit=1", "/urls?limit=1&offset=1", "/urls?offset=2"]);
}

#[tokio::test]
async fn credentials_go_to_no_other_origin() {
    let thief = Server::giving(vec![things(&["stolen"]).into()]).await;
    let elsewhere = [
        format!("{}/urls", thief.base_url),
        thief.base_url.replace("http:", "https:"),
        thief.base_url.replace("http:", ""),
        thief.base_url.replace("http://", "http://user@"),
    ];
    for url in elsewhere {
        let in_body: Answer = json!({ "results": things(&["a"]), "next": url }).into();
        let in_header = linked(&["a"], &format!("<{url}>; rel=next"));
        for (answer, is_header) in [(in_body, false), (in_header, true)] {
            let server = Server::giving(vec![answer]).await;
            let client = server.client();
            let stream = match is_header {
                true => client.links().list().stream(),
                false => client.urls().list().stream(),
            };
            let (names, error) = read(stream).await;
            assert_eq!((names.as_str(), server.asked().len()), ("a", 1));
            let error = error.expect("an error");
            assert!(matches!(error, Error::NotSent(_)), "{error:?}");
            assert!(error.to_string().contains("leads away from"), "{error}");
            assert!(!format!("{error} {error:?}").contains(&url), "{error:?}");
        }
    }
    assert!(thief.asked().is_empty());
}
