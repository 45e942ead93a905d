//! People who ask for resets while something else happens.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;

use crate::{Client, Request, System, eventually};

/// The pause after each answer, of each who asks.
const PACE: Duration = Duration::from_millis(15);

/// Longest wait for an answer: more than any of the API's own.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest wait for the mails of all: three times a lease, and then some.
const ARRIVED_WITHIN: Duration = Duration::from_secs(120);

/// One who asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// By which address.
    pub address: String,
    /// When the answer came.
    pub at: Instant,
    /// Its status.
    pub status: u16,
    /// Whether it told how long to wait.
    pub retry_after: bool,
}

/// A stream of requests, each by another account.
#[derive(Debug)]
pub struct Load {
    asked: Arc<Mutex<Vec<Asked>>>,
    stop: Arc<AtomicBool>,
    askers: JoinSet<()>,
}

impl Load {
    /// Makes the accounts and begins to ask, so many at a time, until told to stop or until each has asked once.
    pub async fn start(system: &System, accounts: usize, at_a_time: usize) -> Self {
        let address = |n: usize| format!("load-{n}@example.com");
        let rows: Vec<String> = (0..accounts).map(|n| format!("('{}', 0, 0)", address(n))).collect();
        let insert = format!("INSERT INTO account (email, session_epoch, created_at) VALUES {}", rows.join(", "));
        system.sql().await.run(&insert).await;
        let (asked, stop) = (Arc::<Mutex<Vec<Asked>>>::default(), Arc::<AtomicBool>::default());
        let mut askers = JoinSet::new();
        for first in 0..at_a_time {
            let (log, stopped, client) = (Arc::clone(&asked), Arc::clone(&stop), system.client());
            askers.spawn(async move {
                for address in (first..accounts).step_by(at_a_time).map(address) {
                    if stopped.load(Ordering::SeqCst) {
                        return;
                    }
                    let asked = ask(client, address).await;
                    log.lock().expect("nobody panics with it").push(asked);
                    tokio::time::sleep(PACE).await;
                }
            });
        }
        Self { asked, stop, askers }
    }

    /// All who have asked so far.
    ///
    /// # Panics
    /// If the load panicked.
    #[must_use]
    pub fn so_far(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panics with it").clone()
    }

    /// Waits until `n` more were taken than are now.
    pub async fn taken(&self, n: usize) {
        let taken = || self.so_far().iter().filter(|asked| asked.status == 202).count();
        let wanted = taken() + n;
        eventually("more requests are taken", Duration::from_secs(60), async || (taken() >= wanted).then_some(()))
            .await;
    }

    /// Waits for the first request that is taken after `since`; tells how long after it that was.
    pub async fn taken_after(&self, since: Instant) -> Duration {
        let after = || self.so_far().into_iter().find(|asked| asked.status == 202 && asked.at > since);
        let first = eventually("requests are taken again", Duration::from_secs(60), async || after()).await;
        first.at - since
    }

    /// Stops, and tells of all who asked.
    ///
    /// # Panics
    /// If the API did not answer in time.
    pub async fn stop(self) -> Vec<Asked> {
        self.stop.store(true, Ordering::SeqCst);
        self.askers.join_all().await;
        self.asked.lock().expect("nobody panics with it").clone()
    }
}

async fn ask(client: Client, address: String) -> Asked {
    let request = Request::post("/password-reset/request", json!({ "email": address }).to_string());
    let answer = tokio::time::timeout(PATIENCE, client.try_send(&request)).await;
    let answer = answer.expect("the API answers in time").expect("the API answers");
    Asked { address, at: Instant::now(), status: answer.status, retry_after: answer.header("Retry-After").is_some() }
}

impl System {
    /// Waits until each of those who were told yes has got a mail.
    pub async fn all_arrive<'a>(&self, asked: impl IntoIterator<Item = &'a Asked>) {
        let mut missing: Vec<&Asked> = asked.into_iter().filter(|asked| asked.status == 202).collect();
        eventually("everyone who was told yes gets a mail", ARRIVED_WITHIN, async || {
            let counts = self.smtp.counts();
            missing.retain(|asked| !counts.contains_key(&asked.address));
            missing.is_empty().then_some(())
        })
        .await;
    }
}
