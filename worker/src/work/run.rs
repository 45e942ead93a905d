//! The loop that claims jobs and starts them.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{
    job::Job,
    store::{Store, StoreError},
};
use fred::clients::Client;
use tokio::{
    sync::Notify,
    task::{JoinError, JoinSet},
};
use tokio_util::sync::CancellationToken;

use super::{
    Class, Handler, Link,
    acks::Acks,
    class::Lanes,
    hold::Holds,
    places::Places,
    reaper,
    running::{Running, Seat},
    solo::{News, Solo, Spans},
    wake,
};
use crate::{
    metrics::METRICS,
    queue::{Ask, Batch, Budget, Policy, Queue},
};

/// Longest pause between two looks at the lists: jobs that are pushed by hand ring no bell.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long an idle worker lingers at most, at random, before it takes what woke it. Who probes the API right after a
/// request must not meet what the worker does for an account and not for any other address, on a machine that both share
/// (R2): eight calls take some milliseconds, and hit upon a moment in 200 once in a hundred times. A worker that is busy
/// lingers for nothing, so no job waits for this that has others before it.
const LINGER: Duration = Duration::from_millis(200);

/// How a worker runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names the worker among all others, visible ASCII.
    pub name: String,
    /// Jobs at once, 1 to 64.
    pub concurrency: usize,
    /// Time to finish what was begun.
    pub grace: Duration,
    /// The queue's.
    pub policy: Policy,
}

/// Runs jobs of all shards until it is told to stop.
pub struct Worker<H> {
    settings: Settings,
    shards: Vec<Asked>,
    handler: Arc<H>,
    lanes: Lanes,
    places: Arc<Places>,
    link: Arc<Link>,
    holds: Holds,
    /// Rounds so far: each begins with another shard.
    rounds: usize,
    spans: Spans,
}

/// A queue and the last claim made of it.
struct Asked {
    queue: Queue,
    acks: Arc<Acks>,
    /// Counts this queue's claims: it names them, and decides whose turn it is. One count for all shards would bind a
    /// shard to the odd or to the even turns, and so to new jobs or to delayed ones.
    turn: u32,
    /// Whether that claim's answer is still open.
    open: bool,
}

impl<H: Handler> Worker<H> {
    /// A worker on this store. `link` is told whether Redis answers.
    pub fn new(store: &Store, settings: Settings, handler: Arc<H>, link: Arc<Link>) -> Self {
        let asked = |shard| {
            let queue = Queue::new(store, shard, settings.policy.clone());
            // Not all workers begin with the same list.
            Asked { acks: Arc::new(Acks::new(queue.clone())), queue, turn: rand::random_range(0..1 << 16), open: false }
        };
        METRICS.concurrency(settings.concurrency);
        Self {
            shards: store.names().all().map(asked).collect(),
            lanes: Lanes::new(settings.concurrency),
            places: Places::new(settings.concurrency),
            settings,
            handler,
            holds: Holds::new(Arc::clone(&link)),
            link,
            // Nor with the same shard.
            rounds: rand::random_range(0..1 << 16),
            spans: Spans::default(),
        }
    }

    /// The same with other spans: tests are in a hurry.
    #[cfg(test)]
    pub(super) fn with(mut self, spans: Spans) -> Self {
        self.spans = spans;
        self
    }

    /// Runs until `stop`, then finishes what is past the point of no return, gives back the rest, and returns within
    /// the grace period. `sleepers` are connections of their own for blocking commands, each with the wake lists that
    /// it can wait on.
    pub async fn run(mut self, sleepers: Vec<(Client, Vec<String>)>, stop: CancellationToken) {
        let woken = Arc::new(Notify::new());
        let mut beside = JoinSet::new();
        for (client, keys) in sleepers {
            beside.spawn(wake::sleep_on(client, keys, Arc::clone(&woken), stop.clone()));
        }
        for asked in &self.shards {
            beside.spawn(reaper::extend(asked.queue.clone(), self.holds.clone()));
            beside.spawn(reaper::reap(asked.queue.clone(), Arc::clone(&self.handler), Arc::clone(&self.link)));
        }
        let mut jobs = JoinSet::new();
        self.claim_until(&stop, &woken, &mut jobs).await;
        self.finish(&mut jobs).await;
    }

