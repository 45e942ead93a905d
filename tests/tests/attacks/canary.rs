//! Secrets of whole resets are looked for in everything that the programs leave behind.

use std::sync::Mutex;
use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use e2e::attack::spellings;
use e2e::resp::Value;
use e2e::server::collector::Collector;
use e2e::server::receiver::Receiver;
use e2e::server::redis::Redis;
use e2e::{Answer, Client, Kind, Request, Secret, System, eventually, random, wrong};

/// All values of all keys.
async fn everything_in(redis: &Redis) -> String {
    let mut all = String::new();
    for key in redis.keys().await {
        let read: &[&str] = match redis.call(&["TYPE", &key]).await.text().as_str() {
            "string" => &["GET", &key],
            "list" => &["LRANGE", &key, "0", "-1"],
            "hash" => &["HGETALL", &key],
            "zset" => &["ZRANGE", &key, "0", "-1"],
            "set" => &["SMEMBERS", &key],
            _ => continue,
        };
        let value = redis.call(read).await;
        all.push_str(&format!("{key}\n{}\n", value.text()));
    }
    all
}

/// Panics with the secret's name alone.
fn holds_none(place: &str, text: &str, secrets: &[(&str, &Secret)]) {
    for (name, secret) in secrets {
        for spelling in spellings::of(secret) {
            assert!(!text.contains(&spelling), "{place} holds {name}");
        }
    }
}

/// The same for what is long enough to be found as it stands, such as a hash or an address.
fn holds_no_text(place: &str, text: &str, secrets: &[(&str, &Secret)]) {
    for (name, secret) in secrets {
        assert!(!text.contains(secret.expose()), "{place} holds {name}");
    }
}

/// All rows of all tables, but for the columns of the account table that are meant to hold a hash.
async fn rows(system: &System, but: &Secret) -> String {
    let sql = system.sql().await;
    let tables = match system.kind() {
        Kind::Sqlite => "SELECT group_concat(name, ',') FROM sqlite_master WHERE type = 'table'",
        Kind::Postgres => "SELECT string_agg(tablename::text, ',') FROM pg_tables WHERE schemaname = current_schema()",
        Kind::MariaDb => {
            "SELECT CAST(GROUP_CONCAT(table_name) AS CHAR) FROM information_schema.tables WHERE table_schema = DATABASE()"
        }
    };
    let tables = sql.text(tables).await.expect("there are tables");
    assert!(tables.contains("account") && tables.contains("reset_event"), "{tables}");
    let mut all = String::new();
    for table in tables.split(',') {
        all.push_str(&format!("{table}\n{}\n", sql.all_text(table).await));
    }
    assert_eq!(all.matches(but.expose()).count(), 1, "the new hash stands where it belongs, once");
    all
}

/// What a whole story left outside of the database.
struct Left {
    answers: Mutex<Vec<String>>,
}

impl Left {
    /// Keeps what a caller can see of an answer.
    fn seen(&self, answer: Answer) -> Answer {
        let headers = answer
            .header_names()
            .into_iter()
            .map(|name| format!("{name}: {}", answer.header(name).unwrap_or_default()));
        let text = format!("{} {}\n{}", answer.status, headers.collect::<Vec<_>>().join("\n"), answer.text());
        self.answers.lock().unwrap().push(text);
        answer
    }
}

