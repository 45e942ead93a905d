//! The files as they are sent: whole, packed or not again, in which language, under which paths.

use e2e::{Answer, Request};

use super::{file_of, files_of, get, system};

const REQUEST: &str = "/password-reset/request";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r60_the_page_names_its_own_files_alone_and_nothing_inline() {
    let system = system().start().await;
    let html = get(&system, "/", &[]).await.text();
    for attribute in ["src=\"", "href=\""] {
        for (at, _) in html.match_indices(attribute) {
            let value = html[at + attribute.len()..].split('"').next().unwrap_or_default();
            let own = value.trim_start_matches("./").starts_with("assets/") || value == "data:,";
            assert!(own, "{value} is not relative: the page would not work below a path");
        }
    }
    for inline in ["<style", " style=", " onload=", " onclick="] {
        assert!(!html.contains(inline), "{inline} in the page");
    }
    let scripts = html.matches("<script").count();
    let outside = html.matches("src=\"").count() + html.matches("type=\"application/json\"").count();
    assert_eq!(scripts, outside, "every script is a file, or data");
    for name in files_of(&html) {
        get(&system, &format!("/assets/{name}"), &[]).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_browser_has_is_not_sent_again() {
    let system = system().start().await;
    let html = get(&system, "/", &[]).await.text();
    for (path, vary) in [("/".to_owned(), "Accept-Language"), (file_of(&html, "index", ".js"), "Accept-Encoding")] {
        let asked = [("Accept-Encoding", "br, gzip"), ("Accept-Language", "de")];
        let first = get(&system, &path, &asked).await.expect_status(200);
        let tag = first.header("etag").unwrap().to_owned();
        let again = get(&system, &path, &[asked[0], asked[1], ("If-None-Match", &tag)]).await.expect_status(304);
        assert!(again.text().is_empty() && again.header("content-length").is_none_or(|length| length != "0"), "{path}");
        for name in ["etag", "cache-control", "vary", "content-security-policy", "x-content-type-options"] {
            assert_eq!(again.header(name), first.header(name), "{path}: {name}");
        }
        assert_eq!(again.header("vary"), Some(vary));
        // The tag of one language or coding is not that of another.
        let other = [("Accept-Encoding", "gzip"), ("Accept-Language", "fr"), ("If-None-Match", &tag)];
        get(&system, &path, &other).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_packed_for_those_who_unpack() {
    let system = system().start().await;
    let html = get(&system, "/", &[]).await.text();
    let path = file_of(&html, "index", ".js");
    let plain = get(&system, &path, &[]).await.expect_status(200);
    assert!(plain.header("content-encoding").is_none());
    let length = |answer: &Answer| answer.header("content-length").and_then(|text| text.parse::<usize>().ok()).unwrap();
    for (accepted, coding) in [
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip, deflate", Some("gzip")),
        ("br;q=0, *", Some("gzip")),
        ("identity;q=0, gzip;q=0.1", Some("gzip")),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("nonsense;q=nonsense", None),
    ] {
        let answer = get(&system, &path, &[("Accept-Encoding", accepted)]).await.expect_status(200);
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"), "{accepted}");
        assert_eq!(length(&answer) < length(&plain), coding.is_some(), "{accepted}");
    }
    let head = Request::new("HEAD", &path).header("Accept-Encoding", "br");
    let head = system.client().send(&head).await.expect_status(200);
    let body = get(&system, &path, &[("Accept-Encoding", "br")]).await;
    assert!(head.text().is_empty(), "HEAD has no body");
    for name in ["content-length", "content-encoding", "content-type", "etag"] {
        assert_eq!(head.header(name), body.header(name), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r61_the_page_is_read_alone_and_its_paths_lead_nowhere_else() {
    let system = system().start().await;
    let script = file_of(&get(&system, "/", &[]).await.text(), "index", ".js");
    for path in ["/", &script] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            let answer = system.client().send(&Request::new(method, path)).await;
            answer.is_problem(405, "method_not_allowed");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
    }
    let below = script.trim_start_matches("/assets/");
    for path in [
        "/assets",
        "/assets/",
        "/assets/../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/assets/x",
        "/index.html",
        "/.vite/manifest.json",
        "/healthz",
        "/metrics",
        &format!("/assets/./{below}"),
        &format!("/assets/{below}.br"),
        &format!("//assets/{below}"),
    ] {
        get(&system, path, &[]).await.is_problem(404, "not_found");
    }
    // A query changes nothing: links may carry one for statistics.
    get(&system, "/?from=mail", &[]).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_comes_in_the_browsers_language() {
    let system = system().start().await;
    for (wish, tag, dir) in [
        ("de-AT,de;q=0.9,en;q=0.8", "de", "ltr"),
        ("zh-Hans-CN", "zh-CN", "ltr"),
        ("ar", "ar", "rtl"),
        ("pt", "pt-BR", "ltr"),
        ("tlh, ja;q=0.1", "ja", "ltr"),
        ("tlh", "en", "ltr"),
        ("\"><script>", "en", "ltr"),
    ] {
        let answer = get(&system, "/", &[("Accept-Language", wish)]).await.expect_status(200);
        let html = answer.text();
        assert!(html.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\">")), "{wish}");
        assert_eq!(answer.header("content-language"), Some(tag));
        // Its words are on their way before the script asks for them.
        let words = file_of(&html, &format!("{tag}-"), ".js");
        assert!(
            html.contains(&format!("rel=\"modulepreload\" href=\"assets{}\"", words.trim_start_matches("/assets")))
        );
        get(&system, &words, &[]).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_at_the_page_counts_against_no_limit_and_is_logged_without_the_strangers_words() {
    let system = system().start().await;
    let script = file_of(&get(&system, "/", &[]).await.text(), "index", ".js");
    for _ in 0..30 {
        get(&system, "/", &[]).await.expect_status(200);
        get(&system, &script, &[]).await.expect_status(200);
        get(&system, "/assets/canary-of-a-stranger.js?canary-of-a-stranger", &[]).await.expect_status(404);
    }
    system.request("user@example.com").await.expect_status(202);
    let log = system.log("rekey-api");
    assert!(log.contains("\"path\":\"asset\"") && log.contains("\"path\":\"/\""), "the page is in the log");
    assert!(!log.contains("canary-of-a-stranger") && !log.contains(&script), "no path of a stranger is");
}

/// Public URLs with a path are a proxy's matter, which takes the path off. So nothing that is served may name one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_is_the_same_below_a_path_of_a_proxy() {
    let mut system = system().start().await;
    let plain = get(&system, "/", &[]).await.text();
    let url = format!("{}/account/reset", system.public_url());
    system.api().stop();
    system.set("REKEY_HTTP_PUBLIC_URL", &url);
    system.start_api(true).await;
    assert_eq!(get(&system, "/", &[]).await.text(), plain);
    let answer = system.client().send(&Request::post(REQUEST, r#"{"email":"a@example.com"}"#)).await;
    answer.expect_status(202);
}
