//! How long a hash the table can hold.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Iden as _, Statement};

use super::table::Column;
use crate::database;

/// Characters that the column of the password's hash has room for; nothing if it has no limit, as in SQLite, which
/// looks at no column's length.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn room_for_hash(db: &DatabaseConnection) -> Result<Option<u64>, DbErr> {
    let backend = db.get_database_backend();
    let query = match backend {
        // The very table that our queries find, along the search path. The type's number is the length and 4 more, and
        // -1 without one; other types than these two have none (`text`) or are no text.
        DbBackend::Postgres => {
            "SELECT (atttypmod - 4)::bigint AS room FROM pg_attribute WHERE attrelid = to_regclass($1) \
             AND attname = $2 AND atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND atttypmod >= 4"
        }
        DbBackend::MySql => {
            "SELECT CAST(CHARACTER_MAXIMUM_LENGTH AS SIGNED) AS room FROM information_schema.COLUMNS \
             WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND COLUMN_NAME = ? \
             AND CHARACTER_MAXIMUM_LENGTH <= 65535"
        }
        _ => return Ok(None),
    };
    let names = [Column::Table, Column::PasswordHash].map(|column| column.unquoted().to_owned().into());
    let row = database::answer(db.query_one_raw(Statement::from_sql_and_values(backend, query, names))).await?;
    let room: Option<i64> = row.map(|row| row.try_get("", "room")).transpose()?;
    Ok(room.and_then(|room| u64::try_from(room).ok()))
}
