//! A worker, its queue and a mail server in miniature, by a clock that is moved.

mod domains;
mod server;
mod world;

use super::{
    memory::{LONGEST, MOST, SLOW},
    *,
};

const A: &str = "a.example";

async fn begun(lanes: &Lanes, domain: &str) -> Place {
    let place = lanes.enter(domain).await.unwrap();
    place.begin();
    place
}

/// A domain that is known to take so much time for a mail.
async fn known(lanes: &Lanes, domain: &str, takes: Duration) {
    let place = begun(lanes, domain).await;
    tokio::time::advance(takes).await;
    drop(place);
}

const QUICK: Duration = Duration::from_millis(50);

#[tokio::test(start_paused = true)]
async fn a_domain_has_one_connection_until_it_is_known_to_be_quick() {
    let lanes = Lanes::new(4, 3);
    let first = begun(&lanes, A).await;
    assert!(timeout(QUICK, lanes.enter(A)).await.is_err(), "it waits");
    drop(first);
    let three = [begun(&lanes, A).await, begun(&lanes, A).await, begun(&lanes, A).await];
    assert!(timeout(QUICK, lanes.enter(A)).await.is_err(), "smtp.per_domain");
    drop(begun(&lanes, "b.example").await);
    drop(three);
}

#[tokio::test(start_paused = true)]
async fn who_waits_gets_the_place_that_is_left_and_the_first_the_first() {
    let lanes = Lanes::new(1, 1);
    let first = begun(&lanes, A).await;
    let (mut second, mut third) = (Box::pin(lanes.enter(A)), Box::pin(lanes.enter("b.example")));
    assert!(timeout(QUICK, &mut second).await.is_err() && timeout(QUICK, &mut third).await.is_err());
    drop(first);
    assert!(timeout(QUICK, &mut third).await.is_err());
    let second = second.await.unwrap();
    assert!(timeout(QUICK, &mut third).await.is_err());
    drop(second);
    third.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_hangs_is_put_off_at_once_and_has_one_place_when_it_ends() {
    let lanes = Lanes::new(4, 3);
    known(&lanes, "b.example", QUICK).await;
    let hanging = begun(&lanes, A).await;
    tokio::time::advance(SLOW).await;
    let begin = Instant::now();
    let waits = [lanes.enter(A).await.unwrap_err(), lanes.look(A).unwrap_err()];
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert!(waits[0] == SLOW * 2 && waits[0] < waits[1], "two paces, and one after another: {waits:?}");
    tokio::time::advance(SLOW * 14).await;
    drop(hanging);
    let one = begun(&lanes, A).await;
    assert!(lanes.enter(A).await.is_err(), "a slow lane has one place");
    drop(one);
    drop([begun(&lanes, A).await, begun(&lanes, A).await, begun(&lanes, A).await]);
}

#[tokio::test(start_paused = true)]
async fn mailboxes_that_hang_do_not_hold_up_their_domain_nor_get_more_than_half() {
    let lanes = Lanes::new(4, 3);
    known(&lanes, A, QUICK).await;
    let mut hanging = Vec::new();
    for _ in 0..2 {
        hanging.push(begun(&lanes, A).await);
        tokio::time::advance(SLOW).await;
        if hanging.len() < 2 {
            known(&lanes, A, QUICK).await;
        }
    }
    assert!(lanes.look(A).is_err());
    drop([begun(&lanes, "b.example").await, begun(&lanes, "c.example").await]);
}

#[tokio::test(start_paused = true)]
async fn time_that_is_excused_makes_no_domain_slow() {
    let lanes = Lanes::new(2, 2);
    let place = begun(&lanes, A).await;
    tokio::time::advance(SLOW * 10).await;
    place.excuse(SLOW * 10);
    drop(place);
    drop([begun(&lanes, A).await, begun(&lanes, A).await]);
}

#[tokio::test(start_paused = true)]
async fn put_off_is_nobody_for_longer_than_half_a_minute() {
    let lanes = Lanes::new(4, 3);
    let _hanging = begun(&lanes, A).await;
    tokio::time::advance(SLOW * 60).await;
    let waits: Vec<_> = (0..10_000).map(|_| lanes.look(A).unwrap_err()).collect();
    assert!(waits.is_sorted() && waits[0] == SLOW * 10 && waits[9_999] == LONGEST);
    assert!(LONGEST.mul_f64(1.25) <= Duration::from_secs(30), "the worker adds up to a quarter");
}

#[tokio::test(start_paused = true)]
async fn domains_are_forgotten_and_few_enough_are_remembered() {
    let lanes = Lanes::new(4, 3);
    for n in 0..MOST + 50 {
        drop(begun(&lanes, &format!("d{n}.example")).await);
    }
    assert_eq!(lock(&lanes.0).remembered(), MOST);
    tokio::time::advance(Duration::from_secs(601)).await;
    drop(begun(&lanes, A).await);
    assert_eq!(lock(&lanes.0).remembered(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_is_forgotten() {
    let lanes = Lanes::new(1, 1);
    let first = begun(&lanes, A).await;
    assert!(timeout(QUICK, lanes.enter(A)).await.is_err());
    drop(first);
    assert!(lock(&lanes.0).is_idle());
}

#[tokio::test(start_paused = true)]
async fn a_mailer_that_closes_lets_everybody_in() {
    let lanes = Lanes::new(1, 1);
    let _first = begun(&lanes, A).await;
    let waiting = lanes.enter(A);
    let (entered, ()) = tokio::join!(waiting, async { lanes.close() });
    assert!(entered.is_ok() && lanes.is_closed() && lanes.enter(A).await.is_ok());
}
