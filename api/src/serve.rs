//! `rekey-api serve`: both listeners, from start to end.

use std::{net::SocketAddr, sync::Arc, thread::available_parallelism};

use anyhow::Context as _;
use entity::{
    database,
    settings::{Mode, Source},
    store::{self, Store},
    telemetry,
};
use poem::{Server, listener::TcpListener};
use sea_orm::DatabaseConnection;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    brake,
    http::{
        self,
        connection::Guarded,
        page::{BUILT, Page, PageSettings},
    },
    password::{Hasher, Lookup, Policy},
    second_factor::SecondFactor,
    service::{Contacts, Service, UnlistedProxies},
    settings::Settings,
};

/// Longest wait for another program that migrates the database.
const MIGRATE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);
/// A connection that rests for longer is closed.
const IDLE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(75);

/// Runs until SIGINT or SIGTERM, then finishes what was begun, within `shutdown.grace`.
///
/// # Errors
/// For settings that cannot be used, listeners that are taken, and a database or a Redis that is not ours.
pub async fn run(source: &Source, migrate: bool) -> anyhow::Result<()> {
    let service = Arc::new(build(source).await?);
    telemetry::init(&telemetry::Settings::read(source)?, "rekey-api", env!("CARGO_PKG_VERSION"))?;
    if migrate {
        bring_up_to_date(&service.db).await?;
    }
    tokio::task::spawn_blocking(Policy::load_dictionaries);
    let stop = service.stop.clone();
    stop_on_signals(stop.clone())?;

    let settings = &service.settings;
    if settings.mode == Mode::Production && settings.public_url.scheme() == "http" {
        tracing::warn!("REKEY_HTTP_PUBLIC_URL: is not https, so codes and passwords travel in the clear");
    }
    let public = bind("REKEY_HTTP_LISTEN", settings.listen).await?;
    let internal = bind("REKEY_HTTP_INTERNAL_LISTEN", settings.internal_listen).await?;
    // A server that is up is checked before the first call; one that is down does not keep the API from starting.
    wait_for_redis(&service.store).await;
    service.first_contact().await.map_err(|reason| anyhow::anyhow!(reason))?;
    tokio::spawn(Arc::clone(&service).keep_contacting());
    tokio::spawn(brake::tell_ends(Arc::clone(&service)));

    tracing::info!(listen = %settings.listen, internal = %settings.internal_listen, version = env!("CARGO_PKG_VERSION"), "serving");
    let grace = settings.grace;
    let serve_public = Server::new_with_acceptor(public).idle_timeout(IDLE_TIMEOUT).run_with_graceful_shutdown(
        http::app(&service),
        stop.clone().cancelled_owned(),
        Some(grace),
    );
    let serve_internal = Server::new_with_acceptor(internal).idle_timeout(IDLE_TIMEOUT).run_with_graceful_shutdown(
        http::internal::app(&service),
        stop.clone().cancelled_owned(),
        Some(grace),
    );
    let (public, internal) = tokio::join!(serve_public, serve_internal);
    public.and(internal).context("a listener failed")?;

    // A confirm whose client is gone still has its password to write.
    service.confirms.close();
    if tokio::time::timeout(grace, service.confirms.wait()).await.is_err() {
        tracing::warn!(left = service.confirms.len(), "confirms were cut off at the end of the grace period");
    }
    telemetry::shutdown(grace / 10).await;
    match service.contacts.fatal() {
        Some(reason) => Err(anyhow::anyhow!(reason.to_owned())),
        None => Ok(()),
    }
}

/// Applies what is missing. Of several programs that start together one does it, and the others fail at it: they wait
/// until it is done.
async fn bring_up_to_date(db: &DatabaseConnection) -> anyhow::Result<()> {
    let Err(error) = migration::up(db).await else { return Ok(()) };
    let done = tokio::time::timeout(MIGRATE_TIMEOUT, async {
        while !migration::pending(db).await.is_ok_and(|missing| missing.is_empty()) {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    });
    let refused = || anyhow::anyhow!("the database cannot be migrated: {}", database::describe(&error));
    done.await.map_err(|_| refused())
}

async fn build(source: &Source) -> anyhow::Result<Service> {
    let settings = Settings::read(source)?;
    let page = Page::new(&BUILT, &PageSettings::read(source)?, None)?;
    let keyring = source.keyring()?;
    let cores = available_parallelism()?;
    let slots: std::num::NonZero<usize> = source.optional("password.hash_slots")?.unwrap_or(cores);
    let slots = slots.get().min(1024);
    let policy = Policy::read(source)?;
    let lookup = Lookup::read(source)?;
    let second_factor = SecondFactor::read(source)?;
    let hasher = Hasher::read(source)?;
    let store = Store::connect(&store::Settings::read(source)?)?;
    let database = database::Settings::read(source)?;
    let db = database::connect(&database).await.map_err(|_| anyhow::anyhow!("REKEY_DATABASE_URL: cannot be used"))?;
    Ok(Service {
        settings,
        page,
        store,
        db,
        keyring,
        policy: Arc::new(policy),
        lookup,
        second_factor,
        hasher: Arc::new(hasher),
        slots: Arc::new(Semaphore::new(slots)),
        proof_turns: Semaphore::new(slots),
        slot_count: slots,
        confirms: TaskTracker::new(),
        proxies: UnlistedProxies::default(),
        contacts: Contacts::default(),
        stop: CancellationToken::new(),
    })
}

async fn bind(variable: &str, address: SocketAddr) -> anyhow::Result<impl poem::listener::Acceptor + 'static> {
    use poem::listener::Listener as _;
    let listener = Guarded(TcpListener::bind(address));
    listener.into_acceptor().await.with_context(|| format!("{variable}: cannot listen on {address}"))
}

/// Gives Redis, if it is there, the moment that a connection takes.
async fn wait_for_redis(store: &Store) {
    use entity::store::ClientLike as _;
    let _ = tokio::time::timeout(std::time::Duration::from_millis(200), store.client().wait_for_connect()).await;
}

fn stop_on_signals(stop: CancellationToken) -> anyhow::Result<()> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
        stop.cancel();
    });
    Ok(())
}
