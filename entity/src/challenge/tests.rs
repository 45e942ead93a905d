//! The scripts of challenge and token, on a real Redis.

use std::{collections::BTreeSet, num::NonZero, time::Duration};

use fred::interfaces::{ClientLike, HashesInterface, KeysInterface, ListInterface, SortedSetsInterface};

use super::*;
use crate::{
    brake::{self, Proof},
    code::{Code, CodeFormat},
    job::{Job, SendCode, Task},
    keyring::Keyring,
    limits::{Bucket, Client},
    queue::{self, Cause, Pushed},
    store::Store,
    testing::Redis,
    token::{self, Hold, RefusedFor, ResetToken},
    trail::Origin,
};

mod bounds;
mod trail;

fn origin() -> Origin {
    Origin::new([192, 0, 2, 1].into(), Some("an agent"))
}

struct World {
    store: Store,
    ring: Keyring,
    settings: Settings,
    _redis: Redis,
}

impl World {
    async fn new() -> Self {
        let redis = Redis::start(&[]);
        let many = NonZero::new(1_000_000).unwrap();
        let bucket = Bucket { per_hour: many, burst: many };
        let limits = limits::Settings {
            enabled: true,
            resend_after: Duration::ZERO,
            address_cooldown: Duration::ZERO,
            address: (100, 100),
            address_client: (100, 100),
            requests: bucket,
            verifies: bucket,
            confirms: bucket,
            failed_proofs: bucket,
            failed_tries_alarm: 1,
            brake: brake::Settings { enabled: false, quiet: Duration::from_secs(600), cost: 500 },
            backlog: 1_000,
        };
        let settings = Settings { ttl: Duration::from_secs(600), limits };
        let ring = Keyring::new(&[b"a secret of thirty-two bytes or so"]).unwrap();
        Self { store: redis.store().await, ring, settings, _redis: redis }
    }

    fn client(&self, last: u8) -> Client {
        Client::of(&self.ring, [192, 0, 2, last].into())
    }

    async fn request(&self, email: &str, client: u8, resend_of: Option<&ChallengeId>, key: Option<&str>) -> Opened {
        let (email, client) = (Email::parse(email).unwrap(), self.client(client));
        let request = Open {
            email: &email,
            client: &client,
            origin: &origin(),
            locale: Some("zh-CN"),
            resend_of,
            idempotency: key.map(|key| Idempotency::new(&self.ring, &client, key, &[email.as_str().as_bytes()])),
            traceparent: None,
            proof: &Proof::Bad("missing"),
            random: Randomness(rand::random()),
        };
        open(&self.store, &self.ring, &self.settings, request).await.unwrap()
    }

    async fn opened(&self, email: &str) -> ChallengeId {
        id_of(&self.request(email, 1, None, None).await)
    }

    async fn take(&self, id: &ChallengeId) -> Option<Live> {
        let (limits, proof) = (&self.settings.limits, Proof::Bad("missing"));
        match take_try(&self.store, limits, id, &self.client(1), &origin(), &proof).await.unwrap() {
            Taken::Take(take) => take.challenge,
            Taken::Prove(_) => panic!("there is no brake"),
            Taken::Wait(_) => panic!("over the limit"),
        }
    }

    async fn bind(&self, id: &ChallengeId, fingerprint: &str) -> Result<Bound, StoreError> {
        let view = read(&self.store, id).await.unwrap();
        let address = view.map_or_else(|| Email::parse("gone@example.com").unwrap(), |view| view.address);
        bind(&self.store, (id, &address), &AccountId::new(ACCOUNT), fingerprint, self.ring.current()).await
    }

    async fn consume(&self, id: &ChallengeId) -> Option<ResetToken> {
        let view = read(&self.store, id).await.unwrap()?;
        let live = Live { nonce: view.nonce, key_id: view.key_id, address: view.address.as_str().into(), try_no: 5 };
        let token = ResetToken::new(id.shard(), self.ring.current(), rand::random());
        let mac = token.mac(&self.ring).unwrap();
        let ttl = Duration::from_secs(600);
        consume(&self.store, id, &live, &token, &mac, self.ring.current(), ttl).await.unwrap().then_some(token)
    }

