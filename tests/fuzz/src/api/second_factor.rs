//! The application's statement that a user showed their second factor.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde_json::Value;

use super::{
    key::Key,
    statement::{AUDIENCE, Expected, LEEWAY_SECS, LIFE_SECS, MAX_OCTETS, Wrong, verify},
};
use crate::{account::AccountId, email::Email};

/// Unix seconds.
const NOW: u64 = 1_800_000_000;
const HASH: &str = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
const ACCOUNT: &str = "7";
const ADDRESS: &str = "mike@example.com";
/// The generator of P-256 (FIPS 186-5): the public half of the private key 1, with which nothing is signed here.
const OTHER_KEY: &str = "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
                         4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

/// The application, which has the private key.
static PAIR: LazyLock<Ed25519KeyPair> =
    LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("any 32 octets are a seed"));
/// What Rekey has of it.
static KEYS: LazyLock<[Key; 2]> = LazyLock::new(|| {
    let digits = OTHER_KEY.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("they are ASCII"));
    let point: Vec<u8> = digits.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal digits")).collect();
    [Key::p256(&point), Key::ed25519(PAIR.public_key().as_ref())]
});

/// Takes two lines, a header and claims, and signs them; and all of it as a statement that somebody else made. What is
/// taken is signed, and says what it must as another parser reads it; and what says so, with a plain header, is taken.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = look(text);
    let (header, claims) = text.split_once('\n').unwrap_or((r#"{"alg":"EdDSA"}"#, text));
    let _ = look(&sign(header, claims));
    let Ok(claims) = serde_json::from_str::<Value>(claims) else { return };
    let statement = sign(r#"{"alg":"EdDSA","typ":"JWT"}"#, &claims.to_string());
    let taken = look(&statement);
    assert_eq!(taken == Ok(()), is_good(&claims) && statement.len() <= MAX_OCTETS, "{claims}: {taken:?}");
}

fn sign(header: &str, claims: &str) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(PAIR.sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// Reads a statement.
fn look(statement: &str) -> Result<(), Wrong> {
    let (account_id, email) = (AccountId::new(ACCOUNT), Email::parse(ADDRESS).expect("an address"));
    let now = i64::try_from(NOW).expect("it fits") * 1000;
    let expected = Expected { account_id: &account_id, email: &email, token_hash: HASH, now };
    let taken = verify(&*KEYS, statement, &expected);
    if taken.is_ok() {
        assert!(statement.len() <= MAX_OCTETS);
        let parts: Vec<&str> = statement.split('.').collect();
        let [header, claims, signature] = parts[..] else { panic!("{} parts", parts.len()) };
        let octets = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("base64url, without padding");
        let key = UnparsedPublicKey::new(&ED25519, PAIR.public_key().as_ref());
        let message = &statement[..header.len() + 1 + claims.len()];
        key.verify(message.as_bytes(), &octets(signature)).expect("it is signed");
        let header: Value = serde_json::from_slice(&octets(header)).expect("JSON");
        // The library also reads an array of a header's values.
        assert!(header.is_array() || (header["alg"] == "EdDSA" && header["crit"].is_null()), "{header}");
        let claims: Value = serde_json::from_slice(&octets(claims)).expect("JSON");
        assert!(is_good(&claims), "{claims}");
        let other = Expected { token_hash: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", ..expected };
        assert_eq!(verify(&*KEYS, statement, &other), Err(Wrong::Token));
    }
    taken
}

/// Whether claims say what they must.
fn is_good(claims: &Value) -> bool {
    let number = |name: &str| claims[name].as_u64().map(i128::from);
    let (Some(iat), Some(exp), Some(subject)) = (number("iat"), number("exp"), claims["sub"].as_str()) else {
        return false;
    };
    let (now, leeway) = (i128::from(NOW), i128::from(LEEWAY_SECS));
    let is_now = iat - leeway <= now && now < exp + leeway && (1..=i128::from(LIFE_SECS)).contains(&(exp - iat));
    let is_subject = subject == ACCOUNT || subject.eq_ignore_ascii_case(ADDRESS);
    claims["aud"] == AUDIENCE && is_now && is_subject && claims["reset_token_hash"] == HASH
}
