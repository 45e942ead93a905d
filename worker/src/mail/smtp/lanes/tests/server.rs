//! A mail server that is slow by itself: no domain is to blame.

use super::{world::World, *};

#[tokio::test(start_paused = true)]
async fn a_stall_of_the_server_costs_little_more_than_it_lasted() {
    let stall = SLOW * 3 / 2..SLOW * 13 / 2;
    let takes = move |_: &str, now: Duration| if stall.contains(&now) { (stall.end - now).max(QUICK) } else { QUICK };
    let world = World::new(takes);
    let took = world.mails(A, 800).await;
    // Three connections take 13.3 s for them.
    assert!(took[2] < SLOW * 27, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_greeting_that_takes_its_time_makes_no_domain_slow() {
    let world = World::that_greets(SLOW * 6, |_, _| QUICK);
    let took = world.mails(A, 40).await;
    assert!(took[0] < SLOW * 7 && took[1] < SLOW * 9, "{took:?}");
    assert!(took[2] < SLOW * 14, "those that were greeted while the first went on: {took:?}");
}

#[tokio::test(start_paused = true)]
async fn where_all_are_slow_all_connections_are_used() {
    let world = World::new(|_, _| SLOW * 2);
    let (a, b) = tokio::join!(world.mails(A, 40), world.mails("b.example", 40));
    // Four connections take 40 s for them.
    assert!(a[2].max(b[2]) < SLOW * 52, "{a:?} {b:?}");
}

#[tokio::test(start_paused = true)]
async fn a_lane_that_moves_is_waited_for() {
    let world = World::new(|_, _| QUICK * 2);
    let took = world.mails(A, 16).await;
    assert_eq!(world.put_off(), 0, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_connection_puts_nobody_off() {
    let world = World::new(|domain, _| if domain == A { QUICK } else { SLOW * 4 });
    world.mail(A).await;
    for domain in ["b.example", "c.example", "d.example"] {
        world.send(domain, 1);
    }
    let took = world.mails(A, 8).await;
    assert_eq!(world.put_off(), 0, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn what_a_mail_waited_before_the_server_took_it_makes_its_domain_no_slower() {
    let lanes = Lanes::new(2, 2);
    let place = lanes.enter(A).await.unwrap();
    tokio::time::sleep(SLOW * 20).await;
    place.begin();
    drop(place);
    drop([begun(&lanes, A).await, begun(&lanes, A).await]);
}
