//! Damage to a text: what editors, merges and transfers do to files.

use fastrand::Rng;

/// Does one thing to a text; says what, and gives the outcome.
pub(super) fn damaged(text: &str, random: &mut Rng) -> (String, String) {
    let mut bytes = text.as_bytes().to_vec();
    let done = match random.u8(..6) {
        0 => {
            bytes.truncate(random.usize(..=bytes.len()));
            "cut off"
        }
        1 => {
            for _ in 0..random.usize(1..20) {
                let place = random.usize(..=bytes.len());
                bytes.insert(place, random.u8(..));
            }
            "bytes inserted"
        }
        2 => {
            for _ in 0..random.usize(1..20) {
                if let Some(place) = any_index(bytes.len(), random) {
                    bytes[place] = random.u8(..);
                }
            }
            "bytes changed"
        }
        3 => {
            let lines: Vec<&str> = text.lines().collect();
            let mut kept: Vec<&str> = lines.clone();
            kept.retain(|_| random.u8(..10) > 0);
            bytes = kept.join("\n").into_bytes();
            "lines dropped"
        }
        4 => {
            let mut lines: Vec<&str> = text.lines().collect();
            if let (Some(one), Some(other)) = (
                any_index(lines.len(), random),
                any_index(lines.len(), random),
            ) {
                lines.swap(one, other);
                lines.insert(one, lines[other]);
            }
            bytes = lines.join("\n").into_bytes();
            "lines moved"
        }
        _ => {
            let opening = ["[", "{\"a\":", "- ", "{", "? ", "a: &a [", "!!x "];
            let opening = random.choice(opening).unwrap_or("[");
            let place = random.usize(..=bytes.len());
            let deep = opening.repeat(super::DEEP);
            bytes.splice(place..place, deep.into_bytes());
            "nested deeply"
        }
    };
    (
        done.to_owned(),
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

fn any_index(length: usize, random: &mut Rng) -> Option<usize> {
    (length > 0).then(|| random.usize(..length))
}
