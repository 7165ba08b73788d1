//! Code that somebody wrote against the crate of `base.yaml`: it names every public item and says the
//! type of everything that it gets, so that whatever changes in the interface stops it from compiling.

#![allow(dead_code)]

use std::borrow::Cow;
use std::collections::BTreeMap;

use pet_shop::health::{GetHealth, Health};
use pet_shop::owners::{ListOwners, ListOwnersOrder, Owners};
use pet_shop::pets::photo::{CreatePhoto, GetPhoto, Photo};
use pet_shop::pets::visits::{CreateVisit, Note, NoteMood, Visits};
use pet_shop::pets::{
    Ball, Bone, CreatePet, DeletePet, ErrorModel, GetPet, Home, HomeGarden, ListPets, Pet, PetChip,
    Pets, Replacement, ReplacementKind, State, Toy, UpdatePet, Visit, VisitResult,
};
use pet_shop::types::{Address, Owner, OwnerContact, OwnerRemark, Stay};
use pet_shop::{
    Bytes, Client, Credentials, Date, Error, EventValues, JsonValue, Nullable, Part, Secret, Timestamp,
};

/// A text that only what is made of any text takes.
fn text() -> Cow<'static, str> {
    Cow::Borrowed("x")
}

fn client() -> Result<Client, Error> {
    Client::new(Credentials::token(Secret::from("t")))
}

async fn calls(client: &Client) -> Result<(), Error> {
    let health: Health<'_> = client.health();
    let call: GetHealth<'_> = health.get();
    let _: String = call.await?;

    let owners: Owners<'_> = client.owners();
    let call: ListOwners<'_> = owners.list(text()).order(ListOwnersOrder::Age);
    let _: Vec<Owner> = call.await?;

    let pets: Pets<'_> = client.pets();
    let call: ListPets<'_> = pets
        .list()
        .limit(5_i32)
        .state(State::Sold)
        .marks(vec![String::new()])
        .x_trace(text());
    let _: Vec<Pet> = call.await?;
    let call: CreatePet<'_> = pets
        .create(text())
        .tag(text())
        .state(State::Available)
        .age(3_i64)
        .home(home())
        .password(Secret::from("p"));
    let _: Pet = call.await?;
    let call: GetPet<'_> = pets.get(text());
    let _: Pet = call.await?;
    let _: EventValues<'_, Pet> = pets.get(text()).stream_values();
    let call: UpdatePet<'_> = pets.update(text(), replacement());
    let _: Pet = call.await?;
    let call: DeletePet<'_> = pets.delete(text(), text());
    let () = call.await?;

    let photo: Photo<'_> = pets.photo();
    let call: GetPhoto<'_> = photo.get(text());
    let _: Bytes = call.await?;
    let call: CreatePhoto<'_> = photo.create(text(), Part::bytes("b")).caption(text());
    let () = call.await?;

    let visits: Visits<'_> = pets.visits();
    let note: Note = Note::new(text()).mood(NoteMood::Good);
    let call: CreateVisit<'_> = visits.create(text()).body(note);
    let _: Visit = call.await?;
    Ok(())
}

/// A literal is of the type that the method takes, where that says one.
async fn literals(client: &Client) -> Result<(), Error> {
    let _ = client.pets().create("x").age(3).tag("y").await?;
    let _ = client.pets().list().limit(5).x_trace("z").await?;
    let _ = HomeGarden::new().size(2);
    Ok(())
}

fn home() -> Home {
    Home::new(text())
        .zip(Nullable::Value(String::new()))
        .rooms(vec![String::new()])
        .garden(HomeGarden::new().size(2_i64))
}

fn replacement() -> Replacement {
    Replacement::new(text(), home())
        .kind(ReplacementKind::Dog)
        .additional(BTreeMap::<String, String>::new())
}

fn read_pet(pet: &Pet) {
    let _: &String = &pet.id;
    let _: &String = &pet.name;
    let _: &Option<State> = &pet.state;
    let _: &Option<Owner> = &pet.owner;
    let _: &Option<Date> = &pet.born;
    let _: &Option<f64> = &pet.weight;
    let _: &Option<i32> = &pet.visits;
    let _: &Nullable<String> = &pet.nickname;
    let _: &Option<BTreeMap<String, String>> = &pet.traits;
    let _: &Option<Vec<Visit>> = &pet.history;
    let _: &Option<Toy> = &pet.toy;
    let _: &Option<PetChip> = &pet.chip;
}

fn read_parts(chip: &PetChip, visit: &Visit, owner: &Owner, address: &Address, error: &ErrorModel) {
    let _: (&String, &Option<String>) = (&chip.code, &chip.maker);
    let _: (&Timestamp, &Option<String>) = (&visit.at, &visit.by);
    let _: (&Option<f64>, &Option<VisitResult>) = (&visit.price, &visit.result);
    let _: (&Option<String>, &Option<i64>) = (&owner.name, &owner.age);
    let _: (&Option<Address>, &Option<OwnerContact>) = (&owner.address, &owner.contact);
    let _: (&Option<OwnerRemark>, &Option<Stay>) = (&owner.remark, &owner.stay);
    let _: &Option<BTreeMap<String, JsonValue>> = &owner.extras;
    let _: (&Option<String>, &Option<String>) = (&address.city, &address.line);
    let _: (&Option<i64>, &Option<String>) = (&error.code, &error.message);
}

fn read_sent(home: &Home, garden: &HomeGarden, replacement: &Replacement, note: &Note) {
    let _: (&String, &Nullable<String>) = (&home.street, &home.zip);
    let _: (&Option<Vec<String>>, &Option<HomeGarden>) = (&home.rooms, &home.garden);
    let _: &Option<i64> = &garden.size;
    let _: (&String, &Home) = (&replacement.name, &replacement.home);
    let _: &Option<ReplacementKind> = &replacement.kind;
    let _: &BTreeMap<String, String> = &replacement.additional;
    let _: (&String, &Option<NoteMood>) = (&note.text, &note.mood);
    let moved = &note.moved;
    let _: Option<&Option<String>> = moved.as_ref().map(|moved| &moved.till);
}

fn toys(toy: &Toy) {
    match toy {
        Toy::Ball(Ball { kind, size, .. }) => {
            let _: (&String, &Option<i64>) = (kind, size);
        }
        Toy::Bone(Bone { kind, taste, .. }) => {
            let _: (&String, &Option<String>) = (kind, taste);
        }
        Toy::Unknown(value) => {
            let _: &JsonValue = value;
        }
        _ => {}
    }
}

fn contacts(contact: &OwnerContact) {
    match contact {
        OwnerContact::Text(text) => {
            let _: &String = text;
        }
        OwnerContact::Address(address) => {
            let _: &Address = address;
        }
        OwnerContact::Unknown(value) => {
            let _: &JsonValue = value;
        }
        _ => {}
    }
}

fn enumerations() {
    let _ = [
        State::Available,
        State::Pending,
        State::Sold,
        State::Unknown(String::new()),
    ];
    let _ = [
        VisitResult::Well,
        VisitResult::Ill,
        VisitResult::Unknown(String::new()),
    ];
    let _ = [
        ReplacementKind::Cat,
        ReplacementKind::Dog,
        ReplacementKind::Unknown(String::new()),
    ];
    let _ = [
        NoteMood::Good,
        NoteMood::Bad,
        NoteMood::Unknown(String::new()),
    ];
    let _ = [
        ListOwnersOrder::Name,
        ListOwnersOrder::Age,
        ListOwnersOrder::Unknown(String::new()),
    ];
}
