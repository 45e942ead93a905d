//! The audit trail: which events belong to one reset, how often one happened, and why something was refused; with
//! indexes to find an account's events, and the old ones.

use sea_orm_migration::prelude::*;

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
            manager.alter_table(Table::alter().table(ResetEvent::Table).add_column(column).to_owned()).await?;
        }
        let index = |name: &str| Index::create().name(name).table(ResetEvent::Table).to_owned();
        manager
            .create_index(index(BY_ACCOUNT).col(ResetEvent::AccountId).col(ResetEvent::OccurredAt).to_owned())
            .await?;
        manager.create_index(index(BY_TIME).col(ResetEvent::OccurredAt).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A program that knows no other kinds would take each row for a password that was changed.
        let others = Query::delete()
            .from_table(ResetEvent::Table)
            .and_where(Expr::col(Alias::new("kind")).ne("password_reset"))
            .to_owned();
        manager.exec_stmt(others).await?;
        for name in [BY_TIME, BY_ACCOUNT] {
            manager.drop_index(Index::drop().name(name).table(ResetEvent::Table).to_owned()).await?;
        }
        for column in [ResetEvent::Reason, ResetEvent::Times, ResetEvent::Challenge] {
            manager.alter_table(Table::alter().table(ResetEvent::Table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
