//! The brake, on a real Redis, through the scripts that it guards.

use std::{collections::BTreeMap, num::NonZero, time::Duration};

use fred::interfaces::{HashesInterface as _, KeysInterface as _};

use super::*;
use crate::{
    challenge::{self, ChallengeId, Open, Opened, Randomness, Taken},
    email::Email,
    keyring::Keyring,
    limits::{self, Bucket, Client},
    testing::Redis,
    trail::Origin,
};

const ALARM: u32 = 4;
const SHARD: Shard = Shard(0);

struct World {
    store: Store,
    ring: Keyring,
    settings: challenge::Settings,
    _redis: Redis,
}

impl World {
    async fn new() -> Self {
        let redis = Redis::start(&[]);
        let many = NonZero::new(1_000_000).unwrap();
        let bucket = Bucket { per_hour: NonZero::new(1).unwrap(), burst: many };
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
            failed_tries_alarm: ALARM,
            brake: Settings { enabled: true, quiet: Duration::from_secs(600), cost: 500 },
            backlog: 1_000,
        };
        let settings = challenge::Settings { ttl: Duration::from_secs(600), limits };
        let ring = Keyring::new(&[b"a secret of thirty-two bytes or so"]).unwrap();
        Self { store: redis.store().await, ring, settings, _redis: redis }
    }

    fn client(&self) -> Client {
        Client::of(&self.ring, [192, 0, 2, 1].into())
    }

    /// A code is tried where nothing lives.
    async fn guess(&self, proof: &Proof) -> Taken {
        self.guess_at(&ChallengeId::new(SHARD, rand::random()), proof).await
    }

    async fn guess_at(&self, id: &ChallengeId, proof: &Proof) -> Taken {
        challenge::take_try(&self.store, &self.settings.limits, id, &self.client(), &origin(), proof).await.unwrap()
    }

    /// Without a proof: whether that try put the brake on, or `None` if a proof is asked for.
    async fn trips(&self) -> Option<bool> {
        match self.guess(&missing()).await {
            Taken::Take(take) => Some(take.braked),
            Taken::Prove(Prove { why: "missing", .. }) => None,
            other => panic!("{other:?}"),
        }
    }

    async fn trip(&self) {
        for n in 1..=ALARM {
            assert_eq!(self.trips().await, Some(n == ALARM));
        }
    }

    async fn request(&self, email: &str, proof: Proof, key: Option<&str>) -> Opened {
        self.request_once_more(email, proof, key, None).await
    }

    async fn request_once_more(
        &self,
        email: &str,
        proof: Proof,
        key: Option<&str>,
        resend_of: Option<&ChallengeId>,
    ) -> Opened {
        let (email, client) = (Email::parse(email).unwrap(), self.client());
        let idempotency = key.map(|key| challenge::Idempotency::new(&self.ring, &client, key, &[b"a@b.de"]));
        let request = Open {
            email: &email,
            client: &client,
            locale: None,
            resend_of,
            idempotency,
            traceparent: None,
            origin: &origin(),
            proof: &proof,
            random: Randomness(rand::random()),
        };
        challenge::open(&self.store, &self.ring, &self.settings, request).await.unwrap()
    }

    async fn good(&self, id: &str) -> Proof {
        Proof::Good { id: id.into(), expires: self.store.now().await.unwrap() + 60_000 }
    }

    async fn state(&self) -> BTreeMap<String, i64> {
        self.store.client().hgetall(self.store.names().brake(SHARD)).await.unwrap()
    }

    /// Lets time pass: what ends, ended by then.
    async fn pass(&self, span: Duration) {
        let (key, ends) = (self.store.names().brake(SHARD), self.state().await["ends"]);
        let before = ends - i64::try_from(span.as_millis()).unwrap();
        self.store.client().hset::<(), _, _>(key, ("ends", before)).await.unwrap();
    }

    /// All counters of this Redis but the brake's own.
    async fn counted(&self) -> (Option<u64>, Option<String>) {
        let names = self.store.names();
        let failed = self.store.client().get(names.failed_tries(SHARD)).await.unwrap();
        let bucket = self.store.client().get(names.client_limit("verify", self.client().as_str())).await.unwrap();
        (failed, bucket)
    }
}

fn origin() -> Origin {
    Origin::new([192, 0, 2, 1].into(), Some("an agent"))
}

fn missing() -> Proof {
    Proof::Bad("missing")
}

fn why(taken: &Taken) -> Option<&'static str> {
    match taken {
        Taken::Prove(prove) => Some(prove.why),
        _ => None,
    }
}

