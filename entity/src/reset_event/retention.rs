//! How long events are kept.

use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DbErr,
    sea_query::{Cond, Expr, ExprTrait, Order, Query},
};

use super::{Column, Half, KIND};
use crate::{
    database,
    settings::{SettingError, Source},
};

/// The shortest that can be set: what is a day old has been seen by the sweep, the worker and whoever is called.
const SHORTEST: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest, ten years: what is to be kept for longer is kept for ever.
const LONGEST: Duration = Duration::from_secs(3_650 * 24 * 60 * 60);
/// How long a half that was given up keeps its row, in milliseconds: its job may be given another life for as long as
/// dead letters are kept, which is 14 days, and needs the row.
const GIVEN_UP_MS: i64 = 15 * 24 * 60 * 60 * 1000;

/// Reads `audit.retention`; none: for ever.
///
/// # Errors
/// By name if it is malformed, or neither 0 nor one day to ten years.
pub fn retention(source: &Source) -> Result<Option<Duration>, SettingError> {
    let span: Duration = source.get("audit.retention")?;
    if span.is_zero() {
        return Ok(None);
    }
    let allowed = (SHORTEST..=LONGEST).contains(&span);
    if allowed { Ok(Some(span)) } else { Err(SettingError::of("audit.retention", "must be 1d to 3650d, or 0s")) }
}

/// Deletes at most `limit` of the oldest events that happened before `before`, and tells how many. What the outbox still
/// has to do stays, however old it is, and so does what was given up while its job may be given another life. `now` and
/// `before` are Unix milliseconds.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn purge(db: &impl ConnectionTrait, before: i64, now: i64, limit: u64) -> Result<u64, DbErr> {
    let over = Cond::any()
        .add(Expr::col(Column::Kind).ne(KIND))
        .add(Cond::all().add(is_over(Half::Notice, now)).add(is_over(Half::Webhook, now)));
    let over = Cond::all()
        .add(Expr::col(Column::OccurredAt).lt(before))
        .add(Expr::col(Column::NextPushAt).is_null())
        .add(over);
    let oldest = Query::select()
        .column(Column::Id)
        .from(Column::Table)
        .cond_where(over.clone())
        .order_by(Column::OccurredAt, Order::Asc)
        .limit(limit)
        .to_owned();
    // One after the other, since MySQL takes no LIMIT in a subquery.
    let rows = database::answer(db.query_all(&oldest)).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(0);
    }
    // Asked again: an operator may have opened one of them meanwhile.
    let delete = Query::delete()
        .from_table(Column::Table)
        .and_where(Expr::col(Column::Id).is_in(ids))
        .cond_where(over)
        .to_owned();
    Ok(database::answer(db.execute(&delete)).await?.rows_affected())
}

/// That a half is done, or was given up so long ago that nobody can take it up again.
fn is_over(half: Half, now: i64) -> Cond {
    let [done, given_up] = half.columns();
    let long_ago = now.saturating_sub(GIVEN_UP_MS);
    Cond::any().add(Expr::col(done).is_not_null()).add(Expr::col(given_up).lt(long_ago))
}
