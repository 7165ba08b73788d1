//! The same answer as emitted models and as models with serde's derives.

use std::hint::black_box;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// `Things` as people write it without a generator.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Things {
    pub success: bool,
    pub result: Vec<Thing>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Thing {
    pub id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub enabled: bool,
    pub count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Owner {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// An answer with so many things; every third lacks what may be absent.
pub fn answer(things: usize) -> String {
    let result = (0..things)
        .map(|index| {
            let whole = index % 3 != 0;
            Thing {
                id: format!("{index:032x}"),
                name: format!("thing number {index}"),
                description: whole.then(|| "what it is for, in a few words".to_owned()),
                enabled: index % 2 == 0,
                count: index as i64 * 7,
                size: whole.then_some(index as i64 * 1024),
                ratio: whole.then_some(index as f64 / 8.0),
                tags: vec!["first".to_owned(), "second".to_owned()],
                owner: whole.then(|| Owner {
                    id: format!("{index:08x}"),
                    email: Some("somebody@example.com".to_owned()),
                }),
                updated: whole.then(|| "2030-01-01T00:00:00Z".to_owned()),
            }
        })
        .collect();
    let answer = Things {
        success: true,
        result,
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

/// Decodes an answer again and again; says whether it could.
pub fn decode<T: DeserializeOwned>(text: &str, times: usize) -> bool {
    (0..times).all(|_| black_box(serde_json::from_str::<T>(black_box(text))).is_ok())
}

/// Decodes an answer once and encodes it again and again; says whether it could.
pub fn encode<T: DeserializeOwned + Serialize>(text: &str, times: usize) -> bool {
    let Ok(value) = serde_json::from_str::<T>(text) else {
        return false;
    };
    (0..times).all(|_| black_box(serde_json::to_vec(black_box(&value))).is_ok())
}
