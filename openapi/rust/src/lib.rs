//! Client of Rekey, a password-reset service.
//!
//! ```no_run
//! # async fn reset() -> Result<(), rekey_client::Error> {
//! use rekey_client::{Error, ProblemCode, Rekey};
//!
//! let rekey = Rekey::new("https://reset.example.com")?;
//! let challenge = rekey.request("user@example.com").await?;
//! // The user reads the mail and types the code.
//! let verified = match rekey.verify(&challenge.challenge_id, "7Q2M-K4ZD").await {
//!     Err(Error::Problem { code: ProblemCode::CodeRejected, .. }) => return Ok(()), // let them type again
//!     answer => answer?,
//! };
//! rekey.confirm(&verified.reset_token, "seven quiet herons at low tide").await
//! # }
//! ```
//!
//! Codes, tokens and passwords are [`Secret`]s: their `Debug` shows nothing.

mod client;
mod error;
#[rustfmt::skip]
#[expect(clippy::allow_attributes, missing_docs, reason = "written by the generator: see generate/")]
mod generated;
mod secret;
#[cfg(feature = "tls")]
mod tls;

pub use client::Rekey;
pub use error::Error;
pub use generated::types::{Challenge, PasswordReason, ProblemCode, ProofChallenge, RequestBody, Verified};
pub use secret::Secret;
