//! Decoding a union: the candidates are tried, and what fits none is kept as it is.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error};
use serde_json::Value as Json;

use super::candidates::Candidates;
use super::decode::{SlotSeed, Trail};
use super::union::Union;
use super::value::Slot;

/// How deep unions with several candidates may nest before only the best candidate is tried: trying all
/// of them at every depth would take time exponential in the depth of a text.
const DEEPEST: usize = 4;

/// Fills a union. An error names the place, never a value.
pub(super) fn fill<'de, D: Deserializer<'de>>(
    union: &mut dyn Union,
    deserializer: D,
    trail: &Trail,
) -> Result<(), D::Error> {
    if let Some(digits) = union.variants().digits() {
        return digits.fill(union, deserializer, trail);
    }
    let json = Json::deserialize(deserializer)?;
    READ(union, json, trail).map_err(D::Error::custom)
}

/// [`read`], through a pointer: a release build of rustc 1.95 looks through all that a function may call,
/// once for every type whose `Deserialize` calls it by name.
pub(super) const READ: fn(&mut dyn Union, Json, &Trail) -> Result<(), serde_json::Error> = read;

fn read(union: &mut dyn Union, json: Json, trail: &Trail) -> Result<(), serde_json::Error> {
    choose(union, json, trail, |slot, json| slot.deserialize(json))
}

