//! Many workers, and the mails of many challenges.

use std::collections::{BTreeMap, BTreeSet};

use e2e::{Builder, Client, Request, Secret, System, port::Port, process::Process};
use tokio::task::JoinSet;

/// Accounts that the mails go to, in turns.
pub const ACCOUNTS: usize = 8;

/// A system whose workers the test starts itself, without limits.
pub fn system() -> Builder {
    let builder = System::builder()
        .without_worker()
        .env("REKEY_LIMITS_ENABLED", "false")
        .env("REKEY_LIMITS_BACKLOG", "4000000")
        .env("REKEY_LOG_FILTER", "info");
    (0..ACCOUNTS).fold(builder, |builder, n| builder.account(&address(n), &Secret::password()))
}

pub fn address(n: usize) -> String {
    format!("user{}@example.com", n % ACCOUNTS)
}

/// One more worker beside the others.
pub fn worker(system: &System) -> Process {
    system.spawn_with("rekey-worker", &[("REKEY_WORKER_INTERNAL_LISTEN", &Port::free().address().to_string())])
}

pub fn workers(system: &System, count: usize) -> Vec<Process> {
    (0..count).map(|_| worker(system)).collect()
}

/// Opens so many challenges, sixteen at a time, and returns their ids.
pub async fn open(system: &System, count: usize) -> BTreeSet<String> {
    open_at(&[system.client()], count).await
}

/// The same at several APIs, in turns.
pub async fn open_at(apis: &[Client], count: usize) -> BTreeSet<String> {
    let mut asking = JoinSet::new();
    let mut ids = BTreeSet::new();
    for n in 0..count {
        if asking.len() == 16 {
            ids.extend(asking.join_next().await.map(|asked| asked.expect("no request panics")));
        }
        let client = apis[n % apis.len()];
        let request = Request::post("/password-reset/request", format!(r#"{{"email":"{}"}}"#, address(n)));
        asking.spawn(async move { client.send(&request).await.expect_status(202).challenge_id() });
    }
    ids.extend(asking.join_all().await);
    assert_eq!(ids.len(), count, "every request opens a challenge");
    ids
}

/// What arrived.
#[derive(Debug)]
pub struct Arrived {
    pub mails: usize,
    pub challenges: BTreeSet<String>,
}

impl Arrived {
    /// Looks at all mails: those of one challenge carry one code.
    pub fn at(system: &System) -> Self {
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mails = system.smtp.mails();
        for mail in &mails {
            codes.entry(mail.challenge_id()).or_default().insert(mail.code().expose().to_owned());
        }
        assert!(codes.values().all(|codes| codes.len() == 1), "all mails of a challenge carry the same code");
        Self { mails: mails.len(), challenges: codes.into_keys().collect() }
    }

    pub fn duplicates(&self) -> usize {
        self.mails - self.challenges.len()
    }
}

/// A counter of the queue.
pub async fn stat(system: &System, name: &str) -> i64 {
    let text = system.redis.call(&["HGET", "{rekey:0}:stats", name]).await.text();
    text.parse().unwrap_or(0)
}

/// Every job is in one place, by the operator's own command.
pub fn check(system: &System) {
    let check = system.run("rekey-worker", &["jobs", "check"], b"");
    assert!(check.success, "{}{}", check.stdout, check.stderr);
}
