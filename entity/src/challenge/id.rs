//! The public name of a challenge.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use sha2::{Digest, Sha256};

use crate::{hex::hex, keys::Shard};

/// Names a challenge: 24 characters of base64url, which hold its shard (16 bits) and 128 random bits. It is no
/// secret: the code is.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ChallengeId(String);

/// A text that is no challenge's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a challenge id")]
pub struct InvalidChallengeId;

impl ChallengeId {
    /// Characters of an id.
    pub const CHARS: usize = 24;

    /// An id in this shard from 128 random bits.
    #[must_use]
    pub fn new(shard: Shard, random: [u8; 16]) -> Self {
        let mut bytes = [0; 18];
        bytes[..2].copy_from_slice(&shard.0.to_be_bytes());
        bytes[2..].copy_from_slice(&random);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads an id.
    ///
    /// # Errors
    /// [`InvalidChallengeId`] for anything but 24 characters of base64url.
    pub fn parse(text: &str) -> Result<Self, InvalidChallengeId> {
        let mut bytes = [0; 18];
        // The length first: a longer text must not be decoded into a shorter buffer.
        let is_id = text.len() == Self::CHARS && URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) == Ok(18);
        is_id.then(|| Self(text.to_owned())).ok_or(InvalidChallengeId)
    }

    /// The shard where the challenge lives, or would live.
    #[must_use]
    pub fn shard(&self) -> Shard {
        let mut bytes = [0; 18];
        let decoded = URL_SAFE_NO_PAD.decode_slice(&self.0, &mut bytes);
        debug_assert_eq!(decoded.ok(), Some(18), "only canonical ids are made");
        Shard(u16::from_be_bytes([bytes[0], bytes[1]]))
    }

    /// What stands for the challenge in the audit trail, 32 hexadecimal digits: a hash, so that rows which belong together
    /// are found, and a reader of the database gets no id that could still be used. Nobody guesses 128 random bits.
    #[must_use]
    pub fn reference(&self) -> String {
        let digest = Sha256::new().chain_update(b"rekey reset_event\0").chain_update(&self.0).finalize();
        hex(&digest[..16])
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ChallengeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_carries_its_shard() {
        let id = ChallengeId::new(Shard(0x1234), [0xff; 16]);
        assert_eq!(id.as_str().len(), ChallengeId::CHARS);
        assert_eq!(ChallengeId::parse(id.as_str()).unwrap().shard(), Shard(0x1234));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "short", "AAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAA+", "AAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(ChallengeId::parse(text).is_err(), "{text}");
        }
    }
}
