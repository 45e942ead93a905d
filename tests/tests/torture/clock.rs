//! Machines whose clock is wrong: times are Redis' own.

use std::path::PathBuf;

use e2e::{Builder, Secret, System};

const USER: &str = "user@example.com";
/// Where Debian keeps it (package libfaketime).
const PLACES: [&str; 3] = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];

fn library() -> PathBuf {
    let found = PLACES.iter().map(|place| PathBuf::from(place).join("faketime/libfaketime.so.1"));
    found.into_iter().find(|path| path.is_file()).expect("libfaketime is not installed: run `make tools`")
}

fn env(offset: &str) -> Vec<(String, String)> {
    [
        ("LD_PRELOAD", library().display().to_string()),
        ("FAKETIME", offset.to_owned()),
        // Only the time of day is wrong; what measures spans goes on as it does.
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ("FAKETIME_NO_CACHE", "1".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

async fn start(offset: &str) -> System {
    let builder: Builder = System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
    // Redis and the mail server are started before and keep their clock.
    let mut system = builder.without_api().without_worker().start().await;
    for (name, value) in env(offset) {
        system.set(&name, &value);
    }
    system.start_api(true).await;
    system.start_worker(true).await;
    system
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_hour_off_on_the_machines_of_both_programs_changes_nothing() {
    for offset in ["+1h", "-1h"] {
        let mut system = start(offset).await;
        let log = system.log("rekey-worker");
        let now = system.redis_now().await;
        let day = |text: &str| text.get(..13).map(ToOwned::to_owned);
        assert_ne!(day(stamp(&log)), day(&utc(now)), "the worker's clock is an hour off: {offset}");

        // A mail that names ten minutes, a date that is right, and a code that works.
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        assert!(mail.text().contains("10 minutes"), "{offset}: the minutes that are left");
        let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
        let new = Secret::password();
        system.confirm(&token, &new).await.expect_status(204);
        assert!(system.verify_account(USER, &new));
        let notice = system.smtp.wait_for(USER, 2).await.text().replace('\u{a0}', " ");
        let hours = [now, system.redis_now().await].map(|at| utc(at).replace('T', " "));
        assert!(hours.iter().any(|hour| notice.contains(hour)), "{offset}: the notice says when it was");
        system.settled().await;
        // A mail server that refuses for now: the retry comes in its time, not an hour late.
        system.smtp.script(|script| script.greylists = true);
        let _ = system.request(USER).await;
        let _ = system.smtp.wait_for(USER, 3).await;
        system.smtp.script(|script| script.greylists = false);
        system.settled().await;
        // A notice whose push is lost: the sweep goes by Redis' clock.
        let token = system.token(USER, 4).await;
        system.worker().stop();
        system.confirm(&token, &Secret::password()).await.expect_status(204);
        system.forget_pushes().await;
        let due =
            format!("UPDATE reset_event SET next_push_at = {} WHERE notice_done_at IS NULL", system.redis_now().await);
        system.sql().await.run(&due).await;
        system.start_worker(true).await;
        let _ = system.smtp.wait_within(std::time::Duration::from_secs(30), USER, 5).await;
        println!("clock: {offset}: a reset by code, its notice and a retry, as with a clock that is right");
    }
}

/// The time stamp of a log's first line, as far as the hour.
fn stamp(log: &str) -> &str {
    log.split_once("\"timestamp\":\"").map_or("", |(_, rest)| rest.split('"').next().unwrap_or_default())
}

/// `2026-01-02T03` of milliseconds since 1970.
fn utc(unix_ms: i64) -> String {
    let days = unix_ms.div_euclid(86_400_000);
    let hour = unix_ms.rem_euclid(86_400_000) / 3_600_000;
    // Civil from days (Howard Hinnant's algorithm, for years after 1970).
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}")
}
