//! Secrets of whole resets are looked for in everything that the programs leave behind.

use e2e::resp::Value;
use e2e::server::redis::Redis;
use e2e::{Secret, secret::random, wrong};

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

/// Every spelling of a secret under which it might be written down.
fn spellings(secret: &Secret) -> Vec<String> {
    let text = secret.expose().to_owned();
    let plain = text.replace('-', "");
    let mut all = vec![text.clone(), text.to_lowercase(), plain.to_lowercase()];
    if plain.len() == 8 {
        all.push(format!("{}-{}", &plain[..4], &plain[4..]));
    }
    // As a list of octets, which is how Rust shows bytes.
    let octets: Vec<String> = text.bytes().take(8).map(|octet| octet.to_string()).collect();
    all.push(octets.join(", "));
    all.push(plain);
    all.sort();
    all.dedup();
    all
}

/// Panics with the secret's name alone.
fn holds_none(place: &str, text: &str, secrets: &[(&str, &Secret)]) {
    for (name, secret) in secrets {
        for spelling in spellings(secret) {
            assert!(!text.contains(&spelling), "{place} holds {name}");
        }
    }
}

on_every_database! {
    async fn r23_r68_no_secret_is_left_in_redis_database_or_logs(builder: Builder) {
        let user = format!("{}@example.com", random(16));
        let nobody = format!("{}@example.com", random(16));
        let (old, new, refused) = (Secret::password(), Secret::password(), Secret::new(format!("{0}{0}", random(6))));
        let system = builder.account(&user, &old).patient_with_clients().start().await;
        let sql = system.sql().await;
        let old_hash = Secret::new(sql.text("SELECT password_hash FROM account").await.unwrap());
        let mut monitor = system.redis.monitor().await;

        let (challenge_id, mail) = system.mailed(&user, 1).await;
        system.request(&nobody).await.expect_status(202);
        let code = mail.code();
        let bad_code = wrong(&code);
        system.verify(&challenge_id, &bad_code).await.is_problem(400, "code_rejected");
        let token = system.verify(&challenge_id, &code).await.expect_status(200).reset_token();
        system.verify(&challenge_id, &code).await.is_problem(400, "code_rejected");
        system.confirm(&token, &refused).await.is_problem(422, "password_rejected");
        system.confirm(&token, &new).await.expect_status(204);
        system.confirm(&token, &new).await.is_problem(400, "token_rejected");
        let _ = system.smtp.wait_for(&user, 2).await;
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
        ];
        let hashes = [("the old hash", &old_hash), ("the new hash", &new_hash)];
        let (address, unknown) = (Secret::new(user.as_str()), Secret::new(nobody.as_str()));
        let addresses = [("an address", &address), ("an unknown address", &unknown)];

        for (place, text) in [
            ("Redis' stream of commands", monitor.so_far(&system.redis).await.join("\n")),
            ("Redis", everything_in(&system.redis).await),
            ("Redis' file", files(&system.redis.data_files())),
        ] {
            assert!(text.contains(&challenge_id), "{place} was looked at");
            holds_none(place, &text, &secrets);
            holds_none(place, &text, &hashes);
        }

        let rows = format!("{}\n{}", sql.all_text("account").await, sql.all_text("reset_event").await);
        assert!(rows.contains(&user), "the database was looked at");
        holds_none("the database", &rows, &secrets);
        if system.kind() == e2e::Kind::Sqlite {
            let found = std::fs::read_dir(system.folder()).unwrap().flatten().map(|entry| entry.path());
            let database: Vec<_> = found.filter(|path| path.to_string_lossy().contains("rekey.db")).collect();
            let text = files(&database);
            assert!(text.contains(&user), "the file was looked at");
            holds_none("SQLite's file", &text, &secrets);
        }

        for program in ["rekey-api", "rekey-worker"] {
            let log = system.log(program);
            assert!(log.contains(&challenge_id), "{program}'s log was looked at");
            holds_none(program, &log, &secrets);
            holds_none(program, &log, &hashes);
            holds_none(program, &log, &addresses);
        }
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
    for text in [everything_in(&redis).await, files(&redis.data_files()), monitor.so_far(&redis).await.join("\n")] {
        let found = std::panic::catch_unwind(|| holds_none("a place", &text, &[("the code", &code)]));
        assert!(found.is_err(), "it is found");
    }
}
