//! The commands beside `serve`.

pub mod account;
pub mod events;
pub mod limits;
pub mod migrate;
pub mod page;

use anyhow::{Context as _, anyhow, bail};
use entity::{
    database::{self, describe},
    settings::Source,
};
use sea_orm::{DatabaseConnection, DbErr};

/// A database that answers and has the schema of this program.
///
/// # Errors
/// What is missing.
async fn current_database(source: &Source) -> anyhow::Result<DatabaseConnection> {
    let db = connect(source).await?;
    let pending = migration::pending(&db).await.map_err(failed)?;
    if !pending.is_empty() {
        bail!("the database's schema is behind: run `rekey-api migrate up`");
    }
    Ok(db)
}

async fn connect(source: &Source) -> anyhow::Result<DatabaseConnection> {
    let settings = database::Settings::read(source)?;
    database::connect(&settings).await.ok().context("REKEY_DATABASE_URL: cannot be used")
}

/// What the database did not do, in words that quote nothing of it.
fn failed(error: DbErr) -> anyhow::Error {
    anyhow!("the database: {}", describe(&error))
}
