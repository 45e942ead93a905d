//! Resets that happened, and whom they must still be told to.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::repeat::{create_index, drop_table};

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

const DUE: &str = "reset_event_next_push_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table(ResetEvent::Table)
            .if_not_exists()
            .col(ColumnDef::new(ResetEvent::Id).string_len(64).not_null().primary_key())
            // Text, and no foreign key: the account table may be another application's.
            .col(ColumnDef::new(ResetEvent::AccountId).string_len(64).not_null())
            .col(ColumnDef::new(ResetEvent::Kind).string_len(32).not_null())
            .col(ColumnDef::new(ResetEvent::OccurredAt).big_integer().not_null())
            .col(ColumnDef::new(ResetEvent::AddressAtEvent).string_len(254).not_null())
            .col(ColumnDef::new(ResetEvent::Client).string_len(64))
            .col(ColumnDef::new(ResetEvent::UserAgent).string_len(256))
            .col(ColumnDef::new(ResetEvent::NoticeDoneAt).big_integer())
            .col(ColumnDef::new(ResetEvent::WebhookDoneAt).big_integer())
            // Empty once there is nothing left to push, so that the sweep reads live rows alone.
            .col(ColumnDef::new(ResetEvent::NextPushAt).big_integer())
            .to_owned();
        if manager.get_database_backend() == DbBackend::MySql {
            table.character_set("utf8mb4").collate("utf8mb4_bin");
        }
        manager.create_table(table).await?;
        create_index(manager, ResetEvent::Table, DUE, [ResetEvent::NextPushAt]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, ResetEvent::Table).await
    }
}
