//! A database of one's own with Rekey's tables: SQLite, or on the server of `REKEY_TEST_DATABASE_URL`.

use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use tempfile::TempDir;

use super::{Settings, connect};

/// The database lives as long as the folder; on a server it stays until the server is thrown away.
pub(crate) struct Fresh {
    pub(crate) db: DatabaseConnection,
    _folder: TempDir,
}

/// Makes one.
pub(crate) async fn fresh() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let url = match std::env::var("REKEY_TEST_DATABASE_URL") {
        Ok(server) => {
            let name = format!("rekey_{:016x}", rand::random::<u64>());
            let maintenance = connect(&Settings::parse(&server).unwrap()).await.unwrap();
            maintenance.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            format!("{}/{name}", server.rsplit_once('/').unwrap().0)
        }
        Err(_) => format!("sqlite://{}?mode=rwc", folder.path().join("rekey.db").display()),
    };
    let db = connect(&Settings::parse(&url).unwrap()).await.unwrap();
    migration::up(&db).await.unwrap();
    Fresh { db, _folder: folder }
}
