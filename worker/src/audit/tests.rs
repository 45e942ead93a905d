//! The keeper on a real Redis and a real SQLite.

mod refused;

use std::collections::BTreeMap;

use entity::{
    account::StoredHash,
    challenge::{self, ChallengeId, Mailed, Open, Opened, Randomness},
    database,
    email::Email,
    keyring::Keyring,
    limits::Client,
    reset_event::{Kind, Told},
    settings::Source,
    trail::Origin,
};
use fred::interfaces::{ClientLike, HashesInterface, KeysInterface, SortedSetsInterface};
use sea_orm::ConnectionTrait;

use super::*;
use crate::{metrics::METRICS, queue::testing::Redis};

const SHARD: Shard = Shard(0);
const ADDRESS: &str = "mike@example.com";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

struct World {
    _redis: Redis,
    keeper: Keeper,
    url: String,
    challenges: challenge::Settings,
    ring: Keyring,
    _folder: tempfile::TempDir,
}

impl World {
    async fn start() -> Self {
        let redis = Redis::start().await;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/db.sqlite?mode=rwc", folder.path().display());
        let database = connect(&url).await;
        migration::up(&database).await.unwrap();
        let hash = StoredHash::new("a hash");
        account::add(&database, &email(ADDRESS), Some(&hash), None, 1).await.unwrap();
        let unlimited = [("MODE", "development"), ("LIMITS_ENABLED", "false"), ("LIMITS_RESEND_AFTER", "0s")];
        let variables = unlimited.map(|(name, value)| (format!("REKEY_{name}"), Some(value.to_owned())));
        let challenges = challenge::Settings::read(&Source::from_parts(None, variables).unwrap()).unwrap();
        let keeper = Keeper {
            store: redis.store.clone(),
            redis_link: Arc::new(Link::new("redis")),
            database,
            database_link: Arc::new(Link::new("database")),
            retention: Some(90 * DAY),
        };
        let ring = Keyring::new(&[b"a secret of thirty-two bytes or more".as_slice()]).unwrap();
        Self { _redis: redis, keeper, url, challenges, ring, _folder: folder }
    }

    async fn request(&self, address: &str) -> ChallengeId {
        let open = Open {
            email: &email(address),
            client: &Client::of(&self.ring, "192.0.2.1".parse().unwrap()),
            origin: &Origin::new("192.0.2.1".parse().unwrap(), Some("an agent")),
            locale: None,
            resend_of: None,
            idempotency: None,
            traceparent: None,
            proof: &entity::brake::Proof::Bad("missing"),
            random: Randomness(rand::random()),
        };
        match challenge::open(&self.keeper.store, &self.ring, &self.challenges, open).await.unwrap() {
            Opened::Open { id, .. } => id,
            other => panic!("{other:?}"),
        }
    }

    /// A request of the account whose mail went out.
    async fn mailed(&self) -> ChallengeId {
        let id = self.request(ADDRESS).await;
        let account = self.account(ADDRESS).await;
        challenge::bind(&self.keeper.store, (&id, &email(ADDRESS)), &account, "f", self.ring.current()).await.unwrap();
        challenge::mark_sent(&self.keeper.store, &id, 1, Mailed::Code).await.unwrap();
        id
    }

    async fn guess(&self, id: &ChallengeId) {
        let (client, address) = ("198.51.100.7".parse().unwrap(), "198.51.100.7".parse().unwrap());
        let (client, origin) = (Client::of(&self.ring, client), Origin::new(address, Some("eve")));
        let (limits, proof) = (&self.challenges.limits, entity::brake::Proof::Bad("missing"));
        challenge::take_try(&self.keeper.store, limits, id, &client, &origin, &proof).await.unwrap();
    }

