//! From the call of `request` to the mail server's DATA.

use std::time::{Duration, Instant};

use e2e::secret::random;
use e2e::{Request, eventually};

use super::{REPEATS, folder};
use crate::inbox::Inbox;
use crate::plant::{Plant, Running};
use crate::report::{Line, Unit};
use crate::spread::{Spread, percentile};
use crate::tools::Load;

/// People whose mail is waited for, in each repetition.
const ASK: usize = 60;
/// Calls a second of others, under load.
const LOAD: usize = 400;
/// Connections of that load: one call in so many times a second.
const CONNECTIONS: usize = 20;

/// At rest and under load, with the default settings.
pub async fn run() -> Vec<Line> {
    let folder = folder();
    let inbox = Inbox::start().await;
    let plant = Plant::on_sqlite(inbox.address()).await;
    let (api, _worker) = (plant.api().await, plant.worker(&[]).await);
    let name = random(8);
    plant.accounts(&name, ASK * REPEATS * 2).await;
    let others = random(8);
    plant.accounts(&others, LOAD * 8).await;
    let mut numbers = 0..;
    let mut times = async || {
        let mut times = Vec::new();
        for number in numbers.by_ref().take(ASK) {
            times.push(once(&plant, &api, &inbox, &format!("{name}{number}@d{}.example.com", number % 97)).await);
        }
        [50.0, 99.0].map(|percent| percentile(&times, percent))
    };
    let (mut rest, mut load) = ([vec![], vec![]], [vec![], vec![]]);
    for _ in 0..REPEATS {
        for (figures, time) in rest.iter_mut().zip(times().await) {
            figures.push(time);
        }
        #[expect(clippy::cast_possible_truncation, reason = "some milliseconds")]
        let pause = (1_000 * CONNECTIONS / LOAD) as u32;
        let others = Load::requests(&[api.http()], &others).connections(CONNECTIONS).pausing(pause).seconds(4);
        let others = others.start(folder.path());
        tokio::time::sleep(Duration::from_millis(500)).await;
        for (figures, time) in load.iter_mut().zip(times().await) {
            figures.push(time);
        }
        others.calls().await.rate();
        plant.left(0).await;
        // The others' addresses are free again.
        plant.empty().await;
    }
    let line = |what: &str, at_rest: &[f64], under_load: &[f64]| {
        Line::new(format!("from `request` to DATA, {LOAD} others a second, {what}"), Unit::Ms, Spread::of(under_load))
            .beside("nobody else asks", Spread::of(at_rest))
    };
    vec![line("median", &rest[0], &load[0]), line("99th percentile", &rest[1], &load[1])]
}

/// Milliseconds from the call to DATA.
async fn once(plant: &Plant, api: &Running, inbox: &Inbox, address: &str) -> f64 {
    let request = Request::post("/password-reset/request", format!(r#"{{"email":"{address}"}}"#));
    let client = e2e::Client::of(std::net::SocketAddr::from(([127, 0, 0, 1], api.http())));
    let began = Instant::now();
    let answer = client.send(&request).await;
    assert_eq!(answer.status, 202, "the request is taken");
    let came = eventually("the mail comes", Duration::from_secs(30), async || inbox.came(address)).await;
    let _ = plant;
    (came.at - began).as_secs_f64() * 1_000.0
}
