//! Trails that cannot be written down: when they are tried again, and what is said of them.

use entity::{challenge::ChallengeId, logging::Seldom, trail::KEPT};

use crate::metrics::{Dropped, METRICS};

/// The least and the longest time between two tries, in milliseconds.
const GAPS: (i64, i64) = (30_000, 60 * 60 * 1000);

/// When to look again at a trail that the database refuses, in Unix milliseconds: at its end, and then in gaps that double
/// from half a minute to an hour, for a row that it refuses now it will refuse as a rule, but for a table that somebody
/// mends. None: its day is over, and it is given up.
pub fn again(closes: i64, now: i64) -> Option<i64> {
    let late = now.saturating_sub(closes);
    if late < 0 {
        return Some(closes);
    }
    let gap = late.clamp(GAPS.0, GAPS.1);
    let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
    (late.saturating_add(gap) < kept).then(|| now.saturating_add(gap))
}

/// Counts a trail that the database refuses, and says so once a minute at most.
pub fn refused(id: &ChallengeId, error: &str, now: i64) {
    static SAID: Seldom = Seldom::new();
    METRICS.audit.refused();
    if let Some(trails) = SAID.note(1, now) {
        tracing::error!(trails, challenge_id = id.as_str(), error, "the audit trail: the database refuses");
    }
}

/// Counts a trail that is dropped, and says so once a minute at most for each reason.
pub fn dropped(id: &ChallengeId, reason: Dropped, now: i64) {
    static SAID: [Seldom; Dropped::ALL.len()] = [const { Seldom::new() }; Dropped::ALL.len()];
    METRICS.audit.dropped(reason);
    if let Some(trails) = SAID[reason as usize].note(1, now) {
        let reason = reason.name();
        tracing::error!(trails, challenge_id = id.as_str(), reason, "the audit trail does not tell of a challenge");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn gaps_grow_to_an_hour_and_end_with_the_day() {
        assert_eq!(again(5_000, 4_000), Some(5_000), "its end is waited for");
        let (mut now, mut gaps) = (1_000, Vec::new());
        while let Some(next) = again(1_000, now) {
            gaps.push(next - now);
            now = next;
        }
        assert_eq!(gaps[..4], [30_000, 30_000, 60_000, 120_000]);
        assert!(gaps.windows(2).all(|pair| pair[0] <= pair[1] && pair[1] <= HOUR), "{gaps:?}");
        assert!(gaps.len() < 40 && (22 * HOUR..24 * HOUR).contains(&now), "{} tries until {now}", gaps.len());
        assert_eq!(again(i64::MIN, i64::MAX), None);
    }
}
