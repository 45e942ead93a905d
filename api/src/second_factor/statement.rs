//! The application's signed statement that a user showed their second factor: a JWT (RFC 7519) in compact form.

use std::collections::HashSet;

use entity::{account::AccountId, email::Email};
use jsonwebtoken::{Validation, decode};
use serde::Deserialize;

use super::key::Key;
use crate::object::Object;

/// Octets of a statement at most. With three of the largest keys' signatures in it one has about 500.
pub const MAX_OCTETS: usize = 2048;
/// What a statement is for. It keeps other tokens that the application signs with the same key from being taken for one
/// (RFC 8725, sections 3.9 and 3.12).
pub const AUDIENCE: &str = "rekey-second-factor";
/// Longest life of a statement, in seconds: that of a log-in step, half that of a reset token. Within it the statement
/// can be shown again, for its own reset token alone.
pub const LIFE_SECS: u64 = 300;
/// How far the application's clock may be off, in seconds: RFC 7519 (4.1.4) allows some leeway, and both are servers.
pub const LEEWAY_SECS: u64 = 30;

/// Whom and what a statement must be about.
pub struct Expected<'a> {
    /// The account of the reset.
    pub account_id: &'a AccountId,
    /// Its address.
    pub email: &'a Email,
    /// The hash of the reset's token.
    pub token_hash: &'a str,
    /// Unix milliseconds.
    pub now: i64,
}

/// What is wrong with a statement. It shows nothing of it, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is over [`MAX_OCTETS`].
    #[error("too long")]
    Long,
    /// It is no JWT of ours: its form, header, algorithm or claims.
    #[error("not well-formed")]
    Form,
    /// No key made the signature.
    #[error("not signed by a known key")]
    Signature,
    /// It is for something else.
    #[error("other audience")]
    Audience,
    /// It is not valid yet, not any more, or for longer than it may be.
    #[error("out of its time")]
    Time,
    /// It is about another account.
    #[error("other account")]
    Subject,
    /// It is about another reset.
    #[error("other reset")]
    Token,
}

/// The claims. Each must be there, once and with its type; others are not looked at.
#[derive(Deserialize)]
struct Claims {
    aud: String,
    sub: String,
    iat: u64,
    exp: u64,
    reset_token_hash: String,
}

/// Checks a statement.
///
/// # Errors
/// [`Wrong`].
pub fn verify(keys: &[Key], statement: &str, expected: &Expected<'_>) -> Result<(), Wrong> {
    if statement.len() > MAX_OCTETS {
        return Err(Wrong::Long);
    }
    let claims = signed(keys, statement)?;
    if claims.aud != AUDIENCE {
        return Err(Wrong::Audience);
    }
    if !is_now(&claims, expected.now) {
        return Err(Wrong::Time);
    }
    if !is_subject(&claims.sub, expected) {
        return Err(Wrong::Subject);
    }
    // The hash is no secret: it was in the page's link to the application.
    if claims.reset_token_hash != expected.token_hash {
        return Err(Wrong::Token);
    }
    Ok(())
}

/// The claims, if one of the keys signed them. Each key has one algorithm; the header has no say in it, and neither do
/// the keys that it may carry or name (RFC 8725, section 3.1).
fn signed(keys: &[Key], statement: &str) -> Result<Claims, Wrong> {
    let mut wrong = Wrong::Signature;
    for key in keys {
        let mut validation = Validation::new(key.algorithm);
        // All claims are checked here, by the clock of Redis: the library's is this machine's.
        validation.required_spec_claims = HashSet::new();
        validation.validate_exp = false;
        validation.validate_aud = false;
        match decode::<Object<Claims>>(statement, &key.key, &validation) {
            // What it says must be understood (RFC 7515, 4.1.11) is not.
            Ok(decoded) if decoded.header.crit.is_some() => return Err(Wrong::Form),
            Ok(decoded) => return Ok(decoded.claims.0),
            Err(error) => {
                use jsonwebtoken::errors::ErrorKind;
                let other_key = matches!(error.kind(), ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm);
                if !other_key {
                    wrong = Wrong::Form;
                }
            }
        }
    }
    Err(wrong)
}

fn is_now(claims: &Claims, now_ms: i64) -> bool {
    let Ok(now) = u64::try_from(now_ms / 1000) else { return false };
    let life = claims.exp.checked_sub(claims.iat);
    let has_begun = claims.iat <= now + LEEWAY_SECS;
    let is_over = claims.exp.saturating_add(LEEWAY_SECS) <= now;
    has_begun && !is_over && life.is_some_and(|life| (1..=LIFE_SECS).contains(&life))
}

/// An account's id, or its address. No id has an `@`.
fn is_subject(subject: &str, expected: &Expected<'_>) -> bool {
    if subject.contains('@') {
        Email::parse(subject).is_ok_and(|email| email == *expected.email)
    } else {
        subject == expected.account_id.as_str()
    }
}
