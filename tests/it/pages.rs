//! Reading lists page by page: `tests/pages/` drives the SDK of `golden/paging` over real sockets.

use crate::compiles::Workspace;
use crate::fixtures::Golden;

#[test]
fn lists_are_read_to_their_end_and_no_further() {
    let golden = Golden::all()
        .into_iter()
        .find(|golden| golden.name == "paging");
    Workspace::new("pages").call(&golden.unwrap().files(), &["tests/pages"]);
}
