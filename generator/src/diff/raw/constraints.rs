//! Limits of values: which of two lets more through (JSON Schema Validation, Wright 00, section 5).

use serde_json::Value;

use crate::diff::verdict::Values;

/// What a limit's change means for the values that are right.
pub(super) fn values(key: &str, old: Option<&Value>, new: Option<&Value>) -> Values {
    match key {
        "maximum" | "maxLength" | "maxItems" | "maxProperties" => {
            bound(number(old), number(new), f64::INFINITY, |old, new| {
                new < old
            })
        }
        "minimum" | "minLength" | "minItems" | "minProperties" => {
            bound(number(old), number(new), f64::NEG_INFINITY, |old, new| {
                new > old
            })
        }
        "uniqueItems" | "exclusiveMaximum" | "exclusiveMinimum" => {
            let is_on = |value: Option<&Value>| value == Some(&Value::Bool(true));
            if is_on(new) && !is_on(old) {
                Values::Narrower
            } else {
                Values::Wider
            }
        }
        "additionalProperties" => match (forbids(old), forbids(new)) {
            (false, true) => Values::Narrower,
            (true, false) => Values::Wider,
            _ => Values::Different,
        },
        // What has no order: a pattern, a format, a divisor, a schema that must not fit.
        _ => match (old, new) {
            (None, Some(_)) => Values::Narrower,
            (Some(_), None) => Values::Wider,
            _ => Values::Different,
        },
    }
}

fn forbids(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(false))
}

fn number(value: Option<&Value>) -> Option<f64> {
    value.and_then(Value::as_f64)
}

fn bound(
    old: Option<f64>,
    new: Option<f64>,
    none: f64,
    is_tighter: impl Fn(f64, f64) -> bool,
) -> Values {
    if is_tighter(old.unwrap_or(none), new.unwrap_or(none)) {
        Values::Narrower
    } else {
        Values::Wider
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(key: &str, old: Value, new: Value) -> Values {
        let given = |value: &Value| (!value.is_null()).then(|| value.clone());
        values(key, given(&old).as_ref(), given(&new).as_ref())
    }

    #[test]
    fn a_lower_maximum_is_tighter_and_a_higher_one_wider() {
        assert_eq!(of("maxLength", json!(9), json!(5)), Values::Narrower);
        assert_eq!(of("maxLength", json!(5), json!(9)), Values::Wider);
        assert_eq!(of("maximum", json!(null), json!(5)), Values::Narrower);
        assert_eq!(of("maximum", json!(5), json!(null)), Values::Wider);
    }

    #[test]
    fn a_higher_minimum_is_tighter_and_a_lower_one_wider() {
        assert_eq!(of("minItems", json!(1), json!(2)), Values::Narrower);
        assert_eq!(of("minimum", json!(0.5), json!(null)), Values::Wider);
    }

    #[test]
    fn patterns_have_no_order() {
        assert_eq!(of("pattern", json!("a"), json!("b")), Values::Different);
        assert_eq!(of("pattern", json!(null), json!("b")), Values::Narrower);
        assert_eq!(of("pattern", json!("a"), json!(null)), Values::Wider);
    }

    #[test]
    fn an_object_that_forbids_other_keys_is_tighter() {
        assert_eq!(
            of("additionalProperties", json!(null), json!(false)),
            Values::Narrower
        );
        assert_eq!(
            of("additionalProperties", json!(false), json!(true)),
            Values::Wider
        );
    }
}
