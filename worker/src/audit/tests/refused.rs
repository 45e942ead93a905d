//! Rows that the database refuses, and what cannot be read.

use super::*;

#[tokio::test]
async fn a_row_that_the_database_refuses_is_tried_in_growing_gaps_and_takes_no_other_along() {
    let world = World::start().await;
    world.add("eve@example.com").await;
    world.refuse("eve@example.com", 2).await;
    let refused = world.request("eve@example.com").await;
    let closes = world.closed(&refused, 5_000).await;
    let other = world.request(ADDRESS).await;
    world.closed(&other, 4_000).await;
    let before = METRICS.audit.so_far().0;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!(world.kinds().await, told(&[(Kind::Requested, 1)]));
    assert_eq!((world.left().await, METRICS.audit.so_far().0), ((1, 1), before + 1));
    let again = world.looked_at(&refused).await.unwrap();
    assert!((30_000..60_000).contains(&(again - closes - 5_000)), "half a minute");
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!(METRICS.audit.so_far().0, before + 1, "not before its time");

    let closes = world.closed(&refused, 600_000).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert!(world.looked_at(&refused).await.unwrap() >= closes + 1_200_000, "later and later");

    // Somebody mends it.
    world.add("mender@example.com").await;
    world.closed(&refused, 5_000).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.events("eve@example.com").await.len(), world.left().await), (1, (0, 0)));
}

#[tokio::test]
async fn a_row_that_is_refused_for_a_day_is_given_up() {
    let world = World::start().await;
    world.refuse(ADDRESS, 1).await;
    let id = world.mailed().await;
    let before = dropped(Dropped::Refused);
    world.closed(&id, 23 * 3_600_000 - 60_000).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.left().await, dropped(Dropped::Refused)), ((1, 1), before), "once more");
    world.closed(&id, 23 * 3_600_000 + 60_000).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.left().await, dropped(Dropped::Refused)), ((0, 0), before + 1));
}

#[tokio::test]
async fn what_is_refused_before_its_end_waits_for_it() {
    let world = World::start().await;
    world.refuse(ADDRESS, 1).await;
    let id = world.mailed().await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    let closes = world.looked_at(&id).await.unwrap();
    assert!(closes > world.keeper.store.now().await.unwrap() + 600_000);
    world.add("mender@example.com").await;
    world.due(&id, true).await;
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.rows().await, world.left().await), (2, (0, 0)));
}

#[tokio::test]
async fn what_cannot_be_read_is_let_go_of() {
    let world = World::start().await;
    let id = world.request(ADDRESS).await;
    let key = world.keeper.store.names().trail(SHARD, id.as_str());
    world.keeper.store.client().hdel::<(), _, _>(key, "address").await.unwrap();
    world.due(&id, true).await;
    let before = dropped(Dropped::Unreadable);
    assert!(world.keeper.write_down(SHARD, 0).await.is_ok());
    assert_eq!((world.rows().await, world.left().await, dropped(Dropped::Unreadable)), (0, (0, 0), before + 1));
}
