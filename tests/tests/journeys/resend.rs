//! Asking again: resends, repeated Idempotency-Keys, and who hears nothing.

use std::time::Duration;

use e2e::{Answer, Request, Secret, System, eventually};
use serde_json::json;

const USER: &str = "user@example.com";

/// Asks for a resend until the challenge's wait is over.
async fn resent(system: &System, challenge_id: &str) -> Answer {
    eventually("the wait for a resend is over", Duration::from_secs(10), async || {
        let answer = system.resend(USER, challenge_id).await;
        if answer.status != 202 {
            answer.is_problem(429, "rate_limited");
            return None;
        }
        Some(answer)
    })
    .await
}

on_every_database! {
    async fn r14_resends_bring_the_same_code_three_times_at_most(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).patient_with_clients().start().await;
        let first = system.request(USER).await.expect_status(202);
        let challenge_id = first.challenge_id();
        assert!(first.json()["resend_in"].as_i64() == Some(1));
        let mail = system.smtp.wait_for(USER, 1).await;
        for n in 1..=3 {
            let answer = resent(&system, &challenge_id).await;
            assert_eq!(answer.challenge_id(), challenge_id);
            assert_eq!(answer.json()["resend_in"].is_null(), n == 3, "after the third there is no other");
            let again = system.smtp.wait_for(USER, n + 1).await;
            assert!(again.code() == mail.code() && again.challenge_id() == challenge_id, "the same code");
        }
        // Once at once, and once when nothing but the count of resends stands in its way.
        for wait in [0, 1_001] {
            system.until(system.redis_now().await + wait).await;
            system.resend(USER, &challenge_id).await.is_problem(429, "rate_limited");
        }
        system.verify(&challenge_id, &mail.code()).await.expect_status(200);
        system.settled().await;
        assert_eq!(system.smtp.mails_to(USER).len(), 4);
    }

    async fn a_repeated_idempotency_key_gets_the_first_answer_and_one_mail(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).start().await;
        let keyed = async |body: serde_json::Value| {
            let request = Request::post("/password-reset/request", body.to_string());
            system.client().send(&request.header("Idempotency-Key", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")).await
        };
        let first = keyed(json!({ "email": USER })).await.expect_status(202);
        let again = keyed(json!({ "email": USER })).await.expect_status(202);
        assert_eq!(again.challenge_id(), first.challenge_id());
        keyed(json!({ "email": USER, "locale": "en" })).await.is_problem(422, "invalid_request");
        let mail = system.smtp.wait_for(USER, 1).await;
        system.settled().await;
        assert_eq!(system.smtp.mails().len(), 1);
        system.verify(&first.challenge_id(), &mail.code()).await.expect_status(200);
    }

    async fn r1_an_unknown_or_disabled_address_gets_the_same_answer_and_no_mail(builder: Builder) {
        let (disabled, bare) = ("disabled@example.com", "bare@example.com");
        let builder = builder.account(USER, &Secret::password()).account(disabled, &Secret::password());
        let system = builder.account(bare, &Secret::password()).patient_with_clients().start().await;
        assert!(system.run("rekey-api", &["account", "disable", disabled], b"").success);
        system.sql().await.run(&format!("UPDATE account SET password_hash = NULL WHERE email = '{bare}'")).await;
        let known = system.request(USER).await.expect_status(202);
        for address in [disabled, bare, "nobody@example.com", "nobody@elsewhere.example"] {
            let answer = system.request(address).await;
            assert_eq!(answer.status, known.status);
            assert_eq!(answer.header_names(), known.header_names());
            let (answer, known) = (answer.json(), known.json());
            assert_eq!(answer.as_object().unwrap().len(), known.as_object().unwrap().len());
            assert_eq!(answer["expires_in"], known["expires_in"]);
            assert_eq!(answer["resend_in"], known["resend_in"]);
            let length = |json: &serde_json::Value| json["challenge_id"].as_str().unwrap().len();
            assert_eq!(length(&answer), length(&known));
        }
        let _ = system.smtp.wait_for(USER, 1).await;
        system.settled().await;
        for address in [disabled, "nobody@example.com", "nobody@elsewhere.example"] {
            assert!(system.smtp.mails_to(address).is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_early_resend_is_told_to_wait() {
    let builder = System::builder().env("REKEY_LIMITS_RESEND_AFTER", "60s");
    let system = builder.account(USER, &Secret::password()).start().await;
    let (challenge_id, _) = system.mailed(USER, 1).await;
    let answer = system.resend(USER, &challenge_id).await;
    answer.is_problem(429, "rate_limited");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((30..=60).contains(&wait));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_a_resend_resets_no_tries() {
    let system = System::builder().account(USER, &Secret::password()).patient_with_clients().start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    for _ in 0..4 {
        system.verify(&challenge_id, &e2e::wrong(&mail.code())).await.is_problem(400, "code_rejected");
    }
    let _ = resent(&system, &challenge_id).await;
    system.verify(&challenge_id, &e2e::wrong(&mail.code())).await.is_problem(400, "code_rejected");
    system.verify(&challenge_id, &mail.code()).await.is_problem(400, "code_rejected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_address_is_resent_and_limited_like_a_known_one() {
    let builder = System::builder().account(USER, &Secret::password()).patient_with_clients();
    let system = builder.env("REKEY_LIMITS_RESEND_AFTER", "60s").start().await;
    let mut answers = Vec::new();
    for address in [USER, "nobody@example.com"] {
        let first = system.request(address).await.expect_status(202);
        let early = system.resend(address, &first.challenge_id()).await;
        early.is_problem(429, "rate_limited");
        let second = system.request(address).await;
        second.is_problem(429, "rate_limited");
        answers.push((early.header_names().join(" "), second.header_names().join(" ")));
    }
    assert_eq!(answers[0], answers[1], "r6: limits treat both alike");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_a_stranger_cannot_resend_into_another_address() {
    let other = "other@example.com";
    let builder = System::builder().account(USER, &Secret::password()).account(other, &Secret::password());
    let system = builder.patient_with_clients().start().await;
    let (challenge_id, _) = system.mailed(USER, 1).await;
    // The id of another address' challenge means nothing: a new one is opened.
    let answer = system.resend(other, &challenge_id).await.expect_status(202);
    assert_ne!(answer.challenge_id(), challenge_id);
    let _ = system.smtp.wait_for(other, 1).await;
    system.settled().await;
    assert_eq!(system.smtp.mails_to(USER).len(), 1);
}
