//! `confirm` beside argon2id alone, and how long `verify` takes meanwhile.

use e2e::Kind;
use e2e::server::postgres::Postgres;

use super::{REPEATS, cores, folder, supply};
use crate::inbox::Inbox;
use crate::plant::{Plant, Running};
use crate::report::{Line, Target, Unit};
use crate::spread::Spread;
use crate::tools::{self, Load};

/// How long each repetition takes.
const SECONDS: u32 = 3;
/// Passwords a second that no core of today hashes at Rekey's settings.
const PER_CORE: usize = 100;

/// On SQLite and on PostgreSQL.
pub async fn run() -> Vec<Line> {
    let mut lines = on("SQLite", Kind::Sqlite, None, true).await;
    let mut postgres = Postgres::prepared();
    postgres.start_safe().await;
    lines.extend(on("PostgreSQL", Kind::Postgres, Some(postgres.url()), false).await);
    lines
}

async fn on(name: &str, kind: Kind, database: Option<String>, and_verify: bool) -> Vec<Line> {
    let folder = folder();
    let inbox = Inbox::start().await;
    let plant = Plant::new(kind, database, inbox.address(), &[]).await;
    let api = plant.api().await;
    let each = cores() * PER_CORE * SECONDS as usize;
    let rounds = if and_verify { 2 * REPEATS } else { REPEATS };
    let codes = supply::codes(&plant, &api, &inbox, each * rounds).await;
    let tokens = supply::tokens(&plant, &api, &codes);
    let mut rounds = tokens.chunks(tokens.len() / rounds);
    let mut load = || {
        let bodies = supply::list(folder.path(), rounds.next().expect("there are enough"));
        // One is hashed on each core, one waits for it.
        Load::bodies(&[api.http()], "/password-reset/confirm", &bodies).connections(2 * cores()).seconds(SECONDS)
    };
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        ours.push(load().run(folder.path()).rate());
        limit.push(tools::figure(&tools::bare("hash", &[("seconds", SECONDS.to_string())])));
    }
    let mut lines = vec![
        Line::new(format!("`confirm` on {name}, {} connections", 2 * cores()), Unit::PerSecond, Spread::of(&ours))
            .beside("argon2id alone on all cores", Spread::of(&limit))
            .target(Target::RatioAtLeast(0.95)),
    ];
    if and_verify {
        lines.push(verify_meanwhile(&plant, &api, &inbox, &mut load).await);
    }
    lines
}

/// 200 `verify` a second while every core hashes, and without that.
async fn verify_meanwhile(plant: &Plant, api: &Running, inbox: &Inbox, load: &mut impl FnMut() -> Load) -> Line {
    let each = 200 * SECONDS as usize;
    let codes = supply::codes(plant, api, inbox, 2 * each * REPEATS).await;
    let mut some = codes.chunks(codes.len() / (2 * REPEATS));
    let mut verify = || {
        let bodies = supply::list(plant.folder(), some.next().expect("there are enough"));
        let load = Load::bodies(&[api.http()], "/password-reset/verify", &bodies).connections(8).pausing(40);
        load.seconds(SECONDS - 1).run(plant.folder())
    };
    let (mut ours, mut at_rest) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        let confirms = load().start(plant.folder());
        let calls = verify();
        let (_, _) = (calls.rate(), confirms.calls().await.rate());
        ours.push(calls.p99);
        at_rest.push(verify().p99);
    }
    Line::new("`verify`, 99th percentile while confirms take every core", Unit::Ms, Spread::of(&ours))
        .beside("without confirms", Spread::of(&at_rest))
        .target(Target::AtMost(20.0))
}
