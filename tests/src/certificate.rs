//! An authority of a test's own, and a certificate of it for 127.0.0.1.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// PEM files in a folder.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The authority's certificate.
    pub authority: PathBuf,
    /// The server's certificate.
    pub certificate: PathBuf,
    /// The server's key.
    pub key: PathBuf,
}

impl Certificate {
    /// Makes them.
    ///
    /// # Panics
    /// If the folder cannot be written.
    #[must_use]
    pub fn make(folder: &Path) -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // OpenSSL takes a certificate for its own authority's if both have the same name.
        authority.distinguished_name.push(DnType::CommonName, "an authority of a test");
        let authority_key = KeyPair::generate().expect("keys can be made");
        let authority_pem = authority.self_signed(&authority_key).expect("it signs itself").pem();
        let issuer = Issuer::new(authority, authority_key);
        let key = KeyPair::generate().expect("keys can be made");
        let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
        let server = CertificateParams::new(names).expect("names of a certificate");
        let server_pem = server.signed_by(&key, &issuer).expect("the authority signs").pem();
        let write = |name: &str, pem: &str| {
            let path = folder.join(name);
            std::fs::write(&path, pem).expect("the folder can be written");
            path
        };
        Self {
            authority: write("authority.pem", &authority_pem),
            certificate: write("server.pem", &server_pem),
            key: write("server.key", &key.serialize_pem()),
        }
    }
}
