//! Texts that no log may show.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A code, a token or a password. `Debug` hides it; [`Secret::expose`] is the way to the text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::types::{ConfirmBody, Verified, VerifyBody};

    #[test]
    fn nothing_that_holds_a_secret_shows_it() {
        let secret = || Secret::from("canary");
        let verify = VerifyBody { challenge_id: String::new(), code: secret(), proof: None };
        let verified = Verified { reset_token: secret(), expires_in: 1 };
        let confirm =
            ConfirmBody { reset_token: secret(), new_password: secret(), second_factor_proof: Some(secret()) };
        assert!(!format!("{verify:?}{verified:?}{confirm:?}").contains("canary"));
        assert!(serde_json::to_string(&confirm).unwrap().contains("canary"), "but it is sent");
    }
}
