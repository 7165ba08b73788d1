use super::*;
use crate::model::{Field, Model, RustType, TypeKind, TypePath};
use crate::plan::names::lone;
use crate::pointer::Pointer;

/// A model of so many lines of documentation, made of others.
fn model(name: &str, lines: usize, made_of: &[&str]) -> TypeItem {
    let field = |of: &&str| Field {
        withheld: false,
        name: lone(Use::Field, of),
        wire_name: (*of).to_owned(),
        docs: Vec::new(),
        ty: RustType::Named(TypePath {
            module: Vec::new(),
            name: lone(Use::Type, of),
            kind: TypeKind::Plain,
        }),
        required: false,
        constant: None,
        deprecated: false,
    };
    TypeItem::Model(Model {
        name: lone(Use::Type, name),
        docs: vec![String::new(); lines],
        at: Pointer::root(),
        fields: made_of.iter().map(field).collect(),
        additional: None,
        constructible: false,
        required: None,
        deprecated: false,
        form: crate::model::ModelForm::Own,
    })
}

/// Files with the types in them.
fn spelled(parts: &[Part], types: &[TypeItem]) -> Vec<String> {
    let spell = |part: &Part| {
        let names: Vec<&str> = part
            .types
            .iter()
            .map(|index| types[*index].name().bare())
            .collect();
        let inside = spelled(&part.parts, types).join("; ");
        format!("{}: {}{inside}", part.module, names.join(" "))
    };
    parts.iter().map(spell).collect()
}

#[test]
fn a_short_resource_is_one_file() {
    let types = [model("Rule", 400, &[]), model("Zone", 400, &[])];
    assert!(resource(&[], &types, &[], &[]).is_empty());
}

#[test]
fn types_of_a_long_resource_stand_in_a_file_of_their_own() {
    let types = [model("Rule", 1180, &[])];
    assert_eq!(
        spelled(&resource(&[], &types, &[], &[]), &types),
        ["types: Rule"]
    );
}

#[test]
fn what_a_type_is_made_of_stands_beside_it() {
    let types = [
        model("Rule", 700, &["Action"]),
        model("Zone", 700, &["Owner"]),
        model("Owner", 200, &[]),
        model("Action", 200, &[]),
    ];
    assert_eq!(
        spelled(&resource(&[], &types, &[], &[]), &types),
        ["types: rule: Rule Action; zone: Zone Owner"]
    );
}

#[test]
fn a_type_that_is_too_long_with_its_parts_gives_them_away() {
    let types = [
        model("Scan", 600, &["Page", "Meta"]),
        model("Page", 500, &[]),
        model("Meta", 700, &[]),
    ];
    assert_eq!(
        spelled(&resource(&[], &types, &[], &[]), &types),
        ["types: meta: Meta; scan: Scan Page"]
    );
}

#[test]
fn types_that_are_made_of_each_other_find_a_file() {
    let types = [model("Node", 700, &["Edge"]), model("Edge", 700, &["Node"])];
    assert_eq!(
        spelled(&resource(&[], &types, &[], &[]), &types),
        ["types: edge: Edge; node: Node"]
    );
}

#[test]
fn a_file_is_not_called_as_a_resource_below() {
    let types = [model("Rule", 1300, &[])];
    let child = lone(Use::Module, "types");
    assert_eq!(
        spelled(&resource(&[], &types, &[], &[&child]), &types),
        ["types_of: Rule"]
    );
}

#[test]
fn shared_types_stand_together_by_who_uses_them() {
    let types = [
        model("Page", 10, &[]),
        model("Owner", 10, &[]),
        model("Direction", 10, &[]),
    ];
    let gate = |features: &[&str]| features.iter().map(|name| (*name).to_owned()).collect();
    let gates = [gate(&[]), gate(&["dns", "zones"]), gate(&[])];
    let parts = shared(&types, &gates);
    assert_eq!(
        spelled(&parts, &types),
        ["owner: Owner", "page: Page Direction"]
    );
    assert_eq!(parts[0].features, ["dns", "zones"]);
    assert!(shared(&types, &[gate(&[]), gate(&[]), gate(&[])]).is_empty());
}
