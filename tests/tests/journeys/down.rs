//! A part is gone, at the start or while all runs, and comes back.

use std::time::Duration;

use e2e::server::postgres::Postgres;
use e2e::{Kind, Request, Secret, System, eventually};

const USER: &str = "user@example.com";

/// A system on a PostgreSQL that the test can take down.
async fn on_postgres() -> (System, Postgres) {
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let builder = System::builder().database_at(Kind::Postgres, postgres.url()).account(USER, &Secret::password());
    let builder = builder.env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s").patient_with_clients();
    (builder.start().await, postgres)
}

/// Asks until it is let, past outages and cool-downs.
async fn requested(system: &System) -> String {
    eventually("a request is taken", Duration::from_secs(40), async || {
        let answer = system.request(USER).await;
        (answer.status == 202).then(|| answer.challenge_id())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r53_without_redis_all_calls_are_unavailable_and_nothing_is_lost() {
    let new = Secret::password();
    let builder = System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s");
    let builder = builder.env("REKEY_LIMITS_ADDRESS_CLIENT_PER_HOUR", "3");
    let mut system = builder.patient_with_clients().start().await;
    let token = system.token(USER, 1).await;
    let second_id = requested(&system).await;
    let second = system.smtp.wait_for(USER, 2).await;
    system.settled().await;
    let before = system.redis.keys().await;
    system.redis.stop();
    system.request(USER).await.is_problem(503, "unavailable");
    system.verify(&second_id, &second.code()).await.is_problem(503, "unavailable");
    system.confirm(&token, &new).await.is_problem(503, "unavailable");
    let ready = system.internal().send(&Request::new("GET", "/readyz")).await;
    assert_eq!(ready.status, 503);
    system.redis.start_again().await;
    // Nothing half-done: what was there is there, and no job.
    let after = system.redis.keys().await;
    assert!(after.iter().all(|key| before.contains(key)), "no key came of refused calls");
    eventually("the API finds Redis again", Duration::from_secs(30), async || {
        let ready = system.internal().send(&Request::new("GET", "/readyz")).await;
        (ready.status == 200).then_some(())
    })
    .await;
    system.verify(&second_id, &second.code()).await.expect_status(200);
    system.confirm(&token, &new).await.expect_status(204);
    let _ = system.smtp.wait_within(Duration::from_secs(40), USER, 3).await;
    requested(&system).await;
    let _ = system.smtp.wait_within(Duration::from_secs(40), USER, 4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_at_start_the_programs_wait_for_it() {
    let builder = System::builder().account(USER, &Secret::password()).without_api().without_worker();
    let mut system = builder.patient_with_clients().start().await;
    system.redis.stop();
    system.start_api(false).await;
    system.start_worker(false).await;
    system.request(USER).await.is_problem(503, "unavailable");
    assert_eq!(system.internal().send(&Request::new("GET", "/readyz")).await.status, 503);
    system.redis.start_again().await;
    requested(&system).await;
    let _ = system.smtp.wait_within(Duration::from_secs(40), USER, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_does_not_answer_is_unavailable_too() {
    let builder = System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s");
    let system = builder.patient_with_clients().start().await;
    let _ = system.mailed(USER, 1).await;
    system.redis.process().freeze();
    // Another address: what was sent to the frozen server may still be done when it thaws.
    system.request("other@example.com").await.is_problem(503, "unavailable");
    system.redis.process().thaw();
    requested(&system).await;
    let _ = system.smtp.wait_within(Duration::from_secs(60), USER, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r37_a_redis_that_comes_back_empty_loses_no_notice() {
    let mut system = System::builder().account(USER, &Secret::password()).start().await;
    let token = system.token(USER, 1).await;
    system.worker().stop();
    system.confirm(&token, &Secret::password()).await.expect_status(204);
    system.redis.start_empty().await;
    // Long after, as far as the row knows.
    system.sql().await.run("UPDATE reset_event SET next_push_at = 1").await;
    system.start_worker(true).await;
    let _ = system.smtp.wait_within(Duration::from_secs(60), USER, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_database_requests_are_taken_and_tokens_stay_unspent() {
    let new = Secret::password();
    let (system, mut postgres) = on_postgres().await;
    let token = system.token(USER, 1).await;
    system.until(system.redis_now().await + 1_001).await;
    postgres.stop();
    let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
    system.request("nobody@example.com").await.expect_status(202);
    system.confirm(&token, &new).await.is_problem(503, "unavailable");
    postgres.start().await;
    // The mail comes, since its code still lives; and both go on by themselves.
    let mail = system.smtp.wait_within(Duration::from_secs(90), USER, 2).await;
    assert_eq!(mail.challenge_id(), challenge_id);
    let confirmed = eventually("the API finds the database again", Duration::from_secs(60), async || {
        let answer = system.confirm(&token, &new).await;
        (answer.status != 503).then_some(answer)
    });
    confirmed.await.expect_status(204);
    assert!(system.verify_account(USER, &new));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_database_at_start_the_programs_wait_for_it() {
    let new = Secret::password();
    let (mut system, mut postgres) = on_postgres().await;
    let token = system.token(USER, 1).await;
    system.until(system.redis_now().await + 1_001).await;
    system.api().stop();
    system.worker().stop();
    postgres.stop();
    system.start_api(false).await;
    system.start_worker(false).await;
    assert_eq!(system.internal().send(&Request::new("GET", "/readyz")).await.status, 503);
    let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
    system.confirm(&token, &new).await.is_problem(503, "unavailable");
    postgres.start().await;
    let mail = system.smtp.wait_within(Duration::from_secs(90), USER, 2).await;
    assert_eq!(mail.challenge_id(), challenge_id);
    let confirmed = eventually("the API finds the database", Duration::from_secs(60), async || {
        let answer = system.confirm(&token, &new).await;
        (answer.status != 503).then_some(answer)
    });
    confirmed.await.expect_status(204);
    assert!(system.verify_account(USER, &new));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schema_that_is_behind_at_first_contact_ends_the_api_by_name() {
    let mut postgres = Postgres::prepared();
    let builder = System::builder().database_at(Kind::Postgres, postgres.url()).without_schema();
    let mut system = builder.without_api().without_worker().start().await;
    system.start_api(false).await;
    postgres.start().await;
    let ended = eventually("the API ends", Duration::from_secs(60), async || system.api().ended()).await;
    assert!(!ended.success() && system.log("rekey-api").contains("migrate"), "it names the command");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_mail_server_requests_are_taken_and_the_mail_comes_later() {
    let builder = System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s");
    let mut system = builder.patient_with_clients().start().await;
    let _ = system.mailed(USER, 1).await;
    system.smtp.stop().await;
    let challenge_id = requested(&system).await;
    // The worker has tried in vain before the server returns.
    eventually("the job was taken", Duration::from_secs(15), async || {
        (system.redis.call(&["LLEN", e2e::READY]).await.int() == 0).then_some(())
    })
    .await;
    system.smtp.listen().await;
    let mail = system.smtp.wait_within(Duration::from_secs(90), USER, 2).await;
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
    system.settled().await;
    assert_eq!(system.smtp.mails().len(), 2);
}

/// Whatever is down, and whatever else is wrong with a call: the answer is the same for an address that nobody has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_outages_and_malformed_fields_tell_nothing_about_an_address() {
    let (mut system, mut postgres) = on_postgres().await;
    let alike = async |system: &System, what: &str| {
        for extra in ["", r#","locale":"x\r\ny""#, r#","challenge_id":"none""#, r#","locale":7"#, r#","proof":"""#] {
            let mut told = Vec::new();
            for name in ["user", "nobody"] {
                // A new name for each call would not be known, so the limits are off.
                let body = format!(r#"{{"email":"{name}@example.com"{extra}}}"#);
                let answer = system.client().send(&Request::post("/password-reset/request", body)).await;
                let names: Vec<String> = answer.header_names().into_iter().map(str::to_owned).collect();
                let members: Vec<String> =
                    answer.json().as_object().map(|json| json.keys().cloned().collect()).unwrap_or_default();
                told.push((answer.status, answer.code(), names, members));
            }
            assert_eq!(told[0], told[1], "{what}, {extra}");
        }
    };
    system.api().stop();
    system.set("REKEY_LIMITS_ENABLED", "false");
    system.start_api(true).await;
    alike(&system, "all is well").await;
    system.smtp.stop().await;
    alike(&system, "without the mail server").await;
    postgres.stop();
    alike(&system, "without the database").await;
    system.redis.stop();
    alike(&system, "without Redis").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_mail_server_at_start_the_mail_comes_later() {
    let mut system = System::builder().account(USER, &Secret::password()).without_smtp().start().await;
    let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
    eventually("the job was taken", Duration::from_secs(15), async || {
        (system.redis.call(&["LLEN", e2e::READY]).await.int() == 0).then_some(())
    })
    .await;
    system.smtp.listen().await;
    let mail = system.smtp.wait_within(Duration::from_secs(90), USER, 1).await;
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
}
