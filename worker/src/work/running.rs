//! One job, from its bytes to what is told the queue.

use std::{
    borrow::Cow,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{
    job::{Job, Undecodable},
    telemetry::{self, Kind, Span, TraceContext},
};

use super::{
    Class, Done, Failure, Handler, Link,
    acks::Acks,
    backoff,
    class::{Inside, Lane},
    hold::{Held, Hold},
    places::Place,
};
use crate::{
    metrics::{METRICS, UNKNOWN},
    queue::{Delivery, Queue, Settled},
};

/// A claimed job with all it needs.
pub(super) struct Running<H> {
    pub handler: Arc<H>,
    pub queue: Queue,
    pub acks: Arc<Acks>,
    pub delivery: Delivery,
    pub held: Held,
    /// What its bytes say.
    pub job: Result<Job, Undecodable>,
    pub lane: Arc<Lane>,
    pub link: Arc<Link>,
    /// Whether it probes a class whose breaker is open.
    pub probe: bool,
}

/// What a job that is worked on counts for, dropped once it is done and only Redis has to hear of it.
pub(super) struct Seat {
    pub _place: Place,
    pub _inside: Inside,
}

/// What a job's outcome still has to tell of its class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It probes a class whose breaker is open.
    Probe,
    /// It runs beside others.
    Other,
    /// That our side is well was heard while it ran. How it ends may be long after, and tells nothing of now.
    Heard,
}

/// Lets another job probe when one ends without a word about our side: it panicked, or its task was ended.
struct Probe(Option<Arc<Lane>>);

impl Drop for Probe {
    fn drop(&mut self) {
        if let Some(lane) = &self.0 {
            lane.breaker.nothing_learnt();
        }
    }
}

