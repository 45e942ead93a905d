//! What time tells: calls of two kinds in turns, in random order, and a classifier that tries to tell them apart.
//!
//! The suite has few pairs, which bound nothing, and looks at the answers; `make torture` has 1,000 of each, and fails if
//! the classifier is surely better than 0.45 to 0.55. What it prints stands in docs/security.md.

use std::time::{Duration, Instant};

use e2e::attack::classifier::{Area, median};
use e2e::attack::wire::Stopwatch;
use e2e::measured::{is_large, say, seed};
use e2e::server::postgres::Postgres;
use e2e::{Builder, Kind, Secret, System, wrong};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use crate::{accounts, address, count};

const REQUEST: &str = "/password-reset/request";
const VERIFY: &str = "/password-reset/verify";

/// Calls that follow a request at once: they would meet what the worker does for it.
const PROBES: usize = 8;

/// With every protection on, but no limit that one client or the alarm would come to.
fn system() -> Builder {
    let many = "1000000000";
    System::builder()
        .env("REKEY_LIMITS_CLIENT_REQUESTS_PER_HOUR", many)
        .env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", many)
        .env("REKEY_LIMITS_CLIENT_VERIFIES_PER_HOUR", many)
        .env("REKEY_LIMITS_FAILED_TRIES_ALARM", many)
        .env("REKEY_LIMITS_BACKLOG", "1000000")
        .env("REKEY_LOG_FILTER", "info")
}

/// Prints a line of the table.
fn tell(what: &str, first: &[Duration], second: &[Duration]) -> Area {
    let area = Area::between(first, second);
    say(&format!("| {what} | {:?} | {:?} | {area} |", median(first), median(second)));
    area
}

/// Prints a line of the table, and judges it in `make torture`.
fn judge(what: &str, first: &[Duration], second: &[Duration]) {
    let area = tell(what, first, second);
    assert!(!is_large() || area.may_be_a_coin(), "{what}: {area}");
}

/// An id of the right form that nobody has.
fn made_up(rng: &mut StdRng) -> String {
    format!("AAA{}", (0..21).map(|_| char::from(rng.random_range(b'a'..=b'z'))).collect::<String>())
}

/// The times of requests for known and unknown addresses, and of the probes after them.
struct Requests {
    calls: [Vec<Duration>; 2],
    probes: [Vec<Duration>; 2],
}

