//! The user table of an application that brings none of its own.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{DbBackend, DeriveIden, DeriveMigrationName},
};

/// Creates `account`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    Email,
    PasswordHash,
    Locale,
    DisabledAt,
    PasswordChangedAt,
    SessionEpoch,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let mut email = ColumnDef::new(Account::Email);
        email.custom(exact_text(backend, 254)).not_null().unique_key();
        let mut hash = ColumnDef::new(Account::PasswordHash);
        // 97 characters today; 255 leave room for longer salts and hashes.
        hash.custom(exact_text(backend, 255));
        let table = Table::create()
            .table(Account::Table)
            .if_not_exists()
            .col(ColumnDef::new(Account::Id).big_integer().not_null().auto_increment().primary_key())
            .col(&mut email)
            .col(&mut hash)
            .col(ColumnDef::new(Account::Locale).string_len(35))
            .col(ColumnDef::new(Account::DisabledAt).big_integer())
            .col(ColumnDef::new(Account::PasswordChangedAt).big_integer())
            .col(ColumnDef::new(Account::SessionEpoch).big_integer().not_null().default(0))
            .check(Expr::cust(lower_case_ascii(backend)))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Account::Table).if_exists().to_owned()).await
    }
}

/// Text that is compared octet by octet: no collation may find `mıke@` for `mike@`, or one hash for another.
fn exact_text(backend: DbBackend, octets: u32) -> String {
    match backend {
        DbBackend::MySql => format!("varchar({octets}) CHARACTER SET ascii COLLATE ascii_bin"),
        DbBackend::Postgres => format!("varchar({octets}) COLLATE \"C\""),
        _ => format!("varchar({octets}) COLLATE BINARY"),
    }
}

/// True of an address in printable ASCII without capitals. No row can differ from another by case alone.
fn lower_case_ascii(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::MySql => "email = lower(email) AND email NOT LIKE '% %'",
        DbBackend::Postgres => "email ~ '^[!-~]+$' AND email !~ '[A-Z]'",
        _ => "email NOT GLOB '*[^!-~]*' AND email NOT GLOB '*[A-Z]*'",
    }
}
