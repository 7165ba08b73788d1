//! Lists read to their end over real sockets, from servers that keep to their word and from some that don't.

mod links;
mod server;

use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use sdk::types::Thing;
use sdk::{Error, ItemStream};
use serde_json::{Value, json};

use server::{Answer, Server, linked, things};

/// The names of all things, and the error at the end.
async fn read(mut stream: ItemStream<'_, Thing>) -> (String, Option<Error>) {
    let mut names = String::new();
    while let Some(thing) = stream.next().await {
        match thing {
            Ok(thing) => names.push_str(&thing.id),
            Err(error) => {
                assert!(stream.next().await.is_none(), "nothing follows an error");
                return (names, Some(error));
            }
        }
    }
    assert!(stream.next().await.is_none(), "the end stays the end");
    (names, None)
}

/// The names of all things of a list that ends well.
async fn all(stream: ItemStream<'_, Thing>) -> String {
    let (names, error) = read(stream).await;
    assert!(error.is_none(), "{error:?}");
    names
}

/// Where and why an answer can't be gone on from.
#[track_caller]
fn contradiction((names, error): (String, Option<Error>)) -> (String, String) {
    match error {
        Some(Error::Unreadable(error)) => (names, format!("{}: {}", error.path(), error.message())),
        other => panic!("{names}: {other:?}"),
    }
}

fn page(names: &[&str], meta: Value) -> Answer {
    json!({ "data": things(names), "meta": meta }).into()
}

fn pages(answers: Vec<Answer>) -> impl Future<Output = Server> {
    Server::giving(answers)
}

// Pages that are counted.

#[tokio::test]
async fn counted_pages_end_where_the_service_says() {
    let meta = |page| json!({ "page": page, "per_page": 2, "total_count": 4, "total_pages": 2 });
    let server = pages(vec![page(&["a", "b"], meta(1)), page(&["c", "d"], meta(2))]).await;
    let client = server.client();
    let call = client.pages().list().per_page(2).query("unknown", "kept").header("x-mine", "kept");
    assert_eq!(all(call.stream()).await, "abcd");
    assert_eq!(
        server.asked(),
        [
            "/pages?per_page=2&unknown=kept",
            "/pages?per_page=2&unknown=kept&page=2"
        ]
    );
}

#[tokio::test]
async fn awaiting_the_call_is_one_page() {
    let server = pages(vec![page(&["a"], json!({ "total_pages": 9 }))]).await;
    let client = server.client();
    let list = client.pages().list().await.unwrap();
    assert_eq!(list.data.unwrap().len(), 1);
    assert_eq!(server.asked(), ["/pages"]);
}

#[tokio::test]
async fn reading_begins_at_the_page_that_is_asked_for() {
    let meta = |page| json!({ "page": page, "total_pages": 4 });
    let server = pages(vec![page(&["e"], meta(3)), page(&["f"], meta(4))]).await;
    assert_eq!(all(server.client().pages().list().page(3).stream()).await, "ef");
    assert_eq!(server.asked(), ["/pages?page=3", "/pages?page=4"]);
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    let server = Server::answering(|index, _| page(&[&index.to_string(), "x"], json!({}))).await;
    let client = server.client();
    let mut stream = client.pages().list().stream();
    assert!(server.asked().is_empty());
    for expected in ["0", "x", "1"] {
        assert_eq!(stream.next().await.unwrap().unwrap().id, expected);
    }
    // A list without an end, of which two pages were wanted.
    assert_eq!(server.asked(), ["/pages", "/pages?page=2"]);
}

#[tokio::test]
async fn a_total_that_is_too_large_ends_after_three_empty_pages() {
    let meta = json!({ "per_page": 2, "total_count": 1000 });
    let server = pages(vec![
        page(&["a", "b"], meta.clone()),
        page(&["c"], meta.clone()),
        page(&[], meta),
    ])
    .await;
    assert_eq!(all(server.client().pages().list().stream()).await, "abc");
    let asked = server.asked();
    assert_eq!((asked.len(), asked[4].as_str()), (5, "/pages?page=5"));
}

