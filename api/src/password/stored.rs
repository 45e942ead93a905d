//! Hashes that were there before Rekey, in the formats of others.

use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// What a stored hash may demand at most. It stands in a table that others write too, and must not be able to take
/// all memory or minutes of a core. Each bound is well above what the frameworks write by default.
pub const MAX_MEMORY_KIB: u32 = 256 * 1024;
/// Passes of argon2.
pub const MAX_ITERATIONS: u32 = 16;
/// Lanes of argon2; they are worked off one after the other.
pub const MAX_PARALLELISM: u32 = 16;
/// Rounds of PBKDF2: Django 6 writes 1,200,000.
const MAX_ROUNDS: u32 = 5_000_000;
/// The exponent of bcrypt's rounds; 10 to 12 are usual, each more doubles the time.
const MAX_BCRYPT_COST: u32 = 15;
/// N·r·p of scrypt; it takes 128 octets of memory for each of N·r.
const MAX_SCRYPT_BLOCKS: u64 = 1 << 22;

/// Whether a password has a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// It has.
    Yes,
    /// It has not.
    No,
    /// The hash is of a format that is not known, or demands too much.
    Unsupported,
    /// It was made with a pepper that is not in the settings.
    UnknownPepper,
}

/// A hash that can be verified.
enum Stored<'a> {
    Argon2 { algorithm: Algorithm, version: Version, params: Params, salt: Vec<u8>, hash: Vec<u8> },
    Bcrypt(&'a str),
    Pbkdf2 { prf: Prf, rounds: u32, salt: &'a [u8], hash: Vec<u8> },
    Scrypt { params: scrypt::Params, salt: Vec<u8>, hash: Vec<u8> },
}

#[derive(Clone, Copy)]
enum Prf {
    Sha1,
    Sha256,
}

/// Verifies a password against a hash as argon2, bcrypt and scrypt write it, or as Django writes its own.
///
/// bcrypt looks at the first 72 octets alone, as everywhere.
#[must_use]
pub fn verify(stored: &str, password: &str) -> Verified {
    let Some(stored) = parse(stored) else { return Verified::Unsupported };
    match has(&stored, password.as_bytes()) {
        Some(true) => Verified::Yes,
        Some(false) => Verified::No,
        None => Verified::Unsupported,
    }
}

/// Whether [`verify`] could verify a password against this hash.
#[must_use]
pub fn is_supported(stored: &str) -> bool {
    parse(stored).is_some()
}

/// The name of the hash's format, for a list of accounts.
#[must_use]
pub fn scheme(stored: &str) -> &'static str {
    match parse(stored) {
        Some(Stored::Argon2 { algorithm, .. }) => algorithm.as_str(),
        Some(Stored::Bcrypt(_)) => "bcrypt",
        Some(Stored::Pbkdf2 { prf: Prf::Sha1, .. }) => "pbkdf2_sha1",
        Some(Stored::Pbkdf2 { prf: Prf::Sha256, .. }) => "pbkdf2_sha256",
        Some(Stored::Scrypt { .. }) => "scrypt",
        None => "unsupported",
    }
}

fn parse(stored: &str) -> Option<Stored<'_>> {
    // Django writes `argon2` before what others write alone.
    let text = stored.strip_prefix("argon2$argon2").map_or(stored, |_| &stored["argon2".len()..]);
    let scheme = text.trim_start_matches('$').split('$').next()?;
    match (text.starts_with('$'), scheme) {
        (true, "argon2id" | "argon2i" | "argon2d") => argon2(text),
        (true, "2a" | "2b" | "2y") => bcrypt(text),
        (true, "scrypt") => scrypt_phc(text),
        (false, "pbkdf2_sha256") => pbkdf2_django(text, Prf::Sha256),
        (false, "pbkdf2_sha1") => pbkdf2_django(text, Prf::Sha1),
        (false, "scrypt") => scrypt_django(text),

        _ => None,
    }
}

fn argon2(text: &str) -> Option<Stored<'static>> {
    let phc = PasswordHash::new(text).ok()?;
    let params = Params::try_from(&phc).ok()?;
    let is_bearable = params.m_cost() <= MAX_MEMORY_KIB
        && params.t_cost() <= MAX_ITERATIONS
        && params.p_cost() <= MAX_PARALLELISM
        && params.keyid().is_empty()
        && params.data().is_empty();
    let version = match phc.version {
        // The first version wrote none.
        None | Some(16) => Version::V0x10,
        Some(19) => Version::V0x13,
        Some(_) => return None,
    };
    is_bearable.then_some(Stored::Argon2 {
        algorithm: Algorithm::try_from(phc.algorithm.as_str()).ok()?,
        version,
        params,
        salt: phc.salt?.to_vec(),
        hash: phc.hash?.as_bytes().to_vec(),
    })
}

