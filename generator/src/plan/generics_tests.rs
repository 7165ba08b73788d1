#![allow(clippy::expect_used)]

use super::super::{Placement, plan};
use crate::config::Config;
use crate::lower::lower;
use crate::model::{ModelForm, TypeItem};
use crate::source::Source;

/// The models of a document with a call for each of these schemas: whether they share a definition.
fn forms(answers: &[String], components: &str) -> Vec<String> {
    let mut yaml = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths:\n".to_owned();
    for (index, schema) in answers.iter().enumerate() {
        let name = char::from(b'a' + u8::try_from(index).expect("few"));
        yaml += &format!(
            "  /{name}s:\n    get:\n      operationId: {name}s\n      responses: {{'200': {{description: All., content: {{application/json: {{schema: {schema}}}}}}}}}\n"
        );
    }
    yaml += components;
    let source = Source::new("things.yaml".to_owned(), yaml);
    let document = crate::load::load(&source).expect("readable").value;
    let api = lower(&document, &Config::default()).value;
    let krate = plan(&api, &Config::default(), &Placement::default()).value;
    let own = krate.all_resources().flat_map(|resource| &resource.types);
    let mut found: Vec<String> = own
        .chain(&krate.shared_types)
        .filter_map(|item| match item {
            TypeItem::Model(model) => Some((item.name(), &model.form)),
            _ => None,
        })
        .map(|(name, form)| match form {
            ModelForm::Own => name.to_string(),
            ModelForm::Generic(_) => format!("{name}<T>"),
            ModelForm::Instance(generic, _) => format!("{name} = {}", generic.name),
        })
        .collect();
    found.sort();
    found
}

fn around(result: &str) -> String {
    format!(
        "{{type: object, required: [ok], properties: {{ok: {{type: boolean}}, result: {result}}}}}"
    )
}

const TYPES: [&str; 8] = [
    "{type: string}",
    "{type: integer}",
    "{type: number}",
    "{type: boolean}",
    "{type: string, format: date}",
    "{type: string, format: date-time}",
    "{type: integer, format: int32}",
    "{type: array, items: {type: string}}",
];

#[test]
fn many_models_that_differ_in_one_type_are_one_generic_model() {
    let answers = TYPES.map(around);
    assert_eq!(
        forms(&answers, ""),
        [
            "As = WithResult",
            "Bs = WithResult",
            "Cs = WithResult",
            "Ds = WithResult",
            "Es = WithResult",
            "Fs = WithResult",
            "Gs = WithResult",
            "Hs = WithResult",
            "WithResult<T>"
        ]
    );
}

#[test]
fn a_few_stay_by_themselves() {
    let answers: Vec<String> = TYPES.iter().take(7).map(|ty| around(ty)).collect();
    assert_eq!(
        forms(&answers, ""),
        ["As", "Bs", "Cs", "Ds", "Es", "Fs", "Gs"]
    );
}

#[test]
fn a_model_with_another_field_or_another_need_of_it_is_no_member() {
    let mut answers: Vec<String> = TYPES.map(around).into();
    answers.push(around("{type: object, properties: {}}").replace("[ok]", "[ok, result]"));
    answers.push(around("{type: string}").replace("ok: {", "page: {type: integer}, ok: {"));
    let found = forms(&answers, "");
    assert!(
        found.contains(&"Is".to_owned()) && found.contains(&"Js".to_owned()),
        "{found:?}"
    );
}

#[test]
fn the_largest_family_has_the_short_name() {
    let with_page = |ty: &&str| around(ty).replace("ok: {", "page: {type: integer}, ok: {");
    let mut answers: Vec<String> = TYPES.map(around).into();
    answers.push(around("{type: object}"));
    answers.extend(TYPES.iter().map(with_page));
    let found = forms(&answers, "");
    assert!(found.contains(&"As = WithResult".to_owned()), "{found:?}");
    assert!(
        found.contains(&"Js = WithResultAndOkPage".to_owned()),
        "{found:?}"
    );
}

#[test]
fn no_alias_leads_back_to_itself() {
    let mut answers: Vec<String> = TYPES.map(around).into();
    answers.push("{$ref: '#/components/schemas/Tree'}".to_owned());
    let tree = "components: {schemas: {Tree: {type: object, required: [ok], properties: {ok: {type: boolean}, result: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}}}";
    let found = forms(&answers, tree);
    assert!(
        found.contains(&"Tree".to_owned()) && found.contains(&"WithResult<T>".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_model_of_two_families_goes_to_the_same_one_in_any_order() {
    let model = |one: &str, other: &str| {
        format!("{{type: object, properties: {{one: {one}, other: {other}}}}}")
    };
    let plain = "{type: string}";
    let mut answers: Vec<String> = TYPES.iter().map(|ty| model(ty, plain)).collect();
    answers.extend(TYPES.iter().skip(1).map(|ty| model(plain, ty)));
    let count = |answers: &[String]| {
        let found = forms(answers, "");
        let generic = found.iter().filter(|name| name.ends_with("<T>"));
        generic.cloned().collect::<Vec<String>>()
    };
    let forwards = count(&answers);
    answers.reverse();
    assert_eq!(forwards.len(), 1, "{forwards:?}");
    assert_eq!(forwards, count(&answers));
}
