//! Signatures, verified with another library's arithmetic and a canonicalisation written for the test.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{
    digest::{SHA256, digest},
    signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};

use super::*;

fn signed_with(pem: &str) -> Result<ComposeSettings, SettingError> {
    settings(&[
        ("REKEY_MAIL_DKIM_DOMAIN", "example.com"),
        ("REKEY_MAIL_DKIM_SELECTOR", "s1"),
        ("REKEY_MAIL_DKIM_KEY", pem),
    ])
}

fn tag<'a>(header: &'a str, name: &str) -> &'a str {
    let value = header.split_once(':').unwrap().1;
    let mut tags = value.split(';').filter_map(|tag| tag.trim().split_once('='));
    tags.find(|(found, _)| *found == name).unwrap().1
}

/// RFC 6376, section 3.4.2, one header without its line end.
fn relaxed_header(line: &str) -> String {
    let (name, value) = line.split_once(':').unwrap();
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}:{value}", name.to_lowercase())
}

/// RFC 6376, section 3.4.4.
fn relaxed_body(body: &str) -> String {
    let squeeze = |line: &str| {
        let mut out = String::new();
        for c in line.trim_end_matches([' ', '\t']).chars() {
            match c {
                ' ' | '\t' if out.ends_with(' ') => {}
                ' ' | '\t' => out.push(' '),
                other => out.push(other),
            }
        }
        out
    };
    let body: Vec<String> = body.trim_end_matches("\r\n").split("\r\n").map(squeeze).collect();
    format!("{}\r\n", body.join("\r\n"))
}

#[test]
fn an_ed25519_signature_verifies() {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new()).unwrap();
    let public = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap().public_key().as_ref().to_vec();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(pkcs8.as_ref()));
    let composer = Composer::new(signed_with(&pem).unwrap()).unwrap();
    for language in ["en", "zh-CN"] {
        let raw = compose(&composer, "job-1", language, code());
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let find = |name: &str| {
            let starts = |line: &&str| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase()));
            head.split("\r\n").find(starts).unwrap()
        };
        let signature = find("DKIM-Signature");
        assert_eq!((tag(signature, "d"), tag(signature, "s")), ("example.com", "s1"));
        assert_eq!(tag(signature, "c"), "relaxed/relaxed");
        let strip = |text: &str| text.split_whitespace().collect::<String>();
        let hash = digest(&SHA256, relaxed_body(body).as_bytes());
        assert_eq!(strip(tag(signature, "bh")), STANDARD.encode(hash.as_ref()), "the body's hash");

        let names = strip(tag(signature, "h"));
        assert_eq!(names.to_lowercase(), crate::mail::dkim::SIGNED.join(":").to_lowercase());
        let mut input: String = names.split(':').map(|name| relaxed_header(find(name)) + "\r\n").collect();
        let (before, made) = signature.rsplit_once(" b=").unwrap();
        input.push_str(&relaxed_header(&format!("{before} b=")));
        let hashed = digest(&SHA256, input.as_bytes());
        let key = UnparsedPublicKey::new(&ED25519, &public);
        key.verify(hashed.as_ref(), &STANDARD.decode(strip(made)).unwrap()).expect("the signature verifies");
    }
}

#[test]
fn a_broken_or_partial_key_is_refused_and_not_shown() {
    for pem in ["hunter2", "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n"] {
        let error = signed_with(pem).err().unwrap().to_string();
        assert!(error.starts_with("REKEY_MAIL_DKIM_KEY: ") && !error.contains("hunter2"), "{error}");
    }
    let error = settings(&[("REKEY_MAIL_DKIM_DOMAIN", "example.com")]).err().unwrap().to_string();
    assert!(error.starts_with("REKEY_MAIL_DKIM_SELECTOR: "), "{error}");
}
