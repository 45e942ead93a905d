//! The account table as it is. Nothing outside `account` knows the names of its columns.

use std::fmt;

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Names the account.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// ASCII lower case, unique.
    pub email: String,
    /// In any format that `rekey-api account verify` reads; argon2id after a reset.
    pub password_hash: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    /// Milliseconds since 1970.
    pub disabled_at: Option<i64>,
    /// Milliseconds since 1970.
    pub password_changed_at: Option<i64>,
    /// Counts resets: the application ends sessions that were opened under a lower one.
    pub session_epoch: i64,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("account").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
