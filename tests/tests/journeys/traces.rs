//! One reset as a collector of traces sees it.

mod outbox;

use std::time::Duration;

use e2e::server::collector::{Collector, Span};
use e2e::{Builder, Request, Secret, System, eventually};
use serde_json::{Value, json};

const USER: &str = "user@example.com";
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const CALLER: &str = "b7ad6b7169203331";

fn traced(collector: &Collector) -> Builder {
    System::builder().account(USER, &Secret::password()).env("REKEY_TELEMETRY_OTLP_ENDPOINT", &collector.url())
}

/// A request with a `traceparent`.
async fn request(system: &System, traceparent: &str) {
    let body = json!({ "email": USER }).to_string();
    let request = Request::post("/password-reset/request", body).header("traceparent", traceparent);
    system.client().send(&request).await.expect_status(202);
}

/// A span by its name, waited for.
async fn span(collector: &Collector, name: &str) -> Span {
    eventually(name, Duration::from_secs(20), async || collector.spans().into_iter().find(|span| span.name == name))
        .await
}

fn line(system: &System, program: &str, message: &str) -> Value {
    let log = system.log(program);
    let mut lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"));
    lines.find(|line| line["message"] == message).expect("the line is there")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_trace_runs_from_the_callers_span_to_the_mail_server() {
    let collector = Collector::start().await;
    let system = traced(&collector).start().await;
    request(&system, &format!("00-{TRACE}-{CALLER}-01")).await;
    system.smtp.wait_for(USER, 1).await;

    let smtp = span(&collector, "SMTP").await;
    let job = span(&collector, "password_reset.send_code").await;
    let push = span(&collector, "push password_reset.send_code").await;
    let call = span(&collector, "request_password_reset").await;
    let chain = [&call, &push, &job, &smtp];
    assert_eq!(chain.map(|span| span.trace.as_str()), [TRACE; 4]);
    assert_eq!(chain.map(|span| span.parent.as_str()), [CALLER, &call.id, &push.id, &job.id]);
    assert_eq!(chain.map(|span| span.program.as_str()), ["rekey-api", "rekey-api", "rekey-worker", "rekey-worker"]);
    assert!(chain.iter().all(|span| !span.failed));
    for (span, key, value) in [
        (&call, "http.route", "/password-reset/request"),
        (&call, "http.request.method", "POST"),
        (&call, "http.response.status_code", "202"),
        (&call, "rekey.code", "none"),
        (&job, "rekey.outcome", "sent"),
        (&job, "rekey.attempt", "1"),
        (&smtp, "rekey.smtp.class", "2xx"),
    ] {
        assert_eq!(span.attributes.get(key).map(String::as_str), Some(value), "{key}");
    }
    // Both logs name the trace.
    assert_eq!(line(&system, "rekey-api", "reset requested")["span"]["trace_id"], TRACE);
    assert_eq!(line(&system, "rekey-worker", "job")["trace_id"], TRACE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_reset_is_traced_and_no_span_holds_what_is_secret_or_personal() {
    let collector = Collector::start().await;
    let system = traced(&collector).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let wrong = e2e::wrong(&mail.code());
    system.verify(&challenge_id, &wrong).await.is_problem(400, "code_rejected");
    let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
    let password = Secret::password();
    system.confirm(&token, &password).await.expect_status(204);
    system.smtp.wait_for(USER, 2).await;

    let (argon2, transaction) = (span(&collector, "argon2").await, span(&collector, "database transaction").await);
    let confirm = span(&collector, "confirm_password_reset").await;
    assert_eq!([&argon2.parent, &transaction.parent], [&confirm.id; 2]);
    assert_eq!([&argon2.trace, &transaction.trace], [&confirm.trace; 2]);
    let notice = span(&collector, "password_reset.send_changed_notice").await;
    let event = transaction.attributes.get("rekey.event_id").expect("a changed password has an event");
    assert_eq!(notice.attributes.get("messaging.message.id"), Some(&format!("{event}.notice")));
    let rejected = eventually("both verifies", Duration::from_secs(20), async || {
        let spans = collector.spans().into_iter().filter(|span| span.name == "verify_code");
        let codes: Vec<String> = spans.filter_map(|span| span.attributes.get("rekey.code").cloned()).collect();
        (codes.len() == 2).then_some(codes)
    });
    assert!(rejected.await.contains(&"code_rejected".to_owned()));

    let (code, plain) = (mail.code(), mail.code().expose().replace('-', ""));
    let peer = "127.0.0.1";
    let secrets = [USER, "example.com", peer, &plain, code.expose(), wrong.expose(), token.expose(), password.expose()];
    for span in collector.spans() {
        let found = secrets.iter().find(|secret| span.whole.contains(**secret));
        assert!(found.is_none(), "{} holds what it must not", span.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_malformed_traceparent_is_ignored_and_one_that_is_not_sampled_is_not_sent() {
    let collector = Collector::start().await;
    let system = traced(&collector).env("REKEY_LIMITS_ADDRESS_COOLDOWN", "0s").start().await;
    request(&system, &format!("00-{TRACE}-{CALLER}-00")).await;
    request(&system, &format!("00-{}-{CALLER}-01", TRACE.to_uppercase())).await;
    system.smtp.wait_for(USER, 2).await;
    let call = span(&collector, "request_password_reset").await;
    assert!(call.parent.is_empty() && !call.trace.eq_ignore_ascii_case(TRACE), "a new trace began");
    span(&collector, "SMTP").await;
    let spans = collector.spans();
    assert!(spans.iter().all(|span| span.trace == call.trace), "{spans:?}");
    // It is named in the logs all the same.
    let logged = system.log("rekey-worker").lines().filter(|line| line.contains(TRACE)).count();
    assert_eq!(logged, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_traces_that_begin_here_none_is_sent_at_a_share_of_nothing() {
    let collector = Collector::start().await;
    let builder = traced(&collector).env("REKEY_TELEMETRY_SAMPLE", "0").env("REKEY_LIMITS_ADDRESS_COOLDOWN", "0s");
    let system = builder.start().await;
    system.mailed(USER, 1).await;
    request(&system, &format!("00-{TRACE}-{CALLER}-01")).await;
    system.smtp.wait_for(USER, 2).await;
    span(&collector, "SMTP").await;
    span(&collector, "request_password_reset").await;
    assert!(collector.spans().iter().all(|span| span.trace == TRACE), "{:?}", collector.spans());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_traced_is_sent_before_a_program_ends() {
    let collector = Collector::start().await;
    // A tenth of it is for this: enough for a machine that does much else.
    let mut system = traced(&collector).env("REKEY_SHUTDOWN_GRACE", "100s").start().await;
    system.mailed(USER, 1).await;
    system.settled().await;
    assert!(system.api().stop().success() && system.worker().stop().success());
    let names: Vec<String> = collector.spans().into_iter().map(|span| span.name).collect();
    for name in ["request_password_reset", "push password_reset.send_code", "password_reset.send_code", "SMTP"] {
        assert!(names.iter().any(|known| known == name), "{name} is missing in {names:?}");
    }
}

/// A reset, with a collector that is no help.
async fn goes_through(mut system: System) {
    let token = system.token(USER, 1).await;
    system.confirm(&token, &Secret::password()).await.expect_status(204);
    system.smtp.wait_for(USER, 2).await;
    assert!(system.api().stop().success() && system.worker().stop().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_hangs_keeps_nobody_waiting() {
    let collector = Collector::hanging().await;
    goes_through(traced(&collector).start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_is_away_is_told_once_and_costs_its_spans_alone() {
    let collector = Collector::away();
    let system = traced(&collector).start().await;
    let said = || system.log("rekey-api").matches("traces cannot be sent").count();
    system.request(USER).await.expect_status(202);
    eventually("the loss is told", Duration::from_secs(20), async || (said() == 1).then_some(())).await;
    let failed = async || {
        let text = system.internal().send(&Request::new("GET", "/metrics")).await.text();
        let failed = text.lines().find_map(|line| line.strip_prefix("rekey_trace_exports_total{outcome=\"failed\"} "));
        failed.and_then(|count| count.parse::<u64>().ok()).unwrap_or(0)
    };
    system.request(USER).await.is_problem(429, "rate_limited");
    eventually("another one fails", Duration::from_secs(20), async || (failed().await >= 2).then_some(())).await;
    assert_eq!(said(), 1);
    system.smtp.wait_for(USER, 1).await;
}
