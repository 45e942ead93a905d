//! Whether an account has a second factor: what a reset then asks for is a setting.

use sea_orm_migration::prelude::*;

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
        manager.alter_table(Table::alter().table(Account::Table).add_column(flag).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(Account::Table).drop_column(Account::HasSecondFactor).to_owned()).await
    }
}
