//! Another number of shards, while jobs wait.

use std::time::Duration;

use e2e::server::redis::{Recipe, Redis};
use e2e::{Secret, System, eventually};

fn address(n: usize) -> String {
    format!("user-{n}@example.com")
}

async fn system() -> System {
    let builder = System::builder().env("REKEY_LIMITS_ENABLED", "false").env("REKEY_REDIS_SHARDS", "1");
    let system = builder.start().await;
    for n in 0..12 {
        let row = format!("INSERT INTO account (email, session_epoch, created_at) VALUES ('{}', 0, 0)", address(n));
        system.sql().await.run(&row).await;
    }
    system
}

fn set(system: &System, count: &str) -> e2e::process::Ran {
    system.run("rekey-worker", &["shards", "set", count], b"")
}

/// Jobs that wait in a shard.
async fn waiting(system: &System, shard: usize) -> i64 {
    system.redis.call(&["LLEN", &format!("{{rekey:{shard}}}:ready")]).await.int()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_shards_lose_neither_jobs_nor_codes_that_were_there() {
    let mut system = system().await;
    let token = system.token(&address(0), 1).await;
    system.worker().stop();
    let mut asked = Vec::new();
    for n in 1..8 {
        asked.push((n, system.request(&address(n)).await.expect_status(202).challenge_id()));
    }
    let ran = set(&system, "4");
    assert!(ran.success, "{}", ran.stderr);
    // Who still runs, or starts, with the old number is told by name.
    let ended = eventually("the API ends", Duration::from_secs(60), async || system.api().ended()).await;
    assert!(!ended.success());
    assert!(system.log("rekey-api").contains("REKEY_REDIS_SHARDS"));
    let again = set(&system, "8");
    assert!(!again.success && again.stderr.contains("REKEY_REDIS_SHARDS"), "{}", again.stderr);
    let check = system.run("rekey-worker", &["jobs", "check"], b"");
    assert!(!check.success && check.stderr.contains("REKEY_REDIS_SHARDS"), "it sees a part only: {}", check.stderr);
    system.set("REKEY_REDIS_SHARDS", "4");
    system.start_api(true).await;
    for n in 8..12 {
        asked.push((n, system.request(&address(n)).await.expect_status(202).challenge_id()));
    }
    let mut lying = Vec::new();
    for shard in 0..4 {
        lying.push(waiting(&system, shard).await);
    }
    assert!(lying[0] >= 7 && lying.iter().sum::<i64>() == 11, "old jobs stay where they are: {lying:?}");
    system.start_worker(true).await;
    for (n, challenge_id) in asked {
        let mail = system.smtp.wait_within(Duration::from_secs(30), &address(n), 1).await;
        assert_eq!(mail.challenge_id(), challenge_id);
        system.verify(&challenge_id, &mail.code()).await.expect_status(200);
    }
    system.confirm(&token, &Secret::password()).await.expect_status(204);
    let _ = system.smtp.wait_within(Duration::from_secs(30), &address(0), 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fewer_shards_are_refused_while_one_that_goes_has_jobs() {
    let mut system = system().await;
    system.api().stop();
    system.worker().stop();
    assert!(set(&system, "4").success);
    system.set("REKEY_REDIS_SHARDS", "4");
    system.start_api(true).await;
    let mut lying = [0; 4];
    for n in 0..12 {
        system.request(&address(n)).await.expect_status(202);
    }
    for (shard, jobs) in lying.iter_mut().enumerate() {
        *jobs = waiting(&system, shard).await;
    }
    assert!(lying[1..].iter().sum::<i64>() > 0, "the addresses spread: {lying:?}");
    let refused = set(&system, "1");
    assert!(!refused.success && refused.stderr.contains("still has jobs"), "{}", refused.stderr);
    let shown = system.run("rekey-worker", &["shards", "show"], b"");
    assert!(shown.stdout.contains("4 shards") && shown.stdout.contains(&format!("shard 3: {} waiting", lying[3])));
    // The API stops, the workers finish, and then it is taken.
    system.api().stop();
    system.start_worker(true).await;
    let done = eventually("nothing is left to do", Duration::from_secs(30), async || {
        let ran = system.run("rekey-worker", &["shards", "set", "1", "--wait", "1s"], b"");
        ran.success.then_some(ran)
    });
    assert!(done.await.stdout.contains("REKEY_REDIS_SHARDS=1"));
    for n in 0..12 {
        let _ = system.smtp.wait_within(Duration::from_secs(30), &address(n), 1).await;
    }
    system.worker().stop();
    system.set("REKEY_REDIS_SHARDS", "1");
    system.start_api(true).await;
    system.start_worker(true).await;
    let _ = system.mailed(&address(0), 2).await;
}

/// A primary that has no replica left takes no writes, if told so: better no answer than one that a failover forgets.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_must_have_replicas_and_has_none_is_unavailable() {
    let user = address(0);
    let builder = System::builder().account(&user, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
    let system = builder.redis(Redis::by(Recipe::default()).await).start().await;
    system.redis.call(&["CONFIG", "SET", "min-replicas-to-write", "1"]).await;
    let refused = system.request(&user).await;
    refused.is_problem(503, "unavailable");
    assert!(refused.header("Retry-After").is_some());
    system.redis.call(&["CONFIG", "SET", "min-replicas-to-write", "0"]).await;
    let _ = system.mailed(&user, 1).await;
}
