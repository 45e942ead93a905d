//! SQL from outside. Values stand in the statements: tests write them, nobody else.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::eventually;

/// A connection to a test's database.
#[derive(Clone, Debug)]
pub struct Sql(DatabaseConnection);

impl Sql {
    /// Connects; a server that starts just now is waited for.
    pub async fn connect(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options.max_connections(2).sqlx_logging(false).acquire_timeout(Duration::from_secs(5));
        let connection = eventually("the database takes connections", Duration::from_secs(30), async || {
            Database::connect(options.clone()).await.ok()
        });
        Self(connection.await)
    }

    /// Runs a statement and returns how many rows it changed.
    ///
    /// # Panics
    /// If the database refuses it.
    pub async fn run(&self, statement: &str) -> u64 {
        self.0.execute_unprepared(statement).await.expect("the database takes the statement").rows_affected()
    }

    /// The first column of the first row as text, `None` if it is NULL or there is no row.
    ///
    /// # Panics
    /// If the database refuses the query or the column is no text.
    pub async fn text(&self, query: &str) -> Option<String> {
        let row = self.row(query).await?;
        // MariaDB calls text of a binary collation octets.
        let octets = || row.try_get_by_index::<Option<Vec<u8>>>(0).map(|found| found.map(lossy));
        row.try_get_by_index::<Option<String>>(0).or_else(|_| octets()).expect("a column of text")
    }

    /// The first column of the first row as a number, `None` if it is NULL or there is no row.
    ///
    /// # Panics
    /// If the database refuses the query or the column is no number.
    pub async fn number(&self, query: &str) -> Option<i64> {
        let row = self.row(query).await?;
        row.try_get_by_index::<Option<i64>>(0)
            .or_else(|_| row.try_get_by_index::<Option<i32>>(0).map(|number| number.map(i64::from)))
            .expect("a column of numbers")
    }

    async fn row(&self, query: &str) -> Option<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.0.get_database_backend(), query);
        self.0.query_one_raw(statement).await.expect("the database answers")
    }

    /// Every value of the table that is text, joined by line feeds.
    ///
    /// # Panics
    /// If the database refuses the query.
    pub async fn all_text(&self, table: &str) -> String {
        let statement = Statement::from_string(self.0.get_database_backend(), format!("SELECT * FROM {table}"));
        let rows = self.0.query_all_raw(statement).await.expect("the database answers");
        let values = rows.iter().flat_map(|row| {
            row.column_names().into_iter().filter_map(|name| {
                let octets = || row.try_get::<Option<Vec<u8>>>("", &name).map(|found| found.map(lossy));
                row.try_get::<Option<String>>("", &name).or_else(|_| octets()).ok().flatten()
            })
        });
        values.collect::<Vec<_>>().join("\n")
    }
}

fn lossy(octets: Vec<u8>) -> String {
    String::from_utf8_lossy(&octets).into_owned()
}
