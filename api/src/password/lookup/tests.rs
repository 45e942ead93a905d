//! Against real TCP servers.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::mpsc,
    task::JoinHandle,
};

use super::*;

const PASSWORD: &str = "violet harbour tractor";

/// Answers each connection with these octets, closes it, and tells what it heard. Without octets it never answers.
struct Service {
    port: u16,
    heard: mpsc::UnboundedReceiver<String>,
    task: JoinHandle<()>,
}

impl Service {
    async fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (say, heard) = mpsc::unbounded_channel();
        let answer: Vec<u8> = answer.into();
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") && stream.read_buf(&mut request).await.is_ok_and(|read| read > 0)
                {
                }
                let _ = say.send(String::from_utf8_lossy(&request).into_owned());
                if answer.is_empty() {
                    let _ = stream.read_u8().await;
                }
                // It may have heard enough in the middle.
                let _ = stream.write_all(&answer).await;
            }
        });
        Self { port, heard, task }
    }

    /// 200 with these lines.
    async fn listing(lines: &str) -> Self {
        Self::saying(format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{lines}", lines.len()))
            .await
    }

    fn lookup(&self, more: &[(&str, &str)]) -> Lookup {
        lookup(&format!("http://127.0.0.1:{}", self.port), more).unwrap().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lookup(url: &str, more: &[(&str, &str)]) -> Result<Option<Lookup>, String> {
    // As long as may be, for a machine that is busy, unless the time is what a test is about.
    let patient = (!more.iter().any(|(name, _)| *name == "TIMEOUT")).then_some(("TIMEOUT", "2s"));
    let given = [("URL", url)].into_iter().chain(patient).chain(more.iter().copied());
    let given = given.map(|(name, value)| (format!("REKEY_PASSWORD_LOOKUP_{name}"), Some(value.to_owned())));
    Lookup::read(&Source::from_parts(None, given).unwrap()).map_err(|error| error.to_string())
}

fn kept(password: &str) -> String {
    digest(password)[TOLD..].to_owned()
}

async fn asked(lookup: &Lookup) -> Result<bool, Failure> {
    lookup.ask(&digest(PASSWORD)).await
}

#[test]
fn the_digest_is_sha_1_in_capitals() {
    assert_eq!(*digest("password"), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
}

#[tokio::test]
async fn r42_a_leaked_password_is_told_from_others_and_from_padding() {
    let other = kept("another one");
    for (lines, listed) in [
        (format!("{other}:2\r\n{}:7\r\n", kept(PASSWORD)), true),
        (format!("{other}:2\r\n{}:0\r\n", kept(PASSWORD)), false),
        (format!("{other}:2\r\n"), false),
        (String::new(), false),
    ] {
        let service = Service::listing(&lines).await;
        let lookup = service.lookup(&[]);
        assert_eq!(asked(&lookup).await, Ok(listed), "{lines}");
        assert_eq!(lookup.lists(&NewPassword::new(PASSWORD.into())).await, listed);
    }
}

#[tokio::test]
async fn r42_the_form_that_is_hashed_is_the_one_that_is_looked_up() {
    let service = Service::listing(&format!("{}:1", kept("caf\u{e9} harbour tractor"))).await;
    assert!(service.lookup(&[]).lists(&NewPassword::new("cafe\u{301} harbour tractor".into())).await);
}

#[tokio::test]
async fn five_digits_are_all_that_the_service_hears_of_a_password() {
    let mut service = Service::listing("").await;
    for path in ["", "/", "/mirror", "/mirror/"] {
        let lookup = lookup(&format!("http://127.0.0.1:{}{path}", service.port), &[]).unwrap().unwrap();
        telemetry::within(telemetry::TraceContext::random(), asked(&lookup)).await.unwrap();
        let heard = service.heard.recv().await.unwrap();
        let mut lines: Vec<String> = heard.lines().filter(|line| !line.is_empty()).map(str::to_lowercase).collect();
        lines.sort();
        // Twenty bits, as the documentation says.
        let digits = &digest(PASSWORD)[..5];
        let path = path.trim_end_matches('/');
        let mut expected = [
            format!("get {path}/range/{digits} http/1.1"),
            "accept: text/plain".into(),
            "add-padding: true".into(),
            format!("host: 127.0.0.1:{}", service.port),
            concat!("user-agent: rekey/", env!("CARGO_PKG_VERSION")).into(),
        ]
        .map(|line: String| line.to_lowercase());
        expected.sort();
        assert_eq!(lines, expected);
    }
}

#[tokio::test]
async fn what_is_no_answer_is_told_by_a_word() {
    let ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    let hit = format!("{}:1\r\n", kept(PASSWORD));
    let huge = hit.repeat(MAX_ANSWER / hit.len() + 1);
    let status = |code: u16| Failure::Status(StatusCode::from_u16(code).unwrap());
    for (answer, failure) in [
        (format!("HTTP/1.1 500 Oh\r\nContent-Length: {}\r\n\r\n{hit}", hit.len()), status(500)),
        (format!("HTTP/1.1 503 Oh\r\nContent-Length: {}\r\n\r\n{hit}", hit.len()), status(503)),
        (format!("HTTP/1.1 404 No\r\nContent-Length: {}\r\n\r\n{hit}", hit.len()), status(404)),
        ("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n".into(), status(302)),
        (format!("{ok}\r\n<html>Log in to the network</html>"), Failure::Malformed),
        (format!("{ok}\r\n{hit}and a line of another form\r\n"), Failure::Malformed),
        (format!("{ok}Content-Length: {}\r\n\r\n{huge}", huge.len()), Failure::TooLarge),
        (format!("{ok}\r\n{huge}"), Failure::TooLarge),
        (format!("{ok}Content-Length: 5000\r\n\r\n{hit}"), Failure::Broken),
        ("220 mail.example.com ESMTP\r\n".into(), Failure::Broken),
    ] {
        let service = Service::saying(answer.as_str()).await;
        let begin = answer.get(..60).unwrap_or(&answer);
        assert_eq!(asked(&service.lookup(&[])).await, Err(failure), "{begin}");
    }
}

#[tokio::test]
async fn a_service_that_is_slow_or_away_is_told_by_a_word() {
    for answer in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"] {
        // What is begun is not ended: the connection stays open.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                stream.read_buf(&mut request).await.unwrap();
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        });
        let lookup = lookup(&url, &[("TIMEOUT", "50ms")]).unwrap().unwrap();
        assert_eq!(asked(&lookup).await, Err(Failure::Timeout), "{answer:?}");
        task.abort();
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let lookup = lookup(&format!("http://{gone}"), &[]).unwrap().unwrap();
    assert_eq!(asked(&lookup).await, Err(Failure::Connect));
}

#[tokio::test]
async fn a_service_without_tls_where_it_is_asked_for_is_told_by_a_word() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await.unwrap();
        // Until the other side has had enough.
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });
    assert_eq!(asked(&lookup(&url, &[]).unwrap().unwrap()).await, Err(Failure::Tls));
    task.abort();
}

