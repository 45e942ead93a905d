//! The public keys of the application. Rekey holds nothing that could sign a statement.

use std::{fs, path::PathBuf, sync::Once};

use entity::settings::{SettingError, Source};
use jsonwebtoken::{
    Algorithm, DecodingKey,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    errors::ErrorKind,
    signature::{Error, Verifier},
};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ED25519, UnparsedPublicKey, VerificationAlgorithm};
use rustls::pki_types::{SubjectPublicKeyInfoDer, pem::PemObject as _};

/// The setting with the file.
pub const FILE: &str = "second_factor.key_file";

/// A key, and the one algorithm that it is for.
pub struct Key {
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

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
    install();
    if text.contains("PRIVATE KEY") {
        return Err("holds a private key: that one stays with the application");
    }
    let found = SubjectPublicKeyInfoDer::pem_slice_iter(text.as_bytes());
    let keys: Vec<Key> = found.map(|key| of(&key.map_err(|_| "is no PEM")?)).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err("has no public key (`-----BEGIN PUBLIC KEY-----`)") } else { Ok(keys) }
}

fn of(info: &[u8]) -> Result<Key, &'static str> {
    if let Some(key) = info.strip_prefix(&ED25519_HEAD).filter(|key| key.len() == 32) {
        return Ok(Key { algorithm: Algorithm::EdDSA, key: DecodingKey::from_ed_der(key) });
    }
    // 4: uncompressed.
    if let Some(key) = info.strip_prefix(&P256_HEAD).filter(|key| key.len() == 65 && key[0] == 4) {
        return Ok(Key { algorithm: Algorithm::ES256, key: DecodingKey::from_ec_der(key) });
    }
    Err("has a key that is neither Ed25519 nor P-256")
}

/// The signatures of the library for JWTs are checked by the one for TLS that is here anyway; its own choices are a
/// second library in C, or an RSA that leaks by time (RUSTSEC-2023-0071).
fn install() {
    static PROVIDER: CryptoProvider = CryptoProvider {
        signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
        verifier_factory: |algorithm, key| {
            let with: &'static dyn VerificationAlgorithm = match algorithm {
                Algorithm::EdDSA => &ED25519,
                Algorithm::ES256 => &ECDSA_P256_SHA256_FIXED,
                _ => return Err(ErrorKind::UnsupportedAlgorithm.into()),
            };
            if key.family() != algorithm.family() {
                return Err(ErrorKind::InvalidKeyFormat.into());
            }
            let key = UnparsedPublicKey::new(with, key.try_get_as_bytes()?.to_vec());
            Ok(Box::new(Ring { algorithm: *algorithm, key }))
        },
        key_utils: KeyUtils::new_unimplemented(),
    };
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let _ = PROVIDER.install_default();
    });
}

struct Ring {
    algorithm: Algorithm,
    key: UnparsedPublicKey<Vec<u8>>,
}

impl Verifier<Vec<u8>> for Ring {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
        self.key.verify(message, signature).map_err(|_| Error::new())
    }
}

impl JwtVerifier for Ring {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}
