//! What every worker does for all of them, and what an operator does by hand.

use entity::store::{Script, StoreError};
use fred::bytes::Bytes;
use fred::types::Value;

use super::{MAX_BATCH, Queue, millis, number, scripts};

/// What the reaper found.
#[derive(Debug)]
pub struct Reaped {
    /// Leases that ended, at most 100 a call: at 100 there may be more.
    pub leases: u64,
    /// Jobs that were buried as poison, as they were pushed.
    pub poisoned: Vec<Bytes>,
}

/// What became of a dead letter that was to be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redriven {
    /// It has another life.
    Done,
    /// Its time is over, so it is left among the dead.
    TooOld,
    /// It is not dead.
    NotDead,
}

impl Queue {
    /// Takes back the jobs of workers that are gone, and trims the dead letters.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reap(&self) -> Result<Reaped, StoreError> {
        let args = vec![
            i64::from(self.policy.dead_most).into(),
            millis(self.policy.dead_age).into(),
            i64::from(self.policy.poison_after).into(),
        ];
        let answer = self.run(&scripts::REAP, args).await?.into_array();
        let poisoned = answer.get(1).cloned().map(Value::into_array).unwrap_or_default();
        Ok(Reaped {
            leases: u64::try_from(number(answer.first())?).unwrap_or(0),
            poisoned: poisoned.into_iter().filter_map(Value::into_bytes).collect(),
        })
    }

    /// Gives dead letters another life; tells for each id what became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn redrive(&self, ids: &[String]) -> Result<Vec<Redriven>, StoreError> {
        let answers = self.each(&scripts::REDRIVE, ids).await?;
        let told = answers.into_iter().map(|answer| match answer {
            1 => Redriven::Done,
            2 => Redriven::TooOld,
            _ => Redriven::NotDead,
        });
        Ok(told.collect())
    }

    /// Forgets dead or delayed jobs; tells for each id whether it was one of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn drop_jobs(&self, ids: &[String]) -> Result<Vec<bool>, StoreError> {
        Ok(self.each(&scripts::DROP, ids).await?.into_iter().map(|answer| answer == 1).collect())
    }

    async fn each(&self, script: &Script, ids: &[String]) -> Result<Vec<i64>, StoreError> {
        let mut answers = Vec::with_capacity(ids.len());
        for batch in ids.chunks(MAX_BATCH) {
            let answer = self.run(script, batch.iter().map(Value::from).collect()).await?.into_array();
            answers.extend(answer.iter().map(|one| one.as_i64().unwrap_or(0)));
        }
        Ok(answers)
    }
}
