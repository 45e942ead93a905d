//! What a worker says of the jobs it holds. All of it is fenced, and may be sent again if the answer was lost.

use std::time::Duration;

use entity::store::{Script, StoreError};
use fred::types::Value;

use super::{Queue, millis, number, scripts};

/// The right to settle a job: its id and the number of the delivery. It ends with the lease, once that is reaped.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// The job's id.
    pub id: String,
    /// The delivery's number, unique within the shard.
    pub delivery: i64,
}

/// What became of a job that was to be tried later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is done as asked.
    Done,
    /// It would come too late and was discarded.
    Expired,
    /// This delivery no longer holds it: it is settled, or given to another worker.
    Gone,
}

impl Queue {
    /// Prolongs leases, [`super::MAX_BATCH`] at most, by the policy's span from now, and tells for each whether it is still held.
    ///
    /// # Errors
    /// [`StoreError`]; whether the leases were prolonged is then unknown.
    pub async fn extend(&self, tickets: &[Ticket]) -> Result<Vec<bool>, StoreError> {
        self.of_each(&scripts::EXTEND, Some(millis(self.policy.lease).into()), tickets).await
    }

    /// Ends jobs that are done, [`super::MAX_BATCH`] at most, and tells for each whether it was this call that ended it.
    ///
    /// # Errors
    /// [`StoreError`]; send it again.
    pub async fn ack(&self, tickets: &[Ticket]) -> Result<Vec<bool>, StoreError> {
        self.of_each(&scripts::ACK, None, tickets).await
    }

    /// Has the job tried again after `delay`, and counts the attempt. `reason` is kept in clear text.
    ///
    /// # Errors
    /// [`StoreError`]; send it again.
    pub async fn retry(&self, ticket: &Ticket, delay: Duration, reason: &str) -> Result<Settled, StoreError> {
        self.later(&scripts::RETRY, ticket, vec![millis(delay).into(), reason.into()]).await
    }

    /// Puts the job off by `delay` without counting an attempt. `reason` is kept in clear text.
    ///
    /// # Errors
    /// [`StoreError`]; send it again.
    pub async fn defer(&self, ticket: &Ticket, delay: Duration, reason: &str) -> Result<Settled, StoreError> {
        self.later(&scripts::DEFER, ticket, vec![millis(delay).into(), reason.into()]).await
    }

    /// Gives the job back as if it had not been claimed.
    ///
    /// # Errors
    /// [`StoreError`]; send it again.
    pub async fn release(&self, ticket: &Ticket) -> Result<Settled, StoreError> {
        self.later(&scripts::RELEASE, ticket, vec![]).await
    }

    /// Lays the job to the dead letters; `reason` is kept in clear text. False if it was not held any more.
    ///
    /// # Errors
    /// [`StoreError`]; send it again.
    pub async fn bury(&self, ticket: &Ticket, reason: &str) -> Result<bool, StoreError> {
        let args = vec![
            i64::from(self.policy.dead_most).into(),
            millis(self.policy.dead_age).into(),
            ticket.id.as_str().into(),
            ticket.delivery.into(),
            reason.into(),
        ];
        Ok(number(Some(&self.run(&scripts::BURY, args).await?))? == 1)
    }

    async fn later(&self, script: &Script, ticket: &Ticket, rest: Vec<Value>) -> Result<Settled, StoreError> {
        let mut args = vec![ticket.id.as_str().into(), ticket.delivery.into()];
        args.extend(rest);
        match number(Some(&self.run(script, args).await?))? {
            1 => Ok(Settled::Done),
            2 => Ok(Settled::Expired),
            _ => Ok(Settled::Gone),
        }
    }

    async fn of_each(
        &self,
        script: &Script,
        first: Option<Value>,
        tickets: &[Ticket],
    ) -> Result<Vec<bool>, StoreError> {
        let pairs = tickets.iter().flat_map(|ticket| [ticket.id.as_str().into(), ticket.delivery.into()]);
        let answer = self.run(script, first.into_iter().chain(pairs).collect()).await?.into_array();
        if answer.len() != tickets.len() {
            return Err(StoreError::Unexpected("not an answer for each job".into()));
        }
        Ok(answer.iter().map(|one| one.as_i64() == Some(1)).collect())
    }
}
