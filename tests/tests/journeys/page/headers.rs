//! What guards the page and its files, and how long they are kept.

use super::{file_of, get, policy, system};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r57_page_and_files_are_guarded_and_keep_as_long_as_they_may() {
    let system = system().start().await;
    let index = get(&system, "/", &[]).await.expect_status(200);
    let html = index.text();
    let script = get(&system, &file_of(&html, "", ".js"), &[]).await.expect_status(200);
    let style = get(&system, &file_of(&html, "", ".css"), &[]).await.expect_status(200);
    let brand = get(&system, &file_of(&html, "brand-", ".css"), &[]).await.expect_status(200);
    let year = "public, max-age=31536000, immutable";
    for (what, answer, kind, kept) in [
        ("page", &index, "text/html; charset=utf-8", "no-cache"),
        ("script", &script, "text/javascript; charset=utf-8", year),
        ("style", &style, "text/css; charset=utf-8", year),
        ("brand", &brand, "text/css; charset=utf-8", year),
    ] {
        let is = |name: &str, value: &str| assert_eq!(answer.header(name), Some(value), "{what}: {name}");
        is("content-type", kind);
        is("cache-control", kept);
        is("x-content-type-options", "nosniff");
        is("referrer-policy", "no-referrer");
        is("x-frame-options", "DENY");
        is("cross-origin-opener-policy", "same-origin");
        is("cross-origin-resource-policy", "same-origin");
        assert!(answer.header("permissions-policy").unwrap_or_default().contains("camera=()"), "{what}");
        assert!(answer.header("set-cookie").is_none() && answer.header("server").is_none(), "{what}");
        assert!(answer.header("etag").unwrap_or_default().starts_with('"'), "{what}: a strong tag");
        let policy = policy(answer);
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{what}: {policy}");
        for rule in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"] {
            assert!(policy.contains(rule), "{what}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{what}: {policy}");
    }
    assert_eq!(index.header("vary"), Some("Accept-Language"));
    // What is not the page's is not kept.
    let missing = get(&system, "/assets/nothing-00000000.js", &[]).await;
    missing.is_problem(404, "not_found");
    assert_eq!(missing.header("cache-control"), Some("no-store"));
    assert_eq!(policy(&missing), "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r57_frames_of_listed_origins_may_show_the_page_and_no_others() {
    let origins = "https://app.example.com,https://www.example.com:8443";
    let system = system().env("REKEY_HTTP_FRAME_ANCESTORS", origins).start().await;
    let html = get(&system, "/", &[]).await.text();
    for path in ["/", &file_of(&html, "index", ".js"), "/nothing"] {
        let answer = get(&system, path, &[]).await;
        let rule = "frame-ancestors https://app.example.com https://www.example.com:8443;";
        assert!(policy(&answer).contains(rule), "{path}: {}", policy(&answer));
        assert!(answer.header("x-frame-options").is_none(), "{path}: it would forbid all frames");
    }
}
