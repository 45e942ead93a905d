//! Certificates that must not be believed, and what a server that shows one gets to hear: nothing.

use std::{io::Write as _, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer},
};

use super::*;

/// Credentials are never to be heard by anybody who is not who they should be.
const OFFERS: &[Step] = &[
    ("", "220 hi\r\n"),
    ("EHLO", "250-hi\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n"),
    ("STARTTLS", "220 go\r\n"),
    ("EHLO", "250-hi\r\n250 AUTH PLAIN LOGIN\r\n"),
    ("AUTH", "235 2.7.0 welcome\r\n"),
    ("MAIL", "250 ok\r\n"),
    ("RCPT", "250 ok\r\n"),
];

/// An authority, or somebody who acts as one.
struct Authority {
    pem: String,
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(is_ca: IsCa) -> Self {
        Self::by(is_ca, None)
    }

    /// Vouched for by another one, or by itself.
    fn by(is_ca: IsCa, other: Option<&Self>) -> Self {
        let mut parameters = CertificateParams::new(vec!["authority.example.com".to_owned()]).unwrap();
        parameters.is_ca = is_ca;
        parameters.distinguished_name.push(DnType::CommonName, format!("authority {}", rand::random::<u64>()));
        let key = KeyPair::generate().unwrap();
        let made = match other {
            Some(other) => parameters.signed_by(&key, &other.issuer).unwrap(),
            None => parameters.self_signed(&key).unwrap(),
        };
        Self { pem: made.pem(), der: made.der().clone(), issuer: Issuer::new(parameters, key) }
    }

    /// A server with a certificate of this authority, which sends the authority's own along.
    fn serves(&self, change: impl FnOnce(&mut CertificateParams)) -> Arc<ServerConfig> {
        let mut parameters = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        change(&mut parameters);
        let key = KeyPair::generate().unwrap();
        let made = parameters.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let chain = vec![made.der().clone(), self.der.clone()];
        Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap())
    }
}

fn ca() -> IsCa {
    IsCa::Ca(BasicConstraints::Unconstrained)
}

/// Asks for a mail by both kinds of TLS, with credentials; tells the outcomes and all that the server heard.
async fn tried(config: Arc<ServerConfig>, trusted: &str) -> (Vec<Result<(), SendError>>, String) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(trusted.as_bytes()).unwrap();
    let mailer = |url: &str| Mailer::with_times(settings(url, file.path().to_str()), Times::default());
    let server = Server::starttls(vec![OFFERS.to_vec()], config.clone()).await;
    let mut outcomes = vec![send(&mailer(&format!("smtp://user:word@127.0.0.1:{}?tls=required", server.port()))).await];
    let mut heard = server.heard().await;
    let server = Server::implicit_tls(vec![script(&[&OFFERS[..1], &OFFERS[3..]])], config).await;
    outcomes.push(send(&mailer(&format!("smtps://user:word@127.0.0.1:{}", server.port()))).await);
    heard.extend(server.heard().await);
    (outcomes, heard.concat())
}

