//! The secrets of `REKEY_SECRET` and what is derived from them.
//!
//! Every purpose has a key of its own (HKDF-SHA256, RFC 5869), so that no MAC made for one can serve as another.
//! MAC inputs are length-prefixed, so that no two different inputs run together.

use std::{fmt, sync::Arc};

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::hex::hex;

/// Bytes of a secret at least: 256 bits, the security of the MACs made with it (NIST SP 800-107, section 5.3.4).
pub const MIN_SECRET_BYTES: usize = 32;

/// Names one secret of the ring without telling anything of it: 8 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// Takes what [`KeyId::as_str`] gave, or anything a stranger wrote: an unknown id finds no key.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// All secrets in force, newest first, none empty.
pub struct Keyring(Vec<Arc<Keys>>);

/// The keys derived from one secret.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Keys {
    #[zeroize(skip)]
    id: KeyId,
    code: [u8; 32],
    token: [u8; 32],
    fingerprint: [u8; 32],
    seal: [u8; 32],
    client: [u8; 32],
    address: [u8; 32],
    pseudonym: [u8; 32],
    proof: [u8; 32],
}

/// A secret that is too short.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSecret {
    /// No secret at all.
    #[error("no secret is given")]
    Missing,
    /// A secret under [`MIN_SECRET_BYTES`]; the number is its place in the list, from 1.
    #[error("secret number {0} is shorter than {MIN_SECRET_BYTES} bytes")]
    TooShort(usize),
}

impl Keyring {
    /// Derives the keys. The first secret makes new challenges, all of them are known.
    ///
    /// # Errors
    /// [`InvalidSecret`] if there is none or one is shorter than [`MIN_SECRET_BYTES`].
    pub fn new<S: AsRef<[u8]>>(secrets: &[S]) -> Result<Self, InvalidSecret> {
        if secrets.is_empty() {
            return Err(InvalidSecret::Missing);
        }
        let derive = |(index, secret): (usize, &S)| {
            let secret = secret.as_ref();
            let keys = (secret.len() >= MIN_SECRET_BYTES).then(|| Arc::new(Keys::derive(secret)));
            keys.ok_or(InvalidSecret::TooShort(index + 1))
        };
        secrets.iter().enumerate().map(derive).collect::<Result<_, _>>().map(Self)
    }

    /// The keys that new challenges and tokens are made with.
    #[must_use]
    pub fn current(&self) -> &Arc<Keys> {
        &self.0[0]
    }

    /// The keys of that id, if they are still in the ring.
    #[must_use]
    pub fn find(&self, id: &KeyId) -> Option<&Arc<Keys>> {
        self.0.iter().find(|keys| keys.id == *id)
    }

    /// Whether one of the secrets signed what a client was asked to work at. It takes the same time for every `mac`.
    #[must_use]
    pub fn signed_proof(&self, parts: &[&[u8]], mac: &str) -> bool {
        let is_of = |keys: &Keys| keys.proof(parts).as_bytes().ct_eq(mac.as_bytes());
        self.0.iter().fold(Choice::from(0), |found, keys| found | is_of(keys)).into()
    }

    /// The keys for what outlives a challenge by far: the counters of clients and addresses.
    ///
    /// It is the oldest secret: while one is appended, promoted and dropped, programs disagree about which is the
    /// first, never about which is the last, so a rotation starts the counters afresh once and not three times.
    #[must_use]
    pub fn counting(&self) -> &Keys {
        self.0.last().unwrap_or_else(|| self.current())
    }
}

