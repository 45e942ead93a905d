//! Accounts that have a second factor, under each of the three policies.

use std::path::Path;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use e2e::{Answer, Builder, Secret, System};
use ring::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair},
};
use serde_json::{Value, json};

use crate::audit::{events, told};

const USER: &str = "user@example.com";
const PLAIN: &str = "plain@example.com";
const CONTACT: &str = "accounts@example.com";

/// The application, which has the private key.
struct Application {
    pair: Ed25519KeyPair,
    /// As OpenSSL writes it (PKCS #8).
    private: Vec<u8>,
}

impl Application {
    fn new() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
        // This document has the public key behind the seed, which not every OpenSSL reads.
        let head = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
        let seed = &document.as_ref()[head.len()..head.len() + 32];
        Self { pair, private: [&head[..], seed].concat() }
    }

    /// Its public key, as OpenSSL writes it, in a file.
    fn write_public(&self, folder: &Path) -> String {
        let head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        let info = [&head[..], self.pair.public_key().as_ref()].concat();
        pem(&folder.join("factor.pem"), "PUBLIC KEY", &info)
    }

    fn sign(&self, header: &Value, claims: &str) -> Secret {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let message = format!("{}.{}", part(&header.to_string()), part(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(message.as_bytes()));
        Secret::new(format!("{message}.{signature}"))
    }

    fn state(&self, claims: &Value) -> Secret {
        self.sign(&json!({ "alg": "EdDSA" }), &claims.to_string())
    }
}

fn pem(path: &Path, label: &str, bytes: &[u8]) -> String {
    let text = format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(bytes));
    std::fs::write(path, text).unwrap();
    path.display().to_string()
}

fn hash_of(token: &Secret) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, token.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(digest)
}

/// What the application says of a user who showed their second factor for this reset.
async fn claims(system: &System, subject: &str, token: &Secret) -> Value {
    let now = system.redis_now().await / 1000;
    let hash = hash_of(token);
    json!({ "aud": "rekey-second-factor", "sub": subject, "iat": now, "exp": now + 120, "reset_token_hash": hash })
}

async fn confirm(system: &System, token: &Secret, password: &Secret, proof: Option<&Secret>) -> Answer {
    let proof = proof.map(Secret::expose);
    let body =
        json!({ "reset_token": token.expose(), "new_password": password.expose(), "second_factor_proof": proof });
    system.post("/password-reset/confirm", &body).await
}

fn flag(system: &System, state: &str, email: &str) {
    let ran = system.run("rekey-api", &["account", "second-factor", state, email], b"");
    assert!(ran.success, "the flag is set: {}", ran.stderr);
}

/// Both accounts, of which one has a second factor.
async fn flagged(builder: Builder) -> System {
    let builder = builder.account(USER, &Secret::password()).account(PLAIN, &Secret::password());
    let system = builder.patient_with_clients().env("REKEY_LIMITS_ENABLED", "false").without_api().without_worker();
    let mut system = system.start().await;
    flag(&system, "on", USER);
    system.start_api(true).await;
    system.start_worker(true).await;
    system
}

fn refusing(builder: Builder) -> Builder {
    builder.env("REKEY_SECOND_FACTOR_POLICY", "refuse").env("REKEY_SECOND_FACTOR_CONTACT", CONTACT)
}

/// A system that asks for proofs, and the application whose key it knows.
async fn proving(builder: Builder) -> (System, Application, tempfile::TempDir) {
    let (application, folder) = (Application::new(), tempfile::tempdir().unwrap());
    let file = application.write_public(folder.path());
    let builder = builder.env("REKEY_SECOND_FACTOR_POLICY", "proof").env("REKEY_SECOND_FACTOR_KEY_FILE", &file);
    (flagged(builder).await, application, folder)
}

