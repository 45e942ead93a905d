//! The two links that lead out of a reset: to help, and back to the application.

use url::Url;

use crate::{
    email::Email,
    settings::{Mode, SettingError, Source, is_loopback},
};

const SUPPORT: &str = "service.support";
const BACK_URL: &str = "service.back_url";

/// Where users find help: a mail address or a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// What a link leads to: `mailto:help@example.com`, or an https URL.
    pub href: String,
    /// What it shows: the address, or the URL as it was given.
    pub text: String,
}

impl Support {
    pub(super) fn read(source: &Source, mode: Mode) -> Result<Option<Self>, SettingError> {
        Self::of(SUPPORT, source, mode)
    }

    /// Reads the setting with this key.
    ///
    /// # Errors
    /// By name, if it is neither a mail address nor an https URL (on loopback, in development, http as well).
    pub fn of(key: &str, source: &Source, mode: Mode) -> Result<Option<Self>, SettingError> {
        let Some(text) = source.optional::<String>(key)? else { return Ok(None) };
        if let Ok(address) = Email::parse(&text) {
            return Ok(Some(Self { href: mailto(&address), text }));
        }
        let may_be = |url: &Url| url.scheme() == "https" || (mode == Mode::Development && is_loopback(url));
        let url = Url::parse(&text).ok().filter(|url| is_plain(url) && may_be(url));
        let url = url.ok_or_else(|| SettingError::of(key, "is neither a mail address nor an https URL"))?;
        Ok(Some(Self { href: url.into(), text }))
    }
}

/// RFC 6068: what has a meaning in a URL is written in percent.
fn mailto(address: &Email) -> String {
    let mut href = String::from("mailto:");
    for c in address.as_str().chars() {
        if c.is_ascii_alphanumeric() || "@.-_~!$*+".contains(c) {
            href.push(c);
        } else {
            href.push_str(&format!("%{:02X}", u32::from(c)));
        }
    }
    href
}

pub(super) fn back_url(source: &Source, mode: Mode) -> Result<Option<Url>, SettingError> {
    let Some(url) = source.optional::<Url>(BACK_URL)? else { return Ok(None) };
    if !is_plain(&url) {
        // Without the URL: it may carry a password.
        return Err(SettingError::of(BACK_URL, "must be http(s)://host…, without user and password"));
    }
    if mode == Mode::Production && url.scheme() != "https" && !is_loopback(&url) {
        return Err(SettingError::of(BACK_URL, "must be https in production"));
    }
    Ok(Some(url))
}

/// Of a browser's two schemes, and without credentials, which every user would see.
fn is_plain(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
}