#[tokio::test]
async fn a_total_that_the_pages_disprove_counts_for_nothing() {
    let meta = json!({ "per_page": 2, "total_count": 1, "total_pages": 0 });
    let server = pages(vec![
        page(&["a", "b"], meta.clone()),
        page(&["c", "d"], meta.clone()),
        page(&["e"], meta),
    ])
    .await;
    assert_eq!(all(server.client().pages().list().stream()).await, "abcde");
    assert_eq!(server.asked(), ["/pages", "/pages?page=2", "/pages?page=3"]);
}

#[tokio::test]
async fn an_empty_page_in_the_middle_is_not_the_end() {
    let meta = json!({ "per_page": 2, "total_count": 6 });
    let server = pages(vec![
        page(&["a", "b"], meta.clone()),
        page(&[], meta.clone()),
        page(&["e", "f"], meta),
    ])
    .await;
    assert_eq!(all(server.client().pages().list().stream()).await, "abef");
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_ends() {
    let meta = |total| json!({ "per_page": 2, "total_count": total });
    let server = pages(vec![
        page(&["a", "b"], meta(7)),
        page(&["d", "e"], meta(5)),
        page(&[], meta(4)),
    ])
    .await;
    assert_eq!(all(server.client().pages().list().stream()).await, "abde");
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_service_that_ignores_the_page_is_found_out() {
    let meta = json!({ "page": 1, "total_pages": 3 });
    let server = pages(vec![page(&["a"], meta)]).await;
    assert_eq!(
        contradiction(read(server.client().pages().list().stream()).await),
        ("a".to_owned(), "/meta/page: an earlier page came than was asked for".to_owned())
    );
    assert_eq!(server.asked().len(), 2);

    for total in [2, 3] {
        let server = pages(vec![page(&["a"], json!({ "total_pages": total }))]).await;
        assert_eq!(
            contradiction(read(server.client().pages().list().stream()).await),
            ("a".to_owned(), ": the page before came once more".to_owned())
        );
        assert_eq!(server.asked().len(), 2);
    }
}

#[tokio::test]
async fn a_page_size_that_the_service_doesnt_keep_ends_no_list() {
    let meta = json!({ "per_page": 10, "total_count": 5 });
    let server = pages(vec![
        page(&["a", "b"], meta.clone()),
        page(&["c", "d"], meta.clone()),
        page(&["e"], meta),
    ])
    .await;
    let call = server.client();
    assert_eq!(all(call.pages().list().per_page(10).stream()).await, "abcde");
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn pages_that_say_nothing_end_with_an_empty_one_or_the_same_again() {
    let server = pages(vec![things(&["a"]).into(), things(&["b"]).into(), things(&[]).into()]).await;
    assert_eq!(all(server.client().bare().get().stream()).await, "ab");
    assert_eq!(server.asked(), ["/bare", "/bare?page=1", "/bare?page=2"]);

    let server = pages(vec![things(&["a", "b"]).into()]).await;
    assert_eq!(all(server.client().bare().get().stream()).await, "ab");
    assert_eq!(server.asked(), ["/bare", "/bare?page=1"]);
}

#[tokio::test]
async fn links_prove_the_end_of_pages_that_say_nothing() {
    let server = pages(vec![
        linked(&["a"], "<BASE/bare?page=1>; rel=next"),
        linked(&["b"], "<BASE/bare>; rel=first"),
    ])
    .await;
    assert_eq!(all(server.client().bare().get().stream()).await, "ab");
    assert_eq!(server.asked(), ["/bare", "/bare?page=1"]);
}

/// Three pages of two things, for a parameter that counts from `first` and answers that count from `said`.
async fn numbered(first: i64, said: i64) -> Server {
    Server::answering(move |_, path| {
        let (_, query) = path.split_once('?').unwrap_or_default();
        let number = query.split('&').find_map(|pair| pair.strip_prefix("page=")?.parse().ok());
        // Lenient: what is no page is the first.
        let index = (number.unwrap_or(first) - first).max(0);
        let names = [["a", "b"], ["c", "d"], ["e", "f"]];
        let meta = json!({ "page": index + said, "per_page": 2, "total_count": 6, "total_pages": 3 });
        match names.get(index as usize) {
            Some(names) => page(names, meta),
            None => Answer { status: 404, ..json!({}).into() },
        }
    })
    .await
}

#[tokio::test]
async fn pages_that_are_counted_otherwise_than_the_document_says_are_neither_lost_nor_doubled() {
    // By the document from 0, and by its silence from 1.
    for (first, said, asked) in [(0, 0, "12"), (0, 1, "12"), (1, 1, "123"), (1, 0, "123")] {
        let server = numbered(first, said).await;
        assert_eq!(all(server.client().zero().get().stream()).await, "abcdef");
        assert_eq!(numbers(&server), asked, "{first} {said}");
    }
    for (first, said, asked) in [(1, 1, "23"), (1, 0, "123"), (0, 0, "12"), (0, 1, "212")] {
        let server = numbered(first, said).await;
        assert_eq!(all(server.client().pages().list().stream()).await, "abcdef");
        assert_eq!(numbers(&server), asked, "{first} {said}");
    }
}

/// The pages after the first one, as they were asked for.
fn numbers(server: &Server) -> String {
    let asked = server.asked();
    asked.iter().filter_map(|path| Some(path.split_once("?page=")?.1.to_owned())).collect()
}

#[tokio::test]
async fn links_to_the_first_and_the_last_page_alone_prove_no_end() {
    let meta = |page| json!({ "page": page, "per_page": 1, "total_pages": 2 });
    let ends = |answer| Answer { link: Some("<?page=1>; rel=first, <?page=2>; rel=last".to_owned()), ..answer };
    let server = pages(vec![ends(page(&["a"], meta(1))), ends(page(&["b"], meta(2)))]).await;
    assert_eq!(all(server.client().pages().list().stream()).await, "ab");
    assert_eq!(server.asked(), ["/pages", "/pages?page=2"]);
    // Who links to the page before would link to the next one.
    let previous = |answer| Answer { link: Some("<?page=1>; rel=prev".to_owned()), ..answer };
    let server = pages(vec![page(&["a"], meta(1)), previous(page(&["b"], json!({ "total_pages": 9 })))]).await;
    assert_eq!(all(server.client().pages().list().stream()).await, "ab");
    assert_eq!(server.asked().len(), 2);
}

// Things that are counted.

#[tokio::test]
async fn offsets_go_on_by_what_came_and_not_by_what_was_asked_for() {
    let some = |names: &[&str]| json!({ "total": 5, "result": { "things": things(names) } }).into();
    let server = pages(vec![some(&["a", "b"]), some(&["c", "d"]), some(&["e"])]).await;
    assert_eq!(all(server.client().offsets().list().limit(1000).stream()).await, "abcde");
    assert_eq!(
        server.asked(),
        ["/offsets?limit=1000", "/offsets?limit=1000&offset=2", "/offsets?limit=1000&offset=4"]
    );
}

#[tokio::test]
async fn offsets_end_with_nothing_whatever_the_total() {
    let none = json!({ "total": 5, "result": null });
    let server = pages(vec![none.into()]).await;
    assert_eq!(all(server.client().offsets().list().stream()).await, "");
    assert_eq!(server.asked().len(), 1);
}

// Cursors.

fn cursor(names: &[&str], paging: Value) -> Answer {
    json!({ "items": things(names), "paging": paging }).into()
}

#[tokio::test]
async fn cursors_lead_on_until_there_is_none() {
    let server = pages(vec![
        cursor(&["a"], json!({ "next_cursor": "x&y=1" })),
        cursor(&[], json!({ "next_cursor": "z" })),
        cursor(&["b"], json!({ "next_cursor": null })),
    ])
    .await;
    assert_eq!(all(server.client().cursors().list().q("é").stream()).await, "ab");
    assert_eq!(
        server.asked(),
        ["/cursors?q=%C3%A9", "/cursors?q=%C3%A9&cursor=x%26y%3D1", "/cursors?q=%C3%A9&cursor=z"]
    );
}

#[tokio::test]
async fn a_flag_ends_what_a_cursor_would_go_on_with() {
    let last = json!({ "next_cursor": "again", "has_more": false });
    let server = pages(vec![cursor(&["a"], last)]).await;
    assert_eq!(all(server.client().cursors().list().stream()).await, "a");
    assert_eq!(server.asked().len(), 1);

    let server = pages(vec![cursor(&["a"], json!({ "has_more": true }))]).await;
    let (names, why) = contradiction(read(server.client().cursors().list().stream()).await);
    assert_eq!(names, "a");
    assert!(why.starts_with("/paging/next_cursor: the service has more"), "{why}");
}

#[tokio::test]
async fn what_is_no_cursor_is_none() {
    for none in [json!(false), json!(null), json!(""), json!({}), json!([])] {
        let server = pages(vec![cursor(&["a"], json!({ "next_cursor": none }))]).await;
        assert_eq!(all(server.client().cursors().list().stream()).await, "a");
        assert_eq!(server.asked().len(), 1);
        let server = pages(vec![json!({ "results": things(&["a"]), "next": none }).into()]).await;
        let client = server.client();
        let stream = client.urls().list().stream();
        // Only what the document says can be read.
        match none {
            Value::Null | Value::String(_) => assert_eq!(all(stream).await, "a"),
            _ => drop(read(stream).await),
        }
        assert_eq!(server.asked().len(), 1);
    }
    let server = pages(vec![cursor(&["a"], json!({ "next_cursor": true }))]).await;
    let (names, why) = contradiction(read(server.client().cursors().list().stream()).await);
    assert_eq!((names.as_str(), server.asked().len()), ("a", 1));
    assert!(why.starts_with("/paging/next_cursor: the service has more"), "{why}");
}

#[tokio::test]
async fn the_same_cursor_twice_leads_nowhere() {
    // At once, and after a detour: what came is given, and that there may be more is said.
    for cursors in [["x", "x", "x"], ["x", "y", "x"]] {
        let given = |index: usize| {
            let name = index.to_string();
            cursor(&[&name], json!({ "next_cursor": cursors[index.min(2)] }))
        };
        let server = pages((0..3).map(given).collect()).await;
        let (names, why) = contradiction(read(server.client().cursors().list().stream()).await);
        let expected = if cursors[1] == "x" { "01" } else { "012" };
        assert_eq!(names, expected);
        assert_eq!(server.asked().len(), expected.len());
        assert_eq!(why, "/paging/next_cursor: it leads to a page that was there before");
    }
    // Some services keep the last one: then nothing comes with it.
    let kept = json!({ "next_cursor": "x" });
    let server = pages(vec![cursor(&["a"], kept.clone()), cursor(&[], kept)]).await;
    assert_eq!(all(server.client().cursors().list().stream()).await, "a");
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn the_last_thing_of_a_page_leads_on() {
    let some = |names: &[&str], more: bool| json!({ "data": things(names), "has_more": more }).into();
    let server = pages(vec![some(&["a", "b"], true), some(&["c"], false)]).await;
    assert_eq!(all(server.client().after().get().stream()).await, "abc");
    assert_eq!(server.asked(), ["/after", "/after?starting_after=b"]);

    let server = pages(vec![some(&[], true)]).await;
    let (_, why) = contradiction(read(server.client().after().get().stream()).await);
    assert!(why.contains("has more"), "{why}");
}

#[tokio::test]
async fn the_configuration_says_what_the_document_does_not() {
    let some = |name: &str, to: &str| {
        let wheres = json!({ "to/": to, "more": !to.is_empty() });
        json!({ "bag": things(&[name]), "rest": things(&["x", "y"]), "where": wheres }).into()
    };
    let server = pages(vec![some("a", "2"), some("b", "")]).await;
    assert_eq!(all(server.client().configured().get().stream()).await, "ab");
    assert_eq!(server.asked(), ["/configured", "/configured?from=2"]);
}

// What holds for all of them.

#[tokio::test]
async fn a_list_without_pages_is_one() {
    let server = pages(vec![json!(["a", "b"]).into()]).await;
    let names: Vec<String> = server.client().names().list().stream().try_collect().await.unwrap();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(server.asked(), ["/names"]);
}

#[tokio::test]
async fn a_single_page_that_is_not_all_of_the_list_is_an_error_in_the_end() {
    let some = |total, per_page| {
        json!({ "items": things(&["a", "b"]), "total": total, "per_page": per_page }).into()
    };
    let server = pages(vec![some(3, 2)]).await;
    let (names, why) = contradiction(read(server.client().cut().get().stream()).await);
    assert_eq!((names.as_str(), server.asked().len()), ("ab", 1));
    assert!(why.starts_with("/total: the service has more than this page"), "{why}");
    // All of it, and a page that isn't full, whatever the total counts.
    for (total, per_page) in [(2, 2), (9, 5)] {
        let server = pages(vec![some(total, per_page)]).await;
        assert_eq!(all(server.client().cut().get().stream()).await, "ab");
    }
}

#[tokio::test]
async fn pages_come_with_what_stands_around_them() {
    let meta = |page| json!({ "page": page, "total_pages": 2 });
    let server = pages(vec![page(&["a"], meta(1)), page(&["b"], meta(2))]).await;
    let client = server.client();
    let mut pages = client.pages().list().pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.member::<u32>("/meta/total_pages").unwrap(), Some(2));
    assert_eq!(first.into_value().data.unwrap()[0].id, "a");
    assert_eq!(pages.next().await.unwrap().unwrap().into_value().data.unwrap()[0].id, "b");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn streams_are_those_of_the_futures_crate() {
    let server = pages(vec![json!(["a", "bb"]).into()]).await;
    let client = server.client();
    fn movable<S: Send + Unpin>(stream: S) -> S {
        stream
    }
    let names = movable(client.names().list().stream());
    let lengths = TryStreamExt::map_ok(names, |name| name.len());
    assert_eq!(lengths.try_collect::<Vec<_>>().await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn every_page_is_tried_again_by_itself() {
    let meta = |page| json!({ "page": page, "total_pages": 2 });
    let server = Server::answering(move |index, _| match index {
        1 | 2 => Answer { status: 503, ..Answer::from(json!({})) },
        0 => page(&["a"], meta(1)),
        _ => page(&["b"], meta(2)),
    })
    .await;
    assert_eq!(all(server.client().pages().list().stream()).await, "ab");
    assert_eq!(server.asked(), ["/pages", "/pages?page=2", "/pages?page=2", "/pages?page=2"]);
}

#[tokio::test]
async fn a_page_that_fails_is_an_error_and_the_end() {
    let server = Server::answering(|index, _| match index {
        0 => page(&["a"], json!({})),
        _ => Answer { status: 404, ..Answer::from(json!({})) },
    })
    .await;
    let (names, error) = read(server.client().pages().list().stream()).await;
    assert_eq!(names, "a");
    assert!(error.unwrap().is_not_found());
}

#[tokio::test]
async fn a_page_of_the_wrong_kind_is_unreadable_at_its_place() {
    let server = pages(vec![json!({ "data": [{ "id": 1 }] }).into()]).await;
    let (_, why) = contradiction(read(server.client().pages().list().stream()).await);
    assert!(why.starts_with("/data/0/id: "), "{why}");
}

#[tokio::test]
async fn one_deadline_is_for_all_pages() {
    let server = Server::answering(|index, _| {
        std::thread::sleep(Duration::from_millis(100));
        page(&[&index.to_string()], json!({}))
    })
    .await;
    let start = Instant::now();
    let client = server.client();
    let stream = client.pages().list().timeout(Duration::from_millis(450)).stream();
    let (names, error) = read(stream).await;
    assert!((1..=4).contains(&names.len()), "{names}");
    assert!(matches!(error, Some(Error::NotSent(_) | Error::MaybeSent(_))), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(2));
}
