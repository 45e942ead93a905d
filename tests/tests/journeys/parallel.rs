//! Many calls at once buy nothing.

use e2e::attack::at_once;
use e2e::{Answer, Request, Secret, System};
use serde_json::json;

const USER: &str = "user@example.com";

fn confirm(token: &Secret, password: &Secret) -> Request {
    let body = json!({ "reset_token": token.expose(), "new_password": password.expose() });
    Request::post("/password-reset/confirm", body.to_string())
}

fn verify(challenge_id: &str, code: &Secret) -> Request {
    Request::post("/password-reset/verify", json!({ "challenge_id": challenge_id, "code": code.expose() }).to_string())
}

/// Confirms `n` times at once with different passwords, and asserts that one wins and that its password holds.
async fn one_confirm_wins(builder: e2e::Builder, n: usize) {
    let system = builder.account(USER, &Secret::password()).patient_with_clients().start().await;
    let token = system.token(USER, 1).await;
    let passwords: Vec<Secret> = (0..n).map(|_| Secret::password()).collect();
    let answers = at_once(system.client(), passwords.iter().map(|password| confirm(&token, password)).collect()).await;
    let winners: Vec<usize> = (0..n).filter(|n| answers[*n].status == 204).collect();
    assert_eq!(winners.len(), 1, "one 204");
    for answer in answers.iter().filter(|answer| answer.status != 204) {
        assert!(["busy", "token_rejected"].contains(&answer.code().as_str()), "{answer:?}");
    }
    assert!(system.verify_account(USER, &passwords[winners[0]]), "the winner's password holds");
    let events = system.sql().await.number("SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'").await;
    assert_eq!(events, Some(1));
    let _ = system.smtp.wait_for(USER, 2).await;
    system.settled().await;
    assert_eq!(system.smtp.mails().len(), 2, "one code and one notice");
}

on_every_database! {
    async fn r19_of_two_parallel_confirms_one_wins(builder: Builder) {
        one_confirm_wins(builder, 2).await;
    }

    /// Two tokens of one account are held apart, so only the database's compare-and-swap can decide.
    async fn r21_of_two_tokens_of_an_account_one_wins(builder: Builder) {
        let builder = builder.account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
        let system = builder.start().await;
        let tokens = [system.token(USER, 1).await, system.token(USER, 2).await];
        let passwords = [Secret::password(), Secret::password()];
        let requests = tokens.iter().zip(&passwords).map(|(token, password)| confirm(token, password)).collect();
        let answers = at_once(system.client(), requests).await;
        let mut results: Vec<(u16, String)> = answers.iter().map(|answer| (answer.status, answer.code())).collect();
        results.sort();
        assert_eq!(results, [(204, String::new()), (400, "token_rejected".to_owned())]);
        let winner = usize::from(answers[1].status == 204);
        assert!(system.verify_account(USER, &passwords[winner]));
        assert_eq!(system.sql().await.number("SELECT session_epoch FROM account").await, Some(1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r19_of_200_parallel_confirms_one_wins() {
    one_confirm_wins(System::builder(), 200).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_200_parallel_right_verifies_give_one_token() {
    let system = System::builder().account(USER, &Secret::password()).patient_with_clients().start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let answers = at_once(system.client(), vec![verify(&challenge_id, &mail.code()); 200]).await;
    let winners: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(winners.len(), 1, "one token");
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.is_problem(400, "code_rejected");
    }
    system.confirm(&winners[0].reset_token(), &Secret::password()).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r49_100_parallel_requests_for_an_address_bring_one_mail() {
    let system = System::builder().account(USER, &Secret::password()).patient_with_clients().start().await;
    let request = Request::post("/password-reset/request", json!({ "email": USER }).to_string());
    let answers = at_once(system.client(), vec![request; 100]).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 202).count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 202) {
        answer.is_problem(429, "rate_limited");
    }
    let _ = system.smtp.wait_for(USER, 1).await;
    system.settled().await;
    assert_eq!(system.smtp.mails().len(), 1);
}

/// More confirms of different accounts than can be hashed at once: those that find no slot keep their token.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r47_parallel_confirms_over_the_slots_are_busy_with_their_token_unspent() {
    let accounts: Vec<String> = (0..24).map(|n| format!("user{n}@example.com")).collect();
    let builder = System::builder().env("REKEY_LIMITS_ENABLED", "false").env("REKEY_PASSWORD_HASH_SLOTS", "1");
    // Slow on purpose, so that two seconds do not do for all.
    let system = builder.env("REKEY_PASSWORD_ARGON2_ITERATIONS", "16").start().await;
    let old = Secret::password();
    system.add_account(&accounts[0], &old);
    // Adding hashes too; the others get a copy of the first one's hash, which takes no time.
    let sql = system.sql().await;
    let hash = sql.text("SELECT password_hash FROM account").await.unwrap();
    for address in &accounts[1..] {
        assert!(system.run("rekey-api", &["account", "add", "--hash", address], hash.as_bytes()).success);
    }
    let mut tokens = Vec::new();
    for address in &accounts {
        tokens.push(system.token(address, 1).await);
    }
    let passwords: Vec<Secret> = tokens.iter().map(|_| Secret::password()).collect();
    let requests = tokens.iter().zip(&passwords).map(|(token, password)| confirm(token, password)).collect();
    let answers = at_once(system.client(), requests).await;
    for (n, answer) in answers.iter().enumerate() {
        if answer.status != 204 {
            answer.is_problem(503, "busy");
            system.confirm(&tokens[n], &passwords[n]).await.expect_status(204);
        }
    }
    assert!(answers.iter().any(|answer| answer.status == 204));
}
