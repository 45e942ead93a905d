//! Which passwords are taken.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use entity::{
    email::Email,
    settings::{SettingError, Source},
};

use super::{MAX_CODE_POINTS, NewPassword, Normalize, Reason, Reasons, blocklist::Blocklist, estimate::estimate};

/// Bounds of `password.min_length`: NIST SP 800-63B-4, section 3.1.1.2, has 8 beside a second factor and 15 without;
/// above 64 a passphrase would be refused.
const MIN_LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;

/// Reads `password.min_length`.
///
/// # Errors
/// By name, if it is not from 8 to 64.
pub fn least_length(source: &Source) -> Result<usize, SettingError> {
    const KEY: &str = "password.min_length";
    let length = source.get(KEY)?;
    if MIN_LENGTHS.contains(&length) { Ok(length) } else { Err(SettingError::of(KEY, "must be from 8 to 64")) }
}

/// The rules of the settings.
pub struct Policy {
    min_length: usize,
    normalize: Normalize,
    service: String,
    blocklist: Blocklist,
}

impl Policy {
    /// Reads `password.min_length`, `password.normalize`, `password.blocklist` (the whole file) and `service.name`.
    ///
    /// # Errors
    /// By the name of the first that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        const BLOCKLIST: &str = "password.blocklist";
        let min_length = least_length(source)?;
        let normalize = source.get("password.normalize")?;
        let blocklist = match source.optional::<PathBuf>(BLOCKLIST)? {
            Some(path) => read_list(&path, if normalize == Normalize::Nfc { min_length } else { 1 })
                .map_err(|error| SettingError::of(BLOCKLIST, format!("cannot read the file: {error}")))?,
            None => Blocklist::default(),
        };
        Ok(Self { min_length, normalize, service: source.get("service.name")?, blocklist })
    }

    /// Loads the dictionaries, which the first password would wait for.
    pub fn load_dictionaries() {
        let _ = estimate("x", None, "");
    }

    /// Counts code points: a cheap check before anything is done for the password.
    ///
    /// # Errors
    /// `too_short` or `too_long`.
    pub fn check_length(&self, password: &NewPassword) -> Result<(), Reasons> {
        match password.normalized(self.normalize).chars().count() {
            count if count < self.min_length => Err(Reasons::one(Reason::TooShort)),
            count if count > MAX_CODE_POINTS => Err(Reasons::one(Reason::TooLong)),
            _ => Ok(()),
        }
    }

    /// Looks the password up and weighs it. It can take milliseconds: keep it off the threads that serve.
    ///
    /// # Errors
    /// `blocklisted`, or `too_guessable` and perhaps `contains_context`, followed by advice.
    pub fn check_strength(&self, password: &NewPassword, address: &Email) -> Result<(), Reasons> {
        let text = password.normalized(self.normalize);
        let mut reasons = Reasons::default();
        if self.blocklist.contains(&text) {
            reasons.add(Reason::Blocklisted);
        }
        let (_, weak) = estimate(&text, Some(address.as_str()), &self.service);
        reasons.extend(weak);
        if reasons.is_empty() { Ok(()) } else { Err(reasons) }
    }
}

/// Reads the list and says how long it is: a list of short passwords alone, of which nothing is left, shows.
fn read_list(path: &Path, min_length: usize) -> io::Result<Blocklist> {
    let list = Blocklist::read(path, min_length)?;
    tracing::info!(passwords = list.len(), min_length, "REKEY_PASSWORD_BLOCKLIST: read");
    Ok(list)
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("min_length", &self.min_length).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
