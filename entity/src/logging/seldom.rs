//! What may happen often, and is said seldom.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts something, and has it said once a minute at most.
#[derive(Debug, Default)]
pub struct Seldom {
    unsaid: AtomicU64,
    said_in: AtomicU64,
}

impl Seldom {
    /// Nothing was counted yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { unsaid: AtomicU64::new(0), said_in: AtomicU64::new(0) }
    }

    /// Notes that it happened so many times, at `now` (Unix milliseconds). How often it did since it was said the last
    /// time, if it is to be said now.
    #[must_use]
    pub fn note(&self, times: u64, now: i64) -> Option<u64> {
        self.unsaid.fetch_add(times, Ordering::Relaxed);
        let minute = u64::try_from(now / 60_000).unwrap_or_default();
        (self.said_in.swap(minute, Ordering::Relaxed) != minute).then(|| self.unsaid.swap(0, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_once_a_minute_and_nothing_is_left_out() {
        let (seldom, minute) = (Seldom::new(), 60_000);
        assert_eq!(seldom.note(1, 30 * minute), Some(1));
        assert_eq!(seldom.note(2, 30 * minute + 59_999), None);
        assert_eq!(seldom.note(3, 31 * minute), Some(5));
        assert_eq!(seldom.note(1, 31 * minute + 1), None);
        assert_eq!(seldom.note(1, 40 * minute), Some(2));
    }
}
