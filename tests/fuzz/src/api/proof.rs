//! What a client sends as proof of its work.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::sent::{KEY_LENGTH, KEY_PREFIX, Parts, read};
use crate::{hex::hex, keys::Shard, shared};

const ACTION: &str = "verify";
const SHARD: Shard = Shard(3);
const NONCE: [u8; 16] = [7; 16];
const SALT: [u8; 16] = [9; 16];
const EXPIRES: u64 = 1_798_761_480;

/// Takes lines: the counter of a true proof, a place in its JSON, how much of it goes there, and what is put in its stead.
/// Whatever is changed, what is taken is what was asked for this very call; and the work counts if and only if it is done,
/// as counted in another way.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    look(text);
    let mut lines = text.splitn(4, '\n');
    let mut number = || lines.next().and_then(|line| line.parse::<u32>().ok()).unwrap_or(0);
    let (counter, place, gone) = (number(), number(), number());
    let proof = proof(counter).to_string();
    let whole = STANDARD.encode(&proof);
    look(&whole);
    look(whole.trim_end_matches('='));
    assert!(read(shared::keyring(), ACTION, SHARD, &whole).is_ok());

    let place = usize::try_from(place).unwrap_or(0) % proof.len();
    let end = place.saturating_add(usize::try_from(gone).unwrap_or(0)).min(proof.len());
    let changed = format!("{}{}{}", &proof[..place], lines.next().unwrap_or_default(), &proof[end..]);
    look(&STANDARD.encode(changed));
}

/// A true attempt at what this service asked, whether it does or not.
fn proof(counter: u32) -> Value {
    static SIGNATURES: LazyLock<String> = LazyLock::new(|| {
        let parts = Parts::new(ACTION, SHARD, 2, EXPIRES);
        shared::keyring().current().proof(&parts.with(&hex(&NONCE), &hex(&SALT)))
    });
    let parameters = json!({
        "algorithm": "PBKDF2/SHA-256", "cost": 2, "data": {"action": ACTION, "shard": SHARD.0}, "expiresAt": EXPIRES,
        "keyLength": KEY_LENGTH, "keyPrefix": KEY_PREFIX, "nonce": hex(&NONCE), "salt": hex(&SALT),
    });
    let challenge = json!({"parameters": parameters, "signature": *SIGNATURES});
    json!({"challenge": challenge, "solution": {"counter": counter, "derivedKey": key(counter), "time": 3.5}})
}

/// What comes out of a counter.
fn key(counter: u32) -> String {
    let password = [NONCE.as_slice(), &counter.to_be_bytes()].concat();
    hex(&pbkdf2::pbkdf2_hmac_array::<sha2::Sha256, 32>(&password, &SALT, 2))
}

/// Reads what is sent.
fn look(sent: &str) {
    let payload = match read(shared::keyring(), ACTION, SHARD, sent) {
        Ok(payload) => payload,
        Err(why) => {
            assert!(["malformed", "forged"].contains(&why), "{why}");
            return;
        }
    };
    let asked = payload.challenge.0.parameters.0;
    assert_eq!((asked.cost, asked.expires_at), (2, EXPIRES), "whoever changes what was asked has no proof");
    assert_eq!((asked.nonce.as_str(), asked.salt.as_str()), (hex(&NONCE).as_str(), hex(&SALT).as_str()));
    for (action, shard) in [("request", SHARD), (ACTION, Shard(0))] {
        assert_eq!(read(shared::keyring(), action, shard, sent).err(), Some("forged"), "{action} {shard:?}");
    }
    // As another parser reads it, which takes the last one of what stands twice; ours takes none.
    let padded = format!("{sent}{}", "=".repeat(sent.len().wrapping_neg() % 4));
    // A number that nobody reads may be larger than any; that parser reads all of them.
    let Ok(json) = serde_json::from_slice::<Value>(&STANDARD.decode(padded).expect("base64")) else { return };
    let solution = &json["solution"];
    let counter = solution["counter"].as_u64().and_then(|counter| counter.try_into().ok()).expect("a counter");
    let found = solution["derivedKey"].as_str().expect("a key");
    let is_done = found.starts_with("00") && found == key(counter);
    assert_eq!(payload.solution.0.solves(&asked.nonce, &asked.salt, asked.cost), is_done);
}
