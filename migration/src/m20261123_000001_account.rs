//! The user table that Rekey keeps for itself.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::repeat::drop_table;

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
    CreatedAt,
}

/// RFC 5321, section 4.5.3.1.3 with erratum 1690.
const EMAIL_OCTETS: u32 = 254;
/// The longest hash that Rekey writes or verifies has about 150 characters; 255 is what R45 asks for.
const HASH_CHARACTERS: u32 = 512;
/// BCP 47 tags in use are shorter (RFC 5646, section 4.4.1, asks for 35 at least).
const LOCALE_CHARACTERS: u32 = 35;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let mut table = Table::create()
            .table(Account::Table)
            .if_not_exists()
            .col(ColumnDef::new(Account::Id).big_integer().not_null().auto_increment().primary_key())
            .col(ColumnDef::new(Account::Email).string_len(EMAIL_OCTETS).not_null().unique_key())
            .col(ColumnDef::new(Account::PasswordHash).string_len(HASH_CHARACTERS))
            .col(ColumnDef::new(Account::Locale).string_len(LOCALE_CHARACTERS))
            .col(ColumnDef::new(Account::DisabledAt).big_integer())
            .col(ColumnDef::new(Account::PasswordChangedAt).big_integer())
            .col(ColumnDef::new(Account::SessionEpoch).big_integer().not_null().default(0))
            .col(ColumnDef::new(Account::CreatedAt).big_integer().not_null())
            .check(Expr::cust(ascii_lower_case(backend)))
            .to_owned();
        if backend == DbBackend::MySql {
            // Any other collation finds look-alikes: `ai_ci` takes `mıke@` for `mike@`.
            table.character_set("utf8mb4").collate("utf8mb4_bin");
        }
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, Account::Table).await
    }
}

/// That an address is ASCII, has no upper case and is not too long (SQLite does not look at a column's length).
fn ascii_lower_case(backend: DbBackend) -> &'static str {
    match backend {
        // `lower` folds ASCII alone in the collation C, whatever the database's is.
        DbBackend::Postgres => {
            r#"octet_length(email) = char_length(email) AND email COLLATE "C" = lower(email COLLATE "C")"#
        }
        DbBackend::MySql => "length(email) = char_length(email) AND email = lower(email)",
        // GLOB is case-sensitive and compares code points; the range is every printable character of ASCII.
        _ => "email NOT GLOB '*[^ -~]*' AND email NOT GLOB '*[A-Z]*' AND length(email) <= 254",
    }
}
