//! A challenge's id.

use crate::{challenge_id::ChallengeId, keys::Shard};

/// An id that is taken is the one way to write its bytes.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let parsed = ChallengeId::parse(text);
    let is_plain = text.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'));
    // 24 characters are 18 octets without a bit left over, so every such text is an id.
    assert_eq!(parsed.is_ok(), text.len() == ChallengeId::CHARS && is_plain);
    if let Ok(id) = parsed {
        assert_eq!(id.as_str(), text);
        let Shard(shard) = id.shard();
        let one = ChallengeId::new(Shard(shard), [7; 16]);
        assert_eq!(ChallengeId::parse(one.as_str()).expect("it is one").shard(), Shard(shard));
        // The shard is in its first 16 bits: of the 24 characters, the first two and four bits of the third.
        assert_eq!(one.as_str()[..2], text[..2]);
    }
}