    /// Ends a trail's time, or the hold of whoever took it.
    async fn due(&self, id: &ChallengeId, over: bool) {
        let (client, names) = (self.keeper.store.client(), self.keeper.store.names());
        if over {
            client.hset::<(), _, _>(names.trail(SHARD, id.as_str()), ("closes", 1)).await.unwrap();
        }
        let entry = (1.0, id.as_str());
        client.zadd::<(), _, _>(names.closing(SHARD), None, None, false, false, entry).await.unwrap();
    }

    /// Ends a trail's time so many milliseconds ago, but for those who hold it.
    async fn closed(&self, id: &ChallengeId, ago: i64) -> i64 {
        let (client, names) = (self.keeper.store.client(), self.keeper.store.names());
        let closes = self.keeper.store.now().await.unwrap() - ago;
        client.hset::<(), _, _>(names.trail(SHARD, id.as_str()), ("closes", closes)).await.unwrap();
        let entry = (closes as f64, id.as_str());
        client.zadd::<(), _, _>(names.closing(SHARD), None, None, false, false, entry).await.unwrap();
        closes
    }

    /// When a trail is looked at.
    async fn looked_at(&self, id: &ChallengeId) -> Option<i64> {
        let names = self.keeper.store.names();
        let score: Option<f64> = self.keeper.store.client().zscore(names.closing(SHARD), id.as_str()).await.unwrap();
        score.map(|score| score as i64)
    }

    /// Has the database refuse rows of this address, as long as there are so many accounts.
    async fn refuse(&self, address: &str, accounts: u32) {
        let trigger = format!(
            "CREATE TRIGGER refuse BEFORE INSERT ON reset_event \
             WHEN NEW.address_at_event = '{address}' AND (SELECT COUNT(*) FROM account) = {accounts} \
             BEGIN SELECT RAISE(ABORT, 'no'); END"
        );
        self.keeper.database.execute_unprepared(&trigger).await.unwrap();
    }

    async fn add(&self, address: &str) {
        account::add(&self.keeper.database, &email(address), None, None, 1).await.unwrap();
    }

    /// Trails that are left.
    async fn left(&self) -> (i64, i64) {
        let (client, names) = (self.keeper.store.client(), self.keeper.store.names());
        let closing = client.zcard(names.closing(SHARD)).await.unwrap();
        let trails: Vec<String> = client.custom(fred::cmd!("KEYS"), vec!["*:trail:*"]).await.unwrap();
        (closing, i64::try_from(trails.len()).unwrap())
    }

    async fn account(&self, address: &str) -> AccountId {
        account::find_by_email(&self.keeper.database, &email(address)).await.unwrap().unwrap().id
    }

    async fn events(&self, address: &str) -> Vec<Told> {
        reset_event::list(&self.keeper.database, &self.account(address).await, 100).await.unwrap()
    }

    async fn kinds(&self) -> BTreeMap<String, i64> {
        self.events(ADDRESS).await.into_iter().map(|told| (told.kind, told.times)).collect()
    }

    async fn rows(&self) -> usize {
        let all = "SELECT id FROM reset_event";
        let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, all);
        self.keeper.database.query_all_raw(statement).await.unwrap().len()
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    database::connect(&database::Settings::parse(url).unwrap()).await.unwrap()
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// Trails that this process dropped.
fn dropped(reason: Dropped) -> u64 {
    METRICS.audit.so_far().1[reason as usize]
}

fn told(kinds: &[(Kind, i64)]) -> BTreeMap<String, i64> {
    kinds.iter().map(|(kind, times)| (kind.name().to_owned(), *times)).collect()
}

#[tokio::test]
async fn a_mail_is_told_at_once_and_the_guesses_at_the_end() {
    let world = World::start().await;
    let id = world.mailed().await;
    world.guess(&id).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok_and(|more| !more));
    assert_eq!(world.kinds().await, told(&[(Kind::Requested, 1), (Kind::Mailed, 1)]));
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!(world.left().await, (1, 1), "it is not over yet");

