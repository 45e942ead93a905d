//! How many challenges may be opened.

use super::*;

#[tokio::test]
async fn r16_an_address_opens_so_many_and_a_client_fewer() {
    let mut world = World::new().await;
    world.settings.limits.address = (5, 10);
    world.settings.limits.address_client = (2, 3);
    for client in [1, 1, 2, 2, 3] {
        let opened = world.request("mike@example.com", client, None, None).await;
        id_of(&opened);
        assert!(client != 1 || !is_limited(&opened, "address"));
    }
    assert!(is_limited(&world.request("mike@example.com", 4, None, None).await, "address"), "five an hour");
    id_of(&world.request("other@example.com", 1, None, None).await);

    // Two hours later the hour's bounds are past and the day's hold.
    let world = World { settings: world.settings.clone(), ..World::new().await };
    let opened_key = limits::address_key(&world.store, &world.ring, &Email::parse("mike@example.com").unwrap());
    let now = read(&world.store, &world.opened("clock@example.com").await).await.unwrap().unwrap().ends - 600_000;
    let hours = 3_600_000;
    let mine = format!("{}:", world.client(1).as_str());
    let then = [(1, 3), (2, 3), (3, 3)]
        .map(|(n, ago)| (f64::from(u32::try_from(n).unwrap()) + (now - ago * hours) as f64, format!("{mine}{n}")));
    world.store.client().zadd::<(), _, _>(&opened_key, None, None, false, false, then.to_vec()).await.unwrap();
    assert!(is_limited(&world.request("mike@example.com", 1, None, None).await, "address"), "three a day for a client");
    id_of(&world.request("mike@example.com", 2, None, None).await);
}

#[tokio::test]
async fn past_the_backlog_nothing_is_opened_and_nothing_counted() {
    let mut world = World::new().await;
    world.settings.limits.backlog = 2;
    let first = world.opened("a@example.com").await;
    let delayed = world.store.names().delayed(first.shard());
    let _: fred::types::Value =
        world.store.client().zadd(&delayed, None, None, false, false, (1.0, "put off")).await.unwrap();
    let (address, resend_of) = ("b@example.com", Some(&first));
    world.settings.limits.address = (1, 1);
    for _ in 0..3 {
        assert_eq!(world.request(address, 1, None, None).await, Opened::Full);
        assert_eq!(world.request("a@example.com", 1, resend_of, None).await, Opened::Full);
    }
    assert_eq!(world.jobs().await.len(), 1);
    let _: fred::types::Value = world.store.client().del(&delayed).await.unwrap();
    assert!(matches!(world.request(address, 1, None, None).await, Opened::Open { .. }), "it was not counted");
}

#[tokio::test]
async fn r49_a_hundred_requests_at_once_open_one_challenge() {
    let mut world = World::new().await;
    world.settings.limits.address_cooldown = Duration::from_secs(60);
    let calls = (0..100).map(|n| world.request("mike@example.com", n, None, None));
    let opened = futures_join(calls).await;
    assert_eq!(opened.iter().filter(|opened| matches!(opened, Opened::Open { .. })).count(), 1);
    assert_eq!(world.jobs().await.len(), 1);
}

#[tokio::test]
async fn r50_a_client_has_its_burst_and_then_waits() {
    let mut world = World::new().await;
    let [per_hour, burst] = [10, 5].map(|n| NonZero::new(n).unwrap());
    world.settings.limits.requests = Bucket { per_hour, burst };
    for n in 0..5 {
        id_of(&world.request(&format!("a{n}@example.com"), 1, None, None).await);
    }
    let refused = world.request("b@example.com", 1, None, None).await;
    let Opened::Wait { by: "client", retry_after } = refused else { panic!("{refused:?}") };
    assert!(retry_after <= Duration::from_secs(360) && retry_after > Duration::from_secs(300));
    id_of(&world.request("b@example.com", 2, None, None).await);
}
