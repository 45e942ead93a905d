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

/// A domain whose mails take this long or longer each can be slow; a relay that only queues answers within a tenth of it.
const SLOW: Duration = Duration::from_secs(1);
/// And it is, if they take so many times what mails take as a rule. Where all are slow, it is the mail server, and nobody
/// is put off for anybody else.
const SLOWER: u32 = 3;
/// The shortest and the longest wait of a mail that is put off. What is put off costs a look at it each time, so where
/// thousands are, they come back seldom.
const WAITS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(120));

/// The lanes of all domains that have mails under way.
#[derive(Debug)]
pub(super) struct Lanes {
    most: usize,
    slow: Duration,
    all: Arc<Mutex<All>>,
}

#[derive(Debug, Default)]
struct All {
    lanes: HashMap<String, Lane>,
    /// What a mail to any domain takes: each new one counts an eighth.
    typical: Duration,
}

impl All {
    /// From which time on a mail's is slow.
    fn slow(&self, least: Duration) -> Duration {
        least.max(self.typical.saturating_mul(SLOWER))
    }
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
    /// A slow lane has one place: several of them must not have every connection together.
    fn is_slow(&self, slow: Duration) -> bool {
        (self.inside > 0 && self.pace >= slow) || (self.places.available_permits() == 0 && self.moved.elapsed() >= slow)
    }

    /// How long until those that were put off before have had their turn.
    fn wait(&mut self) -> Duration {
        self.put_off = self.put_off.saturating_add(1);
        let pace = self.pace.max(self.moved.elapsed());
        pace.saturating_mul(self.put_off).clamp(WAITS.0, WAITS.1)
    }
}

/// A place in a domain's lane, left when it is dropped.
#[derive(Debug)]
pub struct Place {
    /// When the mail server was turned to; none before that.
    since: Option<Instant>,
    permit: Option<OwnedSemaphorePermit>,
    domain: String,
    all: Arc<Mutex<All>>,
}

impl Place {
    /// The mail's turn has come: what it waited before says nothing about its domain.
    pub(super) fn begin(&mut self) {
        self.since = Some(Instant::now());
        if let Some(lane) = lock(&self.all).lanes.get_mut(&self.domain) {
            lane.moved = Instant::now();
        }
    }
}

impl Lanes {
    /// Lanes of `most` places each, at least 1.
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.max(1), slow: SLOW, all: Arc::default() }
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
            let mut all = lock(&self.all);
            let slow = all.slow(self.slow);
            let lane = all.lanes.entry(domain.to_owned()).or_insert_with(|| Lane {
                places: Arc::new(Semaphore::new(self.most)),
                inside: 0,
                pace: Duration::ZERO,
                moved: Instant::now(),
                put_off: 0,
            });
            if lane.is_slow(slow) {
                return Err(lane.wait());
            }
            lane.inside += 1;
            Arc::clone(&lane.places)
        };
        // From here on its drop counts it out.
        let mut place = Place { since: None, permit: None, domain: domain.to_owned(), all: Arc::clone(&self.all) };
        loop {
            if let Ok(Ok(permit)) = timeout(self.slow, Arc::clone(&places).acquire_owned()).await {
                place.permit = Some(permit);
                return Ok(place);
            }
            let mut all = lock(&self.all);
            let slow = all.slow(self.slow);
            if let Some(lane) = all.lanes.get_mut(&place.domain)
                && lane.is_slow(slow)
            {
                return Err(lane.wait());
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(self.permit.take());
        let mut all = lock(&self.all);
        let took = self.since.map(|since| since.elapsed());
        if let Some(took) = took {
            all.typical = if all.typical.is_zero() { took } else { (all.typical * 7 + took) / 8 };
        }
        let Some(lane) = all.lanes.get_mut(&self.domain) else { return };
        lane.inside -= 1;
        if let Some(took) = took {
            // One quick mail shows that the lane moves again; one slow mail may have had its own reasons.
            lane.pace = if lane.pace.is_zero() || took < lane.pace { took } else { (lane.pace * 3 + took) / 4 };
            lane.moved = Instant::now();
            lane.put_off = lane.put_off.saturating_sub(1);
        }
        // What is not under way is not remembered: a lane learns anew within a second that it is slow.
        if lane.inside == 0 {
            all.lanes.remove(&self.domain);
        }
    }
}