#[tokio::test]
async fn r52_many_failed_tries_put_the_brake_on_for_both_calls() {
    let world = World::new().await;
    assert!(matches!(world.request("a@b.de", missing(), None).await, Opened::Open { .. }));
    world.trip().await;
    assert_eq!(world.trips().await, None);
    let Opened::Prove(prove) = world.request("c@b.de", missing(), None).await else { panic!("it asks for a proof") };
    assert!((world.store.now().await.unwrap() - prove.now).abs() < 60_000, "the clock of Redis");
    let failing = look(&world.store).await.unwrap();
    assert_eq!(failing, [Failing { shard: 0, tries: u64::from(ALARM), braked: true }]);
}

#[tokio::test]
async fn a_call_without_a_proof_costs_nothing() {
    let world = World::new().await;
    let Opened::Open { id, .. } = world.request("a@b.de", missing(), None).await else { panic!("no brake yet") };
    world.trip().await;
    let before = world.counted().await;
    for why in WHY {
        let taken = world.guess_at(&id, &Proof::Bad(why)).await;
        assert!(matches!(taken, Taken::Prove(prove) if prove.why == why), "{taken:?}");
    }
    assert_eq!(world.counted().await, before, "neither the client nor the tries");
    let tries: i64 = world.store.client().hget(challenge::key(&world.store, &id), "tries").await.unwrap();
    assert_eq!(tries, i64::from(challenge::TRIES));
    // Nor an address: a request in vain leaves it as it was.
    assert!(matches!(world.request("c@b.de", missing(), None).await, Opened::Prove(_)));
    let opened = limits::opened(&world.store, &world.ring, &Email::parse("c@b.de").unwrap()).await.unwrap();
    assert!(opened.is_empty());
}

#[tokio::test]
async fn a_proof_is_good_once_and_before_it_expires() {
    let world = World::new().await;
    world.trip().await;
    let proof = world.good("one").await;
    assert_eq!(why(&world.guess(&proof).await), None);
    assert_eq!(why(&world.guess(&proof).await), Some("used"));
    assert!(matches!(world.request("a@b.de", proof, None).await, Opened::Prove(Prove { why: "used", .. })));
    let late = Proof::Good { id: "two".into(), expires: world.store.now().await.unwrap() - 1 };
    assert_eq!(why(&world.guess(&late).await), Some("expired"));
    // What is noted as spent is forgotten with the proof's end.
    let left: i64 = world.store.client().pttl(world.store.names().proof(SHARD, "one")).await.unwrap();
    assert!((1..=60_000).contains(&left), "{left}");
    let opened = world.request("a@b.de", world.good("three").await, None).await;
    assert!(matches!(opened, Opened::Open { .. }), "{opened:?}");
}

/// Whoever it belongs to would have to work for it once more, for nothing that they did wrong.
#[tokio::test]
async fn a_call_that_a_limit_refuses_keeps_its_proof() {
    let mut world = World::new().await;
    world.settings.limits.address_cooldown = Duration::from_secs(60);
    world.settings.limits.resend_after = Duration::from_secs(60);
    let Opened::Open { id, .. } = world.request("a@b.de", missing(), None).await else { panic!("no brake yet") };
    world.trip().await;
    let (proof, before) = (world.good("one").await, world.state().await);

    let refused = world.request("a@b.de", proof.clone(), None).await;
    assert!(matches!(refused, Opened::Wait { by: "address", .. }), "{refused:?}");
    let refused = world.request_once_more("a@b.de", proof.clone(), None, Some(&id)).await;
    assert!(matches!(refused, Opened::Wait { by: "resend", .. }), "{refused:?}");
    let bucket = world.settings.limits.verifies;
    let one = Bucket { per_hour: NonZero::new(1).unwrap(), burst: NonZero::new(1).unwrap() };
    (world.settings.limits.requests, world.settings.limits.verifies) = (one, one);
    let refused = world.request("c@b.de", proof.clone(), None).await;
    assert!(matches!(refused, Opened::Wait { by: "client", .. }), "{refused:?}");
    assert!(matches!(world.guess(&proof).await, Taken::Wait(_)));
    world.settings.limits.backlog = 1;
    (world.settings.limits.requests, world.settings.limits.verifies) = (bucket, bucket);
    assert_eq!(world.request("c@b.de", proof.clone(), None).await, Opened::Full);
    assert_eq!(world.state().await, before, "neither asked for nor passed");

    // All of them at once, when the limits let them: one passes.
    let all = futures_util::future::join_all((0..100).map(|_| world.guess(&proof))).await;
    assert_eq!(all.iter().filter(|taken| matches!(taken, Taken::Take(take) if take.proven)).count(), 1);
    assert_eq!(all.iter().filter(|taken| why(taken) == Some("used")).count(), 99);
}

