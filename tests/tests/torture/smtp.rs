//! Mail servers as they are: what arrives, what is tried again, and what is dead and why.
//!
//! `docs/operating.md` has the same table for operators; a test looks whether it has a row for each case.

use std::time::{Duration, Instant};

use e2e::server::smtp::Script;
use e2e::{System, eventually};

use crate::{count, fleet, is_large};

/// What becomes of a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is tried again, and an attempt is counted.
    Retried,
    /// It waits until the server is well; no attempt is counted.
    Deferred,
    /// It is a dead letter.
    Dead,
}

struct Case {
    /// As the row of the table is called.
    name: &'static str,
    script: fn(&mut Script),
    fate: Fate,
    /// How the noted reason begins.
    reason: &'static str,
}

/// Servers that answer at once.
const CASES: [Case; 17] = [
    Case {
        name: "421 at the greeting",
        script: |s| s.banner = Some("421 busy"),
        fate: Fate::Deferred,
        reason: "greeting: 421",
    },
    Case {
        name: "554 at the greeting",
        script: |s| s.banner = Some("554 no"),
        fate: Fate::Deferred,
        reason: "greeting: 554",
    },
    Case {
        name: "535 at AUTH",
        script: |s| s.auth = Some("535 5.7.8 wrong"),
        fate: Fate::Deferred,
        reason: "AUTH: 535",
    },
    Case {
        name: "421 at MAIL",
        script: |s| s.mail = Some("421 4.3.2 closing"),
        fate: Fate::Deferred,
        reason: "MAIL: 421",
    },
    Case {
        name: "451 at MAIL",
        script: |s| s.mail = Some("451 4.3.2 not now"),
        fate: Fate::Deferred,
        reason: "MAIL: 451",
    },
    Case {
        name: "550 at MAIL",
        script: |s| s.mail = Some("550 5.7.1 sender"),
        fate: Fate::Deferred,
        reason: "MAIL: 550",
    },
    Case {
        name: "421 at RCPT",
        script: |s| s.rcpt = Some("421 4.7.0 slowly"),
        fate: Fate::Retried,
        reason: "RCPT: 421",
    },
    Case { name: "450 at RCPT", script: |s| s.rcpt = Some("450 4.2.1 busy"), fate: Fate::Retried, reason: "RCPT: 450" },
    Case { name: "451 at RCPT", script: |s| s.rcpt = Some("451 4.3.0 oh"), fate: Fate::Retried, reason: "RCPT: 451" },
    Case { name: "452 at RCPT", script: |s| s.rcpt = Some("452 4.2.2 full"), fate: Fate::Retried, reason: "RCPT: 452" },
    Case { name: "550 at RCPT", script: |s| s.rcpt = Some("550 5.1.1 who"), fate: Fate::Dead, reason: "RCPT: 550" },
    Case { name: "552 at RCPT", script: |s| s.rcpt = Some("552 5.2.2 full"), fate: Fate::Dead, reason: "RCPT: 552" },
    Case {
        name: "250 at DATA",
        script: |s| s.start = Some("250 OK"),
        fate: Fate::Retried,
        reason: "DATA: unexpected 250",
    },
    Case {
        name: "451 after the mail",
        script: |s| s.data = Some("451 4.3.0 later"),
        fate: Fate::Retried,
        reason: "message: 451",
    },
    Case {
        name: "354 after the mail",
        script: |s| s.data = Some("354 more"),
        fate: Fate::Retried,
        reason: "message: unexpected 354",
    },
    Case {
        name: "554 after the mail",
        script: |s| s.data = Some("554 5.7.1 spam"),
        fate: Fate::Dead,
        reason: "message: 554",
    },
    Case {
        name: "closed half-way",
        script: |s| s.breaks = true,
        fate: Fate::Retried,
        reason: "message: the connection broke",
    },
];

/// Cases that have tests of their own below.
const SILENT: [&str; 8] = [
    "connection refused",
    "silent at the greeting",
    "silent at RCPT",
    "silent after the mail",
    "greylisting",
    "a mail a second",
    "certificate not trusted",
    "STARTTLS not offered",
];

async fn noted(system: &System, id: &str) -> String {
    system.redis.call(&["HGET", "{rekey:0}:meta", id]).await.text()
}

