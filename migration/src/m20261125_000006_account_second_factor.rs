//! Whether an account has a second factor: what a reset then asks for is a setting.

use sea_orm_migration::prelude::*;

use crate::repeat::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    HasSecondFactor,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // With a default, so that programs of the version before can go on adding accounts.
        let flag = ColumnDef::new(Account::HasSecondFactor).boolean().not_null().default(false).to_owned();
        add_column(manager, Account::Table, flag).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, Account::Table, Account::HasSecondFactor).await
    }
}
