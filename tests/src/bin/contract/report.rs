//! What came back, counted, and a reason for whatever isn't a decoded answer.

use std::collections::BTreeMap;
use std::error::Error;

use generator::Planned;
use generator::api::{AnswerKind, BodyKind, Operation};
use serde::Deserialize;
use serde_json::Value;

/// A line of the caller.
#[derive(Deserialize)]
struct Line {
    id: String,
    result: Answered,
    /// What came back when the mock server made an answer from the schema instead of an example.
    again: Option<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    outcome: String,
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    path: String,
    /// What the mock server found wrong: in the request, and in the answer that it took from the document.
    #[serde(default)]
    violations: Option<Vec<Violation>>,
}

#[derive(Deserialize)]
struct Violation {
    location: Vec<Value>,
    message: String,
}

/// Counts and reasons of a run.
#[derive(Default)]
pub(crate) struct Report {
    operations: usize,
    called: usize,
    accepted: usize,
    decoded: usize,
    /// Of the operations with JSON or no bodies: how many there are, and how many decoded.
    plain: (usize, usize),
    /// Of those, how many didn't decode because the document's example isn't of its own schema,
    not_as_described: usize,
    /// how many of these decoded what the mock server makes of the schema,
    made: usize,
    /// and for how many it makes nothing that it doesn't itself find wrong.
    not_made: usize,
    /// Kind of rest, reason, operations.
    rests: BTreeMap<(&'static str, String), Vec<String>>,
}

impl Report {
    /// Counts the caller's lines.
    pub(crate) fn of(
        planned: &Planned,
        ids: &[String],
        lines: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let mut answers = BTreeMap::new();
        for line in lines.lines() {
            let line: Line = serde_json::from_str(line)?;
            answers.insert(line.id, (line.result, line.again));
        }
        let mut report = Self {
            operations: ids.len(),
            ..Self::default()
        };
        for operation in &planned.api.operations {
            if !ids.contains(&operation.id) {
                continue;
            }
            let plain = has_plain_bodies(operation);
            report.plain.0 += usize::from(plain);
            match answers.get(&operation.id) {
                Some((answer, again)) => report.count(operation, answer, again.as_ref(), plain),
                None => report.rest(
                    "not called",
                    "the caller broke off before it".to_owned(),
                    operation,
                ),
            }
        }
        for skipped in &planned.api.not_generated {
            let reason = skipped.reason.clone();
            let place = report
                .rests
                .entry(("without a method", reason))
                .or_default();
            place.push(skipped.id.clone());
        }
        Ok(report)
    }

    fn count(
        &mut self,
        operation: &Operation,
        answer: &Answered,
        again: Option<&Answered>,
        plain: bool,
    ) {
        let sent = !matches!(answer.outcome.as_str(), "not called" | "not sent");
        let of_request = answer.violations_in("request");
        let of_answer = answer.violations_in("response");
        let accepted =
            sent && of_request.is_none() && answer.status.is_none_or(|status| status < 400);
        self.called += usize::from(sent);
        self.accepted += usize::from(accepted);
        match (answer.outcome.as_str(), of_request, of_answer) {
            ("decoded", request, _) => {
                self.decoded += 1;
                self.plain.1 += usize::from(plain);
                if let Some(violation) = request {
                    self.rest(
                        "decoded, but not accepted by the mock",
                        violation,
                        operation,
                    );
                }
            }
            (_, Some(violation), _) => self.rest("not accepted by the mock", violation, operation),
            (_, None, Some(violation)) => {
                let is_decoded = again.is_some_and(|again| again.outcome == "decoded");
                self.not_as_described += usize::from(plain);
                self.made += usize::from(plain && is_decoded);
                if let Some(again) = again.filter(|_| !is_decoded) {
                    let wrong = again.violations_in("response");
                    let is_wrong = wrong.is_some() || again.outcome == "refused";
                    self.not_made += usize::from(plain && is_wrong);
                    let kind = if is_wrong {
                        "not shown: the mock has nothing that is of the schema"
                    } else {
                        "not decoded: what the mock makes of the schema"
                    };
                    let reason = wrong.map(|wrong| format!("{wrong}; ")).unwrap_or_default();
                    self.rest(kind, reason + &again.reason(), operation);
                }
                self.rest(
                    "not decoded: the document's example isn't of its own schema",
                    format!("{violation}; {}", answer.reason()),
                    operation,
                );
            }
            ("unreadable", ..) => self.rest("not decoded", answer.reason(), operation),
            ("refused", ..) if accepted => {
                self.rest(
                    "not decoded: the document's example says no",
                    answer.reason(),
                    operation,
                );
            }
            ("refused", ..) => self.rest("not accepted by the mock", answer.reason(), operation),
            _ => self.rest("not called", answer.reason(), operation),
        }
    }

