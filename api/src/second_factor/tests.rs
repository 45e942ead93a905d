use base64::engine::general_purpose::STANDARD;
use entity::{account::AccountId, email::Email};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::{Value, json};

use super::{
    statement::{AUDIENCE, LEEWAY_SECS, LIFE_SECS, MAX_OCTETS, verify},
    *,
};

const NOW: u64 = 1_800_000_000;
const HASH: &str = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";

/// The application, which has the private key.
enum Signer {
    Ed25519(Ed25519KeyPair),
    P256(EcdsaKeyPair),
}

impl Signer {
    fn ed25519() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap())
    }

    fn p256() -> Self {
        let (random, kind) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let document = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
        Self::P256(EcdsaKeyPair::from_pkcs8(kind, document.as_ref(), &random).unwrap())
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Ed25519(_) => "EdDSA",
            Self::P256(_) => "ES256",
        }
    }

    fn public(&self) -> &[u8] {
        match self {
            Self::Ed25519(pair) => pair.public_key().as_ref(),
            Self::P256(pair) => pair.public_key().as_ref(),
        }
    }

    fn pem(&self) -> String {
        let head: &[u8] = match self {
            Self::Ed25519(_) => b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00",
            Self::P256(_) => {
                b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00"
            }
        };
        let info = STANDARD.encode([head, self.public()].concat());
        format!("-----BEGIN PUBLIC KEY-----\n{info}\n-----END PUBLIC KEY-----\n")
    }

    fn sign(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = match self {
            Self::Ed25519(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
            Self::P256(pair) => pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec(),
        };
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn state(&self, claims: &Value) -> String {
        self.sign(&json!({"alg": self.algorithm(), "typ": "JWT"}).to_string(), &claims.to_string())
    }
}

fn claims() -> Value {
    json!({"aud": AUDIENCE, "sub": "7", "iat": NOW - 10, "exp": NOW + 110, "reset_token_hash": HASH, "jti": "x"})
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn check(keys: &[Key], statement: &str) -> Result<(), Wrong> {
    let (account_id, email) = (AccountId::new("7"), Email::parse("mike@example.com").unwrap());
    let now = i64::try_from(NOW).unwrap() * 1000;
    verify(keys, statement, &Expected { account_id: &account_id, email: &email, token_hash: HASH, now })
}

#[test]
fn a_good_statement_is_taken_by_id_and_by_address_and_by_each_kind_of_key() {
    for signer in [Signer::ed25519(), Signer::p256()] {
        let keys = keys::parse(&signer.pem()).unwrap();
        assert_eq!(check(&keys, &signer.state(&claims())), Ok(()));
        for subject in ["mike@example.com", "Mike@Example.COM"] {
            assert_eq!(check(&keys, &signer.state(&with("sub", subject.into()))), Ok(()), "{subject}");
        }
    }
}

#[test]
fn each_key_of_the_file_counts_while_they_change() {
    let (old, new, other) = (Signer::p256(), Signer::ed25519(), Signer::ed25519());
    let keys = keys::parse(&format!("# ours\n{}{}", old.pem(), new.pem())).unwrap();
    for signer in [&old, &new] {
        assert_eq!(check(&keys, &signer.state(&claims())), Ok(()));
    }
    assert_eq!(check(&keys, &other.state(&claims())), Err(Wrong::Signature));
}

#[test]
fn claims_that_are_not_these_are_refused() {
    let signer = Signer::ed25519();
    let keys = keys::parse(&signer.pem()).unwrap();
    for (name, value, wrong) in [
        ("aud", json!("other"), Wrong::Audience),
        ("aud", json!([AUDIENCE]), Wrong::Form),
        ("sub", json!("8"), Wrong::Subject),
        ("sub", json!("07"), Wrong::Subject),
        ("sub", json!(""), Wrong::Subject),
        ("sub", json!(7), Wrong::Form),
        ("sub", json!("mika@example.com"), Wrong::Subject),
        ("sub", json!("m\u{131}ke@example.com"), Wrong::Subject),
        ("reset_token_hash", json!("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"), Wrong::Token),
        ("reset_token_hash", json!(""), Wrong::Token),
        ("exp", json!(NOW - LEEWAY_SECS), Wrong::Time),
        ("exp", json!(NOW - 11), Wrong::Time),
        ("exp", json!(NOW - 10 + LIFE_SECS + 1), Wrong::Time),
        ("exp", json!(u64::MAX), Wrong::Time),
        ("exp", json!(-1), Wrong::Form),
        ("exp", json!("1800000110"), Wrong::Form),
        ("exp", json!(1e30), Wrong::Form),
        ("iat", json!(NOW + LEEWAY_SECS + 1), Wrong::Time),
        ("iat", json!(0), Wrong::Time),
        ("iat", json!(u64::MAX), Wrong::Time),
    ] {
        assert_eq!(check(&keys, &signer.state(&with(name, value.clone()))), Err(wrong), "{name} {value}");
    }
    for name in ["aud", "sub", "iat", "exp", "reset_token_hash"] {
        let mut less = claims();
        less.as_object_mut().unwrap().remove(name);
        assert_eq!(check(&keys, &signer.state(&less)), Err(Wrong::Form), "without {name}");
        assert_eq!(check(&keys, &signer.state(&with(name, Value::Null))), Err(Wrong::Form), "{name} is null");
        // Twice, whatever it is the second time.
        let twice = claims().to_string().replacen('{', &format!("{{\"{name}\":{},", claims()[name]), 1);
        let statement = signer.sign(r#"{"alg":"EdDSA"}"#, &twice);
        assert_eq!(check(&keys, &statement), Err(Wrong::Form), "{name} twice");
    }
}

#[test]
fn claims_are_an_object() {
    let signer = Signer::ed25519();
    let keys = keys::parse(&signer.pem()).unwrap();
    let values = ["aud", "sub", "iat", "exp", "reset_token_hash"].map(|name| claims()[name].clone());
    for other in [json!(values), json!("text"), json!(7), Value::Null] {
        assert_eq!(check(&keys, &signer.state(&other)), Err(Wrong::Form), "{other}");
    }
}

#[test]
fn the_edges_of_its_time_are_as_documented() {
    let signer = Signer::ed25519();
    let keys = keys::parse(&signer.pem()).unwrap();
    for (iat, exp) in [
        (NOW + LEEWAY_SECS, NOW + LEEWAY_SECS + LIFE_SECS),
        (NOW - LIFE_SECS - LEEWAY_SECS + 1, NOW - LEEWAY_SECS + 1),
        (NOW, NOW + 1),
    ] {
        let mut claims = with("iat", iat.into());
        claims["exp"] = exp.into();
        assert_eq!(check(&keys, &signer.state(&claims)), Ok(()), "{iat} to {exp}");
    }
}

#[test]
fn the_header_chooses_neither_algorithm_nor_key() {
    let (ed25519, p256, other) = (Signer::ed25519(), Signer::p256(), Signer::ed25519());
    let body = claims().to_string();
    for signer in [&ed25519, &p256] {
        let keys = keys::parse(&signer.pem()).unwrap();
        // Unsigned, in every spelling.
        for none in ["none", "None", "NONE", "nOnE", ""] {
            let header = json!({"alg": none}).to_string();
            let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(&body));
            for end in [".", ".AAAA", ""] {
                assert!(check(&keys, &format!("{message}{end}")).is_err(), "{none} {end}");
            }
        }
        // The public key as the secret of an HMAC, in both of its forms.
        for secret in [signer.public().to_vec(), signer.pem().into_bytes()] {
            let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#), URL_SAFE_NO_PAD.encode(&body));
            let tag = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &secret), message.as_bytes());
            let forged = format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag));
            assert_eq!(check(&keys, &forged), Err(Wrong::Signature));
        }
        // A key that the statement brings along.
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(other.public())});
        let header = json!({"alg": "EdDSA", "jwk": jwk}).to_string();
        assert_eq!(check(&keys, &other.sign(&header, &body)), Err(Wrong::Signature));
        // The right signature below the name of another algorithm.
        for name in ["HS256", "RS256", "ES384", "none", "EdDSA", "ES256"] {
            let statement = signer.sign(&json!({"alg": name}).to_string(), &body);
            assert_eq!(check(&keys, &statement).is_ok(), name == signer.algorithm(), "{name}");
        }
        // What must be understood, and is not.
        let header = json!({"alg": signer.algorithm(), "crit": ["b64"], "b64": true}).to_string();
        assert_eq!(check(&keys, &signer.sign(&header, &body)), Err(Wrong::Form));
    }
}

