//! What a client sends as proof of its work, and whether it is for what this service asked.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use entity::{keyring::Keyring, keys::Shard};
use serde::Deserialize;

use super::work::Solution;
use crate::object::Object;

/// The one algorithm.
pub const ALGORITHM: &str = "PBKDF2/SHA-256";
/// Bytes that are derived: one block of SHA-256.
pub const KEY_LENGTH: u32 = 32;
/// How a derived key has to begin, in hexadecimal digits: 256 attempts on average. Fewer would make the time of one proof
/// vary as much and its check cost more; more would spend the time on calls into the browser's library.
pub const KEY_PREFIX: &str = "00";

/// What a client sends: as much as is needed of it. ALTCHA's own libraries send more, and may.
#[derive(Deserialize)]
pub struct Payload {
    /// What was asked.
    pub challenge: Object<Shown>,
    /// What was found.
    pub solution: Object<Solution>,
}

/// What was asked, as the client shows it.
#[derive(Deserialize)]
pub struct Shown {
    /// All of it that differs from one to another.
    pub parameters: Object<ShownParameters>,
    signature: String,
}

/// The rest of the parameters is what this service says to all.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownParameters {
    /// Iterations of each attempt.
    pub cost: u32,
    /// When it is too late: seconds since 1970.
    pub expires_at: u64,
    /// 16 bytes in hexadecimal digits.
    pub nonce: String,
    /// 16 bytes in hexadecimal digits.
    pub salt: String,
}

/// Reads a proof for a call, named by `action`, to a shard, if it is for what we asked.
///
/// # Errors
/// `malformed` or `forged`.
pub fn read(keyring: &Keyring, action: &'static str, shard: Shard, sent: &str) -> Result<Payload, &'static str> {
    const BASE64: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let json = BASE64.decode(sent).map_err(|_| "malformed")?;
    let Object(payload): Object<Payload> = serde_json::from_slice(&json).map_err(|_| "malformed")?;
    let Shown { parameters: Object(ShownParameters { cost, expires_at, nonce, salt }), signature } =
        &payload.challenge.0;
    let parts = Parts::new(action, shard, *cost, *expires_at);
    let is_ours = keyring.signed_proof(&parts.with(nonce, salt), signature);
    if is_ours { Ok(payload) } else { Err("forged") }
}

/// What is signed: all that was asked. A proof for another call or shard, or with less work, is no proof.
pub struct Parts {
    action: &'static str,
    numbers: [[u8; 8]; 4],
}

impl Parts {
    /// What is asked: `cost` iterations an attempt, until `expires_at` (seconds since 1970).
    pub fn new(action: &'static str, shard: Shard, cost: u32, expires_at: u64) -> Self {
        let numbers = [shard.0.into(), cost.into(), expires_at, KEY_LENGTH.into()].map(u64::to_be_bytes);
        Self { action, numbers }
    }

    /// The parts to sign, with nonce and salt in hexadecimal digits.
    pub fn with<'a>(&'a self, nonce: &'a str, salt: &'a str) -> [&'a [u8]; 9] {
        let [shard, cost, expires_at, key_length] = &self.numbers;
        let texts = [ALGORITHM, KEY_PREFIX, self.action, nonce, salt].map(str::as_bytes);
        let [algorithm, prefix, action, nonce, salt] = texts;
        [algorithm, prefix, action, shard, cost, expires_at, key_length, nonce, salt]
    }
}
