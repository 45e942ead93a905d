//! Against real TCP servers, plain and by TLS.

use std::{io::Write as _, sync::Arc};

use entity::tls;
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use tokio::net::TcpListener;

use super::{testing::*, *};

const NOW: i64 = 1_767_323_045_678;

fn retried(outcome: Result<Taken, CallError>) -> (String, Duration) {
    match outcome {
        Err(CallError::Retry { reason, wait }) => (reason, wait),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn r70_a_call_is_signed_and_says_what_it_must() {
    let mut receiver = Receiver::saying("HTTP/1.1 204 No Content\r\n\r\n").await;
    let taken = receiver.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await.unwrap();
    assert_eq!((taken.status, taken.address.unwrap().port()), (204, receiver.port));
    let heard = receiver.has_heard().unwrap().to_lowercase();
    let signature = webhook::Secrets::parse(SECRET).unwrap().sign("evt_1", 1_767_323_045, "{}").to_lowercase();
    for line in [
        "post /hooks?key=value http/1.1",
        "content-type: application/json",
        "webhook-id: evt_1",
        "webhook-timestamp: 1767323045",
        &format!("webhook-signature: {signature}"),
        concat!("user-agent: rekey/", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(heard.lines().any(|heard| heard == line), "{line} in {heard}");
    }
    assert!(heard.ends_with("\r\n\r\n{}") && !heard.contains("cookie") && !heard.contains("authorization"), "{heard}");
}

#[tokio::test]
async fn a_call_hands_the_trace_on_that_it_is_a_part_of() {
    let mut receiver = Receiver::saying("HTTP/1.1 204 No Content\r\n\r\n").await;
    receiver.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await.unwrap();
    assert!(!receiver.has_heard().unwrap().contains("traceparent"));
    let trace = telemetry::TraceContext::random();
    let hook = receiver.hook("127.0.0.1", &ALLOWED);
    telemetry::within(trace, hook.call("evt_1", NOW, "{}")).await.unwrap();
    assert!(receiver.has_heard().unwrap().contains(&format!("\r\ntraceparent: {trace}\r\n")));
}

#[tokio::test]
async fn only_2xx_is_taken_410_ends_it_and_others_are_tried_again() {
    for (answer, reason, wait) in [
        ("500 Oh", "http 500", 0),
        ("404 Not Found", "http 404", 0),
        ("503 Busy\r\nRetry-After: 120", "http 503", 120),
        ("429 Slowly\r\nRetry-After: 999999", "http 429", 3_600),
        ("503 Busy\r\nRetry-After: Wed, 21 Oct 2026 07:28:00 GMT", "http 503", 3_600),
    ] {
        let receiver = Receiver::saying(&format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n")).await;
        let outcome = receiver.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await;
        assert_eq!(retried(outcome), (reason.to_owned(), Duration::from_secs(wait)));
    }
    let receiver = Receiver::saying("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!(receiver.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await, Err(CallError::Gone));
}

#[tokio::test]
async fn r70_a_redirect_is_not_followed() {
    let mut elsewhere = Receiver::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let location = format!("Location: http://127.0.0.1:{}/", elsewhere.port);
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let receiver = Receiver::saying(&format!("HTTP/1.1 {status}\r\n{location}\r\nContent-Length: 0\r\n\r\n")).await;
        let outcome = receiver.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await;
        assert_eq!(retried(outcome).0, format!("http {}", &status[..3]));
    }
    assert_eq!(elsewhere.has_heard(), None);
}

#[tokio::test]
async fn r70_this_machine_is_not_called_by_address_or_by_name_unless_a_setting_allows_it() {
    let mut receiver = Receiver::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    for host in ["127.0.0.1", "localhost", "127.1", "0x7f000001", "[::1]"] {
        let outcome = receiver.hook(host, &[]).call("evt_1", NOW, "{}").await;
        assert_eq!(retried(outcome).0, "refused_address", "{host}");
    }
    assert_eq!(receiver.has_heard(), None);
    let taken = receiver.hook("localhost", &ALLOWED).call("evt_1", NOW, "{}").await;
    assert!(taken.is_ok(), "{taken:?}");
}

#[tokio::test]
async fn a_receiver_that_hangs_or_is_away_is_tried_again() {
    let hanging = Receiver::start(Vec::new(), None).await;
    let config = tls::client_config("webhook.ca_file", None).unwrap();
    let url = format!("http://127.0.0.1:{}/", hanging.port);
    let hasty = Hook::new(settings(&url, &ALLOWED), config, Duration::from_millis(50)).unwrap();
    assert_eq!(retried(hasty.call("evt_1", NOW, "{}").await).0, "timeout");
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let away = hook(&format!("http://{nobody}/"), &ALLOWED);
    assert_eq!(retried(away.call("evt_1", NOW, "{}").await).0, "connect");
    let garbage = Receiver::saying("SSH-2.0-OpenSSH\r\n").await;
    assert_eq!(retried(garbage.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await).0, "broken");
}

#[tokio::test]
async fn an_answer_without_end_is_cut_and_its_status_counts() {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    answer.resize(4 * MAX_ANSWER, b'x');
    let receiver = Receiver::start(answer, None).await;
    let taken = receiver.hook("127.0.0.1", &ALLOWED).call("evt_1", NOW, "{}").await;
    assert_eq!(taken.map(|taken| taken.status), Ok(200));
}

#[tokio::test]
async fn an_answer_that_hangs_after_its_status_is_taken_by_that() {
    let receiver = Receiver::saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").await;
    let config = tls::client_config("webhook.ca_file", None).unwrap();
    let url = format!("http://127.0.0.1:{}/", receiver.port);
    let hasty = Hook::new(settings(&url, &ALLOWED), config, Duration::from_millis(500)).unwrap();
    assert_eq!(hasty.call("evt_1", NOW, "{}").await.map(|taken| taken.status), Ok(200));
}

#[tokio::test]
async fn r70_an_address_in_the_url_is_looked_at_though_nothing_resolves_it() {
    for host in ["127.0.0.1", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"]
    {
        let hook = hook(&format!("https://{host}/"), &[]);
        assert_eq!(retried(hook.call("evt_1", NOW, "{}").await).0, "refused_address", "{host}");
        let address = host.trim_matches(['[', ']']).parse().unwrap();
        assert_eq!(hook.addresses().await, [(address, false)], "{host}");
    }
}

#[tokio::test]
async fn r70_a_certificate_that_nobody_vouches_for_is_refused() {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(made.cert.pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = builder.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let mut receiver =
        Receiver::start(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec(), Some(Arc::new(config))).await;
    let url = format!("https://127.0.0.1:{}/", receiver.port);
    assert_eq!(retried(hook(&url, &ALLOWED).call("evt_1", NOW, "{}").await).0, "tls");
    assert_eq!(receiver.has_heard(), None);
    let trusting = tls::client_config("webhook.ca_file", Some(file.path())).unwrap();
    let hook = Hook::new(settings(&url, &ALLOWED), trusting, PATIENCE).unwrap();
    assert!(hook.call("evt_1", NOW, "{}").await.is_ok());
}
