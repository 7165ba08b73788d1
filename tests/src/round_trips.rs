//! Values through the types of an SDK and back: a program that decodes and encodes them, and what became of each.

use std::collections::HashMap;
use std::error::Error;

use generator::files::Files;
use generator::model::RustType;
use quote::quote;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::program::{MANIFEST, Program};
use crate::rust_types::type_of;
use crate::typed::{Typed, Types};
use crate::validity::{Schemas, equal};

/// Types in one file: rustc takes a crate's files together, people don't.
const PER_FILE: usize = 500;

/// Values to be tried, each with its type.
pub struct Trials<'d> {
    document: &'d Value,
    schemas: Schemas<'d>,
    types: &'d Types,
    indices: HashMap<RustType, usize>,
    /// In the order of their indices.
    order: Vec<RustType>,
    trials: Vec<Trial>,
}

/// A value, whole or in parts.
struct Trial {
    schema: String,
    value: Value,
    /// Its type by index; of an object that is arguments of a call, those of the members that it has.
    pieces: Vec<(Option<String>, usize)>,
}

/// Why a value isn't tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untried {
    /// It isn't what its schema says.
    Invalid(String),
    /// No type was made of its schema.
    Untyped,
}

/// What became of a value that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Encoded, it is what it was.
    Same,
    /// Encoded, it is what it was but for members that its schema has no word for, or that are read-only.
    LeftOut(Vec<String>),
    /// It can't be decoded.
    Undecoded(String),
    /// Encoded, it is another value.
    Changed(String),
}

/// A line of the program.
#[derive(Deserialize)]
enum Line {
    /// The text that it is encoded as.
    #[serde(rename = "encoded")]
    Encoded(String),
    /// Why it isn't.
    #[serde(rename = "error")]
    Error(String),
}

impl<'d> Trials<'d> {
    /// No values yet.
    pub fn new(document: &'d Value, types: &'d Types) -> Self {
        Self {
            document,
            schemas: Schemas::of(document),
            types,
            indices: HashMap::new(),
            order: Vec::new(),
            trials: Vec::new(),
        }
    }

