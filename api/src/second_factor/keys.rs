//! The public keys of the application. Rekey holds nothing that could sign a statement.

use std::{fs, path::PathBuf};

use entity::settings::{SettingError, Source};
use rustls::pki_types::{SubjectPublicKeyInfoDer, pem::PemObject as _};

use super::key::Key;

/// The setting with the file.
pub const FILE: &str = "second_factor.key_file";

/// What stands before the 32 octets of an Ed25519 key (RFC 8410, section 4).
const ED25519_HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What stands before the 65 octets of an uncompressed point on P-256 (RFC 5480, section 2).
const P256_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The keys of the file; none if no file is set.
///
/// # Errors
/// By the setting's name, if the file cannot be read, holds a private key, no key, or one of another kind.
pub fn read(source: &Source) -> Result<Vec<Key>, SettingError> {
    let Some(path) = source.optional::<PathBuf>(FILE)? else { return Ok(Vec::new()) };
    let wrong = |problem: &str| SettingError::of(FILE, format!("{}: {problem}", path.display()));
    let text = fs::read_to_string(&path).map_err(|error| wrong(&format!("cannot be read ({})", error.kind())))?;
    parse(&text).map_err(wrong)
}

/// The public keys of a PEM text.
pub(super) fn parse(text: &str) -> Result<Vec<Key>, &'static str> {
    if text.contains("PRIVATE KEY") {
        return Err("holds a private key: that one stays with the application");
    }
    let found = SubjectPublicKeyInfoDer::pem_slice_iter(text.as_bytes());
    let keys: Vec<Key> = found.map(|key| of(&key.map_err(|_| "is no PEM")?)).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err("has no public key (`-----BEGIN PUBLIC KEY-----`)") } else { Ok(keys) }
}

fn of(info: &[u8]) -> Result<Key, &'static str> {
    if let Some(key) = info.strip_prefix(&ED25519_HEAD).filter(|key| key.len() == 32) {
        return Ok(Key::ed25519(key));
    }
    // 4: uncompressed.
    if let Some(key) = info.strip_prefix(&P256_HEAD).filter(|key| key.len() == 65 && key[0] == 4) {
        return Ok(Key::p256(key));
    }
    Err("has a key that is neither Ed25519 nor P-256")
}
