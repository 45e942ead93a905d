//! Working at proofs, as any client would: by the contract alone.

use std::num::NonZero;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::pbkdf2;
use serde_json::{Value, json};

use crate::Answer;
use crate::hex::hex;

/// Works at what a `proof_required` asks, and returns the `proof`.
///
/// # Panics
/// If the answer is no such problem.
#[must_use]
pub fn solve(refused: &Answer) -> String {
    refused.is_problem(403, "proof_required");
    encode(&solved(&refused.json()["proof_challenge"]))
}

/// The proof as JSON, for tests that change it.
///
/// # Panics
/// If this is nothing to work at.
#[must_use]
pub fn solved(challenge: &Value) -> Value {
    let parameters = &challenge["parameters"];
    let (nonce, salt) = (bytes(&parameters["nonce"]), bytes(&parameters["salt"]));
    let iterations = u32::try_from(parameters["cost"].as_u64().expect("a number")).expect("not too many");
    let iterations = NonZero::new(iterations).expect("some");
    assert_eq!(parameters["algorithm"], "PBKDF2/SHA-256");
    assert_eq!((&parameters["keyPrefix"], &parameters["keyLength"]), (&json!("00"), &json!(32)));
    for counter in 0_u32.. {
        let mut key = [0; 32];
        let password = [nonce.as_slice(), &counter.to_be_bytes()].concat();
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, iterations, &salt, &password, &mut key);
        if key[0] == 0 {
            return json!({"challenge": challenge, "solution": {"counter": counter, "derivedKey": hex(&key)}});
        }
    }
    unreachable!("one attempt in 256 does it")
}

/// As it is sent.
#[must_use]
pub fn encode(proof: &Value) -> String {
    STANDARD.encode(proof.to_string())
}

fn bytes(hex: &Value) -> Vec<u8> {
    let digits = hex.as_str().expect("hexadecimal digits").as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).expect("a digit")).collect()
}
