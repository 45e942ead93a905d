//! The brake on guessing: what trips it, what it asks for, and when it ends.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2e::attack::stranger;
use e2e::exposition::Exposition;
use e2e::port::Port;
use e2e::server::redis::{Cluster, Recipe};
use e2e::{Answer, Builder, Client, Request, Secret, System, eventually, proof};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const USER: &str = "user@example.com";
const REQUEST: &str = "/password-reset/request";
const VERIFY: &str = "/password-reset/verify";

/// A system that brakes after so many failed tries, with proofs that cost as little as they may.
fn braking(alarm: u32) -> Builder {
    System::builder().env("REKEY_LIMITS_FAILED_TRIES_ALARM", &alarm.to_string()).env("REKEY_LIMITS_PROOF_COST", "500")
}

/// A code that is tried where nothing lives, in a shard.
fn guess(shard: u16) -> Value {
    let id = [shard.to_be_bytes().as_slice(), &[7; 16]].concat();
    json!({"challenge_id": URL_SAFE_NO_PAD.encode(id), "code": "AAAA-AAAA"})
}

async fn trip(system: &System, alarm: u32) {
    for _ in 0..alarm {
        system.post(VERIFY, &guess(0)).await.is_problem(400, "code_rejected");
    }
}

fn with_proof(body: &Value, proof: &str) -> Value {
    let mut body = body.clone();
    body["proof"] = json!(proof);
    body
}

/// The call with the proof that it is asked for.
async fn proven(system: &System, path: &str, body: &Value) -> Answer {
    let refused = system.post(path, body).await;
    system.post(path, &with_proof(body, &proof::solve(&refused))).await
}

async fn metrics(client: Client) -> Exposition {
    Exposition::parse(&client.send(&Request::new("GET", "/metrics")).await.expect_status(200).text())
}

