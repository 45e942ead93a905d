//! What an operator does with accounts from the command line.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, SqlErr,
    sea_query::{Expr, ExprTrait, Order, Query},
};

use super::{AccountId, StoredHash, table::Column};
use crate::{
    database::{self, describe},
    email::Email,
};

/// Why an account was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The address has an account.
    #[error("there is an account with this address")]
    Taken,
    /// The database did not take it.
    #[error("{}", describe(.0))]
    Database(DbErr),
}

/// An account that is to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Its address.
    pub email: &'a Email,
    /// Its hash, if it has one.
    pub hash: Option<&'a StoredHash>,
    /// Its language, a BCP 47 tag.
    pub locale: Option<&'a str>,
    /// Whether it has a second factor.
    pub second_factor: bool,
    /// Unix milliseconds.
    pub now: i64,
}

/// Adds an account that has no second factor.
///
/// `now` is in Unix milliseconds; `locale` is a BCP 47 tag.
///
/// # Errors
/// [`AddError`].
pub async fn add(
    db: &DatabaseConnection,
    email: &Email,
    hash: Option<&StoredHash>,
    locale: Option<&str>,
    now: i64,
) -> Result<(), AddError> {
    insert(db, NewAccount { email, hash, locale, second_factor: false, now }).await
}

/// Adds an account.
///
/// # Errors
/// [`AddError`].
pub async fn insert(db: &DatabaseConnection, account: NewAccount<'_>) -> Result<(), AddError> {
    let NewAccount { email, hash, locale, second_factor, now } = account;
    let insert = Query::insert()
        .into_table(Column::Table)
        .columns([
            Column::Email,
            Column::PasswordHash,
            Column::Locale,
            Column::PasswordChangedAt,
            Column::CreatedAt,
            Column::HasSecondFactor,
        ])
        .values_panic([
            email.as_str().into(),
            hash.map(|hash| hash.expose().to_owned()).into(),
            locale.map(ToOwned::to_owned).into(),
            hash.map(|_| now).into(),
            now.into(),
            second_factor.into(),
        ])
        .to_owned();
    match database::answer(db.execute(&insert)).await {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(AddError::Taken),
        Err(error) => Err(AddError::Database(error)),
    }
}

/// One account for the list of all.
pub struct Listed {
    /// Its id.
    pub id: AccountId,
    /// Its address, as it stands in the table.
    pub email: String,
    /// Its hash, if it has one.
    pub password_hash: Option<StoredHash>,
    /// Since when it is disabled, in Unix milliseconds.
    pub disabled_at: Option<i64>,
    /// When its password was set last, in Unix milliseconds.
    pub password_changed_at: Option<i64>,
    /// Whether it has a second factor.
    pub second_factor: bool,
}

/// At most `limit` accounts in the order of their ids, beginning behind `after`.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn list(db: &DatabaseConnection, after: Option<&AccountId>, limit: u64) -> Result<Vec<Listed>, DbErr> {
    let mut query = Query::select();
    query
        .columns([
            Column::Id,
            Column::Email,
            Column::PasswordHash,
            Column::DisabledAt,
            Column::PasswordChangedAt,
            Column::HasSecondFactor,
        ])
        .from(Column::Table)
        .order_by(Column::Id, Order::Asc)
        .limit(limit);
    if let Some(after) = after.and_then(super::table::key) {
        query.and_where(Expr::col(Column::Id).gt(after));
    }
    let rows = database::answer(db.query_all(&query)).await?;
    let listed = rows.iter().map(|row| {
        Ok(Listed {
            id: AccountId::new(row.try_get_by_index::<i64>(0)?.to_string()),
            email: row.try_get_by_index(1)?,
            password_hash: row.try_get_by_index::<Option<String>>(2)?.map(StoredHash),
            disabled_at: row.try_get_by_index(3)?,
            password_changed_at: row.try_get_by_index(4)?,
            second_factor: row.try_get_by_index(5)?,
        })
    });
    listed.collect()
}

/// Disables an account as of `now`, in Unix milliseconds, or with `None` enables it. An account that is disabled
/// keeps the time of the first call.
///
/// Returns whether there is such an account.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn set_disabled(db: &DatabaseConnection, email: &Email, now: Option<i64>) -> Result<bool, DbErr> {
    let disabled_at = Expr::col(Column::DisabledAt);
    let value = now.map_or(Expr::val(Option::<i64>::None), |now| disabled_at.if_null(now));
    let update = Query::update()
        .table(Column::Table)
        .value(Column::DisabledAt, value)
        .and_where(Expr::col(Column::Email).eq(email.as_str()))
        .to_owned();
    Ok(database::answer(db.execute(&update)).await?.rows_affected() > 0)
}

/// Notes whether an account has a second factor.
///
/// Returns whether there is such an account.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn set_second_factor(db: &DatabaseConnection, email: &Email, has: bool) -> Result<bool, DbErr> {
    // MySQL is asked (by the driver) to count the rows that it found, so a flag that stands already is no failure.
    let update = Query::update()
        .table(Column::Table)
        .value(Column::HasSecondFactor, has)
        .and_where(Expr::col(Column::Email).eq(email.as_str()))
        .to_owned();
    Ok(database::answer(db.execute(&update)).await?.rows_affected() > 0)
}
