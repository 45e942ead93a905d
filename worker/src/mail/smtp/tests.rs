//! Against real TCP servers that follow a script.

mod certificates;
mod endless;
mod lanes;
mod secure;
mod server;
mod tap;
mod well;

use std::time::Duration;

use entity::settings::Source;
use server::{Server, Step};

use super::*;

const HELLO: &[Step] = &[("", "220 hi\r\n"), ("EHLO", "250-hi\r\n250 8BITMIME\r\n")];
const ACCEPT: &[Step] =
    &[("MAIL", "250 ok\r\n"), ("RCPT", "250 ok\r\n"), ("DATA", "354 go\r\n"), (".", "250 2.0.0 queued\r\n")];
const QUIT: &[Step] = &[("QUIT", "221 bye\r\n")];

fn script(parts: &[&[Step]]) -> Vec<Step> {
    parts.concat()
}

fn settings(url: &str, ca_file: Option<&str>) -> SmtpSettings {
    let given = [("REKEY_SMTP_URL", Some(url)), ("REKEY_SMTP_CA_FILE", ca_file)];
    let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Some(value?.to_owned()))));
    SmtpSettings::read(&Source::from_parts(None, given).unwrap(), "example.com").unwrap()
}

fn mailer(url: &str) -> Mailer {
    Mailer::with_times(settings(url, None), Times::default())
}

/// A short limit where a test waits for it to pass.
fn hasty(url: &str, change: impl FnOnce(&mut Times, Duration)) -> Mailer {
    let mut times = Times::default();
    change(&mut times, Duration::from_millis(50));
    Mailer::with_times(settings(url, None), times)
}

fn message() -> Rendered {
    Rendered { from: "no-reply@example.com".parse().unwrap(), text: "Subject: x\r\n\r\n.dot\r\nbody\r\n".into() }
}

fn recipient() -> Email {
    Email::parse("some_one+tag@example.org").unwrap()
}

async fn send(mailer: &Mailer) -> Result<(), SendError> {
    send_to(mailer, &recipient(), &message(), true).await
}

async fn send_to(mailer: &Mailer, to: &Email, message: &Rendered, is_ours: bool) -> Result<(), SendError> {
    let place = mailer.enter(to).await.expect("its domain is not slow");
    mailer.send(place, to, message, || (), async || is_ours).await
}

fn retry(reason: &str) -> Result<(), SendError> {
    Err(SendError::Retry { reason: reason.into() })
}

fn defer(reason: &str) -> Result<(), SendError> {
    Err(SendError::Defer { reason: reason.into() })
}

fn dead(reason: &str) -> Result<(), SendError> {
    Err(SendError::Dead { reason: reason.into() })
}

#[tokio::test]
async fn two_mails_go_over_one_connection() {
    let server = Server::plain(vec![script(&[HELLO, ACCEPT, ACCEPT, QUIT])]).await;
    let mailer = mailer(&server.url());
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(send(&mailer).await, Ok(()));
    mailer.close().await;
    let heard = server.heard().await;
    assert_eq!(heard.len(), 1);
    assert!(heard[0].contains("MAIL FROM:<no-reply@example.com>\r\nRCPT TO:<some_one+tag@example.org>\r\nDATA\r\n"));
    assert!(heard[0].contains("DATA\r\nSubject: x\r\n\r\n..dot\r\nbody\r\n.\r\nMAIL"), "a dot in front is doubled");
    assert!(heard[0].ends_with("QUIT\r\n"));
    assert!(matches!(send(&mailer).await, Err(SendError::Defer { .. })), "closed");
}

#[tokio::test]
async fn only_250_counts_as_sent() {
    let odd = &[("MAIL", "250 ok\r\n"), ("RCPT", "250 ok\r\n"), ("DATA", "354 go\r\n"), (".", "354 go on\r\n")];
    let early = &[("MAIL", "250 ok\r\n"), ("RCPT", "250 ok\r\n"), ("DATA", "250 what?\r\n")];
    let server = Server::plain(vec![script(&[HELLO, odd]), script(&[HELLO, early]), script(&[HELLO, ACCEPT])]).await;
    let mailer = mailer(&server.url());
    assert_eq!(send(&mailer).await, retry("message: unexpected 354"));
    assert_eq!(send(&mailer).await, retry("DATA: unexpected 250"));
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(server.heard().await.len(), 3, "each odd reply costs its connection");
}

