//! Changes of a table that can be made twice.
//!
//! MySQL and MariaDB commit each statement by itself, and on SQLite a migration has no transaction. One that was cut off
//! between two statements, by a kill or a power cut, is not noted as applied: it runs again from its first one, and finds
//! a part of its work done.

use sea_orm_migration::prelude::*;

/// Adds a column, unless it is there.
pub async fn add_column(manager: &SchemaManager<'_>, table: impl Iden, column: ColumnDef) -> Result<(), DbErr> {
    if manager.has_column(table.unquoted(), column.get_column_name()).await? {
        return Ok(());
    }
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

/// Drops a column, if it is there.
pub async fn drop_column(manager: &SchemaManager<'_>, table: impl Iden, column: impl Iden) -> Result<(), DbErr> {
    if !manager.has_column(table.unquoted(), column.unquoted()).await? {
        return Ok(());
    }
    manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await
}

/// Makes an index of columns in this order, unless there is one of its name.
pub async fn create_index<T: Iden>(
    manager: &SchemaManager<'_>,
    table: T,
    name: &str,
    columns: impl IntoIterator<Item = T>,
) -> Result<(), DbErr> {
    // MySQL knows no IF NOT EXISTS here.
    if manager.has_index(table.unquoted(), name).await? {
        return Ok(());
    }
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(column.into_iden());
    }
    manager.create_index(index).await
}

/// Drops an index, if it is there.
pub async fn drop_index(manager: &SchemaManager<'_>, table: impl Iden, name: &str) -> Result<(), DbErr> {
    if !manager.has_index(table.unquoted(), name).await? {
        return Ok(());
    }
    manager.drop_index(Index::drop().name(name).table(table).to_owned()).await
}

/// Drops a table and what is in it, if it is there.
pub async fn drop_table(manager: &SchemaManager<'_>, table: impl Iden) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(table).if_exists().to_owned()).await
}