    async fn hold(&self, token: &ResetToken, holder: &str) -> Hold {
        let (limits, client) = (&self.settings.limits, self.client(1));
        token::hold(&self.store, &self.ring, limits, token, &client, holder.into()).await.unwrap()
    }

    async fn jobs(&self) -> Vec<Job> {
        let names = self.store.names();
        let texts: Vec<String> =
            self.store.client().lrange(names.ready(names.all().next().unwrap()), 0, -1).await.unwrap();
        texts.iter().rev().map(|text| Job::decode(text.as_bytes()).unwrap()).collect()
    }

    /// Sets a challenge's end of life, as time would.
    async fn leave(&self, id: &ChallengeId, left: Duration) {
        let now: i64 = read(&self.store, id).await.unwrap().unwrap().ends - 600_000;
        let ends = now + i64::try_from(left.as_millis()).unwrap();
        self.store.client().hset::<(), _, _>(key(&self.store, id), ("ends", ends)).await.unwrap();
    }
}

fn id_of(opened: &Opened) -> ChallengeId {
    match opened {
        Opened::Open { id, .. } => id.clone(),
        other => panic!("{other:?}"),
    }
}

fn is_limited(opened: &Opened, whose: &str) -> bool {
    matches!(opened, Opened::Wait { by, retry_after } if *by == whose && !retry_after.is_zero())
}

const ACCOUNT: &str = "7";

#[tokio::test]
async fn a_request_leaves_a_challenge_and_one_job_that_names_it() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    let view = read(&world.store, &id).await.unwrap().unwrap();
    assert_eq!((view.address.as_str(), view.locale.as_deref(), view.mails), ("mike@example.com", Some("zh-CN"), 1));
    let [job] = &world.jobs().await[..] else { panic!("one job") };
    assert_eq!(job.task, Task::SendCode(SendCode { challenge_id: id.as_str().into(), mail_no: 1 }));
    assert_eq!(job.expires_at, Some(view.ends));
    assert_eq!(job.expires_at.unwrap() - job.enqueued_at.unwrap(), 600_000);
}

#[tokio::test]
async fn r23_neither_challenge_nor_job_holds_the_code() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    let view = read(&world.store, &id).await.unwrap().unwrap();
    let code =
        Code::derive(CodeFormat::default(), world.ring.current(), id.as_str(), &view.nonce, view.address.as_str());
    let code = code.shown();
    let fields: std::collections::HashMap<String, String> =
        world.store.client().hgetall(key(&world.store, &id)).await.unwrap();
    let everything = format!("{fields:?} {:?}", world.jobs().await);
    assert!(!everything.contains(&code) && !everything.contains(&code.replace('-', "")));
}

#[tokio::test]
async fn r14_a_resend_keeps_challenge_tries_and_end_and_ends_after_three() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    world.take(&id).await.unwrap();
    let before = read(&world.store, &id).await.unwrap().unwrap();
    for left in [2, 1, 0] {
        let again = world.request("mike@example.com", 9, Some(&id), None).await;
        let Opened::Open { id: same, resend_in, .. } = &again else { panic!("{again:?}") };
        assert_eq!(same, &id);
        assert_eq!(resend_in.is_some(), left > 0, "resend_in is null after the third");
    }
    let after = read(&world.store, &id).await.unwrap().unwrap();
    assert_eq!((after.nonce, after.ends), (before.nonce, before.ends));
    assert!(is_limited(&world.request("mike@example.com", 9, Some(&id), None).await, "resend"));
    let numbers: Vec<_> = world.jobs().await.into_iter().map(|job| job.id).collect();
    assert_eq!(numbers, [1, 2, 3, 4].map(|n| format!("{}.{n}", id.as_str())));
    for _ in 0..4 {
        assert!(world.take(&id).await.is_some());
    }
    assert!(world.take(&id).await.is_none(), "one try was taken before the resends");
}

