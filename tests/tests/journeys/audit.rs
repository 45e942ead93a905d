//! The audit trail: what is told of a reset, and of whom nothing is.

use std::time::Duration;

use e2e::{Answer, Request, Secret, System, eventually, wrong};
use serde_json::{Value, json};

const USER: &str = "user@example.com";
const AGENT: &str = "Auditor/1.0 (tests)";

/// A call with a user agent.
async fn call(system: &System, path: &str, body: Value) -> Answer {
    system.client().send(&Request::post(path, body.to_string()).header("User-Agent", AGENT)).await
}

/// What `rekey-api events` tells, oldest first.
pub fn events(system: &System, account: &str) -> Vec<Value> {
    let ran = system.run("rekey-api", &["events", account, "--json"], b"");
    assert!(ran.success, "{}", ran.stderr);
    ran.stdout.lines().rev().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Kinds, reasons and counts, in a fixed order: of two events in one millisecond either may be first.
pub fn told(events: &[Value]) -> Vec<String> {
    let line = |event: &Value| {
        let reason = event["reason"].as_str().map(|reason| format!(" {reason}")).unwrap_or_default();
        format!("{}{reason} {}", event["kind"].as_str().unwrap(), event["times"])
    };
    let mut told: Vec<_> = events.iter().map(line).collect();
    told.sort();
    told
}

/// Waits until events of these kinds are told, whatever else is.
async fn until_told(system: &System, account: &str, kinds: &[&str]) {
    eventually("the worker wrote it down", Duration::from_secs(20), async || {
        let events = events(system, account);
        kinds.iter().all(|kind| events.iter().any(|event| event["kind"] == *kind)).then_some(())
    })
    .await;
}

on_every_database! {
    /// From the request to the new password, row by row, and nothing in them that helps anybody in.
    async fn r23_r68_a_whole_reset_is_told_row_by_row_without_a_secret(builder: Builder) {
        let (old, weak, new) = (Secret::password(), Secret::new("password password password"), Secret::password());
        let system = builder.account(USER, &old).account("other@example.com", &old).patient_with_clients();
        let system = system.env("REKEY_LIMITS_RESEND_AFTER", "0s").start().await;

        let (request, verify) = ("/password-reset/request", "/password-reset/verify");
        let challenge_id = call(&system, request, json!({ "email": USER })).await.expect_status(202).challenge_id();
        let code = system.smtp.wait_for(USER, 1).await.code();
        let again = json!({ "email": USER, "challenge_id": challenge_id });
        assert_eq!(call(&system, request, again).await.expect_status(202).challenge_id(), challenge_id);
        let _ = system.smtp.wait_for(USER, 2).await;
        let guess = async |code: &Secret| {
            call(&system, verify, json!({ "challenge_id": challenge_id, "code": code.expose() })).await
        };
        for _ in 0..3 {
            guess(&wrong(&code)).await.is_problem(400, "code_rejected");
        }
        let token = guess(&code).await.expect_status(200).reset_token();
        guess(&code).await.is_problem(400, "code_rejected");
        until_told(&system, USER, &["requested", "mailed", "verified"]).await;
        let confirm = async |password: &Secret| {
            let body = json!({ "reset_token": token.expose(), "new_password": password.expose() });
            call(&system, "/password-reset/confirm", body).await
        };
        confirm(&weak).await.is_problem(422, "password_rejected");
        confirm(&weak).await.is_problem(422, "password_rejected");
        confirm(&new).await.expect_status(204);
        let changed = system.redis_now().await;
        system.end_trails().await;

        let all = events(&system, USER);
        let expected = [
            "mailed 1", "mailed 1", "password_reset 1", "refused password 2", "rejected 4", "requested 1", "requested 1",
            "verified 1",
        ];
        assert_eq!(told(&all), expected);
        for event in &all {
            assert_eq!((&event["reset"], &event["address"]), (&all[0]["reset"], &json!(USER)));
            assert!((changed - 120_000..=changed).contains(&event["occurred_at"].as_i64().unwrap()));
            let caller = if event["kind"] == "mailed" { (Value::Null, Value::Null) } else { (json!("127.0.0.1"), json!(AGENT)) };
            assert_eq!((event["client"].clone(), event["user_agent"].clone()), caller, "{}", event["kind"]);
        }
        assert_eq!(all[0]["kind"], "requested", "oldest first here, so newest first there");

        // By its id as well, for people, and no more than asked for.
        let sql = system.sql().await;
        let id = sql.number(&format!("SELECT id FROM account WHERE email = '{USER}'")).await.unwrap().to_string();
        assert_eq!(events(&system, &id), all);
        let text = system.run("rekey-api", &["events", USER, "--limit", "3"], b"").stdout;
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().all(|line| line.contains("Z\t") && !line.contains(USER)), "{text}");
        assert!(events(&system, "other@example.com").is_empty());

        let rows = sql.all_text("reset_event").await;
        assert!(rows.contains(AGENT), "the rows were looked at");
        let challenge = Secret::new(challenge_id.as_str());
        let bare = Secret::new(code.expose().replace('-', ""));
        for (what, secret) in [
            ("code", &code), ("bare code", &bare), ("token", &token), ("challenge", &challenge), ("old", &old),
            ("refused", &weak), ("new", &new),
        ] {
            assert!(!rows.contains(secret.expose()), "no row holds the {what}");
        }
    }

    /// A stranger's calls leave rows for whoever has the account, and for nobody else.
    async fn r1_an_address_that_nobody_has_leaves_no_row(builder: Builder) {
        let disabled = "disabled@example.com";
        let builder = builder.account(USER, &Secret::password()).account(disabled, &Secret::password());
        let system = builder.patient_with_clients().start().await;
        assert!(system.run("rekey-api", &["account", "disable", disabled], b"").success);
        for address in ["nobody@example.com", USER, disabled] {
            let challenge_id = system.request(address).await.expect_status(202).challenge_id();
            system.verify(&challenge_id, &Secret::new("AAAA-AAAA")).await.is_problem(400, "code_rejected");
        }
        let _ = system.smtp.wait_for(USER, 1).await;
        system.settled().await;
        system.end_trails().await;
        let all = system.sql().await.number("SELECT COUNT(*) FROM reset_event").await;
        assert_eq!(told(&events(&system, USER)), ["mailed 1", "rejected 1", "requested 1"]);
        assert_eq!(told(&events(&system, disabled)), ["rejected 1", "requested 1"]);
        assert_eq!(all, Some(5), "and nothing else");
        let unknown = system.run("rekey-api", &["events", "nobody@example.com"], b"");
        assert_eq!((unknown.status, unknown.stdout.as_str()), (Some(2), ""));
        assert!(unknown.stderr.contains("no such account"), "{}", unknown.stderr);
    }

    async fn a_confirm_that_an_account_refuses_is_told_once(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).start().await;
        let token = system.token(USER, 1).await;
        assert!(system.run("rekey-api", &["account", "disable", USER], b"").success);
        for _ in 0..2 {
            system.confirm(&token, &Secret::password()).await.is_problem(400, "token_rejected");
        }
        system.end_trails().await;
        assert_eq!(told(&events(&system, USER)), ["mailed 1", "refused account 1", "requested 1", "verified 1"]);
    }

    /// Whenever it dies: what it took comes to another one, and no row is written twice.
    async fn r66_a_killed_worker_loses_no_event_and_doubles_none(builder: Builder) {
        let users: Vec<String> = (0..12).map(|n| format!("user{n}@example.com")).collect();
        let builder = users.iter().fold(builder, |builder, user| builder.account(user, &Secret::password()));
        let mut system = builder.env("REKEY_LIMITS_ENABLED", "false").start().await;
        for user in &users {
            let challenge_id = system.request(user).await.expect_status(202).challenge_id();
            system.verify(&challenge_id, &Secret::new("AAAA-AAAA")).await.is_problem(400, "code_rejected");
        }
        for user in &users {
            let _ = system.smtp.wait_for(user, 1).await;
        }
        system.settled().await;
        for _ in 0..3 {
            system.close_trails().await;
            system.worker().kill();
            system.start_worker(true).await;
        }
        system.end_trails().await;
        for user in &users {
            assert_eq!(told(&events(&system, user)), ["mailed 1", "rejected 1", "requested 1"]);
        }
        assert_eq!(system.sql().await.number("SELECT COUNT(*) FROM reset_event").await, Some(36));
    }

    /// What is old goes; what is still to be done stays, however old it is.
    async fn old_events_go_and_a_notice_that_is_open_stays(builder: Builder) {
        let mut system = builder.account(USER, &Secret::password()).env("REKEY_AUDIT_RETENTION", "1d").start().await;
        let token = system.token(USER, 1).await;
        system.worker().stop();
        system.confirm(&token, &Secret::password()).await.expect_status(204);
        system.start_worker(false).await;
        system.smtp.script(|script| script.data = Some("451 4.3.0 try again later"));
        let sql = system.sql().await;
        until_told(&system, USER, &["requested", "mailed", "verified", "password_reset"]).await;
        system.worker().stop();
        sql.run("UPDATE reset_event SET occurred_at = occurred_at - 90000000, notice_done_at = NULL").await;
        sql.run("UPDATE reset_event SET next_push_at = 1 WHERE kind = 'password_reset'").await;
        sql.run("UPDATE reset_event SET occurred_at = occurred_at + 90000000 WHERE kind = 'mailed'").await;
        system.start_worker(true).await;
        eventually("old events are gone", Duration::from_secs(20), async || {
            (sql.number("SELECT COUNT(*) FROM reset_event").await == Some(2)).then_some(())
        })
        .await;
        assert_eq!(told(&events(&system, USER)), ["mailed 1", "password_reset 1"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_with_a_retention_that_cannot_be_is_refused_by_name() {
    let system = System::builder().without_worker().without_api().start().await;
    let mut system = system;
    system.set("REKEY_AUDIT_RETENTION", "1h");
    let ran = system.run("rekey-worker", &["run"], b"");
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("REKEY_AUDIT_RETENTION"), "{}", ran.stderr);
}

/// Whom a deleted account was is still told by its id.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_an_account_that_is_gone_are_found_by_its_id() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let _ = system.mailed(USER, 1).await;
    system.end_trails().await;
    let sql = system.sql().await;
    let id = sql.number("SELECT id FROM account").await.unwrap().to_string();
    sql.run("DELETE FROM account").await;
    assert_eq!(told(&events(&system, &id)), ["mailed 1", "requested 1"]);
    assert_eq!(system.run("rekey-api", &["events", USER], b"").status, Some(2));
    assert_eq!(system.run("rekey-api", &["events", "999"], b"").status, Some(2));
}

/// As after a flood while no worker writes anything down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_challenge_beside_too_many_others_is_not_told_of_which_is_counted_and_said_once() {
    const MOST: &str = "250000";
    let system = System::builder().account(USER, &Secret::password()).without_worker().start().await;
    let fill = "for i = 1, tonumber(ARGV[1]) do redis.call('ZADD', KEYS[1], 1e15 + i, i) end return 1";
    system.redis.call(&["EVAL", fill, "1", "{rekey:0}:closing", MOST]).await;
    for address in [USER, "nobody@example.com", "else@example.com"] {
        system.request(address).await.expect_status(202);
    }
    assert!(!system.redis.keys().await.iter().any(|key| key.contains(":trail:")));
    let metrics = system.internal().send(&Request::new("GET", "/metrics")).await.text();
    assert!(metrics.contains(r#"rekey_audit_trails_dropped_total{reason="full"} 3"#), "{metrics}");
    // A minute may end in between.
    let said = system.log("rekey-api").matches("the audit trail is full").count();
    assert!((1..=2).contains(&said), "{said}");
}
