//! Rekey's tables, step by step.
//!
//! A migration is never changed once it was released: the next one mends it. Programs of the version before must be
//! able to work with the tables that a migration leaves, since both run side by side while an operator updates. And each
//! can be run again, up and down, from wherever it was cut off ([`repeat`]).

mod m20261123_000001_account;
mod m20261123_000002_reset_event;
mod m20261125_000003_reset_event_languages;
mod m20261125_000004_reset_event_given_up;
mod m20261125_000005_reset_event_audit;
mod m20261125_000006_account_second_factor;
mod m20261125_000007_reset_event_given_up_index;
mod m20261129_000008_reset_event_traceparent;
mod repeat;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DatabaseConnection, DynIden},
};

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

/// Where the names of applied migrations stand. Not the library's default: the database may be that of an
/// application which uses it too.
const TABLE: &str = "rekey_migration";

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_account::Migration),
            Box::new(m20261123_000002_reset_event::Migration),
            Box::new(m20261125_000003_reset_event_languages::Migration),
            Box::new(m20261125_000004_reset_event_given_up::Migration),
            Box::new(m20261125_000005_reset_event_audit::Migration),
            Box::new(m20261125_000006_account_second_factor::Migration),
            Box::new(m20261125_000007_reset_event_given_up_index::Migration),
            Box::new(m20261129_000008_reset_event_traceparent::Migration),
        ]
    }

    fn migration_table_name() -> DynIden {
        TABLE.into_iden()
    }
}

/// Names of migrations, each list oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Known and applied.
    pub applied: Vec<String>,
    /// Known and not applied: the schema is behind the program.
    pub pending: Vec<String>,
    /// Applied and not known: the schema is ahead, a newer program made it. An older one works with it.
    pub unknown: Vec<String>,
}

/// Compares the database with this program. It writes nothing, not even the table of migrations.
///
/// # Errors
/// If the database does not answer.
pub async fn status(db: &DatabaseConnection) -> Result<Status, DbErr> {
    let mut in_database = Vec::new();
    if SchemaManager::new(db).has_table(TABLE).await? {
        let version = Alias::new("version");
        let query = Query::select().column(version.clone()).from(TABLE).order_by(version, Order::Asc).to_owned();
        for row in db.query_all(&query).await? {
            in_database.push(row.try_get::<String>("", "version")?);
        }
    }
    let mut status = Status::default();
    for migration in Migrator::migrations() {
        let name = migration.name().to_owned();
        let list = if in_database.contains(&name) { &mut status.applied } else { &mut status.pending };
        list.push(name);
    }
    status.unknown = in_database.into_iter().filter(|name| !status.applied.contains(name)).collect();
    Ok(status)
}

/// The migrations that the database lacks; none if it is up to date or ahead.
///
/// # Errors
/// If the database does not answer.
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(status(db).await?.pending)
}

/// Applies what is pending and returns its names.
///
/// # Errors
/// If the database does not answer, refuses a statement, or is ahead *and* behind (two branches met).
pub async fn up(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let before = status(db).await?;
    if before.pending.is_empty() {
        return Ok(before.pending);
    }
    Migrator::up(db, None).await?;
    Ok(before.pending)
}

/// Takes back the newest migration, with the data that its tables hold, and returns its name.
///
/// # Errors
/// If the database does not answer or refuses a statement, and if it is ahead: only the program that knows the newest
/// migration can take it back.
pub async fn down(db: &DatabaseConnection) -> Result<Option<String>, DbErr> {
    let before = status(db).await?;
    if let Some(newest) = before.unknown.last() {
        return Err(DbErr::Migration(format!("{newest} was applied by a newer program: take it back with that one")));
    }
    let Some(newest) = before.applied.last() else { return Ok(None) };
    Migrator::down(db, Some(1)).await?;
    Ok(Some(newest.clone()))
}

#[cfg(test)]
mod tests;
