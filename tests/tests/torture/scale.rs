//! Several of each program share the work, and nobody tells them how.

use std::time::{Duration, Instant};

use e2e::{Client, System, eventually, port::Port, process::Process};

use crate::{count, fleet};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_number_of_programs_share_the_work() {
    let system = fleet::system().start().await;
    let jobs = count(200, 20_000);
    for (apis, workers) in [(1, 1), (2, 2), (3, 4)] {
        let more: Vec<_> = (1..apis).map(|_| api(&system)).collect();
        for (_, client) in &more {
            eventually("the API listens", Duration::from_secs(30), async || client.connect().await.ok()).await;
        }
        let clients: Vec<Client> = more.iter().map(|(_, client)| *client).chain([system.client()]).collect();
        let begin = Instant::now();
        let asked = fleet::open_at(&clients, jobs).await;
        let requests = rate(jobs, begin);

        let before = system.smtp.accepted();
        let running = fleet::workers(&system, workers);
        // They come up one after another: what is measured begins with the first mail.
        eventually("the first mail arrives", Duration::from_secs(30), async || {
            (system.smtp.accepted() > before).then_some(())
        })
        .await;
        let (begin, first) = (Instant::now(), system.smtp.accepted());
        eventually("every mail arrives", Duration::from_secs(300), async || {
            (system.smtp.accepted() - before >= jobs).then_some(())
        })
        .await;
        let mails = rate(system.smtp.accepted() - first, begin);
        system.settled().await;
        let arrived = fleet::Arrived::at(&system);
        assert!(arrived.challenges.is_superset(&asked) && arrived.duplicates() == 0, "each mail once");
        drop(running);
        println!(
            "scale: {apis} APIs {requests:.0} requests/s, {workers} workers {mails:.0} mails/s (all on one machine)"
        );
    }
    fleet::check(&system);
}

fn rate(count: usize, begin: Instant) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / begin.elapsed().as_secs_f64()
}

fn api(system: &System) -> (Process, Client) {
    let (http, internal) = (Port::free(), Port::free());
    let (listen, internal) = (http.address().to_string(), internal.address().to_string());
    let env = [("REKEY_HTTP_LISTEN", listen.as_str()), ("REKEY_HTTP_INTERNAL_LISTEN", internal.as_str())];
    (system.spawn_with("rekey-api", &env), Client::of(http.address()))
}