    world.guess(&id).await;
    world.due(&id, true).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!(world.kinds().await, told(&[(Kind::Requested, 1), (Kind::Mailed, 1), (Kind::Rejected, 2)]));
    assert_eq!(world.left().await, (0, 0));
    let events = world.events(ADDRESS).await;
    let rejected = events.iter().find(|told| told.kind == "rejected").unwrap();
    assert_eq!((rejected.client.as_deref(), rejected.user_agent.as_deref()), (Some("198.51.100.7"), Some("eve")));
    assert!(events.iter().all(|told| told.challenge == Some(id.reference())));
}

#[tokio::test]
async fn r1_an_address_that_nobody_has_leaves_nothing() {
    let world = World::start().await;
    for address in ["nobody@example.com", "mika@example.com"] {
        let id = world.request(address).await;
        world.guess(&id).await;
        world.due(&id, true).await;
    }
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.rows().await, world.left().await), (0, (0, 0)));
}

#[tokio::test]
async fn a_disabled_account_and_one_whose_mail_did_not_go_out_are_told_of() {
    let world = World::start().await;
    account::set_disabled(&world.keeper.database, &email(ADDRESS), Some(1)).await.unwrap();
    let id = world.request(ADDRESS).await;
    world.due(&id, true).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!(world.kinds().await, told(&[(Kind::Requested, 1)]));
}

#[tokio::test]
async fn an_account_that_is_turned_away_is_told_of_as_refused_and_not_as_mailed() {
    let world = World::start().await;
    let id = world.request(ADDRESS).await;
    challenge::mark_sent(&world.keeper.store, &id, 1, Mailed::WhomToAsk).await.unwrap();
    for over in [false, true] {
        assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
        let events = world.events(ADDRESS).await;
        assert_eq!(world.kinds().await, told(&[(Kind::Requested, 1), (Kind::Refused, 1)]), "over: {over}");
        let refused = events.iter().find(|told| told.kind == "refused").unwrap();
        assert_eq!(refused.reason.as_deref(), Some("second_factor"));
        assert_eq!((refused.client.as_deref(), refused.user_agent.as_deref()), (Some("192.0.2.1"), Some("an agent")));
        world.due(&id, true).await;
    }
}

#[tokio::test]
async fn r66_whoever_dies_half_way_loses_nothing_and_nothing_is_told_twice() {
    let world = World::start().await;
    let id = world.mailed().await;
    world.guess(&id).await;
    world.due(&id, true).await;
    // Taken, and not written down.
    trail::take(&world.keeper.store, SHARD, (0, MOST), HOLD).await.unwrap();
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!(world.rows().await, 0, "it is the dead one's for a while");
    world.due(&id, true).await;
    // Written down, and not let go of.
    let key = world.keeper.store.names().trail(SHARD, id.as_str());
    let trail: std::collections::HashMap<String, String> = world.keeper.store.client().hgetall(&key).await.unwrap();
    for _ in 0..2 {
        assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
        assert_eq!(world.kinds().await, told(&[(Kind::Requested, 1), (Kind::Mailed, 1), (Kind::Rejected, 1)]));
        assert_eq!((world.rows().await, world.left().await), (3, (0, 0)));
        world.keeper.store.client().hset::<(), _, _>(&key, trail.clone()).await.unwrap();
        world.due(&id, true).await;
    }
}

#[tokio::test]
async fn a_database_that_is_away_loses_nothing_and_trails_stay_due_since_they_were() {
    let mut world = World::start().await;
    let id = world.mailed().await;
    let since = world.closed(&id, 5_000).await;
    world.keeper.database.clone().close().await.unwrap();
    for _ in 0..2 {
        assert!(world.keeper.write_down(SHARD, 0).await.is_err());
        assert_eq!((world.left().await, world.looked_at(&id).await), ((1, 1), Some(since)));
    }
    world.keeper.database = connect(&world.url).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.rows().await, world.left().await), (2, (0, 0)));
}

