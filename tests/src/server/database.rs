//! The databases that Rekey runs on: an empty one for each test.

use std::path::Path;

use super::shared::{self, Use};
use super::{mariadb, postgres};
use crate::secret::random;
use crate::sql::Sql;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MariaDB.
    MariaDb,
}

/// An empty database of a test's own.
#[derive(Debug)]
pub struct Database {
    url: String,
    server: Option<Use>,
}

impl Database {
    /// Makes one. `folder` is where SQLite's file goes.
    pub async fn create(kind: Kind, folder: &Path) -> Self {
        let name = format!("e2e_{}", random(12));
        let (recipe, url): (_, fn(u16, &str) -> String) = match kind {
            Kind::Sqlite => {
                let url = format!("sqlite://{}?mode=rwc", folder.join("rekey.db").display());
                return Self { url, server: None };
            }
            Kind::Postgres => (postgres::recipe(), postgres::url),
            Kind::MariaDb => (mariadb::recipe(), mariadb::url),
        };
        let server = shared::join(&recipe).await;
        let maintenance = if kind == Kind::Postgres { "postgres" } else { "mysql" };
        Sql::connect(&url(server.port, maintenance)).await.run(&format!("CREATE DATABASE {name}")).await;
        Self { url: url(server.port, &name), server: Some(server) }
    }

    /// A database that somebody else runs.
    #[must_use]
    pub fn at(url: String) -> Self {
        Self { url, server: None }
    }

    /// Its URL, as `REKEY_DATABASE_URL` takes it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The end of the shared server's log.
    #[must_use]
    pub fn log(&self) -> String {
        let log = self.server.as_ref().and_then(|server| std::fs::read(&server.log).ok());
        String::from_utf8_lossy(&log.unwrap_or_default()).into_owned()
    }
}
