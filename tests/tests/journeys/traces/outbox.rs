//! A changed password: notice and webhook go on in the trace of the call that changed it, whoever pushes their jobs.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use e2e::server::receiver::Receiver;

use super::*;

const NOTICE: &str = "password_reset.send_changed_notice";
const WEBHOOK: &str = "webhook.deliver";

/// With a collector, and an application that is told of resets.
fn told(builder: Builder, collector: &Collector, receiver: &Receiver) -> Builder {
    builder
        .account(USER, &Secret::password())
        .env("REKEY_TELEMETRY_OTLP_ENDPOINT", &collector.url())
        .env("REKEY_WEBHOOK_URL", &format!("http://{}/", receiver.address()))
        .env("REKEY_WEBHOOK_SECRET", &format!("whsec_{}", BASE64_STANDARD.encode(rand::random::<[u8; 32]>())))
        .env("REKEY_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
}

/// Changes the password within the caller's trace.
async fn confirm(system: &System, token: &Secret) {
    let body = json!({ "reset_token": token.expose(), "new_password": Secret::password().expose() }).to_string();
    let traceparent = format!("00-{TRACE}-{CALLER}-01");
    let request = Request::post("/password-reset/confirm", body).header("traceparent", &traceparent);
    system.client().send(&request).await.expect_status(204);
}

/// The jobs' pushes are lost, and the sweep of a worker that starts now has to make up for them.
async fn sweep(system: &mut System) {
    system.forget_pushes().await;
    system.sql().await.run("UPDATE reset_event SET next_push_at = 1 WHERE next_push_at IS NOT NULL").await;
    system.start_worker(true).await;
}

/// A span within another, waited for.
async fn child(collector: &Collector, name: &str, parent: &Span) -> Span {
    let within = |span: &Span| span.name == name && span.parent == parent.id;
    eventually(name, Duration::from_secs(40), async || collector.spans().into_iter().find(within)).await
}

/// From the caller's span by the call, and its two jobs, to the mail server and to the application.
async fn is_one_trace(collector: &Collector, receiver: &Receiver) {
    let call = span(collector, "confirm_password_reset").await;
    assert_eq!((call.trace.as_str(), call.parent.as_str()), (TRACE, CALLER));
    let mut told = None;
    for (job, sent) in [(NOTICE, "SMTP"), (WEBHOOK, "webhook")] {
        let job = child(collector, job, &call).await;
        let sent = child(collector, sent, &job).await;
        assert_eq!(
            [&job, &sent].map(|span| (span.trace.as_str(), span.program.as_str())),
            [(TRACE, "rekey-worker"); 2]
        );
        assert_eq!(job.attributes.get("rekey.outcome").map(String::as_str), Some("sent"));
        told = Some(sent);
    }
    let webhook = told.expect("the last one is the webhook's");
    let heard = receiver.wait_for(1).await;
    assert_eq!(heard.headers["traceparent"], format!("00-{TRACE}-{}-01", webhook.id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_trace_runs_from_the_confirm_to_the_notice_and_to_the_webhook() {
    let (collector, receiver) = (Collector::start().await, Receiver::start().await);
    let system = told(System::builder(), &collector, &receiver).start().await;
    let token = system.token(USER, 1).await;
    confirm(&system, &token).await;
    is_one_trace(&collector, &receiver).await;
    system.settled().await;
    let log = system.log("rekey-worker");
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"));
    let named: Vec<_> = lines.filter(|line| line["message"] == "job" && line["trace_id"] == TRACE).collect();
    for kind in [NOTICE, WEBHOOK] {
        assert_eq!(named.iter().filter(|line| line["kind"] == kind).count(), 1, "the log names the trace of {kind}");
    }
}

on_every_database! {
    async fn a_trace_outlives_a_lost_push(builder: Builder) {
        let (collector, receiver) = (Collector::start().await, Receiver::start().await);
        let mut system = told(builder, &collector, &receiver).start().await;
        let token = system.token(USER, 1).await;
        system.worker().stop();
        confirm(&system, &token).await;
        sweep(&mut system).await;
        is_one_trace(&collector, &receiver).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_and_is_retried_goes_on_in_its_trace_though_redis_is_emptied() {
    let (collector, receiver) = (Collector::start().await, Receiver::start().await);
    receiver.answer(Some(410));
    let mut system = told(System::builder(), &collector, &receiver).start().await;
    let token = system.token(USER, 1).await;
    confirm(&system, &token).await;
    system.dead(1).await;
    let _ = system.smtp.wait_for(USER, 2).await;
    system.worker().stop();
    system.redis.call(&["FLUSHALL"]).await;
    let retried = system.run("rekey-worker", &["jobs", "retry", "--given-up", "--half", "webhook"], b"");
    assert_eq!(retried.stdout, "1 retried\n", "{}", retried.stderr);
    receiver.answer(Some(200));
    sweep(&mut system).await;
    let headers = [receiver.wait_for(1).await, receiver.wait_for(2).await].map(|call| call.headers);
    for headers in &headers {
        assert!(headers["traceparent"].starts_with(&format!("00-{TRACE}-")), "{}", headers["traceparent"]);
    }
    assert_ne!(headers[0]["traceparent"], headers[1]["traceparent"], "each call is a span of its own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_older_program_wrote_is_told_in_a_trace_of_its_own() {
    let (collector, receiver) = (Collector::start().await, Receiver::start().await);
    let mut system = told(System::builder(), &collector, &receiver).start().await;
    let token = system.token(USER, 1).await;
    system.worker().stop();
    confirm(&system, &token).await;
    system.sql().await.run("UPDATE reset_event SET traceparent = NULL").await;
    sweep(&mut system).await;
    let (notice, webhook) = (span(&collector, NOTICE).await, span(&collector, WEBHOOK).await);
    assert!(notice.parent.is_empty() && webhook.parent.is_empty());
    assert!(notice.trace != webhook.trace && ![notice.trace, webhook.trace].contains(&TRACE.to_owned()));
    let _ = system.smtp.wait_for(USER, 2).await;
    receiver.wait_for(1).await;
}
