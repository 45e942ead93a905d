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

    /// Gives dead letters another life; tells for each id whether it was dead.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn redrive(&self, ids: &[String]) -> Result<Vec<bool>, StoreError> {
        self.each(&scripts::REDRIVE, ids).await
    }

    /// Forgets dead or delayed jobs; tells for each id whether it was one of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn drop_jobs(&self, ids: &[String]) -> Result<Vec<bool>, StoreError> {
        self.each(&scripts::DROP, ids).await
    }

    async fn each(&self, script: &Script, ids: &[String]) -> Result<Vec<bool>, StoreError> {
        let mut answers = Vec::with_capacity(ids.len());
        for batch in ids.chunks(MAX_BATCH) {
            let answer = self.run(script, batch.iter().map(Value::from).collect()).await?.into_array();
            answers.extend(answer.iter().map(|one| one.as_i64() == Some(1)));
        }
        Ok(answers)
    }
}
