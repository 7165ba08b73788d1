//! Reading lists page by page: `tests/pages/` drives the SDK of `golden/paging` over real sockets.

use std::collections::BTreeMap;
use std::fs;

use generator::files::Files;

use crate::compiles::Workspace;
use crate::fixtures::{Golden, root};

#[test]
fn lists_are_read_to_their_end_and_no_further() {
    let golden = Golden::all()
        .into_iter()
        .find(|golden| golden.name == "paging");
    let workspace = Workspace::new("pages");
    workspace.write("sdk", &golden.unwrap().files());
    let file = |name: &str| fs::read_to_string(root().join("tests/pages").join(name)).unwrap();
    let files = [
        ("Cargo.toml", file("Cargo.toml.txt")),
        ("pages.rs", file("pages.rs")),
        ("server.rs", file("server.rs")),
        ("src/lib.rs", String::new()),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text));
    workspace.write("reader", &Files(BTreeMap::from(files)));
    workspace.describe(&["sdk", "reader"]);
    workspace.cargo(&["test", "--package", "reader"]);
}
