//! The language in which somebody reset their password, for the notice to an account that has none of its own.

use sea_orm_migration::prelude::*;

use crate::repeat::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum ResetEvent {
    Table,
    Languages,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An `Accept-Language`, as the API keeps it: ASCII, 100 characters at most.
        let languages = ColumnDef::new(ResetEvent::Languages).string_len(100).to_owned();
        add_column(manager, ResetEvent::Table, languages).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, ResetEvent::Table, ResetEvent::Languages).await
    }
}
