//! When a worker makes room for a job that must run alone, and when it works for all the others.
//!
//! A job whose worker was lost may have taken it along, so it next runs in a worker that runs nothing else. Neither side
//! may starve the other: for as long as the others were held up for such a job they have the worker to themselves
//! afterwards, and if jobs that hang keep the worker from ever being empty, it waits longer each time.

use std::time::{Duration, Instant};

/// After each drain at whose end something still runs the next one is so many times as long.
const LONGER: u32 = 4;
/// A drain that failed so long ago tells nothing of the jobs that run now.
const FORGET: Duration = Duration::from_secs(300);

/// How long what takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spans {
    /// How long a worker claims nothing so that it empties itself, at first; a mail takes less as a rule.
    pub first_drain: Duration,
    /// The longest drain, at whose begin all that can still be given back is. A mail server is waited for a minute after a
    /// mail's body (`mail/smtp/times.rs`), and for nothing longer: then the worker is empty.
    pub longest_drain: Duration,
    /// How long such a job runs alone: what takes its worker along does so at once as a rule, and what is merely slow must
    /// not hold up everybody else for its time-outs. By how many workers were lost while it ran so: the stronger the
    /// suspicion, the longer.
    pub alone: [Duration; 3],
}

impl Default for Spans {
    fn default() -> Self {
        Self {
            first_drain: Duration::from_secs(2),
            longest_drain: Duration::from_secs(64),
            alone: [Duration::from_secs(2), Duration::from_secs(5), Duration::from_secs(15)],
        }
    }
}

/// Whose turn it is in one worker.
#[derive(Debug)]
pub(super) struct Solo {
    spans: Spans,
    state: State,
    drain: Duration,
    failed: Option<Instant>,
    /// Until then the others have the worker to themselves.
    rest: Instant,
    /// Whether the others have not been asked for since they were held up last.
    owes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Jobs are claimed.
    Open,
    /// It empties itself for a job of this shard.
    Drains { shard: usize, since: Instant },
    /// A job runs alone; the others are held up since then.
    Runs { since: Instant, until: Instant },
}

/// What a round of claims told of jobs that must run alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    /// One was given, and so many workers were lost while it ran alone.
    pub alone: Option<u32>,
    /// One waits in this shard until the worker is empty.
    pub drain: Option<usize>,
}

impl Solo {
    /// Nothing is known of any such job.
    pub fn new(spans: Spans, now: Instant) -> Self {
        Self { spans, state: State::Open, drain: spans.first_drain, failed: None, rest: now, owes: false }
    }

    /// Notes the time, and whether the worker runs nothing.
    pub fn look(&mut self, now: Instant, idle: bool) {
        match self.state {
            State::Runs { since, until } if idle || until <= now => self.give_way(since, now),
            State::Drains { since, .. } if !idle && since + self.drain <= now => {
                (self.drain, self.failed) = ((self.drain * LONGER).min(self.spans.longest_drain), Some(now));
                self.give_way(since, now);
            }
            _ => {}
        }
        if self.failed.is_some_and(|at| at + FORGET <= now) {
            (self.drain, self.failed) = (self.spans.first_drain, None);
        }
    }

    /// Whether anything may be claimed.
    pub fn may_claim(&self) -> bool {
        !matches!(self.state, State::Runs { .. })
    }

    /// The shard for whose job the worker empties itself: no other is asked until it is empty.
    pub fn drains(&self) -> Option<usize> {
        match self.state {
            State::Drains { shard, .. } => Some(shard),
            _ => None,
        }
    }

    /// Whether shorter drains were in vain, so that this one begins with giving back all that can be.
    pub fn gives_back(&self) -> bool {
        self.drains().is_some() && self.drain == self.spans.longest_drain
    }

    /// Whether such a job may be given, or asked to be drained for.
    pub fn admits(&self, now: Instant) -> bool {
        self.drains().is_some() || (!self.owes && self.rest <= now)
    }

