//! What must be true of the database before the API works with it.

use std::time::Duration;

use entity::{account, database, email::Email, settings::Mode};
use sea_orm::{DatabaseConnection, DbErr};

/// The account of `make run`, whose password everybody knows.
const DEMO_ACCOUNT: &str = "demo@example.com";

/// Longest time for all that is asked: a server that takes longer is as good as down.
const CHECK_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the API does not work with a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// It does not answer: it is asked again later.
    #[error("the database does not answer ({0})")]
    Down(String),
    /// Migrations are missing.
    #[error("the database's schema is behind: run `rekey-api migrate up`, or `rekey-api serve --migrate`")]
    Behind,
    /// Hashes would not fit: the database would refuse each reset, or cut its hash.
    #[error(
        "the database's column for password hashes has room for {room} characters, and a hash needs {needed}: widen it \
         (account.password_hash), or nobody could log in after a reset"
    )]
    ShortColumn {
        /// Its characters.
        room: u64,
        /// Those of a hash.
        needed: u64,
    },
    /// Production with the demo account.
    #[error("REKEY_MODE: production does not run with the account demo@example.com: remove it")]
    DemoAccount,
}

/// Looks at schema and accounts. A hash has as many characters as `hash_length` says.
///
/// # Errors
/// [`CheckError`].
pub async fn check(db: &DatabaseConnection, mode: Mode, hash_length: usize) -> Result<(), CheckError> {
    tokio::time::timeout(CHECK_TIMEOUT, look(db, mode, hash_length))
        .await
        .unwrap_or_else(|_| Err(CheckError::Down("it takes too long".into())))
}

async fn look(db: &DatabaseConnection, mode: Mode, hash_length: usize) -> Result<(), CheckError> {
    let pending = migration::pending(db).await.map_err(down)?;
    if !pending.is_empty() {
        return Err(CheckError::Behind);
    }
    let needed = u64::try_from(hash_length).unwrap_or(u64::MAX);
    if let Some(room) = account::room_for_hash(db).await.map_err(down)?
        && room < needed
    {
        return Err(CheckError::ShortColumn { room, needed });
    }
    if mode == Mode::Production {
        let demo = Email::parse(DEMO_ACCOUNT).expect("a constant");
        if account::find_by_email(db, &demo).await.map_err(down)?.is_some() {
            return Err(CheckError::DemoAccount);
        }
    }
    Ok(())
}

fn down(error: DbErr) -> CheckError {
    CheckError::Down(database::describe(&error))
}
