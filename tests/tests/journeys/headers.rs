//! Headers of the API's answers and of errors, and who may call from a browser. Those of the page are in `page.rs`.

use e2e::{Answer, Request, Secret, System};

const USER: &str = "user@example.com";
const REQUEST: &str = "/password-reset/request";

fn is_guarded(answer: &Answer, what: &str) {
    let is = |name: &str, value: &str| {
        let found = answer.header(name).unwrap_or_default();
        assert!(found.contains(value), "{what}: {name} is {found}, without {value}");
    };
    is("cache-control", "no-store");
    is("x-content-type-options", "nosniff");
    is("referrer-policy", "no-referrer");
    is("content-security-policy", "frame-ancestors 'none'");
    is("vary", "Origin");
    assert!(answer.header("strict-transport-security").is_none(), "{what}: the public URL is not https");
    assert!(answer.header("set-cookie").is_none(), "{what}: no cookie");
    assert!(answer.header("server").is_none(), "{what}: the server does not tell what it is");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r57_every_answer_is_guarded_errors_included() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let client = system.client();
    let body = format!(r#"{{"email":"{USER}"}}"#);
    for (what, request) in [
        ("202", Request::post(REQUEST, body.clone())),
        ("429", Request::post(REQUEST, body)),
        ("400", Request::post(REQUEST, "no JSON")),
        ("404", Request::new("GET", "/nothing")),
        ("405", Request::new("GET", REQUEST)),
        ("413", Request::post(REQUEST, vec![b'a'; 10_000])),
        ("415", Request::new("POST", REQUEST).body("{}").header("Content-Type", "text/plain")),
        ("200", Request::new("GET", "/openapi.json")),
    ] {
        let answer = client.send(&request).await;
        assert_eq!(answer.status.to_string(), what);
        is_guarded(&answer, what);
    }
    let docs = client.send(&Request::new("GET", "/docs")).await;
    assert!([200, 301, 302, 307, 308].contains(&docs.status));
    is_guarded(&docs, "docs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r56_browsers_may_call_from_listed_origins_alone() {
    let origin = "https://app.example.com";
    let builder = System::builder().env("REKEY_HTTP_ALLOWED_ORIGINS", origin).without_worker();
    let system = builder.patient_with_clients().start().await;
    let preflight = |origin: &str| {
        Request::new("OPTIONS", REQUEST)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type")
    };
    let call = |origin: &str| {
        Request::post(REQUEST, format!(r#"{{"email":"{}@example.com"}}"#, e2e::secret::random(8)))
            .header("Origin", origin)
    };
    for request in [preflight(origin), call(origin)] {
        let answer = system.client().send(&request).await;
        assert!((200..300).contains(&answer.status));
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
        assert!(answer.header("access-control-allow-credentials").is_none());
        assert!(answer.header("vary").is_some_and(|vary| vary.contains("Origin")));
    }
    for stranger in ["https://evil.example.net", "null", "https://app.example.com.evil.net", "http://app.example.com"] {
        for request in [preflight(stranger), call(stranger)] {
            let answer = system.client().send(&request).await;
            assert!(answer.header("access-control-allow-origin").is_none(), "{stranger} gets no permission");
            assert!(answer.header("vary").is_some_and(|vary| vary.contains("Origin")));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r56_no_origin_may_call_by_default_and_the_own_page_works() {
    let system = System::builder().without_worker().start().await;
    let own = system.public_url();
    let request = Request::post(REQUEST, r#"{"email":"a@example.com"}"#).header("Origin", &own);
    system.client().send(&request).await.expect_status(202);
    let request = Request::post(REQUEST, r#"{"email":"b@example.com"}"#).header("Origin", "https://app.example.com");
    let answer = system.client().send(&request).await;
    assert!(answer.header("access-control-allow-origin").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r60_the_documentation_loads_nothing_from_elsewhere() {
    let system = System::builder().without_worker().start().await;
    let client = system.client();
    let mut docs = client.send(&Request::new("GET", "/docs")).await;
    if let Some(place) = docs.header("location").map(str::to_owned) {
        docs = client.send(&Request::new("GET", &place)).await;
    }
    assert_eq!(docs.status, 200);
    let html = docs.text();
    assert!(!html.contains("src=\"http") && !html.contains("href=\"http"), "nothing from other hosts");
    let policy = docs.header("content-security-policy").unwrap();
    let scripts = policy.split(';').find(|rule| rule.trim().starts_with("script-src")).unwrap_or(policy);
    assert!(!scripts.contains("unsafe-inline"), "no inline script");
    let spec = client.send(&Request::new("GET", "/openapi.json")).await.expect_status(200).json();
    for call in ["request", "verify", "confirm"] {
        assert!(spec["paths"][format!("/password-reset/{call}")]["post"].is_object(), "{call} is described");
    }
}
