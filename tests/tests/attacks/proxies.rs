//! Headers in which a client says that it is another one, time and again another.

use e2e::{Client, Request, System};

/// Requests of a client at once (`limits.client_requests_burst`).
const BURST: usize = 5;

/// Headers, by name and value.
type Headers = Vec<(&'static str, String)>;
/// What writes them, from a number.
type Forgery = fn(usize) -> Headers;

/// What an attacker writes, by its place and a number that never comes twice.
const FORGERIES: [(&str, Forgery); 13] = [
    ("X-Real-IP", |n| vec![("X-Real-IP", ip(n))]),
    ("X-Forwarded-For", |n| vec![("X-Forwarded-For", ip(n))]),
    ("many hops", |n| vec![("X-Forwarded-For", format!("{}, {}, {}", ip(n), ip(n + 1), ip(n + 2)))]),
    ("Forwarded", |n| vec![("Forwarded", format!("for={}", ip(n)))]),
    ("Forwarded, quoted", |n| vec![("Forwarded", format!("for=\"{}:{}\";proto=https;by=_x", ip(n), 1_000 + n))]),
    ("Forwarded, IPv6", |n| vec![("Forwarded", format!("for=\"[2001:db8:{n:x}::1]\""))]),
    ("Forwarded, an open quote", |n| vec![("Forwarded", format!("for={};x=\"", ip(n)))]),
    ("IPv6", |n| vec![("X-Forwarded-For", format!("2001:db8:{n:x}::1"))]),
    ("two lines", |n| vec![("X-Forwarded-For", ip(n)), ("X-Forwarded-For", ip(n + 1))]),
    ("both", |n| vec![("X-Forwarded-For", ip(n)), ("Forwarded", format!("for={}", ip(n)))]),
    ("rubbish", |n| vec![("X-Forwarded-For", format!("unknown, _{n}, \u{ff11}27.0.0.1, {n}"))]),
    ("other names", |n| {
        let names = ["True-Client-IP", "CF-Connecting-IP", "X-Client-IP", "X-Cluster-Client-IP", "Client-IP", "Via"];
        names.map(|name| (name, ip(n))).into()
    }),
    ("nothing", |_| vec![]),
];

fn ip(n: usize) -> String {
    format!("203.{}.{}.{}", n / 65_536, n / 256 % 256, n % 256)
}

async fn ask(client: Client, n: usize, headers: &[(&str, String)]) -> u16 {
    let request = Request::post("/password-reset/request", format!(r#"{{"email":"user{n}@example.com"}}"#));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let answer = client.send(&request).await;
    if answer.status != 202 {
        assert!(["rate_limited", "invalid_request"].contains(&answer.code().as_str()), "{answer:?}");
    }
    answer.status
}

/// Asks twelve times with each forgery, each client anew, and counts how often it is let.
async fn let_through(client: Client, behind: impl Fn(usize, Headers) -> Headers) {
    let mut n = 0;
    for (who, (name, forgery)) in FORGERIES.iter().enumerate() {
        let mut passed = 0;
        for _ in 0..12 {
            n += 1;
            passed += usize::from(
                ask(client.number(u8::try_from(who + 2).unwrap()), n, &behind(who, forgery(n))).await == 202,
            );
        }
        assert!(passed <= BURST, "{name}: {passed} of 12 passed");
        assert!(passed == BURST || *name != "nothing", "an honest client has its burst");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r51_headers_that_rotate_gain_nothing_without_a_proxy() {
    let system = System::builder().without_worker().start().await;
    let_through(system.client(), |_, forged| forged).await;
}

/// The proxy at 127.0.0.1 appends whom it heard from; what the client wrote stands before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r51_headers_that_rotate_gain_nothing_behind_a_proxy_that_writes_x_forwarded_for() {
    let system = System::builder().env("REKEY_HTTP_TRUSTED_PROXIES", "127.0.0.0/8").without_worker().start().await;
    let_through(system.client(), |who, mut forged| {
        let heard = format!("198.51.100.{who}");
        match forged.iter_mut().rev().find(|(name, _)| *name == "X-Forwarded-For") {
            // One header, or a line of its own: both are done.
            Some((_, value)) if who % 2 == 0 => value.push_str(&format!(", {heard}")),
            _ => forged.push(("X-Forwarded-For", heard)),
        }
        forged
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r51_headers_that_rotate_gain_nothing_behind_a_proxy_that_writes_forwarded() {
    let builder = System::builder().env("REKEY_HTTP_TRUSTED_PROXIES", "127.0.0.0/8");
    let system = builder.env("REKEY_HTTP_FORWARDED_HEADER", "forwarded").without_worker().start().await;
    let_through(system.client(), |who, mut forged| {
        let heard = format!("for=198.51.100.{who};proto=https");
        match forged.iter_mut().rev().find(|(name, _)| *name == "Forwarded") {
            Some((_, value)) if who % 2 == 0 => value.push_str(&format!(", {heard}")),
            _ => forged.push(("Forwarded", heard)),
        }
        forged
    })
    .await;
}
