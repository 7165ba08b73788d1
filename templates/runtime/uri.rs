//! Paths and queries as RFC 3986 wants them: whatever a caller gives stays within its segment or pair.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::encode::write_json;
use super::operation::Style;
use super::percent::{Encode, UNRESERVED_ONLY, push_encoded};
use super::text::{find_any, split};
use super::value::{Get, ListGet, MapGet, Value};

/// What a path given by hand may not hold as it is; a `%` in it is taken for an encoding.
const NOT_IN_PATH: &AsciiSet = &UNRESERVED_ONLY
    .remove(b'/')
    .remove(b'%')
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// How deep objects within objects may go in a query.
const MAX_DEPTH: usize = 32;

/// Appends `name=value`, and `&` before it where it isn't the first.
pub(crate) fn push_pair(query: &mut String, name: &str, value: &str) {
    push_name(query, name);
    push_encoded(query, value);
}

/// Appends a parameter in its style, its values through `encode`. Nothing is appended for an absent value, for null and for an empty list.
pub(crate) fn push_query(
    query: &mut String,
    name: &str,
    style: Style,
    value: &dyn Value,
    encode: Encode<'_>,
) -> Result<(), Unfit> {
    PUSH_IN_STYLE(query, name, style, value.get(), encode)
}

/// [`push_in_style`], through a pointer, for the reason of [`READ`](super::decode_union::READ): here it is
/// once for every setter.
const PUSH_IN_STYLE: fn(&mut String, &str, Style, Get<'_>, Encode<'_>) -> Result<(), Unfit> =
    push_in_style;

fn push_in_style(
    query: &mut String,
    name: &str,
    style: Style,
    value: Get<'_>,
    encode: Encode<'_>,
) -> Result<(), Unfit> {
    let value = value.plain();
    match value {
        Get::Absent | Get::Null => Ok(()),
        _ if style == Style::Json => push_json(query, name, value, encode),
        Get::Object(_) | Get::Map(_) if style == Style::DeepObject => {
            push_deep(query, name, value, encode, 0)
        }
        Get::Object(_) | Get::Map(_) if style == Style::FormExploded => {
            members(value, &mut |key, member| match text(member)? {
                Some(text) => {
                    push_named(query, key, &text, encode);
                    Ok(())
                }
                None => Ok(()),
            })
        }
        Get::List(list) if style == Style::DeepObject => {
            push_deep_list(query, name, list, encode, 0)
        }
        Get::List(list) if style == Style::FormExploded => {
            for element in elements(list) {
                if let Some(text) = text(element)? {
                    push_named(query, name, &text, encode);
                }
            }
            Ok(())
        }
        _ => push_delimited(query, name, style, value, encode),
    }
}

/// The text of a path segment, a header or a cookie (style `simple`): lists and objects with commas
/// between, each part through `encode`. `None`: there is no value.
pub(crate) fn simple(value: Get<'_>, encode: Encode<'_>) -> Result<Option<String>, Unfit> {
    SIMPLE_TEXT(value, encode)
}

/// [`simple_text`], through a pointer, as [`PUSH_IN_STYLE`].
const SIMPLE_TEXT: fn(Get<'_>, Encode<'_>) -> Result<Option<String>, Unfit> = simple_text;

fn simple_text(value: Get<'_>, encode: Encode<'_>) -> Result<Option<String>, Unfit> {
    let parts = match parts(value.plain())? {
        Some(parts) => parts,
        None => return Ok(None),
    };
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out += ",";
        }
        encode(&mut out, part);
    }
    Ok(Some(out))
}

/// Whether a path has a segment that would lead out of its place (RFC 3986, section 5.2.4), also
/// spelled `%2e`, which URL parsers take for a dot.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    // Most paths have neither, and needn't be taken apart.
    let has_dots = find_any(path, b".%").is_some();
    has_dots && split(path, b"/").any(|segment| matches!(dots(segment), Some(1 | 2)))
}

/// How many dots a segment is made of, if it is made of nothing else.
fn dots(segment: &str) -> Option<usize> {
    let (mut rest, mut dots) = (segment, 0);
    while !rest.is_empty() {
        rest = [".", "%2e", "%2E"]
            .iter()
            .find_map(|dot| rest.strip_prefix(dot))?;
        dots += 1;
    }
    Some(dots)
}

/// A path given by hand: what can't stand in a path is encoded, encodings are kept.
pub(crate) fn literal_path(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATH).to_string()
}

