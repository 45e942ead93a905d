//! That the mail server is well is told before the mail's end, which can be a minute away.

use tokio::sync::Notify;

use super::*;

async fn said(script: Vec<Step>) -> bool {
    let server = Server::plain(vec![script]).await;
    let (mailer, well, to, message) = (mailer(&server.url()), Notify::new(), recipient(), message());
    let place = mailer.enter(&to).await.unwrap();
    tokio::select! {
        biased;
        () = well.notified() => true,
        _ = mailer.send(place, &to, &message, || well.notify_one(), async || true) => false,
    }
}

#[tokio::test]
async fn a_server_that_asks_about_the_recipient_or_weighs_the_mail_is_well() {
    let silent = |count: usize| script(&[HELLO, &ACCEPT[..count], &[("", "")]]);
    for count in [1, 2, 3] {
        assert!(said(silent(count)).await, "silent after {count} answers");
    }
}

#[tokio::test]
async fn a_server_that_wants_credentials_or_no_mail_at_all_is_not() {
    let reset: &[Step] = &[("RSET", "250 ok\r\n")];
    let mail: &[Step] = &[("MAIL", "451 4.3.2 not now\r\n")];
    assert!(!said(script(&[HELLO, mail])).await);
    let rcpt: &[Step] = &[("MAIL", "250 ok\r\n"), ("RCPT", "530 5.7.0 authenticate first\r\n")];
    assert!(!said(script(&[HELLO, rcpt, reset])).await);
}
