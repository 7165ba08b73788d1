//! Parameters as OpenAPI 3.1.1 shows them under "Style Examples": `color` is `"blue"`,
//! `["blue","black","brown"]` or `{ "R": 100, "G": 200, "B": 150 }`.

use sdk::Error;
use sdk::types::Color;

use crate::received::Received;
use crate::wire::{Wire, header, table, target};

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).into()
}

fn object() -> Color {
    Color::new().r(100).g(200).b(150)
}

#[tokio::test]
async fn styles_of_paths() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let matrix = client.matrix();
    let matrix_exploded = client.matrix_exploded();
    let label = client.label();
    let label_exploded = client.label_exploded();
    let simple = client.simple();
    let simple_exploded = client.simple_exploded();
    table! { wire, target;
        matrix.text().get("") => "/matrix/text/;color",
        matrix.text().get("blue") => "/matrix/text/;color=blue",
        matrix.list().get(list()) => "/matrix/list/;color=blue,black,brown",
        matrix.object().get(object()) => "/matrix/object/;color=R,100,G,200,B,150",

        matrix_exploded.text().get("") => "/matrix-exploded/text/;color",
        matrix_exploded.text().get("blue") => "/matrix-exploded/text/;color=blue",
        matrix_exploded.list().get(list()) => "/matrix-exploded/list/;color=blue;color=black;color=brown",
        matrix_exploded.object().get(object()) => "/matrix-exploded/object/;R=100;G=200;B=150",

        label.text().get("blue") => "/label/text/.blue",
        label.list().get(list()) => "/label/list/.blue,black,brown",
        label.object().get(object()) => "/label/object/.R,100,G,200,B,150",

        label_exploded.text().get("blue") => "/label-exploded/text/.blue",
        label_exploded.list().get(list()) => "/label-exploded/list/.blue.black.brown",
        label_exploded.object().get(object()) => "/label-exploded/object/.R=100.G=200.B=150",

        simple.text().get("blue") => "/simple/text/blue",
        simple.list().get(list()) => "/simple/list/blue,black,brown",
        simple.object().get(object()) => "/simple/object/R,100,G,200,B,150",

        simple_exploded.text().get("blue") => "/simple-exploded/text/blue",
        simple_exploded.list().get(list()) => "/simple-exploded/list/blue,black,brown",
        simple_exploded.object().get(object()) => "/simple-exploded/object/R=100,G=200,B=150",

        // A value stays within its segment (RFC 6570, section 3.2.1: only unreserved characters).
        simple.text().get("a/b?c#d e%;.,=ü") => "/simple/text/a%2Fb%3Fc%23d%20e%25%3B.%2C%3D%C3%BC",
        simple.list().get(["a,b", "c/d"].map(str::to_owned)) => "/simple/list/a%2Cb,c%2Fd",
        matrix.text().get("a;b=c") => "/matrix/text/;color=a%3Bb%3Dc",
    }
}

