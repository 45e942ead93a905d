//! How many jobs a worker works on at once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::Notify;

/// The places of one worker. A job has one until it is done; its acknowledgement needs none, so the next job is claimed while
/// Redis still hears of the last one.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    taken: AtomicUsize,
    freed: Notify,
}

/// A job's place, free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place(Arc<Places>);

impl Places {
    /// So many, all free.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, taken: AtomicUsize::new(0), freed: Notify::new() })
    }

    /// How many jobs may be claimed by a worker that has so many, those included that are being acknowledged. All of them are
    /// twice its places at most, however slow Redis is.
    pub fn free(&self, jobs: usize) -> usize {
        let free = self.most.saturating_sub(self.taken.load(Ordering::Relaxed));
        free.min((2 * self.most).saturating_sub(jobs))
    }

    /// Takes one; a claim that was answered late may take more than there are.
    pub fn take(self: &Arc<Self>) -> Place {
        self.taken.fetch_add(1, Ordering::Relaxed);
        Place(Arc::clone(self))
    }

    /// Waits until one was freed, perhaps some time ago.
    pub async fn freed(&self) {
        self.freed.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_place_is_free_again_before_its_job_is_gone_and_there_are_never_twice_as_many_jobs() {
        let places = Places::new(4);
        assert_eq!(places.free(0), 4);
        let taken: Vec<_> = (0..5).map(|_| places.take()).collect();
        assert_eq!(places.free(5), 0);
        drop(taken);
        places.freed().await;
        assert_eq!((places.free(5), places.free(7), places.free(8), places.free(9)), (3, 1, 0, 0));
    }
}
