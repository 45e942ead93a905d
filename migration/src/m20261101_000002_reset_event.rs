//! What happened to passwords: the audit trail, and the outbox of notices and webhooks.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::{DeriveIden, DeriveMigrationName}};

/// Creates `reset_event`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum ResetEvent {
    Table,
    Id,
    AccountId,
    Kind,
    OccurredAt,
    AddressAtEvent,
    Client,
    UserAgent,
    NoticeDoneAt,
    WebhookDoneAt,
    NextPushAt,
}

/// What the sweep looks for. A row that is done has no `next_push_at`.
const SWEEP_INDEX: &str = "reset_event_next_push_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(ResetEvent::Table)
            .if_not_exists()
            .col(ColumnDef::new(ResetEvent::Id).string_len(64).not_null().primary_key())
            .col(ColumnDef::new(ResetEvent::AccountId).string_len(64).not_null())
            .col(ColumnDef::new(ResetEvent::Kind).string_len(32).not_null())
            .col(ColumnDef::new(ResetEvent::OccurredAt).big_integer().not_null())
            .col(ColumnDef::new(ResetEvent::AddressAtEvent).string_len(254).not_null())
            .col(ColumnDef::new(ResetEvent::Client).string_len(64))
            .col(ColumnDef::new(ResetEvent::UserAgent).string_len(256))
            .col(ColumnDef::new(ResetEvent::NoticeDoneAt).big_integer())
            .col(ColumnDef::new(ResetEvent::WebhookDoneAt).big_integer())
            .col(ColumnDef::new(ResetEvent::NextPushAt).big_integer())
            .to_owned();
        manager.create_table(table).await?;
        // MySQL knows no IF NOT EXISTS for an index, and its DDL is not rolled back with a migration that broke off.
        if manager.has_index("reset_event", SWEEP_INDEX).await? {
            return Ok(());
        }
        let index = Index::create().name(SWEEP_INDEX).table(ResetEvent::Table).col(ResetEvent::NextPushAt).to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(ResetEvent::Table).if_exists().to_owned()).await
    }
}