    /// Adds a value of the schema at a place; gives the trial's number.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn add(&mut self, schema: &str, value: &Value) -> Result<usize, Untried> {
        let node = self.schemas.at(schema).unwrap_or(&Value::Bool(true));
        self.schemas.check(node, value).map_err(Untried::Invalid)?;
        let typed = self
            .types
            .at(self.document, schema)
            .ok_or(Untried::Untyped)?;
        let pieces = match (typed, value) {
            (Typed::Whole(ty), value) => vec![(None, self.index(ty, value))],
            (Typed::Members(members), Value::Object(object)) => members
                .iter()
                .filter_map(|(name, ty)| {
                    let value = object.get(name)?;
                    Some((Some(name.clone()), self.index(ty, value)))
                })
                .collect(),
            (Typed::Members(_), _) => return Err(Untried::Untyped),
        };
        self.trials.push(Trial {
            schema: schema.to_owned(),
            value: value.clone(),
            pieces,
        });
        Ok(self.trials.len() - 1)
    }

    fn index(&mut self, ty: &RustType, value: &Value) -> usize {
        // Who may be null says so where it is used; any JSON value can be null by itself.
        let ty = match ty {
            ty if value.is_null() && *ty != RustType::Json => {
                &RustType::Option(Box::new(ty.clone()))
            }
            ty => ty,
        };
        if let Some(index) = self.indices.get(ty) {
            return *index;
        }
        self.indices.insert(ty.clone(), self.order.len());
        self.order.push(ty.clone());
        self.order.len() - 1
    }

    /// The SDK, with a way into the code that answers are decoded and requests encoded with.
    pub fn opened(sdk: &Files) -> Files {
        let mut files = sdk.clone();
        if let Some(library) = files.0.get_mut("src/lib.rs") {
            library.push_str("\npub mod round_trip;\n");
        }
        let opening = include_str!("../round_trips/round_trip.rs");
        files
            .0
            .insert("src/round_trip.rs".to_owned(), opening.to_owned());
        files
    }

    /// The program that tries what it reads.
    pub fn program(&self) -> Program {
        let mut program = Program::default();
        program.add("Cargo.toml", MANIFEST);
        program.add("src/main.rs", include_str!("../round_trips/main.rs"));
        let chunks = self.order.chunks(PER_FILE);
        let modules: Vec<_> = (0..chunks.len())
            .map(|index| quote::format_ident!("types_{index}"))
            .collect();
        for (module, types) in modules.iter().zip(chunks) {
            let types = types.iter().map(type_of);
            let file = quote! {
                use sdk::round_trip::round_trip;
                pub(crate) static TYPES: &[crate::RoundTrip] = &[#(round_trip::<#types>),*];
            };
            program.add(format!("src/types/{module}.rs"), file.to_string());
        }
        let index = quote! {
            #(mod #modules;)*
            pub(crate) static TYPES: &[&[crate::RoundTrip]] = &[#(#modules::TYPES),*];
        };
        program.add("src/types.rs", index.to_string());
        program
    }

    /// How many types the values are of.
    pub fn types(&self) -> usize {
        self.order.len()
    }

    /// What the program reads: a line for each value or part.
    pub fn input(&self) -> String {
        let pieces =
            self.trials.iter().flat_map(|trial| {
                trial.pieces.iter().map(|(member, ty)| {
                let value = member.as_ref().map_or(&trial.value, |member| &trial.value[member]);
                json!({ "file": ty / PER_FILE, "type": ty % PER_FILE, "value": value.to_string() })
            })
            });
        pieces.map(|piece| format!("{piece}\n")).collect()
    }

    /// What became of each value, by what the program says.
    ///
    /// # Errors
    ///
    /// Where it doesn't say something of each.
    pub fn outcomes(&self, said: &str) -> Result<Vec<Outcome>, Box<dyn Error>> {
        let mut lines = said.lines();
        let mut outcomes = Vec::with_capacity(self.trials.len());
        for trial in &self.trials {
            let mut whole = Map::new();
            let mut encoded = Ok(Value::Null);
            for (member, _) in &trial.pieces {
                let line = lines.next().ok_or("the program broke off")?;
                match (serde_json::from_str(line)?, member) {
                    (Line::Error(error), None) => encoded = Err(error),
                    (Line::Error(error), Some(member)) => {
                        encoded = Err(format!("{error}, in the member {member}"));
                    }
                    (Line::Encoded(text), None) => encoded = Ok(serde_json::from_str(&text)?),
                    (Line::Encoded(text), Some(member)) => {
                        whole.insert(member.clone(), serde_json::from_str(&text)?);
                    }
                }
            }
            let is_whole = matches!(trial.pieces.as_slice(), [(None, _)]);
            outcomes.push(match encoded {
                Err(error) => Outcome::Undecoded(error),
                Ok(value) if is_whole => self.compared(trial, &value),
                Ok(_) => self.compared(trial, &Value::Object(whole)),
            });
        }
        Ok(outcomes)
    }

    fn compared(&self, trial: &Trial, encoded: &Value) -> Outcome {
        let mut comparison = Comparison {
            schemas: &self.schemas,
            schema: self.schemas.at(&trial.schema).unwrap_or(&Value::Null),
            path: Vec::new(),
            left_out: Vec::new(),
        };
        match comparison.compare(&trial.value, encoded) {
            Err(difference) => Outcome::Changed(difference),
            Ok(()) if comparison.left_out.is_empty() => Outcome::Same,
            Ok(()) => Outcome::LeftOut(comparison.left_out),
        }
    }
}

/// Two values that should be the same.
struct Comparison<'s, 'd> {
    schemas: &'s Schemas<'d>,
    schema: &'d Value,
    path: Vec<String>,
    /// Members that aren't there any more, and needn't be.
    left_out: Vec<String>,
}

impl Comparison<'_, '_> {
    fn compare(&mut self, before: &Value, after: &Value) -> Result<(), String> {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => {
                for (name, value) in before {
                    self.path.push(name.clone());
                    match after.get(name) {
                        Some(after) => self.compare(value, after)?,
                        None => self.lost()?,
                    }
                    self.path.pop();
                }
                match after.keys().find(|name| !before.contains_key(*name)) {
                    Some(new) => Err(format!("{}/{new} is new", self.place())),
                    None => Ok(()),
                }
            }
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
                for (index, (before, after)) in before.iter().zip(after).enumerate() {
                    self.path.push(index.to_string());
                    self.compare(before, after)?;
                    self.path.pop();
                }
                Ok(())
            }
            (Value::String(before), Value::String(after)) if is_same_moment(before, after) => {
                Ok(())
            }
            _ if equal(before, after) => Ok(()),
            _ => Err(format!("{} was {before} and is {after}", self.place())),
        }
    }

    /// A member isn't there any more: models leave out what they don't know, calls what only answers have.
    fn lost(&mut self) -> Result<(), String> {
        let known = self.schemas.of_member(self.schema, &self.path);
        let is_read_only = known
            .iter()
            .any(|part| part.get("readOnly") == Some(&Value::Bool(true)));
        if !known.is_empty() && !is_read_only {
            return Err(format!("{} is lost", self.place()));
        }
        self.left_out.push(self.place());
        Ok(())
    }

    fn place(&self) -> String {
        self.path.iter().map(|step| format!("/{step}")).collect()
    }
}

/// A moment has many spellings: offsets, fractions of seconds.
fn is_same_moment(one: &str, other: &str) -> bool {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    one == other || (moment(one).is_some() && moment(one) == moment(other))
}
