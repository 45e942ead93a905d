//! The one place where the API reads the time of day; challenges, tokens and resets go by the clock of Redis.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, UTC.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