#[tokio::test]
async fn a_refused_recipient_is_dead_and_the_connection_good() {
    let refused = &[
        ("MAIL", "250 ok\r\n"),
        ("RCPT", "550-5.1.1 some_one+tag@example.org\r\n550 5.1.1 is unknown\r\n"),
        ("RSET", "250 ok\r\n"),
    ];
    let later = &[("MAIL", "250 ok\r\n"), ("RCPT", "451 4.7.1 greylisted\r\n"), ("RSET", "250 ok\r\n")];
    let server = Server::plain(vec![script(&[HELLO, refused, later, ACCEPT])]).await;
    let mailer = mailer(&server.url());
    assert_eq!(send(&mailer).await, dead("RCPT: 550 5.1.1"), "and no word of the address");
    assert_eq!(send(&mailer).await, retry("RCPT: 451 4.7.1"));
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(server.heard().await.len(), 1);
}

#[tokio::test]
async fn a_refused_body_leaves_the_connection_good() {
    let data = [("MAIL", "250 ok\r\n"), ("RCPT", "250 ok\r\n"), ("DATA", "354 go\r\n")];
    let (spam, full) = ([(".", "554 5.7.1 spam\r\n")], [(".", "452 full\r\n")]);
    let server = Server::plain(vec![script(&[HELLO, &data, &spam, &data, &full, ACCEPT])]).await;
    let mailer = mailer(&server.url());
    assert_eq!(send(&mailer).await, dead("message: 554 5.7.1"));
    assert_eq!(send(&mailer).await, retry("message: 452"));
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(server.heard().await.len(), 1);
}

#[tokio::test]
async fn faults_of_our_side_are_deferred() {
    let script = |steps: &[Step]| vec![steps.to_vec()];
    let mail = |reply| script(&[HELLO[0], HELLO[1], ("MAIL", reply)]);
    let rcpt = |reply| script(&[HELLO[0], HELLO[1], ("MAIL", "250 ok\r\n"), ("RCPT", reply), ("RSET", "250 ok\r\n")]);
    for (scripts, reason) in [
        (script(&[("", "421 4.3.2 busy\r\n")]), "greeting: 421 4.3.2"),
        (script(&[("", "554 go away\r\n")]), "greeting: 554"),
        (script(&[("", "HTTP/1.1 400\r\n\r\n")]), "greeting: the connection broke"),
        (mail("530 5.7.0 authenticate first\r\n"), "MAIL: 530 5.7.0"),
        (mail("550 5.7.1 no such sender\r\n"), "MAIL: 550 5.7.1"),
        (mail("421 closing\r\n"), "MAIL: 421"),
        (mail("451 4.3.2 not now\r\n"), "MAIL: 451 4.3.2"),
        (mail("452 4.3.1 disk full\r\n"), "MAIL: 452 4.3.1"),
        (mail("354 what?\r\n"), "MAIL: unexpected 354"),
        (rcpt("530 5.7.0 authenticate first\r\n"), "RCPT: 530 5.7.0"),
        (rcpt("454 4.7.0 no TLS now\r\n"), "RCPT: 454 4.7.0"),
    ] {
        let server = Server::plain(scripts).await;
        assert_eq!(send(&mailer(&server.url())).await, defer(reason));
    }
}

#[tokio::test]
async fn a_refused_connection_is_deferred() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(send(&mailer(&format!("smtp://{address}"))).await, defer("connect: connection refused"));
}