#[tokio::test]
async fn a_resend_that_would_come_too_late_is_not_promised() {
    let mut world = World::new().await;
    world.settings.ttl = RESEND_NEEDS + Duration::from_secs(30);
    world.settings.limits.resend_after = Duration::from_secs(60);
    let opened = world.request("mike@example.com", 1, None, None).await;
    assert!(matches!(opened, Opened::Open { resend_in: None, .. }), "{opened:?}");
}

#[tokio::test]
async fn a_resend_waits_for_the_challenges_own_time() {
    let mut world = World::new().await;
    world.settings.limits.resend_after = Duration::from_secs(60);
    let id = world.opened("mike@example.com").await;
    assert!(is_limited(&world.request("mike@example.com", 1, Some(&id), None).await, "resend"));
}

#[tokio::test]
async fn a_challenge_that_is_over_or_nearly_so_is_replaced() {
    let world = World::new().await;
    let used_up = world.opened("mike@example.com").await;
    for _ in 0..TRIES {
        world.take(&used_up).await.unwrap();
    }
    let nearly_over = world.opened("mike@example.com").await;
    world.leave(&nearly_over, RESEND_NEEDS - Duration::from_secs(1)).await;
    let consumed = world.opened("mike@example.com").await;
    world.bind(&consumed, "f").await.unwrap();
    world.consume(&consumed).await.unwrap();
    let of_another = world.opened("other@example.com").await;
    for old in [used_up, nearly_over, consumed, of_another] {
        assert_ne!(id_of(&world.request("mike@example.com", 1, Some(&old), None).await), old);
    }
}

#[tokio::test]
async fn a_void_challenge_looks_alive_from_outside() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    assert_eq!(world.bind(&id, "before").await.unwrap(), Bound::Yes);
    assert_eq!(world.bind(&id, "before").await.unwrap(), Bound::Yes);
    assert_eq!(world.bind(&id, "after").await.unwrap(), Bound::Void);
    assert_eq!(world.bind(&id, "before").await.unwrap(), Bound::Void);
    assert_eq!(id_of(&world.request("mike@example.com", 1, Some(&id), None).await), id);
    assert!(world.take(&id).await.is_some());
    assert!(world.consume(&id).await.is_none(), "no code of it is ever right");
}

#[tokio::test]
async fn a_repeated_idempotency_key_gets_the_first_answer_and_no_second_job() {
    let mut world = World::new().await;
    world.settings.limits.address_cooldown = Duration::from_secs(60);
    let first = id_of(&world.request("mike@example.com", 1, None, Some("k")).await);
    assert_eq!(id_of(&world.request("mike@example.com", 1, None, Some("k")).await), first);
    assert_eq!(world.request("other@example.com", 1, None, Some("k")).await, Opened::KeyReused);
    assert_ne!(id_of(&world.request("other@example.com", 2, None, Some("k")).await), first);
    assert_eq!(world.jobs().await.len(), 2);
}

#[tokio::test]
async fn r17_parallel_guesses_take_five_tries() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    let taken = futures_join((0..200).map(|_| world.take(&id))).await;
    assert_eq!(taken.iter().flatten().count(), usize::from(TRIES));
}

#[tokio::test]
async fn r18_a_challenge_is_claimed_once() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    assert!(world.consume(&id).await.is_none(), "without an account nothing is right");
    world.bind(&id, "f").await.unwrap();
    let claimed = futures_join((0..200).map(|_| world.consume(&id))).await;
    assert_eq!(claimed.iter().flatten().count(), 1);
    assert!(world.take(&id).await.is_none(), "used");
}