#[test]
fn what_was_changed_on_its_way_is_refused() {
    let signer = Signer::ed25519();
    let keys = keys::parse(&signer.pem()).unwrap();
    let good = signer.state(&claims());
    let parts: Vec<&str> = good.split('.').collect();
    let [header, body, signature] = parts[..] else { panic!("three parts") };
    let other = URL_SAFE_NO_PAD.encode(with("sub", "8".into()).to_string());
    let mut texts = vec![
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        "{}".into(),
        "eyJ".into(),
        format!("{header}.{body}"),
        format!("{header}.{body}."),
        format!("{header}.{other}.{signature}"),
        format!("{good}.{signature}"),
        format!("{good}="),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{header}.{body}.{}", "A".repeat(86)),
        format!("{{\"payload\":\"{body}\",\"signature\":\"{signature}\"}}"),
    ];
    texts.extend((0..good.len()).step_by(7).map(|end| good[..end].to_owned()));
    for text in texts {
        assert!(check(&keys, &text).is_err(), "{text}");
    }
    let long = signer.state(&with("jti", "x".repeat(MAX_OCTETS).into()));
    assert_eq!(check(&keys, &long), Err(Wrong::Long));
}

#[test]
fn files_that_have_no_usable_key_are_refused() {
    let ed448 = "-----BEGIN PUBLIC KEY-----\nMEMwBQYDK2VxAzoAX9dEm1m0Yf0s54fsYWrUah2hNCSFpw4fig6nXYDpZ3jt8SR2m0bHBhvWeD3x5Q9s0foavq/oJWGA\n-----END PUBLIC KEY-----\n";
    let private = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let good = Signer::ed25519().pem();
    for (text, says) in [
        ("", "no public key"),
        ("a key", "no public key"),
        (ed448, "neither Ed25519 nor P-256"),
        (private, "private key"),
        (&format!("{good}{private}"), "private key"),
        (&format!("{good}{ed448}"), "neither Ed25519 nor P-256"),
        (&good.replace("-----END PUBLIC KEY-----", ""), ""),
        (&good.replacen("MCow", "MC!w", 1), ""),
    ] {
        let refused = keys::parse(text).err().unwrap_or_else(|| panic!("{text} passes"));
        assert!(refused.contains(says), "{refused}");
    }
    let read = |policy: &str, file: Option<&str>| {
        let file = file.map(|file| ("REKEY_SECOND_FACTOR_KEY_FILE".to_owned(), Some(file.to_owned())));
        let given = file.into_iter().chain([("REKEY_SECOND_FACTOR_POLICY".to_owned(), Some(policy.to_owned()))]);
        SecondFactor::read(&Source::from_parts(None, given).unwrap()).map(|read| read.policy)
    };
    assert_eq!(read("keep", None), Ok(Policy::Keep));
    for file in [None, Some("/no/such/file")] {
        let refused = read("proof", file).unwrap_err().to_string();
        assert!(refused.starts_with("REKEY_SECOND_FACTOR_KEY_FILE: "), "{refused}");
    }
}
