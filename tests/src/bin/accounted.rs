//! Whether `diff` accounts for every place at which the texts of real documents differ.
//!
//! Reads the folder `cloudflare-history` of the folder that `SPEC_CORPUS` names and compares each
//! document with the next. Which places differ is found out here, from the JSON alone. A place is
//! accounted for where a change or an ignored place names it, something around it or something in
//! it; an operation that came or went must be named itself. Fails where one isn't.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use generator::config::Config;
use generator::diff::change::Side;
use generator::plan::Placement;
use generator::source::Source;
use serde_json::{Map, Value};
use tests::claims::Claims;

/// How many places that nothing accounts for are printed.
const PRINTED: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        writeln!(out, "skipped, for SPEC_CORPUS is not set")?;
        return Ok(());
    };
    let folder = corpus.join("cloudflare-history");
    let mut documents: Vec<PathBuf> = std::fs::read_dir(&folder)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    documents.sort();
    writeln!(
        out,
        "| step | changed places | in a change | ignored | of no account | changes | seconds |\n|---|---|---|---|---|---|---|"
    )?;
    let mut lost = 0;
    for pair in documents.windows(2) {
        let [old, new] = pair else { continue };
        lost += step(old, new, &mut out)?;
    }
    if lost > 0 {
        return Err(format!("{lost} places are of no account").into());
    }
    Ok(())
}

/// Compares two documents. Gives how many places nothing accounts for.
fn step(old: &Path, new: &Path, out: &mut impl std::io::Write) -> Result<usize, Box<dyn Error>> {
    let start = Instant::now();
    let (old_source, new_source) = (Source::read(old)?, Source::read(new)?);
    let (was, is) = rayon::join(|| read(&old_source), || read(&new_source));
    let diff = generator::diff::diff(&was?, &is?);
    let seconds = start.elapsed().as_secs_f64();
    let places = Differing::between(
        &with_ranges(serde_json::from_str(&old_source.text)?),
        &with_ranges(serde_json::from_str(&new_source.text)?),
    );
    let told = Claims::of_all_places(&diff.changes);
    let operations = Claims::of_changes(&diff.changes);
    let ignored = diff.ignored.iter().map(|ignored| &ignored.place);
    let ignored = ignored.enumerate();
    let ignored = Claims::of(ignored.map(|(index, place)| (index, place.side, &place.at)));
    let (mut in_change, mut without_meaning, mut lost) = (0, 0, Vec::new());
    for place in &places {
        if place.is_operation() {
            if name(&operations, place) {
                in_change += 1;
            } else {
                lost.push(place);
            }
        } else if cover(&told, place) {
            in_change += 1;
        } else if cover(&ignored, place) {
            without_meaning += 1;
        } else {
            lost.push(place);
        }
    }
    writeln!(
        out,
        "| {} to {} | {} | {in_change} | {without_meaning} | {} | {} | {seconds:.2} |",
        stem(old),
        stem(new),
        places.len(),
        lost.len(),
        diff.changes.len()
    )?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for ignored in &diff.ignored {
        *reasons.entry(ignored.reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        writeln!(out, "  ignored, in either document: {count} × {reason}")?;
    }
    for place in lost.iter().take(PRINTED) {
        writeln!(out, "  {place:?}")?;
    }
    Ok(lost.len())
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn read(source: &Source) -> Result<generator::Reading, String> {
    let read = generator::read(source, &Config::default(), &Placement::default());
    Ok(read.map_err(|failure| failure.to_string())?.value)
}

/// A place that differs, in one of the documents or both.
#[derive(Debug)]
struct Differing {
    old: Option<String>,
    new: Option<String>,
}

impl Differing {
    fn between(old: &Value, new: &Value) -> Vec<Self> {
        let mut places = Vec::new();
        compare((old, String::new()), (new, String::new()), &mut places);
        places
    }

    /// The documents that have it, and where.
    fn there(&self) -> impl Iterator<Item = (Side, &str)> {
        let old = self.old.as_deref().map(|at| (Side::Old, at));
        let new = self.new.as_deref().map(|at| (Side::New, at));
        old.into_iter().chain(new)
    }

    /// Whether a whole operation came or went here.
    fn is_operation(&self) -> bool {
        let place = match (&self.old, &self.new) {
            (Some(place), None) | (None, Some(place)) => place,
            _ => return false,
        };
        let words: Vec<&str> = place.split('/').collect();
        matches!(
            words[..],
            [
                "",
                "paths",
                _,
                "get" | "put" | "post" | "delete" | "patch" | "head" | "options"
            ]
        )
    }
}

fn compare(
    (old, old_at): (&Value, String),
    (new, new_at): (&Value, String),
    places: &mut Vec<Differing>,
) {
    match (old, new) {
        (Value::Object(was), Value::Object(is)) => {
            let renamed = if old_at == "/paths" {
                renamed(was, is)
            } else {
                BTreeMap::new()
            };
            for (key, old) in was {
                let at = below(&old_at, key);
                let name = renamed.get(key.as_str()).copied().unwrap_or(key);
                match is.get(name) {
                    Some(new) => {
                        let there = below(&new_at, name);
                        if name != key {
                            places.push(Differing {
                                old: Some(at.clone()),
                                new: Some(there.clone()),
                            });
                        }
                        compare((old, at), (new, there), places);
                    }
                    None if old_at == "/paths" => missing(old, &at, Side::Old, places),
                    None => places.push(Differing {
                        old: Some(at),
                        new: None,
                    }),
                }
            }
            let come = is.iter().filter(|(key, _)| {
                !was.contains_key(*key) && !renamed.values().any(|name| name == key)
            });
            for (key, new) in come {
                let at = below(&new_at, key);
                if new_at == "/paths" {
                    missing(new, &at, Side::New, places);
                } else {
                    places.push(Differing {
                        old: None,
                        new: Some(at),
                    });
                }
            }
        }
        (Value::Array(was), Value::Array(is)) => {
            // Equal elements stand for each other wherever they stand, then parameters of one name; the
            // others in their order.
            let mut left: Vec<usize> = (0..is.len()).collect();
            let mut right = Vec::new();
            for (index, old) in was.iter().enumerate() {
                match left.iter().position(|other| is[*other] == *old) {
                    Some(found) => {
                        left.remove(found);
                    }
                    None => right.push(index),
                }
            }
            for index in right {
                let at = format!("{old_at}/{index}");
                let found = left
                    .iter()
                    .position(|other| may_be(&was[index], &is[*other]));
                match found.map(|found| left.remove(found)) {
                    Some(other) => {
                        let there = format!("{new_at}/{other}");
                        compare((&was[index], at), (&is[other], there), places);
                    }
                    None => places.push(Differing {
                        old: Some(at),
                        new: None,
                    }),
                }
            }
            places.extend(left.into_iter().map(|other| Differing {
                old: None,
                new: Some(format!("{new_at}/{other}")),
            }));
        }
        (old, new) if old == new => {}
        _ => places.push(Differing {
            old: Some(old_at),
            new: Some(new_at),
        }),
    }
}

/// Whether an element may stand for another one: two of different names can't.
fn may_be(one: &Value, other: &Value) -> bool {
    ["name", "in"]
        .iter()
        .all(|key| one.get(key) == other.get(key))
}

/// `4xx` is read as `4XX`, which the specification spells so: it is no difference.
fn with_ranges(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(key, value)| {
                    let is_range = key.len() == 3 && key.ends_with("xx");
                    let key = if is_range { key.to_uppercase() } else { key };
                    (key, with_ranges(value))
                })
                .collect(),
        ),
        Value::Array(items) => items.into_iter().map(with_ranges).collect(),
        other => other,
    }
}

