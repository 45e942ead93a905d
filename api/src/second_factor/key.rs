//! A public key of the application, with the library that checks what it signed.

use std::sync::Once;

use jsonwebtoken::{
    Algorithm, DecodingKey,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    errors::ErrorKind,
    signature::{Error, Verifier},
};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ED25519, UnparsedPublicKey, VerificationAlgorithm};

/// A key, and the one algorithm that it is for.
pub struct Key {
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

impl Key {
    /// A key of Ed25519, of 32 octets.
    pub fn ed25519(key: &[u8]) -> Self {
        install();
        Self { algorithm: Algorithm::EdDSA, key: DecodingKey::from_ed_der(key) }
    }

    /// A key on P-256: an uncompressed point, of 65 octets.
    pub fn p256(point: &[u8]) -> Self {
        install();
        Self { algorithm: Algorithm::ES256, key: DecodingKey::from_ec_der(point) }
    }
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