    fn rest(&mut self, kind: &'static str, reason: String, operation: &Operation) {
        let place = self.rests.entry((kind, reason)).or_default();
        place.push(operation.id.clone());
    }

    fn plain_decoded(&self) -> usize {
        self.plain.1 + self.made
    }

    /// How many in a hundred operations with JSON or no bodies decoded, rounded down; those that the mock
    /// server has no answer of the schema for are left out.
    pub(crate) fn percent(&self) -> usize {
        (self.plain_decoded() * 100)
            .checked_div(self.plain.0 - self.not_made)
            .unwrap_or(100)
    }

    /// Prints counts, then reasons, the commonest first.
    pub(crate) fn print(&self, all: bool) {
        let (plain, decoded) = self.plain;
        let shown = plain - self.not_made;
        println!("operations            {:>6}", self.operations);
        println!("called                {:>6}", self.called);
        println!("accepted by the mock  {:>6}", self.accepted);
        println!("decoded               {:>6}", self.decoded);
        println!("with JSON or no bodies {plain:>5}");
        println!("  example decoded      {decoded:>5}");
        println!("  unlike its schema    {:>5}", self.not_as_described);
        println!("    made and decoded   {:>5}", self.made);
        println!("    none can be made   {:>5}", self.not_made);
        println!(
            "  decoded of the rest  {:>5} = {:.1} %",
            self.plain_decoded(),
            self.plain_decoded() as f64 * 100.0 / shown.max(1) as f64
        );
        let mut rests: Vec<_> = self.rests.iter().collect();
        rests.sort_by_key(|((kind, _), ids)| (*kind, std::cmp::Reverse(ids.len())));
        let mut printed = "";
        for ((kind, reason), ids) in rests {
            if *kind != printed {
                println!("\n{kind}");
                printed = kind;
            }
            let shown = if all { ids.len() } else { 3 };
            let names: Vec<&str> = ids.iter().take(shown).map(String::as_str).collect();
            let more = if ids.len() > shown { ", …" } else { "" };
            println!(
                "  {:>4}  {reason}\n        {}{more}",
                ids.len(),
                names.join(", ")
            );
        }
    }
}

impl Answered {
    /// The first violation on one side of the exchange.
    fn violations_in(&self, side: &str) -> Option<String> {
        let violation =
            self.violations.iter().flatten().find(|violation| {
                violation.location.first().and_then(Value::as_str) == Some(side)
            })?;
        let place: Vec<String> = violation.location.iter().map(place).collect();
        Some(format!("{}: {}", place.join("."), violation.message))
    }

    /// What the mock server says where the document has no answer for a refusal.
    fn problem(&self) -> Option<String> {
        let problem: Value = serde_json::from_str(&self.message).ok()?;
        let violations = problem.get("validation")?.as_array()?;
        let violation = Violation::deserialize(violations.first()?).ok()?;
        let place: Vec<String> = violation.location.iter().map(place).collect();
        Some(format!("{}: {}", place.join("."), violation.message))
    }

    fn reason(&self) -> String {
        let status = self
            .status
            .map(|status| format!("{status} "))
            .unwrap_or_default();
        let path: Vec<&str> = self.path.split('/').map(without_index).collect();
        let message = self.problem().unwrap_or_else(|| self.message.clone());
        let message: String = message.chars().take(300).collect();
        let message = match message.find(" (line ") {
            Some(end) => message.get(..end).unwrap_or(&message).to_owned(),
            None => message,
        };
        format!("{status}{} {message}", path.join("/"))
            .trim()
            .to_owned()
    }
}

/// The same slip in every element of a list is one reason.
fn without_index(step: &str) -> &str {
    if step.parse::<usize>().is_ok() {
        "*"
    } else {
        step
    }
}

fn place(step: &Value) -> String {
    match step {
        Value::String(text) => without_index(text).to_owned(),
        Value::Number(_) => "*".to_owned(),
        other => other.to_string(),
    }
}

/// Neither request nor answer is anything but JSON or nothing.
fn has_plain_bodies(operation: &Operation) -> bool {
    let body = operation
        .body
        .as_ref()
        .is_none_or(|body| matches!(body.kind, BodyKind::Json(_)));
    body && matches!(
        operation.success.kind,
        AnswerKind::Json { .. } | AnswerKind::Empty
    )
}
