//! What both programs tell Prometheus.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Duration;

use e2e::exposition::Exposition;
use e2e::{Client, Request, Secret, System, eventually, process, programs};

const USER: &str = "user@example.com";
pub(crate) const OPERATING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md");
/// How long something may take to be seen: a probe of the mail server comes within seconds.
const WITHIN: Duration = Duration::from_secs(40);

async fn scrape(client: Client) -> String {
    let answer = client.send(&Request::new("GET", "/metrics")).await.expect_status(200);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    answer.text()
}

pub(crate) async fn both(system: &System) -> (Exposition, Exposition) {
    let api = Exposition::parse(&scrape(system.internal()).await);
    (api, Exposition::parse(&scrape(system.worker_internal()).await))
}

/// A system that a whole reset went through, with what may go wrong on the way.
pub(crate) async fn after_a_reset() -> (System, [Secret; 2]) {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    system.request(USER).await.is_problem(429, "rate_limited");
    system.verify(&challenge_id, &e2e::wrong(&mail.code())).await.is_problem(400, "code_rejected");
    let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
    system.confirm(&token, &Secret::new("aaaaaaaaaaaaaaaaaaaa")).await.is_problem(422, "password_rejected");
    system.confirm(&token, &Secret::password()).await.expect_status(204);
    system.smtp.wait_for(USER, 2).await;
    system.settled().await;
    // A job counts right after the queue knows that it is done.
    eventually("the last job was counted", WITHIN, async || {
        let worker = Exposition::parse(&scrape(system.worker_internal()).await);
        (worker.value("rekey_worker_jobs_in_flight") == Some(0.0)).then_some(())
    })
    .await;
    (system, [mail.code(), token])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_is_seen_in_the_metrics() {
    let (system, [code, token]) = after_a_reset().await;
    let (api, worker) = both(&system).await;
    for (series, value) in [
        (r#"rekey_http_requests_total{operation="request_password_reset",status="202",code="none"}"#, 1.0),
        (r#"rekey_http_requests_total{operation="request_password_reset",status="429",code="rate_limited"}"#, 1.0),
        (r#"rekey_http_requests_total{operation="verify_code",status="400",code="code_rejected"}"#, 1.0),
        (r#"rekey_http_requests_total{operation="verify_code",status="200",code="none"}"#, 1.0),
        (r#"rekey_http_request_duration_seconds_count{operation="confirm_password_reset"}"#, 2.0),
        (r#"rekey_limits_hit_total{limit="address"}"#, 1.0),
        (r#"rekey_verify_tries_total{outcome="accepted"}"#, 1.0),
        (r#"rekey_verify_tries_total{outcome="rejected"}"#, 1.0),
        (r#"rekey_confirms_total{outcome="changed"}"#, 1.0),
        (r#"rekey_confirms_total{outcome="password_rejected"}"#, 1.0),
        (r#"rekey_failed_tries{shard="0"}"#, 1.0),
        ("rekey_failed_tries_alarm", 0.0),
        ("rekey_hashing_duration_seconds_count", 1.0),
        ("rekey_hashing_slots_in_use", 0.0),
        (r#"rekey_up{part="redis"}"#, 1.0),
        (r#"rekey_up{part="database"}"#, 1.0),
    ] {
        assert_eq!(api.value(series), Some(value), "{series}");
    }
    for (series, value) in [
        (r#"rekey_worker_job_outcomes_total{type="password_reset.send_code",outcome="sent"}"#, 1.0),
        (r#"rekey_worker_job_outcomes_total{type="password_reset.send_changed_notice",outcome="sent"}"#, 1.0),
        (r#"rekey_worker_job_attempt_duration_seconds_count{type="password_reset.send_code"}"#, 1.0),
        (r#"rekey_worker_delivery_latency_seconds_count{type="password_reset.send_code"}"#, 1.0),
        (r#"rekey_smtp_replies_total{class="2xx",category="sent"}"#, 2.0),
        (r#"rekey_queue_events_total{shard="0",event="done"}"#, 2.0),
        (r#"rekey_queue_held_jobs{shard="0",state="leased"}"#, 0.0),
        (r#"rekey_queue_waiting_jobs{shard="0",class="ready"}"#, 0.0),
        (r#"rekey_queue_invariant_violations{shard="0"}"#, 0.0),
        (r#"rekey_worker_breaker_open{class="mail"}"#, 0.0),
        (r#"rekey_outbox_open_rows{half="notice"}"#, 0.0),
    ] {
        assert_eq!(worker.value(series), Some(value), "{series}");
    }
    let text = scrape(system.internal()).await + &scrape(system.worker_internal()).await;
    for secret in [USER, "user", "127.0.0.1", code.expose(), token.expose()] {
        assert!(!text.contains(secret), "a metric holds what is personal or secret");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prometheus_gets_open_metrics_and_nobody_gets_them_in_public() {
    let system = System::builder().start().await;
    let request = Request::new("GET", "/metrics");
    let open = request.clone().header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    for client in [system.internal(), system.worker_internal()] {
        let answer = client.send(&open).await.expect_status(200);
        let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        assert_eq!(answer.header("content-type"), Some(kind));
        assert!(answer.text().ends_with("\n# EOF\n"));
        assert!(!Exposition::parse(&answer.text()).families.is_empty());
        client.send(&Request::post("/metrics", "{}")).await.is_problem(405, "method_not_allowed");
    }
    system.client().send(&request).await.is_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_hangs_does_not_hang_the_metrics() {
    let system = System::builder().start().await;
    system.redis.call(&["CLIENT", "PAUSE", "60000", "ALL"]).await;
    let (api, worker) = both(&system).await;
    for told in [&api, &worker] {
        assert_eq!(told.value(r#"rekey_up{part="redis"}"#), Some(0.0));
        assert_eq!(told.value(r#"rekey_up{part="database"}"#), Some(1.0));
    }
    assert!(api.labels.contains_key("rekey_hashing_slots") && worker.labels.contains_key("rekey_worker_concurrency"));
    assert!(!worker.labels.contains_key("rekey_queue_waiting_jobs"), "old numbers are not told for new ones");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_away_and_one_that_refuses_are_seen_in_the_metrics() {
    const OTHER: &str = "other@example.com";
    let builder = System::builder().account(USER, &Secret::password()).account(OTHER, &Secret::password());
    let mut system = builder.without_smtp().start().await;
    let worker = system.worker_internal();
    let told = async |wanted: &[(&str, f64)]| {
        let told = Exposition::parse(&scrape(worker).await);
        wanted.iter().all(|(series, value)| told.value(series) == Some(*value)).then_some(told)
    };
    system.request(USER).await.expect_status(202);
    let open = r#"rekey_worker_breaker_open{class="mail"}"#;
    let waits = [(open, 1.0), (r#"rekey_queue_held_jobs{shard="0",state="delayed"}"#, 1.0)];
    let away = eventually("the breaker is open", WITHIN, async || told(&waits).await).await;
    assert!(away.value(r#"rekey_smtp_replies_total{class="none",category="defer"}"#) >= Some(1.0));

    system.smtp.listen().await;
    let sent = [(open, 0.0), (r#"rekey_smtp_replies_total{class="2xx",category="sent"}"#, 1.0)];
    eventually("the mail is sent", WITHIN, async || told(&sent).await).await;

    system.smtp.script(|script| script.rcpt = Some("550 5.1.1 no such user"));
    system.request(OTHER).await.expect_status(202);
    let refused = [
        (r#"rekey_smtp_replies_total{class="5xx",category="dead"}"#, 1.0),
        (r#"rekey_worker_job_outcomes_total{type="password_reset.send_code",outcome="dead"}"#, 1.0),
        (r#"rekey_queue_held_jobs{shard="0",state="dead"}"#, 1.0),
        (r#"rekey_queue_events_total{shard="0",event="buried"}"#, 1.0),
        (r#"rekey_queue_invariant_violations{shard="0"}"#, 0.0),
    ];
    eventually("the job is dead", WITHIN, async || told(&refused).await).await;
}

const BEGIN: &str = "<!-- metrics: written by tests/tests/journeys/metrics.rs -->\n";
const END: &str = "<!-- end of metrics -->";

fn table(told: &Exposition) -> String {
    let mut table = String::from("| Metric | Kind | Labels | Meaning |\n| --- | --- | --- | --- |\n");
    for (name, (kind, help)) in &told.families {
        let samples = [name.clone(), format!("{name}_bucket")];
        let labels: BTreeSet<&str> = samples
            .iter()
            .filter_map(|sample| told.labels.get(sample))
            .flatten()
            .map(String::as_str)
            .filter(|label| *label != "le")
            .collect();
        let labels: Vec<String> = labels.into_iter().map(|label| format!("`{label}`")).collect();
        let _ = writeln!(table, "| `{name}` | {kind} | {} | {} |", labels.join(", "), help.trim_end_matches('.'));
    }
    table
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_metrics_is_what_the_programs_export() {
    let (system, _) = after_a_reset().await;
    let (api, worker) = both(&system).await;
    let tables = format!("\nOf `rekey-api`:\n\n{}\nOf `rekey-worker`:\n\n{}\n", table(&api), table(&worker));
    let text = fs::read_to_string(OPERATING).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("operating.md marks where the table of metrics begins");
    let (written, after) = rest.split_once(END).expect("operating.md marks where the table of metrics ends");
    if std::env::var_os("UPDATE_METRICS").is_some() {
        fs::write(OPERATING, format!("{before}{BEGIN}{tables}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, tables, "stale: UPDATE_METRICS=1 cargo nextest run -p e2e the_table_of_metrics");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prometheus_own_tool_finds_nothing_wrong_with_the_metrics() {
    let (system, _) = after_a_reset().await;
    for client in [system.internal(), system.worker_internal()] {
        let mut command = Command::new(programs::promtool());
        command.args(["check", "metrics"]);
        let ran = process::run(&command, scrape(client).await.as_bytes());
        assert!(ran.success && ran.stderr.is_empty(), "{}", ran.stderr);
    }
}
