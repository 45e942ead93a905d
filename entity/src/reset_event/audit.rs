//! The rows that are audit trail alone: what led to a reset, or to none. They are nothing for the outbox.

use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    sea_query::{Expr, ExprTrait, OnConflict, Order, Query},
};

use super::{
    Audit, Kind, MAX_USER_AGENT, Reason,
    row::{Column, MAX_CLIENT, add, get, kept, select_all},
};
use crate::{account::AccountId, database};

/// Rows of one statement: with ten values each that is well within what every database takes.
const CHUNK: usize = 100;

/// Writes rows. What stands there already, by its id, is left alone.
///
/// # Errors
/// If the database does not answer within 5 s, or refuses a row: some may be written then.
pub async fn write(db: &impl ConnectionTrait, rows: &[Audit]) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        let mut insert = Query::insert().into_table(Column::Table).to_owned();
        for row in chunk {
            debug_assert!(row.kind != Kind::PasswordReset, "that one is the outbox's");
            let row = [
                (Column::Id, row.id.as_str().into()),
                (Column::AccountId, row.account_id.as_str().into()),
                (Column::Kind, row.kind.name().into()),
                (Column::OccurredAt, row.occurred_at.into()),
                (Column::AddressAtEvent, row.address_at_event.as_str().into()),
                (Column::Client, kept(row.client.as_deref(), MAX_CLIENT).into()),
                (Column::UserAgent, kept(row.user_agent.as_deref(), MAX_USER_AGENT).into()),
                (Column::Challenge, row.challenge.as_deref().into()),
                (Column::Times, row.times.into()),
                (Column::Reason, row.reason.map(Reason::name).into()),
            ];
            add(&mut insert, row);
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
    let query = select_all()
        .and_where(Expr::col(Column::AccountId).eq(account_id.as_str()))
        .order_by(Column::OccurredAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(limit)
        .to_owned();
    database::answer(db.query_all(&query)).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Told, DbErr> {
    Ok(Told {
        id: get(row, Column::Id)?,
        kind: get(row, Column::Kind)?,
        occurred_at: get(row, Column::OccurredAt)?,
        address_at_event: get(row, Column::AddressAtEvent)?,
        client: get(row, Column::Client)?,
        user_agent: get(row, Column::UserAgent)?,
        challenge: get(row, Column::Challenge)?,
        times: get::<Option<i64>>(row, Column::Times)?.unwrap_or(1),
        reason: get(row, Column::Reason)?,
    })
}
