//! The names in the account table.

use sea_orm::DeriveIden;

use super::AccountId;

#[derive(DeriveIden, Clone, Copy)]
pub(super) enum Column {
    #[sea_orm(iden = "account")]
    Table,
    Id,
    Email,
    PasswordHash,
    Locale,
    DisabledAt,
    PasswordChangedAt,
    SessionEpoch,
    CreatedAt,
    HasSecondFactor,
}

/// The id as the column has it; nothing if it cannot be one.
pub(super) fn key(id: &AccountId) -> Option<i64> {
    id.as_str().parse().ok()
}
