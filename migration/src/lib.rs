//! Rekey's database schema, for SQLite, PostgreSQL, MySQL and MariaDB.
//!
//! Times are BIGINT, milliseconds since 1970, UTC: the one form that the three databases store and compare alike.

mod m20261101_000001_account;
mod m20261101_000002_reset_event;

use sea_orm_migration::{Migration, MigrationStatus, async_trait, prelude::*, sea_orm::DatabaseConnection};

/// All migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261101_000001_account::Migration), Box::new(m20261101_000002_reset_event::Migration)]
    }
}

/// A migration and whether it was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// Every migration of this program, in order.
///
/// # Errors
/// If the database does not answer, or has migrations that this program does not know: then it is older than its
/// schema.
pub async fn status(db: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    let steps = Migrator::get_migration_with_status(db).await?;
    let step = |step: &Migration| Step { name: step.name().to_owned(), applied: step.status() == MigrationStatus::Applied };
    Ok(steps.iter().map(step).collect())
}

/// The names of the migrations that the database lacks.
///
/// # Errors
/// As [`status`].
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    Ok(status(db).await?.into_iter().filter(|step| !step.applied).map(|step| step.name).collect())
}

/// Applies what is missing.
///
/// # Errors
/// If the database refuses; what was applied before stays.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(db, None).await
}

/// Takes the last migration back, with its data.
///
/// # Errors
/// If the database refuses.
pub async fn down(db: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::down(db, Some(1)).await
}
