//! Passwords that leaked somewhere, looked up at a service of somebody else's.

use e2e::exposition::Exposition;
use e2e::server::ranges::{self, Mood, Ranges};
use e2e::{Builder, Request, Secret, System};

const USER: &str = "user@example.com";
const OTHER: &str = "other@example.com";

fn asking(ranges: &Ranges) -> Builder {
    let builder = System::builder().account(USER, &Secret::password()).account(OTHER, &Secret::password());
    // As long as may be, for a machine that is busy.
    let builder = builder.patient_with_clients().env("REKEY_PASSWORD_LOOKUP_TIMEOUT", "2s");
    builder.env("REKEY_PASSWORD_LOOKUP_URL", &ranges.url())
}

async fn metrics(system: &System) -> Exposition {
    Exposition::parse(&system.internal().send(&Request::new("GET", "/metrics")).await.expect_status(200).text())
}

async fn looked_up(system: &System, outcome: &str) -> f64 {
    let series = format!(r#"rekey_password_lookups_total{{outcome="{outcome}"}}"#);
    metrics(system).await.value(&series).expect("each outcome has its series from the start")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r42_r43_a_leaked_password_is_refused_like_a_listed_one_and_padding_is_not() {
    let ranges = Ranges::start().await;
    let [leaked, padding, free] = [(); 3].map(|()| Secret::password());
    ranges.know(&leaked, 3_861_493);
    ranges.know(&padding, 0);
    // Whoever speaks to it would be seen.
    let proxy = Ranges::start().await;
    let builder = asking(&ranges).env("no_proxy", "").env("NO_PROXY", "");
    let system = ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .fold(builder, |builder, name| builder.env(name, &proxy.url()))
        .start()
        .await;
    let token = system.token(USER, 1).await;
    // What the rules of our own refuse is told to nobody.
    system.confirm(&token, &Secret::new("aaaaaaaaaaaaaaaaaaaa")).await.is_problem(422, "password_rejected");
    assert!(ranges.asked().is_empty());
    for _ in 0..2 {
        let answer = system.confirm(&token, &leaked).await;
        answer.is_problem(422, "password_rejected");
        assert_eq!(answer.reasons(), r#"["blocklisted"]"#);
    }
    system.confirm(&token, &padding).await.expect_status(204);
    let token = system.token(OTHER, 1).await;
    system.confirm(&token, &free).await.expect_status(204);
    assert!(system.verify_account(USER, &padding) && system.verify_account(OTHER, &free));

    assert!(proxy.asked().is_empty(), "a proxy of the environment hears nothing");
    let asked = ranges.asked();
    assert_eq!(asked.len(), 4);
    for (asked, password) in asked.iter().zip([&leaked, &leaked, &padding, &free]) {
        let hash = ranges::hash(password);
        assert_eq!(asked.line, format!("GET /range/{} HTTP/1.1", &hash[..5]));
        assert_eq!(asked.headers.keys().collect::<Vec<_>>(), ["accept", "add-padding", "host", "user-agent"]);
        assert_eq!(asked.headers["add-padding"], "true");
        assert!(asked.headers["user-agent"].starts_with("Rekey/"));
        // The log is at trace level.
        let log = system.log("rekey-api").to_uppercase();
        for part in [&hash, &hash[5..], &format!("/RANGE/{}", &hash[..5]), &password.expose().to_uppercase()] {
            assert!(!log.contains(part), "the log holds a part of a password or of its hash");
        }
    }
    for (outcome, count) in [("hit", 2.0), ("miss", 2.0), ("skipped", 0.0), ("timeout", 0.0)] {
        assert_eq!(looked_up(&system, outcome).await, count, "{outcome}");
    }
    let told = metrics(&system).await;
    assert_eq!(told.value("rekey_hashing_duration_seconds_count"), Some(2.0), "refused ones are not hashed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r42_while_the_look_up_fails_passwords_are_taken_and_it_is_told() {
    for (mood, outcome) in [(Some(Mood::Failing), "status"), (Some(Mood::Silent), "timeout"), (None, "connect")] {
        let mut ranges = Ranges::start().await;
        let [first, second] = [(); 2].map(|()| Secret::password());
        ranges.know(&first, 1);
        ranges.know(&second, 1);
        match mood {
            Some(mood) => ranges.be(mood),
            None => ranges.stop().await,
        }
        let system = asking(&ranges).start().await;
        let tokens = [system.token(USER, 1).await, system.token(OTHER, 1).await];
        system.confirm(&tokens[0], &first).await.expect_status(204);
        assert_eq!(looked_up(&system, outcome).await, 1.0, "{outcome}");
        system.confirm(&tokens[1], &second).await.expect_status(204);
        // It is not asked again at once; on a machine that is busy the first second may be over.
        assert_eq!(looked_up(&system, "skipped").await + looked_up(&system, outcome).await, 2.0, "{outcome}");
        let log = system.log("rekey-api");
        let lines = log.lines().filter(|line| line.contains("a password was taken without look-up")).count();
        assert_eq!(lines as f64, looked_up(&system, outcome).await, "{outcome} is logged once for each");
        assert!(log.contains(&format!(r#""outcome":"{outcome}""#)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_that_is_waited_for_holds_no_hashing_slot() {
    let ranges = Ranges::start().await;
    ranges.be(Mood::Silent);
    let system = asking(&ranges).env("REKEY_PASSWORD_HASH_SLOTS", "1").start().await;
    let taken = async || metrics(&system).await.value("rekey_hashing_slots_taken_total");
    for (n, user) in [USER, OTHER].into_iter().enumerate() {
        let (token, password) = (system.token(user, 1).await, Secret::password());
        let before = taken().await.expect("it is counted from the start");
        let watch = async {
            ranges.wait_for(n + 1).await;
            let told = metrics(&system).await;
            // Looked at too late: the time-out was over before.
            let in_time = told.value("rekey_hashing_slots_taken_total") == Some(before + 1.0);
            (in_time, told.value("rekey_hashing_slots_in_use"))
        };
        let (answer, (in_time, in_use)) = tokio::join!(system.confirm(&token, &password), watch);
        answer.expect_status(204);
        assert_eq!(taken().await, Some(before + 2.0), "one slot to judge it, and another to hash it");
        if in_time {
            assert_eq!(in_use, Some(0.0), "the first was given back");
            return;
        }
        system.until(system.redis_now().await + 1_100).await;
    }
    panic!("twice it took two seconds to look at the metrics");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r42_passwords_are_looked_up_again_once_the_service_is_back() {
    let mut ranges = Ranges::start().await;
    ranges.stop().await;
    let leaked = Secret::password();
    ranges.know(&leaked, 1);
    let system = asking(&ranges).start().await;
    let tokens = [system.token(USER, 1).await, system.token(OTHER, 1).await];
    system.confirm(&tokens[0], &leaked).await.expect_status(204);
    ranges.listen().await;
    // The first pause is a second.
    system.until(system.redis_now().await + 1_100).await;
    let answer = system.confirm(&tokens[1], &leaked).await;
    answer.is_problem(422, "password_rejected");
    assert_eq!(answer.reasons(), r#"["blocklisted"]"#);
    assert!(system.log("rekey-api").contains("the password look-up answers again"));
}
