//! The rows that are audit trail alone: what led to a reset, or to none. They are nothing for the outbox.

use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    sea_query::{Expr, ExprTrait, OnConflict, Order, Query},
};

use super::{Column, MAX_CLIENT, MAX_USER_AGENT, kept};
use crate::{account::AccountId, database, email::Email};

/// What an event tells of, by the names in the column `kind`. These names are for good: an auditor's queries have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A reset was asked for, or its code once more.
    Requested,
    /// The mail server took a mail with the code.
    Mailed,
    /// Codes that were wrong, or came too late, all of one challenge in one row.
    Rejected,
    /// A code was right.
    Verified,
    /// The password was changed. This kind alone is outbox as well.
    PasswordReset,
    /// A new password was not set, though the code had been right.
    Refused,
}

impl Kind {
    /// All of them, in the order in which a reset goes.
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::Mailed, Self::Rejected, Self::Verified, Self::PasswordReset, Self::Refused];

    /// Its name, 32 characters at most.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Mailed => "mailed",
            Self::Rejected => "rejected",
            Self::Verified => "verified",
            Self::PasswordReset => "password_reset",
            Self::Refused => "refused",
        }
    }
}

/// Why a new password was not set, by the names in the column `reason`. These are for good as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The account was changed, disabled or deleted since the code was mailed.
    Account,
    /// The service's rules refused it.
    Password,
    /// The account has a second factor. Nothing that counts was shown for it, or such accounts are not reset at all.
    SecondFactor,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Account, Self::Password, Self::SecondFactor];

    /// Its name, 32 characters at most.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// A row to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Its id, 64 octets at most: the same for the same event, so that it is written once.
    pub id: String,
    /// Whose account.
    pub account_id: AccountId,
    /// What happened; not [`Kind::PasswordReset`], which is written with the password.
    pub kind: Kind,
    /// When, in Unix milliseconds; of several, the last time.
    pub occurred_at: i64,
    /// The account's address.
    pub address_at_event: Email,
    /// The client's address; of several, that of the last one.
    pub client: Option<String>,
    /// The client's user agent, as it wrote it; of several, that of the last one.
    pub user_agent: Option<String>,
    /// What stands for the challenge, 32 characters: rows of one reset have the same.
    pub challenge: Option<String>,
    /// How often, at least 1.
    pub times: i64,
    /// Why, if it was refused.
    pub reason: Option<Reason>,
}

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
