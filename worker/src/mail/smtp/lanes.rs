//! Shares out the connections among the recipients' domains.
//!
//! The mail server often asks the recipient's server before it answers. If that one hangs, each mail to its domain holds
//! a connection until a time-out, and soon all of them: mails to everybody else would wait behind. So a domain in doubt
//! has one connection, all that are slow together have half of them, and what finds no place is put off rather than that
//! it waits in one of the worker's.
//!
//! What a mail waited before the server took its MAIL (a greeting, a free connection) says nothing about its domain.

mod memory;
mod share;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::oneshot,
    time::{Instant, timeout},
};

use self::share::Share;

/// A mail that waits for a place asks this often whether that is worth it; mails take less as a rule.
const PATIENCE: Duration = Duration::from_millis(250);

/// The connections, and who has them.
#[derive(Debug)]
pub(super) struct Lanes(Arc<Mutex<Share>>);

/// A mail's place among those that are sent, left when it is dropped.
#[derive(Debug)]
pub struct Place {
    id: u64,
    share: Arc<Mutex<Share>>,
}

impl Place {
    /// The server has taken MAIL: what follows is about the recipient.
    pub(super) fn begin(&self) {
        lock(&self.share).begin(self.id, Instant::now());
    }

    /// So much of the time since was not the server's.
    pub(super) fn excuse(&self, time: Duration) {
        lock(&self.share).excuse(self.id, time);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.share).leave(self.id, Instant::now());
    }
}

impl Lanes {
    /// Lanes for so many connections, of which one domain has `per_domain` at most; both at least 1.
    pub(super) fn new(connections: usize, per_domain: usize) -> Self {
        Self(Arc::new(Mutex::new(Share::new(connections, per_domain))))
    }

    /// Whether a mail to this domain would be put off at once.
    ///
    /// # Errors
    /// As [`Lanes::enter`].
    pub(super) fn look(&self, domain: &str) -> Result<(), Duration> {
        lock(&self.0).look(domain, Instant::now())
    }

    /// A place for a mail to this domain. It waits while all connections are taken, and for a place in the domain's lane
    /// while that moves.
    ///
    /// # Errors
    /// How long to put the mail off, 2 to 24 s: its domain is slow, or too many wait for it.
    pub(super) async fn enter(&self, domain: &str) -> Result<Place, Duration> {
        let (place, mut turn) = {
            let mut share = lock(&self.0);
            let now = Instant::now();
            share.look(domain, now)?;
            let (grant, turn) = oneshot::channel();
            let id = share.queue(domain, grant, now);
            (Place { id, share: Arc::clone(&self.0) }, turn)
        };
        // The sender is in the queue until it is used, or `place` is dropped.
        while timeout(PATIENCE, &mut turn).await.is_err() {
            let impatient = lock(&self.0).ask(place.id, Instant::now());
            impatient?;
        }
        Ok(place)
    }

    /// From now on everybody is let in, to be told that the mailer is closing.
    pub(super) fn close(&self) {
        lock(&self.0).close(Instant::now());
    }

    /// Whether that was called.
    pub(super) fn is_closed(&self) -> bool {
        lock(&self.0).is_closed()
    }
}

fn lock(share: &Mutex<Share>) -> MutexGuard<'_, Share> {
    share.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
