//! The users of `deploy/redis/users.acl` may do what the programs do, and no more.

use std::time::Duration;

use e2e::resp::{Connection, Value};
use e2e::server::redis::{Cluster, Recipe, Redis, Sentinels};
use e2e::{READY, Secret, System, eventually, proof};
use serde_json::json;

const USER: &str = "user@example.com";
const USERS: &str = include_str!("../../../deploy/redis/users.acl");

/// The file, with a password for each user; the URL of each is made of these.
struct Users {
    rules: String,
    api: Secret,
    worker: Secret,
}

impl Users {
    fn new() -> Self {
        let (api, worker) = (Secret::password(), Secret::password());
        let with = |line: &str, password: &Secret| line.replacen("resetpass", &format!(">{}", password.expose()), 1);
        let rules: Vec<String> = USERS
            .lines()
            .map(|line| match line.split(' ').nth(1) {
                Some("rekey-api") => with(line, &api),
                Some("rekey-worker") => with(line, &worker),
                _ => line.to_owned(),
            })
            .collect();
        // The test itself goes on as one who may do all.
        assert_eq!(rules[0], "user default off");
        Self { rules: rules[1..].join("\n"), api, worker }
    }

    fn recipe(&self) -> Recipe {
        Recipe::default().users(&self.rules)
    }

    /// A URL with the user of a program in it.
    fn url(&self, program: &str, plain: &str) -> String {
        let password = if program == "rekey-api" { &self.api } else { &self.worker };
        plain.replacen("://", &format!("://{program}:{}@", password.expose()), 1)
    }

    /// Both programs on a Redis at this URL, each as its own user.
    async fn system(&self, redis: Option<Redis>, plain: &str) -> System {
        let builder = System::builder().account(USER, &Secret::password()).patient_with_clients();
        let builder = builder.env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s").without_api().without_worker();
        let builder = ["PER_HOUR", "PER_DAY", "CLIENT_PER_HOUR", "CLIENT_PER_DAY"]
            .iter()
            .fold(builder, |builder, limit| builder.env(&format!("REKEY_LIMITS_ADDRESS_{limit}"), "50"));
        let builder = match redis {
            Some(redis) => builder.redis(redis),
            None => builder,
        };
        let mut system = builder.start().await;
        system.set("REKEY_REDIS_URL", &self.url("rekey-api", plain));
        system.start_api(true).await;
        system.set("REKEY_REDIS_URL", &self.url("rekey-worker", plain));
        system.start_worker(true).await;
        system
    }
}

/// Nothing was refused to anybody so far.
async fn nothing_refused(redis: &Redis) {
    let log = redis.call(&["ACL", "LOG"]).await.list();
    assert!(log.is_empty(), "refused: {}", Value::List(log.clone()).text());
}

