//! The operator's DKIM key, in the form that lettre takes.

use base64::{Engine, engine::general_purpose::STANDARD};
use entity::settings::{SettingError, Source};
use lettre::message::{
    dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
    header::HeaderName,
};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};

/// What a forger must not change. `To` and `Message-ID` are in it, so a signed mail cannot be replayed to others as
/// theirs (RFC 6376, section 5.4.1).
pub(super) const SIGNED: [&str; 8] =
    ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted"];

/// Reads `mail.dkim_*`: all three or none.
pub(super) fn read(source: &Source) -> Result<Option<DkimConfig>, SettingError> {
    let domain: Option<String> = source.optional("mail.dkim_domain")?;
    let selector: Option<String> = source.optional("mail.dkim_selector")?;
    let key: Option<String> = source.optional("mail.dkim_key")?;
    let (domain, selector, key) = match (domain, selector, key) {
        (None, None, None) => return Ok(None),
        (Some(domain), Some(selector), Some(key)) => (domain, selector, key),
        (None, ..) => return Err(SettingError::of("mail.dkim_domain", "is needed to sign, and not set")),
        (_, None, _) => return Err(SettingError::of("mail.dkim_selector", "is needed to sign, and not set")),
        (.., None) => return Err(SettingError::of("mail.dkim_key", "is needed to sign, and not set")),
    };
    for (name, value) in [("mail.dkim_domain", &domain), ("mail.dkim_selector", &selector)] {
        if !is_name(value) {
            return Err(SettingError::of(name, "is not a name in the DNS"));
        }
    }
    let key = signing_key(&key).ok_or_else(|| {
        SettingError::of("mail.dkim_key", "is not a private key, RSA or Ed25519, in PEM (unencrypted PKCS#1 or PKCS#8)")
    })?;
    Ok(Some(config(domain, selector, key)))
}

fn config(domain: String, selector: String, key: DkimSigningKey) -> DkimConfig {
    let headers = SIGNED.map(HeaderName::new_from_ascii_str).to_vec();
    // Relaxed: relays re-fold headers and trim lines.
    let relaxed = DkimCanonicalizationType::Relaxed;
    let canonicalization = DkimCanonicalization { header: relaxed, body: relaxed };
    DkimConfig::new(selector, domain, key, headers, canonicalization)
}

fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// lettre wants PKCS#1 PEM for RSA and the bare base64 seed for Ed25519; `openssl genpkey` writes PKCS#8 for both.
fn signing_key(pem: &str) -> Option<DkimSigningKey> {
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()?;
    match key {
        PrivateKeyDer::Pkcs1(key) => rsa(key.secret_pkcs1_der()),
        PrivateKeyDer::Pkcs8(key) => {
            let (algorithm, inner) = open_pkcs8(key.secret_pkcs8_der())?;
            match algorithm {
                RSA_OID => rsa(inner),
                ED25519_OID => {
                    let (seed, _) = element(inner, OCTET_STRING)?;
                    DkimSigningKey::new(&STANDARD.encode(seed), DkimSigningAlgorithm::Ed25519).ok()
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn rsa(der: &[u8]) -> Option<DkimSigningKey> {
    let encoded = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN RSA PRIVATE KEY-----\n");
    for line in encoded.as_bytes().chunks(64) {
        pem.push_str(std::str::from_utf8(line).ok()?);
        pem.push('\n');
    }
    pem.push_str("-----END RSA PRIVATE KEY-----\n");
    DkimSigningKey::new(&pem, DkimSigningAlgorithm::Rsa).ok()
}

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// 1.2.840.113549.1.1.1 (RFC 8017).
const RSA_OID: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.3.101.112 (RFC 8410).
const ED25519_OID: &[u8] = &[0x2b, 0x65, 0x70];

/// The algorithm and the key of a PKCS#8 structure (RFC 5958).
fn open_pkcs8(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (body, _) = element(der, SEQUENCE)?;
    let (_version, rest) = element(body, INTEGER)?;
    let (algorithm, rest) = element(rest, SEQUENCE)?;
    let (id, _parameters) = element(algorithm, OBJECT_ID)?;
    let (key, _) = element(rest, OCTET_STRING)?;
    Some((id, key))
}

/// The content of the DER element with this tag at the front, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = if *first < 0x80 {
        (usize::from(*first), rest)
    } else {
        let count = usize::from(*first & 0x7f);
        let (octets, rest) = rest.split_at_checked(count).filter(|_| (1..=3).contains(&count))?;
        (octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)), rest)
    };
    (*found == tag).then(|| rest.split_at_checked(length)).flatten()
}
