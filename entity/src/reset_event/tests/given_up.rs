use super::*;

#[tokio::test]
async fn what_was_given_up_is_counted_and_found_until_it_is_opened_or_done() {
    let fresh = fresh().await;
    for n in 0..5 {
        event(&fresh.db, &format!("e{n}"), NOW, true, None).await;
    }
    assert_eq!(count_given_up(&fresh.db).await.unwrap(), [0, 0]);
    for id in ["e3", "e1", "e2", "e4"] {
        give_up(&fresh.db, id, Half::Webhook, NOW).await.unwrap();
    }
    give_up(&fresh.db, "e0", Half::Notice, NOW).await.unwrap();
    reopen(&fresh.db, "e4", Half::Webhook, NOW).await.unwrap();
    assert_eq!(count_given_up(&fresh.db).await.unwrap(), [1, 3]);
    let page = async |half, after| given_up(&fresh.db, half, after, 2).await.unwrap();
    assert_eq!(page(Half::Webhook, "").await, ["e1", "e2"]);
    assert_eq!(page(Half::Webhook, "e2").await, ["e3"]);
    assert_eq!(page(Half::Notice, "").await, ["e0"]);
    finish(&fresh.db, "e1", Half::Webhook, NOW).await.unwrap();
    assert_eq!(count_given_up(&fresh.db).await.unwrap(), [1, 2]);
    assert_eq!(page(Half::Webhook, "").await, ["e2", "e3"]);
}
