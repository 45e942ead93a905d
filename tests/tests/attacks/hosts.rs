//! Headers that say how the service is reached: links are built from the setting alone.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use e2e::server::receiver::Receiver;
use e2e::{Request, Secret, System, random};
use serde_json::json;

use crate::{accounts, address};

const EVIL: &str = "evil.example.net";

/// Each is said to each of the three calls.
const SAID: [&[(&str, &str)]; 15] = [
    &[("Host", EVIL)],
    &[("Host", "evil.example.net:443")],
    &[("Host", "evil.example.net/#/")],
    &[("Host", "user@evil.example.net")],
    &[("Host", "[::1]"), ("X-Host", EVIL)],
    &[("Host", "127.0.0.1"), ("Host", EVIL)],
    &[("Host", "127.0.0.1, evil.example.net")],
    &[("Forwarded", "for=192.0.2.1;host=evil.example.net;proto=https")],
    &[("X-Forwarded-Host", EVIL), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Port", "8443")],
    &[("X-Forwarded-Host", "127.0.0.1"), ("X-Forwarded-Host", EVIL)],
    &[("X-Forwarded-Server", EVIL), ("X-HTTP-Host-Override", EVIL), ("X-Forwarded-Prefix", "//evil.example.net")],
    &[("X-Original-URL", "https://evil.example.net/"), ("X-Rewrite-URL", "//evil.example.net/")],
    &[("Referer", "https://evil.example.net/"), ("X-Original-Host", EVIL)],
    &[("Origin", "https://evil.example.net"), ("Sec-Fetch-Site", "cross-site")],
    &[
        ("User-Agent", "https://evil.example.net"),
        ("Accept-Language", "evil.example.net"),
        ("From", "a@evil.example.net"),
    ],
];

fn with(request: Request, said: &[(&str, &str)]) -> Request {
    said.iter().fold(request, |request, (name, value)| request.header(name, value))
}

/// One host may be said, in the target as well; what cannot be understood may be refused.
const REFUSALS: [u16; 2] = [400, 404];

async fn links_stay(proxies: Option<&str>) {
    let receiver = Receiver::start().await;
    let builder = System::builder()
        .env("REKEY_LIMITS_ENABLED", "false")
        .env("REKEY_WEBHOOK_URL", &format!("http://{}/hooks/rekey", receiver.address()))
        .env("REKEY_WEBHOOK_SECRET", &format!("whsec_{}", BASE64_STANDARD.encode(random(32))))
        .env("REKEY_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
    let builder =
        proxies.into_iter().fold(builder, |builder, proxies| builder.env("REKEY_HTTP_TRUSTED_PROXIES", proxies));
    let system = builder.start().await;
    accounts(&system, "user", SAID.len() * 2).await;
    let client = system.client();
    let mut resets = 0;
    for (n, said) in SAID.iter().enumerate() {
        for (m, target) in ["", "http://evil.example.net"].into_iter().enumerate() {
            let user = address("user", n * 2 + m);
            let post = |call: &str, body: serde_json::Value| {
                with(Request::post(&format!("{target}/password-reset/{call}"), body.to_string()), said)
            };
            let asked = client.send(&post("request", json!({ "email": user }))).await;
            assert!(!asked.text().contains(EVIL), "{said:?}");
            assert!(asked.header("location").is_none(), "{said:?}");
            if REFUSALS.contains(&asked.status) {
                continue;
            }
            let challenge_id = asked.expect_status(202).challenge_id();
            let mail = system.smtp.wait_for(&user, 1).await;
            assert_eq!(mail.link(), format!("{}/#/reset/{challenge_id}/{}", system.public_url(), mail.code().expose()));
            let verify = post("verify", json!({ "challenge_id": challenge_id, "code": mail.code().expose() }));
            let token = client.send(&verify).await.expect_status(200).reset_token();
            let password = Secret::password();
            let body = json!({ "reset_token": token.expose(), "new_password": password.expose() });
            client.send(&post("confirm", body)).await.expect_status(204);
            let _ = system.smtp.wait_for(&user, 2).await;
            resets += 1;
            let _ = receiver.wait_for(resets).await;
        }
    }
    assert!(resets > SAID.len(), "most are taken: {resets}");
    for mail in system.smtp.mails() {
        let all = [String::from_utf8_lossy(&mail.raw).into_owned(), mail.text(), mail.html(), mail.subject()];
        assert!(all.iter().all(|text| !text.contains(EVIL)), "a mail has it");
    }
    assert!(receiver.calls().iter().all(|call| !call.body.contains(EVIL)), "a webhook has it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r59_links_are_built_from_the_setting_alone() {
    links_stay(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r59_links_are_built_from_the_setting_alone_behind_a_listed_proxy() {
    links_stay(Some("127.0.0.0/8")).await;
}
