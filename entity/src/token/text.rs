//! The token as its holder has it.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    keyring::{KeyId, Keyring, Keys},
    keys::Shard,
};

/// A reset token: 51 characters of base64url, which hold its shard (16 bits), the id of its key (32 bits) and 256
/// random bits (ASVS 11.5.1 asks for 128).
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ResetToken([u8; 38]);

/// A text that is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reset token")]
pub struct InvalidToken;

impl ResetToken {
    /// Characters of a token.
    pub const CHARS: usize = 51;

    /// A token in this shard, under these keys, from 256 random bits.
    #[must_use]
    pub fn new(shard: Shard, keys: &Keys, random: [u8; 32]) -> Self {
        let mut bytes = [0; 38];
        bytes[..2].copy_from_slice(&shard.0.to_be_bytes());
        let id = u32::from_str_radix(keys.id().as_str(), 16).expect("a key id is 8 hexadecimal digits");
        bytes[2..6].copy_from_slice(&id.to_be_bytes());
        bytes[6..].copy_from_slice(&random);
        Self(bytes)
    }

    /// Reads a token.
    ///
    /// # Errors
    /// [`InvalidToken`] for anything but 51 characters of base64url.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let mut bytes = [0; 38];
        // The length first: a longer text must not be decoded into a shorter buffer.
        if text.len() != Self::CHARS || URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) != Ok(38) {
            return Err(InvalidToken);
        }
        Ok(Self(bytes))
    }

    /// The token as its holder gets it. It goes into the answer of `verify` and nowhere else.
    #[must_use]
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The shard where it lives.
    #[must_use]
    pub fn shard(&self) -> Shard {
        Shard(u16::from_be_bytes([self.0[0], self.0[1]]))
    }

    /// What Redis holds in its place; `None` if its key is not in the ring any more.
    #[must_use]
    pub fn mac(&self, keyring: &Keyring) -> Option<String> {
        let id = u32::from_be_bytes([self.0[2], self.0[3], self.0[4], self.0[5]]);
        keyring.find(&KeyId::new(format!("{id:08x}"))).map(|keys| keys.token(&self.0))
    }

    /// Says that it was given for a code of this challenge: see [`Keys::exchanged`].
    pub(crate) fn exchanged(&self, keys: &Keys, challenge_id: &str, address: &str) -> String {
        keys.exchanged(&self.0, challenge_id, address)
    }
}

impl fmt::Debug for ResetToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResetToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r9_a_token_is_opaque_and_carries_shard_and_key() {
        let ring = Keyring::new(&[b"a secret of thirty-two bytes or so"]).unwrap();
        let token = ResetToken::new(Shard(7), ring.current(), [9; 32]);
        let text = token.expose();
        assert_eq!(text.len(), ResetToken::CHARS);
        let read = ResetToken::parse(&text).unwrap();
        assert_eq!(read.shard(), Shard(7));
        assert_eq!(read.mac(&ring), token.mac(&ring));
        assert!(read.mac(&ring).is_some());
        let other = Keyring::new(&[b"another secret of thirty-two bytes"]).unwrap();
        assert_eq!(read.mac(&other), None);
    }

    #[test]
    fn r20_other_texts_are_no_token() {
        for text in ["", "{}", "AAAAAAAAAAAAAAAAAAAAAAAA", "ABCD-EFGH", &"A".repeat(52), &"+".repeat(51)] {
            assert!(ResetToken::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_does_not_show_the_token() {
        let ring = Keyring::new(&[b"a secret of thirty-two bytes or so"]).unwrap();
        let token = ResetToken::new(Shard(0), ring.current(), [9; 32]);
        assert_eq!(format!("{token:?}"), "ResetToken(…)");
    }
}
