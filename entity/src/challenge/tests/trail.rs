//! What the scripts leave for the audit trail.

use std::collections::HashMap;

use super::*;
use crate::{
    reset_event::{Audit, Kind, Reason},
    trail::{CLOSES_AFTER, KEPT, MOST, Trail},
};

impl World {
    async fn trail(&self, id: &ChallengeId) -> HashMap<String, String> {
        self.store.client().hgetall(self.store.names().trail(id.shard(), id.as_str())).await.unwrap()
    }

    async fn rows(&self, id: &ChallengeId) -> Vec<Audit> {
        let trail = Trail::read(&self.trail(id).await).unwrap();
        trail.events(id, &AccountId::new(ACCOUNT), &trail.address, true)
    }

    /// When the worker is to look at the trail.
    async fn due(&self, id: &ChallengeId) -> Option<i64> {
        let score: Option<f64> =
            self.store.client().zscore(self.store.names().closing(id.shard()), id.as_str()).await.unwrap();
        score.map(|score| score as i64)
    }

    async fn verified(&self, id: &ChallengeId) -> ResetToken {
        let live = self.take(id).await.unwrap();
        let token = ResetToken::new(id.shard(), self.ring.current(), rand::random());
        let mac = token.mac(&self.ring).unwrap();
        let ttl = Duration::from_secs(600);
        assert!(consume(&self.store, id, &live, &token, &mac, self.ring.current(), ttl).await.unwrap());
        token
    }
}

fn counts(rows: &[Audit]) -> Vec<(Kind, i64)> {
    rows.iter().map(|row| (row.kind, row.times)).collect()
}

#[tokio::test]
async fn a_whole_reset_leaves_its_trail() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    world.bind(&id, "f").await.unwrap();
    mark_sent(&world.store, &id, 1, Mailed::Code).await.unwrap();
    world.request("mike@example.com", 1, Some(&id), None).await;
    mark_sent(&world.store, &id, 2, Mailed::Code).await.unwrap();
    for _ in 0..3 {
        world.take(&id).await.unwrap();
    }
    let token = world.verified(&id).await;
    assert!(world.take(&id).await.is_none(), "used");
    for _ in 0..2 {
        let Hold::Held(held) = world.hold(&token, "h").await else { panic!("held") };
        assert_eq!(held.challenge.as_ref(), Some(&id));
        held.release(&world.store, Some((RefusedFor::Password, &origin()))).await.unwrap();
    }
    let Hold::Held(held) = world.hold(&token, "h").await else { panic!("held") };
    held.release(&world.store, None).await.unwrap();

    let rows = world.rows(&id).await;
    let expected = [
        (Kind::Requested, 1),
        (Kind::Requested, 1),
        (Kind::Mailed, 1),
        (Kind::Mailed, 1),
        (Kind::Verified, 1),
        (Kind::Rejected, 4),
        (Kind::Refused, 2),
    ];
    assert_eq!(counts(&rows), expected);
    for row in rows.iter().filter(|row| row.kind != Kind::Mailed) {
        assert_eq!((row.client.as_deref(), row.user_agent.as_deref()), (Some("192.0.2.1"), Some("an agent")));
    }
    let now = world.store.now().await.unwrap();
    assert!(rows.iter().all(|row| (now - 60_000..=now).contains(&row.occurred_at)));
    assert_eq!(Trail::read(&world.trail(&id).await).unwrap().account.unwrap().as_str(), ACCOUNT);
}

#[tokio::test]
async fn r10_a_trail_outlives_its_challenge_and_ends_by_itself() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    let ends = read(&world.store, &id).await.unwrap().unwrap().ends;
    let names = world.store.names();
    let ends_at = async |key: String| -> i64 { world.store.client().pexpire_time(key).await.unwrap() };
    assert_eq!(ends_at(key(&world.store, &id)).await, ends, "the code ends on time");
    let closes = ends + i64::try_from(CLOSES_AFTER.as_millis()).unwrap();
    assert_eq!(world.due(&id).await, Some(closes));
    let kept = closes + i64::try_from(KEPT.as_millis()).unwrap();
    assert_eq!(ends_at(names.trail(id.shard(), id.as_str())).await, kept);
    // Neither a resend nor a repeated key opens a second one.
    world.request("mike@example.com", 1, Some(&id), Some("k")).await;
    world.request("mike@example.com", 1, Some(&id), Some("k")).await;
    let closings: i64 = world.store.client().zcard(names.closing(id.shard())).await.unwrap();
    assert_eq!((closings, world.due(&id).await), (1, Some(closes)));
    assert_eq!(counts(&world.rows(&id).await), [(Kind::Requested, 1), (Kind::Requested, 1)]);
}

#[tokio::test]
async fn news_bring_the_worker_at_once() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    world.bind(&id, "f").await.unwrap();
    let far = world.due(&id).await.unwrap();
    mark_sent(&world.store, &id, 1, Mailed::Code).await.unwrap();
    assert!(world.due(&id).await.unwrap() <= world.store.now().await.unwrap(), "a mail");
    let closing = world.store.names().closing(id.shard());
    let entry = (far as f64, id.as_str());
    world.store.client().zadd::<(), _, _>(closing, None, None, false, false, entry).await.unwrap();
    world.take(&id).await.unwrap();
    assert_eq!(world.due(&id).await, Some(far), "wrong codes are counted to the end");
    world.verified(&id).await;
    assert!(world.due(&id).await.unwrap() <= world.store.now().await.unwrap(), "a right code");
}