/// An empty `simple` is nothing, a lone dot of `label` is the folder itself (RFC 3986, section 5.2.4), and what
/// is undefined has no spelling at all (RFC 6570, section 2.3): each of these would be another path.
#[tokio::test]
async fn paths_that_would_be_others_are_not_sent() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let calls = [
        client.simple().text().get("").send_raw(),
        client.label().text().get("").send_raw(),
        client.label_exploded().text().get("").send_raw(),
        client.simple_exploded().text().get("").send_raw(),
        client.simple().list().get([]).send_raw(),
        client.matrix().list().get([]).send_raw(),
        client.label().list().get([]).send_raw(),
        client.simple().object().get(Color::new()).send_raw(),
        client.simple().text().get("..").send_raw(),
    ];
    for call in calls {
        let outcome = call.await;
        assert!(matches!(outcome, Err(Error::NotSent(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn styles_of_queries() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let form = client.form();
    let form_exploded = client.form_exploded();
    let space_delimited = client.space_delimited();
    let pipe_delimited = client.pipe_delimited();
    let deep_object = client.deep_object();
    table! { wire, target;
        form.text().color("") => "/form/text?color=",
        form.text().color("blue") => "/form/text?color=blue",
        form.list().color(list()) => "/form/list?color=blue,black,brown",
        form.object().color(object()) => "/form/object?color=R,100,G,200,B,150",

        form_exploded.text().color("") => "/form-exploded/text?color=",
        form_exploded.text().color("blue") => "/form-exploded/text?color=blue",
        form_exploded.list().color(list()) => "/form-exploded/list?color=blue&color=black&color=brown",
        form_exploded.object().color(object()) => "/form-exploded/object?R=100&G=200&B=150",

        space_delimited.list().color(list()) => "/space-delimited/list?color=blue%20black%20brown",
        space_delimited.object().color(object()) => "/space-delimited/object?color=R%20100%20G%20200%20B%20150",

        pipe_delimited.list().color(list()) => "/pipe-delimited/list?color=blue%7Cblack%7Cbrown",
        pipe_delimited.object().color(object()) => "/pipe-delimited/object?color=R%7C100%7CG%7C200%7CB%7C150",

        deep_object.object().get().color(object()) => "/deep-object/object?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",

        // Undefined (RFC 6570, section 2.3): the whole pair is left out.
        form.text() => "/form/text",
        form.list().color([]) => "/form/list",
        form_exploded.list().color([]) => "/form-exploded/list",
        form_exploded.object().color(Color::new()) => "/form-exploded/object",
        form_exploded.object().color(Color::new().g(200)) => "/form-exploded/object?G=200",
        space_delimited.list().color([]) => "/space-delimited/list",
        deep_object.object().get().color(Color::new()) => "/deep-object/object",

        // An empty text in a list is defined.
        form.list().color([String::new()]) => "/form/list?color=",
        form_exploded.list().color(["".to_owned(), "blue".to_owned()]) => "/form-exploded/list?color=&color=blue",

        // A value stays within its pair and its element (RFC 6570, section 3.2.8).
        form.text().color("a&b=c d+e%ü") => "/form/text?color=a%26b%3Dc%20d%2Be%25%C3%BC",
        form.list().color(["a,b".to_owned(), "c".to_owned()]) => "/form/list?color=a%2Cb,c",
    }
}

/// `allowReserved` is RFC 6570's reserved expansion (section 3.2.3, whose examples these are), and "applications
/// are still responsible for percent-encoding" what a query can't hold (`[`, `]`, `#`) or a form reads
/// otherwise (`&`, `+`), so these are encoded all the same, and so is `'` (URL standard, "special-query").
#[tokio::test]
async fn reserved_characters_of_queries() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let reserved = client.reserved();
    table! { wire, target;
        reserved.text().color("value") => "/reserved/text?color=value",
        reserved.text().color("Hello World!") => "/reserved/text?color=Hello%20World!",
        reserved.text().color("50%") => "/reserved/text?color=50%25",
        reserved.text().color("/foo/bar") => "/reserved/text?color=/foo/bar",
        reserved.text().color("http://example.com/home/") => "/reserved/text?color=http://example.com/home/",
        reserved.text().color("a%2Fb%2") => "/reserved/text?color=a%2Fb%252",
        reserved.text().color(":/?@!$()*,;=") => "/reserved/text?color=:/?@!$()*,;=",
        reserved.text().color("[]#&+'") => "/reserved/text?color=%5B%5D%23%26%2B%27",
        reserved.list().color(["a/b".to_owned(), "c".to_owned()]) => "/reserved/list?color=a/b&color=c",
        reserved.object().color(object()) => "/reserved/object?R=100&G=200&B=150",
    }
}

#[tokio::test]
async fn styles_of_headers() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let of_header = client.header();
    let exploded = client.header_exploded();
    let color = |request: Received| header(&request, "x-color");
    let some = |text: &str| Some(text.to_owned());
    table! { wire, color;
        of_header.text().x_color("") => some(""),
        of_header.text().x_color("blue") => some("blue"),
        of_header.list().x_color(list()) => some("blue,black,brown"),
        of_header.object().x_color(object()) => some("R,100,G,200,B,150"),

        exploded.text().x_color("blue") => some("blue"),
        exploded.list().x_color(list()) => some("blue,black,brown"),
        exploded.object().x_color(object()) => some("R=100,G=200,B=150"),

        of_header.text() => None,
        of_header.list().x_color([]) => None,
        // Headers have no percent-encoding (OpenAPI 3.1.1, Appendix D).
        of_header.text().x_color("a b/c%") => some("a b/c%"),
    }
    let outcome = of_header.text().x_color("a\r\nX-Other: b").send_raw().await;
    assert!(matches!(outcome, Err(Error::NotSent(_))), "{outcome:?}");
}

#[tokio::test]
async fn styles_of_cookies() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let of_cookie = client.cookie();
    let cookie = |request: Received| header(&request, "cookie");
    let some = |text: &str| Some(text.to_owned());
    table! { wire, cookie;
        of_cookie.text().color("") => some("color="),
        of_cookie.text().color("blue") => some("color=blue"),
        of_cookie.list().color(list()) => some("color=blue,black,brown"),
        of_cookie.object().color(object()) => some("color=R,100,G,200,B,150"),

        of_cookie.text() => None,
        // All of them stand in one header (RFC 6265, section 5.4).
        of_cookie.text().color("blue").lang("en") => some("color=blue; lang=en"),
    }
    // Beside those of the client (RFC 6265, section 4.2.1); a header of the call is instead of them.
    let with_own = wire.builder().default_header("cookie", "own=1").build().unwrap();
    let own = with_own.cookie();
    table! { wire, cookie;
        own.text() => some("own=1"),
        own.text().color("blue").lang("en") => some("own=1; color=blue; lang=en"),
        own.text().header("cookie", "a=1").color("blue") => some("a=1; color=blue"),
    }
    let outcome = of_cookie.text().color("blue; admin=1").send_raw().await;
    assert!(matches!(outcome, Err(Error::NotSent(_))), "{outcome:?}");
}

/// Values that aren't strings, as JSON spells them without quotes (OpenAPI 3.1.1, Appendix B).
#[tokio::test]
async fn primitives() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let get = || client.primitives().get();
    table! { wire, target;
        get().integer(-7) => "/primitives?integer=-7",
        get().integer(i64::MAX) => "/primitives?integer=9223372036854775807",
        get().number(0.5) => "/primitives?number=0.5",
        get().number(12.0) => "/primitives?number=12",
        get().boolean(true) => "/primitives?boolean=true",
        get().word("dark/blue") => "/primitives?word=dark%2Fblue",
        get().at("2030-01-01T00:00:00Z".parse::<sdk::Timestamp>().unwrap()) => "/primitives?at=2030-01-01T00%3A00%3A00Z",
        get().price("0.10".parse::<sdk::Decimal>().unwrap()) => "/primitives?price=0.10",
        get().price(12) => "/primitives?price=12",
        get().numbers([12345678, 90099]) => "/primitives?numbers=12345678,90099",
        // In the order in which they are set.
        get().boolean(false).integer(0) => "/primitives?boolean=false&integer=0",
    }
    let outcome = get().number(f64::NAN).send_raw().await;
    assert!(matches!(outcome, Err(Error::NotSent(_))), "{outcome:?}");
}

