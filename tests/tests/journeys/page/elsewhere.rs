//! The page on another server than the API.

use std::{fs, path::Path};

use e2e::{Answer, Request, Secret, System};

use super::{files_of, get, policy, settings_of, system};

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