    /// Notes what a round brought. `admitted` is whether it asked for such jobs.
    pub fn note(&mut self, news: News, admitted: bool, now: Instant) {
        self.owes &= admitted;
        let drains_since = match self.state {
            State::Drains { since, .. } => Some(since),
            _ => None,
        };
        let since = drains_since.unwrap_or(now);
        if let Some(lost) = news.alone {
            let alone = usize::try_from(lost).unwrap_or(usize::MAX).min(self.spans.alone.len() - 1);
            self.state = State::Runs { since, until: now + self.spans.alone[alone] };
        } else if let Some(shard) = news.drain {
            self.state = State::Drains { shard, since };
        } else if let Some(since) = drains_since {
            // Another worker has it, or it is gone.
            self.give_way(since, now);
        }
    }

    fn give_way(&mut self, since: Instant, now: Instant) {
        (self.state, self.owes) = (State::Open, true);
        self.rest = now + now.saturating_duration_since(since);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAIN: News = News { alone: None, drain: Some(3) };
    const NOTHING: News = News { alone: None, drain: None };

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn the_others_have_the_worker_for_as_long_as_they_were_held_up() {
        let start = Instant::now();
        let mut solo = Solo::new(Spans::default(), start);
        solo.note(DRAIN, true, start);
        assert_eq!((solo.drains(), solo.admits(start), solo.may_claim()), (Some(3), true, true));
        // Empty after a second, and given the job, which takes its time.
        let given = start + seconds(1);
        solo.look(given, true);
        solo.note(News { alone: Some(0), drain: None }, true, given);
        solo.look(given + seconds(1), false);
        assert!(!solo.may_claim());
        let over = given + seconds(2);
        solo.look(over, false);
        assert!(solo.may_claim() && !solo.admits(over));
        solo.note(NOTHING, false, over);
        assert!(!solo.admits(over + seconds(3) - Duration::from_millis(1)), "held up for three seconds");
        assert!(solo.admits(over + seconds(3)));
    }

    #[test]
    fn after_the_quickest_job_the_others_are_asked_for_once() {
        let now = Instant::now();
        let mut solo = Solo::new(Spans::default(), now);
        solo.note(News { alone: Some(0), drain: None }, true, now);
        solo.look(now, true);
        assert!(!solo.admits(now));
        solo.note(NOTHING, false, now);
        assert!(solo.admits(now));
    }

    #[test]
    fn a_drain_in_vain_is_followed_by_a_rest_and_by_a_longer_one() {
        let mut now = Instant::now();
        let mut solo = Solo::new(Spans::default(), now);
        let mut held_up = Vec::new();
        for _ in 0..5 {
            solo.note(DRAIN, true, now);
            let begun = now;
            assert_eq!(solo.gives_back(), held_up.len() > 2);
            while solo.drains().is_some() {
                now += seconds(1);
                solo.look(now, false);
                if solo.drains().is_some() {
                    solo.note(DRAIN, true, now);
                }
            }
            let drained = now.duration_since(begun);
            solo.note(NOTHING, false, now);
            assert!(!solo.admits(now + drained - seconds(1)) && solo.admits(now + drained));
            held_up.push(drained.as_secs());
            now += drained;
        }
        assert_eq!(held_up, [2, 8, 32, 64, 64]);
        solo.look(now + FORGET, false);
        solo.note(DRAIN, true, now + FORGET);
        solo.look(now + FORGET + seconds(2), false);
        assert_eq!(solo.drains(), None, "the first drain is short again");
    }

    #[test]
    fn a_job_that_another_worker_took_ends_the_drain() {
        let now = Instant::now();
        let mut solo = Solo::new(Spans::default(), now);
        solo.note(DRAIN, true, now);
        solo.note(NOTHING, true, now + seconds(1));
        assert_eq!(solo.drains(), None);
        assert!(!solo.admits(now + seconds(1)), "the others were held up for nothing");
    }

    #[test]
    fn the_stronger_the_suspicion_the_longer_it_runs_alone() {
        let now = Instant::now();
        for (lost, alone) in [(0, 2), (1, 5), (2, 15), (u32::MAX, 15)] {
            let mut solo = Solo::new(Spans::default(), now);
            solo.note(News { alone: Some(lost), drain: None }, true, now);
            solo.look(now + seconds(alone) - Duration::from_millis(1), false);
            assert!(!solo.may_claim());
            solo.look(now + seconds(alone), false);
            assert!(solo.may_claim());
        }
    }
}
