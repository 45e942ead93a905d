//! The queue from outside: jobs by hand, jobs that cannot be run, workers that die.

use std::time::Duration;

use e2e::{READY, Secret, System};

const USER: &str = "user@example.com";

on_every_database! {
    /// As `redis-cli LPUSH` does it: no time stamps, no wake token, an id of one's own.
    async fn a_job_pushed_by_hand_is_taken(builder: Builder) {
        let mut system = builder.account(USER, &Secret::password()).without_worker().start().await;
        let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
        system.redis.call(&["DEL", READY, "{rekey:0}:wake"]).await;
        system.start_worker(true).await;
        let job = format!(
            r#"{{"v":1,"id":"by-hand","type":"password_reset.send_code","data":{{"challenge_id":"{challenge_id}","mail_no":1}}}}"#
        );
        system.redis.call(&["LPUSH", READY, &job]).await;
        let mail = system.smtp.wait_for(USER, 1).await;
        system.verify(&challenge_id, &mail.code()).await.expect_status(200);
        system.settled().await;
    }

    async fn an_unknown_type_and_broken_json_are_dead_letters_with_their_reason(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).start().await;
        for (job, id, reason) in [
            (r#"{"v":1,"id":"odd-type","type":"password_reset.dance","data":{}}"#, "odd-type", "unknown_type"),
            (r#"{"v":7,"id":"odd-version","type":"password_reset.send_code","data":{}}"#, "odd-version", "unknown_version"),
            (r#"{"v":1,"id":"odd-data","type":"password_reset.send_code","data":[]}"#, "odd-data", "invalid_data"),
        ] {
            system.redis.call(&["LPUSH", READY, job]).await;
            let noted = system.buried(id).await;
            assert!(noted.contains(reason), "{id} is buried as {reason}, not {noted}");
            assert_eq!(system.redis.call(&["HGET", "{rekey:0}:held", id]).await.text(), job, "the bytes are kept");
        }
        let broken = r#"{"v":1,"id":"#;
        system.redis.call(&["LPUSH", READY, broken]).await;
        let ids = system.dead(4).await;
        let id = ids.iter().find(|id| !id.starts_with("odd-")).expect("it is buried under an id made for it");
        assert!(system.buried(id).await.contains("undecodable"));
        assert_eq!(system.redis.call(&["HGET", "{rekey:0}:held", id]).await.text(), broken);
        // They stand in nobody's way.
        let _ = system.mailed(USER, 1).await;
        let listed = system.run("rekey-worker", &["jobs", "list"], b"");
        assert!(listed.success && listed.stdout.contains("odd-type") && listed.stdout.contains("unknown_type"));
    }

    /// As after a crash between the commit and the push: a row, and no job.
    async fn r37_a_notice_that_was_never_pushed_is_swept(builder: Builder) {
        let new = Secret::password();
        let mut system = builder.account(USER, &Secret::password()).start().await;
        let token = system.token(USER, 1).await;
        system.worker().stop();
        system.confirm(&token, &new).await.expect_status(204);
        system.forget_pushes().await;
        let sql = system.sql().await;
        sql.run("UPDATE reset_event SET next_push_at = 1").await;
        system.start_worker(true).await;
        let _ = system.smtp.wait_within(Duration::from_secs(60), USER, 2).await;
        e2e::eventually("the notice is noted as sent", Duration::from_secs(10), async || {
            sql.number("SELECT notice_done_at FROM reset_event WHERE kind = 'password_reset'").await
        })
        .await;
        system.settled().await;
        assert_eq!(system.smtp.mails_to(USER).len(), 2, "one notice");
    }
}

/// The mail server holds the worker between claiming and sending while it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r66_a_mail_of_a_killed_worker_arrives_when_another_runs() {
    let mut system = System::builder().account(USER, &Secret::password()).start().await;
    system.smtp.script(|script| script.hang = true);
    let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
    e2e::eventually("the worker is in the middle of a mail", Duration::from_secs(15), async || {
        (system.smtp.reached() > 0).then_some(())
    })
    .await;
    system.worker().kill();
    // The session sees its client leave before it may go on: what it held was never accepted.
    system.smtp.stop().await;
    system.smtp.script(|script| script.hang = false);
    system.smtp.listen().await;
    assert!(system.smtp.mails().is_empty());
    system.start_worker(true).await;
    let mail = system.smtp.wait_within(Duration::from_secs(45), USER, 1).await;
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
    system.settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r65_a_forged_job_chooses_neither_recipient_nor_text() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    system.settled().await;
    let victim = "victim@example.net";
    let job = format!(
        r#"{{"v":1,"id":"forged","type":"password_reset.send_code","to":"{victim}","subject":"canary-text","data":{{"challenge_id":"{challenge_id}","mail_no":2,"to":"{victim}","address":"{victim}","text":"canary-text"}}}}"#
    );
    let unknown = r#"{"v":1,"id":"forged-2","type":"password_reset.send_changed_notice","data":{"event_id":"none","to":"victim@example.net"}}"#;
    for job in [job.as_str(), unknown] {
        system.redis.call(&["LPUSH", READY, job]).await;
    }
    system.settled_or_dead().await;
    assert!(system.smtp.mails_to(victim).is_empty());
    for mail in system.smtp.mails() {
        assert!(!String::from_utf8_lossy(&mail.raw).contains("canary-text"));
    }
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recipient_that_the_mail_server_refuses_is_a_dead_letter() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    system.smtp.script(|script| script.rcpt = Some("550 5.1.1 no such mailbox"));
    system.request(USER).await.expect_status(202);
    let dead = system.dead(1).await;
    let noted = system.buried(&dead[0]).await;
    assert!(!noted.contains("example.com"), "the reason names no address");
    assert!(system.smtp.mails().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_is_put_off_is_tried_again() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    system.smtp.script(|script| script.data = Some("451 4.3.0 try again later"));
    let challenge_id = system.request(USER).await.expect_status(202).challenge_id();
    e2e::eventually("the first attempt is refused", Duration::from_secs(15), async || {
        (system.smtp.reached() > 0).then_some(())
    })
    .await;
    system.smtp.script(|script| script.data = None);
    let mail = system.smtp.wait_within(Duration::from_secs(90), USER, 1).await;
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
    system.settled().await;
    assert_eq!(system.smtp.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_told_to_stop_finishes_the_mail_that_it_began() {
    let mut system = System::builder().account(USER, &Secret::password()).start().await;
    system.smtp.script(|script| script.hang = true);
    system.request(USER).await.expect_status(202);
    e2e::eventually("the worker is in the middle of a mail", Duration::from_secs(15), async || {
        (system.smtp.reached() > 0).then_some(())
    })
    .await;
    system.worker().signal(rustix::process::Signal::TERM);
    system.smtp.script(|script| script.hang = false);
    let ended = e2e::eventually("the worker ends", Duration::from_secs(20), async || system.worker().ended()).await;
    assert!(ended.success(), "it ends in good order");
    assert_eq!(system.smtp.mails_to(USER).len(), 1);
    system.settled().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_the_queue_at_a_glance_and_changes_many_jobs_at_once() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let _ = system.mailed(USER, 1).await;
    for n in 0..70 {
        let job = format!(r#"{{"v":1,"id":"odd-{n}","type":"password_reset.dance","data":{{}}}}"#);
        system.redis.call(&["LPUSH", READY, &job]).await;
    }
    let _ = system.dead(70).await;
    let jobs = |arguments: &[&str]| system.run("rekey-worker", &[&["jobs"], arguments].concat(), b"");
    let stats = jobs(&["stats", "--json"]);
    assert!(stats.success, "{}", stats.stderr);
    let stats: serde_json::Value = serde_json::from_str(&stats.stdout).unwrap();
    assert_eq!((&stats["dead"]["jobs"], &stats["violations"]), (&70.into(), &0.into()));
    assert!(jobs(&["stats"]).stdout.contains("buried"));
    assert!(jobs(&["check"]).success);

    assert!(jobs(&["retry", "--all-dead", "--reason", "RCPT"]).stdout.starts_with("0 "));
    assert!(jobs(&["retry", "--all-dead", "--reason", "unknown_type"]).stdout.starts_with("70 "));
    let _ = system.dead(70).await;
    assert!(jobs(&["drop", "--all-dead", "--type", "password_reset.dance"]).stdout.starts_with("70 "));
    system.settled().await;

    system.redis.call(&["HSET", "{rekey:0}:held", "stray", "x"]).await;
    let check = jobs(&["check"]);
    assert!(!check.success && check.stdout.contains("stray is in no place"), "{}", check.stdout);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_shown_with_the_pseudonym_of_its_address() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    system.smtp.script(|script| script.hang = true);
    let _ = system.request(USER).await.expect_status(202);
    e2e::eventually("a job is shown", Duration::from_secs(15), async || {
        let listed = system.run("rekey-worker", &["jobs", "list", "--state", "leased", "--json"], b"");
        let card: serde_json::Value = serde_json::from_str(listed.stdout.lines().next()?).ok()?;
        let shown = system.run("rekey-worker", &["jobs", "show", card["id"].as_str()?], b"");
        assert!(!shown.stdout.contains(USER), "an address in clear");
        let pseudonym = shown.stdout.split_once("\"address\": \"")?.1.split('"').next()?.to_owned();
        (pseudonym.len() == 16 && pseudonym.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_mail_shows_what_the_mail_server_says() {
    let system = System::builder().without_worker().start().await;
    let sent = system.run("rekey-worker", &["mail", "test", USER, "--language", "de"], b"");
    assert!(sent.success, "{}{}", sent.stdout, sent.stderr);
    assert!(sent.stdout.contains("> RCPT\n< 250") && sent.stdout.ends_with("the server took the mail\n"));
    let _ = system.smtp.wait_for(USER, 1).await;
    let wrong = system.run("rekey-worker", &["mail", "test", "nobody"], b"");
    assert!(!wrong.success && wrong.stderr.contains("ADDRESS"));
}
