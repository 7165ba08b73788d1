use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::config::Config;
use crate::emit;
use crate::source::Source;
use crate::{Placement, plan};

/// What templates render, with a name in it that is to be of many lengths.
const FORMS: [&str; 22] = [
    "pub struct NAME {\n    /// A \"field\"\n    # [deprecated]\n    pub NAME : Vec < Option < String > > ,\n}",
    "pub struct NAME {\n}\npub struct Other ;",
    "impl NAME {\n    #[inline]\n    pub fn set(mut self, NAME : impl Into < String >) -> Self {\n        self . call . field (\"NAME\" , & NAME) ;\n        self\n    }\n}",
    "impl Call {\n    fn set(mut self) -> Self {\n        self . call . field :: < Vec < crate :: NAME > > (\"name\" , Style :: Form , name) ;\n        self\n    }\n}",
    "impl Call {\n    fn set(mut self) -> Self {\n        self . call . field :: < Vec < NAME > > (\"NAME\" , Style :: Form , NAME) ;\n        self\n    }\n}",
    "impl Call {\n    fn set(mut self) -> Self {\n        self . call . field :: < BTreeMap < String , crate :: NAME > > (\"NAME\" , NAME) ;\n        self\n    }\n}",
    "impl < 'a > NAME < 'a > {\n    pub fn get(&self, NAME : & 'a str , other : impl Into < NAME >) -> Get < 'a > {\n        let mut call = Call::new(self.client, &GET);\n        RequestBuilder::new(call)\n    }\n}",
    "pub (crate) static NAME: Operation = Operation { id : \"NAME\" , body : Some (\"NAME\") , paging : None , };",
    "static GET: Operation = Operation { id : \"NAME\" , body : Some (\"NAME\") , answer : Answer :: Json , paging : None , };",
    "impl Model for Thing {\n    fn shape(&self) -> ModelShape {\n        ModelShape {\n            name: \"NAME\",\n            fields: &[Field :: Required (\"NAME\"),Field :: Optional (\"other\"),],\n        }\n    }\n}",
    "impl Model for Thing {\n    fn shape(&self) -> ModelShape {\n        ModelShape {\n            name: \"NAME\",\n            fields: &[],\n        }\n    }\n}",
    "impl StringEnum for NAME {\n    const KNOWN: &'static [Self] = &[Self::NAME,Self::Other,];\n}",
    "impl Model for Thing {\n    fn field_mut(&mut self, index: usize) -> &mut dyn Value {\n        match index {\n            0 => &mut self.NAME,\n            _ => self,\n        }\n    }\n}",
    "impl NAME {\n    fn new(NAME : bool) -> Self {\n        Self { NAME , .. Self :: default () }\n    }\n}",
    "impl NAME {\n    fn new(NAME : bool) -> Self {\n        Self { NAME : NAME . into () , }\n    }\n}",
    "pub type NAME < 'a > = RequestBuilder < 'a , crate :: types :: NAME , NAME > ;",
    "pub type NAME = crate :: types :: Page < Option < Vec < NAME > > > ;",
    "use crate :: NAME :: { NAME , Other } ; use other :: * ;\nuse crate::NAME::*;\npub mod NAME ;",
    "#[comment = \"@blank\"]\n# [cfg (any (feature = \"NAME\" , feature = \"b\"))] pub mod NAME ;\nmodel!(NAME);\nunion!(generic NAME);",
    "impl From < NAME > for Other {\n    fn from(value: NAME) -> Self {\n        Self::NAME(value)\n    }\n}",
    "pub enum NAME {\n    /// One.\n    NAME(Box < NAME >),\n    /// /Two.\n    Two,\n}",
    "impl NAME {\n    fn all(&self) -> bool {\n        if self.NAME.is_some() {\n            return !self.others.iter().any(|it| it.NAME);\n        }\n        const { &Variants :: untagged (2) } . NAME (- 1)\n    }\n}",
];

fn assert_alike(rendered: &str) {
    let expected = by_prettyplease(rendered);
    assert!(expected.is_some(), "no Rust: {rendered}");
    assert_eq!(lay_out(rendered), expected, "{rendered}");
}

#[test]
fn forms_are_laid_out_alike_at_any_width() {
    for form in FORMS {
        for length in 1..=100 {
            assert_alike(&form.replace("NAME", &"n".repeat(length)));
        }
    }
}

#[test]
fn what_cannot_be_taken_apart_is_not_laid_out() {
    for text in ["pub struct {", "}", "fn f() { \""] {
        assert_eq!(lay_out(text), None, "{text}");
    }
}

#[test]
fn documents_are_laid_out_alike() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut documents = vec![root.join("specs/service-tokens.yaml")];
    let golden = fs::read_dir(root.join("tests/golden"))
        .into_iter()
        .flatten();
    for case in golden.flatten() {
        let files = fs::read_dir(case.path()).into_iter().flatten().flatten();
        let is_document = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == "spec");
        documents.extend(files.map(|file| file.path()).filter(is_document));
    }
    assert!(documents.len() > 20, "{documents:?}");
    for path in documents {
        let source = Source::read(&path)?;
        let planned = plan(&source, &Config::default(), &Placement::default());
        let planned = planned.map_err(|failure| format!("{}: {failure}", path.display()))?;
        emit::formatted(&planned.value.krate, |rendered, _| {
            assert_alike(rendered);
            String::new()
        });
    }
    Ok(())
}
