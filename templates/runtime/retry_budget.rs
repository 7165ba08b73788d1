//! How many attempts a client may make beside the first ones, whatever its calls allow by themselves.

use std::sync::atomic::{AtomicU32, Ordering};

/// What an attempt beside the first costs, so that an answered call can give back a part of it.
const COST: u32 = 10;

/// A bucket of tokens, shared by all calls of a client: a service that is down gets no more than a
/// tenth of its calls a second time, once the bucket is empty.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
    capacity: u32,
}

impl RetryBudget {
    /// A full bucket, for this many attempts.
    pub(crate) fn new(attempts: u32) -> Self {
        let capacity = attempts.saturating_mul(COST);
        Self {
            tokens: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Pays for an attempt; `false`: there isn't enough.
    pub(crate) fn withdraw(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(COST))
    }

    /// A call got its answer: a tenth of an attempt comes back.
    pub(crate) fn deposit(&self) {
        self.change(|tokens| Some(tokens.saturating_add(1).min(self.capacity)));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_answers_pay_for_one_attempt() {
        let budget = RetryBudget::new(1);
        assert!(budget.withdraw());
        assert!(!budget.withdraw());
        for _ in 0..9 {
            budget.deposit();
        }
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn it_is_never_fuller_than_at_first() {
        let budget = RetryBudget::new(1);
        (0..100).for_each(|_| budget.deposit());
        assert!(budget.withdraw() && !budget.withdraw());
        assert!(RetryBudget::new(u32::MAX).withdraw());
        assert!(!RetryBudget::new(0).withdraw());
    }
}
