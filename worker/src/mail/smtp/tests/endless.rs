//! Servers that do not stop talking.

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};

use super::*;

/// Answers the script's lines in turn, then says the last answer until the client has had enough. Gives the URL and
/// the task, which ends then.
async fn server(script: &'static [&'static str]) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (endless, answers) = script.split_last().unwrap();
    // In large pieces, so that enough of it is there in time on a machine that does much else.
    let endless = endless.repeat(4096);
    let task = tokio::spawn(async move {
        let mut stream = BufReader::new(listener.accept().await.unwrap().0);
        for answer in answers {
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.read_line(&mut String::new()).await.unwrap();
        }
        while stream.write_all(endless.as_bytes()).await.is_ok() {}
    });
    (url, task)
}

#[tokio::test]
async fn a_reply_without_end_and_a_line_without_end_are_given_up() {
    for (script, outcome) in [
        (&["220-a\r\n"] as &'static [&'static str], defer("greeting: the connection broke")),
        (&["220 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], defer("greeting: the connection broke")),
        (&["220 hi\r\n", "250-a\r\n"], defer("greeting: the connection broke")),
        (&["220 hi\r\n", "250 hi\r\n", "250 ok\r\n", "250-a\r\n"], retry("RCPT: the connection broke")),
        (&["220 hi\r\n", "250 hi\r\n", "250 ok\r\n", "550"], retry("RCPT: the connection broke")),
    ] {
        let (url, task) = server(script).await;
        assert_eq!(send(&mailer(&url)).await, outcome, "{script:?}");
        // It could not go on talking: nobody reads any more.
        tokio::time::timeout(Duration::from_secs(20), task).await.expect("the connection is closed").unwrap();
    }
}
