//! What is hardly HTTP, or no HTTP at all: every error is a problem, but for those that the HTTP library answers before
//! anything of ours sees them, and these say nothing.

use e2e::attack::wire;
use e2e::{Answer, Request, Secret, System};

const REQUEST: &str = "/password-reset/request";

/// A problem, well-formed, that repeats nothing.
fn is_problem(what: &str, answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{what}: {answer:?}");
    answer.is_problem(status, &answer.code());
    assert!(!answer.code().is_empty(), "{what} has a code");
    says_nothing(what, answer);
}

/// Neither input nor internals.
fn says_nothing(what: &str, answer: &Answer) {
    let text = answer.text().to_lowercase();
    for internal in
        ["canary", "panicked", "poem", "hyper", "serde", "fred", "sqlx", "redis", "src/", ".rs", "line ", "column "]
    {
        assert!(!text.contains(internal), "{what}: says {internal}");
    }
    for name in answer.header_names() {
        let value = answer.header(name).unwrap_or_default();
        assert!(!value.contains("canary") && name != "server" && name != "x-powered-by", "{what}: {name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r58_every_error_of_a_call_is_a_problem_that_says_nothing() {
    let system = System::builder().account("user@example.com", &Secret::password()).without_worker().start().await;
    let client = system.client();
    let post = |path: &str, body: &str| Request::post(path, body);
    for (what, request, status) in [
        ("no JSON", post(REQUEST, "canary"), 400),
        ("another method", Request::new("DELETE", REQUEST), 405),
        ("a method of one's own", Request::new("CANARY", REQUEST), 405),
        ("CONNECT", Request::new("CONNECT", "canary:443"), 404),
        ("TRACE", Request::new("TRACE", REQUEST), 405),
        ("a trailing slash", post("/password-reset/request/", "{}"), 404),
        ("two slashes", post("//password-reset/request", "{}"), 404),
        ("a path upwards", post("/password-reset/../password-reset/request", "{}"), 404),
        ("a path in percent", post("/password-reset%2frequest", "{}"), 404),
        ("no UTF-8 in the path", post("/%ff%fe", "{}"), 400),
        ("another path", Request::new("GET", "/canary?canary=%3Cscript%3E"), 404),
        ("no type", Request::new("POST", REQUEST).body("{}"), 415),
        ("another type", Request::new("POST", REQUEST).body("{}").header("Content-Type", "canary/canary"), 415),
        ("a large body", post(REQUEST, &"canary".repeat(2_000)), 413),
        ("an expectation", post(REQUEST, "{}").header("Expect", "canary"), 400),
        ("an upgrade", post(REQUEST, "{}").header("Upgrade", "canary").header("Connection", "Upgrade"), 400),
        ("a range", post(REQUEST, "{}").header("Range", "bytes=canary"), 400),
        ("an unreadable key", post(REQUEST, r#"{"email":"a@example.com"}"#).header("Idempotency-Key", "\u{e9}"), 400),
        ("a long key", post(REQUEST, r#"{"email":"a@example.com"}"#).header("Idempotency-Key", &"k".repeat(300)), 400),
        (
            "a code of no challenge",
            post("/password-reset/verify", r#"{"challenge_id":"AAAAAAAAAAAAAAAAAAAAAAAA","code":"canary"}"#),
            400,
        ),
        (
            "a short password",
            post("/password-reset/confirm", r#"{"reset_token":"canary","new_password":"canary"}"#),
            422,
        ),
        (
            "no token",
            post("/password-reset/confirm", r#"{"reset_token":"canary","new_password":"canary canary canary"}"#),
            400,
        ),
    ] {
        is_problem(what, &client.send(&request).await, status);
    }
    // At a limit, and without Redis.
    for n in 0..6 {
        let answer = system.request(&format!("canary{n}@example.com")).await;
        if answer.status != 202 {
            is_problem("a limit", &answer, 429);
        }
    }
    let mut system = system;
    system.redis.stop();
    is_problem(
        "no Redis",
        &system.client().number(2).send(&post(REQUEST, r#"{"email":"canary@example.com"}"#)).await,
        503,
    );
}

/// What never becomes a request. hyper answers these itself: a bare status without a body, and the connection ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r58_what_is_no_http_gets_a_bare_answer_or_none() {
    let system = System::builder().without_worker().start().await;
    let get = |rest: &str| format!("GET /canary HTTP/1.1\r\nHost: a\r\n{rest}\r\n\r\n");
    let long = "c".repeat(600_000);
    let hundred = (0..101).map(|n| format!("X-Canary-{n}: x\r\n")).collect::<String>();
    let mut bare = Vec::new();
    for (what, octets) in [
        ("no HTTP", b"canary canary canary canary\r\n\r\n".to_vec()),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03canary\r\n\r\n".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("HTTP/9.9", b"GET /canary HTTP/9.9\r\nHost: a\r\n\r\n".to_vec()),
        ("HTTP/0.9", b"GET /canary\r\n\r\n".to_vec()),
        ("a method of odd characters", b"GE\"T /canary HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        ("an angle bracket in the query", b"GET /?<canary> HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        ("a space in the path", b"GET /can ary HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        ("NUL in the path", b"GET /can\0ary HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        ("a header without a colon", get("canary").into_bytes()),
        ("a header with NUL", get("X-Canary: can\0ary").into_bytes()),
        ("a header that is folded", get("X-Canary: a\r\n canary").into_bytes()),
        ("a name with a space", get("X Canary: a").into_bytes()),
        ("a carriage return alone", get("X-Canary: a\rcanary: b").into_bytes()),
        ("over 100 headers", get(&hundred).into_bytes()),
        ("a header of 600 KB", get(&format!("X-Canary: {long}")).into_bytes()),
        ("a path of 600 KB", format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n").into_bytes()),
        ("a length that is none", get("Content-Length: canary").into_bytes()),
        ("two lengths", get("Content-Length: 1\r\nContent-Length: 2").into_bytes()),
    ] {
        let heard = wire::say(system.client(), &octets, 2).await;
        assert!(heard.closed, "{what}: the connection ends");
        assert!(heard.answers.len() <= 1, "{what}: {heard:?}");
        if let Some(answer) = heard.answers.first() {
            says_nothing(what, answer);
            if answer.text().is_empty() {
                assert!([400, 414, 431, 505].contains(&answer.status), "{what}: {answer:?}");
                bare.push((what, answer.status));
            } else {
                is_problem(what, answer, answer.status);
            }
        }
    }
    e2e::measured::say(&format!("answered by the HTTP library alone: {bare:?}"));
    // It goes on as if nothing had been.
    system.request("user@example.com").await.expect_status(202);
}
