//! The world around the lanes.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, sleep_until},
};

use super::*;

/// What the server takes for a mail to a domain at this time.
type Takes = dyn Fn(&str, Duration) -> Duration + Send + Sync;

/// A worker of sixteen places and four connections, three of them for one domain, and a mail server.
pub struct World {
    pub lanes: Lanes,
    places: Semaphore,
    begin: Instant,
    /// What the server takes to greet.
    greeting: Duration,
    takes: Box<Takes>,
    idle: AtomicUsize,
    put_off: AtomicUsize,
}

impl World {
    pub fn new(takes: impl Fn(&str, Duration) -> Duration + Send + Sync + 'static) -> Arc<Self> {
        Self::that_greets(Duration::ZERO, takes)
    }

    pub fn that_greets(
        greeting: Duration,
        takes: impl Fn(&str, Duration) -> Duration + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            lanes: Lanes::new(4, 3),
            places: Semaphore::new(16),
            begin: Instant::now(),
            greeting,
            takes: Box::new(takes),
            idle: AtomicUsize::new(0),
            put_off: AtomicUsize::new(0),
        })
    }

    /// One mail, until it is sent; gives what it took. A mail that takes 15 s is given up, and sent again after a second.
    pub async fn mail(&self, domain: &str) -> Duration {
        let pushed = Instant::now();
        loop {
            let claimed = self.places.acquire().await.unwrap();
            let wait = match self.lanes.enter(domain).await {
                Err(wait) => {
                    self.put_off.fetch_add(1, Ordering::Relaxed);
                    wait
                }
                Ok(place) => {
                    if self.attempt(place, domain).await {
                        return pushed.elapsed();
                    }
                    SLOW
                }
            };
            drop(claimed);
            sleep(wait).await;
        }
    }

    async fn attempt(&self, place: Place, domain: &str) -> bool {
        if self.idle.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |idle| idle.checked_sub(1)).is_err() {
            sleep(self.greeting).await;
        }
        place.begin();
        let takes = (self.takes)(domain, self.begin.elapsed()).min(SLOW * 15);
        sleep(takes).await;
        let sent = takes < SLOW * 15;
        if sent {
            self.idle.fetch_add(1, Ordering::Relaxed);
        }
        sent
    }

    /// So many mails to a domain at once; gives what the first, the middle and the last one took.
    pub async fn mails(self: &Arc<Self>, domain: &str, count: usize) -> [Duration; 3] {
        let mut all = JoinSet::new();
        for _ in 0..count {
            let (world, domain) = (Arc::clone(self), domain.to_owned());
            all.spawn(async move { world.mail(&domain).await });
        }
        let mut took = all.join_all().await;
        took.sort();
        [took[0], took[count / 2], took[count - 1]]
    }

    /// Sends mails that nobody waits for.
    pub fn send(self: &Arc<Self>, domain: &'static str, count: usize) {
        let world = Arc::clone(self);
        tokio::spawn(async move { world.mails(domain, count).await });
    }

    /// A mail to a domain each second from here on; gives the longest time that one took.
    pub async fn one_a_second(self: &Arc<Self>, domain: &'static str, count: u32) -> Duration {
        let (begin, mut all) = (Instant::now(), JoinSet::new());
        for n in 0..count {
            sleep_until(begin + SLOW * n).await;
            let world = Arc::clone(self);
            all.spawn(async move { world.mail(domain).await });
        }
        all.join_all().await.into_iter().max().unwrap()
    }

    pub fn put_off(&self) -> usize {
        self.put_off.load(Ordering::Relaxed)
    }
}
