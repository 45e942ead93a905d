//! Domains that hang or are slow, beside others.

use super::{world::World, *};

const HANGS: Duration = Duration::from_secs(3_600);

/// What is called after hanging hangs; the rest is quick.
fn by_name(domain: &str, _: Duration) -> Duration {
    if domain.starts_with("hang") { HANGS } else { QUICK }
}

#[tokio::test(start_paused = true)]
async fn a_domain_that_hangs_for_long_delays_nobody_else() {
    let world = World::new(by_name);
    world.mails("warm.example", 5).await;
    world.send("hang.example", 100);
    tokio::time::sleep(SLOW * 100).await;
    let longest = world.one_a_second("good.example", 90).await;
    assert!(longest < SLOW, "{longest:?}");
    assert!(world.put_off() < 90 * 190, "a mail that is put off comes back after some seconds: {}", world.put_off());
}

#[tokio::test(start_paused = true)]
async fn nor_do_several_that_hang_from_the_beginning() {
    let world = World::new(by_name);
    world.send("hang1.example", 3);
    world.send("hang2.example", 3);
    tokio::time::sleep(SLOW).await;
    let took = world.mails("good.example", 40).await;
    assert!(took[2] < SLOW * 2, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn nor_do_many_where_the_other_is_known() {
    let world = World::new(by_name);
    world.mails("good.example", 5).await;
    for domain in ["hang1.example", "hang2.example", "hang3.example", "hang4.example", "hang5.example"] {
        world.send(domain, 30);
    }
    // A hundred and fifty mails are before it, and each has to find out that it is put off.
    let longest = world.one_a_second("good.example", 20).await;
    assert!(longest < SLOW * 4, "{longest:?}");
    let longest = world.one_a_second("good.example", 100).await;
    assert!(longest < SLOW, "{longest:?}");
}

#[tokio::test(start_paused = true)]
async fn nor_does_one_that_was_quick_before() {
    let world =
        World::new(|domain, now| by_name(domain, now).max(if domain == A && now > SLOW { HANGS } else { QUICK }));
    world.send(A, 500);
    tokio::time::sleep(SLOW * 2).await;
    let longest = world.one_a_second("good.example", 60).await;
    assert!(longest < SLOW, "{longest:?}");
}

#[tokio::test(start_paused = true)]
async fn nor_do_domains_that_take_seconds() {
    let world = World::new(|domain, _| if domain == "good.example" { QUICK } else { SLOW * 4 });
    world.send("slow1.example", 200);
    world.send("slow2.example", 200);
    tokio::time::sleep(SLOW * 30).await;
    // The first one shows what is quick.
    world.mail("good.example").await;
    let longest = world.one_a_second("good.example", 60).await;
    assert!(longest < SLOW * 2, "{longest:?}");
}

#[tokio::test(start_paused = true)]
async fn a_domain_that_recovers_has_its_mails_within_seconds() {
    let world = World::new(|domain, now| if domain == A && now < SLOW * 100 { HANGS } else { QUICK });
    let (took, _) = tokio::join!(world.mails(A, 200), world.one_a_second("good.example", 100));
    assert!(took[0] < SLOW * 127, "the one that hangs is given up after 15 s, and the next comes: {took:?}");
    assert!(took[2] < SLOW * 130, "{took:?}");
}
