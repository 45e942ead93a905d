//! Accounts: old hashes of other makers, and spellings of an address that are somebody else's.

use e2e::{Secret, System};

const USER: &str = "user@example.com";

/// Hashes of "<name>-Legacy-secret-41", made by other programs than ours: Python's bcrypt and argon2-cffi, and
/// hashlib's PBKDF2 (as Django writes it) and scrypt.
const LEGACY: [(&str, &str); 4] = [
    ("bcrypt", "$2b$10$06xfQBqtv6remuQZ0y0Vg.dq042sCWgSG8uM7aK/R44r25icyWWh6"),
    ("django", "pbkdf2_sha256$600000$q3JzV0sXxYdD$BcREU5ke+nWp7+Q0W1izApGkbEYKCkOO91jSnbkw82s="),
    ("argon2i", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$f07LEeshtb5WUmS66O1OhhqIS8p0Ojr42AC2xbk9pys"),
    ("scrypt", "$scrypt$ln=14,r=8,p=1$c29tZXNhbHRzb21lc2FsdA$PKmnL+a7g0sf1t+S5d+9jGMos8gyu7WFQDfZY61Ftvs"),
];

on_every_database! {
    async fn a_legacy_hash_verifies_and_is_argon2id_after_a_reset(builder: Builder) {
        let system = builder.patient_with_clients().start().await;
        let sql = system.sql().await;
        for (name, hash) in LEGACY {
            let address = format!("{name}@example.com");
            let added = system.run("rekey-api", &["account", "add", "--hash", &address], hash.as_bytes());
            assert!(added.success, "{name} can be added: {}", added.stderr);
            let old = Secret::new(format!("{name}-Legacy-secret-41"));
            assert!(system.verify_account(&address, &old), "{name} verifies");
            assert!(!system.verify_account(&address, &Secret::new("another-Legacy-secret-41")), "{name} is looked at");

            let new = Secret::password();
            let token = system.token(&address, 1).await;
            system.confirm(&token, &new).await.expect_status(204);
            let now = sql.text(&format!("SELECT password_hash FROM account WHERE email = '{address}'")).await.unwrap();
            assert!(now.starts_with("$argon2id$"), "{name} has become argon2id");
            assert!(system.verify_account(&address, &new) && !system.verify_account(&address, &old));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_are_added_listed_and_disabled_from_the_command_line() {
    let password = Secret::password();
    let system = System::builder().account(USER, &password).without_api().without_worker().start().await;
    let again = system.run("rekey-api", &["account", "add", USER], password.expose().as_bytes());
    assert!(!again.success, "an address is added once");
    assert!(!system.run("rekey-api", &["account", "add", "é@example.com"], password.expose().as_bytes()).success);
    assert!(!system.run("rekey-api", &["account", "add", "--hash", "x@example.com"], b"no hash at all").success);
    let listed = system.run("rekey-api", &["account", "list"], b"");
    assert!(listed.success && listed.stdout.contains(USER));
    assert!(!listed.stdout.contains("$argon2"), "no hash is shown");
    assert!(!system.verify_account("nobody@example.com", &password));
    assert!(!system.run("rekey-api", &["account", "disable", "nobody@example.com"], b"").success);
    assert!(system.run("rekey-api", &["account", "disable", USER], b"").success);
    for output in [again.stdout, again.stderr, listed.stdout, listed.stderr] {
        assert!(!output.contains(password.expose()), "no password is shown");
    }
}

/// Rekey's own table cannot hold two rows of an address; somebody else's might. Only PostgreSQL lets a test take the
/// guard away by name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r30_two_rows_that_match_count_as_none() {
    let other = "other@example.com";
    let builder = System::builder().database(e2e::Kind::Postgres).account(USER, &Secret::password());
    let system = builder.account(other, &Secret::password()).start().await;
    let sql = system.sql().await;
    let unique = "SELECT indexname::text FROM pg_indexes WHERE tablename = 'account' AND indexdef LIKE '%(email)%'";
    let unique = sql.text(unique).await.expect("addresses are unique");
    sql.run(&format!("ALTER TABLE account DROP CONSTRAINT IF EXISTS \"{unique}\"")).await;
    sql.run(&format!("DROP INDEX IF EXISTS \"{unique}\"")).await;
    let _ = system.mailed(other, 1).await;
    sql.run(&format!("UPDATE account SET email = '{USER}'")).await;
    system.request(USER).await.expect_status(202);
    system.settled().await;
    assert!(system.smtp.mails_to(USER).is_empty());
}
