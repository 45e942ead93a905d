//! Peppers: secrets that go into each hash and are not in the database, so that who has stolen the table alone cannot
//! guess at it (OWASP cheat sheet Password Storage, "Peppering"; NIST SP 800-63B-4, section 3.1.1.2, calls it a keyed
//! hash with a key that is stored apart).
//!
//! HMAC-SHA256 in front of argon2id, and not argon2's own secret parameter: `password_verify` of PHP, argon2-cffi's
//! `verify`, Go's and Java's libraries do not take that one, and every language has HMAC. Its result is hashed as 64
//! hexadecimal digits, for many of these stop at an octet of zero.
//!
//! What is stored says so, and which pepper it needs: `$hmac-sha256$<id>` and then the usual text of argon2. Whoever
//! knows of no pepper takes that for a format that they do not know, and not for a wrong password.

use std::fmt;

use entity::{
    hex::hex,
    settings::{List, SettingError, Source},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

const KEY: &str = "password.pepper";
/// Bytes of a pepper at least: 256 bits, the security of the MACs made with it (NIST SP 800-107, section 5.3.4).
const MIN_BYTES: usize = 32;
const PREFIX: &str = "$hmac-sha256$";
/// What a pepper's id is the MAC of.
const NAMED: &[u8] = b"rekey pepper id";
/// Octets of it that are kept; the text has twice as many digits.
const ID_OCTETS: usize = 4;

/// All peppers in force: the first goes into new hashes.
#[derive(Default)]
pub struct Peppers(Vec<Pepper>);

/// One pepper.
pub struct Pepper {
    id: String,
    secret: Zeroizing<String>,
}

impl Peppers {
    /// Reads `password.pepper`; there may be none.
    ///
    /// # Errors
    /// By name, if one has under 32 bytes.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let given: List<String> = source.optional(KEY)?.unwrap_or_default();
        let secrets: Vec<Zeroizing<String>> = given.0.into_iter().map(Zeroizing::new).collect();
        if let Some(place) = secrets.iter().position(|secret| secret.len() < MIN_BYTES) {
            let problem = format!("pepper number {} is shorter than {MIN_BYTES} bytes", place + 1);
            return Err(SettingError::of(KEY, problem));
        }
        Ok(Self(secrets.into_iter().map(Pepper::new).collect()))
    }

    /// The one for new hashes, if there is any.
    #[must_use]
    pub fn current(&self) -> Option<&Pepper> {
        self.0.first()
    }

    /// The one with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Pepper> {
        self.0.iter().find(|pepper| pepper.id == id)
    }
}

impl Pepper {
    fn new(secret: Zeroizing<String>) -> Self {
        Self { id: hex(&mac(&secret, NAMED)[..ID_OCTETS]), secret }
    }

    /// What is hashed in the password's place: 64 hexadecimal digits.
    #[must_use]
    pub fn apply(&self, password: &str) -> Zeroizing<String> {
        Zeroizing::new(hex(&*mac(&self.secret, password.as_bytes())))
    }

    /// What is stored: the hash, after what says which pepper it needs.
    #[must_use]
    pub fn mark(&self, hash: &str) -> String {
        format!("{PREFIX}{}{hash}", self.id)
    }

    /// How many characters [`Pepper::mark`] adds.
    #[must_use]
    pub const fn mark_length() -> usize {
        PREFIX.len() + 2 * ID_OCTETS
    }
}

/// The id of the pepper that a stored hash needs, and the hash itself; nothing if it needs none.
#[must_use]
pub fn split(stored: &str) -> Option<(&str, &str)> {
    let rest = stored.strip_prefix(PREFIX)?;
    let (id, hash) = rest.split_at(rest.find('$')?);
    hash.starts_with("$argon2").then_some((id, hash))
}

fn mac(secret: &str, text: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(text);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

impl fmt::Debug for Peppers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|pepper| &pepper.id)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "canary-old-canary-old-canary-old-canary";
    const NEW: &str = "canary-new-canary-new-canary-new-canary";

    fn peppers(list: &str) -> Result<Peppers, SettingError> {
        Peppers::read(&Source::from_parts(None, [("REKEY_PASSWORD_PEPPER".to_owned(), Some(list.to_owned()))]).unwrap())
    }

    #[test]
    fn the_first_is_for_new_hashes_and_all_are_known() {
        let one = peppers(OLD).unwrap();
        let two = peppers(&format!("{NEW}, {OLD}")).unwrap();
        let id = &one.current().unwrap().id;
        assert_ne!(two.current().unwrap().id, *id);
        assert_eq!(two.find(id).unwrap().secret.as_str(), OLD);
        assert!(one.find(&two.current().unwrap().id).is_none());
        assert!(peppers("").unwrap().current().is_none());
    }

    #[test]
    fn short_ones_are_refused_by_their_place_and_nothing_shows_them() {
        let error = peppers(&format!("{NEW},canary-of-31-bytes-canary-of-31")).unwrap_err().to_string();
        assert!(error.starts_with("REKEY_PASSWORD_PEPPER") && error.contains("number 2"), "{error}");
        assert!(!error.contains("canary") && !format!("{:?}", peppers(NEW).unwrap()).contains("canary"));
        assert!(peppers("canary-of-32-bytes-canary-of-32-").is_ok());
    }

    #[test]
    fn the_mac_is_that_of_rfc_4231_in_small_digits() {
        // Test case 2.
        let pepper = Pepper::new(Zeroizing::new("Jefe".into()));
        let mac = pepper.apply("what do ya want for nothing?");
        assert_eq!(*mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn what_is_marked_is_split_and_nothing_else_is() {
        let (peppers, hash) = (peppers(OLD).unwrap(), "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
        let pepper = peppers.current().unwrap();
        let marked = pepper.mark(hash);
        assert_eq!(split(&marked), Some((pepper.id.as_str(), hash)));
        assert_eq!(marked.len(), hash.len() + Pepper::mark_length());
        for other in ["", hash, PREFIX, "$hmac-sha256$01234567", "$hmac-sha256$01234567$2b$10$x", &pepper.mark(&marked)]
        {
            assert_eq!(split(other), None, "{other}");
        }
    }
}
