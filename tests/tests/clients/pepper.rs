//! An application verifies the hashes that Rekey writes, by the code that `docs/passwords.md` shows.

use std::{fs, path::Path, process::Command};

use e2e::{Secret, System, process, programs};
use serde_json::json;

/// What comes after the code of the manual: the cases on standard input, an answer for each on standard output.
const ASK: &str = r#"
import json
import sys


def answer(case):
    try:
        return is_right(case["stored"], case["password"], case["peppers"])
    except KeyError:
        return "missing"


print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
"#;

const PEPPER: &str = "REKEY_PASSWORD_PEPPER";
/// A comma parts peppers; whatever else base64 or a shell has is a part of them.
const OLD: &str = "b2xkIHBlcHBlci4gb2xkIHBlcHBlci4gb2xk+/==";
const NEW: &str = "a new pepper 'with' \"odd\" $characters and é";

/// The only block of Python in the manual.
fn manual() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/passwords.md");
    let text = fs::read_to_string(path).expect("the manual is there");
    let (_, rest) = text.split_once("```python\n").expect("it has a block of Python");
    rest.split_once("```").expect("the block ends").0.to_owned()
}

/// The hash that Rekey makes of the password for an account of that name.
async fn hashed(system: &System, name: &str, password: &Secret) -> String {
    system.add_account(&format!("{name}@example.com"), password);
    let query = format!("SELECT password_hash FROM account WHERE email = '{name}@example.com'");
    system.sql().await.text(&query).await.expect("the account has a hash")
}

/// Whether `account verify` takes the password for each of the three.
fn verified(system: &System, password: &Secret) -> [bool; 3] {
    ["plain", "old", "new"].map(|name| system.verify_account(&format!("{name}@example.com"), password))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_of_the_manual_verifies_hashes_with_new_old_and_no_pepper() {
    let mut system = System::builder().without_api().without_worker().start().await;
    // Decomposed here, composed by NFC.
    let (password, wrong) = (Secret::new("cafe\u{301} harbour tractor"), Secret::new("cafe harbour tractor"));
    let plain = hashed(&system, "plain", &password).await;
    system.set(PEPPER, OLD);
    let old = hashed(&system, "old", &password).await;
    assert_eq!(verified(&system, &password), [true, true, false]);
    system.set(PEPPER, &format!("{NEW},{OLD}"));
    let new = hashed(&system, "new", &password).await;
    assert_eq!(verified(&system, &password), [true, true, true], "old and new ones while it rotates");
    assert_eq!(verified(&system, &wrong), [false; 3]);

    let listed = system.run("rekey-api", &["account", "list", "--json"], b"").stdout;
    let needed = |stored: &str| stored.split('$').nth(2).expect("the stored text has parts").to_owned();
    for (name, pepper) in [("plain", json!(null)), ("old", json!(needed(&old))), ("new", json!(needed(&new)))] {
        let line = listed.lines().find(|line| line.contains(name)).expect("each account is listed");
        let account: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert_eq!((&account["pepper"], &account["hash_scheme"]), (&pepper, &json!("argon2id")), "{name}");
    }

    system.set(PEPPER, NEW);
    assert_eq!(verified(&system, &password), [true, false, true], "the old one was dropped");
    let asked = system.run("rekey-api", &["account", "verify", "old@example.com"], password.expose().as_bytes());
    assert!(asked.stderr.contains(PEPPER) && asked.stderr.contains(&needed(&old)), "it names what it lacks");
    let imported = system.run("rekey-api", &["account", "add", "--hash", "imported@example.com"], old.as_bytes());
    assert!(imported.success, "a hash that needs another pepper can be brought along: {}", imported.stderr);
    system.set(PEPPER, "");
    assert_eq!(verified(&system, &password), [true, false, false]);

    let case = |stored: &str, password: &Secret, peppers: &[&str]| json!({ "stored": stored, "password": password.expose(), "peppers": peppers });
    let composed = Secret::new("caf\u{e9} harbour tractor");
    let cases = [
        case(&plain, &composed, &[]),
        case(&plain, &wrong, &[NEW, OLD]),
        case(&old, &password, &[NEW, OLD]),
        case(&new, &composed, &[NEW, OLD]),
        case(&new, &wrong, &[NEW, OLD]),
        case(&old, &password, &[NEW]),
        case(&new, &password, &[]),
    ];
    let script = system.folder().join("application.py");
    fs::write(&script, manual() + ASK).expect("the folder can be written");
    let mut python = Command::new(programs::python("python"));
    python.arg("-B").arg(&script);
    let told = process::run(&python, json!(cases).to_string().as_bytes());
    assert!(told.success, "{}", told.stderr);
    let told: serde_json::Value = serde_json::from_str(&told.stdout).expect("an answer for each case");
    assert_eq!(told, json!([true, false, true, true, false, "missing", "missing"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_hashes_with_the_first_pepper() {
    const USER: &str = "user@example.com";
    let (old, new) = (Secret::password(), Secret::password());
    let system = System::builder().account(USER, &old).env(PEPPER, &format!("{NEW},{OLD}")).start().await;
    let before = system.sql().await.text("SELECT password_hash FROM account").await.expect("the account has a hash");
    let token = system.token(USER, 1).await;
    system.confirm(&token, &new).await.expect_status(204);
    let after = system.sql().await.text("SELECT password_hash FROM account").await.expect("the account has a hash");
    let start = |stored: &str| stored.split('$').take(4).map(ToOwned::to_owned).collect::<Vec<_>>();
    assert_eq!(start(&after), start(&before));
    assert_eq!(start(&after)[1], "hmac-sha256");
    assert!(system.verify_account(USER, &new) && !system.verify_account(USER, &old));
}