/// A value that has no place where it was put.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unfit(pub(crate) &'static str);

fn push_name(query: &mut String, name: &str) {
    if !query.is_empty() {
        *query += "&";
    }
    push_encoded(query, name);
    *query += "=";
}

fn push_named(query: &mut String, name: &str, value: &str, encode: Encode<'_>) {
    push_name(query, name);
    encode(query, value);
}

fn push_json(
    query: &mut String,
    name: &str,
    value: Get<'_>,
    encode: Encode<'_>,
) -> Result<(), Unfit> {
    let mut json = Vec::new();
    write_json(&mut json, value).map_err(|_| Unfit("can't be encoded as JSON"))?;
    push_named(query, name, &String::from_utf8_lossy(&json), encode);
    Ok(())
}

fn push_delimited(
    query: &mut String,
    name: &str,
    style: Style,
    value: Get<'_>,
    encode: Encode<'_>,
) -> Result<(), Unfit> {
    let delimiter = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let parts = match parts(value)? {
        Some(parts) if !parts.is_empty() => parts,
        _ => return Ok(()),
    };
    push_name(query, name);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            query.push_str(delimiter);
        }
        encode(query, part);
    }
    Ok(())
}

/// `name[key]=value`, and `name[key][inner]=value` for objects within, which OpenAPI leaves open
/// but services that take this style agree on.
fn push_deep(
    query: &mut String,
    name: &str,
    value: Get<'_>,
    encode: Encode<'_>,
    depth: usize,
) -> Result<(), Unfit> {
    if depth > MAX_DEPTH {
        return Err(Unfit("is nested too deeply"));
    }
    members(value, &mut |key, member| {
        let name = format!("{name}[{key}]");
        match member {
            Get::Object(_) | Get::Map(_) => push_deep(query, &name, member, encode, depth + 1),
            Get::List(list) => push_deep_list(query, &name, list, encode, depth + 1),
            _ => {
                if let Some(text) = text(member)? {
                    push_named(query, &name, &text, encode);
                }
                Ok(())
            }
        }
    })
}

/// `name[]=value`, and `name[0][key]=value` for objects, so that it shows where one ends.
fn push_deep_list(
    query: &mut String,
    name: &str,
    list: &dyn ListGet,
    encode: Encode<'_>,
    depth: usize,
) -> Result<(), Unfit> {
    if depth > MAX_DEPTH {
        return Err(Unfit("is nested too deeply"));
    }
    for (index, element) in elements(list).enumerate() {
        match element {
            Get::Object(_) | Get::Map(_) => {
                push_deep(
                    query,
                    &format!("{name}[{index}]"),
                    element,
                    encode,
                    depth + 1,
                )?;
            }
            Get::List(inner) => {
                push_deep_list(query, &format!("{name}[{index}]"), inner, encode, depth + 1)?;
            }
            _ => {
                if let Some(text) = text(element)? {
                    push_named(query, &format!("{name}[]"), &text, encode);
                }
            }
        }
    }
    Ok(())
}

/// What stands between delimiters: one text, the elements of a list, or the keys and values of an object.
pub(crate) fn parts(value: Get<'_>) -> Result<Option<Vec<Cow<'_, str>>>, Unfit> {
    match value {
        Get::Absent | Get::Null => Ok(None),
        Get::List(list) => {
            let mut parts = Vec::with_capacity(list.len());
            for element in elements(list) {
                parts.extend(text(element)?);
            }
            Ok(Some(parts))
        }
        Get::Object(_) | Get::Map(_) => {
            let mut parts = Vec::new();
            members(value, &mut |key, member| {
                if let Some(text) = text(member)? {
                    parts.push(Cow::Owned(key.to_owned()));
                    parts.push(Cow::Owned(text.into_owned()));
                }
                Ok(())
            })?;
            Ok(Some(parts))
        }
        _ => Ok(text(value)?.map(|text| vec![text])),
    }
}

/// The text of a single value; `None` for absent and null.
pub(crate) fn text(value: Get<'_>) -> Result<Option<Cow<'_, str>>, Unfit> {
    Ok(Some(match value {
        Get::Absent | Get::Null => return Ok(None),
        Get::Text(text) | Get::Secret(text) => Cow::Borrowed(text),
        Get::Exact(number) => Cow::Borrowed(number.as_str()),
        Get::Display(display) => Cow::Owned(display.to_string()),
        Get::Integer(number) => Cow::Owned(number.to_string()),
        Get::Unsigned(number) => Cow::Owned(number.to_string()),
        Get::Double(number) if number.is_finite() => Cow::Owned(number.to_string()),
        Get::Single(number) if number.is_finite() => Cow::Owned(number.to_string()),
        Get::Double(_) | Get::Single(_) => return Err(Unfit("is not a finite number")),
        Get::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
        Get::Any(serde_json::Value::Null) => return Ok(None),
        Get::Any(serde_json::Value::String(text)) => Cow::Borrowed(text),
        Get::Any(value) => Cow::Owned(value.to_string()),
        Get::Bytes(bytes) => {
            Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| Unfit("is not text in UTF-8"))?)
        }
        Get::Object(_) | Get::Union(_) | Get::List(_) | Get::Map(_) => {
            return Err(Unfit("is nested too deeply for its place"));
        }
    }))
}