impl<H: Handler> Running<H> {
    pub async fn run(self, seat: Seat) {
        let begin = Instant::now();
        let _flight = METRICS.begin();
        let mut probe = Probe(self.probe.then(|| Arc::clone(&self.lane)));
        let job = &self.job;
        let (mut span, is_traced) = self.trace(job.as_ref().ok());
        let hold = &self.held.hold;
        let mut part = if self.probe { Part::Probe } else { Part::Other };
        let outcome = match job {
            Ok(job) => {
                let mut handled = pin!(telemetry::within(span.context(), self.handler.run(job, hold)));
                loop {
                    tokio::select! {
                        biased;
                        outcome = &mut handled => break outcome,
                        () = hold.given_back() => break Err(Failure::Lost),
                        () = hold.proven_well(), if part != Part::Heard => {
                            self.close_breaker();
                            (part, probe.0) = (Part::Heard, None);
                        }
                    }
                }
            }
            Err(reason) => Err(Failure::Dead(Cow::Owned(reason.to_string()))),
        };
        // From here on the outcome speaks for it.
        probe.0 = None;
        let pause = self.breaker_after(&outcome, part);
        // Of a job that failed there may be something to note in the database first, which can be away for long: it keeps
        // its place. The breaker has heard of it before any place is free.
        let _seat = outcome.is_err().then_some(seat);
        let told = if hold.commit() { self.settle(job.as_ref().ok(), hold, &outcome, pause).await } else { "lost" };
        let pushed_at = job.as_ref().ok().and_then(|job| job.enqueued_at).filter(|_| told == "sent");
        let latency = pushed_at.and_then(|at| u64::try_from(hold.now() - at).ok()).map(Duration::from_millis);
        METRICS.ended(job.as_ref().map_or(UNKNOWN, Job::kind), told, begin.elapsed(), latency);
        span.set("rekey.outcome", told);
        let reason = match &outcome {
            Err(
                Failure::Retry(reason)
                | Failure::RetryAfter(_, reason)
                | Failure::Defer(reason)
                | Failure::Later(_, reason)
                | Failure::Dead(reason),
            ) => Some(reason.as_ref()),
            _ => None,
        };
        if told == "later" {
            // It costs nothing and can come often.
            tracing::debug!(job = self.delivery.ticket.id, reason, "put off");
            return;
        }
        tracing::info!(
            job = self.delivery.ticket.id,
            kind = job.as_ref().map_or("?", Job::kind),
            attempt = self.delivery.attempts + 1,
            delivery = self.delivery.deliveries,
            outcome = told,
            reason,
            trace_id = is_traced.then(|| tracing::field::display(span.context().trace_id())),
            duration_ms = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX),
            "job"
        );
    }

    /// Begins the job's span, within the trace that pushed it; tells as well whether there is such a trace, or one is
    /// sent.
    fn trace(&self, job: Option<&Job>) -> (Span, bool) {
        let pushed = job.and_then(|job| job.traceparent.as_deref()).and_then(TraceContext::parse);
        let mut span = telemetry::begin_from(job.map_or(UNKNOWN, Job::kind), Kind::Consumer, pushed);
        span.set("messaging.system", "redis");
        span.set("messaging.message.id", self.delivery.ticket.id.clone());
        span.set("rekey.attempt", i64::from(self.delivery.attempts) + 1);
        span.set("rekey.delivery", i64::from(self.delivery.deliveries));
        let is_traced = pushed.is_some() || span.is_recorded();
        (span, is_traced)
    }

    /// Tells the queue. All of it is fenced and may be said twice, so a lost answer is met by saying it again.
    /// `pause` is that of a deferred job.
    async fn settle(
        &self,
        job: Option<&Job>,
        hold: &Hold,
        outcome: &Result<Done, Failure>,
        pause: Duration,
    ) -> &'static str {
        let ticket = hold.ticket();
        let (told, settled) = match outcome {
            Ok(done) => {
                let ack = || async { self.link.note(self.acks.ack(ticket).await) };
                let settled = hold.insist(ack).await.map(|_| Settled::Done);
                (if *done == Done::Sent { "sent" } else { "done" }, settled)
            }
            Err(Failure::Retry(reason)) => self.again(job, hold, Duration::ZERO, reason).await,
            Err(Failure::RetryAfter(wait, reason)) => self.again(job, hold, *wait, reason).await,
            Err(Failure::Defer(reason)) => {
                let defer = || async { self.link.note(self.queue.defer(ticket, pause, reason).await) };
                ("defer", hold.insist(defer).await)
            }
            Err(Failure::Later(wait, reason)) => {
                // Spread a little, so that what was put off together does not come back together.
                let most = self.remaining().map_or(Duration::MAX, |remaining| remaining / 2);
                let wait = (*wait).min(most).mul_f64(rand::random_range(0.75..1.25));
                let defer = || async { self.link.note(self.queue.defer(ticket, wait, reason).await) };
                ("later", hold.insist(defer).await)
            }
            Err(Failure::Dead(reason)) => ("dead", self.bury(job, hold, reason).await),
            Err(Failure::Lost) => {
                // Nobody else has it as far as we know, or the fence refuses this.
                let release = || async { self.link.note(self.queue.release(ticket).await) };
                ("released", hold.insist(release).await)
            }
        };
        match settled {
            None => "abandoned",
            Some(Settled::Expired) => "expired",
            Some(_) => told,
        }
    }

    /// Has the job tried again, not before `wait` is over; or buries it if this was its last attempt.
    async fn again(
        &self,
        job: Option<&Job>,
        hold: &Hold,
        wait: Duration,
        reason: &str,
    ) -> (&'static str, Option<Settled>) {
        let attempts = self.delivery.attempts;
        let random = rand::random();
        let delay = match self.lane.class {
            Class::Mail if self.delivery.expires_at.is_none() && attempts + 1 >= backoff::MAX_ATTEMPTS => None,
            Class::Mail => Some(backoff::delay(attempts, self.remaining(), random)),
            Class::Webhook => backoff::webhook_delay(attempts, random),
        };
        let Some(delay) = delay else {
            return ("dead", self.bury(job, hold, &format!("attempts_exhausted: {reason}")).await);
        };
        let retry = || async { self.link.note(self.queue.retry(hold.ticket(), delay.max(wait), reason).await) };
        ("retry", hold.insist(retry).await)
    }

    async fn bury(&self, job: Option<&Job>, hold: &Hold, reason: &str) -> Option<Settled> {
        if let Some(job) = job {
            // What can never be noted does not keep a job from its grave.
            let noted = || async {
                match self.handler.buried(job).await {
                    Err(Failure::Dead(reason)) => {
                        tracing::error!(job = job.id, %reason, "nothing can be noted of a job that is buried");
                        Ok(())
                    }
                    noted => noted,
                }
            };
            hold.insist(noted).await?;
        }
        let bury = || async { self.link.note(self.queue.bury(hold.ticket(), reason).await) };
        hold.insist(bury).await.map(|_| Settled::Done)
    }

    /// What the outcome says about our side; gives the wait of a deferred job.
    fn breaker_after(&self, outcome: &Result<Done, Failure>, part: Part) -> Duration {
        match outcome {
            Err(Failure::Defer(reason)) => {
                let (until_probe, news) = self.lane.breaker.failure(part == Part::Probe, Instant::now());
                if news {
                    self.lane.tell(true);
                    tracing::warn!(%reason, "our side is at fault: no jobs are claimed but for a probe");
                }
                // Spread a little, so that what was put off together does not come back together.
                until_probe + Duration::from_secs_f64(rand::random())
            }
            outcome if *outcome == Ok(Done::Sent) || (part != Part::Heard && self.held.hold.is_well()) => {
                self.close_breaker();
                Duration::ZERO
            }
            _ => {
                if part == Part::Probe {
                    self.lane.breaker.nothing_learnt();
                }
                Duration::ZERO
            }
        }
    }

    fn close_breaker(&self) {
        if self.lane.breaker.success() {
            self.lane.tell(false);
            tracing::info!("jobs are claimed again");
        }
    }

    /// Life that is left, if it is limited.
    fn remaining(&self) -> Option<Duration> {
        let left = self.delivery.expires_at? - self.held.hold.now();
        Some(Duration::from_millis(u64::try_from(left).unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::class::Lanes;

    #[test]
    fn a_probe_that_ends_without_an_outcome_lets_the_next_one_probe() {
        let lane = Arc::clone(Lanes::new(1).of(Class::Mail));
        lane.breaker.failure(false, Instant::now());
        assert!(lane.breaker.claimed());
        assert_eq!(lane.breaker.next_probe(), None);
        let panicked = std::panic::catch_unwind(|| {
            let _probe = Probe(Some(Arc::clone(&lane)));
            panic!("as asked");
        });
        assert!(panicked.is_err() && lane.breaker.next_probe().is_some());
    }
}
