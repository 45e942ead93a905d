//! What the programs refuse to start with. Each refusal names the variable, and shows no secret.

use std::time::Duration;

use e2e::{Kind, Secret, System, eventually};

/// Starts `program` with one variable changed, and asserts that it ends with an error that names the variable.
async fn refuses(system: &System, program: &str, env: &[(&str, &str)], named: &str) {
    let mut process = system.spawn_with(program, env);
    let what = format!("{program} ends for its {named}");
    let ended = eventually(&what, Duration::from_secs(20), async || process.ended()).await;
    assert!(!ended.success(), "{program} starts with a bad {named}");
    let output = process.output();
    assert!(output.contains(named), "{program} does not name {named}");
    assert!(!output.contains("canary"), "{program} shows the value of {named}");
}

async fn idle() -> System {
    System::builder().without_api().without_worker().start().await
}

/// What a production needs on top of a test's settings.
const PRODUCTION: [(&str, &str); 2] =
    [("REKEY_MODE", "production"), ("REKEY_HTTP_PUBLIC_URL", "https://reset.example.com")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r71_bad_settings_are_refused_by_name() {
    let system = idle().await;
    for (name, value) in [
        ("REKEY_SECRET", "canary-too-short"),
        ("REKEY_CODE_TTL", "11m"),
        ("REKEY_CODE_FORMAT", "digits-4"),
        ("REKEY_MODE", "staging"),
        ("REKEY_HTTP_LISTEN", "0.0.0.0:8080"),
        ("REKEY_HTTP_PUBLIC_URL", "https://reset.example.com"),
        ("REKEY_DATABASE_URL", "oracle://user:canary@localhost/db"),
        ("REKEY_REDIS_URL", "http://user:canary@localhost"),
        ("REKEY_PASSWORD_ARGON2_MEMORY_KIB", "1024"),
        ("REKEY_PASSWORD_MIN_LENGTH", "3"),
        ("REKEY_PASSWORD_PEPPER", "canary-too-short"),
        ("REKEY_PASSWORD_BLOCKLIST", "/no/such/file"),
        ("REKEY_PASSWORD_LOOKUP_URL", "http://canary@api.pwnedpasswords.com"),
        ("REKEY_PASSWORD_LOOKUP_TIMEOUT", "3s"),
        ("REKEY_HTTP_ALLOWED_ORIGINS", "*"),
        ("REKEY_LOG_FORMAT", "xml"),
        ("REKEY_NO_SUCH_SETTING", "1"),
    ] {
        refuses(&system, "rekey-api", &[(name, value)], name).await;
    }
    for (name, value) in [
        ("REKEY_SMTP_URL", "http://user:canary@localhost"),
        ("REKEY_MAIL_FROM", "nobody"),
        ("REKEY_WORKER_CONCURRENCY", "0"),
        ("REKEY_WORKER_INTERNAL_LISTEN", "0.0.0.0:8082"),
    ] {
        refuses(&system, "rekey-worker", &[(name, value)], name).await;
    }
    // What is wrong in a folder of templates is named by its file.
    refuses(&system, "rekey-worker", &[("REKEY_MAIL_TEMPLATES", "/no/such/folder")], "/no/such/folder").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r71_production_refuses_what_is_for_tests() {
    let system = idle().await;
    // It does start without these, or else the refusals would prove nothing.
    let mut process = system.spawn_with("rekey-api", &PRODUCTION);
    eventually("a production starts", Duration::from_secs(20), async || {
        assert!(process.runs(), "a production ends: {}", process.output());
        let answer = system.internal().try_send(&e2e::Request::new("GET", "/readyz")).await.ok()?;
        (answer.status == 200).then_some(())
    })
    .await;
    let guarded = system.client().send(&e2e::Request::new("GET", "/nothing")).await;
    assert!(guarded.header("strict-transport-security").is_some(), "r57: HSTS when public over https");
    process.stop();
    let with = |name: &'static str, value: &'static str| {
        let mut env = PRODUCTION.to_vec();
        env.push((name, value));
        env
    };
    refuses(&system, "rekey-api", &with("REKEY_LIMITS_ENABLED", "false"), "REKEY_LIMITS_ENABLED").await;
    let open = "smtp://user:canary@mail.example.com:25";
    refuses(&system, "rekey-worker", &with("REKEY_SMTP_URL", open), "REKEY_SMTP_URL").await;
    system.add_account("demo@example.com", &Secret::password());
    refuses(&system, "rekey-api", &PRODUCTION, "demo@example.com").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schema_that_is_behind_is_refused_unless_asked_to_migrate() {
    let mut system = System::builder().without_schema().without_api().without_worker().start().await;
    refuses(&system, "rekey-api", &[], "migrate up").await;
    let status = system.run("rekey-api", &["migrate", "status"], b"");
    assert!(!status.stdout.is_empty());
    system.migrate();
    system.start_api(true).await;
}

const USER: &str = "user@example.com";
const COUNT: &str = "SELECT COUNT(*) FROM account";

on_every_database! {
    async fn the_schema_goes_up_and_down(builder: Builder) {
        let system = builder.without_api().without_worker().start().await;
        assert_eq!(system.sql().await.number(COUNT).await, Some(0));
        let down = system.run("rekey-api", &["migrate", "down"], b"");
        assert!(down.success, "{}", down.stderr);
        system.migrate();
        system.migrate();
        assert_eq!(system.sql().await.number(COUNT).await, Some(0));
    }

    /// Killed between two statements, which only PostgreSQL takes back: what is done stays, and is not noted.
    async fn migrations_that_were_cut_off_are_run_again(builder: Builder) {
        let mut system = builder.account(USER, &Secret::password()).without_api().without_worker().start().await;
        let sql = system.sql().await;
        let on = if system.kind() == Kind::MariaDb { " ON reset_event" } else { "" };
        for index in ["reset_event_webhook_given_up_at", "reset_event_occurred_at"] {
            sql.run(&format!("DROP INDEX {index}{on}")).await;
        }
        for column in ["webhook_given_up_at", "reason", "traceparent"] {
            sql.run(&format!("ALTER TABLE reset_event DROP COLUMN {column}")).await;
        }
        sql.run("DELETE FROM rekey_migration WHERE version > 'm20261123_000002'").await;
        system.migrate();
        // All of them, each with all that it does.
        sql.run("DELETE FROM rekey_migration").await;
        system.migrate();
        let status = system.run("rekey-api", &["migrate", "status"], b"");
        assert!(status.success && !status.stdout.contains("pending"), "{}", status.stdout);
        system.start_api(true).await;
        system.start_worker(true).await;
        let token = system.token(USER, 1).await;
        system.confirm(&token, &Secret::password()).await.expect_status(204);
        let _ = system.smtp.wait_for(USER, 2).await;
    }
}

/// A hash has 97 characters with the default parameters, and 21 more with a pepper. SQLite looks at no column's length.
async fn refuses_short_columns(kind: Kind, change: &str) {
    const PEPPER: (&str, &str) = ("REKEY_PASSWORD_PEPPER", "a pepper of a test; a pepper of a test");
    let mut system = System::builder().database(kind).without_api().without_worker().start().await;
    let sql = system.sql().await;
    let change = async |column: &str| sql.run(&format!("ALTER TABLE account {change} {column}")).await;
    change("varchar(96)").await;
    refuses(&system, "rekey-api", &[], "account.password_hash").await;
    change("varchar(97)").await;
    refuses(&system, "rekey-api", &[PEPPER], "account.password_hash").await;
    system.start_api(true).await;
    system.api().stop();
    change("text").await;
    system.set(PEPPER.0, PEPPER.1);
    system.start_api(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r45_a_password_column_of_postgresql_too_short_for_the_hash_is_refused() {
    refuses_short_columns(Kind::Postgres, "ALTER COLUMN password_hash TYPE").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r45_a_password_column_of_mariadb_too_short_for_the_hash_is_refused() {
    refuses_short_columns(Kind::MariaDb, "MODIFY COLUMN password_hash").await;
}
