//! Numbers: their bounds, and when two values are the same.

use serde_json::{Map, Value};

use super::{Verdict, wrong};

/// How far a quotient may be from a whole number: 1.1 is a multiple of 0.1.
const NEARLY: f64 = 1e-9;

/// Whether a number is within its bounds and those of its format.
pub(super) fn number(keys: &Map<String, Value>, value: &Value, at: &str) -> Verdict {
    let Some(number) = value.as_f64() else {
        return Ok(());
    };
    let bound = |key: &str| keys.get(key).and_then(Value::as_f64);
    let excludes = |key: &str| keys.get(key) == Some(&Value::Bool(true));
    let too_low = bound("minimum")
        .is_some_and(|least| number < least || (number <= least && excludes("exclusiveMinimum")));
    let too_high = bound("maximum")
        .is_some_and(|most| number > most || (number >= most && excludes("exclusiveMaximum")));
    let beyond = bound("exclusiveMinimum").is_some_and(|below| number <= below)
        || bound("exclusiveMaximum").is_some_and(|above| number >= above);
    if too_low || too_high || beyond {
        return Err(wrong(at, "is out of bounds"));
    }
    if let Some(step) = bound("multipleOf") {
        let times = number / step;
        if (times - times.round()).abs() > NEARLY {
            return Err(wrong(at, &format!("is no multiple of {step}")));
        }
    }
    let format = keys.get("format").and_then(Value::as_str).unwrap_or("");
    if fits(format, value) {
        Ok(())
    } else {
        Err(wrong(at, &format!("is beyond {format}")))
    }
}

fn fits(format: &str, value: &Value) -> bool {
    let (Some(number), wide) = (value.as_f64(), value.as_i64()) else {
        return true;
    };
    match format {
        "int32" => {
            wide.is_none_or(|wide| i32::try_from(wide).is_ok()) && number.abs() < 2f64.powi(32)
        }
        "int64" => wide.is_some() || (number.fract() == 0.0 && number.abs() < 2f64.powi(63)),
        _ => true,
    }
}

/// Whether two values are the same; 1 and 1.0 are.
pub fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.as_f64() == other.as_f64() && (one.is_f64() || other.is_f64()))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value)| other.get(name).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}
