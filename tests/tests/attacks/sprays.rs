//! A guess at each of thousands of challenges, from as many clients.

use e2e::attack::spray::{Told, spray};
use e2e::exposition::Exposition;
use e2e::measured::say;
use e2e::{Request, Secret, System};

use crate::count;

const USER: &str = "user@example.com";

async fn metric(system: &System, series: &str) -> Option<f64> {
    let text = system.internal().send(&Request::new("GET", "/metrics")).await.text();
    Exposition::parse(&text).value(series)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r52_a_spray_over_many_challenges_trips_the_alarm_and_is_counted() {
    // In `make torture` the design's own number.
    let (threshold, guesses) = (count(60, 500), count(80, 2_500));
    let builder = System::builder().env("REKEY_LIMITS_FAILED_TRIES_ALARM", &threshold.to_string());
    // The alarm alone: what is asked for while it is on is shown by the journeys (`brake.rs`).
    let builder = builder.env("REKEY_LIMITS_PROOF", "false");
    let system = builder.account(USER, &Secret::password()).env("REKEY_LOG_FILTER", "info").start().await;
    let alarms = || system.log("rekey-api").matches("alarm: many codes are being tried").count();

    let before = spray(&system, 0..threshold - 1).await;
    assert_eq!(alarms(), 0, "one guess more is needed");
    assert_eq!(metric(&system, "rekey_failed_tries_alarm").await, Some(0.0));
    let after = spray(&system, threshold - 1..guesses).await;
    // No limit of a client or an address is met: this is what only an alarm can see.
    let refused = |told: &Told| -> usize {
        told.iter().filter(|((_, status, _), _)| *status == 429).map(|(_, count)| *count).sum()
    };
    assert_eq!(refused(&before) + refused(&after), 0, "{before:?} {after:?}");
    assert_eq!(before[&("verify", 400, "code_rejected".to_owned())], threshold - 1);
    assert_eq!(alarms(), guesses / threshold, "at the limit, and at each multiple of it");
    // What is told is a second old at most.
    e2e::eventually("the metrics tell", std::time::Duration::from_secs(20), async || {
        (metric(&system, "rekey_failed_tries_alarm").await == Some(1.0)).then_some(())
    })
    .await;
    let tries = metric(&system, "rekey_failed_tries{shard=\"0\"}").await.unwrap();
    assert!(tries >= threshold as f64, "{tries}");
    say(&format!(
        "spray: {guesses} challenges and guesses, each by another client: {before:?}, {after:?}; {} alarms",
        alarms()
    ));

    // Nobody is kept out by it.
    let stranger = system.client().at(e2e::attack::stranger(1_000_000));
    let request = Request::post("/password-reset/request", format!(r#"{{"email":"{USER}"}}"#));
    assert_eq!(stranger.send(&request).await.status, 202);
    let mail = system.smtp.wait_within(std::time::Duration::from_secs(60), USER, 1).await;
    let token = system.verify(&mail.challenge_id(), &mail.code()).await.expect_status(200).reset_token();
    system.confirm(&token, &Secret::password()).await.expect_status(204);
}
