//! Workers of two versions at once. Redis knows a script by its hash, so each runs its own; what they share are the
//! records. `fixtures/scripts-0.1/` are the scripts of version 0.1, as they were.

use std::{collections::BTreeMap, slice::from_ref};

use entity::store::Script;
use fred::{
    interfaces::{HashesInterface, SortedSetsInterface},
    types::Value,
};

use crate::queue::{Policy, Queue, Redriven, Settled, State, Ticket, millis, testing::*};

macro_rules! old {
    ($name:ident, $file:literal) => {
        static $name: Script = Script::new(include_str!(concat!("../../../fixtures/scripts-0.1/", $file)));
    };
}

old!(CLAIM, "claim.lua");
old!(ACK, "ack.lua");
old!(RETRY, "retry.lua");
old!(RELEASE, "release.lua");
old!(REAP, "reap.lua");
old!(EXTEND, "extend.lua");
old!(BURY, "bury.lua");
old!(REDRIVE, "redrive.lua");

/// A worker of version 0.1.
struct Old {
    queue: Queue,
    turn: i64,
}

impl Old {
    fn new(redis: &Redis) -> Self {
        Self { queue: redis.queue(Policy::default()), turn: 0 }
    }

    async fn claim(&mut self, wanted: i64) -> Vec<Ticket> {
        self.turn += 1;
        let names = self.queue.store.names();
        let shard = self.queue.shard;
        // It knows no set of webhooks that wait.
        let mut keys = self.queue.keys[..8].to_vec();
        keys.extend([names.ready(shard), names.ready_notice(shard), names.ready_webhook(shard)]);
        keys.extend([names.claim(shard, "old"), names.claim(shard, "solo")]);
        let (turn, lease) = (self.turn, millis(self.queue.policy.lease));
        let mut args: Vec<Value> = vec![10_000.into(), 1_000_000_000.into(), wanted.into()];
        args.extend([turn.to_string().into(), "old".into(), lease.into(), turn.into(), 64.into(), 64.into(), 1.into()]);
        let answer = self.queue.store.run(&CLAIM, keys, args).await.unwrap().into_array();
        let ticket = |job: Value| {
            let fields = job.into_array();
            Ticket { id: fields[0].as_string().unwrap(), delivery: fields[1].as_i64().unwrap() }
        };
        answer[3].clone().into_array().into_iter().map(ticket).collect()
    }

    /// One of its other scripts, with a ticket between the arguments.
    async fn say(&self, script: &Script, before: Vec<Value>, ticket: &Ticket, after: Vec<Value>) -> Value {
        let mut args = before;
        args.extend([ticket.id.as_str().into(), ticket.delivery.into()]);
        args.extend(after);
        self.queue.run(script, args).await.unwrap()
    }
}

fn is_one(value: &Value) -> bool {
    value.as_i64() == Some(1) || value.clone().into_array().first().and_then(Value::as_i64) == Some(1)
}

