//! Old names that are kept: who writes them compiles, and is told the new ones.

use generator::bump::old_names;
use generator::config::Config;
use generator::diff::change::Bump;
use generator::files::Files;
use generator::plan::Placement;
use generator::source::Source;
use generator::{Reading, read};

use crate::compiles::Workspace;

const OLD: &str = r##"
openapi: 3.0.3
info: { title: Pet shop, version: "1" }
servers: [{ url: https://api.example.com }]
paths:
  /pets:
    get:
      operationId: list-pets
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses:
        "200":
          description: Pets.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string }, state: { $ref: "#/components/schemas/State" } } }
    State: { type: string, enum: [sold, free] }
"##;

/// Written against the crate of the old document.
const CALLER: &str = r#"
pub async fn caller(client: &pet_shop::Client) -> Result<Option<pet_shop::pets::Pet>, pet_shop::Error> {
    let call: pet_shop::pets::ListPets<'_> = client.pets().list();
    let pets: Vec<pet_shop::pets::Pet> = call.limit(3).await?;
    let sold = Some(pet_shop::pets::State::Sold);
    Ok(pets.into_iter().find(|pet| pet.state == sold))
}
"#;

/// As a document and a configuration that call everything otherwise read it.
fn renamed() -> (Source, Config) {
    let text = OLD
        .replace("Pet:", "Animal:")
        .replace("/Pet\"", "/Animal\"");
    let text = text
        .replace("State:", "Mood:")
        .replace("/State\"", "/Mood\"");
    let config = "[operations.list-pets]\nname = \"all\"\n";
    let config = Config::parse(config, "sdk.toml".as_ref()).unwrap();
    (Source::new("new.yaml", text), config)
}

fn reading(source: &Source, config: &Config) -> Reading {
    read(source, config, &Placement::default()).unwrap().value
}

#[test]
fn callers_compile_with_old_names_and_the_step_is_a_minor_one() {
    let old = reading(&Source::new("old.yaml", OLD), &Config::default());
    let (source, mut config) = renamed();
    let diff = generator::diff::diff(&old, &reading(&source, &config));
    assert_eq!(diff.bump, Bump::Major);
    old_names::add(&mut config.renamed, &diff.renames);
    let kept = reading(&source, &config);
    let diff = generator::diff::diff(&old, &kept);
    assert_eq!(diff.bump, Bump::Minor, "{:#?}", diff.changes);

    let placement = Placement {
        in_workspace: true,
        ..Placement::default()
    };
    let sdk = generator::generate(&source, &config, &placement).unwrap();
    assert!(sdk.diagnostics.is_empty(), "{:?}", sdk.diagnostics);
    let workspace = Workspace::new("renamed");
    workspace.write("sdk", &sdk.value);
    workspace.write("caller", &caller());
    workspace.describe(&["sdk", "caller"]);
    let said = workspace.cargo(&["check", "--package", "caller"]);
    for name in [
        "use of deprecated type alias `pet_shop::pets::Pet`: is called `pets::Animal` now",
        "use of deprecated type alias `pet_shop::pets::State`: is called `pets::Mood` now",
        "use of deprecated type alias `pet_shop::pets::ListPets`: is called `pets::AllPet` now",
        "use of deprecated method `pet_shop::pets::Pets::<'a>::list`: is called `all` now",
    ] {
        assert!(said.contains(name), "{name}\n{said}");
    }
}

#[test]
fn a_name_that_is_given_up_later_is_a_break_then() {
    let (source, config) = renamed();
    let old = reading(&Source::new("old.yaml", OLD), &Config::default());
    let diff = generator::diff::diff(&old, &reading(&source, &config));
    let mut kept = config.clone();
    old_names::add(&mut kept.renamed, &diff.renames);
    let kept = reading(&source, &kept);
    let given_up = generator::diff::diff(&kept, &reading(&source, &config));
    assert_eq!(given_up.bump, Bump::Major, "{:#?}", given_up.changes);
    let again = generator::diff::diff(&kept, &kept);
    assert_eq!(again.bump, Bump::None, "{:#?}", again.changes);
}

fn caller() -> Files {
    let manifest = "[package]\nname = \"caller\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
        [dependencies]\npet-shop = { path = \"../sdk\" }\n";
    let files = [("Cargo.toml", manifest), ("src/lib.rs", CALLER)];
    Files(
        files
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .into(),
    )
}
