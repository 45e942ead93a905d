//! What both programs ask of listeners and of the public URL.

use std::net::SocketAddr;

use url::{Host, Url};

use super::{Mode, SettingError, Source};

impl Source {
    /// The address of a listener; in development it must not be reachable from other machines.
    ///
    /// # Errors
    /// By name, if it is no address, or not loopback in development.
    pub fn listener(&self, key: &str) -> Result<SocketAddr, SettingError> {
        let address: SocketAddr = self.get(key)?;
        if self.get::<Mode>("mode")? == Mode::Development && !address.ip().is_loopback() {
            return Err(SettingError::of(key, "must be a loopback address in development"));
        }
        Ok(address)
    }
}

/// Links are made of the public URL: what is more than scheme, host and path would stand in every mail.
///
/// # Errors
/// By name, without the URL: it may carry a password.
pub fn check_public_url(url: &Url) -> Result<(), SettingError> {
    let is_plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if matches!(url.scheme(), "http" | "https") && is_plain {
        Ok(())
    } else {
        Err(SettingError::of("http.public_url", "must be http(s)://host, with a path at most"))
    }
}

/// Whether a URL leads to this machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
