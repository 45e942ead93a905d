//! The operator's name, colour and logo.

use std::fs;

use super::{file_of, get, policy, settings_of, system};

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
        "secondFactor": null, "contact": "mailto:help@example.com",
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