/// `format: byte`: base64 (RFC 4648, section 10), whose `+`, `/` and `=` a query encodes.
#[tokio::test]
async fn bytes_of_queries() {
    let wire = Wire::silent().await;
    let client = wire.client();
    table! { wire, target;
        client.bytes().get().color(b"foobar") => "/bytes?color=Zm9vYmFy",
        client.bytes().get().color(b"\xfb\xff") => "/bytes?color=%2B%2F8%3D",
        client.bytes().get().color(sdk::Base64::encoded("-_8")) => "/bytes?color=-_8",
    }
}

/// `content` in place of a style: the value as a text of that media type.
#[tokio::test]
async fn parameters_with_a_media_type() {
    const JSON: &str = r#"{"R":100,"G":200,"B":150}"#;
    const ENCODED: &str = "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
    let wire = Wire::silent().await;
    let client = wire.client();
    let content = client.content();
    table! { wire, target;
        content.path().get(object()) => format!("/content/path/{ENCODED}"),
        content.query().color(object()) => format!("/content/query?color={ENCODED}"),
        content.query().color(Color::new()) => "/content/query?color=%7B%7D",
        content.text().color("blue") => "/content/text?color=blue",
    }
    table! { wire, |request| header(&request, "x-color");
        content.header().x_color(object()) => Some(JSON.to_owned()),
    }
    table! { wire, |request| header(&request, "cookie");
        content.cookie().color(object()) => Some(format!("color={JSON}")),
    }
}
