//! How a row is written and read. A column stands beside its value each time, so that no list of columns has to be in
//! the order of another: the one list is [`Column`].

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, DeriveIden, EnumIter, Iden, Iterable, QueryResult, TryGetable,
    sea_query::{Expr, ExprTrait, InsertStatement, Query, SelectStatement},
};

use super::{FIRST_SWEEP_MS, Kind, MAX_USER_AGENT, ResetEvent};
use crate::{account::AccountId, email::Email, telemetry::TraceContext};

/// The columns, in the order of nothing.
#[derive(DeriveIden, EnumIter, Clone, Copy)]
pub(super) enum Column {
    #[sea_orm(iden = "reset_event")]
    #[strum(disabled)]
    Table,
    Id,
    AccountId,
    Kind,
    OccurredAt,
    AddressAtEvent,
    Client,
    UserAgent,
    Languages,
    NoticeDoneAt,
    NoticeGivenUpAt,
    WebhookDoneAt,
    WebhookGivenUpAt,
    NextPushAt,
    Challenge,
    Times,
    Reason,
    Traceparent,
}

/// The kind that is outbox.
pub(super) const KIND: &str = Kind::PasswordReset.name();
/// Characters of the languages that are kept: the API sends no more.
const MAX_LANGUAGES: usize = 100;
/// Characters of a client's address: an IPv6 address with a zone has fewer.
pub(super) const MAX_CLIENT: usize = 64;

/// What is kept of a text that a client wrote: no control characters, and no more than so many of the others.
pub(super) fn kept(text: Option<&str>, most: usize) -> Option<String> {
    text.map(|text| text.chars().filter(|c| !c.is_control()).take(most).collect())
}

/// Adds a row to an INSERT; all of its rows have the same columns.
pub(super) fn add<const N: usize>(insert: &mut InsertStatement, row: [(Column, Expr); N]) {
    insert.columns(row.iter().map(|(column, _)| *column)).values_panic(row.map(|(_, value)| value));
}

/// All columns of rows.
pub(super) fn select_all() -> SelectStatement {
    Query::select().columns(Column::iter()).from(Column::Table).to_owned()
}

/// What a row has in a column.
pub(super) fn get<T: TryGetable>(row: &QueryResult, column: Column) -> Result<T, DbErr> {
    row.try_get("", column.unquoted())
}

/// Writes an event into the transaction that it tells of. `challenge` stands for the challenge that led to it.
pub(crate) async fn record(db: &DatabaseTransaction, event: &ResetEvent, challenge: Option<&str>) -> Result<(), DbErr> {
    let row = [
        (Column::Id, event.id.as_str().into()),
        (Column::AccountId, event.account_id.as_str().into()),
        (Column::Kind, KIND.into()),
        (Column::OccurredAt, event.occurred_at.into()),
        (Column::AddressAtEvent, event.address_at_event.as_str().into()),
        (Column::Client, kept(event.client.as_deref(), MAX_CLIENT).into()),
        (Column::UserAgent, kept(event.user_agent.as_deref(), MAX_USER_AGENT).into()),
        (Column::Languages, kept(event.languages.as_deref(), MAX_LANGUAGES).into()),
        (Column::WebhookDoneAt, event.webhook_done_at.into()),
        (Column::NextPushAt, event.occurred_at.saturating_add(FIRST_SWEEP_MS).into()),
        (Column::Challenge, challenge.into()),
        (Column::Traceparent, event.trace.map(|trace| trace.to_string()).into()),
    ];
    let mut insert = Query::insert().into_table(Column::Table).to_owned();
    add(&mut insert, row);
    db.execute(&insert).await.map(drop)
}

/// Rows that are outbox.
pub(super) fn select() -> SelectStatement {
    select_all().and_where(Expr::col(Column::Kind).eq(KIND)).to_owned()
}

/// The event of such a row.
pub(super) fn read(row: &QueryResult) -> Result<ResetEvent, DbErr> {
    let address: String = get(row, Column::AddressAtEvent)?;
    let traceparent: Option<String> = get(row, Column::Traceparent)?;
    Ok(ResetEvent {
        id: get(row, Column::Id)?,
        account_id: AccountId::new(get::<String>(row, Column::AccountId)?),
        occurred_at: get(row, Column::OccurredAt)?,
        address_at_event: Email::parse(&address).map_err(|error| DbErr::Type(error.to_string()))?,
        client: get(row, Column::Client)?,
        user_agent: get(row, Column::UserAgent)?,
        languages: get(row, Column::Languages)?,
        // What a hand wrote there that is none is no reason to tell nobody.
        trace: traceparent.as_deref().and_then(TraceContext::parse),
        notice_done_at: get(row, Column::NoticeDoneAt)?,
        notice_given_up_at: get(row, Column::NoticeGivenUpAt)?,
        webhook_done_at: get(row, Column::WebhookDoneAt)?,
        webhook_given_up_at: get(row, Column::WebhookGivenUpAt)?,
    })
}
