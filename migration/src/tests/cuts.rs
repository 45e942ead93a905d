//! Migrations that were cut off: whichever of its changes were made, each can be run again, up and down.

use std::collections::BTreeSet;

use sea_orm_migration::sea_orm::{DbBackend, Statement};

use super::*;

/// A column or an index as the database describes it. What is unique is made with its table, and no change of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Thing {
    is_index: bool,
    table: String,
    name: String,
    form: String,
}

/// Table, name and form of each column and of each index, in the words of a database.
const SQLITE: [&str; 2] = [
    "SELECT t.name, c.name, c.type || ' ' || c.\"notnull\" || ' ' || coalesce(c.dflt_value, '') || ' ' || c.pk \
     FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    "SELECT t.name, i.name, (SELECT group_concat(name) FROM pragma_index_info(i.name)) \
     FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'",
];
const POSTGRES: [&str; 2] = [
    "SELECT table_name::text, column_name::text, \
     concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default) \
     FROM information_schema.columns WHERE table_schema = current_schema()",
    "SELECT tablename::text, indexname::text, indexdef FROM pg_indexes \
     WHERE schemaname = current_schema() AND indexdef NOT LIKE 'CREATE UNIQUE %'",
];
const MYSQL: [&str; 2] = [
    "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR), \
     CAST(concat_ws(' ', column_type, is_nullable, column_default, collation_name) AS CHAR) \
     FROM information_schema.columns WHERE table_schema = database()",
    "SELECT CAST(table_name AS CHAR), CAST(index_name AS CHAR), \
     CAST(group_concat(column_name ORDER BY seq_in_index) AS CHAR) \
     FROM information_schema.statistics WHERE table_schema = database() AND non_unique = 1 GROUP BY 1, 2",
];

/// All of the schema, but for the library's own table.
async fn schema(db: &DatabaseConnection) -> BTreeSet<Thing> {
    let backend = db.get_database_backend();
    let queries = match backend {
        DbBackend::Postgres => POSTGRES,
        DbBackend::MySql => MYSQL,
        _ => SQLITE,
    };
    let mut things = BTreeSet::new();
    for (is_index, query) in [(false, queries[0]), (true, queries[1])] {
        for row in db.query_all_raw(Statement::from_string(backend, query)).await.unwrap() {
            let [table, name, form] = [0, 1, 2].map(|index| row.try_get_by_index::<String>(index).unwrap());
            if table != TABLE && !table.starts_with("sqlite_") {
                things.insert(Thing { is_index, table, name, form });
            }
        }
    }
    things
}

/// What takes a change back, each by one statement, in an order in which it can be done.
fn undoing(backend: DbBackend, before: &BTreeSet<Thing>, after: &BTreeSet<Thing>) -> Vec<(Thing, String)> {
    let is_new = |table: &str| !before.iter().any(|thing| thing.table == table);
    let mut tables = BTreeSet::new();
    let mut statements = Vec::new();
    for thing in after.difference(before) {
        let Thing { table, name, .. } = thing;
        statements.push(match thing.is_index {
            true if backend == DbBackend::MySql => (0, thing.clone(), format!("DROP INDEX {name} ON {table}")),
            true => (0, thing.clone(), format!("DROP INDEX {name}")),
            false if !is_new(table) => (1, thing.clone(), format!("ALTER TABLE {table} DROP COLUMN {name}")),
            false if tables.insert(table) => (2, thing.clone(), format!("DROP TABLE {table}")),
            false => continue,
        });
    }
    statements.sort_by_key(|(order, ..)| *order);
    statements.into_iter().map(|(_, thing, statement)| (thing, statement)).collect()
}

async fn run(db: &DatabaseConnection, statements: impl IntoIterator<Item = &String>) {
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

#[tokio::test]
async fn a_migration_that_was_cut_off_anywhere_can_be_run_again() {
    let (db, _folder) = empty().await;
    let mut cuts = 0;
    for migration in Migrator::migrations() {
        let name = migration.name();
        let before = schema(&db).await;
        Migrator::up(&db, Some(1)).await.unwrap();
        let after = schema(&db).await;
        let undoing = undoing(db.get_database_backend(), &before, &after);
        assert!(!undoing.is_empty(), "{name} changes nothing");
        let tables: Vec<_> = undoing.iter().filter(|(_, statement)| statement.starts_with("DROP TABLE")).collect();

        // Every set of its changes that can be there without the others.
        for set in 0..1_u32 << undoing.len() {
            let missing: Vec<_> =
                undoing.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0).map(|(_, change)| change).collect();
            let is_missing = |wanted: &Thing| missing.iter().any(|(thing, _)| thing == wanted);
            let lacks_its_table = |thing: &Thing| {
                tables.iter().any(|(table, _)| is_missing(table) && table.table == thing.table && !is_missing(thing))
            };
            if undoing.iter().any(|(thing, _)| lacks_its_table(thing)) {
                continue;
            }
            let statements: Vec<_> = missing.iter().map(|(_, statement)| statement).collect();
            cuts += 1;

            // On its way up it is not noted as applied yet.
            run(&db, statements.iter().copied()).await;
            run(&db, [&format!("DELETE FROM {TABLE} WHERE version = '{name}'")]).await;
            let again = Migrator::up(&db, Some(1)).await;
            assert!(again.is_ok(), "{name} up, without {statements:?}: {again:?}");
            assert_eq!(schema(&db).await, after, "{name} up, without {statements:?}");
            assert!(status(&db).await.unwrap().applied.iter().any(|applied| applied == name));

            // On its way down it still is.
            run(&db, statements.iter().copied()).await;
            let again = Migrator::down(&db, Some(1)).await;
            assert!(again.is_ok(), "{name} down, without {statements:?}: {again:?}");
            assert_eq!(schema(&db).await, before, "{name} down, without {statements:?}");
            Migrator::up(&db, Some(1)).await.unwrap();
            if db.get_database_backend() == DbBackend::MySql {
                // Columns that were dropped at once still count for a row's size, until the table is made anew.
                let tables: BTreeSet<_> = after.iter().map(|thing| &thing.table).collect();
                run(&db, &tables.iter().map(|table| format!("ALTER TABLE {table} FORCE")).collect::<Vec<_>>()).await;
            }
        }
    }
    assert!(cuts > 2 * Migrator::migrations().len(), "{cuts} cuts are not all");
}

#[tokio::test]
async fn all_migrations_can_be_run_again_when_none_is_noted() {
    let (db, _folder) = empty().await;
    let all = up(&db).await.unwrap();
    let after = schema(&db).await;
    run(&db, [&format!("DELETE FROM {TABLE}")]).await;
    assert_eq!(up(&db).await.unwrap(), all);
    assert_eq!(schema(&db).await, after);
}
