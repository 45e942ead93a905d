use entity::{
    database,
    reset_event::{self, Half},
};
use migration::up;
use sea_orm::DatabaseConnection;

use super::*;
use crate::queue::{Policy, testing::*};

async fn database(folder: &tempfile::TempDir) -> DatabaseConnection {
    let url = format!("sqlite://{}/db.sqlite?mode=rwc", folder.path().display());
    let database = database::connect(&database::Settings::parse(&url).unwrap()).await.unwrap();
    up(&database).await.unwrap();
    database
}

async fn lines(scrape: &Scrape) -> Vec<String> {
    scrape.tell(None).await.unwrap().1.lines().map(ToOwned::to_owned).collect()
}

fn has(lines: &[String], wanted: &str) -> bool {
    lines.iter().any(|line| line == wanted)
}

#[tokio::test]
async fn a_scrape_tells_what_lies_in_redis_and_in_the_outbox() {
    let redis = Redis::start_with_shards(2).await;
    let folder = tempfile::tempdir().unwrap();
    let database = database(&folder).await;
    for id in ["e1", "e2", "open"] {
        let row = format!(
            "INSERT INTO reset_event (id, account_id, kind, occurred_at, address_at_event, notice_done_at) \
             VALUES ('{id}', '1', 'password_reset', 1, 'ada@example.org', 1)"
        );
        sea_orm::ConnectionTrait::execute_unprepared(&database, &row).await.unwrap();
    }
    for id in ["e1", "e2"] {
        reset_event::give_up(&database, id, Half::Webhook, 1).await.unwrap();
    }
    let scrape = Scrape::new(&redis.store, &database);
    redis.push("ready", job("a")).await;
    redis.push("ready:notice", job("b")).await;
    redis.push("ready:notice", job("c")).await;
    let now = redis.now().await;
    for (at, id) in [(now - 5_000, "due"), (now + 600_000, "open")] {
        redis.command(&["ZADD", "{rekey:0}:closing", &at.to_string(), id]).await;
    }
    Asker::new(redis.queue(Policy::default()), "w").claim(1).await;
    let told = lines(&scrape).await;
    for wanted in [
        r#"rekey_up{part="redis"} 1"#,
        r#"rekey_up{part="database"} 1"#,
        r#"rekey_queue_held_jobs{shard="0",state="leased"} 1"#,
        r#"rekey_queue_held_jobs{shard="1",state="leased"} 0"#,
        r#"rekey_queue_waiting_jobs{shard="0",class="webhook"} 0"#,
        r#"rekey_queue_oldest_waiting_age_seconds{shard="1",class="ready"} 0.0"#,
        r#"rekey_queue_invariant_violations{shard="0"} 0"#,
        r#"rekey_queue_events_total{shard="0",event="claimed"} 1"#,
        r#"rekey_queue_events_total{shard="0",event="lost_bytes"} 0"#,
        r#"rekey_queue_due_jobs{shard="0",class="mail"} 0"#,
        r#"rekey_queue_overdue_seconds{shard="1",class="webhook"} 0.0"#,
        r#"rekey_audit_trails{shard="0"} 2"#,
        r#"rekey_audit_due_trails{shard="0"} 1"#,
        r#"rekey_audit_due_trails{shard="1"} 0"#,
        r#"rekey_audit_overdue_seconds{shard="1"} 0.0"#,
        r#"rekey_outbox_open_rows{half="notice"} 0"#,
        r#"rekey_outbox_oldest_open_age_seconds{half="webhook"} 0.0"#,
        r#"rekey_outbox_given_up_rows{half="notice"} 0"#,
        r#"rekey_outbox_given_up_rows{half="webhook"} 2"#,
    ] {
        assert!(has(&told, wanted), "{wanted} is missing in {told:#?}");
    }
    let expired = r#"rekey_audit_trails_dropped_total{reason="expired"} "#;
    assert!(told.iter().any(|line| line.starts_with(expired)), "a series that begins before the first one is dropped");
    let overdue = told.iter().find_map(|line| line.strip_prefix(r#"rekey_audit_overdue_seconds{shard="0"} "#));
    assert!(overdue.is_some_and(|age| (5.0..60.0).contains(&age.parse::<f64>().unwrap())), "{overdue:?}");
    let waiting = |class: &str| format!(r#"rekey_queue_waiting_jobs{{shard="0",class="{class}"}}"#);
    let sum: u64 = ["ready", "notice"]
        .iter()
        .filter_map(|class| told.iter().find_map(|line| line.strip_prefix(&waiting(class))))
        .map(|count| count.trim().parse::<u64>().unwrap())
        .sum();
    assert_eq!(sum, 2);
    let undated =
        told.iter().filter(|line| line.starts_with("rekey_queue_oldest_waiting_age_seconds{shard=\"0\"")).count();
    assert!(undated < 3, "a job that does not say when it was pushed has no age");
}

#[tokio::test]
async fn a_redis_that_hangs_is_told_as_down_and_the_rest_is_told() {
    let redis = Redis::start().await;
    let folder = tempfile::tempdir().unwrap();
    let scrape = Scrape::new(&redis.store, &database(&folder).await);
    redis.command(&["CLIENT", "PAUSE", "60000", "ALL"]).await;
    let told = lines(&scrape).await;
    assert!(has(&told, r#"rekey_up{part="redis"} 0"#) && has(&told, r#"rekey_up{part="database"} 1"#));
    assert!(has(&told, "rekey_worker_jobs_in_flight 0") && has(&told, r#"rekey_outbox_open_rows{half="notice"} 0"#));
    for name in ["rekey_queue_waiting_jobs{", "rekey_audit_trails{"] {
        assert!(!told.iter().any(|line| line.starts_with(name)), "old numbers");
    }
}

#[tokio::test]
async fn a_redis_that_went_and_came_back_is_told_and_counted() {
    let mut redis = Redis::start().await;
    let folder = tempfile::tempdir().unwrap();
    let scrape = Scrape::new(&redis.store, &database(&folder).await);
    let down = r#"rekey_up{part="redis"} 0"#;
    redis.stop();
    until("Redis is told as down", async || has(&lines(&scrape).await, down)).await;
    redis.start_again().await;
    until("Redis is told as up", async || has(&lines(&scrape).await, r#"rekey_up{part="redis"} 1"#)).await;
    let told = lines(&scrape).await;
    let made = told.iter().find_map(|line| line.strip_prefix("rekey_redis_connections_total ")).unwrap();
    assert!(made.parse::<u64>().unwrap() >= 2, "{made}");
}
