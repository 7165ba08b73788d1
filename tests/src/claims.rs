//! Which changes name a place of a document.

use std::collections::BTreeMap;

use generator::diff::change::{Change, Side};
use generator::pointer::Pointer;

/// Places that something names: each with the indices of what does.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    old: BTreeMap<String, Vec<usize>>,
    new: BTreeMap<String, Vec<usize>>,
}

impl Claims {
    /// Of places, each with the index of what names it.
    pub fn of<'a>(places: impl IntoIterator<Item = (usize, Side, &'a Pointer)>) -> Self {
        let mut claims = Self::default();
        for (index, side, at) in places {
            let claimed = match side {
                Side::Old => &mut claims.old,
                Side::New => &mut claims.new,
            };
            let by = claimed.entry(at.as_str().to_owned()).or_default();
            by.push(index);
        }
        claims
    }

    /// Of the places at which changes stand.
    pub fn of_changes(changes: &[Change]) -> Self {
        Self::of(changes.iter().enumerate().flat_map(stands))
    }

    /// Of the places at which changes stand and of those that they account for.
    pub fn of_all_places(changes: &[Change]) -> Self {
        let all = changes.iter().enumerate();
        Self::of(all.flat_map(|(index, change)| {
            let covers = change.covers.iter();
            let covers = covers.map(move |place| (index, place.side, &place.at));
            stands((index, change)).chain(covers)
        }))
    }

    /// What names the place itself.
    pub fn at(&self, side: Side, at: &str) -> &[usize] {
        self.side(side).get(at).map_or(&[], Vec::as_slice)
    }

    /// What names the place or something around it, the nearest first, with the way from there to the
    /// place (`/properties/name`). The document as a whole is around nothing.
    pub fn around<'a>(
        &'a self,
        side: Side,
        at: &'a str,
    ) -> impl Iterator<Item = (usize, &'a str)> + 'a {
        let around = std::iter::successors(Some(at), |at| at.rsplit_once('/').map(|(up, _)| up));
        let around = around.take_while(|around| !around.is_empty());
        around.flat_map(move |around| {
            let way = &at[around.len()..];
            let by = self.at(side, around).iter();
            by.map(move |index| (*index, way))
        })
    }

    /// What names something in the place.
    pub fn within<'a>(&'a self, side: Side, at: &str) -> impl Iterator<Item = usize> + 'a {
        let from = format!("{at}/");
        let within = self.side(side).range(from.clone()..);
        let within = within.take_while(move |(found, _)| found.starts_with(&from));
        within.flat_map(|(_, by)| by.iter().copied())
    }

    fn side(&self, side: Side) -> &BTreeMap<String, Vec<usize>> {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }
}

fn stands((index, change): (usize, &Change)) -> impl Iterator<Item = (usize, Side, &Pointer)> {
    let old = change.old.iter().map(move |at| (index, Side::Old, at));
    old.chain(change.new.iter().map(move |at| (index, Side::New, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_what_is_around_it_and_by_what_is_in_it() {
        let places = [
            Pointer::parse("/a"),
            Pointer::parse("/a/b/c"),
            Pointer::parse("/ab"),
        ];
        let named = places
            .iter()
            .enumerate()
            .map(|(index, at)| (index, Side::Old, at));
        let claims = Claims::of(named);
        let around: Vec<_> = claims.around(Side::Old, "/a/b/c/d").collect();
        assert_eq!(around, [(1, "/d"), (0, "/b/c/d")]);
        let within: Vec<_> = claims.within(Side::Old, "/a").collect();
        assert_eq!(within, [1]);
        assert_eq!(claims.around(Side::New, "/a").count(), 0);
    }
}