/// Sends bodies to a path, each from an address of its own behind a proxy, sixteen at a time.
async fn from_everywhere(system: &System, path: &'static str, bodies: Vec<Value>) -> Vec<Answer> {
    let (client, count) = (system.client(), bodies.len());
    let mut calls = JoinSet::new();
    let mut answers = vec![None; count];
    for (n, body) in bodies.into_iter().enumerate() {
        if n >= 16 {
            let (n, answer) = calls.join_next().await.expect("there are some").expect("no call panics");
            answers[n] = Some(answer);
        }
        let address = format!("10.0.{}.{}", n / 250, n % 250);
        let request = Request::post(path, body.to_string()).header("X-Forwarded-For", &address);
        calls.spawn(async move { (n, client.send(&request).await) });
    }
    for (n, answer) in calls.join_all().await {
        answers[n] = Some(answer);
    }
    answers.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r52_a_spray_over_2000_challenges_from_2000_clients_trips_the_brake() {
    const CHALLENGES: usize = 2_000;
    const ALARM: usize = 500;
    let builder = System::builder().env("REKEY_HTTP_TRUSTED_PROXIES", "127.0.0.1/32").env("REKEY_LOG_FILTER", "info");
    let system = builder.account(USER, &Secret::password()).without_worker().start().await;
    let asks = (0..CHALLENGES).map(|n| json!({"email": format!("user{n}@example.com")})).collect();
    let opened = from_everywhere(&system, REQUEST, asks).await;
    let guesses = opened.iter().map(|answer| json!({"challenge_id": answer.challenge_id(), "code": "AAAA-AAAA"}));
    let answers = from_everywhere(&system, VERIFY, guesses.collect()).await;

    let rejected = answers.iter().filter(|answer| answer.status == 400).count();
    assert_eq!(rejected, ALARM, "no more guesses than the alarm's are compared without a proof");
    for answer in answers.iter().filter(|answer| answer.status != 400) {
        answer.is_problem(403, "proof_required");
    }
    let told = metrics(system.internal()).await;
    for (series, value) in [
        (r#"rekey_brake_on{shard="0"}"#, 1.0),
        ("rekey_failed_tries_alarm", 1.0),
        (r#"rekey_failed_tries{shard="0"}"#, 500.0),
        (r#"rekey_proofs_total{outcome="missing"}"#, 1_500.0),
    ] {
        assert_eq!(told.value(series), Some(value), "{series}");
    }
    let log = system.log("rekey-api");
    let begins: Vec<&str> = log.lines().filter(|line| line.contains("brake on")).collect();
    assert!(begins.len() == 1 && begins[0].contains(r#""failed":500"#), "{begins:?}");
    // r1: whether there is an account makes no difference.
    let shapes = [USER, "nobody@example.com"].map(|email| json!({"email": email}));
    let mut told = Vec::new();
    for body in shapes {
        let answer = system.post(REQUEST, &body).await;
        answer.is_problem(403, "proof_required");
        let mut problem = answer.json();
        for random in ["/signature", "/parameters/nonce", "/parameters/salt", "/parameters/expiresAt"] {
            *problem["proof_challenge"].pointer_mut(random).expect("it is there") = Value::Null;
        }
        told.push((answer.header_names().join(" "), problem));
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r52_a_whole_reset_works_while_the_brake_is_on() {
    let system = braking(3).account(USER, &Secret::password()).start().await;
    trip(&system, 3).await;
    let opened = proven(&system, REQUEST, &json!({"email": USER})).await.expect_status(202);
    let code = system.smtp.wait_for(USER, 1).await.code();
    let verify = |code: &Secret| json!({"challenge_id": opened.challenge_id(), "code": code.expose()});
    proven(&system, VERIFY, &verify(&e2e::wrong(&code))).await.is_problem(400, "code_rejected");
    let token = proven(&system, VERIFY, &verify(&code)).await.expect_status(200).reset_token();
    let new = Secret::password();
    system.confirm(&token, &new).await.expect_status(204);
    assert!(system.verify_account(USER, &new));
    let told = metrics(system.internal()).await;
    assert_eq!(told.value(r#"rekey_proofs_total{outcome="good"}"#), Some(3.0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r52_a_proof_is_good_for_one_call_of_its_kind() {
    let system = braking(1).patient_with_clients().start().await;
    trip(&system, 1).await;
    let body = json!({"email": "one@example.com"});
    let refused = system.post(REQUEST, &body).await;
    let good = proof::solve(&refused);
    // For another call, from elsewhere, changed, without the work, or none at all: asked again, and nothing is used up.
    let whole = proof::solved(&refused.json()["proof_challenge"]);
    let changed = |pointer: &str, value: Value| {
        let mut proof = whole.clone();
        *proof.pointer_mut(pointer).expect("it is there") = value;
        proof::encode(&proof)
    };
    system.post(VERIFY, &with_proof(&guess(0), &good)).await.is_problem(403, "proof_required");
    for bad in [
        changed("/challenge/signature", json!("0".repeat(64))),
        changed("/challenge/parameters/cost", json!(1)),
        changed("/challenge/parameters/expiresAt", json!(4_000_000_000_u32)),
        changed("/solution/derivedKey", json!("00".repeat(32))),
        changed("/solution", json!(null)),
        "none".to_owned(),
        String::new(),
    ] {
        let answer = system.post(REQUEST, &with_proof(&body, &bad)).await;
        answer.is_problem(403, "proof_required");
        assert_ne!(answer.json()["proof_challenge"], refused.json()["proof_challenge"], "a fresh one");
    }
    system.post(REQUEST, &with_proof(&body, &good)).await.expect_status(202);
    let other = json!({"email": "two@example.com"});
    system.post(REQUEST, &with_proof(&other, &good)).await.is_problem(403, "proof_required");
    let told = metrics(system.internal()).await;
    for (why, count) in [("forged", 4.0), ("unsolved", 1.0), ("malformed", 3.0), ("used", 1.0), ("good", 1.0)] {
        let series = format!(r#"rekey_proofs_total{{outcome="{why}"}}"#);
        assert_eq!(told.value(&series), Some(count), "{series}");
    }
    // A body that does not fit is told so with and without a brake.
    let long = with_proof(&body, &"A".repeat(1_025));
    system.post(REQUEST, &long).await.is_problem(400, "invalid_request");
}

/// Makes a call as a client that a limit refuses, and then the same call, with the same proof, as others.
async fn keeps_its_proof(system: &System, refused: Client) {
    let body = json!({"email": "keeper@example.com"});
    let asked = system.client().at(stranger(1)).send(&Request::post(REQUEST, body.to_string())).await;
    let call = Request::post(REQUEST, with_proof(&body, &proof::solve(&asked)).to_string());
    let answer = refused.send(&call).await;
    answer.is_problem(429, "rate_limited");
    assert!(answer.header("retry-after").is_some(), "{answer:?}");
    let other = async |n: usize| system.client().at(stranger(n)).send(&call).await;
    // Of two at once one passes.
    let (one, two) = tokio::join!(other(2), other(3));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 403]);
    other(4).await.is_problem(403, "proof_required");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r52_a_call_that_a_limit_refuses_keeps_its_proof() {
    let system = braking(3).env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "1").without_worker().start().await;
    trip(&system, 3).await;
    proven(&system, REQUEST, &json!({"email": USER})).await.expect_status(202);
    keeps_its_proof(&system, system.client()).await;
    let told = metrics(system.internal()).await;
    assert_eq!(told.value(r#"rekey_proofs_total{outcome="good"}"#), Some(2.0), "those that let a call pass");
}

/// What an `Idempotency-Key` answers again costs no proof and meets no other limit: who sends proofs along all the same
/// has us look at them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r50_r52_proofs_that_come_with_a_repeated_call_count_for_their_client() {
    let builder = braking(3).patient_with_clients().env("REKEY_LIMITS_CLIENT_FAILED_PROOFS_PER_HOUR", "4");
    let system = builder.without_worker().start().await;
    let repeated = async |body: &Value| {
        let request = Request::post(REQUEST, body.to_string()).header("Idempotency-Key", "once");
        system.client().send(&request).await
    };
    let body = json!({"email": USER});
    repeated(&body).await.expect_status(202);
    trip(&system, 3).await;
    let asked = system.post(REQUEST, &json!({"email": "somebody@example.com"})).await;
    asked.is_problem(403, "proof_required");
    let mut unsolved = proof::solved(&asked.json()["proof_challenge"]);
    unsolved["solution"]["derivedKey"] = json!("00".repeat(32));
    let with = with_proof(&body, &proof::encode(&unsolved));
    for _ in 0..4 {
        repeated(&with).await.expect_status(202);
    }
    repeated(&with).await.is_problem(429, "rate_limited");
    repeated(&body).await.expect_status(202);
}

/// Proofs that let no call pass, four an hour from each client.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r50_r52_proofs_that_fail_count_for_their_client() {
    let builder = braking(3).patient_with_clients().env("REKEY_HTTP_TRUSTED_PROXIES", "127.0.0.1/32");
    let system = builder.env("REKEY_LIMITS_CLIENT_FAILED_PROOFS_PER_HOUR", "4").without_worker().start().await;
    trip(&system, 3).await;
    let by = async |client: &str, path: &str, body: &Value| {
        let request = Request::post(path, body.to_string()).header("X-Forwarded-For", client);
        system.client().send(&request).await
    };
    let asked = async |client: &str, n: usize| {
        let body = json!({"email": format!("user{n}@example.com")});
        let asked = by(client, REQUEST, &body).await;
        asked.is_problem(403, "proof_required");
        (body, asked)
    };
    // However many are good: they count for nothing.
    for n in 0..8 {
        let (body, challenge) = asked("192.0.2.1", n).await;
        by("192.0.2.1", REQUEST, &with_proof(&body, &proof::solve(&challenge))).await.expect_status(202);
    }
    // Whichever way they fail, on both calls, from any address of a network.
    let (body, challenge) = asked("2001:db8::1", 100).await;
    let good = proof::solve(&challenge);
    let mut unsolved = proof::solved(&challenge.json()["proof_challenge"]);
    unsolved["solution"]["derivedKey"] = json!("00".repeat(32));
    let mut forged = unsolved.clone();
    forged["challenge"]["signature"] = json!("0".repeat(64));
    let failed = [
        ("2001:db8::2", REQUEST, &body, "none".to_owned()),
        ("2001:db8::3", REQUEST, &body, proof::encode(&unsolved)),
        ("2001:db8::4", REQUEST, &body, proof::encode(&forged)),
        ("2001:db8::5", VERIFY, &guess(0), good.clone()),
    ];
    for (client, path, body, proof) in failed {
        by(client, path, &with_proof(body, &proof)).await.is_problem(403, "proof_required");
    }
    for (path, body) in [(REQUEST, &body), (VERIFY, &guess(0))] {
        let answer = by("2001:db8::6", path, &with_proof(body, &good)).await;
        answer.is_problem(429, "rate_limited");
        let wait: u64 = answer.header("retry-after").expect("it says how long").parse().expect("seconds");
        assert!((1..=900).contains(&wait), "{wait}");
    }
    // To be asked still costs nothing; and others are as free as ever, by the very proof that was not looked at.
    asked("2001:db8::6", 100).await;
    by("2001:db8:0:1::1", REQUEST, &with_proof(&body, &good)).await.expect_status(202);
    let told = metrics(system.internal()).await;
    for (series, count) in [
        (r#"rekey_limits_hit_total{limit="client_proof"}"#, 2.0),
        (r#"rekey_proofs_total{outcome="forged"}"#, 2.0),
        (r#"rekey_proofs_total{outcome="unsolved"}"#, 1.0),
        (r#"rekey_proofs_total{outcome="malformed"}"#, 1.0),
        (r#"rekey_proofs_total{outcome="good"}"#, 9.0),
    ] {
        assert_eq!(told.value(series), Some(count), "{series}");
    }
    // A proof that was used counts as well.
    for _ in 0..4 {
        by("192.0.2.7", REQUEST, &with_proof(&body, &good)).await.is_problem(403, "proof_required");
    }
    by("192.0.2.7", REQUEST, &with_proof(&body, &good)).await.is_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proof_that_nobody_asked_for_is_not_counted() {
    let system = braking(3).without_worker().start().await;
    trip(&system, 3).await;
    let body = json!({"email": USER});
    let proof = proof::solve(&system.post(REQUEST, &body).await);
    system.redis.call(&["HSET", "{rekey:0}:brake", "ends", "1"]).await;
    system.post(REQUEST, &with_proof(&body, &proof)).await.expect_status(202);
    let told = metrics(system.internal()).await;
    assert_eq!(told.value(r#"rekey_proofs_total{outcome="good"}"#), Some(0.0));
    assert!(!system.redis.keys().await.iter().any(|key| key.contains(":proof")), "neither spent nor counted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_r52_to_be_asked_for_a_proof_costs_nothing() {
    let system = braking(3).account(USER, &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    trip(&system, 3).await;
    // More than the client may, and more than a challenge bears.
    for n in 0..40 {
        system.verify(&challenge_id, &e2e::wrong(&mail.code())).await.is_problem(403, "proof_required");
        system.request(&format!("user{n}@example.com")).await.is_problem(403, "proof_required");
    }
    let right = json!({"challenge_id": challenge_id, "code": mail.code().expose()});
    proven(&system, VERIFY, &right).await.expect_status(200);
    // The limits are as ever: four more at once.
    for n in 0..4 {
        let body = json!({"email": format!("user{n}@example.com")});
        proven(&system, REQUEST, &body).await.expect_status(202);
    }
    proven(&system, REQUEST, &json!({"email": "user4@example.com"})).await.is_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r53_the_brake_outlives_a_restart_and_is_shared_by_two_apis() {
    let mut system = braking(3).patient_with_clients().start().await;
    trip(&system, 3).await;
    let body = json!({"email": USER});
    let proof = proof::solve(&system.post(REQUEST, &body).await);
    system.api().stop();
    system.start_api(true).await;

    let (http, internal) = (Port::free(), Port::free());
    let (listen, internal_listen) = (http.address().to_string(), internal.address().to_string());
    let env = [("REKEY_HTTP_LISTEN", listen.as_str()), ("REKEY_HTTP_INTERNAL_LISTEN", &internal_listen)];
    let _second = system.spawn_with("rekey-api", &env);
    let (second, ready) = (Client::of(http.address()), Client::of(internal.address()));
    eventually("the second API is ready", Duration::from_secs(30), async || {
        let answer = ready.try_send(&Request::new("GET", "/readyz")).await.ok()?;
        (answer.status == 200).then_some(())
    })
    .await;
    second.send(&Request::post(VERIFY, guess(0).to_string())).await.is_problem(403, "proof_required");
    // What the one asked before its restart, the other takes, and then neither any more.
    let request = Request::post(REQUEST, with_proof(&body, &proof).to_string());
    second.send(&request).await.expect_status(202);
    for client in [system.client(), second] {
        client.send(&request).await.is_problem(403, "proof_required");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_brake_ends_after_its_quiet_time_and_says_so() {
    let builder = braking(3).env("REKEY_LIMITS_PROOF_QUIET", "1s").env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "1000");
    let system = builder.start().await;
    trip(&system, 3).await;
    assert!(system.log("rekey-api").contains("brake on"));
    // Calls without a proof do not keep it on.
    let answer = eventually("nothing is asked any more", Duration::from_secs(30), async || {
        let answer = system.request(USER).await;
        (answer.code() != "proof_required").then_some(answer)
    });
    assert_eq!(answer.await.status, 202);
    assert_eq!(metrics(system.internal()).await.value(r#"rekey_brake_on{shard="0"}"#), Some(0.0));
    let line = eventually("its end is told", Duration::from_secs(30), async || {
        system.log("rekey-api").lines().find(|line| line.contains("brake off")).map(str::to_owned)
    });
    let line = line.await;
    for part in [r#""failed":3"#, r#""passed":0"#, r#""seconds":1"#] {
        assert!(line.contains(part), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_setting_off_there_is_the_alarm_alone() {
    let system = braking(3).env("REKEY_LIMITS_PROOF", "false").without_worker().start().await;
    trip(&system, 6).await;
    system.request(USER).await.expect_status(202);
    let told = metrics(system.internal()).await;
    assert_eq!(told.value("rekey_failed_tries_alarm"), Some(1.0));
    assert_eq!(told.value(r#"rekey_brake_on{shard="0"}"#), Some(0.0));
}

/// There a client is counted before its call's shard asks for a proof, and gets that back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r52_on_a_cluster_each_shard_brakes_and_to_be_asked_costs_nothing() {
    let cluster = Cluster::start(Recipe::default()).await;
    let builder = braking(2).env("REKEY_REDIS_URL", &cluster.url()).env("REKEY_REDIS_SHARDS", "4");
    let system = builder.env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "2").without_worker().start().await;
    for shard in 0..4 {
        for _ in 0..2 {
            system.post(VERIFY, &guess(shard)).await.is_problem(400, "code_rejected");
        }
        system.post(VERIFY, &guess(shard)).await.is_problem(403, "proof_required");
    }
    for n in 0..10 {
        system.request(&format!("user{n}@example.com")).await.is_problem(403, "proof_required");
    }
    for n in 0..2 {
        proven(&system, REQUEST, &json!({"email": format!("user{n}@example.com")})).await.expect_status(202);
    }
    system.request("user2@example.com").await.is_problem(429, "rate_limited");
    keeps_its_proof(&system, system.client()).await;
}