#[tokio::test]
async fn what_is_not_there_gets_no_trail() {
    let world = World::new().await;
    let nothing = ChallengeId::new(crate::keys::Shard(0), [9; 16]);
    assert!(world.take(&nothing).await.is_none());
    mark_sent(&world.store, &nothing, 1, Mailed::Code).await.unwrap();
    assert!(world.trail(&nothing).await.is_empty());
    assert_eq!(world.due(&nothing).await, None);

    // A challenge of a program of an older version, which knows no trail, goes on without one.
    let id = world.opened("mike@example.com").await;
    world.store.client().del::<(), _>(world.store.names().trail(id.shard(), id.as_str())).await.unwrap();
    world.bind(&id, "f").await.unwrap();
    mark_sent(&world.store, &id, 1, Mailed::Code).await.unwrap();
    world.take(&id).await.unwrap();
    let token = world.verified(&id).await;
    let Hold::Held(held) = world.hold(&token, "h").await else { panic!("held") };
    held.release(&world.store, Some((RefusedFor::Password, &origin()))).await.unwrap();
    assert!(world.trail(&id).await.is_empty());
}

#[tokio::test]
async fn what_a_second_factor_refuses_leaves_its_own_trail_and_counts_unless_a_policy_refuses_it() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    mark_sent(&world.store, &id, 1, Mailed::WhomToAsk).await.unwrap();
    assert_eq!(read(&world.store, &id).await.unwrap().unwrap().sent, [1], "its job is done");
    assert!(world.due(&id).await.unwrap() <= world.store.now().await.unwrap(), "it is news");
    world.bind(&id, "f").await.unwrap();
    let token = world.verified(&id).await;
    let refused = [vec![RefusedFor::Policy; 20], vec![RefusedFor::SecondFactor; usize::from(token::REFUSALS)]].concat();
    for what in refused {
        let Hold::Held(held) = world.hold(&token, "h").await else { panic!("{what:?}: held") };
        held.release(&world.store, Some((what, &origin()))).await.unwrap();
    }
    assert!(matches!(world.hold(&token, "h").await, Hold::Rejected), "statements end it as passwords do");
    let rows = world.rows(&id).await;
    let refused = rows.iter().filter(|row| row.kind == Kind::Refused).map(|row| (row.reason.unwrap(), row.times));
    assert_eq!(refused.collect::<Vec<_>>(), [(Reason::SecondFactor, 1), (Reason::SecondFactor, 30)]);
    assert!(rows.iter().all(|row| row.kind != Kind::Mailed), "no code was mailed");
}

#[tokio::test]
async fn codes_after_the_last_try_are_counted_as_well() {
    let world = World::new().await;
    let id = world.opened("mike@example.com").await;
    futures_join((0..20).map(|_| world.take(&id))).await;
    assert_eq!(counts(&world.rows(&id).await), [(Kind::Requested, 1), (Kind::Rejected, 20)]);
}

#[tokio::test]
async fn where_there_are_as_many_trails_as_may_be_a_new_one_is_refused_and_an_old_one_stays() {
    let world = World::new().await;
    let first = world.opened("mike@example.com").await;
    let closing = world.store.names().closing(first.shard());
    // In parts, each of which a busy machine does in time.
    let fill = "for i = ARGV[1], ARGV[2] do redis.call('ZADD', KEYS[1], i, 'other ' .. i) end return 1";
    for from in (2..=MOST).step_by(5_000) {
        let to = (from + 4_999).min(MOST);
        let words = vec![fill.to_owned(), "1".into(), closing.clone(), from.to_string(), to.to_string()];
        world.store.client().custom::<i64, _>(fred::cmd!("EVAL"), words).await.unwrap();
    }
    let count = async || -> i64 { world.store.client().zcard(&closing).await.unwrap() };
    assert_eq!(count().await, i64::from(MOST));

    let opened = world.request("anna@example.com", 1, None, None).await;
    assert!(matches!(opened, Opened::Open { untold: true, .. }), "{opened:?}");
    let second = id_of(&opened);
    assert!(world.trail(&second).await.is_empty() && world.due(&second).await.is_none());
    assert_eq!((count().await, counts(&world.rows(&first).await)), (i64::from(MOST), vec![(Kind::Requested, 1)]));
    // Apart from that it is a challenge like any other.
    world.bind(&second, "f").await.unwrap();
    mark_sent(&world.store, &second, 1, Mailed::Code).await.unwrap();
    world.take(&second).await.unwrap();
    world.verified(&second).await;
    assert!(world.trail(&second).await.is_empty() && world.due(&second).await.is_none());

    world.store.client().zrem::<(), _, _>(&closing, "other 2").await.unwrap();
    let opened = world.request("eve@example.com", 1, None, None).await;
    assert!(matches!(opened, Opened::Open { untold: false, .. }), "{opened:?}");
    assert_eq!(counts(&world.rows(&id_of(&opened)).await), [(Kind::Requested, 1)]);
}
