//! Marks of calls whose answers come as streams of values.

use std::marker::PhantomData;

/// Tells calls that answer JSON texts of `I` one after the other; `O` is as in [`RequestBuilder`]. It has no values.
///
/// [`RequestBuilder`]: super::request_builder::RequestBuilder
pub struct InLines<I, O = ()> {
    of: PhantomData<fn() -> (I, O)>,
}

/// Tells calls that answer server-sent events whose data is an `I`; `O` is as in [`RequestBuilder`]. It has no values.
///
/// [`RequestBuilder`]: super::request_builder::RequestBuilder
pub struct InEvents<I, O = ()> {
    of: PhantomData<fn() -> (I, O)>,
}
