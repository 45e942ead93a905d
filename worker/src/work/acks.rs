//! Acknowledgements of jobs that end at about the same time, in one call: Redis' time for a call is most of what it has to
//! do for one job, and then for many.

use std::sync::{Mutex, PoisonError};

use entity::store::StoreError;
use tokio::sync::{
    Mutex as Turn,
    oneshot::{self, error::TryRecvError},
};

use crate::queue::{MAX_BATCH, Queue, Ticket};

type Answer = oneshot::Sender<Result<bool, StoreError>>;

/// Acknowledges jobs of one queue. While one call is on its way, those that end meanwhile gather for the next: a lone job
/// waits for nothing.
#[derive(Debug)]
pub(super) struct Acks {
    queue: Queue,
    waiting: Mutex<Vec<(Ticket, Answer)>>,
    turn: Turn<()>,
}

impl Acks {
    pub fn new(queue: Queue) -> Self {
        Self { queue, waiting: Mutex::default(), turn: Turn::default() }
    }

    /// Ends a job that is done, and tells whether it was this call that ended it.
    ///
    /// # Errors
    /// [`StoreError`]; send it again.
    pub async fn ack(&self, ticket: &Ticket) -> Result<bool, StoreError> {
        let (answer, mut answered) = oneshot::channel();
        self.lock().push((ticket.clone(), answer));
        let _turn = self.turn.lock().await;
        loop {
            // Whoever had the turn before may have taken this one along.
            match answered.try_recv() {
                Ok(answer) => return answer,
                // The task that had sent it was ended in the middle.
                Err(TryRecvError::Closed) => {
                    return Err(StoreError::Unavailable("the acknowledgement was interrupted".into()));
                }
                Err(TryRecvError::Empty) => self.send().await,
            }
        }
    }

    /// Sends what waits, the first first.
    async fn send(&self) {
        let batch: Vec<_> = {
            let mut waiting = self.lock();
            let count = waiting.len().min(MAX_BATCH);
            waiting.drain(..count).collect()
        };
        let (tickets, answers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let answer = self.queue.ack(&tickets).await;
        for (index, to) in answers.into_iter().enumerate() {
            // Who does not listen any more was ended.
            let _ = to.send(answer.as_ref().map(|done| done[index]).map_err(StoreError::clone));
        }
    }

    /// Keeps all acknowledgements from being sent, as a Redis that is slow does.
    #[cfg(test)]
    pub async fn stall(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Ticket, Answer)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, future::join_all};

    use super::*;
    use crate::queue::{
        Policy,
        testing::{Asker, Redis, job},
    };

    /// Scripts that Redis ran.
    async fn scripts(redis: &Redis) -> u64 {
        let stats = redis.command(&["INFO", "commandstats"]).await.into_string().unwrap();
        let calls = |name: &str| {
            let line = stats.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.split(',').next().unwrap_or_default().parse::<u64>().unwrap_or(0)
        };
        calls("cmdstat_evalsha:calls=") + calls("cmdstat_eval:calls=")
    }

    #[tokio::test]
    async fn jobs_that_end_together_are_acknowledged_together() {
        let redis = Redis::start().await;
        let queue = redis.queue(Policy::default());
        for n in 0..100 {
            redis.push("ready", job(&n.to_string())).await;
        }
        let mut asker = Asker::new(queue.clone(), "one");
        let mut tickets = Vec::new();
        while tickets.len() < 100 {
            tickets.extend(asker.claim(64).await.jobs.into_iter().map(|delivery| delivery.ticket));
        }
        let acks = Acks::new(queue);
        let before = scripts(&redis).await;
        for answer in join_all(tickets.iter().map(|ticket| acks.ack(ticket))).await {
            assert!(answer.unwrap());
        }
        // The first goes alone, the others follow in two calls; the script has to be loaded once.
        assert!(scripts(&redis).await - before <= 5);
        redis.check_invariant().await;
        assert!(!acks.ack(&tickets[7]).await.unwrap(), "it was done before");
    }

    #[tokio::test]
    async fn one_that_is_ended_in_the_middle_leaves_the_others_to_ask_again() {
        let redis = Redis::start().await;
        let queue = redis.queue(Policy::default());
        for n in 0..2 {
            redis.push("ready", job(&n.to_string())).await;
        }
        let jobs = Asker::new(queue.clone(), "one").claim(2).await.jobs;
        let tickets: Vec<_> = jobs.into_iter().map(|delivery| delivery.ticket).collect();
        let acks = Acks::new(queue);
        // Begun, and dropped before there can be an answer.
        assert!(acks.ack(&tickets[0]).now_or_never().is_none(), "it is on its way");
        assert!(acks.ack(&tickets[1]).await.unwrap());
        let again = acks.ack(&tickets[0]).await;
        assert!(again.is_ok(), "it is known whether it was done: {again:?}");
        redis.check_invariant().await;
    }
}
