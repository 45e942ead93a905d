//! Keeps recipients of one domain from taking every connection.
//!
//! The mail server often asks the recipient's server before it answers. If that one hangs, each mail to its domain holds
//! a connection until a time-out, and soon all of them: mails to everybody else would wait behind.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};

/// A domain whose mails take this long or longer is slow: who comes then is put off and leaves its place to others.
/// A relay that only queues answers within a tenth of it.
const SLOW: Duration = Duration::from_secs(1);
/// The shortest and the longest wait of a mail that is put off: somebody looks into their inbox meanwhile.
const WAITS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));

/// The lanes of all domains that have mails under way.
#[derive(Debug)]
pub(super) struct Lanes {
    most: usize,
    slow: Duration,
    lanes: Arc<Mutex<HashMap<String, Lane>>>,
}

#[derive(Debug)]
struct Lane {
    places: Arc<Semaphore>,
    /// Mails that wait or are being sent.
    inside: usize,
    /// What a mail took of late: a slower one counts a quarter, a quicker one wholly.
    pace: Duration,
    /// When a place was last left, or the lane was opened.
    moved: Instant,
    /// Mails that were put off and have not been made up for.
    put_off: u32,
}

impl Lane {
    fn is_slow(&self, slow: Duration) -> bool {
        self.places.available_permits() == 0 && (self.pace >= slow || self.moved.elapsed() >= slow)
    }

    /// How long until those that were put off before have had their turn.
    fn wait(&mut self, most: usize) -> Duration {
        self.put_off = self.put_off.saturating_add(1);
        let turns = self.put_off.div_ceil(u32::try_from(most).unwrap_or(u32::MAX));
        let pace = self.pace.max(self.moved.elapsed());
        pace.saturating_mul(turns).clamp(WAITS.0, WAITS.1)
    }
}

/// A place in a domain's lane, left when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    since: Instant,
    /// None while it waits.
    permit: Option<OwnedSemaphorePermit>,
    domain: String,
    lanes: Arc<Mutex<HashMap<String, Lane>>>,
}

impl Lanes {
    /// Lanes of `most` places each, at least 1.
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.max(1), slow: SLOW, lanes: Arc::default() }
    }

    #[cfg(test)]
    fn with_slow(most: usize, slow: Duration) -> Self {
        Self { slow, ..Self::new(most) }
    }

    /// A place in the lane of a domain; waits for one while the lane moves.
    ///
    /// # Errors
    /// How long to put the mail off: the lane is full and slow.
    pub(super) async fn enter(&self, domain: &str) -> Result<Place, Duration> {
        let places = {
            let mut lanes = lock(&self.lanes);
            let lane = lanes.entry(domain.to_owned()).or_insert_with(|| Lane {
                places: Arc::new(Semaphore::new(self.most)),
                inside: 0,
                pace: Duration::ZERO,
                moved: Instant::now(),
                put_off: 0,
            });
            if lane.is_slow(self.slow) {
                return Err(lane.wait(self.most));
            }
            lane.inside += 1;
            Arc::clone(&lane.places)
        };
        // From here on its drop counts it out.
        let (domain, lanes) = (domain.to_owned(), Arc::clone(&self.lanes));
        let mut place = Place { since: Instant::now(), permit: None, domain, lanes };
        loop {
            if let Ok(Ok(permit)) = timeout(self.slow, Arc::clone(&places).acquire_owned()).await {
                place.permit = Some(permit);
                place.since = Instant::now();
                return Ok(place);
            }
            let mut lanes = lock(&self.lanes);
            if let Some(lane) = lanes.get_mut(&place.domain)
                && lane.is_slow(self.slow)
            {
                return Err(lane.wait(self.most));
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let sent = self.permit.take().is_some();
        let mut lanes = lock(&self.lanes);
        let Some(lane) = lanes.get_mut(&self.domain) else { return };
        lane.inside -= 1;
        if sent {
            let took = self.since.elapsed();
            // One quick mail shows that the lane moves again; one slow mail may have had its own reasons.
            lane.pace = if lane.pace.is_zero() || took < lane.pace { took } else { (lane.pace * 3 + took) / 4 };
            lane.moved = Instant::now();
            lane.put_off = lane.put_off.saturating_sub(1);
        }
        // What is not under way is not remembered: a lane learns anew within a second that it is slow.
        if lane.inside == 0 {
            lanes.remove(&self.domain);
        }
    }
}

fn lock(lanes: &Mutex<HashMap<String, Lane>>) -> MutexGuard<'_, HashMap<String, Lane>> {
    lanes.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "a.example";

    #[tokio::test(start_paused = true)]
    async fn a_lane_that_hangs_puts_off_who_comes_and_leaves_others_alone() {
        let lanes = Lanes::new(2);
        let (first, _second) = (lanes.enter(A).await.unwrap(), lanes.enter(A).await.unwrap());
        assert_eq!(lanes.enter(A).await.unwrap_err(), SLOW, "it waited as long as the lane might move");
        let begin = Instant::now();
        let waits = [lanes.enter(A).await.unwrap_err(), lanes.enter(A).await.unwrap_err()];
        assert_eq!(begin.elapsed(), Duration::ZERO, "the lane is known to hang");
        assert!(waits[0] <= waits[1], "they come back one after another");
        drop(lanes.enter("b.example").await.unwrap());
        drop(first);
        drop(lanes.enter(A).await.unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn a_lane_that_moves_is_waited_for() {
        let lanes = Arc::new(Lanes::new(1));
        let first = lanes.enter(A).await.unwrap();
        let mut waiting = Vec::new();
        for _ in 0..20 {
            let lanes = Arc::clone(&lanes);
            waiting.push(tokio::spawn(async move {
                let place = lanes.enter(A).await;
                tokio::time::sleep(Duration::from_millis(300)).await;
                place.is_ok()
            }));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(first);
        for one in waiting {
            assert!(one.await.unwrap());
        }
        assert!(lock(&lanes.lanes).is_empty(), "nothing is kept of a domain without mails");
    }

    #[tokio::test(start_paused = true)]
    async fn a_lane_that_moves_slowly_is_full() {
        let lanes = Lanes::new(1);
        drop(lanes.enter(A).await.unwrap());
        let first = lanes.enter(A).await.unwrap();
        let keeper = async {
            tokio::time::sleep(Duration::from_millis(900)).await;
            drop(first);
        };
        let (second, ()) = tokio::join!(lanes.enter(A), keeper);
        let second = second.unwrap();
        tokio::time::sleep(Duration::from_secs(9)).await;
        assert!(lanes.enter(A).await.is_err());
        let keeper = async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            drop(second);
        };
        // It hangs, so nobody waits for it, and who comes once it is free gets in.
        keeper.await;
        drop(lanes.enter(A).await.unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_is_forgotten() {
        let lanes = Lanes::with_slow(1, Duration::from_secs(5));
        let first = lanes.enter(A).await.unwrap();
        assert!(timeout(Duration::from_secs(1), lanes.enter(A)).await.is_err());
        drop(first);
        assert!(lock(&lanes.lanes).is_empty());
    }

    #[test]
    fn waits_have_bounds() {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let mut lane = Lane {
                places: Arc::new(Semaphore::new(0)),
                inside: 0,
                pace: Duration::ZERO,
                moved: Instant::now(),
                put_off: 0,
            };
            assert_eq!(lane.wait(4), WAITS.0);
            lane.pace = Duration::from_secs(60);
            assert_eq!(lane.wait(4), WAITS.1);
        });
    }
}
