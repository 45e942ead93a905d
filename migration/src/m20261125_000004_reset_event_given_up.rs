//! When a notice or a webhook was given up: its row is then nothing for the sweep, whatever becomes of the other one.

use sea_orm_migration::prelude::*;

use crate::repeat::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum ResetEvent {
    Table,
    NoticeGivenUpAt,
    WebhookGivenUpAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One after another: SQLite adds one column at a time.
        for column in [ResetEvent::NoticeGivenUpAt, ResetEvent::WebhookGivenUpAt] {
            add_column(manager, ResetEvent::Table, ColumnDef::new(column).big_integer().to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [ResetEvent::NoticeGivenUpAt, ResetEvent::WebhookGivenUpAt] {
            drop_column(manager, ResetEvent::Table, column).await?;
        }
        Ok(())
    }
}
