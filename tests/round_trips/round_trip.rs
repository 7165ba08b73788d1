//! A way into the code that answers are decoded and requests encoded with.

use crate::runtime::decode::from_json;
use crate::runtime::encode::write_json;
use crate::runtime::value::Value;

/// Decodes a JSON text and encodes the value, twice: what is encoded once must stay as it is, in a clone, too.
pub fn round_trip<T: Value + Clone + Default>(text: &[u8]) -> Result<Vec<u8>, String> {
    let once = encoded::<T>(text)?;
    let twice = encoded::<T>(&once)?;
    if once == twice { Ok(once) } else { Err("it isn't the same when it is encoded again".to_owned()) }
}

fn encoded<T: Value + Clone + Default>(text: &[u8]) -> Result<Vec<u8>, String> {
    let mut value = T::default();
    from_json(text, value.slot()).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    write_json(&mut out, value.get()).map_err(|error| error.to_string())?;
    let mut cloned = Vec::new();
    write_json(&mut cloned, value.clone().get()).map_err(|error| error.to_string())?;
    if cloned != out {
        return Err("a clone isn't the same".to_owned());
    }
    Ok(out)
}
