//! The page, as a browser gets it.

use std::{fs, path::Path};

use e2e::{Answer, Builder, Request, Secret, System};

const REQUEST: &str = "/password-reset/request";

fn system() -> Builder {
    System::builder().without_worker()
}

async fn get(system: &System, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::new("GET", path), |request, (name, value)| request.header(name, value));
    system.client().send(&request).await
}

/// The files that the page names, by their names.
fn files_of(html: &str) -> Vec<String> {
    let parts = html.split('"').filter_map(|text| text.trim_start_matches("./").strip_prefix("assets/"));
    parts.map(ToOwned::to_owned).collect()
}

/// The one file that begins and ends like this.
fn file_of(html: &str, start: &str, end: &str) -> String {
    let files = files_of(html);
    let found = files.iter().find(|name| name.starts_with(start) && name.ends_with(end));
    format!("/assets/{}", found.unwrap_or_else(|| panic!("the page names no {start}…{end}")))
}

/// The settings as the page's script reads them.
fn settings_of(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("id=\"settings\">").expect("the page has its settings");
    let (block, _) = rest.split_once("</script>").expect("the settings end");
    serde_json::from_str(block).expect("the settings are JSON")
}

fn policy(answer: &Answer) -> &str {
    answer.header("content-security-policy").unwrap_or_default()
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_brand_is_on_the_page_and_a_hostile_name_stays_inert() {
    let name = "</script><script>alert(1)</script><!--\"'&\u{2028}";
    let builder = system().env("REKEY_SERVICE_NAME", name).env("REKEY_SERVICE_COLOR", "#ffd500");
    let builder = builder.env("REKEY_SERVICE_SUPPORT", "help@example.com").env("REKEY_CODE_FORMAT", "digits-6");
    let mut system = builder.env("REKEY_SERVICE_BACK_URL", "https://app.example.com/login").start().await;
    let html = get(&system, "/", &[]).await.text();
    let expected = serde_json::json!({
        "api": "", "service": name, "logo": null, "support": "mailto:help@example.com",
        "back": "https://app.example.com/login", "code": "digits-6", "minLength": 15, "normalize": "nfc",
    });
    assert_eq!(settings_of(&html), expected);
    assert!(!html.contains("<script>alert") && !html.contains("\u{2028}\""));
    let style = get(&system, &file_of(&html, "brand-", ".css"), &[]).await.expect_status(200).text();
    for property in ["--accent:#", "--button:#", "--button-text:#", "prefers-color-scheme:dark"] {
        assert!(style.contains(property), "{style}");
    }

    // With a logo: a file of its own, which can do nothing when it is opened by itself.
    let logo = system.folder().join("logo.svg");
    fs::write(&logo, "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9z'/></svg>").unwrap();
    system.api().stop();
    system.set("REKEY_SERVICE_LOGO", logo.to_str().unwrap());
    system.start_api(true).await;
    let html = get(&system, "/", &[]).await.text();
    let path = format!("/{}", settings_of(&html)["logo"].as_str().unwrap());
    let answer = get(&system, &path, &[]).await.expect_status(200);
    assert_eq!(answer.header("content-type"), Some("image/svg+xml"));
    assert!(policy(&answer).starts_with("default-src 'none'; style-src 'unsafe-inline'; sandbox;"));
    assert!(html.contains(&format!("rel=\"icon\" type=\"image/svg+xml\" href=\"{}\"", &path[1..])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_elsewhere_may_make_all_three_calls() {
    let origin = "https://reset.example.com";
    let user = "user@example.com";
    let builder = System::builder().account(user, &Secret::password()).env("REKEY_HTTP_ALLOWED_ORIGINS", origin);
    let system = builder.patient_with_clients().start().await;
    let names = |answer: &Answer, header: &str| -> Vec<String> {
        answer.header(header).unwrap_or_default().split(',').map(|name| name.trim().to_lowercase()).collect()
    };
    // What a browser asks before it sends the call with the headers that the page's client sends.
    for call in ["request", "verify", "confirm"] {
        let preflight = Request::new("OPTIONS", &format!("/password-reset/{call}"))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type,idempotency-key");
        let answer = system.client().send(&preflight).await;
        assert!((200..300).contains(&answer.status), "{call}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin), "{call}");
        assert!(names(&answer, "access-control-allow-methods").contains(&"post".to_owned()), "{call}");
        let allowed = names(&answer, "access-control-allow-headers");
        assert!(["content-type", "idempotency-key"].iter().all(|name| allowed.contains(&(*name).to_owned())), "{call}");
    }
    let post = async |call: &str, body: serde_json::Value| {
        let request = Request::post(&format!("/password-reset/{call}"), body.to_string()).header("Origin", origin);
        let answer = system.client().send(&request.header("Idempotency-Key", &e2e::secret::random(20))).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin), "{call}");
        assert!(names(&answer, "access-control-expose-headers").contains(&"retry-after".to_owned()), "{call}");
        answer
    };
    let challenge = post("request", serde_json::json!({ "email": user })).await.expect_status(202).challenge_id();
    // A second one comes too early: the page can read how long it must wait.
    let early = post("request", serde_json::json!({ "email": user })).await.expect_status(429);
    assert!(early.header("retry-after").is_some());
    let code = system.smtp.wait_for(user, 1).await.code();
    let body = serde_json::json!({ "challenge_id": challenge, "code": code.expose() });
    let token = post("verify", body).await.expect_status(200).reset_token();
    let password = Secret::password();
    let body = serde_json::json!({ "reset_token": token.expose(), "new_password": password.expose() });
    post("confirm", body).await.expect_status(204);
    assert!(system.verify_account(user, &password));
    // The page's own files are for no other origin.
    let answer = get(&system, "/", &[("Origin", origin)]).await;
    assert!(answer.header("access-control-allow-origin").is_none());
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r57_the_page_for_another_server_is_whole_and_names_its_headers() {
    let system = system().env("REKEY_SERVICE_NAME", "Acme").start().await;
    let folder = system.folder().join("page");
    let folder_name = folder.to_str().unwrap();
    let ran = system.run("rekey-api", &["page", folder_name, "--api", "https://api.example.com/reset/"], b"");
    assert!(ran.success, "{}", ran.stderr);
    let html = read(&folder, "index.html");
    assert_eq!(settings_of(&html)["api"], "https://api.example.com/reset");
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">") && html.contains("<title>Acme</title>"));
    let headers = read(&folder, "_headers");
    let section = |path: &str| {
        let mut lines = headers.lines().skip_while(|line| *line != path).skip(1);
        let mut section = String::new();
        while let Some(line) = lines.next().filter(|line| line.starts_with("  ")) {
            section += &format!("{}\n", line.trim());
        }
        section
    };
    let index = section("/index.html");
    assert_eq!(section("/"), index);
    for line in ["cache-control: no-cache", "x-content-type-options: nosniff", "x-frame-options: DENY"] {
        assert!(index.lines().any(|found| found == line), "{line} in {index}");
    }
    assert!(index.contains("connect-src 'self' https://api.example.com;"), "{index}");
    let served = get(&system, "/", &[]).await;
    assert!(
        index.contains(&policy(&served).replace("connect-src 'self'", "connect-src 'self' https://api.example.com"))
    );

    // Every file is there as the API serves it, and has its headers.
    let mut files = 0;
    for entry in fs::read_dir(folder.join("assets")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        files += 1;
        let path = format!("/assets/{name}");
        let own = section(&path);
        assert!(own.contains("cache-control: public, max-age=31536000, immutable\n"), "{name}: {own}");
        let kind = get(&system, &path, &[]).await.expect_status(200).header("content-type").unwrap().to_owned();
        assert!(own.contains(&format!("content-type: {kind}\n")), "{name}: {own}");
        let is_estimator = name.starts_with("strength") && name.ends_with(".js");
        assert_eq!(own.contains("'wasm-unsafe-eval'"), is_estimator, "{name}: {own}");
        let is_wasm = name.ends_with(".wasm");
        assert_eq!(kind == "application/wasm", is_wasm, "{name} is {kind}");
    }
    assert!(files > 12, "at least the script and the words of each language");
    for name in files_of(&html) {
        assert!(folder.join("assets").join(&name).is_file(), "{name}");
    }

    for bad in
        ["http://api.example.com", "https://user:canary@api.example.com", "https://api.example.com/?a", "ftp://a"]
    {
        let ran = system.run("rekey-api", &["page", folder_name, "--api", bad], b"");
        assert!(
            !ran.success && ran.stderr.contains("--api") && !ran.stderr.contains("canary"),
            "{bad}: {}",
            ran.stderr
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_of_the_brand_are_refused_by_name() {
    let system = system().without_api().start().await;
    let script = system.folder().join("logo.svg");
    fs::write(&script, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>").unwrap();
    let jpeg = system.folder().join("logo.jpg");
    fs::write(&jpeg, b"\xff\xd8\xff\xe0").unwrap();
    let large = system.folder().join("logo.png");
    fs::write(&large, [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 65_536]].concat()).unwrap();
    for (name, value) in [
        ("REKEY_SERVICE_NAME", "a\tb"),
        ("REKEY_SERVICE_LOGO", "/no/such/file"),
        ("REKEY_SERVICE_LOGO", script.to_str().unwrap()),
        ("REKEY_SERVICE_LOGO", jpeg.to_str().unwrap()),
        ("REKEY_SERVICE_LOGO", large.to_str().unwrap()),
        ("REKEY_SERVICE_COLOR", "blue"),
        ("REKEY_SERVICE_COLOR", "#1f5fd0;}"),
        ("REKEY_SERVICE_SUPPORT", "javascript:alert(1)"),
        ("REKEY_SERVICE_BACK_URL", "javascript:alert(1)"),
        ("REKEY_SERVICE_BACK_URL", "https://user:canary@app.example.com"),
    ] {
        for program in ["rekey-api", "rekey-worker"] {
            let mut process = system.spawn_with(program, &[(name, value)]);
            let what = format!("{program} ends for its {name} {value}");
            let ended = e2e::eventually(&what, std::time::Duration::from_secs(20), async || process.ended()).await;
            let output = process.output();
            assert!(!ended.success() && output.contains(name), "{what}: {output}");
            assert!(!output.contains("canary"), "{what}");
        }
    }
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
