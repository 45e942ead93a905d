//! Where no password is judged or hashed: before the token is known to be good.

use e2e::exposition::Exposition;
use e2e::{Request, Secret, System};
use serde_json::json;

const USER: &str = "user@example.com";
const OTHER: &str = "other@example.com";

/// What would tell of work on a password: slots taken, hashes made, confirms that held their token.
async fn worked(system: &System) -> [f64; 4] {
    let text = system.internal().send(&Request::new("GET", "/metrics")).await.expect_status(200).text();
    let told = Exposition::parse(&text);
    [
        "rekey_hashing_slots_taken_total",
        "rekey_hashing_duration_seconds_count",
        r#"rekey_confirms_total{outcome="changed"}"#,
        r#"rekey_confirms_total{outcome="password_rejected"}"#,
    ]
    .map(|series| told.value(series).unwrap_or_else(|| panic!("{series} is told")))
}

/// The token with its last character but one changed: as long, in the same shard, under the same key.
fn changed(token: &Secret, to: char) -> Secret {
    let mut characters: Vec<char> = token.expose().chars().collect();
    let place = characters.len() - 2;
    assert!(characters[place] != to, "it is another token");
    characters[place] = to;
    Secret::new(characters.into_iter().collect::<String>())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r46_nothing_is_judged_or_hashed_for_200_bad_tokens_at_once() {
    let (password, guessable) = (Secret::password(), Secret::new("passwordpassword"));
    let builder = System::builder().account(USER, &Secret::password()).account(OTHER, &Secret::password());
    let system = builder.patient_with_clients().start().await;
    let (spent, live) = (system.token(USER, 1).await, system.token(OTHER, 1).await);
    system.confirm(&spent, &password).await.expect_status(204);
    assert_eq!(worked(&system).await, [1.0, 1.0, 1.0, 0.0], "a good token's password is judged and hashed");

    let unlike = live.expose().chars().nth_back(1).expect("a token is long");
    let others: Vec<char> = ('a'..='z').filter(|other| *other != unlike).take(16).collect();
    let mut bad =
        vec![spent.clone(), Secret::new("x".repeat(51)), Secret::new("no token"), Secret::new("-".repeat(51))];
    bad.extend(others.iter().map(|other| changed(&live, *other)));
    let (client, mut answers) = (system.client(), tokio::task::JoinSet::new());
    for (n, token) in bad.iter().cycle().take(200).enumerate() {
        let password = if n % 2 == 0 { &password } else { &guessable };
        let body = json!({ "reset_token": token.expose(), "new_password": password.expose() });
        let request = Request::post("/password-reset/confirm", body.to_string());
        answers.spawn(async move { client.send(&request).await });
    }
    for answer in answers.join_all().await {
        answer.is_problem(400, "token_rejected");
    }
    assert_eq!(worked(&system).await, [1.0, 1.0, 1.0, 0.0], "bad tokens cost nothing");

    // And it is not that nothing is counted any more.
    system.confirm(&live, &guessable).await.is_problem(422, "password_rejected");
    assert_eq!(worked(&system).await, [2.0, 1.0, 1.0, 1.0]);
    system.confirm(&live, &password).await.expect_status(204);
    assert_eq!(worked(&system).await, [3.0, 2.0, 2.0, 1.0]);
}