/// Takes what is claimed away from its worker, and makes what waits for its time due.
async fn time_passes(redis: &Redis) {
    for set in ["leases", "delayed"] {
        let key = format!("{{rekey:0}}:{set}");
        let ids: Vec<String> = redis.store.client().zrange(&key, 0, -1, None, false, None, false).await.unwrap();
        for id in ids {
            let _: Value = redis.store.client().zadd(&key, None, None, false, false, (1.0, id)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn workers_of_two_versions_share_the_jobs() {
    let redis = Redis::start().await;
    let (mut old, mut new) = (Old::new(&redis), Asker::new(redis.queue(Policy::default()), "new"));
    for n in 0..40 {
        redis.push(["ready", "ready:notice"][n % 2], job(&format!("job-{n}"))).await;
    }
    let mut done = BTreeMap::new();
    for round in 0..400 {
        if done.len() == 40 {
            break;
        }
        // What one claims, the other one may settle: a record is read by whoever comes next.
        let tickets = if round % 2 == 0 {
            old.claim(4).await
        } else {
            new.claim(4).await.jobs.into_iter().map(|job| job.ticket).collect()
        };
        for (n, ticket) in tickets.into_iter().enumerate() {
            let by_old = (round / 2 + n) % 2 == 0;
            match (round + n) % 5 {
                0 if by_old => assert!(is_one(&old.say(&RETRY, vec![], &ticket, vec![0.into(), "x".into()]).await)),
                0 => assert_eq!(new.queue.retry(&ticket, std::time::Duration::ZERO, "x").await.unwrap(), Settled::Done),
                1 if by_old => assert!(is_one(&old.say(&RELEASE, vec![], &ticket, vec![]).await)),
                1 => assert_eq!(new.queue.release(&ticket).await.unwrap(), Settled::Done),
                2 if round < 20 => {
                    assert!(is_one(&old.say(&EXTEND, vec![30_000.into()], &ticket, vec![]).await));
                    time_passes(&redis).await;
                    let reaped = if by_old {
                        old.queue.run(&REAP, vec![10_000.into(), 1_000_000_000.into(), 3.into()]).await.unwrap();
                        true
                    } else {
                        new.queue.reap().await.unwrap().leases > 0
                    };
                    assert!(reaped);
                    break;
                }
                _ => {
                    let acked = if by_old {
                        is_one(&old.say(&ACK, vec![], &ticket, vec![]).await)
                    } else {
                        new.queue.ack(from_ref(&ticket)).await.unwrap() == [true]
                    };
                    assert!(acked);
                    *done.entry(ticket.id).or_insert(0) += 1;
                }
            }
        }
        redis.check_invariant().await;
        time_passes(&redis).await;
    }
    assert!(done.len() == 40 && done.values().all(|times| *times == 1), "each job is done once: {done:?}");
}

/// An older worker buries it; when all are upgraded, it is tried again by hand.
#[tokio::test]
async fn a_job_of_a_newer_version_waits_among_the_dead_for_a_newer_worker() {
    let redis = Redis::start().await;
    let newer = r#"{"v":2,"id":"newer","type":"password_reset.send_code","how":["it","likes"],"data":[]}"#;
    redis.push("ready", newer).await;
    let mut old = Old::new(&redis);
    let ticket = old.claim(1).await.remove(0);
    let limits = vec![10_000.into(), 1_000_000_000.into()];
    assert!(is_one(&old.say(&BURY, limits, &ticket, vec!["unknown_version".into()]).await));
    let mut new = Asker::new(redis.queue(Policy::default()), "new");
    let dead = new.queue.list(State::Dead, 10).await.unwrap();
    assert_eq!(dead[0].about.reason.as_deref(), Some("unknown_version"));
    assert_eq!(new.queue.redrive(&["newer".to_owned()]).await.unwrap(), [Redriven::Done]);
    let again = new.claim(1).await.jobs.remove(0);
    assert_eq!(again.bytes, newer.as_bytes(), "as it was pushed");
    assert_eq!(again.attempts, 0);
    assert_eq!(new.queue.ack(from_ref(&again.ticket)).await.unwrap(), [true]);
    redis.check_invariant().await;
}

/// Also where the older one is asked to try again what the newer one buried.
#[tokio::test]
async fn dead_letters_are_retried_by_either_version() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    let mut new = Asker::new(redis.queue(Policy::default()), "new");
    let ticket = new.claim(1).await.jobs.remove(0).ticket;
    assert!(new.queue.bury(&ticket, "smtp 550").await.unwrap());
    let mut old = Old::new(&redis);
    assert!(is_one(&old.queue.run(&REDRIVE, vec!["a".into()]).await.unwrap()));
    let ticket = old.claim(1).await.remove(0);
    assert_eq!(new.queue.ack(from_ref(&ticket)).await.unwrap(), [true]);
    redis.check_invariant().await;
}

/// What a build knows of a job that another one does not, and what was cut or broken.
#[tokio::test]
async fn records_with_missing_fields_stop_nobody() {
    let records = [
        "{}",
        r#"{"class":"ready"}"#,
        r#"{"delivery":7}"#,
        r#"{"delivery":7,"deliveries":null,"attempts":"3","lost":{},"solo":1,"class":9,"type":[],"expires_at":"x"}"#,
        r#"{"class":"later","delivery":7,"deliveries":1,"attempts":0,"lost":0,"solo":false,"unknown":{"a":[]}}"#,
        "[]",
        "7",
        "no JSON",
    ];
    for record in records {
        let redis = Redis::start().await;
        let policy = Policy { poison_after: 5, ..Policy::default() };
        let mut asker = Asker::new(redis.queue(policy), "w");
        let strip = async |redis: &Redis| {
            let _: Value = redis.store.client().hset("{rekey:0}:meta", [("a", record)]).await.unwrap();
        };
        redis.push("ready", job("a")).await;
        asker.claim(1).await;
        // Its worker is gone, and so is what it knew.
        strip(&redis).await;
        time_passes(&redis).await;
        assert_eq!(asker.queue.reap().await.unwrap().leases, 1, "{record}");
        redis.check_invariant().await;
        strip(&redis).await;
        let ticket = asker.claim(1).await.jobs.remove(0).ticket;
        assert_eq!(asker.queue.retry(&ticket, std::time::Duration::ZERO, "x").await.unwrap(), Settled::Done);
        strip(&redis).await;
        assert_eq!(asker.queue.list(State::Delayed, 9).await.unwrap().len(), 1, "{record}");
        time_passes(&redis).await;
        let ticket = asker.claim(1).await.jobs.remove(0).ticket;
        assert!(asker.queue.bury(&ticket, "x").await.unwrap());
        strip(&redis).await;
        assert_eq!(asker.queue.list(State::Dead, 9).await.unwrap().len(), 1, "{record}");
        assert_eq!(asker.queue.redrive(&["a".to_owned()]).await.unwrap(), [Redriven::Done], "{record}");
        let last = asker.claim(1).await.jobs.remove(0);
        assert_eq!(last.bytes, job("a"), "{record}");
        assert_eq!(asker.queue.ack(from_ref(&last.ticket)).await.unwrap(), [true], "{record}");
        redis.check_invariant().await;
    }
}
