//! Redis as people run it: a whole reset on each kind.

use std::time::Duration;

use e2e::server::redis::{Cluster, Recipe, Redis, Sentinels};
use e2e::{Builder, Request, Secret, System, eventually};

const USER: &str = "user@example.com";

fn builder() -> Builder {
    System::builder().account(USER, &Secret::password())
}

/// From the request to the notice.
async fn whole_reset(system: &System) {
    let new = Secret::password();
    let token = system.token(USER, 1).await;
    system.confirm(&token, &new).await.expect_status(204);
    assert!(system.verify_account(USER, &new));
    let _ = system.smtp.wait_within(Duration::from_secs(30), USER, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_on_a_redis_with_a_password() {
    let redis = Redis::by(Recipe::default().password(&Secret::password())).await;
    whole_reset(&builder().redis(redis).start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_told_and_mended_without_a_restart() {
    let redis = Redis::by(Recipe::default().password(&Secret::password())).await;
    let wrong = format!("redis://:{}@{}", Secret::password().expose(), redis.address());
    let builder = builder().redis(redis).env("REKEY_REDIS_URL", &wrong).without_api().without_worker();
    let mut system = builder.start().await;
    system.start_api(false).await;
    system.request(USER).await.is_problem(503, "unavailable");
    eventually("the log tells why", Duration::from_secs(20), async || {
        system.log("rekey-api").contains("WRONGPASS").then_some(())
    })
    .await;
    let password = wrong.trim_start_matches("redis://:").split('@').next().expect("it was written above").to_owned();
    assert!(!system.log("rekey-api").contains(&password));
    system.redis.call(&["CONFIG", "SET", "requirepass", &password]).await;
    eventually("the API gets in", Duration::from_secs(30), async || {
        (system.request(USER).await.status == 202).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_on_a_redis_with_tls_and_an_authority_of_its_own() {
    let redis = Redis::by(Recipe::default().password(&Secret::password()).tls()).await;
    let authority = redis.authority().to_str().expect("a path of ours").to_owned();
    let system = builder().redis(redis).env("REKEY_REDIS_CA_FILE", &authority).start().await;
    whole_reset(&system).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_for_which_nobody_vouches_is_not_spoken_to() {
    let redis = Redis::by(Recipe::default().tls()).await;
    let mut system = builder().redis(redis).without_api().without_worker().start().await;
    let mut monitor = system.redis.monitor().await;
    system.start_api(false).await;
    system.request(USER).await.is_problem(503, "unavailable");
    eventually("the log tells why", Duration::from_secs(20), async || {
        system.log("rekey-api").contains("InvalidCertificate").then_some(())
    })
    .await;
    assert_eq!(monitor.so_far(&system.redis).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_by_sentinels() {
    let group = Sentinels::start(Recipe::default().password(&Secret::password())).await;
    let system = builder().env("REKEY_REDIS_URL", &group.url()).start().await;
    whole_reset(&system).await;
    assert!(!group.servers[0].keys().await.is_empty(), "that is where it went");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn resets_by_sentinels_and_on_a_cluster_with_tls() {
    let recipe = Recipe::default().password(&Secret::password()).tls();
    let group = Sentinels::start(recipe.clone()).await;
    let authority = group.servers[0].authority().to_str().expect("a path of ours").to_owned();
    let with = |url: &str| builder().env("REKEY_REDIS_URL", url).env("REKEY_REDIS_CA_FILE", &authority);
    whole_reset(&with(&group.url()).start().await).await;
    assert!(!group.servers[0].keys().await.is_empty(), "that is where it went");
    let cluster = Cluster::start(recipe).await;
    whole_reset(&with(&cluster.url()).env("REKEY_REDIS_SHARDS", "2").start().await).await;
    assert_eq!(cluster.call(&["GET", "rekey:shards"]).await.text(), "2");
}

/// Each address lies in a shard, and its challenge, limits and jobs with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn resets_on_every_shard_of_a_cluster() {
    let cluster = Cluster::start(Recipe::default()).await;
    let builder = builder().env("REKEY_REDIS_URL", &cluster.url()).env("REKEY_REDIS_SHARDS", "4");
    let system = builder.patient_with_clients().start().await;
    whole_reset(&system).await;
    let users: Vec<String> = (0..12).map(|n| format!("user-{n}@example.com")).collect();
    for user in &users {
        system
            .sql()
            .await
            .run(&format!("INSERT INTO account (email, session_epoch, created_at) VALUES ('{user}', 0, 0)"))
            .await;
        let token = system.token(user, 1).await;
        system.confirm(&token, &Secret::password()).await.expect_status(204);
        let _ = system.smtp.wait_within(Duration::from_secs(30), user, 2).await;
    }
    for shard in 0..4 {
        let done = cluster.call(&["HGET", &format!("{{rekey:{shard}}}:stats"), "done"]).await;
        assert!(done.int() >= 2, "shard {shard} did a code and a notice at least");
    }
    let told = system.run("rekey-api", &["limits", "show", USER], b"");
    assert!(told.success, "{}", told.stderr);
}

/// The bucket of a client lies in a slot of its own, and still bounds it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r50_a_client_is_bounded_on_a_cluster_as_well() {
    let cluster = Cluster::start(Recipe::default()).await;
    let builder = builder().env("REKEY_REDIS_URL", &cluster.url()).env("REKEY_REDIS_SHARDS", "4");
    let system = builder.env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "3").start().await;
    for n in 0..3 {
        system.request(&format!("nobody-{n}@example.com")).await.expect_status(202);
    }
    system.request("nobody-3@example.com").await.is_problem(429, "rate_limited");
}

/// It is read without the right to CONFIG.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_may_throw_things_away_is_warned_of() {
    let recipe = Recipe::default().set("maxmemory", "100mb").set("maxmemory-policy", "allkeys-lru");
    let password = Secret::password();
    let rules = format!("user plain on >{} ~* &* +@all -config", password.expose());
    let redis = Redis::by(recipe.users(&rules).login("plain", &password)).await;
    let system = builder().redis(redis).start().await;
    for (program, listener) in [("rekey-api", system.internal()), ("rekey-worker", system.worker_internal())] {
        eventually("it warns by the policy's name", Duration::from_secs(20), async || {
            let log = system.log(program);
            let warning = log.lines().find(|line| line.contains("noeviction") && line.contains("WARN"))?;
            warning.contains("allkeys-lru").then_some(())
        })
        .await;
        let ready = listener.send(&Request::new("GET", "/readyz")).await.expect_status(200);
        assert_eq!(ready.json()["redis_evicts"], "allkeys-lru", "{program}");
    }
    let fine = builder().start().await;
    // A job is done after the worker has looked.
    let _ = fine.mailed(USER, 1).await;
    assert!(!fine.log("rekey-api").contains("noeviction") && !fine.log("rekey-worker").contains("noeviction"));
    let ready = fine.internal().send(&Request::new("GET", "/readyz")).await.expect_status(200);
    assert!(ready.json()["redis_evicts"].is_null());
}