    async fn claim_until(&mut self, stop: &CancellationToken, woken: &Notify, jobs: &mut JoinSet<()>) {
        let mut solo = Solo::new(self.spans, Instant::now());
        while !stop.is_cancelled() {
            while let Some(ended) = jobs.try_join_next() {
                self.note_panic(ended);
            }
            let now = Instant::now();
            solo.look(now, jobs.is_empty());
            let mut pause = LOOK_EVERY;
            let free = self.places.free(jobs.len());
            let may_claim = solo.may_claim() && free > 0;
            // Whether a place that is freed is worth a look: nothing could be asked for, or there was more than could be had.
            let mut wants = free == 0;
            if may_claim {
                let (admits, drained) = (solo.admits(now), solo.drains().is_some());
                let mut round = self.ask_all(solo.drains(), admits, stop, jobs).await;
                solo.note(round.news, admits, Instant::now());
                if !admits && !round.more && jobs.is_empty() && !stop.is_cancelled() {
                    // It is the others' turn, and there are none.
                    round = self.ask_all(None, true, stop, jobs).await;
                    solo.note(round.news, true, Instant::now());
                }
                if !drained && solo.gives_back() {
                    tracing::info!("jobs that hang are given back, so that one can run alone");
                    self.give_back().await;
                }
                wants = round.more;
                let is_open = solo.may_claim() && solo.drains().is_none();
                if round.more && self.places.free(jobs.len()) > 0 && is_open {
                    continue;
                }
                pause = pause.min(round.pause);
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = self.places.freed(), if wants => {}
                Some(ended) = jobs.join_next() => self.note_panic(ended),
                () = woken.notified(), if may_claim && solo.may_claim() && solo.drains().is_none() => {
                    if jobs.is_empty() {
                        let linger = LINGER.mul_f64(rand::random());
                        let _ = tokio::time::timeout(linger, stop.cancelled()).await;
                    }
                }
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Asks all shards once, in turns, or until told to stop. A worker that `drains` for a job of one shard asks that one
    /// alone, or before the others as soon as it is empty: whether the job still waits, and that others leave it to it.
    /// `admits` is whether a job that must run alone may be given, or asked to be drained for.
    async fn ask_all(
        &mut self,
        drains: Option<usize>,
        admits: bool,
        stop: &CancellationToken,
        jobs: &mut JoinSet<()>,
    ) -> Round {
        let drains_still = drains.filter(|_| !jobs.is_empty());
        let news = News { alone: None, drain: drains_still };
        let mut round = Round { more: false, news, pause: LOOK_EVERY };
        let count = self.shards.len();
        let start = drains.unwrap_or(self.rounds % count);
        self.rounds = self.rounds.wrapping_add(1);
        for step in 0..if drains_still.is_some() { 1 } else { count } {
            // Each of many shards may keep it waiting for the two seconds of a command.
            if stop.is_cancelled() {
                break;
            }
            let index = (start + step) % count;
            // An answer that came late may have brought jobs for places that others have taken by now.
            let free = self.places.free(jobs.len());
            let now = Instant::now();
            round.pause = round.pause.min(self.lanes.until_probe(now).unwrap_or(LOOK_EVERY));
            let Some(budget) = self.lanes.budget(free, now) else { break };
            let Ok(batch) = self.ask(index, free, budget, (jobs.is_empty(), admits)).await else { continue };
            if let Some(due) = batch.next_due {
                round.pause = round.pause.min(Duration::from_millis(u64::try_from(due - batch.now).unwrap_or(0)));
            }
            if batch.jobs.iter().any(|delivery| delivery.solo) && !jobs.is_empty() {
                // A claim that was asked again: this worker was idle at the first time, and is no more.
                for delivery in &batch.jobs {
                    let _ = self.link.note(self.shards[index].queue.release(&delivery.ticket).await);
                }
                continue;
            }
            round.more |= !batch.jobs.is_empty() || batch.cleared > 0;
            round.news = News {
                alone: batch.jobs.iter().find(|delivery| delivery.solo).map(|delivery| delivery.lost),
                drain: batch.drain.then_some(index),
            };
            self.start(index, batch, jobs);
            if round.news != News::default() {
                break;
            }
        }
        round
    }

    async fn ask(
        &mut self,
        index: usize,
        wanted: usize,
        budget: Budget,
        (idle, drains): (bool, bool),
    ) -> Result<Batch, StoreError> {
        let asked = &mut self.shards[index];
        // A claim without an answer is made once more: it may have brought jobs.
        if !asked.open {
            asked.turn = asked.turn.wrapping_add(1);
            asked.open = true;
        }
        let claim_id = asked.turn.to_string();
        let ask =
            Ask { wanted, claim_id: &claim_id, worker: &self.settings.name, turn: asked.turn, budget, idle, drains };
        let batch = self.link.note(asked.queue.claim(&ask).await)?;
        asked.open = false;
        Ok(batch)
    }

    fn start(&self, index: usize, batch: Batch, jobs: &mut JoinSet<()>) {
        let Asked { queue, acks, .. } = &self.shards[index];
        for delivery in batch.jobs {
            let job = Job::decode(&delivery.bytes);
            let lane = Arc::clone(self.lanes.of(Class::of(job.as_ref().ok())));
            let seat = Seat { _place: self.places.take(), _inside: lane.enter() };
            let running = Running {
                job,
                probe: lane.breaker.claimed(),
                lane,
                handler: Arc::clone(&self.handler),
                queue: queue.clone(),
                acks: Arc::clone(acks),
                held: self.holds.add(queue, delivery.ticket.clone(), batch.now),
                delivery,
                link: Arc::clone(&self.link),
            };
            jobs.spawn(running.run(seat));
        }
    }

    fn note_panic(&self, ended: Result<(), JoinError>) {
        if ended.is_err_and(|error| error.is_panic()) {
            METRICS.panicked();
            // The lease runs out, and the job runs alone next time.
            tracing::error!("a job panicked");
        }
    }

    /// Gives back all jobs that are not past the point of no return.
    async fn give_back(&self) {
        for asked in &self.shards {
            self.holds.give_back(&asked.queue).await;
        }
    }

    async fn finish(&self, jobs: &mut JoinSet<()>) {
        let deadline = tokio::time::Instant::now() + self.settings.grace;
        let ended = tokio::time::timeout_at(deadline, async {
            self.give_back().await;
            while self.holds.any_committed() {
                if jobs.join_next().await.is_none() {
                    break;
                }
            }
        });
        if ended.await.is_err() {
            tracing::warn!("the grace period is over: jobs that were being sent are left to their leases");
        }
        self.holds.abandoned.cancel();
    }
}

/// What one round of claims brought.
struct Round {
    /// Jobs came, or what was in their way was cleared: asking again at once is worth it.
    more: bool,
    /// What it told of jobs that must run alone.
    news: News,
    pause: Duration,
}

#[cfg(test)]
mod tests;
