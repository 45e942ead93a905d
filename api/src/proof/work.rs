//! One attempt at a proof.

use entity::hex::hex;
use pbkdf2::pbkdf2_hmac;
use serde::Deserialize;
use sha2::Sha256;

use super::sent::{KEY_LENGTH, KEY_PREFIX};

/// What a client found.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Solution {
    /// The attempt that does it.
    counter: u32,
    /// What comes out of it, in lower-case hexadecimal digits.
    derived_key: String,
}

impl Solution {
    /// Whether it does. What cannot be right by its look costs nothing; else it costs one attempt.
    pub fn solves(&self, nonce: &str, salt: &str, cost: u32) -> bool {
        let (Some(nonce), Some(salt)) = (bytes(nonce), bytes(salt)) else { return false };
        self.derived_key.starts_with(KEY_PREFIX) && self.derived_key == hex(&attempt(&nonce, &salt, self.counter, cost))
    }
}

/// The key of a counter.
fn attempt(nonce: &[u8], salt: &[u8], counter: u32, cost: u32) -> [u8; KEY_LENGTH as usize] {
    let password = [nonce, &counter.to_be_bytes()].concat();
    let mut key = [0; KEY_LENGTH as usize];
    pbkdf2_hmac::<Sha256>(&password, salt, cost, &mut key);
    key
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Works at it, as a client does: for tests.
#[cfg(test)]
pub fn solve(nonce: &str, salt: &str, cost: u32) -> (u32, String) {
    let (nonce, salt) = (bytes(nonce).unwrap(), bytes(salt).unwrap());
    let attempts = (0..).map(|counter| (counter, hex(&attempt(&nonce, &salt, counter, cost))));
    attempts.into_iter().find(|(_, key)| key.starts_with(KEY_PREFIX)).unwrap()
}
