//! What the page is told of the settings. Nothing of it is secret: everybody who opens the page gets it.

use entity::{
    brand::Brand,
    code::CodeFormat,
    second_factor,
    settings::{SettingError, Source},
};

use crate::{
    password::{Normalize, least_length},
    settings::frame_ancestors,
};

/// The settings that the page depends on.
#[derive(Clone, Debug)]
pub struct PageSettings {
    /// Name, logo, colour, links.
    pub brand: Brand,
    /// How codes look.
    pub code_format: CodeFormat,
    /// Code points of a password at least.
    pub min_length: usize,
    /// What happens to a password before it is counted.
    pub normalize: Normalize,
    /// What is asked of accounts that have a second factor.
    pub second_factor: second_factor::Settings,
    /// The value of `frame-ancestors`.
    pub frame_ancestors: String,
}

impl PageSettings {
    /// Reads them.
    ///
    /// # Errors
    /// By the name of the first that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        Ok(Self {
            brand: Brand::read(source)?,
            code_format: source.get("code.format")?,
            min_length: least_length(source)?,
            normalize: source.get("password.normalize")?,
            second_factor: second_factor::Settings::read(source)?,
            frame_ancestors: frame_ancestors(source)?,
        })
    }
}