on_every_database! {
    /// A whole story at trace level: request, wrong and right code, resend, refused and taken password, a used token, a
    /// resent webhook, and an address that nobody has. Then everything that was written anywhere is searched.
    async fn r23_r68_no_secret_is_left_anywhere(builder: Builder) {
        let user = format!("{}@example.com", random(16));
        let nobody = format!("{}@example.com", random(16));
        let (old, new, refused) = (Secret::password(), Secret::password(), Secret::new(random(12)));
        let (collector, receiver) = (Collector::start().await, Receiver::start().await);
        let hook = Secret::new(format!("whsec_{}", BASE64_STANDARD.encode(random(32))));
        let builder = builder
            .account(&user, &old)
            .patient_with_clients()
            .env("REKEY_TELEMETRY_OTLP_ENDPOINT", &collector.url())
            .env("REKEY_WEBHOOK_URL", &format!("http://{}/hooks/rekey", receiver.address()))
            .env("REKEY_WEBHOOK_SECRET", hook.expose())
            .env("REKEY_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
        let system = builder.start().await;
        let sql = system.sql().await;
        let old_hash = Secret::new(sql.text("SELECT password_hash FROM account").await.unwrap());
        let mut monitor = system.redis.monitor().await;
        let left = Left { answers: Mutex::default() };

        let challenge_id = left.seen(system.request(&user).await).expect_status(202).challenge_id();
        let code = system.smtp.wait_for(&user, 1).await.code();
        left.seen(system.request(&nobody).await).expect_status(202);
        left.seen(system.request(&user).await).is_problem(429, "rate_limited");
        let bad_code = wrong(&code);
        left.seen(system.verify(&challenge_id, &bad_code).await).is_problem(400, "code_rejected");
        // Secrets in places where they do not belong, which a log of refused input would show.
        left.seen(system.verify(code.expose(), &code).await).is_problem(400, "invalid_request");
        left.seen(system.request(code.expose()).await).is_problem(400, "invalid_request");
        left.seen(system.confirm(&code, &new).await).is_problem(400, "token_rejected");
        let path = format!("/#/reset/{challenge_id}/{}", code.expose());
        left.seen(system.client().send(&Request::new("GET", &path)).await);
        let token = system.verify(&challenge_id, &code).await.expect_status(200).reset_token();
        left.seen(system.verify(&challenge_id, &code).await).is_problem(400, "code_rejected");
        left.seen(system.verify(&challenge_id, &token).await).is_problem(400, "invalid_request");
        left.seen(system.confirm(&token, &refused).await).is_problem(422, "password_rejected");
        left.seen(system.confirm(&token, &new).await).expect_status(204);
        left.seen(system.confirm(&token, &new).await).is_problem(400, "token_rejected");
        let _ = system.smtp.wait_for(&user, 2).await;
        let _ = receiver.wait_for(1).await;
        system.settled().await;
        let new_hash = Secret::new(sql.text("SELECT password_hash FROM account").await.unwrap());
        let key = Secret::new(system.setting("REKEY_SECRET"));

        let secrets = [
            ("the code", &code),
            ("a wrong code", &bad_code),
            ("the token", &token),
            ("the old password", &old),
            ("the new password", &new),
            ("the refused password", &refused),
            ("the secret", &key),
            ("the webhook's secret", &hook),
        ];
        let hashes = [("the old hash", &old_hash), ("the new hash", &new_hash)];
        let (address, unknown) = (Secret::new(user.as_str()), Secret::new(nobody.as_str()));
        let addresses = [("an address", &address), ("an unknown address", &unknown)];

        // Addresses stand in a challenge, whose code goes there, and in an event, whose notice goes there.
        let appended = files(&system.redis.data_files());
        system.redis.call(&["CONFIG", "SET", "rdbcompression", "no"]).await;
        system.redis.call(&["SAVE"]).await;
        for (place, text) in [
            ("Redis' stream of commands", monitor.so_far(&system.redis).await.join("\n")),
            ("Redis", everything_in(&system.redis).await),
            ("Redis' append-only file", appended),
            ("Redis' dump", files(&[system.redis.dump_file()])),
        ] {
            assert!(text.contains(&challenge_id), "{place} was looked at");
            holds_none(place, &text, &secrets);
            holds_no_text(place, &text, &hashes);
        }

        let rows = rows(&system, &new_hash).await;
        assert!(rows.contains(&user), "the database was looked at");
        holds_none("the database", &rows, &secrets);
        holds_no_text("the database", &rows, &[hashes[0], addresses[1]]);
        if system.kind() == Kind::Sqlite {
            let found = std::fs::read_dir(system.folder()).unwrap().flatten().map(|entry| entry.path());
            let database: Vec<_> = found.filter(|path| path.to_string_lossy().contains("rekey.db")).collect();
            let text = files(&database);
            assert!(text.contains(&user), "the file was looked at");
            holds_none("SQLite's file", &text, &secrets);
        }

        let metrics = [system.internal(), system.worker_internal()].map(async |client: Client| {
            client.send(&Request::new("GET", "/metrics")).await.expect_status(200).text()
        });
        let [api, worker] = metrics;
        let spans = eventually("the confirm's span", Duration::from_secs(20), async || {
            let spans = collector.spans();
            let names = ["confirm_password_reset", "password_reset.send_changed_notice"];
            names.iter().all(|name| spans.iter().any(|span| span.name == *name)).then_some(spans)
        });
        let spans: Vec<String> = spans.await.into_iter().map(|span| format!("{} {}", span.name, span.whole)).collect();
        let calls: Vec<String> = receiver.calls().iter().map(|call| format!("{:?} {}", call.headers, call.body)).collect();
        let (listed, shown) = (
            system.run("rekey-api", &["account", "list"], b""),
            system.run("rekey-worker", &["jobs", "list"], b""),
        );
        let answers = left.answers.lock().unwrap().join("\n");
        for (place, text, mark) in [
            ("the answers", answers, challenge_id.as_str()),
            ("the API's metrics", api.await, "rekey_"),
            ("the worker's metrics", worker.await, "rekey_"),
            ("the traces", spans.join("\n"), "confirm_password_reset"),
            ("the webhook's call", calls.join("\n"), "webhook-id"),
            ("the API's log", system.log("rekey-api"), &challenge_id),
            ("the worker's log", system.log("rekey-worker"), &challenge_id),
            ("`jobs list`", shown.stdout + &shown.stderr, ""),
        ] {
            assert!(text.contains(mark), "{place} was looked at");
            holds_none(place, &text, &secrets);
            holds_no_text(place, &text, &hashes);
            holds_no_text(place, &text, &addresses);
        }
        let listed = listed.stdout + &listed.stderr;
        holds_none("`account list`", &listed, &secrets);
        holds_no_text("`account list`", &listed, &hashes);
    }
}

fn files(paths: &[std::path::PathBuf]) -> String {
    let text = |path: &std::path::PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    paths.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// The search itself: what it is to find, it finds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_is_left_behind_is_found() {
    let redis = Redis::start().await;
    let code = Secret::new("ABCD2345");
    let mut monitor = redis.monitor().await;
    redis.call(&["HSET", "thing", "field", "xABCD-2345x"]).await;
    assert!(matches!(redis.call(&["EXISTS", "thing"]).await, Value::Int(1)));
    redis.call(&["CONFIG", "SET", "rdbcompression", "no"]).await;
    redis.call(&["SAVE"]).await;
    let dump = files(&[redis.dump_file()]);
    for text in [everything_in(&redis).await, files(&redis.data_files()), dump, monitor.so_far(&redis).await.join("\n")]
    {
        let found = std::panic::catch_unwind(|| holds_none("a place", &text, &[("the code", &code)]));
        assert!(found.is_err(), "it is found");
    }
}
