//! The connection to the user table's database.

use std::{fmt, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};

use crate::settings::{SettingError, Source};

/// Longest wait for a connection of the pool, and for a new one to be made.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// Longest time for one statement on PostgreSQL; the others are bounded by their callers.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(5);
/// Two programs share a SQLite file: a writer waits so long for the other's lock.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(3);
/// Connections at most. A reset writes for milliseconds, after it was hashed for many: more would rest.
const MAX_CONNECTIONS: u32 = 8;

/// Where the database is.
#[derive(Clone)]
pub struct Settings {
    url: String,
}

impl Settings {
    /// Reads `database.url`.
    ///
    /// # Errors
    /// By name if it is no URL of a database that Rekey knows. The URL is not shown: it may carry a password.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let url: String = source.get("database.url")?;
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_sqlite = scheme == "sqlite";
        let is_server = matches!(scheme, "postgres" | "postgresql" | "mysql") && url::Url::parse(&url).is_ok();
        if is_sqlite || is_server {
            Ok(Self { url })
        } else {
            Err(SettingError::of("database.url", "is not sqlite://…, postgres://… or mysql://…"))
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

/// Makes the pool. It connects when it is first used, so the server may be down now, and comes back by itself.
///
/// # Errors
/// For a URL that the driver does not read.
pub async fn connect(settings: &Settings) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(&settings.url);
    options
        .connect_lazy(true)
        .max_connections(MAX_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_timeout(ACQUIRE_TIMEOUT)
        .statement_timeout(STATEMENT_TIMEOUT)
        // Statements are logged with their values.
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                .busy_timeout(SQLITE_BUSY_TIMEOUT)
                .foreign_keys(true)
        });
    Database::connect(options).await
}

/// Begins a transaction that writes. On SQLite it takes the write lock at once: a read that turns into a write later
/// fails at once if somebody else wrote in between, whatever the busy time-out.
///
/// # Errors
/// [`DbErr`] if no connection is to be had.
pub async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let immediate = (db.get_database_backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
    db.begin_with_options(TransactionOptions { sqlite_transaction_mode: immediate, ..TransactionOptions::default() })
        .await
}