#[tokio::test]
async fn r42_without_an_answer_passwords_are_taken_and_the_next_ones_do_not_wait() {
    let mut service = Service::saying("HTTP/1.1 500 Oh\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").await;
    let lookup = service.lookup(&[]);
    // The clock stands still, so the pause does not end.
    let password = NewPassword::new(PASSWORD.into());
    assert!(!lookup.lists(&password).await);
    assert!(service.heard.recv().await.is_some());
    tokio::time::pause();
    for _ in 0..10 {
        assert!(!lookup.lists(&password).await);
    }
    assert!(service.heard.try_recv().is_err(), "it was not asked again");
}

#[test]
fn settings_that_cannot_be_used_are_refused_by_name_and_not_shown() {
    assert!(Lookup::read(&Source::from_parts(None, []).unwrap()).unwrap().is_none(), "off by default");
    for url in ["https://api.pwnedpasswords.com", "http://127.0.0.1:1/x", "http://localhost", "http://[::1]:1"] {
        assert!(lookup(url, &[]).is_ok_and(|lookup| lookup.is_some()), "{url}");
    }
    for url in [
        "http://api.pwnedpasswords.com",
        "ftp://127.0.0.1",
        "https://user:canary@example.com",
        "https://example.com/?key=canary",
        "https://example.com/#canary",
        "file:///canary",
        "mailto:canary@example.com",
    ] {
        let error = lookup(url, &[]).err().unwrap();
        assert!(error.starts_with("REKEY_PASSWORD_LOOKUP_URL") && !error.contains("canary"), "{url}: {error}");
    }
    for timeout in ["49ms", "2001ms", "0s", "1h", "soon"] {
        let error = lookup("http://127.0.0.1", &[("TIMEOUT", timeout)]).err().unwrap();
        assert!(error.starts_with("REKEY_PASSWORD_LOOKUP_TIMEOUT"), "{timeout}: {error}");
    }
    let error = lookup("http://127.0.0.1", &[("CA_FILE", "/no/such/file")]).err().unwrap();
    assert!(error.starts_with("REKEY_PASSWORD_LOOKUP_CA_FILE"), "{error}");
}
