//! The path that a call takes: the same commands to Redis, octet for octet in length, whatever the address or the code
//! is, and none to the database. What takes the same path tells nothing by its time; `timing.rs` measures it as well.

use e2e::attack::commands::{Command, Shape};
use e2e::attack::stranger;
use e2e::server::postgres::Postgres;
use e2e::server::redis::Monitor;
use e2e::{Answer, Kind, Request, Secret, System, wrong};
use serde_json::json;

const USER: &str = "user@example.com";

/// What clients and their scripts asked Redis for since the last look.
async fn asked(system: &System, monitor: &mut Monitor) -> Vec<Shape> {
    let lines = monitor.so_far(&system.redis).await;
    lines.iter().map(|line| Command::read(line).shape()).collect()
}

/// Calls by clients that never called before: what is written of a bucket is longer when it is fuller. Their addresses
/// are counted from a hundred on, since they are written down too, and are to be of one length.
struct Newcomers(usize);

impl Newcomers {
    async fn post(&mut self, system: &System, call: &str, body: serde_json::Value) -> Answer {
        self.0 += 1;
        let client = system.client().at(stranger(self.0));
        client.send(&Request::post(&format!("/password-reset/{call}"), body.to_string())).await
    }

    async fn request(&mut self, system: &System, address: &str) -> Answer {
        self.post(system, "request", json!({ "email": address })).await
    }

    async fn verify(&mut self, system: &System, challenge_id: &str, code: &Secret) -> Answer {
        self.post(system, "verify", json!({ "challenge_id": challenge_id, "code": code.expose() })).await
    }
}