/// At the edge of a limit each call that passes has spent a proof of its own, whoever comes first.
#[tokio::test]
async fn of_many_calls_at_the_edge_of_a_limit_none_passes_by_a_proof_that_another_spent() {
    let mut world = World::new().await;
    world.trip().await;
    world.settings.limits.verifies = Bucket { per_hour: NonZero::new(1).unwrap(), burst: NonZero::new(7).unwrap() };
    let proofs = futures_util::future::join_all((0..10).map(async |n| world.good(&n.to_string()).await)).await;
    // The bucket has what the trip took from it: three are left.
    let all = futures_util::future::join_all((0..200).map(|n| world.guess(&proofs[n % 10]))).await;
    let passed = all.iter().filter(|taken| matches!(taken, Taken::Take(take) if take.proven)).count();
    let mut spent = 0;
    for n in 0..10 {
        let key = world.store.names().proof(SHARD, &n.to_string());
        spent += world.store.client().exists::<usize, _>(key).await.unwrap();
    }
    assert_eq!((passed, spent), (3, 3));
}

#[tokio::test]
async fn a_proof_that_nobody_asked_for_is_neither_spent_nor_counted() {
    let world = World::new().await;
    let proof = world.good("one").await;
    let opened = world.request("a@b.de", proof.clone(), None).await;
    assert!(matches!(opened, Opened::Open { proven: false, .. }), "{opened:?}");
    assert!(matches!(world.guess(&proof).await, Taken::Take(take) if !take.proven));
    for _ in 1..ALARM {
        world.guess(&proof).await;
    }
    let opened = world.request("c@b.de", proof, Some("key")).await;
    assert!(matches!(opened, Opened::Open { proven: true, .. }), "{opened:?}");
    assert_eq!(world.state().await["passed"], 1);
    let again = world.request("c@b.de", missing(), Some("key")).await;
    assert!(matches!(again, Opened::Open { proven: false, repeated: true, .. }), "what was answered before");
}

#[tokio::test]
async fn r50_proofs_are_counted_for_their_client_and_taken_back_when_their_call_passes() {
    let mut world = World::new().await;
    let four = NonZero::new(4).unwrap();
    world.settings.limits.failed_proofs = Bucket { per_hour: four, burst: four };
    let limits = &world.settings.limits;
    let client = world.client();
    let count = async || limits::count_proof(&world.store, limits, &client).await.unwrap();
    for _ in 0..20 {
        let counted = count().await;
        assert_eq!(counted.wait, Duration::ZERO);
        assert!((world.store.now().await.unwrap() - counted.now).abs() < 60_000, "the clock of Redis");
        limits::forget_proof(&world.store, limits, &client).await;
    }
    let all = futures_util::future::join_all((0..50).map(|_| count())).await;
    assert_eq!(all.iter().filter(|counted| counted.wait.is_zero()).count(), 4, "also at once");
    let wait = count().await.wait;
    assert!(wait > Duration::from_secs(14 * 60) && wait <= Duration::from_secs(15 * 60), "{wait:?}");
    let neighbour = Client::of(&world.ring, [192, 0, 2, 2].into());
    let counted = limits::count_proof(&world.store, limits, &neighbour).await.unwrap();
    assert_eq!(counted.wait, Duration::ZERO);
}

#[tokio::test]
async fn of_a_hundred_calls_with_one_proof_one_passes() {
    let world = World::new().await;
    world.trip().await;
    let proof = world.good("one").await;
    let all = futures_util::future::join_all((0..100).map(|_| world.guess(&proof))).await;
    assert_eq!(all.iter().filter(|taken| why(taken).is_none()).count(), 1);
}

#[tokio::test]
async fn a_repeated_idempotency_key_needs_no_proof() {
    let world = World::new().await;
    let first = world.request("a@b.de", missing(), Some("key")).await;
    world.trip().await;
    let Opened::Open { id, .. } = first else { panic!("no brake yet") };
    let again = world.request("a@b.de", missing(), Some("key")).await;
    assert!(matches!(again, Opened::Open { id: same, .. } if same == id));
    assert!(matches!(world.request("a@b.de", missing(), Some("other")).await, Opened::Prove(_)));
}

