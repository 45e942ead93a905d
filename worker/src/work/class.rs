//! Classes of jobs: what is at fault for one is not for the other.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use entity::job::{Job, Task};

use super::breaker::Breaker;
use crate::{metrics::METRICS, queue::Budget};

/// Webhooks at once in one worker, of its `worker.concurrency`. A receiver that hangs costs five seconds a call: what
/// it holds must not be all there is.
const WEBHOOKS: usize = 4;

/// What a job needs to be well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The mail server.
    Mail,
    /// The application that receives webhooks.
    Webhook,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Webhook];

    /// The class of a job; what is none, or of a type that this build does not know, troubles nobody.
    #[must_use]
    pub fn of(job: Option<&Job>) -> Self {
        match job.map(|job| &job.task) {
            Some(Task::DeliverWebhook(_)) => Self::Webhook,
            Some(Task::SendCode(_) | Task::SendChangedNotice(_)) | None => Self::Mail,
        }
    }

    /// Its name in logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }
}

/// One class in this process: its breaker, and how many of its jobs run.
#[derive(Debug)]
pub(super) struct Lane {
    pub class: Class,
    pub breaker: Breaker,
    running: AtomicUsize,
    most: usize,
}

impl Lane {
    fn new(class: Class, most: usize) -> Arc<Self> {
        Arc::new(Self { class, breaker: Breaker::default(), running: AtomicUsize::new(0), most })
    }

    /// Counts one more job for as long as the answer lives.
    pub fn enter(self: &Arc<Self>) -> Inside {
        self.running.fetch_add(1, Ordering::Relaxed);
        Inside(Arc::clone(self))
    }

    /// Notes in the metrics whether its breaker is open.
    pub fn tell(&self, open: bool) {
        METRICS.breaker(self.class.name(), open);
    }

    fn budget(&self, free: usize, now: Instant) -> usize {
        if self.breaker.forget(now) {
            self.tell(false);
        }
        let room = self.most.saturating_sub(self.running.load(Ordering::Relaxed));
        self.breaker.budget(free.min(room), now)
    }
}

/// A job that runs.
#[derive(Debug)]
pub(super) struct Inside(Arc<Lane>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Both of them.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    mail: Arc<Lane>,
    webhook: Arc<Lane>,
}

impl Lanes {
    /// For a worker that runs so many jobs at once.
    pub fn new(concurrency: usize) -> Self {
        // Of a few places half; of one, that one.
        let webhooks = WEBHOOKS.min((concurrency / 2).max(1));
        Self { mail: Lane::new(Class::Mail, concurrency), webhook: Lane::new(Class::Webhook, webhooks) }
    }

    /// That of a class.
    pub fn of(&self, class: Class) -> &Arc<Lane> {
        match class {
            Class::Mail => &self.mail,
            Class::Webhook => &self.webhook,
        }
    }

    /// What may be claimed with so many free places; none if no class may have any.
    pub fn budget(&self, free: usize, now: Instant) -> Option<Budget> {
        let budget = Budget { mail: self.mail.budget(free, now), webhook: self.webhook.budget(free, now) };
        (budget.mail > 0 || budget.webhook > 0).then_some(budget)
    }

    /// Until the next probe of a class that is not open; none if there is no such class, or if its probe may go out and
    /// only lacks a job: that comes in its own time, and is not waited for by asking all the time.
    pub fn until_probe(&self, now: Instant) -> Option<Duration> {
        let next = Class::ALL.into_iter().filter_map(|class| self.of(class).breaker.next_probe());
        next.filter(|at| *at > now).min().map(|at| at.saturating_duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webhooks_have_a_part_of_the_places_and_each_class_its_breaker() {
        let (lanes, now) = (Lanes::new(16), Instant::now());
        assert_eq!(lanes.budget(16, now), Some(Budget { mail: 16, webhook: 4 }));
        let running: Vec<_> = (0..4).map(|_| lanes.of(Class::Webhook).enter()).collect();
        assert_eq!(lanes.budget(12, now), Some(Budget { mail: 12, webhook: 0 }));
        drop(running);
        lanes.of(Class::Mail).breaker.failure(false, now);
        assert_eq!(lanes.budget(16, now), Some(Budget { mail: 0, webhook: 4 }));
        let until_probe = lanes.until_probe(now).unwrap();
        assert!(!until_probe.is_zero());
        assert_eq!(lanes.until_probe(now + until_probe), None, "its time has come, and it waits for a job");
        lanes.of(Class::Webhook).breaker.failure(false, now);
        assert_eq!(lanes.budget(16, now), None);
        assert_eq!(Lanes::new(1).budget(1, now), Some(Budget { mail: 1, webhook: 1 }));
    }
}
