//! Which of a database's errors pass by themselves.

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError, mysql::MySqlDatabaseError},
};

use super::NO_ANSWER;

/// MySQL's and MariaDB's errors under the catch-all state HY000 that tell of the server or its schema: disk full
/// (1021, 1114), lock wait (1205), read-only (1290, 1836, 1792), no default for a column (1364), engine (1030, 1180),
/// statement's time (3024).
const MYSQL_GENERAL: [u16; 10] = [1021, 1030, 1114, 1180, 1205, 1290, 1364, 1792, 1836, 3024];

/// Whether the same statement with the same values may succeed later: the server is away, slow or busy, or has to be
/// mended by its operator (a missing table, a permission, a full disk). False for what these values cause, which they
/// will cause each time, and for rows that cannot be read.
#[must_use]
pub fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Custom(text) => text == NO_ANSWER,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => match &**error {
            sqlx::Error::Database(error) => is_passing_code(&**error),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Configuration(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => true,
            _ => false,
        },
        _ => false,
    }
}

fn is_passing_code(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    if let Some(mysql) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return MYSQL_GENERAL.contains(&mysql.number()) || is_passing_state(&code);
    }
    match code.parse() {
        // SQLite's are numbers, and PostgreSQL's have five characters.
        Ok(number) if code.len() < 5 => is_passing_result(number),
        _ => is_passing_state(&code),
    }
}

/// SQLSTATE, by its class: connection (08), permissions and credentials (25, 28, 42), transaction rolled back (40),
/// resources (53), object in use (55), operator (57; MySQL's is 70), system (58). Ours are fixed statements with
/// parameters, so a class-42 error is one of the schema and never of the values.
fn is_passing_state(code: &str) -> bool {
    let class = code.get(..2).unwrap_or_default();
    ["08", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58", "70"].contains(&class)
}

/// SQLite's result code, whose low octet is the primary one: an error in the schema (1), permission (3), busy (5),
/// locked (6), memory (7), read-only (8), interrupted (9), input or output (10), full (13), cannot open (14), lock
/// protocol (15), schema changed (17).
fn is_passing_result(code: u32) -> bool {
    matches!(code & 0xff, 1 | 3 | 5..=10 | 13..=15 | 17)
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnAcquireErr, ConnectionTrait as _};

    use super::*;
    use crate::database::{Settings, connect, testing::fresh};

    #[test]
    fn codes_of_the_server_pass_and_codes_of_values_do_not() {
        for code in ["40001", "40P01", "57P01", "53300", "08006", "42P01", "42501", "55P03", "25006", "70100"] {
            assert!(is_passing_state(code), "{code}");
        }
        for code in ["22021", "22003", "23505", "54000", "HY000", "XX000", ""] {
            assert!(!is_passing_state(code), "{code}");
        }
        // Busy, busy with a snapshot, input or output while reading; constraint, unique constraint, type, range.
        assert!([5, 517, 266].into_iter().all(is_passing_result));
        assert!(![19, 2067, 20, 25].into_iter().any(is_passing_result));
    }

    #[tokio::test]
    async fn an_absent_server_passes_and_a_row_that_cannot_be_read_does_not() {
        assert!(is_passing(&DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)));
        assert!(is_passing(&DbErr::Custom(NO_ANSWER.into())));
        assert!(!is_passing(&DbErr::Type("an address".into())));
        let db = connect(&Settings::parse("sqlite:///nowhere/at/all.db").unwrap()).await.unwrap();
        assert!(is_passing(&db.execute_unprepared("SELECT 1").await.unwrap_err()));
        let fresh = fresh().await;
        assert!(is_passing(&fresh.db.execute_unprepared("SELECT 1 FROM no_such_table").await.unwrap_err()));
        let statement = sea_orm::Statement::from_string(fresh.db.get_database_backend(), "SELECT 'text'");
        let row = fresh.db.query_one_raw(statement).await.unwrap().unwrap();
        assert!(!is_passing(&row.try_get_by_index::<i64>(0).unwrap_err()));
    }

    /// PostgreSQL refuses the value with 22021; the others find nothing.
    #[tokio::test]
    async fn a_value_that_the_database_refuses_does_not_pass() {
        let fresh = fresh().await;
        let found = crate::reset_event::find(&fresh.db, "a\0b").await;
        assert!(found.map_or_else(|error| !is_passing(&error), |event| event.is_none()));
    }
}
