//! Values that a failing test must not print.

use std::fmt;

use rand::RngExt;

/// A code, a token or a password. Equal or not is all that an assertion learns.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// A password that every policy takes: 28 random characters.
    #[must_use]
    pub fn password() -> Self {
        Self(random(28))
    }

    /// The value, to send it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// `length` random characters out of a to z and 2 to 7.
#[must_use]
pub fn random(length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assertion_shows_no_secret() {
        let password = Secret::password();
        assert!(!format!("{password:?}").contains(password.expose()));
    }
}