#[tokio::test]
async fn a_server_that_hangs_up_half_way_costs_an_attempt() {
    let cut = |count: usize| vec![script(&[HELLO, &ACCEPT[..count]])];
    for (count, phase) in [(1, "RCPT"), (2, "DATA"), (3, "message")] {
        let server = Server::plain(cut(count)).await;
        assert_eq!(send(&mailer(&server.url())).await, retry(&format!("{phase}: the connection broke")));
    }
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let silent = |count: usize| vec![script(&[HELLO, &ACCEPT[..count], &[("", "")]])];
    let server = Server::plain(vec![vec![("", "")]]).await;
    let mailer = hasty(&server.url(), |times, short| times.greeting = short);
    assert_eq!(send(&mailer).await, defer("greeting: timed out"));
    let server = Server::plain(silent(1)).await;
    assert_eq!(send(&hasty(&server.url(), |times, short| times.command = short)).await, retry("RCPT: timed out"));
    let server = Server::plain(silent(2)).await;
    assert_eq!(send(&hasty(&server.url(), |times, short| times.data = short)).await, retry("DATA: timed out"));
    let server = Server::plain(silent(3)).await;
    assert_eq!(send(&hasty(&server.url(), |times, short| times.body = short)).await, retry("message: timed out"));
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_is_replaced_once() {
    let server = Server::plain(vec![script(&[HELLO, ACCEPT]), script(&[HELLO, ACCEPT])]).await;
    let mailer = mailer(&server.url());
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(send(&mailer).await, Ok(()));
    let farewell: &[Step] = &[("MAIL", "421 4.4.2 idle too long\r\n")];
    assert_eq!(server.heard().await.len(), 2);
    let server = Server::plain(vec![script(&[HELLO, ACCEPT, farewell]), script(&[HELLO, ACCEPT])]).await;
    let mailer = self::mailer(&server.url());
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(send(&mailer).await, Ok(()));
}

#[tokio::test]
async fn a_kept_connection_that_breaks_after_mail_is_not_tried_again() {
    let server = Server::plain(vec![script(&[HELLO, ACCEPT, &ACCEPT[..3]])]).await;
    let mailer = mailer(&server.url());
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(send(&mailer).await, retry("message: the connection broke"));
}

#[tokio::test]
async fn a_lost_lease_ends_before_data() {
    let reset: &[Step] = &[("RSET", "250 ok\r\n")];
    let server = Server::plain(vec![script(&[HELLO, &ACCEPT[..2], reset, ACCEPT])]).await;
    let mailer = mailer(&server.url());
    let lost = send_to(&mailer, &recipient(), &message(), false).await;
    assert_eq!(lost, Err(SendError::LeaseLost));
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(server.heard().await.len(), 1);
}

#[tokio::test]
async fn a_dropped_send_takes_its_connection_with_it() {
    let server = Server::plain(vec![script(&[HELLO, &ACCEPT[..2]]), script(&[HELLO, ACCEPT])]).await;
    let mailer = mailer(&server.url());
    let (asked, waiting) = tokio::sync::oneshot::channel::<()>();
    let (to, message) = (recipient(), message());
    let place = mailer.enter(&to).await.unwrap();
    let stuck = mailer.send(
        place,
        &to,
        &message,
        || (),
        async move || {
            let _ = asked.send(());
            std::future::pending().await
        },
    );
    tokio::select! {
        _ = stuck => unreachable!("it waits for its lease"),
        _ = waiting => {}
    }
    assert_eq!(send(&mailer).await, Ok(()));
    assert_eq!(server.heard().await.len(), 2);
}

#[tokio::test]
async fn idle_connections_are_closed() {
    let server = Server::plain(vec![script(&[HELLO, ACCEPT, QUIT])]).await;
    let mailer = hasty(&server.url(), |times, short| times.idle = short);
    assert_eq!(send(&mailer).await, Ok(()));
    assert!(server.heard().await[0].ends_with("QUIT\r\n"), "without a further mail");
}

#[tokio::test]
async fn plain_and_login_carry_decoded_credentials() {
    let hello = |offer| vec![HELLO[0], ("EHLO", offer)];
    let plain = script(&[&hello("250-hi\r\n250 AUTH LOGIN PLAIN\r\n"), &[("AUTH PLAIN ", "235 ok\r\n")], ACCEPT]);
    let login = [("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n"), ("dUBo", "334 UGFzc3dvcmQ6\r\n"), ("cDp3", "235 ok\r\n")];
    let login = script(&[&hello("250-hi\r\n250 AUTH LOGIN\r\n"), &login, ACCEPT]);
    let server = Server::plain(vec![plain, login]).await;
    let url = server.url().replace("smtp://", "smtp://u%40h:p%3Aw@");
    assert_eq!(send(&mailer(&url)).await, Ok(()));
    assert_eq!(send(&mailer(&url)).await, Ok(()));
    assert!(server.heard().await[0].contains("AUTH PLAIN AHVAaABwOnc=\r\n"));
}

#[tokio::test]
async fn wrong_credentials_are_deferred() {
    let offer = |offer| vec![HELLO[0], ("EHLO", offer)];
    let refused = script(&[&offer("250-hi\r\n250 AUTH PLAIN\r\n"), &[("AUTH", "535 5.7.8 u@h is wrong\r\n")]]);
    let server = Server::plain(vec![refused, offer("250-hi\r\n250 AUTH CRAM-MD5\r\n")]).await;
    let url = server.url().replace("smtp://", "smtp://u%40h:p%3Aw@");
    assert_eq!(send(&mailer(&url)).await, defer("AUTH: 535 5.7.8"));
    assert_eq!(send(&mailer(&url)).await, defer("AUTH: the server offers neither PLAIN nor LOGIN"));
}