/// Asks for `pairs` known and as many unknown addresses, each for the first time, from `from` on.
async fn requests(
    system: &System,
    rng: &mut StdRng,
    pairs: std::ops::Range<usize>,
    extra: &str,
    status: u16,
) -> Requests {
    let mut watch = Stopwatch::at(system.client().server());
    let mut all = Requests { calls: [vec![], vec![]], probes: [vec![], vec![]] };
    for n in pairs {
        let mut order = [0, 1];
        order.shuffle(rng);
        for kind in order {
            let body = format!(r#"{{"email":"{}"{extra}}}"#, address(["known", "other"][kind], n));
            let ids: Vec<String> = (0..PROBES).map(|_| made_up(rng)).collect();
            let (call, probes) = tokio::task::block_in_place(|| {
                let (call, answer) = watch.post(REQUEST, &body);
                let probe = |id: &String| {
                    let (took, answer) =
                        watch.post(VERIFY, &format!(r#"{{"challenge_id":"{id}","code":"AAAA-AAAA"}}"#));
                    answer.is_problem(400, "code_rejected");
                    took
                };
                let probes = ids.iter().map(probe).sum();
                assert_eq!(answer.status, status);
                (call, probes)
            });
            all.calls[kind].push(call);
            all.probes[kind].push(probes);
            // What the worker does for one must not be taken for what it does for the next.
            if status == 202 && system.smtp.is_listening() {
                system.settled().await;
            }
        }
    }
    all
}

fn judge_requests(what: &str, all: &Requests) {
    judge(&format!("`request`, {what}: the call"), &all.calls[1], &all.calls[0]);
    judge(&format!("`request`, {what}: {PROBES} probes after it"), &all.probes[1], &all.probes[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r2_r3_time_does_not_tell_whether_an_address_is_known() {
    let pairs = count(8, 1_000);
    let mut rng = StdRng::seed_from_u64(seed());
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let mut system = system().database_at(Kind::Postgres, postgres.url()).start().await;
    accounts(&system, "known", pairs * 4).await;
    // Warm: scripts are loaded, connections are open.
    requests(&system, &mut rng, pairs * 4..pairs * 4 + 5, "", 202).await;

    let well = requests(&system, &mut rng, 0..pairs, "", 202).await;
    judge_requests("all is well", &well);
    let malformed = requests(&system, &mut rng, pairs..pairs * 2, r#","locale":"x\r\ny""#, 400).await;
    judge_requests("a malformed `locale`", &malformed);
    system.smtp.stop().await;
    let without = requests(&system, &mut rng, pairs * 2..pairs * 3, "", 202).await;
    judge_requests("the mail server is down", &without);
    postgres.stop();
    let without = requests(&system, &mut rng, pairs * 3..pairs * 4, "", 202).await;
    judge_requests("the database is down too", &without);
}

/// How long an attacker goes on probing after one request. In it lie, for a known address alone: up to 200 ms for which an
/// idle worker lingers, the look-up and the mail, and the audit trail's first rows, which are written 1.5 s after the mail
/// at the latest.
const WINDOW: Duration = Duration::from_secs(2);

/// Probes for as long as the window lasts: how long one took in the mean, and by how much all of them together were slower
/// than the one in the middle, which is where work that comes in bursts shows.
fn probe_on(watch: &mut Stopwatch, window: Duration, rng: &mut StdRng) -> [Duration; 2] {
    let (begin, mut times) = (Instant::now(), Vec::new());
    while begin.elapsed() < window {
        let body = format!(r#"{{"challenge_id":"{}","code":"AAAA-AAAA"}}"#, made_up(rng));
        let (took, answer) = watch.post(VERIFY, &body);
        answer.is_problem(400, "code_rejected");
        times.push(took);
    }
    let (all, middle) = (times.iter().sum::<Duration>(), median(&times));
    let mean = all / u32::try_from(times.len()).expect("not that many in some seconds");
    [mean, times.iter().map(|took| took.saturating_sub(middle)).sum()]
}

/// What the worker does later on, at moments that nobody can foretell, is within these windows. It is told and not judged:
/// on a machine with few cores it may be seen, as docs/security.md says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_worker_does_later_is_probed_for() {
    let pairs = count(2, 150);
    let window = if is_large() { WINDOW } else { WINDOW / 8 };
    let mut rng = StdRng::seed_from_u64(seed());
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let builder = system().env("REKEY_LOG_FILTER", "warn").database_at(Kind::Postgres, postgres.url());
    let system = builder.start().await;
    accounts(&system, "known", pairs + 5).await;
    requests(&system, &mut rng, pairs..pairs + 5, "", 202).await;

    let mut watch = Stopwatch::at(system.client().server());
    let mut seen: [[Vec<Duration>; 2]; 2] = Default::default();
    for n in 0..pairs {
        let mut order = [0, 1];
        order.shuffle(&mut rng);
        for kind in order {
            let body = json!({ "email": address(["known", "other"][kind], n) }).to_string();
            let told = tokio::task::block_in_place(|| {
                watch.post(REQUEST, &body).1.expect_status(202);
                probe_on(&mut watch, window, &mut rng)
            });
            for (all, one) in seen.iter_mut().zip(told) {
                all[kind].push(one);
            }
            system.settled().await;
        }
    }
    for (what, all) in ["one in the mean", "what bursts added to all"].into_iter().zip(&seen) {
        tell(&format!("`request`, all is well: probes for {window:?}, {what}"), &all[1], &all[0]);
    }
}

/// The ways in which a code can be refused. The first is what the others are compared with.
const KINDS: [&str; 8] = [
    "wrong in its last character, of an account",
    "the same once more",
    "wrong in its first character",
    "of no account",
    "expired",
    "used",
    "exhausted",
    "of a made-up challenge",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r4_r24_time_does_not_tell_why_a_code_is_refused() {
    let pairs = count(8, 1_000);
    let mut rng = StdRng::seed_from_u64(seed());
    let system = system().env("REKEY_LOG_FILTER", "warn").start().await;
    // Four tries each, of which the fifth would be another kind: three for three kinds.
    accounts(&system, "known", pairs + 8).await;
    let mut watch = Stopwatch::at(system.client().server());
    let mut open = async |name: &str, n: usize| {
        let body = json!({ "email": address(name, n) }).to_string();
        let (_, answer) = tokio::task::block_in_place(|| watch.post(REQUEST, &body));
        answer.expect_status(202).challenge_id()
    };
    let (mut known, mut unknown, mut spent) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..pairs {
        known.push(open("known", n).await);
    }
    for n in 0..pairs.div_ceil(4) {
        unknown.push(open("other", n).await);
    }
    for n in 0..8 {
        let (used, exhausted, expired) =
            (open("known", pairs + n).await, open("spare", n).await, open("stale", n).await);
        let code = system.smtp.wait_within(Duration::from_secs(90), &address("known", pairs + n), 1).await.code();
        system.verify(&used, &code).await.expect_status(200);
        for _ in 0..5 {
            system.verify(&exhausted, &wrong(&code)).await.is_problem(400, "code_rejected");
        }
        system.redis.call(&["PEXPIRE", &format!("{{rekey:0}}:challenge:{expired}"), "0"]).await;
        spent.push((used, code, exhausted, expired));
    }
    system.settled().await;
    let codes: std::collections::BTreeMap<String, Secret> =
        system.smtp.mails().iter().map(|mail| (mail.challenge_id(), mail.code())).collect();

    let mut times: [Vec<Duration>; KINDS.len()] = Default::default();
    for n in 0..pairs {
        let (used, code, exhausted, expired) = &spent[n % spent.len()];
        let right = &codes[&known[n]];
        let first = if right.expose().starts_with('7') { '8' } else { '7' };
        let first = format!("{first}{}", &right.expose()[1..]);
        let last = wrong(right).expose().to_owned();
        let calls = [
            (known[n].clone(), last.clone()),
            (known[n].clone(), last.clone()),
            (known[n].clone(), first),
            (unknown[n / 4].clone(), last.clone()),
            (expired.clone(), last.clone()),
            (used.clone(), code.expose().to_owned()),
            (exhausted.clone(), last.clone()),
            (made_up(&mut rng), last),
        ];
        let mut order: Vec<usize> = (0..KINDS.len()).collect();
        order.shuffle(&mut rng);
        for kind in order {
            let (id, code) = &calls[kind];
            let body = json!({ "challenge_id": id, "code": code }).to_string();
            let (took, answer) = tokio::task::block_in_place(|| watch.post(VERIFY, &body));
            answer.is_problem(400, "code_rejected");
            times[kind].push(took);
        }
    }
    for kind in 1..KINDS.len() {
        judge(&format!("`verify`, {}", KINDS[kind]), &times[0], &times[kind]);
    }
}
