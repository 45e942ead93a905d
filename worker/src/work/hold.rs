//! A worker's hold on the jobs it runs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use entity::store::StoreError;
use tokio_util::sync::CancellationToken;

use super::{Failure, Link};
use crate::queue::{MAX_BATCH, Queue, Ticket};

/// Errors that are no outage after which [`Hold::insist`] gives up: with its pauses not a second.
const MAX_REFUSALS: u32 = 5;

/// An error that says whether trying again may help.
pub trait Passing {
    /// True for an outage; false for what will be answered alike each time.
    fn is_passing(&self) -> bool;
}

impl Passing for Failure {
    fn is_passing(&self) -> bool {
        matches!(self, Self::Retry(_) | Self::RetryAfter(..) | Self::Defer(_) | Self::Later(..))
    }
}

impl Passing for StoreError {
    fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

/// One job that is running here.
#[derive(Debug)]
pub struct Hold {
    queue: Queue,
    ticket: Ticket,
    stage: Mutex<Stage>,
    link: Arc<Link>,
    /// The server's clock when the job was claimed, ms since 1970, and ours.
    claimed: (i64, Instant),
    /// Whether what the job needs was seen to work.
    well: CancellationToken,
    /// Set when the job was given back: its handler is dropped.
    given_back: CancellationToken,
    /// Set when the process may wait no longer.
    abandoned: CancellationToken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It may still be given back unharmed.
    Running,
    /// Past the point of no return: it is being sent, or its outcome is being told.
    Committed,
    /// Not ours any more.
    Lost,
}

impl Hold {
    /// The job's ticket.
    #[must_use]
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// The server's clock, ms since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.claimed.0.saturating_add(i64::try_from(self.claimed.1.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    /// To be asked right before the point of no return (SMTP's DATA): whether the job is still this worker's, by
    /// the queue's own word. The lease is prolonged by the question. After a yes the job is finished even if the
    /// worker is told to stop.
    pub async fn may_send(&self) -> bool {
        if self.stage() == Stage::Lost {
            return false;
        }
        let answer = self.link.note(self.queue.extend(std::slice::from_ref(&self.ticket)).await);
        let held = answer.is_ok_and(|held| held == [true]);
        held && self.commit()
    }

    /// Notes that our side works: what comes of the job from here on is its own affair or the other side's. So a mail that
    /// is refused for its recipient ends an outage of the mail server as well as one that is taken. It is heard at once, and
    /// may be said more than once.
    pub fn prove_well(&self) {
        self.well.cancel();
    }

    /// Waits until that was noted.
    pub(super) async fn proven_well(&self) {
        self.well.cancelled().await;
    }

    /// Whether it was.
    pub(super) fn is_well(&self) -> bool {
        self.well.is_cancelled()
    }

    /// Does something until it succeeds, with growing pauses of up to a second. Used for what must not be lost once
    /// a mail is out. None if the process may wait no longer, or if it failed for good too often: the lease then runs
    /// out, rather than that the job holds its place for ever.
    pub async fn insist<T, E: Passing, F: Future<Output = Result<T, E>>>(
        &self,
        mut what: impl FnMut() -> F,
    ) -> Option<T> {
        let (mut pause, mut refusals) = (Duration::from_millis(50), 0);
        loop {
            match what().await {
                Ok(done) => return Some(done),
                Err(error) if error.is_passing() => {}
                Err(_) => refusals += 1,
            }
            if refusals >= MAX_REFUSALS {
                tracing::error!(job = self.ticket.id, "what must be noted of this job is refused: given up");
                return None;
            }
            tokio::select! {
                () = self.abandoned.cancelled() => return None,
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(Duration::from_secs(1)),
            }
        }
    }

    /// Marks the job as one that cannot be given back; false if it is lost or was given back.
    pub(super) fn commit(&self) -> bool {
        let mut stage = self.lock();
        if *stage == Stage::Running {
            *stage = Stage::Committed;
        }
        *stage == Stage::Committed
    }

    /// Waits until the job is given back, which it cannot be once it is past the point of no return.
    pub(super) async fn given_back(&self) {
        self.given_back.cancelled().await;
    }

    /// Takes the job from its handler; false if that is past the point of no return.
    fn take_back(&self) -> bool {
        let mut stage = self.lock();
        *stage == Stage::Running && {
            *stage = Stage::Lost;
            true
        }
    }

    fn stage(&self) -> Stage {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// By shard and ticket.
type ByTicket = HashMap<(u16, Ticket), Arc<Hold>>;

/// All jobs that are running in this process.
#[derive(Clone, Debug)]
pub struct Holds {
    inner: Arc<Mutex<ByTicket>>,
    link: Arc<Link>,
    /// Ends every [`Hold::insist`].
    pub abandoned: CancellationToken,
}

/// Keeps a job among the running ones; it ends with the job's task, also when that panics. The lease then runs out.
#[derive(Debug)]
pub struct Held {
    /// The hold.
    pub hold: Arc<Hold>,
    holds: Holds,
}

impl Holds {
    /// None yet.
    pub fn new(link: Arc<Link>) -> Self {
        Self { inner: Arc::default(), link, abandoned: CancellationToken::new() }
    }

    /// Adds a job that was claimed just now; `now` is the server's clock, ms since 1970.
    pub fn add(&self, queue: &Queue, ticket: Ticket, now: i64) -> Held {
        let hold = Arc::new(Hold {
            queue: queue.clone(),
            ticket: ticket.clone(),
            stage: Mutex::new(Stage::Running),
            link: Arc::clone(&self.link),
            claimed: (now, Instant::now()),
            well: CancellationToken::new(),
            given_back: CancellationToken::new(),
            abandoned: self.abandoned.clone(),
        });
        self.lock().insert((queue.shard().0, ticket), Arc::clone(&hold));
        Held { hold, holds: self.clone() }
    }

    /// Prolongs the leases of all jobs of a queue, in one call for each 64.
    pub async fn extend(&self, queue: &Queue) {
        for holds in self.of(queue).chunks(MAX_BATCH) {
            let tickets: Vec<_> = holds.iter().map(|hold| hold.ticket.clone()).collect();
            if let Ok(held) = self.link.note(queue.extend(&tickets).await) {
                for (hold, _) in holds.iter().zip(held).filter(|(_, held)| !held) {
                    *hold.lock() = Stage::Lost;
                }
            }
        }
    }

    /// Gives back what is not past the point of no return, and ends its handlers.
    pub async fn give_back(&self, queue: &Queue) {
        for hold in self.of(queue) {
            if hold.take_back() {
                hold.given_back.cancel();
                // If this fails, the lease runs out instead.
                let _ = self.link.note(queue.release(&hold.ticket).await);
            }
        }
    }

    /// Whether a job is past the point of no return.
    pub fn any_committed(&self) -> bool {
        self.lock().values().any(|hold| hold.stage() == Stage::Committed)
    }

    fn of(&self, queue: &Queue) -> Vec<Arc<Hold>> {
        self.lock().values().filter(|hold| hold.queue.shard() == queue.shard()).map(Arc::clone).collect()
    }

    fn lock(&self) -> MutexGuard<'_, ByTicket> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.holds.lock().remove(&(self.hold.queue.shard().0, self.hold.ticket.clone()));
    }
}
