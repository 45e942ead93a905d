//! `POST /password-reset/verify`.

use super::{ADDRESS, CHALLENGE, NONCE, call, keyring};
use crate::{
    code::{Code, CodeFormat, Guess},
    keys::Shard,
    token::ResetToken,
};

/// The code that was typed, against the one that was mailed.
pub fn code() -> Box<dyn FnMut()> {
    let ring = keyring();
    call("7k3m-9qxt", move |typed| {
        let guess = Guess::read(CodeFormat::Base32x8, typed);
        Code::derive(CodeFormat::Base32x8, ring.current(), CHALLENGE, NONCE, ADDRESS).matches(&guess)
    })
}

/// A token: the text that its holder gets, and what Redis holds.
pub fn token() -> Box<dyn FnMut()> {
    let ring = keyring();
    call([9; 32], move |random| {
        let token = ResetToken::new(Shard(0), ring.current(), random);
        let kept = (token.mac(&ring), token.exchanged(ring.current(), CHALLENGE, ADDRESS));
        (token.expose(), kept)
    })
}