on_every_database! {
    /// By the command line, and by a reset, which leaves it alone.
    async fn r34_the_flag_of_a_second_factor_is_kept_and_outlives_a_reset(builder: Builder) {
        let (new, newer) = (Secret::password(), Secret::password());
        let system = flagged(builder).await;
        let added = system.run("rekey-api", &["account", "add", "--second-factor", "x@example.com"], b"a password of some length");
        assert!(added.success, "{}", added.stderr);
        let listed = || {
            let ran = system.run("rekey-api", &["account", "list", "--json"], b"");
            let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            lines.map(|line| (line["email"].as_str().unwrap().to_owned(), line["second_factor"].as_bool().unwrap())).collect::<Vec<_>>()
        };
        let expected = [(USER, true), (PLAIN, false), ("x@example.com", true)].map(|(email, has)| (email.to_owned(), has));
        assert_eq!(listed(), expected);
        let text = system.run("rekey-api", &["account", "list"], b"").stdout;
        assert_eq!(text.lines().filter(|line| line.ends_with("\tsecond factor")).count(), 2);

        // The default: as if there were none.
        let token = system.token(USER, 1).await;
        system.confirm(&token, &new).await.expect_status(204);
        assert!(system.verify_account(USER, &new));
        assert_eq!(listed(), expected);

        for (state, has) in [("off", false), ("off", false), ("on", true)] {
            flag(&system, state, USER);
            assert_eq!(listed()[0].1, has);
        }
        assert!(!system.run("rekey-api", &["account", "second-factor", "on", "nobody@example.com"], b"").success);
        assert!(!system.run("rekey-api", &["account", "second-factor", "maybe", USER], b"").success);
        let _ = system.smtp.wait_for(USER, 2).await;
        let again = system.token(USER, 3).await;
        system.confirm(&again, &newer).await.expect_status(204);
    }

    /// The same answers as for everybody, a mail without a code, and a challenge that nobody can use.
    async fn r1_r5_a_refused_account_gets_a_mail_that_says_whom_to_ask(builder: Builder) {
        let system = flagged(refusing(builder)).await;
        let answers = [system.request(USER).await, system.request(PLAIN).await, system.request("nobody@example.com").await];
        let shapes = answers.clone().map(|answer| {
            let keys: Vec<String> = answer.json().as_object().unwrap().keys().cloned().collect();
            let names = answer.header_names().join(",");
            (answer.status, names, keys, answer.json()["expires_in"].clone(), answer.json()["resend_in"].clone())
        });
        assert_eq!(shapes[0], shapes[1]);
        assert_eq!(shapes[0], shapes[2]);

        let mail = system.smtp.wait_for(USER, 1).await;
        assert_eq!(mail.subject(), "Your password was not reset");
        for part in [mail.text(), mail.html()] {
            assert!(part.contains(CONTACT) && !part.contains("/#/"), "it says whom to ask, and has no link to a reset");
        }
        let code = system.smtp.wait_for(PLAIN, 1).await.code();
        for challenge in [&answers[0], &answers[2]] {
            system.verify(&challenge.challenge_id(), &code).await.is_problem(400, "code_rejected");
        }
        // Neither of them is bound to an account; the other one is.
        let bound = async |answer: &Answer| {
            let keys = system.redis.keys().await;
            let key = keys.into_iter().find(|key| key.ends_with(&answer.challenge_id())).expect("the challenge lives");
            system.redis.call(&["HEXISTS", &key, "account"]).await.int()
        };
        assert_eq!([bound(&answers[0]).await, bound(&answers[1]).await, bound(&answers[2]).await], [0, 1, 0]);

        // Once more, as a code would be.
        let id = answers[0].challenge_id();
        let resent = e2e::eventually("the wait for a resend is over", std::time::Duration::from_secs(10), async || {
            let answer = system.resend(USER, &id).await;
            (answer.status == 202).then_some(answer)
        });
        assert_eq!(resent.await.challenge_id(), id);
        assert!(system.smtp.wait_for(USER, 2).await.text().contains(CONTACT));
        system.settled().await;
        assert_eq!(system.smtp.mails_to(USER).len(), 2);
        // Its owner's administrator reads that it was refused, and why; no code was mailed.
        system.end_trails().await;
        let refused = ["refused second_factor 1", "refused second_factor 1", "rejected 1", "requested 1", "requested 1"];
        assert_eq!(told(&events(&system, USER)), refused);
        assert_eq!(told(&events(&system, PLAIN)), ["mailed 1", "requested 1"]);
        let text = system.run("rekey-api", &["events", USER], b"").stdout;
        assert!(text.contains("refused (second_factor)\t"), "{text}");
    }

    /// The code was mailed while the account had none.
    async fn r22_a_second_factor_noted_after_the_code_refuses_the_confirm(builder: Builder) {
        let (password, new) = (Secret::password(), Secret::password());
        let builder = refusing(builder).account(USER, &password);
        let system = builder.start().await;
        let token = system.token(USER, 1).await;
        flag(&system, "on", USER);
        confirm(&system, &token, &new, None).await.is_problem(400, "token_rejected");
        assert!(system.verify_account(USER, &password));
        let resets = "SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'";
        assert_eq!(system.sql().await.number(resets).await, Some(0));
        // Nothing was used up by that.
        flag(&system, "off", USER);
        confirm(&system, &token, &new, None).await.expect_status(204);
        assert!(system.verify_account(USER, &new));
        system.end_trails().await;
        let all = ["mailed 1", "password_reset 1", "refused second_factor 1", "requested 1", "verified 1"];
        assert_eq!(told(&events(&system, USER)), all);
    }

    async fn a_proof_of_the_application_resets_an_account_that_has_a_second_factor(builder: Builder) {
        let (system, application, _folder) = proving(builder).await;
        let new = Secret::password();
        let token = system.token(USER, 1).await;
        confirm(&system, &token, &new, None).await.is_problem(403, "second_factor_required");
        let proof = application.state(&claims(&system, USER, &token).await);
        // A password that is refused costs neither token nor proof.
        confirm(&system, &token, &Secret::new("aaaaaaaaaaaaaaaaaaaa"), Some(&proof)).await.is_problem(422, "password_rejected");
        confirm(&system, &token, &new, Some(&proof)).await.expect_status(204);
        assert!(system.verify_account(USER, &new));
        confirm(&system, &token, &new, Some(&proof)).await.is_problem(400, "token_rejected");

        // By the account's id as well; and whoever has no second factor needs no proof, but may show one.
        let newer = Secret::password();
        let id = system.sql().await.number(&format!("SELECT id FROM account WHERE email = '{USER}'")).await.unwrap();
        // The notice is the second mail, before the third.
        let _ = system.smtp.wait_for(USER, 2).await;
        let token = system.token(USER, 3).await;
        let proof = application.state(&claims(&system, &id.to_string(), &token).await);
        confirm(&system, &token, &newer, Some(&proof)).await.expect_status(204);
        let token = system.token(PLAIN, 1).await;
        confirm(&system, &token, &newer, Some(&proof)).await.expect_status(204);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r12_no_other_statement_is_a_proof_and_none_spends_the_token() {
    let (system, application, _folder) = proving(System::builder()).await;
    let (new, stranger) = (Secret::password(), Application::new());
    let earlier = system.token(USER, 1).await;
    let token = system.token(USER, 2).await;
    let good = claims(&system, USER, &token).await;
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        claims
    };
    let now = system.redis_now().await / 1000;
    let twice = good.to_string().replacen('{', &format!(r#"{{"sub":"{PLAIN}","#), 1);
    let unsigned = {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        Secret::new(format!("{}.{}.", part(r#"{"alg":"none"}"#), part(&good.to_string())))
    };
    let confused = {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let message = format!("{}.{}", part(r#"{"alg":"HS256"}"#), part(&good.to_string()));
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, application.pair.public_key().as_ref());
        Secret::new(format!("{message}.{}", URL_SAFE_NO_PAD.encode(ring::hmac::sign(&key, message.as_bytes()))))
    };
    let wrong = [
        ("missing", None),
        ("forged", Some(stranger.state(&good))),
        ("unsigned", Some(unsigned)),
        ("of another algorithm", Some(confused)),
        ("expired", Some(application.state(&json!({ "aud": good["aud"], "sub": USER, "iat": now - 200, "exp": now - 60, "reset_token_hash": good["reset_token_hash"] })))),
        ("for longer than it may be", Some(application.state(&with("exp", json!(now + 3600))))),
        ("of another reset", Some(application.state(&claims(&system, USER, &earlier).await))),
        ("of another account", Some(application.state(&with("sub", json!(PLAIN))))),
        ("with a claim twice", Some(application.sign(&json!({ "alg": "EdDSA" }), &twice))),
    ];
    // Nine: the tenth refusal would end the token.
    for (what, proof) in &wrong {
        let answer = confirm(&system, &token, &new, proof.as_ref()).await;
        assert!(answer.code() == "second_factor_required", "a proof that is {what} is refused, not {answer:?}");
        answer.is_problem(403, "second_factor_required");
    }
    let body = |proof: Value| json!({ "reset_token": token.expose(), "new_password": new.expose(), "second_factor_proof": proof });
    for odd in [json!("x".repeat(2049)), json!(7), json!({}), json!([])] {
        system.post("/password-reset/confirm", &body(odd)).await.is_problem(400, "invalid_request");
    }
    system.post("/password-reset/confirm", &body(json!("x".repeat(9000)))).await.is_problem(413, "payload_too_large");
    confirm(&system, &token, &new, Some(&application.state(&good))).await.expect_status(204);
    assert!(system.verify_account(USER, &new));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r43_ten_refused_proofs_end_a_token_and_none_of_them_is_hashed_for() {
    let (system, application, _folder) = proving(System::builder()).await;
    let (new, stranger) = (Secret::password(), Application::new());
    let token = system.token(USER, 1).await;
    let good = claims(&system, USER, &token).await;
    let forged = stranger.state(&good);
    for _ in 0..10 {
        confirm(&system, &token, &new, Some(&forged)).await.is_problem(403, "second_factor_required");
    }
    confirm(&system, &token, &new, Some(&application.state(&good))).await.is_problem(400, "token_rejected");
    system.end_trails().await;
    let all = ["mailed 1", "refused second_factor 10", "requested 1", "verified 1"];
    assert_eq!(told(&events(&system, USER)), all);
    let metrics = system.internal().send(&e2e::Request::new("GET", "/metrics")).await.text();
    assert!(metrics.contains(r#"rekey_confirms_total{outcome="second_factor_required"} 10"#));
    assert!(metrics.contains("rekey_hashing_duration_seconds_count 0"), "no password was hashed");
    for program in ["rekey-api", "rekey-worker"] {
        let log = system.log(program);
        for secret in [&forged, &token, &new] {
            assert!(!log.contains(secret.expose()), "{program} logs no proof, token or password");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r71_a_policy_without_what_it_needs_is_refused_by_name() {
    let system = System::builder().without_api().without_worker().start().await;
    for (program, name, env) in [
        ("rekey-api", "REKEY_SECOND_FACTOR_POLICY", &[("REKEY_SECOND_FACTOR_POLICY", "ask")][..]),
        ("rekey-worker", "REKEY_SECOND_FACTOR_POLICY", &[("REKEY_SECOND_FACTOR_POLICY", "ask")][..]),
        ("rekey-api", "REKEY_SECOND_FACTOR_KEY_FILE", &[("REKEY_SECOND_FACTOR_POLICY", "proof")][..]),
        ("rekey-api", "REKEY_SECOND_FACTOR_CONTACT", &[("REKEY_SECOND_FACTOR_POLICY", "refuse")][..]),
        ("rekey-worker", "REKEY_SECOND_FACTOR_CONTACT", &[("REKEY_SECOND_FACTOR_POLICY", "refuse")][..]),
        ("rekey-api", "REKEY_SECOND_FACTOR_URL", &[("REKEY_SECOND_FACTOR_URL", "http://example.com")][..]),
    ] {
        let mut process = system.spawn_with(program, env);
        let ended = e2e::eventually("it ends", std::time::Duration::from_secs(20), async || process.ended()).await;
        assert!(!ended.success() && process.output().contains(name), "{program} names {name}");
    }
}

/// The manual, and what comes behind its programs to call them.
const MANUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/second-factor.md");
const NODE: &str = "\nconsole.log(statement(process.argv[2], process.argv[3], process.argv[4]));\n";
const PYTHON: &str = "\nimport sys\n\nprint(statement(sys.argv[1], sys.argv[2], sys.argv[3]))\n";
/// The form's own program has the token, and makes the hash of it.
const FORM: &str = "\nconsole.log(resetTokenHash);\n";

/// The blocks of this language in the manual.
fn blocks(language: &str) -> Vec<String> {
    let manual = std::fs::read_to_string(MANUAL).expect("the manual is there");
    let begin = format!("```{language}\n");
    manual.split(&begin).skip(1).map(|rest| rest.split_once("\n```").expect("the block ends").0.to_owned()).collect()
}

/// What a program says, given to an interpreter as a file.
fn said(interpreter: &Path, file: &Path, program: &str, arguments: &[&str]) -> String {
    std::fs::write(file, program).unwrap();
    let mut command = std::process::Command::new(interpreter);
    let ran = e2e::process::run(command.arg(file).args(arguments), b"");
    assert!(ran.success, "{}", ran.stderr);
    ran.stdout.trim().to_owned()
}

/// The statements of docs/second-factor.md, made by the programs that stand there, are proofs of this very reset.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_documented_programs_make_a_proof() {
    let (system, application, folder) = proving(System::builder()).await;
    let key = pem(&folder.path().join("private.pem"), "PRIVATE KEY", &application.private);
    let (node, python) = (e2e::programs::foreign("node"), e2e::programs::python("python"));
    let (js, py) = (blocks("js"), blocks("python"));
    let ([node_program, form], [python_program]) = (&js[..], &py[..]) else { panic!("as many programs as were known") };
    let (mut mails, mut before) = (0, None);
    for (interpreter, name, program, call) in
        [(&node, "state.mjs", node_program, NODE), (&python, "state.py", python_program, PYTHON)]
    {
        assert!(program.lines().count() <= 15, "{name} is as short as promised");
        mails += 1;
        let token = system.token(USER, mails).await;
        let hashes = format!("const resetToken = process.argv[2];\n{form}{FORM}");
        let hash = said(&node, &folder.path().join("form.mjs"), &hashes, &[token.expose()]);
        assert_eq!(hash, hash_of(&token), "the form names the token as the service does");
        let make = |subject: &str| {
            let file = folder.path().join(name);
            Secret::new(said(interpreter, &file, &format!("{program}{call}"), &[&key, subject, &hash]))
        };
        let new = Secret::password();
        for wrong in [Some(make(PLAIN)), before] {
            confirm(&system, &token, &new, wrong.as_ref()).await.is_problem(403, "second_factor_required");
        }
        let proof = make(USER);
        confirm(&system, &token, &new, Some(&proof)).await.expect_status(204);
        assert!(system.verify_account(USER, &new), "{name}");
        // The notice is a mail, too.
        mails += 1;
        let _ = system.smtp.wait_for(USER, mails).await;
        before = Some(proof);
    }
}
