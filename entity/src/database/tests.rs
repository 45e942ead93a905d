use std::{
    io::{self, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::*;

const SECRET: &str = "hunter2-in-the-url";

#[test]
fn urls_are_recognised_and_nothing_of_them_is_shown() {
    for url in ["sqlite://a.db?mode=rwc", "postgres://u:p@h/d", "postgresql://h/d", "mysql://h/d", "mariadb://h/d"] {
        assert!(Settings::parse(url).is_some(), "{url}");
    }
    for url in ["", "a.db", "redis://h", "http://h/", &format!("postgres://u:{SECRET}@h:port/d")] {
        assert!(Settings::parse(url).is_none(), "{url}");
    }
    let shown = format!("{:?}", Settings::parse(&format!("postgres://u:{SECRET}@h/d")));
    assert!(!shown.contains(SECRET) && shown.contains("postgres"), "{shown}");

    let bad = Some(format!("postgres://u:{SECRET}@h:port/d"));
    let source = Source::from_parts(None, [("REKEY_DATABASE_URL".to_owned(), bad)]).unwrap();
    let error = Settings::read(&source).unwrap_err().to_string();
    assert!(error.starts_with("REKEY_DATABASE_URL") && !error.contains(SECRET), "{error}");
}

#[tokio::test]
async fn an_empty_file_is_made_where_none_was_and_only_for_who_may_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rekey.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let db = connect(&Settings::parse(&url).unwrap().existing()).await.unwrap();
    let error = answer(db.execute_unprepared("SELECT 1")).await.unwrap_err();
    assert!(is_passing(&error) && !file.exists(), "{error}");
    let first = connect(&Settings::parse(&url).unwrap()).await.unwrap();
    answer(first.execute_unprepared("CREATE TABLE here (x)")).await.unwrap();
    first.close().await.unwrap();
    answer(db.execute_unprepared("SELECT * FROM here")).await.unwrap();
    db.close().await.unwrap();
    let again = connect(&Settings::parse(&url).unwrap()).await.unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(answer(again.execute_unprepared("SELECT 1")).await.is_err() && !file.exists(), "it was there at first");
}

#[tokio::test]
async fn connecting_waits_for_nobody_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("later");
    let url = format!("sqlite://{}?mode=rwc", later.join("rekey.db").display());
    let db = connect(&Settings::parse(&url).unwrap()).await.unwrap();
    assert!(answer(db.execute_unprepared("SELECT 1")).await.is_err());
    std::fs::create_dir(&later).unwrap();
    answer(db.execute_unprepared("SELECT 1")).await.unwrap();
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn r68_neither_log_nor_error_shows_the_password_of_the_url() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut said = String::new();
    for scheme in ["postgres", "mysql"] {
        let settings = Settings::parse(&format!("{scheme}://mike:{SECRET}@127.0.0.1:{port}/d")).unwrap();
        let db = connect(&settings).await.unwrap();
        let error = answer(db.execute_unprepared("SELECT 1")).await.unwrap_err();
        said += &format!("{error} {error:?} {} {db:?}", describe(&error));
    }
    said += &String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("execute_unprepared"), "the log is not being looked at");
    assert!(!said.contains(SECRET));
}

#[test]
fn flags_of_sqlite_are_words() {
    for (flags, found) in
        [("-DSQLITE_DQS=0", true), ("-DX -DSQLITE_DQS=0 -DY", true), ("-DSQLITE_DQS=01", false), ("", false)]
    {
        assert_eq!(is_among(Some(flags), b"-DSQLITE_DQS=0"), found, "{flags}");
    }
    assert!(!is_among(None, b"-DSQLITE_DQS=0"));
}

/// An old SQLite habit takes a quoted name that it does not know for a text. A connection that has read the schema
/// before another migrates it would so read the new columns as texts, and sea-orm their values as none.
#[tokio::test]
async fn a_quoted_name_is_never_taken_for_a_text() {
    let fresh = testing::fresh().await;
    let query = if fresh.db.get_database_backend() == DbBackend::MySql {
        "SELECT `no_such_column` FROM reset_event"
    } else {
        "SELECT \"no_such_column\" FROM reset_event"
    };
    assert!(fresh.db.query_one_raw(Statement::from_string(fresh.db.get_database_backend(), query)).await.is_err());
}

#[tokio::test]
async fn a_connection_from_before_a_migration_reads_the_columns_that_it_adds() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        || Settings::parse(&format!("sqlite://{}?mode=rwc", folder.path().join("rekey.db").display())).unwrap();
    let (old, new) = (connect(&settings()).await.unwrap(), connect(&settings()).await.unwrap());
    old.execute_unprepared("CREATE TABLE known (a text); INSERT INTO known VALUES ('a')").await.unwrap();
    new.execute_unprepared("ALTER TABLE known ADD COLUMN b text; UPDATE known SET b = 'b'").await.unwrap();
    let query = Statement::from_string(DbBackend::Sqlite, "SELECT \"b\" FROM known");
    let row = old.query_one_raw(query).await.unwrap().unwrap();
    assert_eq!(row.try_get::<Option<String>>("", "b").unwrap().as_deref(), Some("b"));
}
