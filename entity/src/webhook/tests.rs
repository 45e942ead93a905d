use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};

use super::*;
use crate::{account::AccountId, email::Email};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn read(variables: &[(&str, &str)]) -> Result<Option<Settings>, SettingError> {
    let all = variables.iter().map(|(name, value)| (format!("REKEY_{name}"), Some((*value).to_owned())));
    Settings::read(&Source::from_parts(None, all).unwrap())
}

fn refused(variables: &[(&str, &str)]) -> String {
    read(variables).err().unwrap().to_string()
}

#[test]
fn r70_signatures_are_those_of_standard_webhooks() {
    // The example of the specification and of its libraries' tests.
    let signature =
        Secrets::parse(SECRET).unwrap().sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
    assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn while_a_secret_changes_both_sign() {
    let other = format!("whsec_{}", BASE64.encode([7; 32]));
    let both = Secrets::parse(&format!("{SECRET}, {other}")).unwrap().sign("a", 1, "{}");
    let each = [SECRET, &other].map(|secret| Secrets::parse(secret).unwrap().sign("a", 1, "{}"));
    assert_eq!(both, each.join(" "));
    assert_eq!(format!("{:?}", Secrets::parse(SECRET).unwrap()), "Secrets(1)");
}

#[test]
fn without_a_url_there_is_no_webhook() {
    assert!(read(&[]).unwrap().is_none());
    assert!(read(&[("WEBHOOK_SECRET", SECRET)]).unwrap().is_none());
}

#[test]
fn r70_only_https_or_this_machine_is_called() {
    for url in
        ["https://app.example.com/hooks/rekey?a=b", "http://127.0.0.1:3000/", "http://localhost/", "http://[::1]/"]
    {
        assert!(read(&[("WEBHOOK_URL", url), ("WEBHOOK_SECRET", SECRET)]).unwrap().is_some(), "{url}");
    }
    for url in [
        "http://app.example.com/hunter2",
        "ftp://127.0.0.1/",
        "https://u:hunter2@app.example.com/",
        "https://a/#hunter2",
        "app.example.com/hooks/hunter2",
    ] {
        let problem = refused(&[("WEBHOOK_URL", url), ("WEBHOOK_SECRET", SECRET)]);
        assert!(problem.starts_with("REKEY_WEBHOOK_URL") && !problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn what_cannot_be_used_is_refused_by_name() {
    let url = ("WEBHOOK_URL", "https://app.example.com/");
    let short = format!("whsec_{}", BASE64.encode([7; 23]));
    for secret in ["", "whsec_", "hunter2", &short, &format!("{SECRET},hunter2")] {
        let problem = refused(&[url, ("WEBHOOK_SECRET", secret)]);
        assert!(problem.starts_with("REKEY_WEBHOOK_SECRET") && !problem.contains("hunter2"), "{problem}");
    }
    let problem = refused(&[url, ("WEBHOOK_SECRET", SECRET), ("WEBHOOK_ALLOWED_NETWORKS", "10.0.0.0/8, here")]);
    assert!(problem.starts_with("REKEY_WEBHOOK_ALLOWED_NETWORKS"), "{problem}");
}

#[test]
fn what_cannot_be_used_is_refused_without_a_url_as_well() {
    assert!(refused(&[("WEBHOOK_SECRET", "hunter2")]).starts_with("REKEY_WEBHOOK_SECRET"));
    assert!(refused(&[("WEBHOOK_ALLOWED_NETWORKS", "here")]).starts_with("REKEY_WEBHOOK_ALLOWED_NETWORKS"));
}

#[test]
fn a_moment_that_no_date_has_is_the_nearest_one() {
    assert_eq!(moment(i64::MAX), "9999-12-31T23:59:59.999Z");
    assert_eq!(moment(-1), "1970-01-01T00:00:00.000Z");
}

#[test]
fn the_body_depends_on_the_event_alone_and_holds_no_address() {
    let event = ResetEvent {
        id: "5f0c".into(),
        account_id: AccountId::new("42"),
        occurred_at: 1_767_323_045_678,
        address_at_event: Email::parse("someone@example.com").unwrap(),
        client: Some("192.0.2.1".into()),
        user_agent: Some("Browser".into()),
        languages: None,
        trace: None,
        notice_done_at: None,
        notice_given_up_at: None,
        webhook_done_at: None,
        webhook_given_up_at: None,
    };
    let body = body(&event);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&body).unwrap(),
        json!({
            "type": "password.reset",
            "timestamp": "2026-01-02T03:04:05.678Z",
            "data": { "event_id": "5f0c", "account_id": "42", "occurred_at": "2026-01-02T03:04:05.678Z" },
        })
    );
    assert_eq!(id(&event.id), "evt_5f0c");
}
