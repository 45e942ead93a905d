//! `reset_event`: the audit trail of resets, and the outbox of their notices and webhooks.
//!
//! Only the worker's outcome sets `notice_done_at` and `webhook_done_at`; until then the sweep pushes the jobs again,
//! so neither a crash after the commit nor a Redis that comes back empty loses one.

use std::fmt;

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use crate::{account::AccountId, email::Email};

/// The only kind so far: a password was set by a reset.
const KIND_RESET: &str = "reset";
/// How long after the event the sweep looks at it first: the push right after the commit is the short cut.
const FIRST_PUSH_AFTER_MS: i64 = 15_000;

/// A password was reset.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetEvent {
    /// Names the event; its jobs are named after it.
    pub id: String,
    /// Whose password.
    pub account_id: AccountId,
    /// Milliseconds since 1970.
    pub occurred_at: i64,
    /// Where the notice goes, whatever the account's address is by then.
    pub address_at_event: Email,
    /// The address of the client.
    pub client: Option<String>,
    /// Its `User-Agent`.
    pub user_agent: Option<String>,
    /// When the notice was accepted by the mail server, or given up.
    pub notice_done_at: Option<i64>,
    /// When the webhook was delivered, or given up, or found to be unwanted.
    pub webhook_done_at: Option<i64>,
}

impl fmt::Debug for ResetEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetEvent").field("id", &self.id).field("account_id", &self.account_id).finish_non_exhaustive()
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reset_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub account_id: String,
        pub kind: String,
        pub occurred_at: i64,
        pub address_at_event: String,
        pub client: Option<String>,
        pub user_agent: Option<String>,
        pub notice_done_at: Option<i64>,
        pub webhook_done_at: Option<i64>,
        pub next_push_at: Option<i64>,
    }

    impl std::fmt::Debug for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("reset_event").field("id", &self.id).finish_non_exhaustive()
        }
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl ResetEvent {
    fn from_row(row: row::Model) -> Result<Self, DbErr> {
        let address = Email::parse(&row.address_at_event);
        Ok(Self {
            id: row.id,
            account_id: AccountId::new(row.account_id),
            occurred_at: row.occurred_at,
            address_at_event: address.map_err(|error| DbErr::Custom(error.to_string()))?,
            client: row.client,
            user_agent: row.user_agent,
            notice_done_at: row.notice_done_at,
            webhook_done_at: row.webhook_done_at,
        })
    }
}

/// Writes an event, in the transaction that it tells of.
pub(crate) async fn insert(db: &impl ConnectionTrait, event: &ResetEvent) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        id: Set(event.id.clone()),
        account_id: Set(event.account_id.as_str().to_owned()),
        kind: Set(KIND_RESET.to_owned()),
        occurred_at: Set(event.occurred_at),
        address_at_event: Set(event.address_at_event.as_str().to_owned()),
        client: Set(event.client.clone()),
        user_agent: Set(event.user_agent.clone()),
        notice_done_at: Set(event.notice_done_at),
        webhook_done_at: Set(event.webhook_done_at),
        next_push_at: Set(Some(event.occurred_at + FIRST_PUSH_AFTER_MS)),
    };
    row::Entity::insert(row).exec_without_returning(db).await.map(|_| ())
}

/// The event with this id.
///
/// # Errors
/// [`DbErr`]; it may quote values, so it belongs into no log.
pub async fn find(db: &impl ConnectionTrait, id: &str) -> Result<Option<ResetEvent>, DbErr> {
    row::Entity::find_by_id(id).one(db).await?.map(ResetEvent::from_row).transpose()
}

/// Notes that the notice is done with, at `now` (milliseconds since 1970). The first to say so is right.
///
/// # Errors
/// As [`find`]; it may be sent again.
pub async fn finish_notice(db: &impl ConnectionTrait, id: &str, now: i64) -> Result<(), DbErr> {
    row::Entity::update_many()
        .col_expr(row::Column::NoticeDoneAt, Expr::value(now))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::NoticeDoneAt.is_null())
        .exec(db)
        .await?;
    // Done with both, the row leaves the sweep's index.
    row::Entity::update_many()
        .col_expr(row::Column::NextPushAt, Expr::value(Option::<i64>::None))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::NoticeDoneAt.is_not_null())
        .filter(row::Column::WebhookDoneAt.is_not_null())
        .exec(db)
        .await
        .map(|_| ())
}

/// Claims up to `limit` events whose jobs are to be pushed again at `now`: each goes to one caller, and comes up again
/// after `hold_ms` unless it was done with by then. Times are milliseconds, since 1970.
///
/// # Errors
/// As [`find`]; what was claimed before comes up again.
pub async fn claim_due(
    db: &impl ConnectionTrait,
    now: i64,
    hold_ms: i64,
    limit: u64,
) -> Result<Vec<ResetEvent>, DbErr> {
    let undone = Condition::any().add(row::Column::NoticeDoneAt.is_null()).add(row::Column::WebhookDoneAt.is_null());
    let due = row::Entity::find()
        .filter(row::Column::NextPushAt.lte(now))
        .filter(undone)
        .order_by_asc(row::Column::NextPushAt)
        .limit(limit)
        .all(db)
        .await?;
    let mut claimed = Vec::new();
    for row in due {
        let taken = row::Entity::update_many()
            .col_expr(row::Column::NextPushAt, Expr::value(now + hold_ms))
            .filter(row::Column::Id.eq(&row.id))
            .filter(row::Column::NextPushAt.eq(row.next_push_at))
            .exec(db)
            .await?;
        if taken.rows_affected == 1 {
            claimed.push(ResetEvent::from_row(row)?);
        }
    }
    Ok(claimed)
}
