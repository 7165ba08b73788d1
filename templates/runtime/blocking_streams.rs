//! Streams of values without async: `.wait()`, with the features `blocking` and `streams`.

use super::blocking::BlockingIter;
use super::event_stream::EventStream;
use super::event_values::EventValues;
use super::line_stream::LineStream;
use super::value::Value;

impl EventStream<'_> {
    /// The events one after the other, for code that isn't async.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(Some(self))
    }
}

impl<'a, I: Value + Default> EventValues<'a, I> {
    /// The values one after the other, for code that isn't async.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(Some(self))
    }
}

impl<'a, I: Value + Default> LineStream<'a, I> {
    /// The items one after the other, for code that isn't async.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(Some(self))
    }
}
