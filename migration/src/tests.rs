//! They run on SQLite, or on the server of `REKEY_TEST_DATABASE_URL`, in a database of their own.

mod cuts;

use sea_orm_migration::sea_orm::Database;
use tempfile::TempDir;

use super::*;

/// An empty database; the folder goes when it is dropped, a server's database stays until the server is thrown away.
async fn empty() -> (DatabaseConnection, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = match std::env::var("REKEY_TEST_DATABASE_URL") {
        Ok(server) => {
            let name = format!("rekey_{:016x}", rand::random::<u64>());
            let maintenance = Database::connect(&server).await.unwrap();
            maintenance.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            format!("{}/{name}", server.rsplit_once('/').unwrap().0)
        }
        Err(_) => format!("sqlite://{}?mode=rwc", folder.path().join("rekey.db").display()),
    };
    (Database::connect(url).await.unwrap(), folder)
}

async fn insert(db: &DatabaseConnection, email: &str) -> Result<(), DbErr> {
    let columns = ["email", "created_at"].map(Alias::new);
    let insert =
        Query::insert().into_table("account").columns(columns).values_panic([email.into(), 1.into()]).to_owned();
    db.execute(&insert).await.map(drop)
}

#[tokio::test]
async fn migrations_go_up_and_down_and_up_again() {
    let (db, _folder) = empty().await;
    let all: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    assert_eq!(pending(&db).await.unwrap(), all);
    assert!(!SchemaManager::new(&db).has_table(TABLE).await.unwrap(), "looking must not write");
    for _ in 0..2 {
        assert_eq!(up(&db).await.unwrap(), all);
        assert_eq!(up(&db).await.unwrap(), Vec::<String>::new());
        assert_eq!(status(&db).await.unwrap().applied, all);
        for name in all.iter().rev() {
            assert_eq!(down(&db).await.unwrap().as_ref(), Some(name));
        }
        assert_eq!(down(&db).await.unwrap(), None);
    }
    assert!(!SchemaManager::new(&db).has_table("account").await.unwrap());
}

#[tokio::test]
async fn a_schema_of_a_newer_program_is_ahead_and_not_taken_back() {
    let (db, _folder) = empty().await;
    up(&db).await.unwrap();
    let columns = ["version", "applied_at"].map(Alias::new);
    let newer = "m30000101_000001_newer";
    let insert = Query::insert().into_table(TABLE).columns(columns).values_panic([newer.into(), 1.into()]).to_owned();
    db.execute(&insert).await.unwrap();

    let seen = status(&db).await.unwrap();
    assert_eq!((seen.pending, seen.unknown), (vec![], vec![newer.to_owned()]));
    assert_eq!(up(&db).await.unwrap(), Vec::<String>::new());
    assert!(down(&db).await.unwrap_err().to_string().contains(newer));
}

#[tokio::test]
async fn r29_addresses_are_kept_in_ascii_lower_case_and_once() {
    let (db, _folder) = empty().await;
    up(&db).await.unwrap();
    insert(&db, "mike_o'neil%+@example.com").await.unwrap();
    insert(&db, "mike@example.com").await.unwrap();
    let long = format!("{}@example.com", "a".repeat(250));
    for refused in
        ["mike@example.com", "Mike@example.com", "mıke@example.com", "m\u{f6}@example.com", "İ@example.com", &long]
    {
        assert!(insert(&db, refused).await.is_err(), "{refused}");
    }
}