fn bcrypt(text: &str) -> Option<Stored<'_>> {
    let parts: bcrypt::HashParts = text.parse().ok()?;
    (4..=MAX_BCRYPT_COST).contains(&parts.get_cost()).then_some(Stored::Bcrypt(text))
}

/// `pbkdf2_sha256$rounds$salt$hash`
fn pbkdf2_django(text: &str, prf: Prf) -> Option<Stored<'_>> {
    let [_, rounds, salt, hash] = fields(text)?;
    let rounds = rounds.parse().ok().filter(|rounds| (1..=MAX_ROUNDS).contains(rounds))?;
    let hash = STANDARD.decode(hash).ok().filter(|hash| (16..=64).contains(&hash.len()))?;
    Some(Stored::Pbkdf2 { prf, rounds, salt: salt.as_bytes(), hash })
}

/// `scrypt$N$salt$r$p$hash`
fn scrypt_django(text: &str) -> Option<Stored<'static>> {
    let [_, n, salt, r, p, hash] = fields(text)?;
    let n: u32 = n.parse().ok().filter(|n: &u32| n.is_power_of_two() && *n > 1)?;
    let hash = STANDARD.decode(hash).ok()?;
    scrypt_of(n.trailing_zeros(), r.parse().ok()?, p.parse().ok()?, salt.as_bytes().to_vec(), hash)
}

/// `$scrypt$ln=…,r=…,p=…$salt$hash`
fn scrypt_phc(text: &str) -> Option<Stored<'static>> {
    let phc = PasswordHash::new(text).ok()?;
    let number = |name: &str| phc.params.get_decimal(name);
    scrypt_of(number("ln")?, number("r")?, number("p")?, phc.salt?.to_vec(), phc.hash?.as_bytes().to_vec())
}

fn scrypt_of(log_n: u32, r: u32, p: u32, salt: Vec<u8>, hash: Vec<u8>) -> Option<Stored<'static>> {
    let blocks = 1_u64.checked_shl(log_n)?.checked_mul(u64::from(r))?.checked_mul(u64::from(p))?;
    // Before the library sees them, for it multiplies unchecked. With r and p of 1 at least, `log_n` is bounded too.
    if !(1..=MAX_SCRYPT_BLOCKS).contains(&blocks) || !(16..=64).contains(&hash.len()) {
        return None;
    }
    let params = scrypt::Params::new(u8::try_from(log_n).ok()?, r, p).ok()?;
    Some(Stored::Scrypt { params, salt, hash })
}

fn fields<const N: usize>(text: &str) -> Option<[&str; N]> {
    text.split('$').collect::<Vec<_>>().try_into().ok()
}

/// Hashes the password alike and compares in constant time; nothing if it cannot be hashed so.
fn has(stored: &Stored<'_>, password: &[u8]) -> Option<bool> {
    let (hash, mut computed) = match stored {
        Stored::Bcrypt(text) => return bcrypt::verify(password, text).ok(),
        Stored::Argon2 { hash, .. } | Stored::Pbkdf2 { hash, .. } | Stored::Scrypt { hash, .. } => {
            (hash, Zeroizing::new(vec![0; hash.len()]))
        }
    };
    match stored {
        Stored::Bcrypt(_) => return None,
        Stored::Argon2 { algorithm, version, params, salt, .. } => {
            Argon2::new(*algorithm, *version, params.clone()).hash_password_into(password, salt, &mut computed).ok()?;
        }
        Stored::Pbkdf2 { prf: Prf::Sha1, rounds, salt, .. } => {
            pbkdf2_hmac::<sha1::Sha1>(password, salt, *rounds, &mut computed);
        }
        Stored::Pbkdf2 { prf: Prf::Sha256, rounds, salt, .. } => {
            pbkdf2_hmac::<Sha256>(password, salt, *rounds, &mut computed);
        }
        Stored::Scrypt { params, salt, .. } => scrypt::scrypt(password, salt, params, &mut computed).ok()?,
    }
    Some(bool::from(hash.as_slice().ct_eq(&computed)))
}

#[cfg(test)]
mod tests;