/// Paths that are the same but for the names of their parameters.
fn renamed<'m>(
    was: &'m Map<String, Value>,
    is: &'m Map<String, Value>,
) -> BTreeMap<&'m str, &'m str> {
    let template = |path: &str| -> String {
        let parts = path.split('/');
        let parts = parts.map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let come = is.keys().filter(|key| !was.contains_key(*key));
    let come: BTreeMap<String, &str> = come.map(|key| (template(key), key.as_str())).collect();
    let gone = was.keys().filter(|key| !is.contains_key(*key));
    gone.filter_map(|key| Some((key.as_str(), *come.get(&template(key))?)))
        .collect()
}

/// A path that came or went, as the members that it has.
fn missing(item: &Value, at: &str, side: Side, places: &mut Vec<Differing>) {
    let none = Map::new();
    for key in item.as_object().unwrap_or(&none).keys() {
        let at = Some(below(at, key));
        places.push(match side {
            Side::Old => Differing { old: at, new: None },
            Side::New => Differing { old: None, new: at },
        });
    }
}

fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Whether the place itself is named, or something in it (an operation that moved is named in its
/// parameters).
fn name(claims: &Claims, place: &Differing) -> bool {
    place.there().any(|(side, at)| {
        !claims.at(side, at).is_empty() || claims.within(side, at).next().is_some()
    })
}

fn cover(claims: &Claims, place: &Differing) -> bool {
    place.there().any(|(side, at)| {
        claims.around(side, at).next().is_some() || claims.within(side, at).next().is_some()
    })
}