/// With the database away as well: they would take the place of others.
#[tokio::test]
async fn what_nobody_wrote_down_in_its_day_is_dropped_whatever_else_is_away() {
    let world = World::start().await;
    let (gone, here) = (world.mailed().await, world.mailed().await);
    for id in [&gone, &here] {
        world.closed(id, 5_000).await;
    }
    let key = world.keeper.store.names().trail(SHARD, gone.as_str());
    world.keeper.store.client().del::<(), _>(key).await.unwrap();
    world.keeper.database.clone().close().await.unwrap();
    let before = dropped(Dropped::Expired);
    assert!(world.keeper.write_down(SHARD, 0).await.is_err());
    assert_eq!(
        (world.left().await, world.looked_at(&gone).await, dropped(Dropped::Expired)),
        ((1, 1), None, before + 1)
    );
}

#[tokio::test]
async fn the_first_ones_do_not_stand_in_front_of_the_others() {
    let world = World::start().await;
    for ago in [9_000, 5_000] {
        let id = world.mailed().await;
        world.closed(&id, ago).await;
    }
    let mut skip = 1;
    world.keeper.look(SHARD, &mut skip).await;
    assert_eq!((skip, world.rows().await, world.left().await), (0, 2, (1, 1)));
    world.keeper.database.clone().close().await.unwrap();
    let mut skips = Vec::new();
    for _ in 0..3 {
        world.keeper.look(SHARD, &mut skip).await;
        skips.push(skip);
    }
    assert_eq!(skips, [MOST, 0, MOST], "behind the last one it begins anew");
}

/// After an outage there are more than one look takes: the ones that were passed over must not be the last.
#[tokio::test]
async fn what_waits_longest_goes_first_once_the_database_is_back() {
    let world = World::start().await;
    let closing = world.keeper.store.names().closing(SHARD);
    let many = usize::from(MOST) * (ROUNDS + 2);
    // Trails that are gone take no more than a look at the database, which is there.
    let due: Vec<(f64, String)> = (0..many)
        .map(|n| (1_000.0 + n as f64, ChallengeId::new(SHARD, (n as u128).to_be_bytes()).as_str().to_owned()))
        .collect();
    world.keeper.store.client().zadd::<(), _, _>(&closing, None, None, false, false, due).await.unwrap();
    let oldest = ChallengeId::new(SHARD, [0; 16]);
    let mut skip = MOST;
    world.keeper.look(SHARD, &mut skip).await;
    assert_eq!((skip, world.looked_at(&oldest).await), (0, Some(1_000)), "passed over once");
    world.keeper.look(SHARD, &mut skip).await;
    assert_eq!(world.looked_at(&oldest).await, None);
}

#[tokio::test]
async fn more_than_one_batch_is_written_down_at_one_look() {
    let world = World::start().await;
    for _ in 0..usize::from(MOST) + 1 {
        let id = world.request(ADDRESS).await;
        world.due(&id, true).await;
    }
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok_and(|more| more));
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok_and(|more| !more));
    assert_eq!((world.rows().await, world.left().await), (usize::from(MOST) + 1, (0, 0)));
}

#[tokio::test]
async fn old_events_go_unless_they_are_kept_for_ever() {
    let mut world = World::start().await;
    world.mailed().await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    let age = "UPDATE reset_event SET occurred_at = occurred_at - 91 * 86400000 WHERE kind = 'requested'";
    world.keeper.database.execute_unprepared(age).await.unwrap();
    world.keeper.retention = None;
    assert!(world.keeper.purge().await.is_ok());
    assert_eq!(world.rows().await, 2);
    world.keeper.retention = Some(92 * DAY);
    assert!(world.keeper.purge().await.is_ok());
    assert_eq!(world.rows().await, 2);
    world.keeper.retention = Some(90 * DAY);
    assert!(world.keeper.purge().await.is_ok());
    assert_eq!(world.kinds().await, told(&[(Kind::Mailed, 1)]));
}
