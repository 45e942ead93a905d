//! What lies on a list and is no job, or the wrong one.

use entity::{
    queue::{self, Pushed},
    reset_event::Half,
};

use crate::queue::{Card, Policy, State, testing::*};

async fn bury(redis: &Redis, bytes: &[u8]) -> Card {
    redis.push("ready", bytes.to_vec()).await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert!(asker.claim(4).await.jobs.is_empty());
    let mut dead = asker.queue.list(State::Dead, 10).await.unwrap();
    assert_eq!(dead.len(), 1, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    redis.check_invariant().await;
    redis.command(&["FLUSHALL"]).await;
    dead.remove(0)
}

#[tokio::test]
async fn r65_what_is_no_job_is_buried_with_its_bytes_and_the_reason() {
    let redis = Redis::start().await;
    let long_id = job(&"x".repeat(65));
    let large = job(&"x".repeat(65_536));
    let deep = format!("{}{}", "[".repeat(2000), "]".repeat(2000));
    let nested = format!(r#"{{"id":"a","data":{}{}}}"#, "[".repeat(2000), "]".repeat(2000));
    let cases: [(&[u8], &str); 16] = [
        (b"", "undecodable"),
        (b"sendEmail_123456_a@b.de", "undecodable"),
        (b"{\"id\":", "undecodable"),
        (b"[]", "undecodable"),
        (b"[{\"id\":\"a\"}]", "undecodable"),
        (b"42", "undecodable"),
        (b"null", "undecodable"),
        (b"\xff\xfe\x00", "undecodable"),
        (deep.as_bytes(), "undecodable"),
        (nested.as_bytes(), "undecodable"),
        (b"{}", "invalid_id"),
        (br#"{"id":7}"#, "invalid_id"),
        (br#"{"id":""}"#, "invalid_id"),
        (br#"{"id":"a\r\nBcc: x"}"#, "invalid_id"),
        (long_id.as_bytes(), "invalid_id"),
        (large.as_bytes(), "too_large"),
    ];
    for (bytes, reason) in cases {
        let card = bury(&redis, bytes).await;
        assert_eq!(card.about.reason.as_deref(), Some(reason), "{:?}", String::from_utf8_lossy(bytes));
        assert_eq!(card.bytes, bytes);
        assert!(card.id.unwrap().starts_with("buried-"));
    }
}

#[tokio::test]
async fn an_id_of_64_octets_is_fine() {
    let redis = Redis::start().await;
    redis.push("ready", job(&"x".repeat(64))).await;
    assert_eq!(Asker::new(redis.queue(Policy::default()), "w").claim(1).await.jobs.len(), 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn one_bad_job_does_not_hold_up_its_batch() {
    let redis = Redis::start().await;
    for bytes in [job("a"), "garbage".into(), job("b"), "{}".into(), job("c")] {
        redis.push("ready", bytes).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(ids(&asker.claim(3).await), ["a", "b", "c"]);
    assert_eq!(redis.stat("buried").await, 2);
    redis.check_invariant().await;
}

#[tokio::test]
async fn the_same_garbage_twice_is_one_dead_letter_and_counted() {
    let redis = Redis::start().await;
    redis.push("ready", "garbage").await;
    redis.push("ready", "garbage").await;
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    asker.claim(4).await;
    assert_eq!(asker.queue.list(State::Dead, 10).await.unwrap().len(), 1);
    assert_eq!(redis.stat("duplicates").await, 1);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_job_pushed_twice_runs_once_and_another_under_its_id_is_buried() {
    let redis = Redis::start().await;
    for bytes in [job("a"), job("a"), job_until("a", i64::from(u32::MAX) * 1000)] {
        redis.push("ready", bytes).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(ids(&asker.claim(4).await), ["a"]);
    assert_eq!(redis.stat("duplicates").await, 1);
    let dead = asker.queue.list(State::Dead, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].about.reason.as_deref(), Some("duplicate_id"));
    redis.check_invariant().await;
}

#[tokio::test]
async fn strange_ends_of_life_do_no_harm() {
    let redis = Redis::start().await;
    for (id, end) in [("text", "\"soon\""), ("null", "null"), ("far", "1e300"), ("nan", "nan"), ("list", "[1]")] {
        redis.push("ready", format!(r#"{{"id":"{id}","expires_at":{end}}}"#)).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let batch = asker.claim(8).await;
    assert_eq!(ids(&batch), ["text", "null", "far", "nan", "list"]);
    assert!(batch.jobs.iter().all(|job| job.expires_at.is_none()));
    redis.check_invariant().await;
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_claim_loses_nothing() {
    let redis = Redis::start().await;
    redis.push("ready", job("a")).await;
    redis.push("ready", "garbage").await;
    let mut asker = Asker::new(redis.queue(lost_at_once()), "w");
    // A key is made something else, so that the script fails before it wrote anything, or after the job's bytes.
    for key in ["stats", "dead", "leases"] {
        redis.command(&["SET", &format!("{{rekey:0}}:{key}"), "x"]).await;
        assert!(asker.try_claim(4).await.is_err(), "{key}");
        assert_eq!(redis.waiting("ready").await, 2, "trimmed last");
        redis.delete(key).await;
    }
    // And at the very end: the job was given, but nobody was told.
    redis.command(&["HSET", "{rekey:0}:stats", "claimed", "x"]).await;
    assert!(asker.try_claim(4).await.is_err());
    redis.command(&["HDEL", "{rekey:0}:stats", "claimed"]).await;
    until("its lease is over", async || redis.queue(Policy::default()).reap().await.unwrap().leases == 1).await;
    let batch = asker.claim(4).await;
    assert_eq!(ids(&batch), ["a"]);
    assert_eq!(batch.jobs[0].bytes, job("a"));
    assert_eq!(asker.queue.list(State::Dead, 10).await.unwrap()[0].bytes, "garbage");
    redis.check_invariant().await;
}

#[tokio::test]
async fn bytes_without_a_record_are_no_duplicate() {
    let redis = Redis::start().await;
    for (list, bytes) in [("ready", job("a")), ("ready", "garbage".into()), ("ready", job("b"))] {
        redis.push(list, bytes).await;
    }
    // As a claim leaves it that fails between the bytes and the lease; and other bytes under the same id.
    let garbage = "buried-78c67c126575c20c6b468447355e9bd20d221202";
    for (id, bytes) in [("a", job("a")), (garbage, "garbage".into()), ("b", job_until("b", 1_000))] {
        redis.command(&["HSET", "{rekey:0}:held", id, &bytes]).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(ids(&asker.claim(4).await), ["a", "b"]);
    let dead = asker.queue.list(State::Dead, 10).await.unwrap();
    assert_eq!((dead.len(), dead[0].id.as_deref()), (1, Some(garbage)));
    assert_eq!(redis.stat("duplicates").await, 0);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_notice_whose_job_was_lost_half_way_is_pushed_again() {
    let redis = Redis::start().await;
    let address = entity::email::Email::parse("ada@example.org").unwrap();
    let push = async || queue::push(&redis.store, Half::Notice, &address, cause("e1")).await.unwrap();
    redis.command(&["HSET", "{rekey:0}:held", "e1.notice", "x"]).await;
    assert_eq!(push().await, Pushed::Now);
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(ids(&asker.claim(4).await), ["e1.notice"]);
    assert_eq!(push().await, Pushed::Held, "it is with a worker");
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_list_that_is_not_served_does_not_grow_by_what_is_pushed_again() {
    let redis = Redis::start().await;
    let address = entity::email::Email::parse("ada@example.org").unwrap();
    let push = async |id| queue::push(&redis.store, Half::Webhook, &address, cause(id)).await.unwrap();
    assert_eq!(push("e1").await, Pushed::Now);
    assert_eq!((push("e1").await, push("e1").await), (Pushed::Waits, Pushed::Waits));
    assert_eq!((push("e2").await, redis.waiting("ready:webhook").await), (Pushed::Now, 2));
    let lives = redis.command(&["PTTL", "{rekey:0}:pushed:e1.webhook"]).await.as_i64().unwrap();
    assert!((3_500_000..=3_600_000).contains(&lives), "an hour, not {lives} ms");
    redis.delete("pushed:e1.webhook").await;
    assert_eq!(push("e1").await, Pushed::Now, "the hour is over");
    redis.command(&["FLUSHALL"]).await;
    assert_eq!(push("e1").await, Pushed::Now, "an emptied Redis knows of nothing");
}

#[tokio::test]
async fn a_job_that_was_taken_and_lost_is_pushed_again_within_the_hour() {
    let redis = Redis::start().await;
    let address = entity::email::Email::parse("ada@example.org").unwrap();
    let push = async || queue::push(&redis.store, Half::Webhook, &address, cause("e1")).await.unwrap();
    assert_eq!(push().await, Pushed::Now);
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    let ticket = asker.claim(4).await.jobs.remove(0).ticket;
    assert_eq!(push().await, Pushed::Held, "its record says it");
    asker.queue.retry(&ticket, std::time::Duration::ZERO, "x").await.unwrap();
    // A note of a push that its record made needless, as an older worker leaves it.
    redis.command(&["SET", "{rekey:0}:pushed:e1.webhook", ""]).await;
    redis.command(&["HDEL", "{rekey:0}:held", "e1.webhook"]).await;
    assert!(asker.claim(4).await.jobs.is_empty());
    assert_eq!(redis.stat("lost_bytes").await, 1);
    assert_eq!(push().await, Pushed::Now, "what is lost is brought again");
    assert_eq!(ids(&asker.claim(4).await), ["e1.webhook"]);
    // All of it gone, as after a failover that forgot the last writes.
    for words in [["HDEL", "{rekey:0}:held"], ["HDEL", "{rekey:0}:meta"], ["ZREM", "{rekey:0}:leases"]] {
        redis.command(&[words[0], words[1], "e1.webhook"]).await;
    }
    assert_eq!(push().await, Pushed::Now);
    redis.check_invariant().await;
}

#[tokio::test]
async fn a_strange_type_spoils_no_record() {
    let redis = Redis::start().await;
    let cut = format!("{}\u{e9}", "x".repeat(63));
    for (id, kind) in [("a", cut.as_str()), ("b", "\u{1b}[2J"), ("c", "fax.send")] {
        let bytes = serde_json::json!({ "id": id, "type": kind }).to_string();
        redis.push("ready", bytes).await;
    }
    let mut asker = Asker::new(redis.queue(Policy::default()), "w");
    assert_eq!(ids(&asker.claim(4).await), ["a", "b", "c"]);
    for (id, kind) in [("a", None), ("b", None), ("c", Some("fax.send"))] {
        let about = asker.queue.show(id).await.unwrap().unwrap().about;
        assert_eq!((about.kind.as_deref(), about.worker.as_deref()), (kind, Some("w")), "{id}");
    }
    redis.check_invariant().await;
}
