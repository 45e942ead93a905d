//! What one request costs: one round trip to Redis, and nothing to the database.

use e2e::server::postgres::Postgres;
use e2e::{Kind, Secret, System};

const USER: &str = "user@example.com";

/// The commands that clients sent, without those that scripts ran in turn. A line of MONITOR reads
/// `1700000000.000000 [0 127.0.0.1:50000] "EVALSHA" …`, and `[0 lua]` inside of scripts.
fn sent(lines: &[String]) -> Vec<String> {
    let commands = lines.iter().filter(|line| !line.contains("[0 lua]"));
    commands.filter_map(|line| line.split('"').nth(1).map(str::to_uppercase)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r2_a_request_does_one_round_trip_to_redis_and_no_work_in_the_database() {
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let builder = System::builder().database_at(Kind::Postgres, postgres.url()).without_worker();
    let builder = builder.account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
    let system = builder.start().await;
    // The first loads the script.
    system.request(USER).await.expect_status(202);

    let statements = || {
        let log = postgres.log();
        log.matches("LOG:  statement: ").count() + log.matches("LOG:  execute ").count()
    };
    let mut monitor = system.redis.monitor().await;
    let before = statements();
    for n in 0..20 {
        let address = if n % 2 == 0 { USER.to_owned() } else { format!("nobody{n}@example.com") };
        system.request(&address).await.expect_status(202);
    }
    let commands = sent(&monitor.so_far(&system.redis).await);
    assert_eq!(commands, ["EVALSHA"; 20], "one script a request");
    assert!(before > 0, "statements are logged");
    assert_eq!(statements(), before, "no statement reached the database");

    // And to be quite sure: it is not even there.
    postgres.stop();
    for n in 20..40 {
        system.request(&format!("nobody{n}@example.com")).await.expect_status(202);
    }
}
