//! Another server takes over, by Sentinels or in a Cluster, and slots move, while requests come in.

use std::time::{Duration, Instant};

use e2e::measured::{back_after, say};
use e2e::server::redis::{Cluster, Recipe, Sentinels};
use e2e::{Load, System, eventually};

use crate::{count, load};

async fn system(url: &str, shards: &str) -> System {
    let builder = System::builder().env("REKEY_LIMITS_ENABLED", "false").env("REKEY_REDIS_URL", url);
    builder.env("REKEY_REDIS_SHARDS", shards).start().await
}

/// What was answered long enough before the loss is with the replica by then; what came after it is with the new
/// primary. Of what lies between some may be lost.
async fn check(what: &str, system: &System, load: Load, killed: Instant) {
    load.taken(count(20, 400)).await;
    let asked = load.stop().await;
    assert!(asked.iter().all(|asked| asked.status == 202 || asked.retry_after), "each refusal says when to come again");
    let taken = asked.into_iter().filter(|asked| asked.status == 202);
    let (last_second, rest): (Vec<_>, Vec<_>) =
        taken.partition(|asked| asked.at < killed && killed - asked.at < Duration::from_secs(1));
    assert!(rest.iter().any(|asked| asked.at < killed), "some asked long enough before");
    system.all_arrive(&rest).await;
    let counts = system.smtp.counts();
    let lost = last_second.iter().filter(|asked| !counts.contains_key(&asked.address)).count();
    say(&format!(
        "{what}: of {} jobs of the last second {lost} have not arrived, of {} others none",
        last_second.len(),
        rest.len()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failover_by_sentinels_under_load() {
    let mut group = Sentinels::start(Recipe::default()).await;
    let system = system(&group.url(), "1").await;
    let load = load(&system).await;
    load.taken(count(100, 2_000)).await;
    group.servers[0].kill();
    let killed = Instant::now();
    let primary = eventually("another primary is chosen", Duration::from_secs(60), async || {
        let primary = group.primary().await?;
        (primary != 0 && group.servers[primary].info("role").await == "master").then_some(primary)
    })
    .await;
    back_after("failover by Sentinels", load.taken_after(Instant::now()).await);
    // The old primary comes back, and is a replica from then on.
    group.servers[0].start_again().await;
    eventually("it follows the new one", Duration::from_secs(60), async || {
        (group.servers[0].info("role").await == "slave").then_some(())
    })
    .await;
    check("failover by Sentinels", &system, load, killed).await;
    assert_eq!(group.primary().await, Some(primary));
}

/// It is not gone, it only does not answer: no connection ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_hangs_is_replaced_by_sentinels() {
    let group = Sentinels::start(Recipe::default()).await;
    let system = system(&group.url(), "1").await;
    let load = load(&system).await;
    load.taken(count(100, 2_000)).await;
    group.servers[0].process().freeze();
    let frozen = Instant::now();
    eventually("another primary is chosen", Duration::from_secs(60), async || {
        (group.primary().await? != 0).then_some(())
    })
    .await;
    back_after("a hanging primary", load.taken_after(Instant::now()).await);
    group.servers[0].process().thaw();
    eventually("it follows the new one", Duration::from_secs(60), async || {
        (group.servers[0].info("role").await == "slave").then_some(())
    })
    .await;
    check("a hanging primary", &system, load, frozen).await;
}

/// A client learns of other Sentinels and forgets the one that it asked: when these are gone, it goes by the URL again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_sentinel_is_found_whoever_was_asked_before() {
    let mut group = Sentinels::start(Recipe::default()).await;
    let system = system(&group.url(), "1").await;
    let load = load(&system).await;
    load.taken(count(10, 200)).await;
    // Whom it asks first by this URL; the two that it learnt of end. Nobody agrees to a failover then, so the primary
    // stays who it is.
    for learnt in [0, 2] {
        group.kill_sentinel(learnt);
    }
    group.servers[0].kill();
    group.servers[0].start_again().await;
    back_after("the last Sentinel", load.taken_after(Instant::now()).await);
    system.all_arrive(&load.stop().await).await;
}

/// The old primary goes on as a replica.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_became_a_replica_is_left_for_the_new_one() {
    let group = Sentinels::start(Recipe::default()).await;
    let system = system(&group.url(), "1").await;
    let load = load(&system).await;
    load.taken(count(100, 2_000)).await;
    let asked_for = Instant::now();
    group.fail_over().await;
    eventually("another primary is chosen", Duration::from_secs(60), async || {
        let primary = group.primary().await?;
        (primary != 0 && group.servers[primary].info("role").await == "master").then_some(())
    })
    .await;
    back_after("failover by hand", load.taken_after(Instant::now()).await);
    check("failover by hand", &system, load, asked_for).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_of_a_cluster_killed_under_load() {
    let mut cluster = Cluster::start(Recipe::default()).await;
    let system = system(&cluster.url(), "4").await;
    let load = load(&system).await;
    load.taken(count(100, 2_000)).await;
    let victim = cluster.primary_of("{rekey:0}:ready").await;
    cluster.nodes[victim].kill();
    let killed = Instant::now();
    let replica = eventually("its replica stands in", Duration::from_secs(60), async || {
        let now = cluster.primary_of("{rekey:0}:ready").await;
        (now != victim).then_some(now)
    })
    .await;
    assert_eq!(replica, victim + 3);
    back_after("a node killed", load.taken_after(Instant::now()).await);
    cluster.nodes[victim].start_again().await;
    cluster.is_whole().await;
    check("a node killed", &system, load, killed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_of_a_cluster_that_hangs_is_replaced() {
    let cluster = Cluster::start(Recipe::default()).await;
    let system = system(&cluster.url(), "4").await;
    let load = load(&system).await;
    load.taken(count(100, 2_000)).await;
    let victim = cluster.primary_of("{rekey:0}:ready").await;
    cluster.nodes[victim].process().freeze();
    let frozen = Instant::now();
    let replica = &cluster.nodes[victim + 3];
    eventually("its replica stands in", Duration::from_secs(60), async || {
        (replica.info("role").await == "master").then_some(())
    })
    .await;
    back_after("a hanging node", load.taken_after(Instant::now()).await);
    // Every shard is served, not only those that are elsewhere.
    load.taken(count(60, 1_200)).await;
    cluster.nodes[victim].process().thaw();
    cluster.is_whole().await;
    check("a hanging node", &system, load, frozen).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_that_moves_under_load() {
    let cluster = Cluster::start(Recipe::default()).await;
    let system = system(&cluster.url(), "4").await;
    let load = load(&system).await;
    load.taken(count(20, 400)).await;
    for shard in 0..4 {
        let key = format!("{{rekey:{shard}}}:ready");
        let to = (cluster.primary_of(&key).await + 1) % 3;
        let moving = cluster.begin_moving(&key, to).await;
        // Some of the shard's keys are here and some there, so its scripts are answered with TRYAGAIN or ASK; the other
        // shards go on.
        cluster.move_keys(&moving, 3).await;
        load.taken(count(10, 200)).await;
        cluster.finish_moving(moving).await;
        back_after(&format!("slot of shard {shard} moved"), load.taken_after(Instant::now()).await);
        load.taken(count(10, 200)).await;
    }
    let asked = load.stop().await;
    assert!(asked.iter().all(|asked| asked.status == 202 || asked.retry_after), "each refusal says when to come again");
    // Nothing died on the way, so nothing may be lost.
    system.all_arrive(&asked).await;
    assert!(system.smtp.counts().values().all(|mails| *mails == 1), "nobody got two mails");
    say(&format!("slots moved: of {} jobs none was lost, none came twice", asked.len()));
    for program in ["rekey-api", "rekey-worker"] {
        assert!(!system.log(program).contains("Redis is silent"), "{program} had to make its connection anew");
    }
}
