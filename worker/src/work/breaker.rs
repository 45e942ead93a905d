//! Keeps a worker from claiming a class of jobs while our side is at fault.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// The first pause, doubled each time the probe fails as well.
const FIRST: Duration = Duration::from_secs(1);
/// The longest pause: a mail server that is back is noticed within it, and a code lives twenty times as long.
const LONGEST: Duration = Duration::from_secs(30);

/// After the last failure for so long without anything to probe with, nothing is known of our side any more, and the
/// next jobs find out.
const FORGET: Duration = Duration::from_secs(60);

/// One class's breaker in this process.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<Option<Open>>);

#[derive(Debug)]
struct Open {
    until: Instant,
    pause: Duration,
    probing: bool,
}

impl Breaker {
    /// How many of up to `most` jobs may be claimed now.
    pub fn budget(&self, most: usize, now: Instant) -> usize {
        match &*self.lock() {
            None => most,
            Some(open) if open.probing || now < open.until => 0,
            Some(_) => most.min(1),
        }
    }

    /// Closes a breaker that nobody has probed since long ago; tells whether it did.
    pub fn forget(&self, now: Instant) -> bool {
        let mut state = self.lock();
        let old = state.as_ref().is_some_and(|open| !open.probing && now >= open.until + FORGET);
        if old {
            *state = None;
        }
        old
    }

    /// Notes that a job was claimed, and tells whether it is the probe.
    pub fn claimed(&self) -> bool {
        self.lock().as_mut().is_some_and(|open| !std::mem::replace(&mut open.probing, true))
    }

    /// A job's success: the class is open again. Tells whether that is news.
    pub fn success(&self) -> bool {
        self.lock().take().is_some()
    }

    /// A probe that told nothing about our side: the next job may be one.
    pub fn nothing_learnt(&self) {
        if let Some(open) = &mut *self.lock() {
            open.probing = false;
        }
    }

    /// A failure of our side. Gives the time until the next probe, and whether the pause is a new one.
    pub fn failure(&self, probe: bool, now: Instant) -> (Duration, bool) {
        let mut state = self.lock();
        let first = state.is_none();
        let open = state.get_or_insert(Open { until: now + FIRST, pause: FIRST, probing: false });
        if probe && !first {
            open.pause = (open.pause * 2).min(LONGEST);
            (open.until, open.probing) = (now + open.pause, false);
        }
        (open.until.saturating_duration_since(now), first)
    }

    /// When the next probe may go out, while the class is not open.
    pub fn next_probe(&self) -> Option<Instant> {
        self.lock().as_ref().filter(|open| !open.probing).map(|open| open.until)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_half_a_minute_and_one_job_probes() {
        let breaker = Breaker::default();
        let mut now = Instant::now();
        assert_eq!(breaker.budget(16, now), 16);
        assert!(!breaker.claimed());
        assert_eq!(breaker.failure(false, now), (FIRST, true));
        assert_eq!(breaker.failure(false, now), (FIRST, false), "its neighbours add nothing");
        for pause in [2, 4, 8, 16, 30, 30] {
            assert_eq!(breaker.budget(16, now), 0);
            now = breaker.next_probe().unwrap();
            assert_eq!(breaker.budget(16, now), 1);
            assert!(breaker.claimed());
            assert_eq!(breaker.budget(16, now), 0, "one at a time");
            assert_eq!(breaker.failure(true, now).0, Duration::from_secs(pause));
        }
        assert!(breaker.success());
        assert_eq!(breaker.budget(16, now), 16);
    }

    #[test]
    fn what_nobody_probed_is_forgotten() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        breaker.failure(false, now);
        assert!(!breaker.forget(now + FORGET));
        assert!(breaker.forget(now + FIRST + FORGET));
        assert_eq!(breaker.budget(16, now), 16);
        assert!(!breaker.forget(now + FIRST + FORGET), "it is no news twice");
    }

    #[test]
    fn a_probe_that_tells_nothing_is_followed_by_another() {
        let breaker = Breaker::default();
        let now = Instant::now();
        breaker.failure(false, now);
        breaker.claimed();
        breaker.nothing_learnt();
        assert_eq!(breaker.budget(16, now + FIRST), 1);
    }
}
