//! Guessing codes, many at a time.

use e2e::attack::{at_once, chances};
use e2e::measured::{say, seed};
use e2e::{Request, Secret, System, wrong};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use crate::count;

const USER: &str = "user@example.com";
/// Guesses at once, one of which is right.
const AT_ONCE: usize = 200;
/// Tries of a code.
const TRIES: usize = 5;

fn verify(challenge_id: &str, code: &Secret) -> Request {
    Request::post("/password-reset/verify", json!({ "challenge_id": challenge_id, "code": code.expose() }).to_string())
}

/// Amazon Cognito let 1,587 guesses through where 20 were allowed (2021), since they came at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_parallel_guesses_buy_no_tries() {
    let rounds = count(10, 400);
    let mut rng = StdRng::seed_from_u64(seed());
    let builder = System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
    let system = builder.env("REKEY_LOG_FILTER", "warn").start().await;
    let mut monitor = system.redis.monitor().await;
    let (mut hits, mut most) = (0, 0);
    for n in 1..=rounds {
        let (challenge_id, mail) = system.mailed(USER, n).await;
        let mut guesses = vec![verify(&challenge_id, &wrong(&mail.code())); AT_ONCE];
        // Anywhere: whichever come first, one of them is the right one in five rounds of two hundred.
        guesses[rng.random_range(0..AT_ONCE)] = verify(&challenge_id, &mail.code());
        let answers = at_once(system.client(), guesses).await;
        let right = answers.iter().filter(|answer| answer.status == 200).count();
        assert!(right <= 1, "a code works once");
        hits += right;
        answers.iter().filter(|answer| answer.status != 200).for_each(|answer| answer.is_problem(400, "code_rejected"));
        system.verify(&challenge_id, &mail.code()).await.is_problem(400, "code_rejected");
        // A try that is taken is one that is compared.
        let taken = format!("\"HINCRBY\" \"{{rekey:0}}:challenge:{challenge_id}\" \"tries\"");
        let lines = monitor.so_far(&system.redis).await;
        let compared = lines.iter().filter(|line| line.contains(&taken)).count();
        assert!((1..=TRIES).contains(&compared), "{compared} guesses were compared");
        most = most.max(compared);
    }
    let chance = TRIES as f64 / AT_ONCE as f64;
    let plausible = chances::plausible(rounds, chance);
    say(&format!(
        "guesses: {rounds} rounds of {AT_ONCE} at once, {most} compared at most, {hits} hits ({:.1} %; {:.1} % are \
         chance, {} to {} hits plausible)",
        100.0 * hits as f64 / rounds as f64,
        100.0 * chance,
        plausible.start(),
        plausible.end()
    ));
    assert!(plausible.contains(&hits), "{hits} of {rounds} rounds hit");
}
