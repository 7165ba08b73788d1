//! What became of the examples of a document, counted, with the reason and places of whatever didn't come back.

use std::collections::BTreeMap;

use tests::round_trips::{Outcome, Untried};

/// How many places of a reason are printed unless all are asked for.
const FEW: usize = 3;

/// Counts and reasons of a document.
#[derive(Default)]
pub(crate) struct Report {
    /// How many types the tried examples are of.
    pub(crate) types: usize,
    invalid: usize,
    untyped: usize,
    same: usize,
    left_out: usize,
    undecoded: usize,
    changed: usize,
    /// Kind of rest, reason, places.
    rests: BTreeMap<(&'static str, String), Vec<String>>,
}

impl Report {
    /// Counts an example that isn't tried.
    pub(crate) fn not_tried(&mut self, at: String, untried: Untried) {
        match untried {
            Untried::Invalid(reason) => {
                self.invalid += 1;
                self.rest("not valid for its own schema", shape(&reason), at);
            }
            Untried::Untyped => {
                self.untyped += 1;
                self.rest(
                    "of a schema that is no type by itself",
                    kind_of(&at).to_owned(),
                    at,
                );
            }
        }
    }

    /// Counts an example that is tried.
    pub(crate) fn tried(&mut self, at: String, outcome: Outcome) {
        match outcome {
            Outcome::Same => self.same += 1,
            Outcome::LeftOut(members) => {
                self.left_out += 1;
                let members: Vec<String> = members.iter().map(|member| shape(member)).collect();
                self.rest(
                    "decoded; members that the schema doesn't have, or that are read-only, are left out",
                    members.join(", "),
                    at,
                );
            }
            Outcome::Undecoded(reason) => {
                self.undecoded += 1;
                self.rest("NOT DECODED", reason, at);
            }
            Outcome::Changed(reason) => {
                self.changed += 1;
                self.rest("ENCODED AS SOMETHING ELSE", reason, at);
            }
        }
    }

    fn rest(&mut self, kind: &'static str, reason: String, at: String) {
        self.rests.entry((kind, reason)).or_default().push(at);
    }

    /// Whether everything that was tried came back.
    pub(crate) fn is_right(&self) -> bool {
        self.undecoded == 0 && self.changed == 0
    }

    /// Prints counts, then reasons, the commonest first.
    pub(crate) fn print(&self, all: bool) {
        let decoded = self.same + self.left_out + self.changed;
        let tried = decoded + self.undecoded;
        println!(
            "  examples                     {:>6}",
            tried + self.invalid + self.untyped
        );
        println!("  not valid for their schema   {:>6}", self.invalid);
        println!("  of no type by itself         {:>6}", self.untyped);
        println!(
            "  tried                        {tried:>6}  ({} types)",
            self.types
        );
        println!("  decoded                      {decoded:>6}");
        println!("  encoded as they were         {:>6}", self.same);
        println!("  … but for members left out   {:>6}", self.left_out);
        let mut rests: Vec<_> = self.rests.iter().collect();
        rests.sort_by_key(|((kind, _), places)| (*kind, std::cmp::Reverse(places.len())));
        let mut printed = "";
        for ((kind, reason), places) in rests {
            if *kind != printed {
                println!("\n  {kind}");
                printed = kind;
            }
            let shown = if all { places.len() } else { FEW };
            println!("  {:>6}  {reason}", places.len());
            for place in places.iter().take(shown) {
                println!("            #{place}");
            }
        }
        println!();
    }
}

/// A reason without what is different in every list.
fn shape(reason: &str) -> String {
    let steps = reason.split('/').map(|step| {
        let (number, rest) = step.split_at(
            step.find(|it: char| !it.is_ascii_digit())
                .unwrap_or(step.len()),
        );
        if number.is_empty() {
            step.to_owned()
        } else {
            format!("*{rest}")
        }
    });
    steps.collect::<Vec<_>>().join("/")
}

/// Where a schema stands that no type was made of.
fn kind_of(at: &str) -> &'static str {
    let has = |part: &str| at.contains(part);
    if has("/headers/") {
        "headers, whose values are texts"
    } else if has("/allOf/") || has("/oneOf/") || has("/anyOf/") {
        "a part of a composition, which is merged with the others"
    } else if at.starts_with("/components/") {
        "a component that no operation gets by itself"
    } else {
        "in an operation"
    }
}
