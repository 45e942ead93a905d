//! How the application looks to its users: name, logo, colour and two links, the same on the page and in mails.
//!
//! All of it is the operator's and is checked once at start, by content and not by name, for the logo and the links
//! are served from our own origin.

mod color;
mod link;
mod logo;
mod svg;

pub use color::{Color, Colors, DARK, Ground, LIGHT, Scheme, contrast};
pub use link::Support;
pub use logo::{Logo, LogoKind, MAX_LOGO_OCTETS};
use url::Url;

use crate::settings::{Mode, SettingError, Source};

/// The settings of `service.*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// The application's name: not empty, without control characters. It may hold quotes, `<` and `&`.
    pub name: String,
    /// Its logo, if it has one.
    pub logo: Option<Logo>,
    /// Its colour as it was given; [`Brand::colors`] has those that can be read.
    pub color: Color,
    /// Where its users find help.
    pub support: Option<Support>,
    /// Where they go when they are done: http(s) without credentials.
    pub back_url: Option<Url>,
}

impl Brand {
    /// Reads `service.*` and the file of the logo.
    ///
    /// # Errors
    /// By the name of the first that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let mode: Mode = source.get("mode")?;
        Ok(Self {
            name: name(source)?,
            logo: Logo::read(source)?,
            color: source.get("service.color")?,
            support: Support::read(source, mode)?,
            back_url: link::back_url(source, mode)?,
        })
    }

    /// Its colours for light and dark, made legible: see [`Colors`].
    #[must_use]
    pub fn colors(&self) -> Colors {
        Colors::of(self.color)
    }
}

fn name(source: &Source) -> Result<String, SettingError> {
    let name: String = source.get("service.name")?;
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(SettingError::of("service.name", "is empty or has control characters"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests;
