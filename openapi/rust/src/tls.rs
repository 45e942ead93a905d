//! TLS by ring and the system's authorities: the HTTP library would bring a second set of both.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::Error;

/// # Errors
/// [`Error::Invalid`] if no version of TLS can be spoken.
pub fn config() -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    // A system without authorities can still speak http to its own network.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Invalid(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
