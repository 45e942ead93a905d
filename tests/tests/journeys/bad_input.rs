//! What is no proper call: each gets its problem, and nothing changes.

use e2e::{Answer, Request, Secret, System};

const USER: &str = "user@example.com";
const REQUEST: &str = "/password-reset/request";

/// Sends what is to be refused, and asserts that Redis holds the same keys before and after.
async fn refused(system: &System, what: &str, request: Request, status: u16, code: &str) -> Answer {
    let before = system.redis.keys().await;
    let answer = system.client().send(&request).await;
    assert!(answer.status == status && answer.code() == code, "{what}: {status} {code} was awaited, not {answer:?}");
    answer.is_problem(status, code);
    assert!(!answer.text().contains("canary"), "{what}: the answer echoes its input");
    assert_eq!(system.redis.keys().await, before, "{what}: Redis was changed");
    answer
}

async fn system() -> System {
    let system = System::builder().account(USER, &Secret::password()).without_worker().start().await;
    // A live challenge and its job are there to be changed.
    system.request(USER).await.expect_status(202);
    system
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r27_r28_r58_bodies_that_do_not_fit_are_refused_and_change_nothing() {
    let system = system().await;
    let long = "canary".repeat(1_000);
    for (what, body) in [
        ("no JSON", "canary".to_owned()),
        ("nothing", String::new()),
        ("null", "null".to_owned()),
        ("an array", r#"["canary@example.com"]"#.to_owned()),
        ("half a body", r#"{"email":"canary@example.com""#.to_owned()),
        ("two bodies", r#"{"email":"canary@example.com"}{"email":"canary@example.com"}"#.to_owned()),
        ("no e-mail", "{}".to_owned()),
        ("an array as e-mail", r#"{"email":["canary@example.com","b@example.com"]}"#.to_owned()),
        ("an object as e-mail", r#"{"email":{"canary":"a@example.com"}}"#.to_owned()),
        ("a number as e-mail", r#"{"email":7}"#.to_owned()),
        ("null as e-mail", r#"{"email":null}"#.to_owned()),
        ("an unknown key", r#"{"email":"canary@example.com","canary":1}"#.to_owned()),
        ("a duplicate key", r#"{"email":"canary@example.com","email":"b@example.com"}"#.to_owned()),
        ("a duplicate key in disguise", r#"{"email":"canary@example.com","\u0065mail":"b@example.com"}"#.to_owned()),
        ("a number as locale", r#"{"email":"canary@example.com","locale":7}"#.to_owned()),
        ("a long locale", format!(r#"{{"email":"canary@example.com","locale":"{long}"}}"#)),
        ("a challenge that is none", r#"{"email":"canary@example.com","challenge_id":"canary"}"#.to_owned()),
        ("a list as challenge", r#"{"email":"canary@example.com","challenge_id":[]}"#.to_owned()),
    ] {
        refused(&system, what, Request::post(REQUEST, body), 400, "invalid_request").await;
    }
    let octets = Request::post(REQUEST, b"{\"email\":\"\xff\xfe@example.com\"}".to_vec());
    refused(&system, "octets that are no UTF-8", octets, 400, "invalid_request").await;
    for (call, body) in [
        ("verify", r#"{"challenge_id":"canary"}"#),
        ("verify", r#"{"challenge_id":7,"code":"canary"}"#),
        ("verify", r#"{"challenge_id":"a","code":"canary","email":"a@example.com"}"#),
        ("verify", r#"{"challenge_id":"a","code":"a","code":"canary"}"#),
        ("confirm", r#"{"reset_token":"canary"}"#),
        ("confirm", r#"{"reset_token":"canary","new_password":1234567890123456789}"#),
        ("confirm", r#"{"reset_token":"canary","new_password":true}"#),
        ("confirm", r#"{"reset_token":7,"new_password":"canary"}"#),
        ("confirm", r#"{"reset_token":"canary","new_password":["canary"]}"#),
        ("confirm", r#"{"reset_token":"a","new_password":"canary","new_password":"b"}"#),
    ] {
        let request = Request::post(&format!("/password-reset/{call}"), body);
        refused(&system, call, request, 400, "invalid_request").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r33_addresses_that_are_none_are_refused_and_change_nothing() {
    let system = system().await;
    let long_local = format!("{}@example.com", "a".repeat(65));
    let long = format!("a@{}.com", "canary.".repeat(42).trim_end_matches('.'));
    assert!(long.len() >= 295);
    for (what, address) in [
        ("é", "é@example.com"),
        ("an emoji", "🦔@example.com"),
        ("CR LF", "canary@example.com\r\nBcc: b@example.com"),
        ("LF", "canary\n@example.com"),
        ("NUL", "canary\0@example.com"),
        ("a long local part", &long_local),
        ("300 octets", &long),
        ("no @", "canary"),
        ("nothing", ""),
        ("a list", "canary@example.com,b@example.com"),
        ("a name", "Canary <canary@example.com>"),
        ("a space", "ca nary@example.com"),
        ("two @", "canary@b@example.com"),
    ] {
        let request = Request::post(REQUEST, serde_json::json!({ "email": address }).to_string());
        refused(&system, what, request, 400, "invalid_request").await;
    }
    let most = format!("{}@example.com", "a".repeat(64));
    system.request(&most).await.expect_status(202);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r55_other_content_types_are_refused() {
    let system = system().await;
    let body = format!(r#"{{"email":"{USER}"}}"#);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
        "application/xml",
        "canary",
    ] {
        let request = Request::new("POST", REQUEST).body(body.clone()).header("Content-Type", kind);
        refused(&system, kind, request, 415, "unsupported_media_type").await;
    }
    let none = Request::new("POST", REQUEST).body(body.clone());
    refused(&system, "no content type", none, 415, "unsupported_media_type").await;
    let with_charset = Request::new("POST", REQUEST).body(r#"{"email":"b@example.com"}"#);
    let with_charset = with_charset.header("Content-Type", "application/json; charset=utf-8");
    system.client().send(&with_charset).await.expect_status(202);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r54_r61_other_methods_and_paths_are_problems_too() {
    let system = system().await;
    for call in ["request", "verify", "confirm"] {
        let path = format!("/password-reset/{call}");
        let answer = refused(&system, call, Request::new("GET", &path), 405, "method_not_allowed").await;
        assert_eq!(answer.header("allow"), Some("POST"));
    }
    for path in [
        "/canary",
        "/password-reset",
        "/password-reset/canary",
        "/healthz",
        "/readyz",
        "/metrics",
        "/../canary",
        "/%00",
    ] {
        refused(&system, path, Request::new("GET", path), 404, "not_found").await;
    }
    refused(&system, "POST elsewhere", Request::post("/canary", "{}"), 404, "not_found").await;
    // They are on the internal listener instead.
    for path in ["/healthz", "/readyz"] {
        system.internal().send(&Request::new("GET", path)).await.expect_status(200);
    }
}
