//! Waiting for conditions instead of sleeping.

use std::time::{Duration, Instant};

/// How often a condition is looked at.
const EVERY: Duration = Duration::from_millis(25);

/// Asks `condition` until it gives something, and returns that.
///
/// # Panics
/// After `deadline`, naming `what` was waited for.
pub async fn eventually<T>(what: &str, deadline: Duration, mut condition: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + deadline;
    loop {
        if let Some(value) = condition().await {
            return value;
        }
        assert!(Instant::now() < end, "waited {deadline:?} in vain: {what}");
        tokio::time::sleep(EVERY).await;
    }
}

/// Asserts that `condition` holds now and goes on to hold for `span`. For what must *not* happen, where no event
/// tells that it did not; prefer a condition that comes after it.
///
/// # Panics
/// When it does not hold, naming `what`.
pub async fn stays(what: &str, span: Duration, mut condition: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + span;
    while Instant::now() < end {
        assert!(condition().await, "does not hold: {what}");
        tokio::time::sleep(EVERY).await;
    }
}
