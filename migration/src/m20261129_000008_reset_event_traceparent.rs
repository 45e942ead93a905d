//! The trace in which a password was changed: notice and webhook go on in it, whoever pushes their jobs.

use sea_orm_migration::prelude::*;

use crate::repeat::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum ResetEvent {
    Table,
    Traceparent,
}

/// `00-<32 hex>-<16 hex>-<2 hex>`: W3C Trace Context, version 00 of `traceparent`.
const TRACEPARENT_CHARACTERS: u32 = 55;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Empty in rows of older programs, which do not know it.
        let traceparent = ColumnDef::new(ResetEvent::Traceparent).string_len(TRACEPARENT_CHARACTERS).to_owned();
        add_column(manager, ResetEvent::Table, traceparent).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, ResetEvent::Table, ResetEvent::Traceparent).await
    }
}
