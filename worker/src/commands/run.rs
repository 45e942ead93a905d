//! `rekey-worker run`.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::Context;
use entity::{
    database, logging,
    settings::{SettingError, Source},
    store::{AGREE_EVERY, ShardError, Store},
    telemetry,
};
use fred::clients::Client;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::Ended;
use crate::{
    audit, health,
    jobs::Jobs,
    outbox,
    post::Mails,
    queue::Policy,
    settings::Settings,
    webhook::Hook,
    work::{self, Link, Worker},
};

/// Longest wait for the goodbye to the mail server.
const GOODBYE: Duration = Duration::from_millis(500);

/// Takes jobs until SIGTERM or SIGINT; a second one ends it at once. Redis, the database and the mail server may be away,
/// at start as well.
pub async fn run(source: &Source) -> Result<(), Ended> {
    let settings = Settings::read(source)?;
    let post = Mails::read(source)?;
    let hook = Hook::read(source)?;
    logging::init(&settings.logging);
    telemetry::init(&settings.telemetry, "rekey-worker", env!("CARGO_PKG_VERSION"))?;

    let stop = stop_on_signals().context("signals cannot be watched")?;
    let store = Store::connect(&settings.store).context("the client of Redis cannot be built")?;
    let database = database::connect(&settings.database)
        .await
        .map_err(|error| anyhow::anyhow!("the database cannot be used: {}", database::describe(&error)))?;
    let (redis_link, database_link) = (Arc::new(Link::new("redis")), Arc::new(Link::new("database")));

    let parts = health::Parts { store: store.clone(), database: database.clone() };
    health::listen(settings.internal_listen, parts, stop.clone()).await.map_err(|error| {
        let problem = format!("{} cannot be listened on: {}", settings.internal_listen, error.kind());
        SettingError::of("worker.internal_listen", problem)
    })?;

    if !agree_on_shards(&store, &redis_link, &stop).await? {
        return Ok(());
    }
    tokio::spawn(outbox::sweep(database.clone(), Arc::clone(&database_link), store.clone(), Arc::clone(&redis_link)));
    let keeper = audit::Keeper {
        store: store.clone(),
        redis_link: Arc::clone(&redis_link),
        database: database.clone(),
        database_link: Arc::clone(&database_link),
        retention: settings.retention,
    };
    tokio::spawn(keeper.run());
    let sleepers = sleepers(&settings, &store).context("the client of Redis cannot be built")?;
    let handler = Jobs {
        store: store.clone(),
        database,
        database_link,
        keyring: settings.keyring,
        format: settings.format,
        post: post.clone(),
        webhook: hook,
        refuses_second_factor: settings.second_factor.refuses().cloned(),
    };
    // A tenth of the grace period is for the goodbye to the mail server and for the last traces.
    let goodbye = settings.grace / 10;
    let how = work::Settings {
        name: format!("{}-{:08x}", std::process::id(), rand::random::<u32>()),
        concurrency: settings.concurrency,
        grace: settings.grace.saturating_sub(goodbye),
        policy: Policy::default(),
    };
    let disagreement = Arc::new(OnceLock::new());
    tokio::spawn(keep_agreeing(store.clone(), stop.clone(), Arc::clone(&disagreement)));
    tracing::info!(worker = how.name, "takes jobs");
    Worker::new(&store, how, Arc::new(handler), redis_link).run(sleepers, stop).await;
    let closed = tokio::time::timeout(GOODBYE.min(goodbye), post.close());
    let _ = tokio::join!(closed, telemetry::shutdown(goodbye));
    tracing::info!("stopped");
    match disagreement.get() {
        Some(theirs) => Err(differs(store.names().shards(), *theirs)),
        None => Ok(()),
    }
}

fn differs(ours: u16, theirs: u16) -> Ended {
    let problem = format!("is {ours} here, but the keys in Redis were made for {theirs}");
    SettingError::of("redis.shards", problem).into()
}

/// A Redis that comes back empty has forgotten the agreement, and a program with another count may have made one of
/// its own: then this one stops.
async fn keep_agreeing(store: Store, stop: CancellationToken, disagreement: Arc<OnceLock<u16>>) {
    loop {
        tokio::time::sleep(AGREE_EVERY).await;
        if let Err(ShardError::Differs { theirs, .. }) = store.agree_on_shards().await {
            let _ = disagreement.set(theirs);
            stop.cancel();
            return;
        }
        store.look_at_memory().await;
    }
}

/// Waits for Redis, and ends if other programs count other shards. False if told to stop before that.
async fn agree_on_shards(store: &Store, link: &Link, stop: &CancellationToken) -> Result<bool, Ended> {
    let mut pause = Duration::from_millis(20);
    loop {
        match store.agree_on_shards().await {
            Err(ShardError::Differs { ours, theirs }) => {
                return Err(differs(ours, theirs));
            }
            // The first connection takes a moment: that is no loss to report.
            Err(_) if pause < Duration::from_millis(500) => {}
            answer => {
                if link.note(answer).is_ok() {
                    store.look_at_memory().await;
                    return Ok(true);
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(false),
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(Duration::from_secs(1)),
        }
    }
}

/// One connection waits on all wake lists, or one for each shard where they lie on different servers.
fn sleepers(settings: &Settings, store: &Store) -> Result<Vec<(Client, Vec<String>)>, entity::store::StoreError> {
    let keys: Vec<_> = store.names().all().map(|shard| store.names().wake(shard)).collect();
    let connect = || Store::connect_blocking(&settings.store, work::BLOCK);
    if store.is_clustered() {
        keys.into_iter().map(|key| Ok((connect()?, vec![key]))).collect()
    } else {
        Ok(vec![(connect()?, keys)])
    }
}

fn stop_on_signals() -> std::io::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let told = stop.clone();
    tokio::spawn(async move {
        let mut next = async || {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        next().await;
        tracing::info!("told to stop");
        told.cancel();
        // Somebody who says it twice does not want to wait: what is held here runs again when its lease is over.
        next().await;
        tracing::warn!("told to stop at once");
        std::process::exit(1);
    });
    Ok(stop)
}
