//! The harness itself: its servers start, stop and come back.

use e2e::Kind;
use e2e::server::database::Database;
use e2e::server::postgres::Postgres;
use e2e::server::redis::Redis;
use e2e::sql::Sql;

#[tokio::test]
async fn redis_keeps_its_data_when_it_is_killed() {
    let mut redis = Redis::start().await;
    redis.call(&["SET", "key", "value"]).await;
    redis.kill();
    redis.start_again().await;
    assert_eq!(redis.call(&["GET", "key"]).await.text(), "value");
    redis.start_empty().await;
    assert_eq!(redis.keys().await.len(), 0);
}

#[tokio::test]
async fn a_monitor_sees_what_redis_is_asked() {
    let redis = Redis::start().await;
    let mut monitor = redis.monitor().await;
    redis.call(&["SET", "key", "canary"]).await;
    let lines = monitor.so_far(&redis).await;
    assert!(lines.iter().any(|line| line.contains("canary")));
}

#[tokio::test]
async fn every_kind_of_database_starts() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [Kind::Sqlite, Kind::Postgres, Kind::MariaDb] {
        let database = Database::create(kind, folder.path()).await;
        let sql = Sql::connect(database.url()).await;
        sql.run("CREATE TABLE thing (name VARCHAR(20), size BIGINT)").await;
        assert_eq!(sql.run("INSERT INTO thing VALUES ('one', 1)").await, 1);
        assert_eq!(sql.text("SELECT name FROM thing").await.as_deref(), Some("one"));
        assert_eq!(sql.number("SELECT size FROM thing").await, Some(1));
        assert_eq!(sql.number("SELECT COUNT(*) FROM thing").await, Some(1));
        assert!(sql.all_text("thing").await.contains("one"));
    }
}

#[tokio::test]
async fn a_postgres_of_ones_own_goes_and_comes_back() {
    let mut postgres = Postgres::prepared();
    postgres.start().await;
    Sql::connect(&postgres.url()).await.run("CREATE TABLE thing (name TEXT)").await;
    postgres.stop();
    postgres.start().await;
    let sql = Sql::connect(&postgres.url()).await;
    assert_eq!(sql.number("SELECT COUNT(*) FROM thing").await, Some(0));
}
