//! Which fields must be boxed, and which required ones can't be, since no finite value would have them.

use std::collections::BTreeSet;

use super::types::Types;
use crate::api::{SchemaId, Shape};
use crate::diagnostic::{Code, Diagnostic};

/// A field by the index of its type and its own.
pub(super) type FieldId = (usize, usize);

/// A field that holds a value of another type in place: not through a list, a map or a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holds {
    pub(super) field: FieldId,
    pub(super) target: usize,
    /// Whether a value can't be without it.
    pub(super) required: bool,
}

impl Types<'_> {
    /// Finds what must be boxed, and what can't be required; says where.
    pub(super) fn settle_recursion(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut fields = Vec::new();
        let mut variants = Vec::new();
        for (index, planned) in self.planned.iter().enumerate() {
            match &self.api.schema(planned.schema).shape {
                Shape::Object(object) => {
                    for (number, property) in object.properties.iter().enumerate() {
                        let required = self.is_required((index, number), property)
                            && !self.api.schema(property.schema).nullable;
                        fields.extend(self.holds((index, number), property.schema, required));
                    }
                }
                Shape::Union(union) => {
                    for (number, member) in union.members.iter().enumerate() {
                        // There is always another form.
                        variants.extend(self.holds((index, number), member.schema, false));
                    }
                }
                _ => {}
            }
        }
        let holds = [fields.as_slice(), &variants].concat();
        let infinite = infinite(self.planned.len(), &holds);
        for (index, number) in &infinite {
            if let Shape::Object(object) = &self.api.schema(self.planned[*index].schema).shape {
                let property = &object.properties[*number];
                diagnostics.push(
                    Diagnostic::new(
                        Code::InfiniteSchema,
                        property.at.clone(),
                        format!("`{}` is required and leads back to its own schema, so no value can be complete", property.name),
                    )
                    .help("it is optional in Rust; take it out of `required`"),
                );
            }
        }
        self.boxed = boxed_variants_first(self.planned.len(), &fields, &variants);
        self.infinite = infinite;
    }

    fn holds(&self, field: FieldId, schema: SchemaId, required: bool) -> Option<Holds> {
        self.of_schema.get(&schema).map(|target| Holds {
            field,
            target: *target,
            required,
        })
    }
}

/// What to box, so that no type holds itself in place: the variants of unions that are part of a cycle,
/// then the fields that still are. A union is no larger for it, and the fields stay as they read best.
pub(super) fn boxed_variants_first(
    types: usize,
    fields: &[Holds],
    variants: &[Holds],
) -> BTreeSet<FieldId> {
    let mut all = boxed(types, &[fields, variants].concat());
    let of_unions: BTreeSet<FieldId> = variants.iter().map(|variant| variant.field).collect();
    all.retain(|field| of_unions.contains(field));
    let left: Vec<Holds> = fields
        .iter()
        .chain(variants.iter().filter(|holds| !all.contains(&holds.field)))
        .copied()
        .collect();
    all.extend(boxed(types, &left));
    all
}

/// Fields that are part of a cycle of types that hold each other: boxed.
fn boxed(types: usize, holds: &[Holds]) -> BTreeSet<FieldId> {
    let component = components(types, holds);
    holds
        .iter()
        .filter(|holds| component[holds.field.0] == component[holds.target])
        .map(|holds| holds.field)
        .collect()
}

/// Required fields that close a cycle of required fields: made optional.
pub(super) fn infinite(types: usize, holds: &[Holds]) -> BTreeSet<FieldId> {
    let mut edges: Vec<Vec<(usize, FieldId)>> = vec![Vec::new(); types];
    for holds in holds.iter().filter(|holds| holds.required) {
        edges[holds.field.0].push((holds.target, holds.field));
    }
    let mut closing = BTreeSet::new();
    let mut state = vec![State::New; types];
    for root in 0..types {
        if state[root] != State::New {
            continue;
        }
        state[root] = State::Open;
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some((target, field)) = edges[node].get(next).copied() else {
                state[node] = State::Done;
                continue;
            };
            stack.push((node, next + 1));
            match state[target] {
                State::New => {
                    state[target] = State::Open;
                    stack.push((target, 0));
                }
                State::Open => {
                    closing.insert(field);
                }
                State::Done => {}
            }
        }
    }
    closing
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// The strongly connected component of each type (Kosaraju's two passes, without recursion).
fn components(types: usize, holds: &[Holds]) -> Vec<usize> {
    let mut forward: Vec<Vec<usize>> = vec![Vec::new(); types];
    let mut backward: Vec<Vec<usize>> = vec![Vec::new(); types];
    for holds in holds {
        forward[holds.field.0].push(holds.target);
        backward[holds.target].push(holds.field.0);
    }
    let mut order = Vec::with_capacity(types);
    let mut seen = vec![false; types];
    for root in 0..types {
        visit(root, &forward, &mut seen, &mut |node| order.push(node));
    }
    let mut component = vec![usize::MAX; types];
    let mut seen = vec![false; types];
    for root in order.into_iter().rev() {
        visit(root, &backward, &mut seen, &mut |node| {
            component[node] = root
        });
    }
    component
}

/// Calls `left` for every node that is reached anew, children first.
fn visit(root: usize, edges: &[Vec<usize>], seen: &mut [bool], left: &mut dyn FnMut(usize)) {
    if std::mem::replace(&mut seen[root], true) {
        return;
    }
    let mut stack = vec![(root, 0)];
    while let Some((node, next)) = stack.pop() {
        match edges[node].get(next) {
            None => left(node),
            Some(&target) => {
                stack.push((node, next + 1));
                if !std::mem::replace(&mut seen[target], true) {
                    stack.push((target, 0));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(from: usize, field: usize, target: usize, required: bool) -> Holds {
        Holds {
            field: (from, field),
            target,
            required,
        }
    }

    #[test]
    fn only_fields_of_a_cycle_are_boxed() {
        // 0 -> 1 -> 2 -> 1, and 0 -> 3.
        let holds = [
            holds(0, 0, 1, false),
            holds(1, 0, 2, false),
            holds(2, 0, 1, false),
            holds(0, 1, 3, false),
        ];
        assert_eq!(boxed(4, &holds), BTreeSet::from([(1, 0), (2, 0)]));
    }

    #[test]
    fn a_type_that_holds_itself_is_boxed() {
        assert_eq!(boxed(1, &[holds(0, 3, 0, false)]), BTreeSet::from([(0, 3)]));
    }

    #[test]
    fn a_variant_is_boxed_rather_than_a_field() {
        // 0 is a union of 1 and 2; 1 has a field of 0; 2 holds itself.
        let variants = [holds(0, 0, 1, false), holds(0, 1, 2, false)];
        let fields = [holds(1, 5, 0, true), holds(2, 6, 2, false)];
        assert_eq!(
            boxed_variants_first(3, &fields, &variants),
            BTreeSet::from([(0, 0), (2, 6)])
        );
    }

    #[test]
    fn a_cycle_of_required_fields_is_cut_once() {
        let holds = [
            holds(0, 0, 1, true),
            holds(1, 0, 0, true),
            holds(1, 1, 0, false),
        ];
        assert_eq!(infinite(2, &holds), BTreeSet::from([(1, 0)]));
    }
}
