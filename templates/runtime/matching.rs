//! Whether a request is one that was recorded, and where it differs from one that almost is.
//!
//! Both are without secrets; where the recording has the mark, anything may stand.

use std::borrow::Cow;

use serde_json::Value;

use super::recorded_body::RecordedBody;
use super::redaction::{MARK, decoded};

/// A request, as far as it counts.
pub(super) struct Wanted {
    pub(super) method: String,
    /// With query.
    pub(super) path: String,
    pub(super) body: RecordedBody,
}

/// Where two requests part, the nearer the later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// So many segments of the path are the same.
    Path(usize),
    Method,
    Query,
    /// A JSON pointer (RFC 6901), empty for the body as a whole.
    Body(String),
    None,
}

impl Wanted {
    pub(super) fn difference(&self, method: &str, path: &str, body: &RecordedBody) -> Difference {
        let (mine, my_query) = divided(&self.path);
        let (other, other_query) = divided(path);
        let segments = other.split('/').zip(mine.split('/'));
        if other.split('/').count() != mine.split('/').count()
            || segments.clone().any(|(other, mine)| !fits(other, mine))
        {
            let same = segments.take_while(|(other, mine)| fits(other, mine));
            return Difference::Path(same.count());
        }
        if self.method != method {
            return Difference::Method;
        }
        if !same_pairs(other_query, my_query) {
            return Difference::Query;
        }
        different_body(body, &self.body).map_or(Difference::None, Difference::Body)
    }
}

fn divided(path: &str) -> (&str, &str) {
    path.split_once('?').unwrap_or((path, ""))
}

/// Whether a text is as it was recorded; where the recording has the mark, anything may stand. A recording that a person
/// wrote may have something in place of a secret.
fn fits(recorded: &str, text: &str) -> bool {
    if text == MARK {
        return true;
    }
    let mut pieces = recorded.split(MARK);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else {
        return rest.is_empty();
    };
    for piece in between {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether two queries or forms have the same pairs; of one name, in the same order.
fn same_pairs(recorded: &str, pairs: &str) -> bool {
    let (recorded, pairs) = (sorted_pairs(recorded), sorted_pairs(pairs));
    recorded.len() == pairs.len()
        && recorded
            .iter()
            .zip(&pairs)
            .all(|((name, recorded), (other, value))| name == other && fits(recorded, value))
}

fn sorted_pairs(pairs: &str) -> Vec<(String, String)> {
    let pairs = pairs.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    pairs.sort_by(|(name, _), (other, _)| name.cmp(other));
    pairs
}

/// Where a body isn't as it was recorded.
fn different_body(recorded: &RecordedBody, body: &RecordedBody) -> Option<String> {
    let is_same = match (recorded, body) {
        // Nobody knows what it was.
        (RecordedBody::TooLarge(_), _) => true,
        (RecordedBody::None, RecordedBody::None) => true,
        (RecordedBody::Json(recorded), RecordedBody::Json(body)) => {
            return different_json(&value(&recorded.compact()), &value(&body.compact()));
        }
        (RecordedBody::Bytes(recorded), RecordedBody::Bytes(body)) => recorded == body,
        (RecordedBody::Text(recorded), _) if recorded == MARK => true,
        (RecordedBody::Text(recorded), RecordedBody::Text(body)) => {
            fits(recorded, body) || (recorded.contains('=') && same_pairs(recorded, body))
        }
        // A text that a person wrote may be JSON.
        (RecordedBody::Text(recorded), RecordedBody::Json(body)) => {
            return different_json(&value(recorded), &value(&body.compact()));
        }
        _ => false,
    };
    (!is_same).then(String::new)
}

fn value(text: &str) -> Cow<'_, Value> {
    Cow::Owned(serde_json::from_str(text).unwrap_or_default())
}

/// The pointer to the first place where two values differ.
fn different_json(recorded: &Value, value: &Value) -> Option<String> {
    match (recorded, value) {
        (Value::String(text), _) | (_, Value::String(text)) if text == MARK => None,
        (Value::String(recorded), Value::String(text)) => (!fits(recorded, text)).then(String::new),
        (Value::Array(recorded), Value::Array(list)) if recorded.len() == list.len() => {
            let mut pairs = recorded.iter().zip(list).enumerate();
            pairs.find_map(|(index, (recorded, element))| {
                let below = different_json(recorded, element)?;
                Some(format!("/{index}{below}"))
            })
        }
        (Value::Object(recorded), Value::Object(object)) => {
            let names = recorded.keys().chain(object.keys());
            let mut names = names.map(|name| (name, recorded.get(name), object.get(name)));
            names.find_map(|(name, recorded, member)| {
                let below = match (recorded, member) {
                    (Some(recorded), Some(member)) => different_json(recorded, member)?,
                    _ => String::new(),
                };
                let name = name.replace('~', "~0").replace('/', "~1");
                Some(format!("/{name}{below}"))
            })
        }
        _ => (recorded != value).then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use super::super::json_tree::Json;
    use super::*;

    fn wanted(path: &str, body: &str) -> Wanted {
        Wanted {
            method: "POST".to_owned(),
            path: path.to_owned(),
            body: json(body),
        }
    }

    fn json(text: &str) -> RecordedBody {
        Json::parse(text.as_bytes()).map_or(RecordedBody::None, RecordedBody::Json)
    }

    #[test]
    fn the_mark_stands_for_anything() {
        for (recorded, text) in [
            ("", ""),
            ("[redacted]", ""),
            ("a [redacted] c", "a b c"),
            ("[redacted]-[redacted]", "1-2-3"),
            ("[redacted]", "[redacted]"),
            ("made up", "[redacted]"),
        ] {
            assert!(fits(recorded, text), "{recorded} {text}");
        }
        for (recorded, text) in [
            ("", "a"),
            ("a [redacted] c", "a c"),
            ("a[redacted]b", "ab "),
        ] {
            assert!(!fits(recorded, text), "{recorded} {text}");
        }
    }

    #[test]
    fn what_differs_is_named() {
        let request = wanted("/a/b?y=2&x=a%20b", r#"{"a":[1,{"c/d":2}],"s":"x"}"#);
        let body = json(r#"{"s":"[redacted]","a":[1,{"c/d":2}]}"#);
        let different = |path: &str, body: &RecordedBody| request.difference("POST", path, body);
        assert_eq!(
            different("/a/b?x=a+b&y=[redacted]", &body),
            Difference::None
        );
        assert_eq!(different("/a/c?x=1", &body), Difference::Path(2));
        assert_eq!(different("/a", &body), Difference::Path(2));
        assert_eq!(different("/[redacted]/b?x=1&y=2", &body), Difference::Query);
        assert_eq!(request.difference("PUT", "/a/b", &body), Difference::Method);
        let other = json(r#"{"s":"x","a":[1,{"c/d":3}]}"#);
        let query = "/a/b?x=a%20b&y=2";
        let at = |pointer: &str| Difference::Body(pointer.to_owned());
        assert_eq!(different(query, &other), at("/a/1/c~1d"));
        assert_eq!(different(query, &json(r#"{"s":"x"}"#)), at("/a"));
        assert_eq!(different(query, &RecordedBody::None), at(""));
    }
}
