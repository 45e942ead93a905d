//! A database that goes away in the middle of everything.

use std::time::{Duration, Instant};

use e2e::server::postgres::Postgres;
use e2e::sql::Sql;
use e2e::{Kind, Request, Secret, System, eventually, stays};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{count, fleet};

/// A server of its own, a system on it with a worker and so many accounts, and the accounts' passwords.
async fn with_accounts(count: usize) -> (Postgres, System, Vec<Secret>) {
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    let passwords: Vec<Secret> = (0..count).map(|_| Secret::password()).collect();
    let mut builder = fleet::system().database_at(Kind::Postgres, postgres.url());
    for (n, password) in passwords.iter().enumerate() {
        builder = builder.account(&address(n), password);
    }
    let mut system = builder.start().await;
    system.start_worker(true).await;
    (postgres, system, passwords)
}

fn address(n: usize) -> String {
    format!("person{n}@example.com")
}

/// A mail for each, and a confirm for the half of them, of which none may be half-done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_and_comes_back_loses_no_mail_and_leaves_no_confirm_half_done() {
    let users = count(6, 40);
    let (mut postgres, system, old) = with_accounts(users).await;
    let mut tokens = Vec::new();
    for n in 0..users {
        tokens.push(system.token(&address(n), 1).await);
    }

    // Confirms are on their way when the server is killed, and mails are asked for while it is away.
    let new: Vec<Secret> = (0..users).map(|_| Secret::password()).collect();
    let mut confirms = JoinSet::new();
    for (n, (token, password)) in tokens.iter().zip(&new).enumerate() {
        let body = json!({ "reset_token": token.expose(), "new_password": password.expose() }).to_string();
        let (client, request) = (system.client(), Request::post("/password-reset/confirm", body));
        confirms.spawn(async move { (n, client.send(&request).await.status) });
    }
    // In the middle: once the first of them is answered.
    let mut answered = vec![confirms.join_next().await.unwrap().unwrap()];
    postgres.stop();
    let asked = fleet::open(&system, count(10, 500)).await;
    answered.extend(confirms.join_all().await);
    eventually("the worker waits for it", Duration::from_secs(30), async || {
        (fleet::stat(&system, "deferred").await >= 1).then_some(())
    })
    .await;
    let long = Duration::from_secs(u64::try_from(count(0, 60)).unwrap());
    stays("no mail is made without a database", long, async || {
        fleet::Arrived::at(&system).challenges.is_disjoint(&asked)
    })
    .await;
    postgres.start().await;
    let back = Instant::now();

    eventually("every mail arrives", Duration::from_secs(90), async || {
        asked.is_subset(&fleet::Arrived::at(&system).challenges).then_some(())
    })
    .await;
    let through = back.elapsed();
    let mut done = 0;
    for (n, status) in answered {
        let (is_new, is_old) =
            (system.verify_account(&address(n), &new[n]), system.verify_account(&address(n), &old[n]));
        assert!(is_new != is_old, "one password is right");
        // Who got no answer may have been done all the same; who got one was told the truth.
        assert!(status != 204 || is_new, "204 and the old password");
        assert!(matches!(status, 204 | 503), "{status}");
        done += usize::from(is_new);
    }
    system.settled().await;
    let notices = system.smtp.mails().len() - fleet::Arrived::at(&system).mails;
    assert_eq!(notices, done, "a notice for each password that was changed, and no other");
    fleet::check(&system);
    println!(
        "database: {users} confirms, {done} done, none by half; {} mails asked for meanwhile, the last {:.1} s after it \
         was back",
        asked.len(),
        through.as_secs_f64()
    );
}

/// As when a proxy or an operator ends them. Each costs a call at most, which is told to come again and can.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_cut_cost_one_call_each_at_most() {
    let rounds = count(3, 30);
    let (postgres, system, _) = with_accounts(rounds).await;
    let sql = Sql::connect(&postgres.url()).await;
    let mut refused = 0;
    for round in 0..rounds {
        let (token, password) = (system.token(&address(round), 1).await, Secret::password());
        let cut = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND datname = current_database()";
        assert!(sql.number(cut).await > Some(0), "there was nothing to cut");
        // Ten connections are the most that there are.
        for _ in 0..=10 {
            match system.confirm(&token, &password).await.status {
                204 => break,
                status => assert_eq!(status, 503),
            }
            refused += 1;
        }
        assert!(system.verify_account(&address(round), &password), "round {round}");
        system.settled().await;
    }
    fleet::check(&system);
    println!("connections cut: {rounds} resets, {refused} calls told to come again");
}
