//! Spellings that look like somebody's address reach nobody.

use e2e::attack::lookalikes;
use e2e::measured::say;
use e2e::{Request, Secret};
use serde_json::json;

const USER: &str = "mike.kossip@example.com";

on_every_database! {
    /// Django sent codes for `mıke@` to `mike@` (CVE-2019-19844): the database and the program disagreed about what
    /// is alike.
    async fn r29_no_other_spelling_reaches_an_address(builder: Builder) {
        let builder = builder.account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false");
        let system = builder.env("REKEY_LOG_FILTER", "warn").start().await;
        let (mut refused, mut taken) = (0, 0);
        let spellings = lookalikes::of(USER);
        for spelling in &spellings {
            let answer = system.post("/password-reset/request", &json!({ "email": spelling })).await;
            if answer.status == 202 {
                taken += 1;
                assert!(spelling.is_ascii(), "{spelling:?} is no address of ours");
            } else {
                refused += 1;
                answer.is_problem(400, "invalid_request");
            }
        }
        // As octets that are no UTF-8, overlong and of another character set, and as half a surrogate.
        for octets in [&b"\xc0\xad"[..], b"\xe0\x80\xad", b"\xed", b"\xff", b"\\ud800", b"\\udc6d"] {
            let (head, tail) = USER.split_at(1);
            let body = [b"{\"email\":\"", head.as_bytes(), octets, tail.as_bytes(), b"\"}"].concat();
            system.client().send(&Request::post("/password-reset/request", body)).await.is_problem(400, "invalid_request");
        }
        system.settled().await;
        assert_eq!(system.smtp.accepted(), 0, "nobody got a mail");
        say(&format!("look-alikes: {} spellings, {refused} refused, {taken} taken for other addresses, no mail", spellings.len()));
        assert!(refused > 300 && taken > 10, "{refused} {taken}");

        // ASCII letters are alike in every case, as mail servers take them.
        for (n, same) in [USER.to_uppercase(), "Mike.Kossip@EXAMPLE.com".to_owned()].iter().enumerate() {
            system.request(same).await.expect_status(202);
            let _ = system.smtp.wait_for(USER, n + 1).await;
        }
    }
}