impl Keys {
    fn derive(secret: &[u8]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"rekey v1"), secret);
        let expand = |purpose: &str| {
            let mut key = [0; 32];
            hkdf.expand(purpose.as_bytes(), &mut key).expect("32 bytes are within HKDF-SHA256's 8,160");
            key
        };
        Self {
            id: KeyId(hex(&expand("key id")[..4])),
            code: expand("code"),
            token: expand("token"),
            fingerprint: expand("fingerprint"),
            seal: expand("seal"),
            client: expand("client"),
            address: expand("address"),
            pseudonym: expand("log pseudonym"),
            proof: expand("proof of work"),
        }
    }

    /// The id under which challenges and tokens name these keys.
    #[must_use]
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    /// 32 pseudo-random bytes from which a challenge's code is made. Whoever may write to Redis gains no code by it:
    /// with the id, the nonce or the address changed, it is another one.
    #[must_use]
    pub fn code_bytes(&self, challenge_id: &str, nonce: &str, address: &str) -> [u8; 32] {
        mac(&self.code, &[challenge_id.as_bytes(), nonce.as_bytes(), address.as_bytes()])
    }

    /// Says that a worker bound this account to that challenge, when it was of that address: the code hangs on it too, so
    /// an account cannot be put beside a code that somebody else was mailed. Redis keeps it, and cannot make it.
    #[must_use]
    pub fn bound(&self, challenge_id: &str, address: &str, account_id: &str, fingerprint: &str) -> String {
        let challenge = [b"bound".as_slice(), challenge_id.as_bytes(), address.as_bytes()];
        let account = [account_id.as_bytes(), fingerprint.as_bytes()];
        hex(&mac(&self.seal, &[&challenge[..], &account[..]].concat()))
    }

    /// Says that a code of that challenge was exchanged for this token, after the address was asked for. Redis keeps
    /// it, and cannot make it.
    #[must_use]
    pub fn exchanged(&self, token: &[u8], challenge_id: &str, address: &str) -> String {
        hex(&mac(&self.seal, &[b"exchanged", token, challenge_id.as_bytes(), address.as_bytes()]))
    }

    /// What Redis holds in place of a token.
    #[must_use]
    pub fn token(&self, token: &[u8]) -> String {
        hex(&mac(&self.token, &[token]))
    }

    /// What an account looked like: it changes with the id, the address and the password hash.
    #[must_use]
    pub fn fingerprint(&self, account_id: &str, email: &str, password_hash: Option<&str>) -> String {
        let present: &[u8] = if password_hash.is_some() { b"1" } else { b"0" };
        let hash = password_hash.unwrap_or_default();
        hex(&mac(&self.fingerprint, &[account_id.as_bytes(), email.as_bytes(), present, hash.as_bytes()]))
    }

    /// Stands for a client's network in the counters, and with more parts for its idempotency keys.
    #[must_use]
    pub fn client(&self, parts: &[&[u8]]) -> String {
        hex(&mac(&self.client, parts)[..16])
    }

    /// Stands for an address in the counters.
    #[must_use]
    pub fn address(&self, email: &str) -> String {
        hex(&mac(&self.address, &[email.as_bytes()])[..16])
    }

    /// Signs what a client is asked to work at: 64 hexadecimal digits.
    #[must_use]
    pub fn proof(&self, parts: &[&[u8]]) -> String {
        hex(&mac(&self.proof, parts))
    }

    /// Stands for an address in logs: the same address has the same one while the secret lasts.
    #[must_use]
    pub fn pseudonym(&self, email: &str) -> String {
        hex(&mac(&self.pseudonym, &[email.as_bytes()])[..8])
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|keys| &keys.id)).finish()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("id", &self.id).finish_non_exhaustive()
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[u8] = b"the old secret, 32 bytes or more";
    const NEW: &[u8] = b"the new secret, 32 bytes or more";

    #[test]
    fn r71_short_secrets_are_refused_by_their_place() {
        assert_eq!(Keyring::new::<&[u8]>(&[]).unwrap_err(), InvalidSecret::Missing);
        assert_eq!(Keyring::new(&[OLD, b"short"]).unwrap_err(), InvalidSecret::TooShort(2));
    }

    #[test]
    fn a_rotation_keeps_what_the_old_secret_made() {
        let before = Keyring::new(&[OLD]).unwrap();
        let after = Keyring::new(&[NEW, OLD]).unwrap();
        let id = before.current().id().clone();
        assert_ne!(after.current().id(), &id);
        let kept = after.find(&id).expect("the old key is in the ring");
        let code = |keys: &Keys| keys.code_bytes("challenge", "nonce", "a@b.de");
        assert_eq!(code(kept), code(before.current()));
        assert_eq!(after.counting().address("a@b.de"), before.counting().address("a@b.de"));
        assert!(after.find(&KeyId::new("00000000")).is_none());
    }

    #[test]
    fn purposes_and_parts_do_not_run_together() {
        let ring = Keyring::new(&[OLD]).unwrap();
        let keys = ring.current();
        assert_ne!(keys.client(&[b"ab", b"c"]), keys.client(&[b"a", b"bc"]));
        assert_ne!(keys.client(&[b"a@b.de"]), keys.address("a@b.de"));
        assert_ne!(keys.code_bytes("ab", "c", "d"), keys.code_bytes("a", "bc", "d"));
        assert_ne!(keys.bound("ab", "c", "d", "e"), keys.bound("a", "bc", "d", "e"));
        assert_ne!(keys.exchanged(b"a", "b", "c"), keys.bound("a", "b", "c", ""));
        assert_ne!(keys.fingerprint("1", "a@b.de", None), keys.fingerprint("1", "a@b.de", Some("")));
        assert_ne!(keys.fingerprint("1", "a@b.de", Some("x")), keys.fingerprint("1", "a@b.de", Some("y")));
    }

    #[test]
    fn debug_shows_ids_alone() {
        let ring = Keyring::new(&[OLD]).unwrap();
        let shown = format!("{ring:?} {:?}", ring.current());
        assert!(shown.contains(ring.current().id().as_str()));
        assert!(!shown.contains("secret") && !shown.contains("code"), "{shown}");
    }
}