#[tokio::test]
async fn a_token_is_held_by_one_and_spent_once() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    world.bind(&id, "f").await.unwrap();
    let token = world.consume(&id).await.unwrap();
    let Hold::Held(held) = world.hold(&token, "one").await else { panic!("held") };
    assert_eq!(
        (held.account.as_str(), held.fingerprint.as_str(), held.address.as_str()),
        (ACCOUNT, "f", "mike@example.com")
    );
    assert!(matches!(world.hold(&token, "two").await, Hold::Busy(_)));
    held.release(&world.store, None).await.unwrap();
    let Hold::Held(held) = world.hold(&token, "two").await else { panic!("held again") };
    let cause = Cause { event_id: "e1", occurred_at: 1, trace: None };
    held.spend(&world.store, cause, true).await.unwrap();
    assert!(matches!(world.hold(&token, "three").await, Hold::Rejected));
    let names = world.store.names();
    let notices: Vec<String> = world.store.client().lrange(names.ready_notice(id.shard()), 0, -1).await.unwrap();
    assert_eq!(Job::decode(notices[0].as_bytes()).unwrap().id, "e1.notice");
    let address = Email::parse("mike@example.com").unwrap();
    let again = queue::push(&world.store, crate::reset_event::Half::Webhook, &address, cause).await.unwrap();
    assert_eq!(again, Pushed::Waits, "the sweep pushes no copy of what waits");
}

#[tokio::test]
async fn r43_the_tenth_refused_password_ends_the_token() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    world.bind(&id, "f").await.unwrap();
    let token = world.consume(&id).await.unwrap();
    for _ in 0..token::REFUSALS {
        let Hold::Held(held) = world.hold(&token, "h").await else { panic!("held") };
        held.release(&world.store, Some((RefusedFor::Password, &origin()))).await.unwrap();
    }
    assert!(matches!(world.hold(&token, "h").await, Hold::Rejected));
}

/// Whoever writes to Redis could else skip the MACs by naming a secret that nobody has.
#[tokio::test]
async fn r65_a_token_whose_record_names_an_unknown_secret_is_held_by_nobody() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    world.bind(&id, "f").await.unwrap();
    let token = world.consume(&id).await.unwrap();
    let record = world.store.names().token(id.shard(), &token.mac(&world.ring).unwrap());
    world.store.client().hset::<(), _, _>(&record, ("key", "00000000")).await.unwrap();
    assert!(matches!(world.hold(&token, "h").await, Hold::Forged));
    world.store.client().hset::<(), _, _>(&record, [("bound", ""), ("exchanged", "")].to_vec()).await.unwrap();
    assert!(matches!(world.hold(&token, "h").await, Hold::Rejected), "one of an older version");
}

#[tokio::test]
async fn a_mark_does_not_bring_back_a_challenge_that_is_gone() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    mark_sent(&world.store, &id, 1, Mailed::Code).await.unwrap();
    assert_eq!(read(&world.store, &id).await.unwrap().unwrap().sent, [1]);
    world.store.client().del::<(), _>(key(&world.store, &id)).await.unwrap();
    mark_sent(&world.store, &id, 1, Mailed::Code).await.unwrap();
    assert!(read(&world.store, &id).await.unwrap().is_none());
    assert_eq!(world.bind(&id, "f").await.unwrap(), Bound::Gone);
}

#[tokio::test]
async fn every_key_but_the_counters_of_clients_is_in_the_shard_and_ends_by_itself() {
    let world = World::new().await;
    let id = id_of(&world.request("mike@example.com", 1, None, Some("k")).await);
    world.bind(&id, "f").await.unwrap();
    world.take(&id).await.unwrap();
    world.consume(&id).await.unwrap();
    let keys: Vec<String> = world.store.client().custom(fred::cmd!("KEYS"), vec!["*"]).await.unwrap();
    for key in &keys {
        assert!(key.starts_with("{rekey:0}:") || key.starts_with("{rekey:client:"), "{key}");
        let lives: i64 = world.store.client().pttl(key).await.unwrap();
        // -1: it has no end. The bucket of these generous limits may be over by now (-2).
        let emptied = [":ready", ":wake", ":closing"].iter().any(|name| key.ends_with(name));
        assert!(lives != -1 || emptied, "{key} never ends");
    }
    assert!(keys.len() >= 7, "{:?}", keys.iter().collect::<BTreeSet<_>>());
}

async fn futures_join<T>(calls: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    futures_util::future::join_all(calls).await
}
