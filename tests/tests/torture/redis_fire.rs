//! Redis under fire: killed, emptied, full, silent. Everything goes on by itself within ten seconds of its return; the
//! tests print what they measured, and fail at thrice that.

use std::time::{Duration, Instant};

use e2e::measured::{BACK_WITHIN, back_after, say};
use e2e::server::redis::Redis;
use e2e::{Asked, Builder, Proxy, Request, Secret, System, eventually};

use crate::{count, load};

const USER: &str = "user@example.com";

fn builder() -> Builder {
    System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_killed_under_load_loses_a_second_at_most() {
    let mut system = builder().start().await;
    let load = load(&system).await;
    load.taken(count(20, 400)).await;
    // From here on jobs pile up.
    system.worker().freeze();
    load.taken(count(100, 2_000)).await;
    system.redis.kill();
    let killed = Instant::now();
    system.redis.start_again().await;
    let back = Instant::now();
    system.worker().thaw();
    back_after("killed", load.taken_after(back).await);
    load.taken(count(20, 400)).await;
    let asked = load.stop().await;
    assert!(asked.iter().all(|asked| asked.status == 202 || asked.retry_after), "each refusal says when to come again");
    let (last_second, rest): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .filter(|asked| asked.status == 202)
        .partition(|asked| asked.at < killed && killed - asked.at < Duration::from_secs(1));
    assert!(rest.iter().any(|asked| asked.at < killed), "some asked long enough before");
    system.all_arrive(&rest).await;
    system.settled().await;
    let counts = system.smtp.counts();
    let lost = last_second.iter().filter(|asked| !counts.contains_key(&asked.address)).count();
    say(&format!(
        "killed: of {} jobs of the last second {lost} were lost, of {} others none",
        last_second.len(),
        rest.len()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_of_a_redis_that_comes_back_empty_get_the_answer_of_any_wrong_code() {
    let mut system = builder().start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let token = system.token(USER, 2).await;
    let never = system.verify("AAAAAAAAAAAAAAAAAAAAAAAA", &mail.code()).await;
    system.redis.start_empty().await;
    let answer = eventually("the API finds Redis again", BACK_WITHIN, async || {
        let answer = system.verify(&challenge_id, &mail.code()).await;
        (answer.status != 503).then_some(answer)
    })
    .await;
    answer.is_problem(400, "code_rejected");
    assert_eq!(answer.text(), never.text());
    system.confirm(&token, &Secret::password()).await.is_problem(400, "token_rejected");
    let _ = system.mailed(USER, 3).await;
}

/// How many were told yes.
fn taken(asked: &[Asked]) -> usize {
    asked.iter().filter(|asked| asked.status == 202).count()
}

/// From now on Redis has more than it may: it takes nothing that needs memory, whatever is worked off meanwhile.
async fn fill(system: &System) {
    let used: u64 = system.redis.info("used_memory").await.parse().expect("a number");
    system.redis.call(&["CONFIG", "SET", "maxmemory", &(used / 2).to_string()]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_redis_refuses_requests_and_goes_on_with_all_else() {
    let new = Secret::password();
    let mut system = builder().account("other@example.com", &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    system.settled().await;
    system.worker().stop();
    let waiting = count(20, 2_000);
    for _ in 0..waiting {
        system.request("other@example.com").await.expect_status(202);
    }
    fill(&system).await;
    let refused = system.request(USER).await;
    refused.is_problem(503, "unavailable");
    assert!(refused.header("Retry-After").is_some());
    system.start_worker(true).await;
    let _ = system.smtp.wait_within(Duration::from_secs(60), "other@example.com", waiting).await;
    system.request(USER).await.is_problem(503, "unavailable");
    let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
    system.confirm(&token, &new).await.expect_status(204);
    assert!(system.verify_account(USER, &new));
    let _ = system.smtp.wait_within(Duration::from_secs(60), USER, 2).await;
    system.redis.call(&["CONFIG", "SET", "maxmemory", "0"]).await;
    let _ = system.mailed(USER, 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_redis_is_waited_for() {
    let system = builder().start().await;
    let load = load(&system).await;
    load.taken(count(20, 400)).await;
    let pause = Duration::from_secs(count(3, 10).try_into().unwrap());
    system.redis.call(&["CLIENT", "PAUSE", &pause.as_millis().to_string(), "ALL"]).await;
    let over = Instant::now() + pause;
    back_after("paused", load.taken_after(over).await);
    load.taken(count(20, 400)).await;
    let asked = load.stop().await;
    system.all_arrive(&asked).await;
    system.settled().await;
    assert!(system.smtp.counts().values().all(|mails| *mails == 1), "nobody got two mails");
    say(&format!("paused: of {} jobs none was lost, none came twice", taken(&asked)));
}

/// Packets are dropped, and nobody is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_falls_silent_is_made_anew() {
    let redis = Redis::start().await;
    let proxy = Proxy::to(redis.address()).await;
    let url = redis.url_at(proxy.address());
    let system = builder().redis(redis).env("REKEY_REDIS_URL", &url).start().await;
    let load = load(&system).await;
    load.taken(count(20, 400)).await;
    let silent = Instant::now();
    proxy.silence();
    back_after("silent", load.taken_after(silent).await);
    load.taken(count(20, 400)).await;
    let asked = load.stop().await;
    system.all_arrive(&asked).await;
    say(&format!("silent: of {} jobs that were told yes none was lost", taken(&asked)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_reply_to_a_request_makes_no_second_mail() {
    let redis = Redis::start().await;
    let proxy = Proxy::to(redis.address()).await;
    let url = redis.url_at(proxy.address());
    let system = builder().redis(redis).env("REKEY_REDIS_URL", &url).start().await;
    // Once, so that the next time Redis knows the script and one round trip does it.
    system.request("other@example.com").await.expect_status(202);
    proxy.lose_reply_to(USER.as_bytes());
    let request = || {
        let body = format!(r#"{{"email":"{USER}"}}"#);
        Request::post("/password-reset/request", body).header("Idempotency-Key", "the-same-each-time")
    };
    system.client().send(&request()).await.is_problem(503, "unavailable");
    assert_eq!(proxy.lost(), 1);
    let mail = system.smtp.wait_for(USER, 1).await;
    let answer = eventually("the API finds Redis again", BACK_WITHIN, async || {
        let answer = system.client().send(&request()).await;
        (answer.status != 503).then_some(answer)
    })
    .await;
    assert_eq!(answer.expect_status(202).challenge_id(), mail.challenge_id(), "the same challenge is told");
    system.settled().await;
    assert_eq!(system.smtp.mails_to(USER).len(), 1);
    system.verify(&mail.challenge_id(), &mail.code()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_reply_to_a_claim_makes_no_second_mail_and_loses_none() {
    let redis = Redis::start().await;
    let proxy = Proxy::to(redis.address()).await;
    let url = redis.url_at(proxy.address());
    let mut system = builder().redis(redis).without_worker().start().await;
    let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
    system.set("REKEY_REDIS_URL", &url);
    // The first claims find the job, one of them with a reply that never comes.
    proxy.lose_reply_to(b"{rekey:0}:claim:");
    system.start_worker(true).await;
    let mail = system.smtp.wait_within(Duration::from_secs(60), USER, 1).await;
    assert_eq!(proxy.lost(), 1);
    system.settled().await;
    assert_eq!(system.smtp.mails_to(USER).len(), 1);
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
    let reaped = system.redis.call(&["HGET", "{rekey:0}:stats", "reaped"]).await;
    assert_eq!(reaped, e2e::resp::Value::Nil, "it was asked for again, and no lease had to run out");
}

/// The ids of all connections.
async fn clients(system: &System) -> Vec<String> {
    let list = system.redis.call(&["CLIENT", "LIST"]).await.text();
    list.lines().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

/// As a primary that was replaced says it, without ending the connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_may_only_be_read_is_unavailable_until_it_may_be_written() {
    let system = builder().start().await;
    let load = load(&system).await;
    load.taken(count(10, 200)).await;
    // Our own are over after each call: what is in two lists are the programs' connections.
    let connected = eventually("the API's connection and two of the worker", BACK_WITHIN, async || {
        let (before, now) = (clients(&system).await, clients(&system).await);
        let both: Vec<_> = before.into_iter().filter(|id| now.contains(id)).collect();
        (both.len() >= 3).then_some(both)
    })
    .await;
    system.redis.call(&["REPLICAOF", "127.0.0.1", "1"]).await;
    eventually("requests are refused", BACK_WITHIN, async || {
        load.so_far().iter().any(|asked| asked.status == 503 && asked.retry_after).then_some(())
    })
    .await;
    eventually("the programs give their connections up", BACK_WITHIN, async || {
        let left = clients(&system).await;
        connected.iter().all(|id| !left.contains(id)).then_some(())
    })
    .await;
    system.redis.call(&["REPLICAOF", "NO", "ONE"]).await;
    back_after("read-only", load.taken_after(Instant::now()).await);
    let asked = load.stop().await;
    system.all_arrive(&asked).await;
    say(&format!("read-only: of {} jobs that were told yes none was lost", taken(&asked)));
}
