//! Taking jobs.

use entity::store::StoreError;
use fred::{bytes::Bytes, types::Value};

use super::{MAX_BATCH, Queue, Ticket, millis, number, scripts};

/// How many jobs of each class may be taken now; 0 while a class's breaker is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Of `ready` and `ready:notice`.
    pub mail: usize,
    /// Of `ready:webhook`.
    pub webhook: usize,
}

/// A worker's question for jobs.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Jobs wanted, 1 to [`MAX_BATCH`].
    pub wanted: usize,
    /// Names this question. The same id again, after a lost answer, brings the same jobs.
    pub claim_id: &'a str,
    /// Names the worker, visible ASCII.
    pub worker: &'a str,
    /// Goes up by one with every new claim: it decides whose turn it is.
    pub turn: u32,
    /// What may be taken.
    pub budget: Budget,
    /// Whether the worker runs nothing at all: only then it is given a job that must run alone.
    pub idle: bool,
    /// Whether it is the turn of such jobs: else none is given, nor is the worker told to empty itself for one.
    pub drains: bool,
}

/// The answer to a claim.
#[derive(Debug)]
pub struct Batch {
    /// The server's clock, ms since 1970.
    pub now: i64,
    /// A job that must run alone waits for this worker: take nothing until nothing runs, then ask with `idle`.
    pub drain: bool,
    /// When the next delayed job is due, ms since 1970.
    pub next_due: Option<i64>,
    /// Entries that were no work and were cleared away: expired, buried, pushed twice. A call clears a bounded number, so
    /// above 0 there may be more, and jobs behind them.
    pub cleared: u64,
    /// The jobs, which are this worker's until their lease ends.
    pub jobs: Vec<Delivery>,
}

/// A job given to this worker.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// What settles it.
    pub ticket: Ticket,
    /// How often it was given to a worker, this time included.
    pub deliveries: u32,
    /// How often it was tried and is to be tried again, this time not included.
    pub attempts: u32,
    /// It must run alone: its last worker was lost.
    pub solo: bool,
    /// How many workers were lost while it ran alone.
    pub lost: u32,
    /// From when on it is of no use, ms since 1970.
    pub expires_at: Option<i64>,
    /// The job as it was pushed.
    pub bytes: Bytes,
}

impl Queue {
    /// Claims jobs: due delayed ones first, at most half of them if the lists wait as well, then from the lists by
    /// their weights. On the way it discards what expired and buries what is no job.
    ///
    /// # Errors
    /// [`StoreError`]. If the answer was lost, jobs may have been given: ask again with the same claim id.
    pub async fn claim(&self, ask: &Ask<'_>) -> Result<Batch, StoreError> {
        let names = self.store.names();
        let mut keys = self.keys.clone();
        keys.extend([
            names.ready(self.shard),
            names.ready_notice(self.shard),
            names.ready_webhook(self.shard),
            names.claim(self.shard, ask.worker),
            // No worker is called so: their names are longer.
            names.claim(self.shard, "solo"),
        ]);
        let size = |count: usize| Value::Integer(count.min(MAX_BATCH) as i64);
        let args = vec![
            i64::from(self.policy.dead_most).into(),
            millis(self.policy.dead_age).into(),
            size(ask.wanted.max(1)),
            ask.claim_id.into(),
            ask.worker.into(),
            millis(self.policy.lease).into(),
            i64::from(ask.turn).into(),
            size(ask.budget.mail),
            size(ask.budget.webhook),
            match (ask.idle, ask.drains) {
                (true, true) => 1.into(),
                (false, true) => 0.into(),
                (_, false) => 2.into(),
            },
        ];
        let answer = self.store.run(&scripts::CLAIM, keys, args).await?.into_array();
        let jobs = answer.get(3).cloned().map(Value::into_array).unwrap_or_default();
        Ok(Batch {
            now: number(answer.first())?,
            drain: number(answer.get(1))? == 1,
            next_due: Some(number(answer.get(2))?).filter(|due| *due >= 0),
            cleared: u64::try_from(number(answer.get(4))?).unwrap_or(0),
            jobs: deliveries(jobs),
        })
    }
}

/// What can be read of the jobs. One that cannot does not hold up its neighbours: it is left to its lease and the reaper,
/// which buries it in the end.
fn deliveries(jobs: Vec<Value>) -> Vec<Delivery> {
    let all = jobs.len();
    let jobs: Vec<_> = jobs.into_iter().filter_map(|job| delivery(job.into_array()).ok()).collect();
    if jobs.len() < all {
        tracing::error!(unreadable = all - jobs.len(), "jobs whose record cannot be read are left to their leases");
    }
    jobs
}

fn delivery(fields: Vec<Value>) -> Result<Delivery, StoreError> {
    let count = |index: usize| Ok::<_, StoreError>(u32::try_from(number(fields.get(index))?).unwrap_or(u32::MAX));
    let id = fields.first().and_then(Value::as_string);
    let bytes = fields.get(6).cloned().and_then(Value::into_bytes);
    let (Some(id), Some(bytes)) = (id, bytes) else {
        return Err(StoreError::Unexpected("a job without id or bytes".into()));
    };
    Ok(Delivery {
        ticket: Ticket { id, delivery: number(fields.get(1))? },
        deliveries: count(2)?,
        attempts: count(3)?,
        solo: count(4)? > 0,
        lost: count(4)?.saturating_sub(1),
        expires_at: Some(number(fields.get(5))?).filter(|at| *at >= 0),
        bytes,
    })
}
