//! A reset token.

use crate::{keys::Shard, token::ResetToken};

/// A token that is taken is the one way to write its bytes; one of ours is taken and found again.
pub fn run(bytes: &[u8]) {
    let ring = super::keyring();
    let mut random = [0; 32];
    for (place, octet) in random.iter_mut().zip(bytes) {
        *place = *octet;
    }
    let shard = Shard(u16::try_from(bytes.len()).unwrap_or(u16::MAX));
    let ours = ResetToken::new(shard, ring.current(), random);
    let read = ResetToken::parse(&ours.expose()).expect("one of ours");
    assert_eq!((read.shard(), read.mac(ring)), (shard, ours.mac(ring)));
    assert!(read.mac(ring).is_some());

    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(token) = ResetToken::parse(text) else { return };
    assert_eq!((token.expose().as_str(), text.len()), (text, ResetToken::CHARS));
    assert_eq!(format!("{token:?}"), "ResetToken(…)");
}
