//! When a job is tried again.

use std::time::Duration;

/// The first retry comes within a second: most failures of a mail server (a dropped connection, a busy moment) are
/// over by then.
pub const BASE: Duration = Duration::from_secs(1);
/// No wait is longer than half of a code's ten minutes.
pub const CAP: Duration = Duration::from_secs(300);
/// Attempts of a job without an end of life: the waits reach the cap after nine, so 25 take about 45 minutes, and
/// twice that at most. A mail server that refuses for longer is no case for a queue but for its operator.
pub const MAX_ATTEMPTS: u32 = 25;

/// The wait before the next try: full jitter, `random` in 0..1 times the smaller of the cap and `BASE · 2ⁿ`. Of a life
/// that is limited it takes half of what remains at most, so that the last tries are not thrown away by the dice.
#[must_use]
pub fn delay(attempts: u32, remaining: Option<Duration>, random: f64) -> Duration {
    let most = BASE.saturating_mul(2_u32.saturating_pow(attempts)).min(CAP);
    let most = remaining.map_or(most, |remaining| most.min(remaining / 2).max(BASE));
    most.mul_f64(random.clamp(0.0, 1.0))
}

/// The waits between the tries of a webhook: over a day together, so that a receiver that is down until somebody comes
/// to work is told all the same.
const WEBHOOK: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
    Duration::from_secs(2 * 60 * 60),
    Duration::from_secs(4 * 60 * 60),
    Duration::from_secs(7 * 60 * 60),
    Duration::from_secs(10 * 60 * 60),
];

/// The wait before the next try of a webhook that was tried `attempts` times before this one; none after the tenth try.
/// `random`, in 0..1, makes it longer by up to a fifth: a receiver that is back is not told of everything at once.
#[must_use]
pub fn webhook_delay(attempts: u32, random: f64) -> Option<Duration> {
    let wait = WEBHOOK.get(usize::try_from(attempts).ok()?)?;
    Some(wait.mul_f64(1.0 + random.clamp(0.0, 1.0) / 5.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap() {
        let waits: Vec<_> = [0, 1, 2, 8, 9, 40, u32::MAX].map(|n| delay(n, None, 1.0).as_secs()).into();
        assert_eq!(waits, [1, 2, 4, 256, 300, 300, 300]);
        assert_eq!(delay(3, None, 0.0), Duration::ZERO);
        assert_eq!(delay(3, None, 0.5), Duration::from_secs(4));
    }

    #[test]
    fn a_webhook_is_tried_for_over_a_day_with_growing_gaps() {
        let waits: Vec<_> = (0..).map_while(|attempts| webhook_delay(attempts, 0.0)).collect();
        assert!(waits.is_sorted() && waits.len() == 9);
        let day = Duration::from_secs(24 * 60 * 60);
        assert!(waits.iter().sum::<Duration>() > day);
        assert_eq!(webhook_delay(1, 1.0), Some(Duration::from_secs(72)));
    }

    #[test]
    fn a_limited_life_is_tried_to_its_end() {
        let remaining = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(delay(9, remaining(100), 1.0), Duration::from_secs(50));
        assert_eq!(delay(9, remaining(0), 1.0), BASE, "which is past the end: the queue discards it");
    }
}
