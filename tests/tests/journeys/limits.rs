//! Limits, and who is counted.

use std::time::Duration;

use e2e::{Answer, Client, Request, Secret, System};

const USER: &str = "user@example.com";

async fn ask(client: Client, address: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::post("/password-reset/request", format!(r#"{{"email":"{address}"}}"#));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    client.send(&request).await
}

on_every_database! {
    async fn r6_the_limits_of_an_address_do_not_tell_whether_it_exists(builder: Builder) {
        let builder = builder.account(USER, &Secret::password()).env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s");
        let system = builder.patient_with_clients().start().await;
        let mut told = Vec::new();
        for address in [USER, "nobody@example.com"] {
            let mut answers = vec![ask(system.client(), address, &[]).await.expect_status(202).status];
            let early = ask(system.client(), address, &[]).await;
            answers.push(early.status);
            // After the cool-down a second one; a third within the hour is not for one client.
            let second = e2e::eventually("the cool-down ends", Duration::from_secs(10), async || {
                let answer = ask(system.client(), address, &[]).await;
                (answer.status == 202).then_some(answer.status)
            });
            answers.push(second.await);
            system.until(system.redis_now().await + 1_001).await;
            let third = ask(system.client(), address, &[]).await;
            third.is_problem(429, "rate_limited");
            let wait: u64 = third.header("retry-after").unwrap().parse().unwrap();
            assert!((3_000..=3_600).contains(&wait), "an hour after the first");
            // r25: another client still may.
            answers.push(ask(system.client().number(2), address, &[]).await.expect_status(202).status);
            told.push((answers, third.json()));
        }
        assert!(told[0].0 == told[1].0 && told[0].1["code"] == told[1].1["code"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r50_a_client_is_told_to_wait() {
    let system = System::builder().start().await;
    for n in 0..5 {
        ask(system.client(), &format!("user{n}@example.com"), &[]).await.expect_status(202);
    }
    ask(system.client(), "user5@example.com", &[]).await.is_problem(429, "rate_limited");
    // Others are not in its bucket.
    ask(system.client().number(2), "user5@example.com", &[]).await.expect_status(202);
    // r51: headers that nobody vouches for make no other client of it.
    for n in 0..3 {
        let ip = format!("203.0.113.{n}");
        let forwarded = format!("for={ip}");
        let headers = [("X-Real-IP", ip.as_str()), ("X-Forwarded-For", &ip), ("Forwarded", &forwarded)];
        ask(system.client(), "user6@example.com", &headers).await.is_problem(429, "rate_limited");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r50_r51_behind_a_listed_proxy_clients_count_by_their_network() {
    let system = System::builder().env("REKEY_HTTP_TRUSTED_PROXIES", "127.0.0.1/32").start().await;
    let from = |ip: &str| [("X-Forwarded-For".to_owned(), ip.to_owned())];
    let ask_from = async |ip: &str, n: usize| {
        let headers = from(ip);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ask(system.client(), &format!("user{n}@example.com"), &headers).await
    };
    for n in 0..5 {
        // What stands left of the right hop is the client's own invention.
        ask_from(&format!("198.51.100.{n}, 2001:db8:1:2::{n}"), n).await.expect_status(202);
    }
    ask_from("198.51.100.9, 2001:db8:1:2:ffff::1", 6).await.is_problem(429, "rate_limited");
    ask_from("2001:db8:1:3::1", 6).await.expect_status(202);
    ask_from("192.0.2.1", 7).await.expect_status(202);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r53_limits_survive_a_restart_of_the_api() {
    let mut system = System::builder().start().await;
    for n in 0..5 {
        ask(system.client(), &format!("user{n}@example.com"), &[]).await.expect_status(202);
    }
    system.api().stop();
    system.start_api(true).await;
    ask(system.client(), "user5@example.com", &[]).await.is_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_and_clears_the_limits_of_an_address() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let _ = system.mailed(USER, 1).await;
    system.request(USER).await.is_problem(429, "rate_limited");
    assert!(system.run("rekey-api", &["limits", "show", USER], b"").success);
    assert!(system.run("rekey-api", &["limits", "clear", USER], b"").success);
    let _ = system.mailed(USER, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_a_stranger_spends_nothing_of_the_owners_challenge() {
    let system = System::builder().account(USER, &Secret::password()).patient_with_clients().start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let stranger = system.client().number(9);
    for _ in 0..10 {
        let _ = ask(stranger, USER, &[]).await;
    }
    let (own_id, code) = (e2e::secret::random(22), e2e::wrong(&mail.code()));
    let body = format!(r#"{{"challenge_id":"{own_id}","code":"{}"}}"#, code.expose());
    for _ in 0..10 {
        let answer = stranger.send(&Request::post("/password-reset/verify", body.clone())).await;
        assert_eq!(answer.status, 400);
    }
    e2e::eventually("the owner's resend", Duration::from_secs(10), async || {
        (system.resend(USER, &challenge_id).await.status == 202).then_some(())
    })
    .await;
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn past_the_backlog_requests_wait_until_the_worker_has_sent_some() {
    let builder = System::builder().env("REKEY_LIMITS_BACKLOG", "2").account("user@example.com", &Secret::password());
    let mut system = builder.without_worker().start().await;
    for address in ["user@example.com", "nobody@example.com"] {
        system.request(address).await.expect_status(202);
    }
    let refused = system.request("other@example.com").await;
    refused.is_problem(503, "busy");
    assert_eq!(refused.header("retry-after"), Some("30"));
    let metrics = system.internal().send(&Request::new("GET", "/metrics")).await.text();
    assert!(metrics.contains("\nrekey_limits_hit_total{limit=\"backlog\"} 1\n"), "the alert rests on this");
    system.start_worker(true).await;
    let _ = system.smtp.wait_for("user@example.com", 1).await;
    e2e::eventually("the backlog is gone", Duration::from_secs(20), async || {
        (system.request("other@example.com").await.status == 202).then_some(())
    })
    .await;
}