fn sent(shapes: &[Shape]) -> Vec<&str> {
    shapes.iter().filter(|shape| !shape.by_script).map(|shape| shape.name[0].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r2_r3_a_request_asks_redis_the_same_for_every_address_and_the_database_nothing() {
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let disabled = "gone@example.com";
    let builder = System::builder().database_at(Kind::Postgres, postgres.url()).without_worker();
    let builder = builder.account(USER, &Secret::password()).account(disabled, &Secret::password());
    let mut system = builder.start().await;
    assert!(system.run("rekey-api", &["account", "disable", disabled], b"").success);
    let mut clients = Newcomers(100);
    // The first loads the script.
    clients.request(&system, "first@example.com").await.expect_status(202);

    let statements = || {
        let log = postgres.log();
        log.matches("LOG:  statement: ").count() + log.matches("LOG:  execute ").count()
    };
    let mut monitor = system.redis.monitor().await;
    let before = statements();
    assert!(before > 0, "statements are logged");
    let mut shapes = Vec::new();
    for address in [USER, disabled, "none@example.com"] {
        clients.request(&system, address).await.expect_status(202);
        shapes.push(asked(&system, &mut monitor).await);
    }
    assert_eq!(sent(&shapes[0]), ["EVALSHA"], "one script a request");
    assert!(shapes[0].iter().any(|shape| shape.name == ["LPUSH"]), "the script's own commands are seen");
    assert!(shapes.iter().all(|one| *one == shapes[0]), "known, disabled and unknown: {shapes:#?}");

    // A second one within the minute is refused alike.
    let mut refused = Vec::new();
    for address in [USER, disabled, "none@example.com"] {
        clients.request(&system, address).await.is_problem(429, "rate_limited");
        refused.push(asked(&system, &mut monitor).await);
    }
    assert!(refused.iter().all(|one| *one == refused[0]), "{refused:#?}");

    // What is malformed asks nothing at all, whoever the address belongs to.
    for extra in [r#","locale":"x\r\ny""#, r#","challenge_id":"none""#, r#","locale":7"#, r#","canary":"""#] {
        for address in [USER, "none@example.com"] {
            let body = format!(r#"{{"email":"{address}"{extra}}}"#);
            let answer = system.client().send(&Request::post("/password-reset/request", body)).await;
            answer.is_problem(400, "invalid_request");
        }
    }
    assert_eq!(asked(&system, &mut monitor).await, []);
    assert_eq!(statements(), before, "no statement reached the database");

    // And to be quite sure: neither it nor the mail server is even there, and nothing is different.
    postgres.stop();
    system.smtp.stop().await;
    system.redis.call(&["FLUSHALL"]).await;
    clients.request(&system, "first@example.com").await.expect_status(202);
    asked(&system, &mut monitor).await;
    for address in [USER, disabled, "none@example.com"] {
        clients.request(&system, address).await.expect_status(202);
        assert_eq!(asked(&system, &mut monitor).await, shapes[0]);
    }
}

/// What the API wrote into its log, at the finest, while it answered a call: all but who asked, for what, and when, and
/// what state its connection to Redis was in.
fn told(system: &System, answer: &Answer) -> Vec<serde_json::Value> {
    let id = answer.header("x-request-id").expect("answers carry their id");
    let log = system.log("rekey-api");
    let lines = log.lines().map(|line| serde_json::from_str(line).expect("each line is JSON"));
    let mut lines: Vec<serde_json::Value> =
        lines.filter(|line: &serde_json::Value| line["span"]["request_id"] == id).collect();
    for line in &mut lines {
        for own in ["/timestamp", "/address", "/error", "/ms", "/span/request_id", "/span/client", "/span/trace_id"] {
            if let Some(own) = line.pointer_mut(own) {
                *own = serde_json::Value::Null;
            }
        }
    }
    lines
}

/// Without Redis no times are measured. The path is the same instead: a request ends where Redis is asked, which is
/// before anything could be asked about an account, and after the same steps.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_without_redis_a_request_takes_the_same_path_for_every_address() {
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let disabled = "gone@example.com";
    let builder = System::builder().database_at(Kind::Postgres, postgres.url()).without_worker();
    let builder = builder.account(USER, &Secret::password()).account(disabled, &Secret::password());
    // Without the brake nothing else runs scripts, so they can be counted.
    let builder = builder.env("REKEY_LOG_FILTER", "trace").env("REKEY_LIMITS_PROOF", "false");
    let mut system = builder.start().await;
    assert!(system.run("rekey-api", &["account", "disable", disabled], b"").success);
    let statements = || {
        let log = postgres.log();
        log.matches("LOG:  statement: ").count() + log.matches("LOG:  execute ").count()
    };
    let mut clients = Newcomers(100);
    clients.request(&system, "first@example.com").await.expect_status(202);
    // Those that were refused included.
    let scripts = async |system: &System| -> i64 {
        let stats = system.redis.call(&["INFO", "commandstats"]).await.text();
        let line = stats.lines().find(|line| line.starts_with("cmdstat_evalsha:")).expect("scripts were run").trim();
        let counts = line["cmdstat_evalsha:".len()..].split(',').filter_map(|part| part.split_once('='));
        let counts = counts.filter(|(name, _)| ["calls", "rejected_calls"].contains(name));
        counts.map(|(_, count)| count.parse::<i64>().expect("a number")).sum()
    };

    for state in ["full", "gone"] {
        match state {
            "full" => drop(system.redis.call(&["CONFIG", "SET", "maxmemory", "1"]).await),
            _ => system.redis.stop(),
        }
        // The first finds out.
        clients.request(&system, "first@example.com").await.is_problem(503, "unavailable");
        let before = statements();
        let mut seen = Vec::new();
        for address in [USER, disabled, "none@example.com"] {
            let asked_before = if state == "full" { scripts(&system).await } else { 0 };
            let answer = clients.request(&system, address).await;
            answer.is_problem(503, "unavailable");
            let asked = if state == "full" { scripts(&system).await - asked_before } else { 0 };
            seen.push((asked, told(&system, &answer), without_ids(&answer)));
        }
        assert!(!seen[0].1.is_empty(), "the log tells of it");
        assert_eq!(seen[0].0, i64::from(state == "full"), "one script is sent, and refused as a whole");
        assert!(seen.iter().all(|one| *one == seen[0]), "{state}: {seen:#?}");
        assert_eq!(statements(), before, "{state}: no statement reached the database");
    }
}

/// Every way in which a code can be refused.
async fn refused_codes(system: &System) -> Vec<(&'static str, String, Secret)> {
    let (live, mail) = system.mailed(USER, 1).await;
    let open =
        async |n: usize| system.request(&format!("none-{n}@example.com")).await.expect_status(202).challenge_id();
    let (unknown, expired, exhausted) = (open(1).await, open(2).await, open(3).await);
    let code = wrong(&mail.code());
    let (used, other) = system.mailed("other@example.com", 1).await;
    system.verify(&used, &other.code()).await.expect_status(200);
    system.redis.call(&["PEXPIRE", &format!("{{rekey:0}}:challenge:{expired}"), "0"]).await;
    for _ in 0..5 {
        system.verify(&exhausted, &code).await.is_problem(400, "code_rejected");
    }
    // Of a challenge that was opened when there were too many trails, the audit trail does not tell.
    let untold = open(4).await;
    system.redis.call(&["DEL", &format!("{{rekey:0}}:trail:{untold}")]).await;
    let made_up = expired.replace(|c: char| c.is_ascii_lowercase(), "q");
    vec![
        ("wrong, of an account", live.clone(), code.clone()),
        ("wrong, of no account", unknown, code.clone()),
        ("no code", live, Secret::new("nothing at all")),
        ("expired", expired, code.clone()),
        ("used", used, other.code()),
        ("exhausted", exhausted, code.clone()),
        ("untold", untold, code.clone()),
        ("made up", made_up, code),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r4_every_refused_code_takes_the_same_path_and_gets_the_same_answer() {
    let builder =
        System::builder().account(USER, &Secret::password()).account("other@example.com", &Secret::password());
    let system = builder.patient_with_clients().start().await;
    let kinds = refused_codes(&system).await;
    system.settled().await;
    // The worker asks Redis for work all the time.
    let mut system = system;
    system.worker().stop();
    let mut monitor = system.redis.monitor().await;
    let (mut seen, mut live, mut clients) = (Vec::new(), Vec::new(), Newcomers(100));
    for (kind, challenge_id, code) in &kinds {
        let answer = clients.verify(&system, challenge_id, code).await;
        answer.is_problem(400, "code_rejected");
        let shapes = asked(&system, &mut monitor).await;
        assert_eq!(sent(&shapes), ["EVALSHA"], "{kind}: one script");
        if kind.starts_with("wrong") {
            live.push(shapes.clone());
        }
        seen.push((*kind, without_ids(&answer), shapes));
    }
    assert_eq!(live[0], live[1], "with and without an account it is the same, to the last octet");
    for (kind, answer, shapes) in &seen {
        assert_eq!(*answer, seen[0].1, "{kind}: the answer");
        let outer = |shapes: &[Shape]| shapes.iter().find(|shape| !shape.by_script).cloned();
        assert_eq!(outer(shapes), outer(&seen[0].2), "{kind}: what is sent");
        // As many commands inside of it, and as many of them that write.
        let names = |shapes: &[Shape]| shapes.iter().map(|shape| shape.name[0].clone()).collect::<Vec<_>>();
        assert_eq!(shapes.len(), seen[0].2.len(), "{kind}: {:?} and {:?}", names(shapes), names(&seen[0].2));
        assert_eq!(writes(shapes), writes(&seen[0].2), "{kind}: {:?} and {:?}", names(shapes), names(&seen[0].2));
    }
}

/// How many commands write.
fn writes(shapes: &[Shape]) -> usize {
    let reads = ["EVALSHA", "EXISTS", "GET", "HGET", "HMGET", "PTTL", "TIME", "ZSCORE"];
    shapes.iter().filter(|shape| !reads.contains(&shape.name[0].to_uppercase().as_str())).count()
}

/// The answer without what is another for each call: its id and the time.
fn without_ids(answer: &Answer) -> (u16, serde_json::Value, Vec<String>) {
    let mut json = answer.json();
    if let Some(problem) = json.as_object_mut() {
        problem.remove("request_id");
    }
    let headers = answer.header_names().into_iter().filter(|name| !["x-request-id", "date"].contains(name));
    let headers = headers.map(|name| format!("{name}: {}", answer.header(name).unwrap_or_default())).collect();
    (answer.status, json, headers)
}

/// The comparison itself: another path is seen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_path_is_seen() {
    let system = System::builder().without_worker().start().await;
    let mut clients = Newcomers(100);
    clients.request(&system, "first@example.com").await.expect_status(202);
    let mut monitor = system.redis.monitor().await;
    clients.request(&system, "none@example.com").await.expect_status(202);
    let shapes = asked(&system, &mut monitor).await;
    clients.request(&system, "longer@example.com").await.expect_status(202);
    assert_ne!(asked(&system, &mut monitor).await, shapes, "an address is longer");
    let body = json!({ "email": "nono@example.com", "locale": "de" });
    clients.post(&system, "request", body).await.expect_status(202);
    assert_ne!(asked(&system, &mut monitor).await, shapes, "a language is there");
}
