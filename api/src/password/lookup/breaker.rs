//! Keeps a look-up that does not answer from delaying every confirm.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// The pause after a failure, doubled each time the next try fails as well: a service that only hiccuped is asked again
/// at once.
const FIRST: Duration = Duration::from_secs(1);
/// The longest pause. One confirm in half a minute then waits for the time-out in vain, and passwords are looked up
/// again half a minute after the service is back at the latest.
const LONGEST: Duration = Duration::from_secs(30);

/// Whether the service is asked.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<Option<Open>>);

/// The service failed, and is not asked until then, by one, who finds out whether it is back.
#[derive(Debug)]
struct Open {
    until: Instant,
    pause: Duration,
}

/// Leave to ask once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ticket {
    /// Nothing is wrong.
    Usual,
    /// The one who finds out.
    Probe,
}

impl Breaker {
    /// Leave to ask; none during a pause.
    pub fn ask(&self, now: Instant) -> Option<Ticket> {
        let mut state = self.lock();
        let Some(open) = &mut *state else { return Some(Ticket::Usual) };
        if now < open.until {
            return None;
        }
        // Others wait meanwhile; should this one never come back, another one asks after the same pause.
        open.until = now + open.pause;
        Some(Ticket::Probe)
    }

    /// An answer came. Tells whether that is news.
    pub fn success(&self) -> bool {
        self.lock().take().is_some()
    }

    /// None came. Gives the pause from now on.
    pub fn failure(&self, ticket: Ticket, now: Instant) -> Duration {
        let mut state = self.lock();
        let Some(open) = &mut *state else {
            *state = Some(Open { until: now + FIRST, pause: FIRST });
            return FIRST;
        };
        // Those who asked before the first of them failed tell nothing new.
        if ticket == Ticket::Probe {
            open.pause = (open.pause * 2).min(LONGEST);
            open.until = now + open.pause;
        }
        open.until.saturating_duration_since(now)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_a_minute_and_one_asks_after_each() {
        let (breaker, mut now) = (Breaker::default(), Instant::now());
        assert_eq!(breaker.ask(now), Some(Ticket::Usual));
        assert_eq!(breaker.ask(now), Some(Ticket::Usual), "many at once, as long as nothing is wrong");
        assert_eq!(breaker.failure(Ticket::Usual, now), FIRST);
        assert_eq!(breaker.failure(Ticket::Usual, now), FIRST, "its neighbours add nothing");
        for (pause, next) in [(1, 2), (2, 4), (4, 8), (8, 16), (16, 30), (30, 30)] {
            now += Duration::from_secs(pause) - Duration::from_millis(1);
            assert_eq!(breaker.ask(now), None);
            now += Duration::from_millis(1);
            assert_eq!(breaker.ask(now), Some(Ticket::Probe));
            assert_eq!(breaker.ask(now), None, "one at a time");
            assert_eq!(breaker.failure(Ticket::Probe, now), Duration::from_secs(next));
        }
    }

    #[test]
    fn an_answer_ends_it_and_the_next_pause_is_short_again() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        assert!(!breaker.success());
        breaker.failure(Ticket::Usual, now);
        let probe = breaker.ask(now + FIRST).unwrap();
        breaker.failure(probe, now + FIRST);
        assert!(breaker.success());
        assert!(!breaker.success(), "it is no news twice");
        assert_eq!(breaker.ask(now), Some(Ticket::Usual));
        assert_eq!(breaker.failure(Ticket::Usual, now), FIRST);
    }

    #[test]
    fn a_probe_that_never_comes_back_is_followed_by_another() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        breaker.failure(Ticket::Usual, now);
        assert_eq!(breaker.ask(now + FIRST), Some(Ticket::Probe));
        assert_eq!(breaker.ask(now + FIRST * 2), Some(Ticket::Probe));
    }
}
