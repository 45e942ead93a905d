//! The rows that are audit trail alone: what led to a reset, or to none. They are nothing for the outbox.

use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    sea_query::{Expr, ExprTrait, OnConflict, Order, Query},
};

use super::{Audit, Column, Kind, MAX_CLIENT, MAX_USER_AGENT, Reason, kept};
use crate::{account::AccountId, database};

/// Rows of one statement: with ten values each that is well within what every database takes.
const CHUNK: usize = 100;

/// Writes rows. What stands there already, by its id, is left alone.
///
/// # Errors
/// If the database does not answer within 5 s, or refuses a row: some may be written then.
pub async fn write(db: &impl ConnectionTrait, rows: &[Audit]) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        let mut insert = Query::insert();
        insert.into_table(Column::Table).columns([
            Column::Id,
            Column::AccountId,
            Column::Kind,
            Column::OccurredAt,
            Column::AddressAtEvent,
            Column::Client,
            Column::UserAgent,
            Column::Challenge,
            Column::Times,
            Column::Reason,
        ]);
        for row in chunk {
            debug_assert!(row.kind != Kind::PasswordReset, "that one is the outbox's");
            insert.values_panic([
                row.id.as_str().into(),
                row.account_id.as_str().into(),
                row.kind.name().into(),
                row.occurred_at.into(),
                row.address_at_event.as_str().into(),
                kept(row.client.as_deref(), MAX_CLIENT).into(),
                kept(row.user_agent.as_deref(), MAX_USER_AGENT).into(),
                row.challenge.as_deref().into(),
                row.times.into(),
                row.reason.map(Reason::name).into(),
            ]);
        }
        // MySQL has no DO NOTHING: there the id is set to itself.
        insert.on_conflict(OnConflict::column(Column::Id).do_nothing_on([Column::Id]).to_owned());
        database::answer(db.execute(&insert)).await?;
    }
    Ok(())
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// What happened: a [`Kind`]'s name, or one that a newer program wrote.
    pub kind: String,
    /// When, in Unix milliseconds; of several, the last time.
    pub occurred_at: i64,
    /// The account's address then.
    pub address_at_event: String,
    /// The client's address.
    pub client: Option<String>,
    /// The client's user agent.
    pub user_agent: Option<String>,
    /// What stands for the challenge.
    pub challenge: Option<String>,
    /// How often.
    pub times: i64,
    /// Why, if it was refused.
    pub reason: Option<String>,
}

/// The newest events of an account, at most `limit`, newest first.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn list(db: &impl ConnectionTrait, account_id: &AccountId, limit: u64) -> Result<Vec<Told>, DbErr> {
    let query = Query::select()
        .columns([
            Column::Id,
            Column::Kind,
            Column::OccurredAt,
            Column::AddressAtEvent,
            Column::Client,
            Column::UserAgent,
            Column::Challenge,
            Column::Times,
            Column::Reason,
        ])
        .from(Column::Table)
        .and_where(Expr::col(Column::AccountId).eq(account_id.as_str()))
        .order_by(Column::OccurredAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(limit)
        .to_owned();
    database::answer(db.query_all(&query)).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Told, DbErr> {
    Ok(Told {
        id: row.try_get_by_index(0)?,
        kind: row.try_get_by_index(1)?,
        occurred_at: row.try_get_by_index(2)?,
        address_at_event: row.try_get_by_index(3)?,
        client: row.try_get_by_index(4)?,
        user_agent: row.try_get_by_index(5)?,
        challenge: row.try_get_by_index(6)?,
        times: row.try_get_by_index::<Option<i64>>(7)?.unwrap_or(1),
        reason: row.try_get_by_index(8)?,
    })
}
