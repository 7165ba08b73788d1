//! What goes over the wire, byte for byte: `tests/wire/` calls the SDK of the document in it over real sockets.
//! Read its tables to learn what is sent for each style, body, answer and security scheme.

use generator::config::Config;
use generator::generate;
use generator::plan::Placement;
use generator::source::Source;

use crate::compiles::Workspace;
use crate::fixtures::root;

#[test]
fn every_case_of_the_specification_is_sent_as_it_shows() {
    let source = Source::read(&root().join("tests/wire/spec.yaml")).unwrap();
    let placement = Placement {
        source: "tests/wire/spec.yaml".to_owned(),
        name: None,
        in_workspace: true,
    };
    let report = generate(&source, &Config::default(), &placement).unwrap();
    // Whatever the specification defines is generated without reserve.
    assert_eq!(report.diagnostics, []);
    let workspace = Workspace::new("wire");
    workspace.call(&report.value, &["tests/wire", "tests/it/received.rs"]);
    // Parts of the runtime that few services need stand in no other SDK that is tested.
    workspace.cargo(&["test", "--package", "wire", "--lib"]);
}
