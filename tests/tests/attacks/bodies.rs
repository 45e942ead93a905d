//! Bodies that are huge, slow, compressed, cut short, or of two lengths at once.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use e2e::attack::wire::{self, Heard};
use e2e::measured::{count, say};
use e2e::{Answer, Request, Secret, System};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const USER: &str = "user@example.com";
const REQUEST: &str = "/password-reset/request";

/// Sends what is to be refused, and asserts that Redis holds the same keys before and after.
async fn refused(system: &System, what: &str, request: Request, status: u16, code: &str) -> Answer {
    let before = system.redis.keys().await;
    let answer = system.client().send(&request).await;
    assert!(answer.status == status && answer.code() == code, "{what}: {status} {code} was awaited, not {answer:?}");
    answer.is_problem(status, code);
    assert_eq!(system.redis.keys().await, before, "{what}: Redis was changed");
    answer
}

async fn system() -> System {
    System::builder().account(USER, &Secret::password()).without_worker().patient_with_clients().start().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_large_bodies_are_refused_at_once() {
    let system = system().await;
    let ten_megabytes = format!(r#"{{"email":"{}"}}"#, "canary".repeat(1_750_000));
    let plain = Request::post(REQUEST, ten_megabytes.clone());
    refused(&system, "10 MB", plain, 413, "payload_too_large").await;
    let chunked = Request::post(REQUEST, ten_megabytes).chunked();
    refused(&system, "10 MB in chunks", chunked, 413, "payload_too_large").await;
    let just_over = Request::post(REQUEST, format!(r#"{{"email":"{}"}}"#, "a".repeat(8_192)));
    refused(&system, "8 KiB and a bit", just_over, 413, "payload_too_large").await;

    // At once: the rest of the body is never sent.
    for head in ["Content-Length: 10000000\r\n", "Transfer-Encoding: chunked\r\n"] {
        let mut stream = system.client().connect().await.unwrap();
        let head = format!("POST {REQUEST} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{head}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        if head.contains("chunked") {
            let chunk = format!("2400\r\n{}\r\n", "a".repeat(0x2400));
            stream.write_all(chunk.as_bytes()).await.unwrap();
        }
        let mut start = [0; 12];
        tokio::time::timeout(Duration::from_secs(8), stream.read_exact(&mut start)).await.expect("at once").unwrap();
        assert_eq!(&start, b"HTTP/1.1 413");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_slow_bodies_and_slow_headers_are_cut_off() {
    let system = system().await;
    let head =
        format!("POST {REQUEST} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n");
    for start in [head.as_str(), "POST /password-reset/request HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let mut stream = system.client().connect().await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // Ten seconds by R48; the rest is for a machine that does much else.
        let end = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
        assert!(end.is_ok(), "the connection ends");
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 408"), "408 or closed");
    }
}

/// 300 KB of JSON in 359 octets of gzip.
fn bomb() -> Vec<u8> {
    let text = format!(
        "H4sIAAAAAAACA+3BwQmAQAwAsFWkAziAL1c5pA/hiqIIgri7e0iSJ7La2mOK68xjzrvV3nNctooB{}B+5P0AtVx7/PyTBAA=",
        "A".repeat(386)
    );
    BASE64_STANDARD.decode(text).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_compressed_bodies_are_never_unpacked() {
    let system = system().await;
    for coding in ["gzip", "x-gzip", "deflate", "br", "zstd", "identity, gzip", "gzip, gzip", "GZIP"] {
        let request = Request::post(REQUEST, bomb()).header("Content-Encoding", coding);
        refused(&system, coding, request.clone(), 415, "unsupported_media_type").await;
        refused(&system, coding, request.chunked(), 415, "unsupported_media_type").await;
    }
    // Nor are they when nothing says what they are.
    refused(&system, "nothing said", Request::post(REQUEST, bomb()), 400, "invalid_request").await;
}

/// A drip keeps a connection for as long as it may take, and no longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_bodies_and_headers_that_drip_are_cut_off() {
    let system = system().await;
    let post = format!("POST {REQUEST} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
    let mut drips = tokio::task::JoinSet::new();
    for (start, drop) in [
        (format!("{post}Content-Length: 5000\r\n\r\n"), " "),
        (format!("{post}Transfer-Encoding: chunked\r\n\r\n"), "1\r\n \r\n"),
        (format!("{post}Transfer-Encoding: chunked\r\n\r\n1;"), "x"),
        (format!("{post}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\nX-Trailer: "), "x"),
        (format!("{post}X-Slow: "), "x"),
        (post.clone(), "X-Slow: x\r\n"),
        ("P".to_owned(), "O"),
    ] {
        let client = system.client();
        drips.spawn(async move {
            let (mut reader, mut writer) = client.connect().await.unwrap().into_split();
            writer.write_all(start.as_bytes()).await.unwrap();
            let dripping = tokio::spawn(async move {
                // The attack's own pace: an octet now and then, so that no idle time-out sees it.
                let mut beat = tokio::time::interval(Duration::from_millis(250));
                while writer.write_all(drop.as_bytes()).await.is_ok() {
                    beat.tick().await;
                }
            });
            let mut answer = Vec::new();
            // Ten seconds by R48; the rest is for a machine that does much else.
            let end = tokio::time::timeout(Duration::from_secs(20), reader.read_to_end(&mut answer)).await;
            dripping.abort();
            assert!(end.is_ok(), "{start}: the connection ends");
            let status = Answer::parse(&answer).map(|answer| answer.status);
            assert!([None, Some(408), Some(400)].contains(&status), "{start}: {status:?}");
        });
    }
    drips.join_all().await;
}

/// Connections that say half of something and wait: others are served all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_connections_that_dawdle_keep_nobody_out() {
    let system = system().await;
    let dawdlers = count(100, 850);
    let mut held = Vec::new();
    for n in 0..dawdlers {
        let mut stream = system.client().number(u8::try_from(n % 200 + 2).unwrap()).connect().await.unwrap();
        stream.write_all(format!("POST {REQUEST} HTTP/1.1\r\nHost: a\r\nX-Slow: ").as_bytes()).await.unwrap();
        held.push(stream);
    }
    let begin = std::time::Instant::now();
    system.request(USER).await.expect_status(202);
    say(&format!("dawdlers: {dawdlers} connections, a request beside them took {:?}", begin.elapsed()));
    for mut stream in held {
        let end = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut Vec::new())).await;
        assert!(end.is_ok(), "the connection ends");
    }
}

/// A call, header by header, with a body that is JSON for this address.
fn call(headers: &str, body: &str) -> String {
    format!("POST {REQUEST} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{headers}\r\n{body}")
}

fn json(address: &str) -> String {
    format!(r#"{{"email":"{address}"}}"#)
}

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

/// How many challenges were opened for addresses with this in them.
async fn opened(system: &System, mark: &str) -> usize {
    let mut found = 0;
    for key in system.redis.keys().await.iter().filter(|key| key.contains(":challenge:")) {
        found += usize::from(system.redis.call(&["HGET", key, "address"]).await.text().contains(mark));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_odd_chunks_are_a_body_or_an_error_and_never_a_second_call() {
    let system = system().await;
    let chunked = "Transfer-Encoding: chunked\r\n";
    let (body, other) = (json("chunks@example.com"), call("Content-Length: 32\r\n", &json("smuggled@example.com")));
    assert_eq!(json("smuggled@example.com").len(), 32);
    let ext = |text: &str| format!("{:x};{text}\r\n{body}\r\n0\r\n\r\n", body.len());
    let length = body.len();
    // What is well-formed is taken; the rest is refused, or the connection ends.
    let cases: [(&str, String, &[u16]); 17] = [
        ("in one", call(chunked, &format!("{}0\r\n\r\n", chunk(&body))), &[202]),
        (
            "octet by octet",
            call(chunked, &(body.chars().map(|c| chunk(&c.to_string())).collect::<String>() + "0\r\n\r\n")),
            &[202],
        ),
        ("an extension", call(chunked, &ext("name=\"va lue\"")), &[202]),
        ("an extension without end", call(chunked, &format!("1;{}", "x".repeat(4_000_000))), &[400]),
        ("many extensions", call(chunked, &"1;abcdefgh\r\n \r\n".repeat(100_000)), &[400, 413]),
        ("an extension with a line feed", call(chunked, &ext("a\nb")), &[202, 400]),
        (
            "a trailer",
            call(chunked, &format!("{}0\r\nContent-Length: 5\r\nX-Trailer: a\r\n\r\n", chunk(&body))),
            &[202, 400],
        ),
        (
            "a trailer without end",
            call(chunked, &format!("{}0\r\nX-Trailer: {}", chunk(&body), "x".repeat(4_000_000))),
            &[400],
        ),
        (
            "many trailers",
            call(chunked, &format!("{}0\r\n{}\r\n", chunk(&body), "X-Trailer: x\r\n".repeat(50_000))),
            &[202, 400],
        ),
        ("a size that is none", call(chunked, &format!("zz\r\n{body}\r\n0\r\n\r\n")), &[400]),
        ("a size below nothing", call(chunked, &format!("-1\r\n{body}\r\n0\r\n\r\n")), &[400]),
        ("a size with a prefix", call(chunked, &format!("0x{length:x}\r\n{body}\r\n0\r\n\r\n")), &[400, 202]),
        ("a size past 64 bits", call(chunked, &format!("1{length:016x}\r\n{body}\r\n0\r\n\r\n")), &[400, 413]),
        ("a size past all", call(chunked, &format!("ffffffffffffffff\r\n{}", "x".repeat(100_000))), &[413]),
        ("a size too small", call(chunked, &format!("{:x}\r\n{body}\r\n0\r\n\r\n", length - 3)), &[400]),
        ("line feeds alone", call(chunked, &format!("{length:x}\n{body}\n0\n\n")), &[400, 202]),
        ("a last chunk with a call behind it", call(chunked, &format!("{}0\r\n{other}", chunk(&body))), &[202, 400]),
    ];
    for (what, octets, expected) in cases {
        let Heard { answers, closed } = wire::say(system.client(), octets.as_bytes(), 1).await;
        let told = answers.first();
        assert!(told.is_some() || closed, "{what}: an answer, or an end");
        if let Some(answer) = told {
            assert!(expected.contains(&answer.status), "{what}: {answer:?}");
            if answer.status != 202 && !answer.text().is_empty() {
                assert!(
                    ["invalid_request", "payload_too_large"].contains(&answer.code().as_str()),
                    "{what}: {answer:?}"
                );
            }
        }
        system.redis.call(&["FLUSHALL"]).await;
    }
    assert_eq!(opened(&system, "smuggled").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r48_two_lengths_are_refused_or_one_is_ignored_for_good() {
    let system = system().await;
    let first = json("first@example.com");
    let smuggled = call("Content-Length: 32\r\n", &json("smuggled@example.com"));
    let both = format!("{}0\r\n\r\n", chunk(&first));
    let length = first.len();
    // The body is what the transfer coding says, or there is none: these are refused as a whole.
    for headers in [
        format!("Content-Length: {length}\r\nContent-Length: {}\r\n", length + 1),
        format!("Content-Length: {length}, {}\r\n", length + 1),
        format!("Content-Length: +{length}\r\n"),
        format!("Content-Length: -{length}\r\n"),
        format!("Content-Length: 0x{length:x}\r\n"),
        format!("Content-Length: {length} {length}\r\n"),
        "Content-Length: 99999999999999999999999\r\n".to_owned(),
        "Content-Length: \r\n".to_owned(),
        format!("Content-Length : {length}\r\n"),
        "Transfer-Encoding: xchunked\r\n".to_owned(),
        "Transfer-Encoding: chunked, identity\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n".to_owned(),
        "Transfer-Encoding: gzip\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n".to_owned(),
        "Transfer-Encoding: \u{b}chunked\r\n".to_owned(),
        "Transfer-Encoding: chunked\0\r\n".to_owned(),
        "Transfer-Encoding\r\n : chunked\r\n".to_owned(),
    ] {
        let octets = call(&headers, &format!("{first}{smuggled}"));
        let heard = wire::say(system.client(), octets.as_bytes(), 2).await;
        assert!(
            heard.statuses().iter().all(|status| *status == 400) && heard.answers.len() <= 1,
            "{headers}: {heard:?}"
        );
        assert!(heard.closed, "{headers}");
        assert!(heard.answers.iter().all(|answer| !answer.text().contains("smuggled")));
    }
    assert_eq!(opened(&system, "example.com").await, 0, "none of them is a call");

    // Too short a length: the rest is no call of its own.
    let short = call("Content-Length: 10\r\n", &first);
    let heard = wire::say(system.client(), short.as_bytes(), 3).await;
    assert_eq!(heard.statuses(), [400, 400]);
    assert!(heard.closed);
    // No length: there is no body, and what follows is the next call's beginning.
    let none = call("", &first);
    let heard = wire::say(system.client(), none.as_bytes(), 3).await;
    assert!(heard.statuses().iter().all(|status| *status == 400) && heard.closed, "{heard:?}");
    // Too long a length: the next call is swallowed by the body.
    let long = call(&format!("Content-Length: {}\r\n", length + smuggled.len()), &format!("{first}{smuggled}"));
    let heard = wire::say(system.client(), format!("{long}{}", "x".repeat(9_000)).as_bytes(), 1).await;
    assert_eq!(heard.statuses(), [400]);
    assert_eq!(opened(&system, "example.com").await, 0);

    // Both kinds of length: the coding counts (RFC 9112, section 6.3), and what a reader of the other one would have
    // taken for a second call is within the body, or no call.
    for headers in [
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n"),
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n".to_owned(),
    ] {
        let heard = wire::say(system.client(), call(&headers, &both).as_bytes(), 1).await;
        assert!([[202], [400]].contains(&[heard.statuses()[0]]), "{headers}: {heard:?}");
        system.redis.call(&["FLUSHALL"]).await;
        let inside = format!("{}0\r\n\r\n", chunk(&format!("{first}{smuggled}")));
        let heard = wire::say(system.client(), call(&headers, &inside).as_bytes(), 1).await;
        assert_eq!(heard.statuses(), [400], "{headers}");
        assert_eq!(opened(&system, "smuggled").await, 0, "{headers}");
    }
}

/// Calls on one connection are calls like any other: each is counted, and answered in its turn.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r50_calls_that_are_piped_are_counted_one_by_one() {
    let system = System::builder().without_worker().start().await;
    let calls: Vec<String> = (0..8)
        .map(|n| {
            let body = json(&format!("piped{n}@example.com"));
            call(&format!("Content-Length: {}\r\n", body.len()), &body)
        })
        .collect();
    let heard = wire::say(system.client(), calls.concat().as_bytes(), 8).await;
    assert_eq!(heard.statuses(), [202, 202, 202, 202, 202, 429, 429, 429]);
}
