//! How far the outbox is behind.

use sea_orm::{
    ConnectionTrait, DbErr,
    sea_query::{Expr, ExprTrait, Func, Query},
};

use super::{Column, Half, KIND, is_due};
use crate::database;

/// What lies in the outbox, open: of notices and of webhooks each for itself, for the latter may take a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Of notices.
    pub notice: HalfLag,
    /// Of webhooks.
    pub webhook: HalfLag,
}

/// What is open of one half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HalfLag {
    /// Events of which this half is open and looked after by the sweep.
    pub open: u64,
    /// When the oldest of them happened, in Unix milliseconds.
    pub oldest: Option<i64>,
    /// Of these, such that the sweep should have taken by now.
    pub due: u64,
}

/// Looks at it at `now`, in Unix milliseconds. Only rows with a `next_push_at` are touched, by its index; those are the
/// open ones.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn lag(db: &impl ConnectionTrait, now: i64) -> Result<Lag, DbErr> {
    Ok(Lag { notice: of(db, Half::Notice, now).await?, webhook: of(db, Half::Webhook, now).await? })
}

async fn of(db: &impl ConnectionTrait, half: Half, now: i64) -> Result<HalfLag, DbErr> {
    let select = Query::select()
        .expr(Func::count(Expr::col(Column::Id)))
        .expr(Func::min(Expr::col(Column::OccurredAt)))
        .from(Column::Table)
        .and_where(Expr::col(Column::NextPushAt).is_not_null())
        .and_where(Expr::col(Column::Kind).eq(KIND))
        .cond_where(half.is_open())
        .to_owned();
    let due = select.clone().cond_where(is_due(now)).to_owned();
    let (all, due) = (database::answer(db.query_one(&select)).await?, database::answer(db.query_one(&due)).await?);
    let mut lag = HalfLag::default();
    if let Some(row) = all {
        lag.open = u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0);
        lag.oldest = row.try_get_by_index(1)?;
    }
    if let Some(row) = due {
        lag.due = u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0);
    }
    Ok(lag)
}
