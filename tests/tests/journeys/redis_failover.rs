//! Another server takes over, by Sentinels or in a Cluster, and slots move, while requests come in.

use std::time::{Duration, Instant};

use e2e::server::redis::{Cluster, Recipe, Sentinels};
use e2e::{Load, System, eventually};

/// Three times the ten seconds that are promised: the machine does much else at the same time.
const BACK_WITHIN: Duration = Duration::from_secs(30);

fn note(what: &str, took: Duration) {
    println!("{what}: requests were taken again after {took:?}");
    assert!(took < BACK_WITHIN, "{what}: back after {took:?}");
}

async fn system(url: &str, shards: &str) -> System {
    let builder = System::builder().env("REKEY_LIMITS_ENABLED", "false").env("REKEY_REDIS_URL", url);
    builder.env("REKEY_REDIS_SHARDS", shards).start().await
}

/// What was answered long enough before the loss is with the replica by then; what came after it is with the new
/// primary. Of what lies between some may be lost.
async fn check(what: &str, system: &System, load: Load, killed: Instant) {
    load.taken(20).await;
    let asked = load.stop().await;
    assert!(asked.iter().all(|asked| asked.status == 202 || asked.retry_after), "each refusal says when to come again");
    let taken = asked.into_iter().filter(|asked| asked.status == 202);
    let (last_second, rest): (Vec<_>, Vec<_>) =
        taken.partition(|asked| asked.at < killed && killed - asked.at < Duration::from_secs(1));
    system.all_arrive(&rest).await;
    let lost = last_second.iter().filter(|asked| system.smtp.mails_to(&asked.address).is_empty()).count();
    println!(
        "{what}: of {} jobs of the last second {lost} have not arrived, of {} others none",
        last_second.len(),
        rest.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failover_by_sentinels_under_load() {
    let mut group = Sentinels::start(Recipe::default()).await;
    let system = system(&group.url(), "1").await;
    let load = Load::start(&system, 3_000).await;
    load.taken(40).await;
    group.servers[0].kill();
    let killed = Instant::now();
    let primary = eventually("another primary is chosen", Duration::from_secs(60), async || {
        let primary = group.primary().await?;
        (primary != 0 && group.servers[primary].info("role").await == "master").then_some(primary)
    })
    .await;
    note("failover by Sentinels", load.taken_after(Instant::now()).await);
    // The old primary comes back, and is a replica from then on.
    group.servers[0].start_again().await;
    eventually("it follows the new one", Duration::from_secs(60), async || {
        (group.servers[0].info("role").await == "slave").then_some(())
    })
    .await;
    check("failover by Sentinels", &system, load, killed).await;
    assert_eq!(group.primary().await, Some(primary));
}

/// The old primary goes on as a replica.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_became_a_replica_is_left_for_the_new_one() {
    let group = Sentinels::start(Recipe::default()).await;
    let system = system(&group.url(), "1").await;
    let load = Load::start(&system, 3_000).await;
    load.taken(20).await;
    let asked_for = Instant::now();
    group.fail_over().await;
    eventually("another primary is chosen", Duration::from_secs(60), async || {
        let primary = group.primary().await?;
        (primary != 0 && group.servers[primary].info("role").await == "master").then_some(())
    })
    .await;
    note("failover by hand", load.taken_after(Instant::now()).await);
    check("failover by hand", &system, load, asked_for).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_of_a_cluster_killed_under_load() {
    let mut cluster = Cluster::start(Recipe::default()).await;
    let system = system(&cluster.url(), "4").await;
    let load = Load::start(&system, 3_000).await;
    load.taken(40).await;
    let victim = cluster.primary_of("{rekey:0}:ready").await;
    cluster.nodes[victim].kill();
    let killed = Instant::now();
    let replica = eventually("its replica stands in", Duration::from_secs(60), async || {
        let now = cluster.primary_of("{rekey:0}:ready").await;
        (now != victim).then_some(now)
    })
    .await;
    assert_eq!(replica, victim + 3);
    note("a node killed", load.taken_after(Instant::now()).await);
    cluster.nodes[victim].start_again().await;
    cluster.is_whole().await;
    check("a node killed", &system, load, killed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_that_moves_under_load() {
    let cluster = Cluster::start(Recipe::default()).await;
    let system = system(&cluster.url(), "4").await;
    let load = Load::start(&system, 3_000).await;
    load.taken(20).await;
    for shard in 0..4 {
        let key = format!("{{rekey:{shard}}}:ready");
        let to = (cluster.primary_of(&key).await + 1) % 3;
        let moving = cluster.begin_moving(&key, to).await;
        // Some of the shard's keys are here and some there, so its scripts are answered with TRYAGAIN or ASK; the other
        // shards go on.
        cluster.move_keys(&moving, 3).await;
        load.taken(10).await;
        cluster.finish_moving(moving).await;
        note(&format!("slot of shard {shard} moved"), load.taken_after(Instant::now()).await);
        load.taken(10).await;
    }
    let asked = load.stop().await;
    assert!(asked.iter().all(|asked| asked.status == 202 || asked.retry_after), "each refusal says when to come again");
    // Nothing died on the way, so nothing may be lost.
    system.all_arrive(&asked).await;
    for asked in &asked {
        assert!(system.smtp.mails_to(&asked.address).len() <= 1, "nobody got two mails");
    }
}
