//! Request bodies, byte for byte, with the media type that goes before them.

use sdk::Part;
use sdk::bodies::{Address, ConstantBodyItem};
use sdk::types::Color;

use crate::received::Received;
use crate::wire::{Wire, header, table};

/// Media type and body.
fn body(request: Received) -> (Option<String>, String) {
    let media_type = header(&request, "content-type");
    (media_type, String::from_utf8(request.body).unwrap())
}

fn of(media_type: &str, body: &str) -> (Option<String>, String) {
    (Some(media_type.to_owned()), body.to_owned())
}

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).into()
}

fn object() -> Color {
    Color::new().r(100).g(200).b(150)
}

/// The address of the examples under "Encoding Object" (OpenAPI 3.1.1).
fn address() -> Address {
    let address = Address::new().street_address("123 Example Dr.").city("Somewhere");
    address.state("CA").zip("99999+1234")
}

#[tokio::test]
async fn json() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let bodies = client.bodies();
    table! { wire, body;
        bodies.json().r(100).g(200).b(150) => of("application/json", r#"{"R":100,"G":200,"B":150}"#),
        bodies.json() => of("application/json", "{}"),
        bodies.json_list(list()) => of("application/json", r#"["blue","black","brown"]"#),
        bodies.json_list([]) => of("application/json", "[]"),
        bodies.merge_patch().edit().g(200) => of("application/merge-patch+json", r#"{"G":200}"#),
        bodies.optional().r(1) => of("application/json", r#"{"R":1}"#),
        bodies.optional() => (None, String::new()),
        // JSON where it may be JSON, and the other media types by hand.
        bodies.several().r(1) => of("application/json", r#"{"R":1}"#),
        bodies.several().body_bytes("application/xml", "<color/>") => of("application/xml", "<color/>"),
    }
}

/// What must be sent and can be one thing only isn't asked for.
#[tokio::test]
async fn constants() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let request = wire
        .sent(client.bodies().constant(ConstantBodyItem::new("red")).send_raw())
        .await;
    assert_eq!(request.path, "/bodies/constant?view=full");
    assert_eq!(header(&request, "x-version").as_deref(), Some("2026-11"));
    assert_eq!(
        body(request).1,
        r#"{"kind":"paint","item":{"type":"color","name":"red"}}"#
    );
}

/// Percent-encoded as the media type wants it: a space is `+` (URL standard, section 5.2; the example with the
/// address is OpenAPI's own, but for colons and commas, which that algorithm encodes, too).
#[tokio::test]
async fn forms() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let wire = Wire::silent().await;
    let client = wire.client();
    let bodies = client.bodies();
    table! { wire, body;
        bodies.form().id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6").address(address()) => of(FORM, concat!(
            "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C",
            "%22city%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D",
        )),
        bodies.form().exploded(list()) => of(FORM, "exploded=blue&exploded=black&exploded=brown"),
        bodies.form().commas(list()) => of(FORM, "commas=blue,black,brown"),
        bodies.form().spaces(list()) => of(FORM, "spaces=blue%20black%20brown"),
        bodies.form().pipes(list()) => of(FORM, "pipes=blue%7Cblack%7Cbrown"),
        bodies.form().deep(object()) => of(FORM, "deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150"),
        bodies.form().members(object()) => of(FORM, "R=100&G=200&B=150"),
        bodies.form().id("a b&c=d+e~*") => of(FORM, "id=a+b%26c%3Dd%2Be%7E*"),
        bodies.form().reserved("a/b?c d&e") => of(FORM, "reserved=a/b?c%20d%26e"),
        // "If it were treated as `application/json`", the quotes belong to the value.
        bodies.form().as_json("f81d4fae") => of(FORM, "as_json=%22f81d4fae%22"),
    }
}

/// `format: byte`: base64 there and back (RFC 4648, section 10).
#[tokio::test]
async fn bytes_in_json() {
    let wire = Wire::answering("HTTP/1.1 200 OK\r\n\r\n{\"data\":\"-_8\"}").await;
    let client = wire.client();
    table! { wire, body;
        client.bodies().bytes().create(b"foobar") => of("application/json", r#"{"data":"Zm9vYmFy"}"#),
    }
    let picture = client.bodies().bytes().create(b"").await.unwrap();
    assert_eq!(picture.data.decode().unwrap(), b"\xfb\xff");
    assert_eq!(picture.data.as_str(), "-_8");
}

/// Headers of parts as RFC 7578 has them; a part is `text/plain` where nothing is said (section 4.4).
#[tokio::test]
async fn parts() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let bodies = client.bodies();
    let parts = |request: Received| {
        let (media_type, body) = body(request);
        let media_type = media_type.unwrap();
        let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        body.replace(boundary, "XX").replace("\r\n", "\n")
    };
    table! { wire, parts;
        bodies.multipart().id("f81d4fae").count(7) => "\
--XX
Content-Disposition: form-data; name=\"id\"

f81d4fae
--XX
Content-Disposition: form-data; name=\"count\"

7
--XX--
",
        // An object is JSON by default, and whatever the document says is JSON.
        bodies.multipart().address(address()).tags_json(list()) => "\
--XX
Content-Disposition: form-data; name=\"address\"
Content-Type: application/json

{\"streetAddress\":\"123 Example Dr.\",\"city\":\"Somewhere\",\"state\":\"CA\",\"zip\":\"99999+1234\"}
--XX
Content-Disposition: form-data; name=\"tags_json\"
Content-Type: application/json

[\"blue\",\"black\",\"brown\"]
--XX--
",
        // A list is a part for each of its elements.
        bodies.multipart().tags(["a", "b"].map(str::to_owned)).pages([Part::from("1"), Part::from("2").file_name("2.txt")]) => "\
--XX
Content-Disposition: form-data; name=\"tags\"

a
--XX
Content-Disposition: form-data; name=\"tags\"

b
--XX
Content-Disposition: form-data; name=\"pages\"; filename=\"pages\"
Content-Type: application/octet-stream

1
--XX
Content-Disposition: form-data; name=\"pages\"; filename=\"2.txt\"
Content-Type: application/octet-stream

2
--XX--
",
        // The document's media type, unless the caller knows better.
        bodies.multipart().photo("PNG").file(Part::from("%PDF").file_name("a\"b.pdf").content_type("application/pdf")) => "\
--XX
Content-Disposition: form-data; name=\"photo\"; filename=\"photo\"
Content-Type: image/png

PNG
--XX
Content-Disposition: form-data; name=\"file\"; filename=\"a%22b.pdf\"
Content-Type: application/pdf

%PDF
--XX--
",
    }
}

#[tokio::test]
async fn bytes_and_texts() {
    let wire = Wire::silent().await;
    let client = wire.client();
    let bodies = client.bodies();
    table! { wire, body;
        bodies.octet_stream("\0\r\n") => of("application/octet-stream", "\0\r\n"),
        bodies.text("blau: ü") => of("text/plain", "blau: ü"),
        bodies.xml("<color R='100'/>") => of("application/xml", "<color R='100'/>"),
        bodies.unknown("thing") => of("application/vnd.acme.thing", "thing"),
        bodies.lines().create([object(), Color::new()]) => of(
            "application/x-ndjson",
            "{\"R\":100,\"G\":200,\"B\":150}\n{}\n",
        ),
    }
}
