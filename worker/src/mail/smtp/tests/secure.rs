//! TLS: never less than asked for.

use std::{io::Write as _, sync::Arc};

use rustls::{ServerConfig, pki_types::PrivateKeyDer};

use super::*;

const STARTTLS: &[Step] =
    &[("", "220 hi\r\n"), ("EHLO", "250-hi\r\n250-SIZE 100\r\n250 STARTTLS\r\n"), ("STARTTLS", "220 go\r\n")];
const EHLO: &[Step] = &[("EHLO", "250 hi\r\n")];

/// The same, but its time is over.
fn expired() -> (Arc<ServerConfig>, tempfile::NamedTempFile) {
    let mut parameters = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    (parameters.not_before, parameters.not_after) =
        (rcgen::date_time_ymd(2020, 1, 1), rcgen::date_time_ymd(2021, 1, 1));
    let key = rcgen::KeyPair::generate().unwrap();
    serving(&parameters.self_signed(&key).unwrap(), &key)
}

/// A certificate for 127.0.0.1 that nobody vouches for, and the file that does.
fn certificate(name: &str) -> (Arc<ServerConfig>, tempfile::NamedTempFile) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    serving(&made.cert, &made.signing_key)
}

fn serving(certificate: &rcgen::Certificate, key: &rcgen::KeyPair) -> (Arc<ServerConfig>, tempfile::NamedTempFile) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(certificate.pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    (Arc::new(config), file)
}

fn trusting(url: &str, file: &tempfile::NamedTempFile) -> Mailer {
    Mailer::with_times(settings(url, file.path().to_str()), Times::default())
}

#[tokio::test]
async fn starttls_and_implicit_tls_deliver_to_a_trusted_server() {
    let (config, file) = certificate("127.0.0.1");
    let server = Server::starttls(vec![script(&[STARTTLS, EHLO, ACCEPT, ACCEPT])], config.clone()).await;
    let mailer = trusting(&format!("{}?tls=required", server.url()), &file);
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(server.heard().await.len(), 1);
    let server = Server::implicit_tls(vec![script(&[HELLO, ACCEPT])], config).await;
    assert_eq!(send(&trusting(&format!("smtps://127.0.0.1:{}", server.port()), &file)).await, Ok(()));
}

#[tokio::test]
async fn r64_a_stripped_server_gets_no_mail() {
    let (_, file) = certificate("127.0.0.1");
    let late: &[Step] = &[("MAIL", "250 ok\r\n")];
    let refused: &[Step] = &[STARTTLS[0], STARTTLS[1], ("STARTTLS", "454 4.7.0 not now\r\n"), late[0]];
    let server = Server::plain(vec![script(&[HELLO, late]), refused.to_vec()]).await;
    let mailer = trusting(&format!("{}?tls=required", server.url()), &file);
    assert_eq!(send(&mailer).await, defer("STARTTLS: not offered"));
    assert_eq!(send(&mailer).await, defer("STARTTLS: 454"));
    for heard in server.heard().await {
        assert!(!heard.contains("MAIL"), "{heard}");
    }
}

#[tokio::test]
async fn r64_an_unverified_certificate_gets_no_mail() {
    let (config, _) = certificate("127.0.0.1");
    let (_, other) = certificate("127.0.0.1");
    let (elsewhere, vouched) = certificate("mail.example.com");
    let (old, vouched_once) = expired();
    let (stranger, over) = ("the certificate is not trusted", "the certificate has expired");
    for (config, file, problem) in
        [(config, other, stranger), (elsewhere, vouched, stranger), (old, vouched_once, over)]
    {
        let scripts = || vec![script(&[STARTTLS, EHLO, ACCEPT])];
        let server = Server::starttls(scripts(), config.clone()).await;
        let outcome = send(&trusting(&format!("{}?tls=required", server.url()), &file)).await;
        assert_eq!(outcome, defer(&format!("TLS: {problem}")));
        assert!(server.heard().await[0].ends_with("refused\r\n"));
        let server = Server::implicit_tls(vec![script(&[HELLO, ACCEPT])], config).await;
        let outcome = send(&trusting(&format!("smtps://127.0.0.1:{}", server.port()), &file)).await;
        assert_eq!(outcome, defer(&format!("TLS: {problem}")));
    }
}

#[tokio::test]
async fn r64_replies_put_in_front_of_the_handshake_are_refused() {
    let (config, file) = certificate("127.0.0.1");
    let injected: &[Step] = &[STARTTLS[0], STARTTLS[1], ("STARTTLS", "220 go\r\n250 AUTH PLAIN\r\n")];
    let server = Server::starttls(vec![injected.to_vec()], config).await;
    let mailer = trusting(&format!("{}?tls=required", server.url()), &file);
    assert_eq!(send(&mailer).await, defer("STARTTLS: data before TLS"));
}

#[tokio::test]
async fn a_tap_names_the_version_of_tls() {
    let (config, file) = certificate("127.0.0.1");
    let server = Server::starttls(vec![script(&[STARTTLS, EHLO, ACCEPT, QUIT])], config).await;
    let mailer = trusting(&format!("{}?tls=required", server.url()), &file);
    let tap = Tap::default();
    assert_eq!(mailer.send_tapped(&recipient(), &message(), tap.clone()).await, Ok(()));
    let lines = tap.lines();
    assert!(lines[1].starts_with("TLSv1.3 by STARTTLS, TLS13_"), "{lines:?}");
}
