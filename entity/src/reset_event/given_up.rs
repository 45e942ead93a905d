//! Halves of events that were given up and are not done: an operator can have them tried again.

use sea_orm::{
    ConnectionTrait, DbErr,
    sea_query::{Cond, Expr, ExprTrait, Func, Order, Query},
};

use super::{Column, Half};
use crate::database;

/// How many notices and how many webhooks were given up and are not done, in the order of [`Half::ALL`]. Such rows alone
/// are touched, by an index.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn count_given_up(db: &impl ConnectionTrait) -> Result<[u64; 2], DbErr> {
    let mut counts = [0; 2];
    for (half, count) in Half::ALL.into_iter().zip(&mut counts) {
        let select = Query::select()
            .expr(Func::count(Expr::col(Column::Id)))
            .from(Column::Table)
            .cond_where(is_given_up(half))
            .to_owned();
        if let Some(row) = database::answer(db.query_one(&select)).await? {
            *count = u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0);
        }
    }
    Ok(counts)
}

/// The ids of up to `limit` events of which a half was given up and is not done, in their own order, from behind `after`
/// (empty at first) on.
///
/// # Errors
/// If the database does not answer within 5 s.
pub async fn given_up(db: &impl ConnectionTrait, half: Half, after: &str, limit: u64) -> Result<Vec<String>, DbErr> {
    let select = Query::select()
        .column(Column::Id)
        .from(Column::Table)
        .cond_where(is_given_up(half))
        .and_where(Expr::col(Column::Id).gt(after))
        .order_by(Column::Id, Order::Asc)
        .limit(limit)
        .to_owned();
    database::answer(db.query_all(&select)).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

fn is_given_up(half: Half) -> Cond {
    let [done, given_up] = half.columns();
    Cond::all().add(Expr::col(given_up).is_not_null()).add(Expr::col(done).is_null())
}
