//! Passwords: which are taken, how they are hashed, and how hashes that were there before are verified.

mod blocklist;
#[cfg(test)]
mod equal;
mod estimate;
mod hasher;
mod lookup;
mod pepper;
mod policy;
mod reasons;
mod stored;

use std::fmt;

use entity::settings::FromSetting;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

pub use hasher::Hasher;
pub use lookup::Lookup;
pub use pepper::split as split_pepper;
pub use policy::{Policy, least_length};
pub use reasons::{Reason, Reasons};
pub use stored::{Verified, is_supported, scheme, verify};

/// Code points of a password at most: what NIST SP 800-63B-4, section 3.1.1.2, asks for (64) four times over, and few
/// enough to be normalised in passing.
pub const MAX_CODE_POINTS: usize = 256;

/// A password somebody typed. It shows itself to this module alone, and is overwritten when dropped.
pub struct NewPassword(Zeroizing<String>);

impl NewPassword {
    /// Takes the text as it came.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Whether it has more than [`MAX_CODE_POINTS`].
    #[must_use]
    pub fn is_too_long(&self, normalize: Normalize) -> bool {
        self.normalized(normalize).chars().count() > MAX_CODE_POINTS
    }

    /// The form that is counted and hashed.
    pub(super) fn normalized(&self, normalize: Normalize) -> Zeroizing<String> {
        match normalize {
            // With room for the longest result (UAX #15, section 12: NFC triples UTF-8 at most), so that growing
            // leaves no copy behind.
            Normalize::Nfc => {
                let mut text = Zeroizing::new(String::with_capacity(self.0.len() * 3));
                text.extend(self.0.nfc());
                text
            }
            Normalize::None => self.0.clone(),
        }
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// What is done to a password before it is counted and hashed: the same that the application does when it verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalize {
    /// Normalization Form C, so that one password typed on two keyboards has one hash.
    Nfc,
    /// Nothing.
    None,
}

impl FromSetting for Normalize {
    fn from_setting(text: &str) -> Result<Self, String> {
        match text {
            "nfc" => Ok(Self::Nfc),
            "none" => Ok(Self::None),
            _ => Err("nfc or none".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_password() {
        assert_eq!(format!("{:?}", NewPassword::new("correct horse".into())), "NewPassword(…)");
    }

    #[test]
    fn r41_composed_and_decomposed_are_one_unless_told_otherwise() {
        let [composed, decomposed] = ["caf\u{e9}", "cafe\u{301}"].map(|text| NewPassword::new(text.into()));
        assert_eq!(composed.normalized(Normalize::Nfc), decomposed.normalized(Normalize::Nfc));
        assert_ne!(composed.normalized(Normalize::None), decomposed.normalized(Normalize::None));
    }

    #[test]
    fn normalising_never_outgrows_its_room() {
        // U+0390 and U+FB2C are among the code points that grow most.
        for text in ["\u{390}", "\u{fb2c}", "\u{1d160}", "\u{958}"] {
            let password = NewPassword::new(text.repeat(50));
            let room = text.len() * 50 * 3;
            assert!(password.normalized(Normalize::Nfc).len() <= room, "{text:?}");
        }
    }
}