#[tokio::test]
async fn r64_false_certificates_get_neither_credentials_nor_mail() {
    let (trusted, stranger) = (Authority::new(ca()), Authority::new(ca()));
    let no_authority = Authority::by(IsCa::NoCa, Some(&trusted));
    let name = |name: &str| {
        let names = CertificateParams::new(vec![name.to_owned()]).unwrap().subject_alt_names;
        move |parameters: &mut CertificateParams| parameters.subject_alt_names = names
    };
    let not_trusted = "the certificate is not trusted";
    for (what, config, pem, problem) in [
        ("an unknown authority", stranger.serves(|_| ()), &trusted.pem, not_trusted),
        ("one that is vouched for, but is no authority", no_authority.serves(|_| ()), &trusted.pem, not_trusted),
        ("another host", trusted.serves(name("mail.example.com")), &trusted.pem, not_trusted),
        ("another address", trusted.serves(name("127.0.0.2")), &trusted.pem, not_trusted),
        ("the address as a name", trusted.serves(name("127.0.0.1.example.com")), &trusted.pem, not_trusted),
        (
            "the name in the subject alone",
            trusted.serves(|parameters| {
                parameters.subject_alt_names.clear();
                parameters.distinguished_name.push(DnType::CommonName, "127.0.0.1");
            }),
            &trusted.pem,
            not_trusted,
        ),
        (
            "expired",
            trusted.serves(|parameters| {
                (parameters.not_before, parameters.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
            }),
            &trusted.pem,
            "the certificate has expired",
        ),
        (
            "not yet valid",
            trusted.serves(|parameters| parameters.not_before = date_time_ymd(3000, 1, 1)),
            &trusted.pem,
            not_trusted,
        ),
        (
            "for clients alone",
            trusted.serves(|parameters| parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]),
            &trusted.pem,
            not_trusted,
        ),
        (
            "for code alone",
            trusted.serves(|parameters| parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::CodeSigning]),
            &trusted.pem,
            not_trusted,
        ),
        ("an authority's own", trusted.serves(|parameters| parameters.is_ca = ca()), &trusted.pem, not_trusted),
    ] {
        let (outcomes, heard) = tried(config, pem).await;
        for outcome in outcomes {
            assert_eq!(outcome, defer(&format!("TLS: {problem}")), "{what}");
        }
        for word in ["AUTH", "MAIL", "RCPT", "user", "word", "dXNlcg", "AHVzZXIAd29yZA"] {
            assert!(!heard.contains(word), "{what}: the server heard {word}");
        }
        assert_eq!(heard.matches("refused\r\n").count(), 2, "{what}: both handshakes are refused");
    }
}

/// The table above refuses for the reasons that it names: with none of them the same server is believed.
#[tokio::test]
async fn a_true_certificate_gets_credentials_and_mail() {
    let trusted = Authority::new(ca());
    let config = trusted.serves(|parameters| {
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    });
    let (_, heard) = tried(config, &trusted.pem).await;
    assert_eq!(heard.matches("AUTH PLAIN AHVzZXIAd29yZA==").count(), 2, "{heard}");
    assert_eq!(heard.matches("RCPT").count(), 2);
}

#[tokio::test]
async fn r64_a_stripped_server_gets_no_credentials() {
    let trusted = Authority::new(ca());
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(trusted.pem.as_bytes()).unwrap();
    let late: &[Step] = &[("AUTH", "235 ok\r\n"), ("MAIL", "250 ok\r\n")];
    let offers = |line: &'static str| [&[("", "220 hi\r\n"), ("EHLO", line)][..], late].concat();
    let refuses = |line: &'static str| [&OFFERS[..2], &[("STARTTLS", line)][..], late].concat();
    for (what, script, problem) in [
        ("taken out", offers("250-hi\r\n250 AUTH PLAIN\r\n"), "STARTTLS: not offered"),
        ("overwritten", offers("250-hi\r\n250-XXXXXXXA\r\n250 AUTH PLAIN\r\n"), "STARTTLS: not offered"),
        ("as a part of a word", offers("250-hi\r\n250-XSTARTTLS\r\n250 AUTH PLAIN\r\n"), "STARTTLS: not offered"),
        ("refused for now", refuses("454 4.7.0 not now\r\n"), "STARTTLS: 454"),
        ("refused for good", refuses("502 5.5.1 what\r\n"), "STARTTLS: 502"),
        ("followed by plain text", refuses("220 go\r\n250-hi\r\n250 AUTH PLAIN\r\n"), "STARTTLS: data before TLS"),
    ] {
        let server = Server::plain(vec![script]).await;
        let url = format!("smtp://user:word@127.0.0.1:{}?tls=required", server.port());
        let mailer = Mailer::with_times(settings(&url, file.path().to_str()), Times::default());
        let outcome = send(&mailer).await;
        assert_eq!(outcome, defer(problem), "{what}");
        drop(mailer);
        let heard = server.heard().await.concat();
        for word in ["AUTH", "MAIL", "RCPT", "AHVzZXIAd29yZA"] {
            assert!(!heard.contains(word), "{what}: the server heard {word}");
        }
    }
}
