//! What the three calls work with: connections, keys and settings, and the state of both.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use entity::{
    keyring::Keyring,
    logging::Seldom,
    store::{AGREE_EVERY, ShardError, Store},
};
use sea_orm::DatabaseConnection;
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    clock,
    http::page::Page,
    password::{Hasher, Lookup, Policy},
    schema,
    second_factor::SecondFactor,
    settings::Settings,
};

/// The running API.
pub struct Service {
    /// Settings that are read while running.
    pub settings: Settings,
    /// The page, filled.
    pub page: Page,
    /// Redis.
    pub store: Store,
    /// The user table.
    pub db: DatabaseConnection,
    /// The keys of `REKEY_SECRET`.
    pub keyring: Keyring,
    /// Which passwords are taken.
    pub policy: Arc<Policy>,
    /// Who is asked whether they leaked, if anybody is.
    pub lookup: Option<Lookup>,
    /// What is asked of accounts that have a second factor.
    pub second_factor: SecondFactor,
    /// How they are hashed.
    pub hasher: Arc<Hasher>,
    /// Passwords hashed at once: each takes a core and the hash's memory (R47).
    pub slots: Arc<Semaphore>,
    /// Proofs of work looked at, at once.
    pub proof_turns: Semaphore,
    /// How many slots there are.
    pub slot_count: usize,
    /// Confirms that must be finished though their client is gone.
    pub confirms: TaskTracker,
    /// Requests through proxies that are not listed.
    pub proxies: UnlistedProxies,
    /// Set once Redis agreed to the number of shards, and once the schema was seen to be ours.
    pub contacts: Contacts,
    /// Cancelled when the program must end, with the reason in [`Contacts::fatal`].
    pub stop: CancellationToken,
}

/// First contacts with the servers: until then nothing that needs them is done.
#[derive(Debug, Default)]
pub struct Contacts {
    redis: AtomicBool,
    database: AtomicBool,
    fatal: std::sync::OnceLock<String>,
    complaints: Mutex<BTreeMap<&'static str, String>>,
}

impl Contacts {
    /// Whether the schema was checked.
    pub fn database(&self) -> bool {
        self.database.load(Ordering::Acquire)
    }

    /// Says what is wrong with the server of a setting, once until it is something else.
    fn complain(&self, setting: &'static str, problem: &str) {
        let mut said = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        if said.insert(setting, problem.to_owned()).as_deref() != Some(problem) {
            tracing::warn!("{setting}: {problem}");
        }
    }

    /// Why the program must end, if it must.
    pub fn fatal(&self) -> Option<&str> {
        self.fatal.get().map(String::as_str)
    }
}

/// Wait between two attempts at a first contact.
const CONTACT_EVERY: Duration = Duration::from_millis(500);

impl Service {
    /// Tries once to see both servers and to check what they hold.
    ///
    /// # Errors
    /// The reason why the program must not run: another number of shards, a schema that is behind, the demo account in
    /// production. A server that is down is none.
    pub async fn first_contact(&self) -> Result<(), String> {
        let (redis, database) = tokio::join!(self.contact_redis(), self.contact_database());
        redis.and(database)
    }

    /// Goes on trying until both servers were seen; a reason not to run ends the program.
    pub async fn keep_contacting(self: Arc<Self>) {
        while !(self.contacts.redis.load(Ordering::Acquire) && self.contacts.database()) {
            tokio::time::sleep(CONTACT_EVERY).await;
            if let Err(reason) = self.first_contact().await {
                self.end(reason);
                return;
            }
        }
        tracing::info!("Redis and database are in use");
        // A Redis that comes back empty has forgotten the agreement, and a program with another count may start then.
        loop {
            tokio::time::sleep(AGREE_EVERY).await;
            if let Err(error @ ShardError::Differs { .. }) = self.store.agree_on_shards().await {
                self.end(error.to_string());
                return;
            }
            self.store.look_at_memory().await;
        }
    }

    fn end(&self, reason: String) {
        let _ = self.contacts.fatal.set(reason);
        self.stop.cancel();
    }

    async fn contact_redis(&self) -> Result<(), String> {
        if self.contacts.redis.load(Ordering::Acquire) {
            return Ok(());
        }
        match self.store.agree_on_shards().await {
            Ok(()) => {
                self.contacts.redis.store(true, Ordering::Release);
                self.store.look_at_memory().await;
            }
            Err(ShardError::Store(error)) => self.contacts.complain("REKEY_REDIS_URL", &error.to_string()),
            Err(error @ ShardError::Differs { .. }) => return Err(error.to_string()),
        }
        Ok(())
    }

    async fn contact_database(&self) -> Result<(), String> {
        if self.contacts.database() {
            return Ok(());
        }
        match schema::check(&self.db, self.settings.mode, self.hasher.hash_length()).await {
            Ok(()) => self.contacts.database.store(true, Ordering::Release),
            Err(error @ schema::CheckError::Down(_)) => {
                self.contacts.complain("REKEY_DATABASE_URL", &error.to_string())
            }
            Err(error) => return Err(error.to_string()),
        }
        Ok(())
    }

    /// Whether Redis answers and agrees to our settings.
    pub async fn redis_is_ready(&self) -> bool {
        self.contacts.redis.load(Ordering::Acquire) && self.store.ping().await.is_ok()
    }

    /// Whether the database answers and has our schema.
    pub async fn database_is_ready(&self) -> bool {
        let answers = tokio::time::timeout(Duration::from_secs(3), self.db.ping());
        self.contacts.database() && matches!(answers.await, Ok(Ok(())))
    }

    /// Raises the alarm when the failed tries of all clients reach the limit, and at each multiple of it (R52).
    pub fn watch_failures(&self, failures: u64) {
        let alarm = u64::from(self.settings.challenge.limits.failed_tries_alarm);
        if failures >= alarm && failures.is_multiple_of(alarm) {
            tracing::error!(failures, "alarm: many codes are being tried");
        }
    }
}

/// Counts requests with forwarded headers from peers that are not trusted, and says so once a minute at most.
#[derive(Debug, Default)]
pub struct UnlistedProxies {
    seen: AtomicU64,
    said: Seldom,
}

impl UnlistedProxies {
    /// Notes one.
    pub fn note(&self, peer: IpAddr) {
        let seen = self.seen.fetch_add(1, Ordering::Relaxed) + 1;
        if self.said.note(1, clock::now_ms()).is_some() {
            tracing::warn!(
                peer = %peer,
                seen,
                "REKEY_HTTP_TRUSTED_PROXIES: forwarded headers from a peer that is not listed are ignored"
            );
        }
    }

    /// How many there were.
    pub fn count(&self) -> u64 {
        self.seen.load(Ordering::Relaxed)
    }
}
