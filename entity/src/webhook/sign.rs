//! Signatures of Standard Webhooks, symmetric (`v1`).

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Octets of a secret (Standard Webhooks 1.0, "Signature scheme": 24 to 64).
const OCTETS: std::ops::RangeInclusive<usize> = 24..=64;

/// The secrets in force, the first of them new. Its Debug shows none.
#[derive(Clone)]
pub struct Secrets(Vec<Zeroizing<Vec<u8>>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.0.len())
    }
}

impl Secrets {
    /// Reads `whsec_` and base64 of 24 to 64 octets; several are parted by commas.
    ///
    /// # Errors
    /// What is wrong, without the text.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let secrets: Option<Vec<_>> = parts.map(secret).collect();
        match secrets {
            Some(secrets) if !secrets.is_empty() => Ok(Self(secrets)),
            _ => Err("must be whsec_ and base64 of 24 to 64 octets: try `echo whsec_$(openssl rand -base64 32)`"),
        }
    }

    /// The value of `webhook-signature`: one signature for each secret, parted by blanks, so that a receiver that has
    /// one of them takes the call. `timestamp` is in seconds since 1970.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let sign = |secret: &Zeroizing<Vec<u8>>| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
            mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
            format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
        };
        self.0.iter().map(sign).collect::<Vec<_>>().join(" ")
    }
}

fn secret(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let octets = Zeroizing::new(BASE64_STANDARD.decode(text.strip_prefix("whsec_")?).ok()?);
    OCTETS.contains(&octets.len()).then_some(octets)
}
