//! The page's estimate is the server's: 10,000 passwords are weighed by both.
//!
//! The order in which zxcvbn tries is random. It can change the number of guesses where they are more than 10⁸, and so,
//! rarely, turn a score of 3 into 4; never what is refused.

mod corpus;

use std::{
    collections::HashMap,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use entity::{email::Email, settings::Source};
use serde_json::{Value, json};

use self::corpus::{Corpus, Weighed};
use super::{NewPassword, Normalize, Policy, Reason, estimate::estimate};

const COUNT: usize = 10_000;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../web-ui/strength"))
}

/// What the page says, in Node.
fn in_the_page(all: &[Weighed]) -> Vec<Value> {
    let made = Command::new(folder().join("build.sh")).status().unwrap();
    assert!(made.success(), "web-ui/strength/build.sh");
    let mut node = Command::new("node")
        .arg(folder().join("equal.mjs"))
        .arg(crate::clock::now_ms().to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js runs the page's half");
    let lines: String = all.iter().map(|weighed| format!("{}\n", question(weighed))).collect();
    let mut stdin = node.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "web-ui/strength/equal.mjs");
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn question(Weighed { password, address, service, normalize }: &Weighed) -> Value {
    let normalize = if *normalize == Normalize::Nfc { "nfc" } else { "none" };
    json!({"password": password, "address": address, "service": service, "normalize": normalize})
}

/// What the server says. Every tenth time it is asked whether its rules as a whole say so too.
fn here(at: usize, weighed: &Weighed, policies: &mut HashMap<(&'static str, bool), Policy>) -> Value {
    let Weighed { password, address, service, normalize } = weighed;
    let password = NewPassword::new(password.clone());
    let (score, reasons) = estimate(&password.normalized(*normalize), address.as_deref(), service);
    if at.is_multiple_of(10)
        && let Some(address) = address
    {
        let is_nfc = *normalize == Normalize::Nfc;
        let policy = policies.entry((service, is_nfc)).or_insert_with(|| policy(service, is_nfc));
        let refused = policy.check_strength(&password, &Email::parse(address).unwrap());
        let refused = refused.err().unwrap_or_default().into_vec();
        assert_eq!(refused.into_iter().map(Reason::code).collect::<Vec<_>>(), reasons);
    }
    json!({"score": score, "weak": score < 3, "reasons": reasons})
}

fn policy(service: &str, is_nfc: bool) -> Policy {
    let normalize = if is_nfc { "nfc" } else { "none" };
    let variables = [("REKEY_SERVICE_NAME", service), ("REKEY_PASSWORD_NORMALIZE", normalize)];
    let variables = variables.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
    Policy::read(&Source::from_parts(None, variables).unwrap()).unwrap()
}

#[test]
fn the_page_weighs_ten_thousand_passwords_as_the_server_does() {
    let all: Vec<Weighed> = Corpus::default().take(COUNT).collect();
    let (page, here) = thread::scope(|scope| {
        let page = scope.spawn(|| in_the_page(&all));
        let mut policies = HashMap::new();
        let here: Vec<Value> = all.iter().enumerate().map(|(at, weighed)| here(at, weighed, &mut policies)).collect();
        (page.join().unwrap(), here)
    });
    assert_eq!(page.len(), COUNT);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut differing = Vec::new();
    for ((weighed, here), page) in all.iter().zip(&here).zip(&page) {
        *seen.entry(here["score"].to_string()).or_default() += 1;
        for reason in here["reasons"].as_array().unwrap() {
            *seen.entry(reason.as_str().unwrap().to_owned()).or_default() += 1;
        }
        if here != page {
            differing.push(format!("{}\n  server: {here}\n  page:   {page}", question(weighed)));
        }
    }
    assert!(
        differing.is_empty(),
        "{} differ, such as\n{}",
        differing.len(),
        differing[..differing.len().min(5)].join("\n")
    );
    // Equal because nothing happened would be no proof.
    for often in
        ["0", "1", "2", "3", "4", "contains_context", "warning_date", "warning_recent_year", "warning_sequence"]
    {
        assert!(seen.get(often).is_some_and(|&count| count >= 20), "{often} is too rare: {seen:?}");
    }
}
