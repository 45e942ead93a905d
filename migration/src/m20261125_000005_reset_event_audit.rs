//! The audit trail: which events belong to one reset, how often one happened, and why something was refused; with
//! indexes to find an account's events, and the old ones.

use sea_orm_migration::prelude::*;

use crate::repeat::{add_column, create_index, drop_column, drop_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum ResetEvent {
    Table,
    AccountId,
    OccurredAt,
    Challenge,
    Times,
    Reason,
}

/// Of an account, by time.
const BY_ACCOUNT: &str = "reset_event_account_id";
/// The oldest first.
const BY_TIME: &str = "reset_event_occurred_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Empty in rows of older programs, which know none of them.
        let columns = [
            ColumnDef::new(ResetEvent::Challenge).string_len(32).to_owned(),
            ColumnDef::new(ResetEvent::Times).big_integer().to_owned(),
            ColumnDef::new(ResetEvent::Reason).string_len(32).to_owned(),
        ];
        // One after another: SQLite adds one column at a time.
        for column in columns {
            add_column(manager, ResetEvent::Table, column).await?;
        }
        let by_account = [ResetEvent::AccountId, ResetEvent::OccurredAt];
        create_index(manager, ResetEvent::Table, BY_ACCOUNT, by_account).await?;
        create_index(manager, ResetEvent::Table, BY_TIME, [ResetEvent::OccurredAt]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A program that knows no other kinds would take each row for a password that was changed.
        let others = Query::delete()
            .from_table(ResetEvent::Table)
            .and_where(Expr::col(Alias::new("kind")).ne("password_reset"))
            .to_owned();
        manager.exec_stmt(others).await?;
        for name in [BY_TIME, BY_ACCOUNT] {
            drop_index(manager, ResetEvent::Table, name).await?;
        }
        for column in [ResetEvent::Reason, ResetEvent::Times, ResetEvent::Challenge] {
            drop_column(manager, ResetEvent::Table, column).await?;
        }
        Ok(())
    }
}
