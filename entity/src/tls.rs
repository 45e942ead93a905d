//! Whom we trust when we are the one who calls by TLS.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::settings::SettingError;

/// Trusts the system's authorities and those of the PEM file, which `setting` (such as `smtp.ca_file`) named.
/// Certificates are always verified, by TLS 1.2 or 1.3.
///
/// # Errors
/// By the setting's name if the file cannot be read or has no certificate, or if there is nobody to trust at all.
pub fn client_config(setting: &str, ca_file: Option<&Path>) -> Result<ClientConfig, SettingError> {
    let mut roots = RootCertStore::empty();
    // Some systems have an authority that does not parse; the others still count.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let wrong = |problem: String| SettingError::of(setting, format!("{}: {problem}", path.display()));
        let found = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
        let mut count = 0;
        for certificate in found {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
            count += 1;
        }
        if count == 0 {
            return Err(wrong("has no certificate".into()));
        }
    }
    if roots.is_empty() {
        return Err(SettingError::of(setting, "the system trusts no authority and none is given"));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| SettingError::of(setting, error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
