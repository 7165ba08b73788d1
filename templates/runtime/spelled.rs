//! Styles of paths, headers and cookies beyond a plain `simple` (OpenAPI 3.0.4 and 3.1.1, Style Examples;
//! RFC 6570, sections 3.2.5 and 3.2.7).

use std::borrow::Cow;

use super::encode::write_json;
use super::operation::Style;
use super::percent::Encode;
use super::uri::{Unfit, members, parts, text};
use super::value::Get;

/// The text of a value in its style. `None`: there is no value. Nothing of a list or object is none
/// (RFC 6570, section 2.3): what stands before it would be another path.
pub(crate) fn spelled(
    name: &str,
    style: Style,
    value: Get<'_>,
    encode: Encode<'_>,
) -> Result<Option<String>, Unfit> {
    if style == Style::Json {
        return json(value.plain(), encode);
    }
    let named = named(name, style, value.plain())?;
    if named.is_empty() {
        return Ok(None);
    }
    let (first, between) = match style {
        Style::Label => (".", ","),
        Style::LabelExploded => (".", "."),
        Style::MatrixExploded => (";", ";"),
        _ => ("", ","),
    };
    let text = joined(&named, between, encode);
    if style != Style::Matrix {
        return Ok(Some(format!("{first}{text}")));
    }
    let mut out = String::from(";");
    encode(&mut out, name);
    if !text.is_empty() {
        out += "=";
        out.push_str(&text);
    }
    Ok(Some(out))
}

fn json(value: Get<'_>, encode: Encode<'_>) -> Result<Option<String>, Unfit> {
    if matches!(value, Get::Absent | Get::Null) {
        return Ok(None);
    }
    let mut json = Vec::new();
    write_json(&mut json, value).map_err(|_| Unfit("can't be encoded as JSON"))?;
    let mut out = String::new();
    encode(&mut out, &String::from_utf8_lossy(&json));
    Ok(Some(out))
}

/// A value, with the name that stands before it.
type Named<'v> = (Option<Cow<'v, str>>, Cow<'v, str>);

/// What stands between delimiters: the members of an object, the elements of a list, or a single value.
fn named<'v>(name: &'v str, style: Style, value: Get<'v>) -> Result<Vec<Named<'v>>, Unfit> {
    let is_object = matches!(value, Get::Object(_) | Get::Map(_));
    match style {
        Style::SimpleExploded | Style::LabelExploded | Style::MatrixExploded if is_object => {
            exploded(value)
        }
        _ => {
            let name = (style == Style::MatrixExploded).then_some(Cow::Borrowed(name));
            let parts = parts(value)?.unwrap_or_default().into_iter();
            Ok(parts.map(|text| (name.clone(), text)).collect())
        }
    }
}

fn exploded(object: Get<'_>) -> Result<Vec<Named<'_>>, Unfit> {
    let mut pairs = Vec::new();
    members(object, &mut |key, member| {
        if let Some(text) = text(member)? {
            let text = Cow::Owned(text.into_owned());
            pairs.push((Some(Cow::Owned(key.to_owned())), text));
        }
        Ok(())
    })?;
    Ok(pairs)
}

/// An empty value has no `=` in a matrix.
fn joined(named: &[Named<'_>], between: &str, encode: Encode<'_>) -> String {
    let mut out = String::new();
    for (index, (name, text)) in named.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        if let Some(name) = name {
            encode(&mut out, name);
            if !(text.is_empty() && between == ";") {
                out += "=";
            }
        }
        encode(&mut out, text);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::percent::push_encoded;
    use super::super::value::Value;
    use super::*;

    fn color(style: Style, value: &dyn Value) -> String {
        let spelled = spelled("color", style, value.get(), &push_encoded);
        spelled.ok().flatten().unwrap_or_default()
    }

    /// The table of the specification: an empty text, a text, a list and an object in every style.
    #[test]
    fn values_are_spelled_as_the_specification_shows() {
        let list: Vec<String> = ["blue", "black", "brown"].map(str::to_owned).into();
        let object: BTreeMap<String, i64> = [("B", 150), ("G", 200), ("R", 100)]
            .map(|(key, value)| (key.to_owned(), value))
            .into();
        let table = [
            (
                Style::Simple,
                ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
            ),
            (
                Style::SimpleExploded,
                ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
            ),
            (
                Style::Label,
                [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"],
            ),
            (
                Style::LabelExploded,
                [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
            ),
            (
                Style::Matrix,
                [
                    ";color",
                    ";color=blue",
                    ";color=blue,black,brown",
                    ";color=B,150,G,200,R,100",
                ],
            ),
            (
                Style::MatrixExploded,
                [
                    ";color",
                    ";color=blue",
                    ";color=blue;color=black;color=brown",
                    ";B=150;G=200;R=100",
                ],
            ),
        ];
        for (style, expected) in table {
            let spelled = [
                color(style, &String::new()),
                color(style, &"blue".to_owned()),
                color(style, &list),
                color(style, &object),
            ];
            assert_eq!(spelled, expected);
        }
    }

    #[test]
    fn nothing_of_a_list_is_nothing() {
        let empty = Vec::<String>::new();
        for style in [
            Style::Label,
            Style::LabelExploded,
            Style::Matrix,
            Style::MatrixExploded,
        ] {
            let spelled = spelled("color", style, empty.get(), &push_encoded);
            assert_eq!(spelled, Ok(None));
        }
    }

    #[test]
    fn no_value_leads_out_of_its_place() {
        let text = "a/b;c=d.e?".to_owned();
        assert_eq!(
            color(Style::MatrixExploded, &text),
            ";color=a%2Fb%3Bc%3Dd.e%3F"
        );
        let json = serde_json::json!({"a": "/"});
        assert_eq!(color(Style::Json, &json), "%7B%22a%22%3A%22%2F%22%7D");
    }
}
