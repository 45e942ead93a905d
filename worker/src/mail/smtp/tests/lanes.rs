//! A recipient's domain whose look-up hangs, beside one whose does not.

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::*;

/// Answers everybody, but says nothing to a recipient at `example.org`.
async fn serve(stream: TcpStream) {
    let mut stream = BufReader::new(stream);
    let mut answer = "220 hi\r\n";
    let mut in_body = false;
    loop {
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if line.starts_with("RCPT") && line.contains("@example.org") {
            std::future::pending::<()>().await;
        }
        in_body = (in_body || line.starts_with("DATA")) && line != ".\r\n";
        answer = match line.as_str() {
            "DATA\r\n" => "354 go\r\n",
            _ if in_body => "",
            _ => "250 ok\r\n",
        };
    }
}

#[tokio::test]
async fn a_domain_that_hangs_leaves_a_connection_to_the_others() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mut server = JoinSet::new();
    server.spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            connections.spawn(serve(stream));
        }
    });
    let given = [("REKEY_SMTP_URL", url), ("REKEY_SMTP_CONNECTIONS", "2".into())];
    let given = given.map(|(name, value)| (name.to_owned(), Some(value)));
    let settings = SmtpSettings::read(&Source::from_parts(None, given).unwrap(), "example.com").unwrap();
    let mailer = Mailer::with_times(settings, Times::default());
    let other = Email::parse("some_one@example.net").unwrap();

    // Which shows what is quick.
    assert_eq!(send_to(&mailer, &other, &message(), true).await, Ok(()));
    let meanwhile = async {
        assert!(mailer.enter(&recipient()).await.is_err(), "it is put off");
        for _ in 0..3 {
            assert_eq!(send_to(&mailer, &other, &message(), true).await, Ok(()));
        }
    };
    tokio::select! {
        biased;
        sent = send(&mailer) => panic!("the server hangs, and this was {sent:?}"),
        () = meanwhile => {}
    }
}
