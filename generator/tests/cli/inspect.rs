//! `inspect` and `explain`.

use serde_json::json;

use crate::scratch::Scratch;

#[test]
fn the_tree_is_drawn() {
    let run = Scratch::new().run(&["inspect"]).exits_with(0);
    assert_eq!(
        run.stdout,
        "client\n  .things()\n    .list    GET /things\n    .create  POST /things\n"
    );
}

/// Other tools count on exactly this.
#[test]
fn for_other_tools_the_shape_is_fixed() {
    let scratch = Scratch::new();
    scratch.edit(
        "components:",
        "    trace:\n      operationId: traceThings\n      responses: {}\ncomponents:",
    );
    let run = scratch.run(&["inspect", "--format", "json"]).exits_with(0);
    let mut inspection = run.stdout_json();
    let reason = inspection["not_generated"][0]["reason"].take();
    assert!(reason.as_str().unwrap().contains("TRACE"), "{reason}");
    let expected = json!({
        "operations": [
            {
                "id": "listThings", "method": "GET", "path": "/things", "resource": "things",
                "name": "list", "pointer": "#/paths/~1things/get", "retry": "safe", "paging": "single",
            },
            {
                "id": "createThing", "method": "POST", "path": "/things", "resource": "things",
                "name": "create", "pointer": "#/paths/~1things/post", "retry": "unsafe", "paging": null,
            },
        ],
        "not_generated": [
            {
                "id": "traceThings", "method": "TRACE", "path": "/things",
                "pointer": "#/paths/~1things/trace", "reason": null,
            },
        ],
    });
    assert_eq!(inspection, expected);
    assert_eq!(run.stderr_json()[0]["code"], "operation-not-generated");
    scratch
        .run(&["inspect", "--format", "json", "--deny-warnings"])
        .exits_with(1);
    scratch.run(&["inspect", "--deny-warnings"]).exits_with(1);
}

#[test]
fn an_operation_is_followed_from_the_document_to_its_rust() {
    let scratch = Scratch::generated();
    let run = scratch.run(&["explain", "createThing"]).exits_with(0);
    for part in [
        "#/paths/~1things/post",
        "specs/things.yaml:20:5",
        "POST /things",
        "fn create",
    ] {
        assert!(run.stdout.contains(part), "{part} in {}", run.stdout);
    }
}

#[test]
fn an_unknown_operation_names_those_that_are_near() {
    let scratch = Scratch::new();
    let run = scratch.run(&["explain", "creatThings"]).exits_with(2);
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr
            .starts_with("error: there is no operation `creatThings`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("did you mean `createThing`"),
        "{}",
        run.stderr
    );
    let run = scratch.run(&["explain", "zzz"]).exits_with(2);
    assert!(
        run.stderr.contains("`inspect` lists them"),
        "{}",
        run.stderr
    );
}
