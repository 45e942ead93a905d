//! The two ways to run Rekey.

use super::FromSetting;

/// What the programs insist on at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The default: everything that would make a reset unsafe is refused.
    Production,
    /// For one's own machine: listeners and public URL must be loopback.
    Development,
}

impl FromSetting for Mode {
    fn from_setting(text: &str) -> Result<Self, String> {
        match text {
            "production" => Ok(Self::Production),
            "development" => Ok(Self::Development),
            _ => Err("production or development".into()),
        }
    }
}
