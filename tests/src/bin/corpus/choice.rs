//! Which documents are taken, and in which order.

use std::error::Error;
use std::path::{Path, PathBuf};

use ::tests::documents::documents;

/// A folder of this ending holds earlier states of a document, there to be compared.
const EARLIER: &str = "-history";

/// Those whose path has a text in it, the smallest first; of them a sample.
pub(crate) fn choose(
    corpus: &Path,
    only: &str,
    sample: Option<usize>,
) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut sized = Vec::new();
    for path in documents(corpus)? {
        let below = path.strip_prefix(corpus)?;
        let is_earlier = below
            .parent()
            .is_some_and(|folder| folder.to_string_lossy().ends_with(EARLIER));
        if !is_earlier && below.to_string_lossy().contains(only) {
            sized.push((path.metadata()?.len(), path));
        }
    }
    sized.sort();
    let sorted: Vec<PathBuf> = sized.into_iter().map(|(_, path)| path).collect();
    Ok(match sample {
        Some(size) => spread(sorted.len(), size)
            .map(|index| sorted[index].clone())
            .collect(),
        None => sorted,
    })
}

/// So many of the places of a list, evenly from its first to its last.
fn spread(length: usize, size: usize) -> impl Iterator<Item = usize> {
    let size = size.min(length);
    (0..size).map(move |index| match size {
        1 => length / 2,
        _ => index * (length - 1) / (size - 1),
    })
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_sample_has_the_first_and_the_last() {
        let places = |length, size| spread(length, size).collect::<Vec<_>>();
        assert_eq!(places(235, 4), [0, 78, 156, 234]);
        assert_eq!(places(3, 12), [0, 1, 2]);
        assert_eq!(places(9, 1), [4]);
        assert!(places(0, 2).is_empty());
    }
}