#[tokio::test]
async fn it_ends_after_its_quiet_time_and_is_told_of_once() {
    let world = World::new().await;
    world.trip().await;
    assert_eq!(world.trips().await, None);
    assert_eq!(why(&world.guess(&world.good("one").await).await), None);
    assert!(ended(&world.store).await.unwrap().is_empty(), "it is on");
    world.pass(Duration::from_secs(599)).await;
    assert_eq!(world.trips().await, None);
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.trips().await, Some(false), "it is off, and one more does not trip it");
    assert!(!look(&world.store).await.unwrap()[0].braked);
    let told = ended(&world.store).await.unwrap();
    let [Ended { shard: 0, failed, asked: 2, passed: 1, .. }] = told[..] else { panic!("{told:?}") };
    assert_eq!(failed, u64::from(ALARM) + 1);
    assert!(ended(&world.store).await.unwrap().is_empty(), "once");
}

#[tokio::test]
async fn it_stays_on_while_half_the_alarm_fails_within_the_quiet_time_and_no_longer() {
    let world = World::new().await;
    world.trip().await;
    let ends = world.state().await["ends"];
    // One is under the half of four.
    assert_eq!(why(&world.guess(&world.good("one").await).await), None);
    assert_eq!(world.state().await["ends"], ends);
    world.pass(Duration::from_secs(300)).await;
    assert_eq!(why(&world.guess(&world.good("two").await).await), None);
    assert!(world.state().await["ends"] >= ends, "the second begins the time anew");
    assert_eq!(world.state().await["loud"], 0, "and is counted anew");
    // However many come without a proof.
    let ends = world.state().await["ends"];
    for _ in 0..20 {
        assert_eq!(world.trips().await, None);
    }
    assert_eq!(world.state().await["ends"], ends);
}

#[tokio::test]
async fn a_right_code_is_taken_back_from_what_keeps_it_on() {
    let world = World::new().await;
    world.trip().await;
    let Opened::Open { id, .. } = world.request("a@b.de", world.good("one").await, None).await else {
        panic!("a good proof passes")
    };
    let address = challenge::read(&world.store, &id).await.unwrap().unwrap().address;
    let account = crate::account::AccountId::new("1");
    challenge::bind(&world.store, (&id, &address), &account, "fingerprint", world.ring.current()).await.unwrap();
    let Taken::Take(take) = world.guess_at(&id, &world.good("two").await).await else { panic!("a good proof passes") };
    assert_eq!(world.state().await["loud"], 1);
    let token = crate::token::ResetToken::new(SHARD, world.ring.current(), [9; 32]);
    let (mac, live) = (token.mac(&world.ring).unwrap(), take.challenge.unwrap());
    let (keys, ttl) = (world.ring.current(), Duration::from_secs(600));
    assert!(challenge::consume(&world.store, &id, &live, &token, &mac, keys, ttl).await.unwrap());
    let state = world.state().await;
    assert_eq!((state["loud"], state["failed"]), (0, i64::from(ALARM)));
}

#[tokio::test]
async fn without_the_setting_there_is_the_alarm_alone() {
    let mut world = World::new().await;
    world.settings.limits.brake.enabled = false;
    for _ in 0..ALARM * 2 {
        assert_eq!(world.trips().await, Some(false));
    }
    assert!(matches!(world.request("a@b.de", missing(), None).await, Opened::Open { .. }));
    let failing = look(&world.store).await.unwrap();
    assert_eq!((failing[0].tries, failing[0].braked), (u64::from(ALARM) * 2, false));
}

#[test]
fn settings_out_of_bounds_are_refused_by_name() {
    let read = |mode: &str, name: &str, value: &str| {
        let variables = [("REKEY_MODE", mode), (name, value)];
        let variables = variables.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
        Settings::read(&Source::from_parts(None, variables).unwrap(), true)
    };
    for (mode, name, value) in [
        ("production", "REKEY_LIMITS_PROOF_QUIET", "59s"),
        ("development", "REKEY_LIMITS_PROOF_QUIET", "61m"),
        ("production", "REKEY_LIMITS_PROOF_COST", "499"),
        ("production", "REKEY_LIMITS_PROOF_COST", "20001"),
        ("production", "REKEY_LIMITS_PROOF", "maybe"),
    ] {
        let error = read(mode, name, value).unwrap_err().to_string();
        assert!(error.starts_with(name), "{error}");
    }
    assert_eq!(read("development", "REKEY_LIMITS_PROOF_QUIET", "1s").unwrap().quiet, Duration::from_secs(1));
    let source = Source::from_parts(None, []).unwrap();
    assert!(Settings::read(&source, true).unwrap().enabled);
    assert!(!Settings::read(&source, false).unwrap().enabled, "no limits, no brake");
}
