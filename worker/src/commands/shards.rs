//! `rekey-worker shards`: how many queues there are, and another number of them.

use std::io::Write as _;

use anyhow::Context;
use clap::Subcommand;
use entity::{
    settings::Source,
    store::{self, Store},
};
use fred::interfaces::{HashesInterface, ListInterface};

use super::{Ended, jobs::reach};

/// What can be done with shards.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Shows how many there are, and how many jobs are in each.
    Show,
    /// Changes how many there are. The programs that run end, and start with the new setting alone.
    Set {
        /// The new number, 1 to 256.
        #[arg(value_parser = clap::value_parser!(u16).range(1..=256))]
        count: u16,
    },
}

/// Does it. `redis.shards` must say how many there are now.
pub async fn run(source: &Source, command: &Command) -> Result<(), Ended> {
    let settings = store::Settings::read(source)?;
    let store = Store::connect(&settings).context("the client of Redis cannot be built")?;
    reach(&store).await?;
    store.agree_on_shards().await.map_err(anyhow::Error::from)?;
    let text = match command {
        Command::Show => show(&store).await,
        Command::Set { count } => set(&store, *count).await,
    }?;
    std::io::stdout().write_all(text.as_bytes()).context("standard output")?;
    Ok(())
}

async fn show(store: &Store) -> anyhow::Result<String> {
    let mut lines = format!("{} shards\n", store.names().shards());
    for shard in store.names().all() {
        let jobs = jobs_in(store, shard).await?;
        lines += &format!("shard {}: {} waiting, {} held\n", shard.0, jobs.waiting, jobs.held);
    }
    Ok(lines)
}

/// More shards can be had at any time: what is in the old ones stays where it is, and is found. Fewer only when those
/// that go have no job, for nobody would look there any more.
async fn set(store: &Store, count: u16) -> anyhow::Result<String> {
    for shard in store.names().all().filter(|shard| shard.0 >= count) {
        let jobs = jobs_in(store, shard).await?;
        anyhow::ensure!(
            jobs.waiting == 0 && jobs.held == 0,
            "shard {} still has jobs: {} waiting, {} with a worker, delayed or dead. Stop the API, let the workers finish, \
             and retry or drop what is dead",
            shard.0,
            jobs.waiting,
            jobs.held
        );
    }
    store.change_shards(count).await?;
    Ok(format!("{count} shards: now set REKEY_REDIS_SHARDS={count} and start all programs again\n"))
}

struct InShard {
    waiting: u64,
    held: u64,
}

async fn jobs_in(store: &Store, shard: entity::keys::Shard) -> anyhow::Result<InShard> {
    let (names, client) = (store.names(), store.client());
    let mut waiting = 0;
    for list in [names.ready(shard), names.ready_notice(shard), names.ready_webhook(shard)] {
        waiting += client.llen::<u64, _>(list).await.map_err(store::StoreError::from)?;
    }
    let held = client.hlen(names.held(shard)).await.map_err(store::StoreError::from)?;
    Ok(InShard { waiting, held })
}
