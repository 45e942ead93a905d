//! Jobs on a real Redis and a real SQLite, with a post office that remembers.

mod changed_notice;
mod code;
mod second_factor;
mod webhook;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use entity::{
    account::{self, AccountId, StoredHash},
    challenge::{self, ChallengeId, Open, Opened, Randomness},
    code::{Code, CodeFormat},
    database,
    email::Email,
    job::Job,
    keyring::Keyring,
    limits::Client,
    settings::Source,
    trail::Origin,
};

use super::{CodeMail, Jobs, NoticeMail, Post, SecondFactorMail};
use crate::{
    queue::{Delivery, Policy, Redriven, testing::*},
    work::{Done, Failure, Handler, Held, Hold, Holds, Link},
};

const SECRET: &[u8] = b"a secret of thirty-two bytes or more";
const ADDRESS: &str = "mike@example.com";

/// What was mailed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sent {
    to: String,
    job_id: String,
    languages: Vec<Option<String>>,
    code: String,
    minutes: u32,
    contact: String,
}

/// Sends nothing and remembers all of it.
#[derive(Default)]
struct Office {
    sent: Mutex<Vec<Sent>>,
    refuses: Mutex<Option<Failure>>,
}

impl Office {
    async fn accept(&self, mail: Sent, hold: &Hold) -> Result<(), Failure> {
        if let Some(failure) = self.refuses.lock().unwrap().clone() {
            return Err(failure);
        }
        if !hold.may_send().await {
            return Err(Failure::Lost);
        }
        self.sent.lock().unwrap().push(mail);
        Ok(())
    }
}

impl Post for Office {
    async fn send_code(&self, mail: CodeMail<'_>, hold: &Hold) -> Result<(), Failure> {
        let sent = Sent {
            to: mail.to.as_str().to_owned(),
            job_id: mail.job_id.to_owned(),
            languages: mail.languages.iter().map(|language| language.map(ToOwned::to_owned)).collect(),
            code: mail.code.shown(),
            minutes: mail.minutes,
            ..Sent::default()
        };
        self.accept(sent, hold).await
    }

    async fn send_second_factor(&self, mail: SecondFactorMail<'_>, hold: &Hold) -> Result<(), Failure> {
        let sent = Sent {
            to: mail.to.as_str().to_owned(),
            job_id: mail.job_id.to_owned(),
            languages: mail.languages.iter().map(|language| language.map(ToOwned::to_owned)).collect(),
            contact: mail.contact.text.clone(),
            ..Sent::default()
        };
        self.accept(sent, hold).await
    }

    async fn send_notice(&self, mail: NoticeMail<'_>, hold: &Hold) -> Result<(), Failure> {
        let sent = Sent {
            to: mail.to.as_str().to_owned(),
            job_id: mail.job_id.to_owned(),
            languages: mail.languages.iter().map(|language| language.map(ToOwned::to_owned)).collect(),
            ..Sent::default()
        };
        self.accept(sent, hold).await
    }
}

/// All parts, with one account.
struct Parts {
    redis: Redis,
    jobs: Jobs<Office>,
    holds: Holds,
    asker: Asker,
    challenges: challenge::Settings,
    _folder: tempfile::TempDir,
}

impl Parts {
    async fn start() -> Self {
        let redis = Redis::start().await;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/db.sqlite?mode=rwc", folder.path().display());
        let database = database::connect(&database::Settings::parse(&url).unwrap()).await.unwrap();
        migration::up(&database).await.unwrap();
        let jobs = Jobs {
            store: redis.store.clone(),
            database,
            database_link: Arc::new(Link::new("database")),
            keyring: Keyring::new(&[SECRET]).unwrap(),
            format: CodeFormat::Digits8,
            post: Office::default(),
            webhook: None,
            refuses_second_factor: None,
        };
        let unlimited = [("MODE", "development"), ("LIMITS_ENABLED", "false"), ("LIMITS_RESEND_AFTER", "0s")];
        let variables = unlimited.map(|(name, value)| (format!("REKEY_{name}"), Some(value.to_owned())));
        let challenges = challenge::Settings::read(&Source::from_parts(None, variables).unwrap()).unwrap();
        let holds = Holds::new(Arc::new(Link::new("redis")));
        let asker = Asker::new(redis.queue(Policy::default()), "w");
        let parts = Self { redis, jobs, holds, asker, challenges, _folder: folder };
        parts.add(ADDRESS, Some("zh-CN")).await;
        parts
    }

    async fn add(&self, address: &str, locale: Option<&str>) {
        let hash = StoredHash::new("a hash");
        account::add(&self.jobs.database, &email(address), Some(&hash), locale, 1).await.unwrap();
    }

    async fn account(&self) -> AccountId {
        account::find_by_email(&self.jobs.database, &email(ADDRESS)).await.unwrap().unwrap().id
    }

    /// Asks for a reset, which pushes a job.
    async fn request(&self, address: &str, resend_of: Option<&ChallengeId>) -> ChallengeId {
        let open = Open {
            email: &email(address),
            client: &Client::of(&self.jobs.keyring, "127.0.0.1".parse().unwrap()),
            origin: &Origin::new("127.0.0.1".parse().unwrap(), Some("an agent")),
            locale: Some("de"),
            resend_of,
            idempotency: None,
            traceparent: None,
            proof: &entity::brake::Proof::Bad("missing"),
            random: Randomness(rand::random()),
        };
        match challenge::open(&self.jobs.store, &self.jobs.keyring, &self.challenges, open).await.unwrap() {
            Opened::Open { id, .. } => id,
            other => panic!("{other:?}"),
        }
    }

    /// Claims the next job.
    async fn next(&mut self) -> (Delivery, Held) {
        let batch = self.asker.claim(1).await;
        let delivery = batch.jobs.into_iter().next().expect("a job waits");
        let held = self.holds.add(&self.asker.queue, delivery.ticket.clone(), batch.now);
        (delivery, held)
    }

    /// Claims the next job and runs it.
    async fn run_next(&mut self) -> Result<Done, Failure> {
        let (delivery, held) = self.next().await;
        self.jobs.run(&Job::decode(&delivery.bytes).unwrap(), &held.hold).await
    }

    fn sent(&self) -> Vec<Sent> {
        self.jobs.post.sent.lock().unwrap().clone()
    }

    fn refuse(&self, failure: Option<Failure>) {
        *self.jobs.post.refuses.lock().unwrap() = failure;
    }

    /// Takes the database away: what is asked of it fails at once.
    async fn lose_database(&mut self) {
        self.jobs.database.clone().close().await.unwrap();
    }
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}
