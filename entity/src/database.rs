//! The connection to the user table's database: SQLite, PostgreSQL, or MySQL and MariaDB.

mod passing;

use std::{fmt, future::Future, time::Duration};

use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode,
    SqlxMySqlConnector, SqlxPostgresConnector, SqlxSqliteConnector, TransactionOptions, TransactionTrait,
    sqlx::{
        self, ConnectOptions as _, Executor as _,
        mysql::{MySqlConnectOptions, MySqlPoolOptions},
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
    },
};

pub use self::passing::is_passing;
use crate::settings::{SettingError, Source};

// What `.cargo/config.toml` asks for, and why; cargo reads that file of the folder in which it is started.
const _: () = assert!(
    is_among(option_env!("LIBSQLITE3_FLAGS"), b"-DSQLITE_DQS=0"),
    "SQLite is to be compiled with LIBSQLITE3_FLAGS=-DSQLITE_DQS=0: start cargo in the project's folder, or set it"
);

/// Whether a word is among these.
const fn is_among(words: Option<&str>, word: &[u8]) -> bool {
    let Some(words) = words else { return false };
    let (words, mut begin, mut at) = (words.as_bytes(), 0, 0);
    while at <= words.len() {
        if at == words.len() || words[at] == b' ' {
            let (mut same, mut k) = (at - begin == word.len(), 0);
            while same && k < word.len() {
                same = words[begin + k] == word[k];
                k += 1;
            }
            if same {
                return true;
            }
            begin = at + 1;
        }
        at += 1;
    }
    false
}

/// Longest wait for a connection, a new one included. A confirm has 20 s of hold on its token for everything.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// Longest wait for what is asked of a database, the connection included.
pub(crate) const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// The error of one that waited that long.
const NO_ANSWER: &str = "the database did not answer in time";
/// Longest wait of SQLite for another process that writes; below what the asker waits.
const BUSY_TIMEOUT: Duration = Duration::from_secs(4);

/// The same limits kept by the server, so that a statement whose asker has gone does not hold its locks on. The
/// lock's limit is below the statement's, and both below what the asker waits, so that the server's own error arrives.
const POSTGRES_LIMITS: &str =
    "SET statement_timeout = '4500ms'; SET lock_timeout = '4s'; SET idle_in_transaction_session_timeout = '10s'";
/// `/*M!` is read by MariaDB alone.
const MYSQL_LIMITS: &str = "SET SESSION innodb_lock_wait_timeout = 4 /*M!100108 , max_statement_time = 4.5 */";

/// Which database, and how to reach it.
pub struct Settings {
    server: Server,
}

enum Server {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
    MySql(Box<MySqlConnectOptions>),
}

impl Settings {
    /// Reads `database.url`.
    ///
    /// # Errors
    /// If it is none of the three.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        const KEY: &str = "database.url";
        Self::parse(&source.get::<String>(KEY)?).ok_or_else(|| {
            SettingError::of(KEY, "is not a sqlite://, postgres:// or mysql:// URL, or has an option that is not known")
        })
    }

    /// The same from a URL. Errors of the parser are dropped, for a part of the URL can stand in them.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let scheme = url.split(':').next().unwrap_or_default();
        let server = match scheme {
            "sqlite" => {
                let options: SqliteConnectOptions = url.parse().ok()?;
                // WAL: api and worker read while the other writes.
                let options =
                    options.journal_mode(SqliteJournalMode::Wal).busy_timeout(BUSY_TIMEOUT).foreign_keys(true);
                Server::Sqlite(Box::new(options.disable_statement_logging()))
            }
            "postgres" | "postgresql" => {
                Server::Postgres(Box::new(url.parse::<PgConnectOptions>().ok()?.disable_statement_logging()))
            }
            "mysql" | "mariadb" => {
                let url = url.replacen("mariadb:", "mysql:", 1);
                Server::MySql(Box::new(url.parse::<MySqlConnectOptions>().ok()?.disable_statement_logging()))
            }
            _ => return None,
        };
        Some(Self { server })
    }
}

impl Settings {
    /// The same, but a SQLite file that is not there is not made: nothing but a migration has a use for an empty one.
    /// Whoever opened it would keep to it even when the right file is back in its place.
    #[must_use]
    pub fn existing(mut self) -> Self {
        if let Server::Sqlite(options) = &mut self.server {
            **options = (**options).clone().create_if_missing(false);
        }
        self
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.server {
            Server::Sqlite(_) => "sqlite",
            Server::Postgres(_) => "postgres",
            Server::MySql(_) => "mysql",
        };
        write!(f, "database::Settings({kind})")
    }
}

/// Makes a pool. It waits for nothing: connections are made when they are needed, and again when they broke, so the
/// server may come and go.
///
/// # Errors
/// None so far.
pub async fn connect(settings: &Settings) -> Result<DatabaseConnection, DbErr> {
    // Not by `sea_orm::Database::connect`: it logs the URL with its password at trace level, and opens a SQLite file
    // at once.
    Ok(match &settings.server {
        Server::Sqlite(server) => {
            // What was there is not made anew should it be moved away; see `Settings::existing`.
            let is_there = server.get_filename().is_file();
            let server = if is_there { (**server).clone().create_if_missing(false) } else { (**server).clone() };
            // One writes at a time anyway; each connection is a thread.
            let pool = SqlitePoolOptions::new().max_connections(4).acquire_timeout(ACQUIRE_TIMEOUT);
            SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.connect_lazy_with(server))
        }
        Server::Postgres(server) => {
            let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(ACQUIRE_TIMEOUT);
            let pool = pool.after_connect(|connection, _| {
                Box::pin(async move { connection.execute(POSTGRES_LIMITS).await.map(drop) })
            });
            SqlxPostgresConnector::from_sqlx_postgres_pool(pool.connect_lazy_with((**server).clone()))
        }
        Server::MySql(server) => {
            let pool = MySqlPoolOptions::new().max_connections(10).acquire_timeout(ACQUIRE_TIMEOUT);
            let pool = pool.after_connect(|connection, _| {
                Box::pin(async move { connection.execute(MYSQL_LIMITS).await.map(drop) })
            });
            SqlxMySqlConnector::from_sqlx_mysql_pool(pool.connect_lazy_with((**server).clone()))
        }
    })
}

/// Begins a transaction that writes. SQLite takes the lock at once: a read that turns into a write fails without
/// waiting when another wrote meanwhile.
pub(crate) async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    db.begin_with_options(options).await
}

/// Waits for an answer, but not for ever.
pub(crate) async fn answer<T>(asked: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    match tokio::time::timeout(ANSWER_TIMEOUT, asked).await {
        Ok(answer) => answer,
        Err(_) => Err(DbErr::Custom(NO_ANSWER.into())),
    }
}

/// What can be logged of an error. The servers' own texts hold values: the address that is taken, the row that breaks
/// a rule.
#[must_use]
pub fn describe(error: &DbErr) -> String {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => "no connection in time".into(),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => match &**error {
            sqlx::Error::Database(error) => {
                format!("refused by the database with code {}", error.code().as_deref().unwrap_or("unknown"))
            }
            sqlx::Error::Io(error) => format!("no connection: {}", error.kind()),
            sqlx::Error::Tls(_) => "no connection: TLS failed".into(),
            sqlx::Error::PoolTimedOut => "no connection in time".into(),
            _ => "the connection failed".into(),
        },
        DbErr::Custom(text) | DbErr::Migration(text) => text.clone(),
        _ => "a query failed".into(),
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