/// With credentials, so that AUTH is said.
async fn system() -> System {
    let mut system = fleet::system().start().await;
    let url = format!("smtp://user:word@{}", system.smtp.address());
    system.set("REKEY_SMTP_URL", &url);
    system
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_of_a_mail_server_has_its_consequence() {
    for Case { name, script, fate, reason } in CASES {
        let system = system().await;
        system.smtp.script(script);
        let asked = fleet::open(&system, count(2, 200)).await;
        let _worker = fleet::worker(&system);
        // Which of them is tried is the breaker's choice, so any will do.
        let meta = eventually(name, Duration::from_secs(30), async || {
            for challenge in &asked {
                let meta = noted(&system, &format!("{challenge}.1")).await;
                if meta.contains(&format!("\"reason\":\"{reason}")) {
                    return Some(meta);
                }
            }
            None
        })
        .await;
        let counted = !meta.contains("\"attempts\":0");
        match fate {
            Fate::Retried => assert!(counted, "{name}: an attempt is counted: {meta}"),
            Fate::Deferred => assert!(!counted, "{name}: no attempt is counted: {meta}"),
            Fate::Dead => {
                let dead = system.dead(asked.len()).await;
                assert_eq!(dead.len(), asked.len(), "{name}: all of them");
                system.smtp.mend();
                let retried = system.run("rekey-worker", &["jobs", "retry", "--all-dead", "--reason", reason], b"");
                assert!(retried.success, "{name}: {}", retried.stderr);
            }
        }
        if fate != Fate::Dead {
            assert_eq!(system.smtp.accepted(), 0, "{name}: nothing was taken");
            system.smtp.mend();
        }
        let begin = Instant::now();
        eventually(&format!("{name}: all arrive once the server is well"), Duration::from_secs(90), async || {
            (fleet::Arrived::at(&system).challenges == asked).then_some(())
        })
        .await;
        system.settled().await;
        assert_eq!(fleet::Arrived::at(&system).duplicates(), 0, "{name}");
        fleet::check(&system);
        println!("smtp: {name}: {reason}; then {} mails in {:.1} s", asked.len(), begin.elapsed().as_secs_f64());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_refuses_connections_costs_no_attempt() {
    let mut system = system().await;
    system.smtp.stop().await;
    let asked = fleet::open(&system, count(5, 1_000)).await;
    let _worker = fleet::worker(&system);
    eventually("one is put off", Duration::from_secs(20), async || {
        (fleet::stat(&system, "deferred").await >= 3).then_some(())
    })
    .await;
    assert_eq!(fleet::stat(&system, "retried").await, 0);
    system.smtp.listen().await;
    arrive_once(&system, &asked, 0, "connection refused").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_is_given_up_and_tried_again() {
    for (silent, name, counted) in [("banner", "silent at the greeting", 0), ("RCPT", "silent at RCPT", 1)] {
        let system = system().await;
        system.smtp.script(|script| script.silent = Some(silent));
        let asked = fleet::open(&system, count(3, 50)).await;
        let _worker = fleet::worker(&system);
        let stat = if counted == 0 { "deferred" } else { "retried" };
        eventually(name, Duration::from_secs(60), async || (fleet::stat(&system, stat).await >= 1).then_some(())).await;
        // The other way round says nothing: mails that are put off behind a silent one are deferred as well.
        assert!(counted > 0 || fleet::stat(&system, "retried").await == 0, "{name}");
        assert_eq!(system.smtp.accepted(), 0);
        system.smtp.mend();
        arrive_once(&system, &asked, 0, name).await;
    }
}

/// Nobody can know whether a server that is silent after the last dot took the mail: it comes again, with the same code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_silent_after_the_mail_gets_it_again_with_the_same_code() {
    let mut system = system().await;
    system.smtp.script(|script| script.hang = true);
    let asked = fleet::open(&system, 3).await;
    let _worker = fleet::worker(&system);
    // One of them: the others wait until their domain is seen to be quick.
    eventually("a mail is there", Duration::from_secs(20), async || (system.smtp.reached() == 1).then_some(())).await;
    if is_large() {
        // The worker's own patience: 60 s.
        eventually("it is given up", Duration::from_secs(90), async || {
            (fleet::stat(&system, "retried").await >= 1).then_some(())
        })
        .await;
        system.smtp.mend();
    } else {
        system.smtp.stop().await;
        system.smtp.mend();
        system.smtp.listen().await;
    }
    // The large variant's server took what it was silent about.
    arrive_once(&system, &asked, 3, "silent after the mail").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_greylists_gets_every_mail_at_its_second_try() {
    let system = system().await;
    system.smtp.script(|script| script.greylists = true);
    let asked = fleet::open(&system, count(8, 8)).await;
    let _worker = fleet::worker(&system);
    arrive_once(&system, &asked, 0, "greylisting").await;
    assert_eq!(system.smtp.stumbled(), fleet::ACCOUNTS, "each recipient was asked to come again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_a_mail_a_second_gets_all_of_them_in_the_end() {
    let system = system().await;
    system.smtp.script(|script| script.takes = Duration::from_secs(1));
    let asked = fleet::open(&system, count(20, 400)).await;
    let _worker = fleet::worker(&system);
    arrive_once(&system, &asked, 0, "a mail a second").await;
    assert_eq!(fleet::stat(&system, "retried").await, 0, "slow is no failure");
}

async fn arrive_once(system: &System, asked: &std::collections::BTreeSet<String>, may_be_twice: usize, name: &str) {
    let begin = Instant::now();
    eventually(&format!("{name}: every mail arrives"), Duration::from_secs(400), async || {
        (&fleet::Arrived::at(system).challenges == asked).then_some(())
    })
    .await;
    system.settled().await;
    let twice = fleet::Arrived::at(system).duplicates();
    assert!(twice <= may_be_twice, "{name}: {twice} mails came twice");
    fleet::check(system);
    println!("smtp: {name}: {} mails in {:.1} s, {twice} twice", asked.len(), begin.elapsed().as_secs_f64());
}

#[test]
fn operators_have_a_row_for_each_case() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md")).unwrap();
    for name in CASES.iter().map(|case| case.name).chain(SILENT) {
        assert!(text.contains(&format!("| {name} |")), "docs/operating.md has no row for: {name}");
    }
}