async fn whole_reset(system: &System) {
    let new = Secret::password();
    system.verify("AAAAAAAAAAAAAAAAAAAAAAAA", &Secret::new("AAAA-AAAA")).await.is_problem(400, "code_rejected");
    let token = system.token(USER, 1).await;
    system.confirm(&token, &Secret::new("too short")).await.expect_status(422);
    system.confirm(&token, &new).await.expect_status(204);
    assert!(system.verify_account(USER, &new));
    let _ = system.smtp.wait_within(Duration::from_secs(30), USER, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_users_can_brake() {
    let users = Users::new();
    let redis = Redis::by(users.recipe()).await;
    let plain = redis.url();
    let mut system = users.system(Some(redis), &plain).await;
    system.api().stop();
    for (name, value) in [("FAILED_TRIES_ALARM", "1"), ("PROOF_QUIET", "20s"), ("PROOF_COST", "500")] {
        system.set(&format!("REKEY_LIMITS_{name}"), value);
    }
    system.set("REKEY_REDIS_URL", &users.url("rekey-api", &plain));
    system.start_api(true).await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    system.verify(&challenge_id, &e2e::wrong(&mail.code())).await.is_problem(400, "code_rejected");
    let refused = system.verify(&challenge_id, &mail.code()).await;
    let body = json!({"challenge_id": challenge_id, "code": mail.code().expose(), "proof": proof::solve(&refused)});
    system.post("/password-reset/verify", &body).await.expect_status(200);
    system.redis.call(&["HSET", "{rekey:0}:brake", "ends", "1"]).await;
    eventually("its end is told", Duration::from_secs(30), async || {
        system.log("rekey-api").contains("brake off").then_some(())
    })
    .await;
    nothing_refused(&system.redis).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_users_can_do_all_that_the_programs_do() {
    let users = Users::new();
    let redis = Redis::by(users.recipe()).await;
    let plain = redis.url();
    let mut system = users.system(Some(redis), &plain).await;
    whole_reset(&system).await;

    // A retry: refused for now.
    system.smtp.script(|script| script.data = Some("451 4.3.0 try again later"));
    let reached = system.smtp.reached();
    system.until(system.redis_now().await + 1_001).await;
    system.request(USER).await.expect_status(202);
    eventually("it is refused for now", Duration::from_secs(20), async || {
        (system.smtp.reached() > reached).then_some(())
    })
    .await;
    system.smtp.script(|script| script.data = None);
    let _ = system.smtp.wait_within(Duration::from_secs(60), USER, 3).await;

    // A dead letter, seen, retried and dropped by hand.
    system.smtp.script(|script| script.rcpt = Some("550 5.1.1 no such mailbox"));
    system.until(system.redis_now().await + 1_001).await;
    system.request(USER).await.expect_status(202);
    let dead = system.dead(1).await;
    let jobs = |arguments: &[&str]| {
        let ran = system.run("rekey-worker", &[&["jobs"], arguments].concat(), b"");
        assert!(ran.success, "{}", ran.stderr);
        ran.stdout
    };
    assert!(jobs(&["list"]).contains(&dead[0]));
    assert!(jobs(&["show", &dead[0]]).contains("send_code"));
    system.smtp.script(|script| script.rcpt = None);
    jobs(&["retry", &dead[0]]);
    let _ = system.smtp.wait_within(Duration::from_secs(30), USER, 4).await;
    system.redis.call(&["LPUSH", READY, "no job"]).await;
    let buried = system.dead(1).await;
    jobs(&["drop", &buried[0]]);

    // The reaper: a lease that runs out.
    system.smtp.script(|script| script.hang = true);
    let reached = system.smtp.reached();
    system.until(system.redis_now().await + 1_001).await;
    let job = system.request(USER).await.expect_status(202).challenge_id() + ".1";
    eventually("the worker is in the middle of a mail", Duration::from_secs(20), async || {
        (system.smtp.reached() > reached).then_some(())
    })
    .await;
    system.worker().kill();
    system.smtp.stop().await;
    system.smtp.script(|script| script.hang = false);
    system.smtp.listen().await;
    system.redis.call(&["ZADD", "{rekey:0}:leases", "XX", "1", &job]).await;
    system.start_worker(true).await;
    let _ = system.smtp.wait_within(Duration::from_secs(30), USER, 5).await;
    system.settled().await;

    // The sweep of the outbox.
    system.forget_pushes().await;
    system.sql().await.run("UPDATE reset_event SET next_push_at = 1, notice_done_at = NULL").await;
    let _ = system.smtp.wait_within(Duration::from_secs(30), USER, 6).await;

    // The audit trail, to the end of every challenge.
    system.end_trails().await;

    // What the API's commands do.
    let plain = system.redis.url();
    system.set("REKEY_REDIS_URL", &users.url("rekey-api", &plain));
    for arguments in [["limits", "show", USER], ["limits", "clear", USER]] {
        let ran = system.run("rekey-api", &arguments, b"");
        assert!(ran.success, "{}", ran.stderr);
    }
    nothing_refused(&system.redis).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_users_can_do_it_by_sentinels_and_on_a_cluster() {
    let users = Users::new();
    let group = Sentinels::start(users.recipe()).await;
    whole_reset(&users.system(None, &group.url()).await).await;
    nothing_refused(&group.servers[0]).await;
    let users = Users::new();
    let cluster = Cluster::start(users.recipe()).await;
    whole_reset(&users.system(None, &cluster.url()).await).await;
    for node in &cluster.nodes {
        nothing_refused(node).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_users_can_do_nothing_else() {
    let users = Users::new();
    let redis = Redis::by(users.recipe()).await;
    redis.call(&["SET", "others", "secret"]).await;
    redis.call(&["HSET", "{rekey:0}:held", "id", "bytes"]).await;
    let script = "return redis.call('FLUSHALL')";
    let refused_to_both: &[&[&str]] = &[
        &["FLUSHALL"],
        &["FLUSHDB"],
        &["KEYS", "*"],
        &["SCAN", "0"],
        &["CONFIG", "GET", "*"],
        &["CONFIG", "SET", "maxmemory", "1"],
        &["ACL", "LIST"],
        &["MONITOR"],
        &["SHUTDOWN", "NOSAVE"],
        &["REPLICAOF", "NO", "ONE"],
        &["SCRIPT", "FLUSH"],
        &["CLIENT", "LIST"],
        &["PUBLISH", "channel", "x"],
        &["GET", "others"],
        &["SET", "rekey", "x"],
        &["DEL", "others"],
        &["EVAL", script, "0"],
        &["EVAL", "return redis.call('GET', KEYS[1])", "1", "others"],
        &["EVAL", "return redis.call('GET', 'others')", "0"],
    ];
    let refused_to_api: &[&[&str]] = &[
        &["HSET", "{rekey:0}:held", "id", "x"],
        &["HDEL", "{rekey:0}:meta", "id"],
        &["ZADD", "{rekey:0}:dead", "1", "id"],
        &["DEL", "{rekey:0}:stats"],
        &["BRPOP", READY, "0.01"],
    ];
    let refused_to_worker: &[&[&str]] = &[
        &["HGETALL", "{rekey:0}:token:x"],
        &["HSET", "{rekey:0}:token:x", "state", "live"],
        &["DEL", "{rekey:0}:limit:address:x"],
        &["GET", "{rekey:client:x}:request"],
        &["HGETALL", "{rekey:0}:idempotency:x"],
    ];
    for (user, password, more) in
        [("rekey-api", &users.api, refused_to_api), ("rekey-worker", &users.worker, refused_to_worker)]
    {
        for command in refused_to_both.iter().chain(more) {
            let mut connection = Connection::open(redis.address()).await.unwrap();
            let answer = connection.call(&[b"AUTH", user.as_bytes(), password.expose().as_bytes()]).await.unwrap();
            assert_eq!(answer, Value::Bytes(b"OK".to_vec()));
            let parts: Vec<&[u8]> = command.iter().map(|part| part.as_bytes()).collect();
            let answer = connection.call(&parts).await.unwrap();
            let is_refused = matches!(&answer, Value::Error(text)
                if text.starts_with("NOPERM") || text.contains("can't run this command") || text.contains("can't access"));
            assert!(is_refused, "{user} is refused {command:?}, not answered {answer:?}");
        }
    }
    assert_eq!(redis.call(&["GET", "others"]).await.text(), "secret");
    // Without a password in the file nobody gets in, and the one who may do all is off.
    let unused = USERS.lines().filter(|line| line.contains("resetpass") || *line == "user default off").count();
    assert_eq!(unused, USERS.lines().count());
}