fn lock(all: &Mutex<All>) -> MutexGuard<'_, All> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "a.example";

    async fn begun(lanes: &Lanes, domain: &str) -> Place {
        let mut place = lanes.enter(domain).await.unwrap();
        place.begin();
        place
    }

    #[tokio::test(start_paused = true)]
    async fn a_lane_that_hangs_puts_off_who_comes_and_leaves_others_alone() {
        let lanes = Lanes::new(2);
        let (first, _second) = (begun(&lanes, A).await, begun(&lanes, A).await);
        assert_eq!(lanes.enter(A).await.unwrap_err(), SLOW, "it waited as long as the lane might move");
        let begin = Instant::now();
        let waits = [lanes.enter(A).await.unwrap_err(), lanes.enter(A).await.unwrap_err()];
        assert_eq!(begin.elapsed(), Duration::ZERO, "the lane is known to hang");
        assert!(waits[0] < waits[1], "they come back one after another");
        let other = begun(&lanes, "b.example").await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        drop(other);
        drop(first);
        assert!(lanes.enter(A).await.is_err(), "a slow lane has one place");
    }

    #[tokio::test(start_paused = true)]
    async fn a_lane_that_moves_is_waited_for() {
        let lanes = Arc::new(Lanes::new(1));
        let first = begun(&lanes, A).await;
        let mut waiting = Vec::new();
        for _ in 0..20 {
            let lanes = Arc::clone(&lanes);
            waiting.push(tokio::spawn(async move {
                let place = lanes.enter(A).await.map(|mut place| {
                    place.begin();
                    place
                });
                tokio::time::sleep(Duration::from_millis(300)).await;
                place.is_ok()
            }));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(first);
        for one in waiting {
            assert!(one.await.unwrap());
        }
        assert!(lock(&lanes.all).lanes.is_empty(), "nothing is kept of a domain without mails");
    }

    #[tokio::test(start_paused = true)]
    async fn where_all_are_slow_nobody_is_put_off() {
        let lanes = Arc::new(Lanes::new(2));
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let lanes = Arc::clone(&lanes);
            waiting.spawn(async move {
                let Ok(mut place) = lanes.enter(A).await else { return false };
                place.begin();
                tokio::time::sleep(Duration::from_millis(1_200)).await;
                true
            });
            // The first of them show what is usual.
            tokio::time::sleep(Duration::from_millis(1_300)).await;
        }
        assert!(waiting.join_all().await.into_iter().all(|sent| sent));
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_for_a_connection_makes_no_domain_slow() {
        let lanes = Lanes::new(2);
        let mut place = lanes.enter(A).await.unwrap();
        tokio::time::sleep(Duration::from_secs(20)).await;
        place.begin();
        let other = begun(&lanes, A).await;
        drop(place);
        drop(other);
        drop(begun(&lanes, A).await);
        assert!(lock(&lanes.all).typical < SLOW);
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_is_forgotten() {
        let lanes = Lanes::with_slow(1, Duration::from_secs(5));
        let first = begun(&lanes, A).await;
        assert!(timeout(Duration::from_secs(1), lanes.enter(A)).await.is_err());
        drop(first);
        assert!(lock(&lanes.all).lanes.is_empty());
    }

    #[tokio::test]
    async fn waits_have_bounds() {
        let mut lane = Lane {
            places: Arc::new(Semaphore::new(0)),
            inside: 0,
            pace: Duration::ZERO,
            moved: Instant::now(),
            put_off: 0,
        };
        assert_eq!(lane.wait(), WAITS.0);
        lane.pace = Duration::from_secs(600);
        assert_eq!(lane.wait(), WAITS.1);
    }
}