/// Fills the union with the first candidate that `decode` can read.
pub(super) fn choose(
    union: &mut dyn Union,
    json: Json,
    trail: &Trail,
    decode: impl Fn(SlotSeed<'_, '_>, &Json) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    let Candidates {
        mut order,
        tag_is_known,
        ..
    } = Candidates::of(union, &json);
    if trail.attempts() >= DEEPEST {
        order.truncate(1);
    }
    let several = order.len() > 1;
    let mut first = None;
    for variant in order {
        union.choose(variant);
        let mut slot = union.slot();
        let outcome = trail.attempt(several, || decode(SlotSeed::new(&mut slot, trail), &json));
        match outcome {
            Ok(()) => return Ok(()),
            Err(failed) => {
                first.get_or_insert(failed);
            }
        }
    }
    match first {
        Some(failed) if tag_is_known => Err(trail.fail(failed)),
        _ => {
            union.choose(union.variants().count());
            if let Slot::Any(place) = union.slot() {
                *place = json;
            }
            Ok(())
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;
    use crate::runtime::decode::from_json;
    use crate::runtime::encode::{Exposed, write_json};
    use crate::runtime::model::{self, Field, Model, model};
    use crate::runtime::secret::Secret;
    use crate::runtime::union::{Variants, union};
    use crate::runtime::value::{Get, Value};

    /// A union of these variants.
    macro_rules! forms {
        ($name:ident, $variants:expr, $($index:literal $variant:ident($ty:ty)),*) => {
            enum $name { $($variant($ty),)* Unknown(Json) }

            impl Union for $name {
                fn variants(&self) -> &'static Variants {
                    const { &$variants }
                }
                fn choose(&mut self, variant: usize) {
                    *self = match variant {
                        $($index => Self::$variant(Default::default()),)*
                        _ => Self::Unknown(Json::Null),
                    };
                }
                fn content_mut(&mut self) -> &mut dyn Value {
                    match self {
                        $(Self::$variant(value) => value,)*
                        Self::Unknown(value) => value,
                    }
                }
                fn get(&self) -> (usize, Get<'_>) {
                    match self {
                        $(Self::$variant(value) => ($index, Value::get(value)),)*
                        Self::Unknown(value) => (usize::MAX, Value::get(value)),
                    }
                }
            }
            union!($name, Unknown);
        };
    }

    /// An object with these fields.
    macro_rules! object {
        ($name:ident { $($index:literal $field:ident: $ty:ty = $described:expr),* }) => {
            #[derive(Default)]
            struct $name { $($field: $ty),* }

            impl Model for $name {
                fn shape(&self) -> model::ModelShape {
                    model::ModelShape { name: stringify!($name), fields: &[$($described),*] }
                }
                fn field_mut(&mut self, index: usize) -> &mut dyn Value {
                    match index {
                        $($index => &mut self.$field,)*
                        _ => self,
                    }
                }
                fn get(&self, index: usize) -> Get<'_> {
                    match index {
                        $($index => Value::get(&self.$field),)*
                        _ => Get::Absent,
                    }
                }
            }
            model!($name);
        };
    }

    pub(in crate::runtime) use {forms, object};

    object!(Circle { 0 radius: f64 = Field::Required("radius") });
    object!(Group {
        0 kind: String = Field::Required("kind"),
        1 first: Option<Shape> = Field::Optional("first"),
        2 shapes: Vec<Shape> = Field::Required("shapes")
    });
    forms!(Shape, Variants::tagged("kind", &[&["circle"], &["group", "set"]]), 0 Circle(Circle), 1 Group(Box<Group>));

    object!(Person { 0 name: Option<String> = Field::Optional("name") });
    object!(Company {
        0 name: Option<String> = Field::Optional("name"),
        1 vat: Option<String> = Field::Optional("vat")
    });
    object!(Login { 0 user: String = Field::Required("user"), 1 password: Secret = Field::Required("password") });
    forms!(
        Owner,
        Variants::untagged(5).holding_secrets(),
        0 Person(Person), 1 Company(Company), 2 Login(Login), 3 Number(i64), 4 Texts(Vec<String>)
    );
    forms!(Outer, Variants::untagged(2), 0 Flag(bool), 1 Shape(Shape));
    forms!(Implied, Variants::tagged("kind", &[&["Circle"], &["Group"]]).with_implied_tags(), 0 Circle(Circle), 1 Group(Group));

    fn read<T: Value + Default>(json: &Json) -> Result<T, String> {
        let mut value = T::default();
        from_json(json.to_string().as_bytes(), value.slot())
            .map(|()| value)
            .map_err(|error| format!("{} {}", error.path, error.message))
    }

    fn written<T: Value>(value: &T) -> Json {
        let mut text = Vec::new();
        write_json(&mut text, value.get()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    fn comes_back(json: Json) {
        let shape = read::<Shape>(&json);
        assert_eq!(shape.as_ref().map(written), Ok(json));
    }

    #[test]
    fn a_tag_decides_and_is_written_where_the_model_has_no_field_of_it() {
        let json = json!({"kind": "circle", "radius": 1.5});
        assert!(matches!(read::<Shape>(&json), Ok(Shape::Circle(circle)) if circle.radius == 1.5));
        comes_back(json);
        comes_back(json!({"kind": "set", "shapes": []}));
    }

    #[test]
    fn a_known_tag_with_broken_content_is_an_error_with_the_place() {
        let json = json!({"kind": "group", "shapes": [{"kind": "circle", "radius": "wide"}]});
        assert_eq!(
            read::<Shape>(&json).map(|_| ()),
            Err("/shapes/0/radius expected a number, found a string".to_owned())
        );
        let missing = read::<Shape>(&json!({"kind": "circle"})).map(|_| ());
        let expected = " expected the key `radius`, found an object without it";
        assert_eq!(missing, Err(expected.to_owned()));
    }

    #[test]
    fn what_fits_nothing_is_kept_and_written_as_it_was() {
        for json in [
            json!({"kind": "star", "points": [1, 2.5, 18_446_744_073_709_551_615_u64]}),
            json!({"radius": "no tag"}),
            json!(null),
            json!("text"),
        ] {
            assert!(matches!(read::<Shape>(&json), Ok(Shape::Unknown(kept)) if kept == json));
            comes_back(json);
        }
    }

    #[test]
    fn an_unknown_tag_says_nothing_where_tags_are_implied() {
        let json = json!({"kind": "circle", "radius": 2.0});
        assert!(matches!(
            read::<Implied>(&json),
            Ok(Implied::Circle(circle)) if circle.radius == 2.0
        ));
    }

    #[test]
    fn unions_nest_and_recur() {
        let json = json!({"kind": "group", "first": {"kind": "group", "shapes": []},
            "shapes": [{"kind": "circle", "radius": 1.0}, {"kind": "star"}]});
        comes_back(json.clone());
        assert!(matches!(
            read::<Outer>(&json),
            Ok(Outer::Shape(Shape::Group(_)))
        ));
        assert!(matches!(read::<Outer>(&json!(true)), Ok(Outer::Flag(true))));
    }

    #[test]
    fn no_variant_is_hidden_behind_another() {
        let owner = |json| read::<Owner>(&json);
        assert!(matches!(
            owner(json!({"name": "a"})),
            Ok(Owner::Person(one)) if one.name.as_deref() == Some("a")
        ));
        assert!(matches!(
            owner(json!({"name": "a", "vat": "b"})),
            Ok(Owner::Company(one)) if one.vat.as_deref() == Some("b")
        ));
        assert!(matches!(owner(json!(5)), Ok(Owner::Number(5))));
        assert!(matches!(owner(json!(["a"])), Ok(Owner::Texts(texts)) if texts == ["a"]));
        // Of another kind within: the next one is tried, and there is none.
        assert!(matches!(owner(json!([5])), Ok(Owner::Unknown(_))));
    }

    #[test]
    fn null_is_for_the_place_around_it() {
        assert!(matches!(read::<Option<Owner>>(&json!(null)), Ok(None)));
        assert!(matches!(
            read::<Vec<Option<Owner>>>(&json!([null, 1])).as_deref(),
            Ok([None, Some(Owner::Number(1))])
        ));
    }

    #[test]
    fn a_secret_of_an_unknown_form_is_shown_to_nobody() {
        let login = read::<Owner>(&json!({"user": "u", "password": "hush"}));
        let unknown = read::<Owner>(&json!({"token": {"value": "hush"}, "user": 1}));
        for owner in [login, unknown] {
            assert!(owner.is_ok());
            let shown = format!("{owner:?}");
            assert!(shown.contains("[redacted]") && !shown.contains("hush"));
            let Ok(owner) = owner else { continue };
            assert!(serde_json::to_string(&owner).is_err());
            let exposed = serde_json::to_string(&Exposed(&owner)).unwrap_or_default();
            assert!(exposed.contains("hush"));
        }
    }

    #[test]
    fn any_format_of_serde_is_read() {
        let json = json!({"kind": "circle", "radius": 3});
        let shape = serde_json::from_value::<Shape>(json);
        assert!(matches!(shape, Ok(Shape::Circle(circle)) if circle.radius == 3.0));
    }

    #[test]
    fn deep_unions_of_many_candidates_take_no_exponential_time() {
        object!(Wide { 0 child: Option<Box<Tree>> = Field::Optional("child"), 1 z: Option<i64> = Field::Optional("z") });
        object!(Narrow { 0 child: Option<Box<Tree>> = Field::Optional("child") });
        forms!(Tree, Variants::untagged(2), 0 Wide(Wide), 1 Narrow(Narrow));
        let mut json = json!({});
        for _ in 0..60 {
            json = json!({"child": json, "z": "no number"});
        }
        assert!(read::<Tree>(&json).is_ok());
    }
}
