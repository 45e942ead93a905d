//! What `confirm` asks of accounts that have a second factor: docs/second-factor.md.

mod key;
mod keys;
mod statement;
#[cfg(test)]
mod tests;

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{
    account,
    database::describe,
    second_factor::Policy,
    settings::{SettingError, Source},
    token::{Held, ResetToken},
};
use sea_orm::DatabaseConnection;
use sha2::{Digest as _, Sha256};

use key::Key;
use statement::Expected;
pub use statement::Wrong;

/// What a caller of `confirm` shows for a second factor.
pub struct Shown {
    token_hash: String,
    statement: Option<String>,
}

impl Shown {
    /// The token, and the statement if there is one.
    pub fn new(token: &ResetToken, statement: Option<String>) -> Self {
        Self { token_hash: token_hash(token), statement }
    }
}

/// What a statement names the token by: base64url of the SHA-256 of its characters, as RFC 9449 (4.2, `ath`) names an
/// access token. The token's 256 random bits cannot be found from it.
fn token_hash(token: &ResetToken) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.expose()))
}

/// Longest wait for the account: what comes after it has to end while the token is held.
const READ_WITHIN: Duration = Duration::from_secs(2);

/// Why a confirm does not go on.
#[derive(Debug)]
pub enum Refused {
    /// Accounts that have a second factor are not reset.
    Policy,
    /// A statement is needed, and is missing or wrong.
    Unproven(Option<Wrong>),
    /// The database did not answer: what it said that may be logged.
    Database(String),
}

/// The policy, with the keys that it needs.
pub struct SecondFactor {
    policy: Policy,
    keys: Vec<Key>,
}

impl SecondFactor {
    /// Reads `second_factor.policy` and the file of `second_factor.key_file`.
    ///
    /// # Errors
    /// By name, if statements are to be asked for and there is no key, or the file has none or one that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let settings = entity::second_factor::Settings::read(source)?;
        let keys = keys::read(source)?;
        if settings.policy == Policy::Proof && keys.is_empty() {
            return Err(SettingError::of(keys::FILE, "is needed with second_factor.policy = proof"));
        }
        Ok(Self { policy: settings.policy, keys })
    }

    /// Why an account that has a second factor is not reset when nothing is shown for it: what the policy means for a
    /// confirm. [`Policy::Keep`] lets it pass before that ([`Self::check`]).
    pub fn refusal(&self) -> Refused {
        match self.policy {
            Policy::Proof => Refused::Unproven(None),
            Policy::Keep | Policy::Refuse => Refused::Policy,
        }
    }

    /// Whether the account of a held token may have a second factor, for the transaction, which looks again.
    ///
    /// With [`Policy::Keep`] nothing is read. Otherwise it costs one query by the account's id, and that before a
    /// password is hashed: the holder of a token gets no hashing for a statement that is wrong.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn check(&self, db: &DatabaseConnection, held: &Held, shown: &Shown) -> Result<bool, Refused> {
        if self.policy == Policy::Keep {
            return Ok(true);
        }
        let account = tokio::time::timeout(READ_WITHIN, account::find_by_id(db, &held.account)).await;
        let account = account.map_err(|_| Refused::Database("no answer in time".into()))?;
        let account = account.map_err(|error| Refused::Database(describe(&error)))?;
        let Some(account) = account.filter(|account| account.second_factor) else { return Ok(false) };
        let (Refused::Unproven(_), Some(text)) = (self.refusal(), &shown.statement) else { return Err(self.refusal()) };
        let expected =
            Expected { account_id: &account.id, email: &account.email, token_hash: &shown.token_hash, now: held.now() };
        statement::verify(&self.keys, text, &expected).map_err(|wrong| Refused::Unproven(Some(wrong)))?;
        Ok(true)
    }
}