pub(crate) fn elements(list: &dyn ListGet) -> impl Iterator<Item = Get<'_>> {
    (0..list.len()).map(|index| list.element(index).plain())
}

/// Calls `each` with every member of an object, absent ones left out.
pub(crate) fn members<'a>(
    value: Get<'a>,
    each: &mut dyn FnMut(&'a str, Get<'a>) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    let further = match value {
        Get::Object(model) => {
            for (index, field) in model.fields().iter().enumerate() {
                each(field.name(), model.get(index).plain())?;
            }
            model.additional()
        }
        Get::Map(map) => Some(map),
        _ => None,
    };
    match further {
        Some(map) => visit(map, each),
        None => Ok(()),
    }
}

fn visit<'a>(
    map: &'a dyn MapGet,
    each: &mut dyn FnMut(&'a str, Get<'a>) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    let mut outcome = Ok(());
    map.visit(&mut |key, value| {
        outcome = each(key, value.plain());
        outcome.is_ok()
    });
    outcome
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn query(style: Style, value: &dyn Value) -> String {
        let mut query = String::new();
        match push_query(&mut query, "a b", style, value, &push_encoded) {
            Ok(()) => query,
            Err(Unfit(why)) => why.to_owned(),
        }
    }

    #[test]
    fn dots_are_seen_in_every_spelling() {
        assert!(
            ["/a/..", "/./b", "/%2e%2E/b", "/.%2e"]
                .into_iter()
                .all(has_dot_segment)
        );
        assert!(!["/a..b/...", "/.a/%252e"].into_iter().any(has_dot_segment));
    }

    #[test]
    fn lists_are_spelled_by_style() {
        let list = vec!["x,y".to_owned(), "z".to_owned()];
        assert_eq!(query(Style::Form, &list), "a%20b=x%2Cy,z");
        assert_eq!(query(Style::FormExploded, &list), "a%20b=x%2Cy&a%20b=z");
        assert_eq!(query(Style::SpaceDelimited, &list), "a%20b=x%2Cy%20z");
        assert_eq!(query(Style::PipeDelimited, &list), "a%20b=x%2Cy%7Cz");
        assert_eq!(
            query(Style::Json, &list),
            "a%20b=%5B%22x%2Cy%22%2C%22z%22%5D"
        );
        assert_eq!(query(Style::Form, &Vec::<String>::new()), "");
        assert_eq!(query(Style::FormExploded, &None::<String>), "");
    }

    #[test]
    fn objects_are_spelled_by_style() {
        let object = BTreeMap::from([("k".to_owned(), 1_i64), ("l".to_owned(), 2)]);
        assert_eq!(query(Style::Form, &object), "a%20b=k,1,l,2");
        assert_eq!(query(Style::FormExploded, &object), "k=1&l=2");
        assert_eq!(
            query(Style::DeepObject, &object),
            "a%20b%5Bk%5D=1&a%20b%5Bl%5D=2"
        );
        assert_eq!(
            query(Style::DeepObject, &vec![1_i64, 2]),
            "a%20b%5B%5D=1&a%20b%5B%5D=2"
        );
        assert_eq!(
            query(Style::DeepObject, &vec![object]),
            "a%20b%5B0%5D%5Bk%5D=1&a%20b%5B0%5D%5Bl%5D=2"
        );
    }

    #[test]
    fn what_has_no_spelling_is_refused() {
        assert_eq!(query(Style::Form, &f64::NAN), "is not a finite number");
        assert_eq!(
            query(Style::Form, &vec![vec![1_i64]]),
            "is nested too deeply for its place"
        );
    }
}
