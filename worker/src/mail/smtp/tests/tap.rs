//! The conversation as a person sees it.

use super::*;

#[tokio::test]
async fn a_tap_has_every_reply_and_neither_credentials_nor_body() {
    let hello: &[Step] =
        &[("", "220 hi\r\n"), ("EHLO", "250-hi\r\n250 AUTH PLAIN\r\n"), ("AUTH", "235 2.7.0 welcome\r\n")];
    let server = Server::plain(vec![script(&[hello, ACCEPT, QUIT])]).await;
    let mailer = mailer(&server.url().replace("//", "//someone:hunter2@"));
    let tap = Tap::default();
    let body = Rendered { text: "Subject: x\r\n\r\nQUIT is a word\r\nAUTH\r\n".into(), ..message() };
    assert_eq!(mailer.send_tapped(&recipient(), &body, tap.clone()).await, Ok(()));
    let lines = tap.lines();
    assert!(lines[0].starts_with("connected to 127.0.0.1:") && lines[1] == "no TLS", "{lines:?}");
    assert_eq!(
        lines[2..],
        [
            "< 220 hi",
            "> EHLO",
            "< 250-hi",
            "< 250 AUTH PLAIN",
            "> AUTH",
            "< 235 2.7.0 welcome",
            "> MAIL",
            "< 250 ok",
            "> RCPT",
            "< 250 ok",
            "> DATA",
            "< 354 go",
            "< 250 2.0.0 queued",
            "> QUIT",
            "< 221 bye",
        ]
    );
}

#[tokio::test]
async fn a_refusal_is_shown_as_the_server_words_it_and_cannot_move_the_terminal() {
    let refused: &[Step] =
        &[("MAIL", "250 ok\r\n"), ("RCPT", "550 5.1.1 no \u{1b}[2J such user\r\n"), ("RSET", "250 ok\r\n")];
    let server = Server::plain(vec![script(&[HELLO, refused, QUIT])]).await;
    let tap = Tap::default();
    let outcome = mailer(&server.url()).send_tapped(&recipient(), &message(), tap.clone()).await;
    assert_eq!(outcome, dead("RCPT: 550 5.1.1"));
    assert!(tap.lines().contains(&"< 550 5.1.1 no \\u{1b}[2J such user".to_owned()), "{:?}", tap.lines());
}
