//! What the API's log tells, and what it does not let strangers write.

use e2e::{Request, Secret, System};
use serde_json::{Value, json};

const USER: &str = "user@example.com";

/// The lines of the API's log that have this message.
fn lines(system: &System, message: &str) -> Vec<Value> {
    let log = system.log("rekey-api");
    let all = log.lines().map(|line| serde_json::from_str(line).expect("each line is JSON"));
    all.filter(|line: &Value| line["message"] == message).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r67_calls_and_limits_are_logged_with_time_client_and_pseudonym() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let limited = system.request(USER).await;
    limited.is_problem(429, "rate_limited");
    system.verify(&challenge_id, &e2e::wrong(&mail.code())).await.is_problem(400, "code_rejected");
    let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
    system.confirm(&token, &Secret::new("too short")).await.is_problem(422, "password_rejected");
    system.confirm(&token, &Secret::password()).await.expect_status(204);
    system.confirm(&token, &Secret::password()).await.is_problem(400, "token_rejected");

    let (requests, tries, confirms) =
        (lines(&system, "reset requested"), lines(&system, "code tried"), lines(&system, "confirm"));
    let outcomes = |lines: &[Value]| -> Vec<String> {
        lines.iter().map(|line| line["outcome"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(outcomes(&requests), ["accepted", "rate_limited"]);
    assert_eq!(outcomes(&tries), ["rejected", "accepted"]);
    let mut of_confirms = outcomes(&confirms);
    // What stands behind "confirm:" is told apart by its message.
    of_confirms.retain(|outcome| !outcome.is_empty());
    assert!(of_confirms.contains(&"changed".to_owned()) && of_confirms.contains(&"token_rejected".to_owned()));
    for line in requests.iter().chain(&tries).chain(&confirms) {
        assert!(line["timestamp"].as_str().is_some_and(|time| time.ends_with('Z')), "the time is UTC");
        assert!(line["span"]["request_id"].is_string() && line["span"]["client"] == "127.0.0.1");
    }
    // One address, one pseudonym; it is keyed, so another system writes another one.
    assert!(requests[0]["address"].is_string() && requests[0]["address"] == requests[1]["address"]);
    let other = System::builder().without_worker().start().await;
    other.request(USER).await.expect_status(202);
    assert_ne!(lines(&other, "reset requested")[0]["address"], requests[0]["address"]);
    // The id in the log is the one in the answer.
    let id = limited.header("x-request-id").expect("answers carry their id");
    assert!(requests[1]["span"]["request_id"] == id);
}

/// Everywhere where a stranger's text gets in: path, headers, fields.
async fn send_odd_texts(system: &System) {
    let odd = "x\r\nFAKE LINE\u{1b}[31mred\u{7}\u{2028}y\0";
    for body in [
        json!({ "email": format!("{odd}@example.com") }),
        json!({ "email": USER, "locale": odd }),
        json!({ "email": USER, "challenge_id": odd }),
        json!({ "email": USER, odd: odd }),
    ] {
        let _ = system.post("/password-reset/request", &body).await;
    }
    let body = json!({ "challenge_id": odd, "code": odd });
    let _ = system.post("/password-reset/verify", &body).await;
    let body = json!({ "reset_token": odd, "new_password": odd });
    let _ = system.post("/password-reset/confirm", &body).await;
    for path in ["/x%0d%0aFAKE%20LINE%1b[31m", "/password-reset/request?x=%0aFAKE%20LINE%1b[31m"] {
        let _ = system.client().send(&Request::new("GET", path)).await;
    }
    // Octets that HTTP does not take in headers are refused before; what it takes is tried here.
    for header in [
        "User-Agent",
        "X-Forwarded-For",
        "Forwarded",
        "Idempotency-Key",
        "traceparent",
        "X-Request-Id",
        "Accept-Language",
        "Origin",
    ] {
        let request = Request::post("/password-reset/request", format!(r#"{{"email":"{USER}"}}"#));
        let _ = system.client().send(&request.header(header, "x\tFAKE LINE\u{9b}31mred %0aFAKE LINE")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r69_line_breaks_and_terminal_codes_stay_inert_in_logs() {
    for format in ["json", "pretty"] {
        let builder = System::builder().account(USER, &Secret::password()).env("REKEY_LOG_FORMAT", format);
        let system = builder.env("REKEY_LIMITS_ENABLED", "false").start().await;
        send_odd_texts(&system).await;
        system.settled().await;
        for program in ["rekey-api", "rekey-worker"] {
            let log = system.log(program);
            assert!(!log.is_empty());
            let odd = |c: char| c.is_control() && !['\n', '\t'].contains(&c) || c == '\u{2028}';
            assert!(!log.contains(odd), "{format}: {program} logs control characters");
            let faked = log.lines().any(|line| line.trim_start().starts_with("FAKE LINE"));
            assert!(!faked, "{format}: {program} lets a stranger begin a line");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r62_a_locale_cannot_write_headers() {
    let builder = System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
    let system = builder.start().await;
    let mut mails = 0;
    for locale in ["en\r\nBcc: victim@example.net", "zh-CN\nSubject: hello", "../../etc/passwd", "{{ 7 * 7 }}", "\u{0}"]
    {
        let answer = system.post("/password-reset/request", &json!({ "email": USER, "locale": locale })).await;
        assert!([202, 400].contains(&answer.status));
        mails += usize::from(answer.status == 202);
    }
    system.settled().await;
    assert_eq!(system.smtp.mails_to(USER).len(), mails);
    for mail in system.smtp.mails() {
        assert!(mail.to == [USER] && mail.header("Bcc").is_empty());
        assert!(!String::from_utf8_lossy(&mail.raw).contains("victim@example.net"));
    }
}
