//! The application is told of each reset.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use e2e::server::receiver::{Call, Receiver};
use e2e::{Builder, Secret, System, eventually};
use ring::hmac;

const USER: &str = "user@example.com";

/// `whsec_…` of random octets.
fn secret() -> Secret {
    let octets: [u8; 32] = std::array::from_fn(|_| rand::random());
    Secret::new(format!("whsec_{}", BASE64_STANDARD.encode(octets)))
}

fn told(builder: Builder, receiver: &Receiver, secrets: &str) -> Builder {
    builder
        .account(USER, &Secret::password())
        .env("REKEY_WEBHOOK_URL", &format!("http://{}/hooks/rekey", receiver.address()))
        .env("REKEY_WEBHOOK_SECRET", secrets)
        .env("REKEY_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
}

/// As a receiver does it, with one of the secrets.
fn is_signed(call: &Call, secret: &Secret) -> bool {
    let key = BASE64_STANDARD.decode(secret.expose().strip_prefix("whsec_").unwrap()).unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let (id, time) = (&call.headers["webhook-id"], &call.headers["webhook-timestamp"]);
    let signed = format!("{id}.{time}.{}", call.body);
    call.headers["webhook-signature"].split(' ').filter_map(|one| one.strip_prefix("v1,")).any(|signature| {
        BASE64_STANDARD.decode(signature).is_ok_and(|tag| hmac::verify(&key, signed.as_bytes(), &tag).is_ok())
    })
}

async fn reset(system: &System, n: usize) {
    reset_of(system, USER, n).await;
}

async fn reset_of(system: &System, email: &str, n: usize) {
    let token = system.token(email, n).await;
    system.confirm(&token, &Secret::password()).await.expect_status(204);
}

async fn noted(system: &System) {
    let sql = system.sql().await;
    eventually("the webhook is noted as taken", Duration::from_secs(20), async || {
        sql.number("SELECT webhook_done_at FROM reset_event WHERE kind = 'password_reset'").await
    })
    .await;
}

on_every_database! {
    async fn r37_r70_a_reset_is_told_by_a_signed_call_without_an_address(builder: Builder) {
        let (receiver, old, new) = (Receiver::start().await, secret(), secret());
        // While it changes, both sign: a receiver that has one of them takes the call.
        let system = told(builder, &receiver, &format!("{},{}", new.expose(), old.expose())).start().await;
        reset(&system, 1).await;
        let call = receiver.wait_for(1).await;
        assert!(is_signed(&call, &old) && is_signed(&call, &new) && !is_signed(&call, &secret()));
        let body: serde_json::Value = serde_json::from_str(&call.body).unwrap();
        let sql = system.sql().await;
        let id = sql.text("SELECT id FROM reset_event WHERE kind = 'password_reset'").await.unwrap();
        assert_eq!((&body["type"], &body["data"]["event_id"]), (&"password.reset".into(), &id.as_str().into()));
        assert_eq!(call.headers["webhook-id"], format!("evt_{id}"));
        assert!(!call.body.contains(USER) && !call.body.contains("127.0.0.1"));
        noted(&system).await;
        system.settled().await;
        assert_eq!(receiver.calls().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_is_down_is_told_again_and_holds_up_no_mail() {
    let (receiver, secret) = (Receiver::start().await, secret());
    receiver.answer(Some(503));
    let system = told(System::builder(), &receiver, secret.expose()).start().await;
    reset(&system, 1).await;
    let first = receiver.wait_for(1).await;
    // The notice and further mails go out meanwhile.
    let _ = system.smtp.wait_for(USER, 2).await;
    receiver.answer(Some(204));
    let second = receiver.wait_for(2).await;
    assert_eq!((&first.body, &first.headers["webhook-id"]), (&second.body, &second.headers["webhook-id"]));
    assert!(is_signed(&second, &secret));
    noted(&system).await;
    system.settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_hangs_has_half_of_two_places_and_mails_go_on() {
    let (receiver, secret, other) = (Receiver::start().await, secret(), "other@example.com");
    receiver.answer(None);
    let builder = told(System::builder(), &receiver, secret.expose()).account(other, &Secret::password());
    let system = builder.env("REKEY_WORKER_CONCURRENCY", "2").start().await;
    reset(&system, 1).await;
    receiver.wait_for(1).await;
    reset_of(&system, other, 1).await;
    for address in [USER, other] {
        let _ = system.smtp.wait_for(address, 2).await;
    }
    // The second call begins when the first is given up.
    receiver.wait_for(2).await;
    assert_eq!(receiver.most_at_once(), 1);
    receiver.answer(Some(200));
    system.settled().await;
    let open = "SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset' AND webhook_done_at IS NULL";
    assert_eq!(system.sql().await.number(open).await, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r70_a_proxy_of_the_environment_is_not_used() {
    // The proxy would take everything.
    let (receiver, proxy, secret) = (Receiver::start().await, Receiver::start().await, secret());
    let mut builder = told(System::builder(), &receiver, secret.expose());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        let url = format!("http://{}", proxy.address());
        builder = builder.env(name, &url).env(&name.to_lowercase(), &url);
    }
    // The tester's own may except this machine.
    let system = builder.env("NO_PROXY", "").env("no_proxy", "").start().await;
    reset(&system, 1).await;
    noted(&system).await;
    assert_eq!((receiver.calls().len(), proxy.calls().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_wants_no_more_is_left_in_peace_until_an_operator_says_otherwise() {
    let (receiver, secret) = (Receiver::start().await, secret());
    receiver.answer(Some(410));
    let system = told(System::builder(), &receiver, secret.expose()).start().await;
    reset(&system, 1).await;
    let ids = system.dead(1).await;
    assert!(system.buried(&ids[0]).await.contains("http 410"));
    receiver.answer(Some(200));
    let retried = system.run("rekey-worker", &["jobs", "retry", &ids[0]], b"");
    assert!(retried.success, "{}", retried.stderr);
    receiver.wait_for(2).await;
    noted(&system).await;
    system.settled().await;
}

/// A database where nobody listens.
const NO_DATABASE: &str = "postgres://rekey@127.0.0.1:1/rekey";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r66_a_call_that_was_retried_by_hand_is_made_though_redis_is_emptied() {
    let (receiver, secret) = (Receiver::start().await, secret());
    receiver.answer(Some(410));
    let mut system = told(System::builder(), &receiver, secret.expose()).start().await;
    reset(&system, 1).await;
    let ids = system.dead(1).await;
    let _ = system.smtp.wait_for(USER, 2).await;
    system.worker().stop();
    let retried = system.run("rekey-worker", &["jobs", "retry", &ids[0]], b"");
    assert!(retried.success && retried.stderr.is_empty(), "{}", retried.stderr);
    system.redis.call(&["FLUSHALL"]).await;
    receiver.answer(Some(200));
    system.sql().await.run("UPDATE reset_event SET next_push_at = 1 WHERE next_push_at IS NOT NULL").await;
    system.start_worker(true).await;
    receiver.wait_for(2).await;
    noted(&system).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_waits_for_another_try_and_is_dropped_does_not_come_back() {
    let (receiver, secret) = (Receiver::start().await, secret());
    receiver.answer(Some(503));
    let mut system = told(System::builder(), &receiver, secret.expose()).start().await;
    reset(&system, 1).await;
    receiver.wait_for(1).await;
    let _ = system.smtp.wait_for(USER, 2).await;
    system.worker().stop();
    let waiting = system.redis.call(&["ZRANGE", "{rekey:0}:delayed:webhook", "0", "-1"]).await.list();
    let id = waiting.first().expect("it waits for another try").text();
    let sql = system.sql().await;
    let open = "SELECT COUNT(*) FROM reset_event WHERE next_push_at IS NOT NULL";
    assert_eq!(sql.number(open).await, Some(1));

    let database = system.setting("REKEY_DATABASE_URL").to_owned();
    system.set("REKEY_DATABASE_URL", NO_DATABASE);
    let refused = system.run("rekey-worker", &["jobs", "drop", &id], b"");
    assert!(!refused.success && refused.stderr.contains("0 dropped; 1 notices and webhooks"), "{}", refused.stderr);
    system.set("REKEY_DATABASE_URL", &database);
    let dropped = system.run("rekey-worker", &["jobs", "drop", &id], b"");
    assert!(dropped.success && dropped.stdout == "1 dropped\n", "{}{}", dropped.stdout, dropped.stderr);
    system.settled().await;
    assert_eq!(sql.number(open).await, Some(0), "the sweep leaves it alone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_without_the_database_is_done_and_warned_of() {
    let (receiver, secret) = (Receiver::start().await, secret());
    receiver.answer(Some(410));
    let mut system = told(System::builder(), &receiver, secret.expose()).start().await;
    reset(&system, 1).await;
    let ids = system.dead(1).await;
    receiver.answer(Some(200));
    let database = system.setting("REKEY_DATABASE_URL").to_owned();
    system.set("REKEY_DATABASE_URL", NO_DATABASE);
    let retried = system.run("rekey-worker", &["jobs", "retry", &ids[0]], b"");
    system.set("REKEY_DATABASE_URL", &database);
    assert!(retried.success && retried.stderr.contains("warning: the database"), "{}", retried.stderr);
    receiver.wait_for(2).await;
    noted(&system).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r66_a_call_of_a_killed_worker_and_of_an_emptied_redis_is_made_again() {
    let (receiver, secret) = (Receiver::start().await, secret());
    receiver.answer(None);
    let mut system = told(System::builder(), &receiver, secret.expose()).start().await;
    reset(&system, 1).await;
    receiver.wait_for(1).await;
    system.worker().kill();
    system.redis.call(&["FLUSHALL"]).await;
    receiver.answer(Some(200));
    system.sql().await.run("UPDATE reset_event SET next_push_at = 1").await;
    system.start_worker(true).await;
    let call = receiver.wait_for(2).await;
    assert!(is_signed(&call, &secret));
    noted(&system).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r70_a_private_address_is_not_called_unless_a_setting_allows_it() {
    let (receiver, secret) = (Receiver::start().await, secret());
    let builder =
        told(System::builder(), &receiver, secret.expose()).env("REKEY_WEBHOOK_ALLOWED_NETWORKS", "10.0.0.0/8");
    let system = builder.start().await;
    reset(&system, 1).await;
    eventually("the reason is noted", Duration::from_secs(20), async || {
        let listed = system.run("rekey-worker", &["jobs", "list", "--state", "delayed"], b"");
        listed.stdout.contains("refused_address").then_some(())
    })
    .await;
    assert!(receiver.calls().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_webhook_can_be_tried_out() {
    let (receiver, secret) = (Receiver::start().await, secret());
    let mut system = told(System::builder(), &receiver, secret.expose()).without_api().without_worker().start().await;
    let tried = system.run("rekey-worker", &["webhook", "test"], b"");
    assert!(tried.stdout.contains("address: 127.0.0.1\n"), "{}", tried.stdout);
    assert!(tried.success && tried.stdout.contains("taken: 200"), "{}{}", tried.stdout, tried.stderr);
    let call = receiver.wait_for(1).await;
    assert!(is_signed(&call, &secret) && call.headers["webhook-id"].starts_with("evt_test_"));
    receiver.answer(Some(500));
    let refused = system.run("rekey-worker", &["webhook", "test"], b"");
    assert!(!refused.success && refused.stderr.contains("http 500"), "{}", refused.stderr);

    let other = Receiver::start().await;
    let to_other = ["webhook", "test", "--url", &format!("http://{}/", other.address())];
    assert!(system.run("rekey-worker", &to_other, b"").success);
    assert!(is_signed(&other.wait_for(1).await, &secret));
    let unsafe_url = system.run("rekey-worker", &["webhook", "test", "--url", "http://app.example.com/"], b"");
    assert!(!unsafe_url.success && unsafe_url.stderr.contains("must be https"), "{}", unsafe_url.stderr);
    system.set("REKEY_WEBHOOK_ALLOWED_NETWORKS", "10.0.0.0/8");
    let guarded = system.run("rekey-worker", &to_other, b"");
    assert!(!guarded.success && guarded.stdout.contains("address: 127.0.0.1 is refused"), "{}", guarded.stdout);
    assert!(guarded.stderr.contains("refused_address") && other.calls().len() == 1, "{}", guarded.stderr);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_that_cannot_be_used_is_refused_by_name_by_both_programs() {
    let system = System::builder().without_api().without_worker().start().await;
    for (url, secrets, name) in [
        ("http://app.example.com/", secret().expose(), "REKEY_WEBHOOK_URL"),
        ("https://app.example.com/", "", "REKEY_WEBHOOK_SECRET"),
        ("", "whsec_short", "REKEY_WEBHOOK_SECRET"),
    ] {
        for program in ["rekey-api", "rekey-worker"] {
            let env = [("REKEY_WEBHOOK_URL", url), ("REKEY_WEBHOOK_SECRET", secrets)];
            let mut process = system.spawn_with(program, &env);
            let ended = eventually("the program ends", Duration::from_secs(20), async || process.ended()).await;
            assert!(!ended.success() && process.output().contains(name), "{program}: {}", process.output());
        }
    }
}
