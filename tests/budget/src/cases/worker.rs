//! What the worker does for a mail, but for sending it.

use super::{ACCOUNT, ADDRESS, CHALLENGE, NONCE, call, keyring};
use crate::{
    code::{Code, CodeFormat},
    email::Email,
    job::Job,
    locale::{self, Locale},
    mail::{
        self,
        compose::{Content, Mail},
    },
    texts::LANGUAGES,
    webhook::Secrets,
};

const JOB: &str = r#"{"v":1,"id":"AABcdEFGhiJKlmNOpqRStuVW.1","type":"password_reset.send_code","enqueued_at":1767323045000,"expires_at":1767323645000,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":{"challenge_id":"AABcdEFGhiJKlmNOpqRStuVW","mail_no":1}}"#;
const WEBHOOK: &str = r#"{"data":{"account_id":"018f3c5e-7a44-7c1e-9f2a-1b2c3d4e5f60","event_id":"0af7651916cd43dd8448eb211c80319c","occurred_at":"2026-01-02T03:04:05.678Z"},"timestamp":"2026-01-02T03:04:05.678Z","type":"password.reset"}"#;
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$6e3Zz0JkXkZf3yQ0n0pZ3b2x1o0i9u8y7t6r5e4w3q2";

/// A job, as it lay on the list.
pub fn job() -> Box<dyn FnMut()> {
    call(JOB, |text| Job::decode(text.as_bytes()).expect("a job"))
}

/// What the account looks like, and that it belongs to the challenge.
pub fn account() -> Box<dyn FnMut()> {
    let ring = keyring();
    call(HASH, move |hash| {
        let fingerprint = ring.current().fingerprint(ACCOUNT, ADDRESS, Some(hash));
        ring.current().bound(CHALLENGE, ADDRESS, ACCOUNT, &fingerprint)
    })
}

/// The code, as the mail shows it.
pub fn code() -> Box<dyn FnMut()> {
    let ring = keyring();
    call(NONCE, move |nonce| Code::derive(CodeFormat::Base32x8, ring.current(), CHALLENGE, nonce, ADDRESS).shown())
}

/// The language, out of the account's and those of the request.
pub fn language() -> Box<dyn FnMut()> {
    let available: Vec<Locale> = LANGUAGES.iter().map(|language| Locale::new(language.tag)).collect();
    call("nl-BE,nl;q=0.9,de-AT;q=0.8,en;q=0.7", move |hint| locale::choose(&available, Some("nl"), Some(hint)).cloned())
}

/// The mail with a code, in a language that has to be encoded.
pub fn code_mail() -> Box<dyn FnMut()> {
    composed("zh-CN", || Content::Code { shown: "7K3M-9QXT", challenge_id: CHALLENGE, minutes_left: 9 })
}

/// The mail that tells of a changed password, in English.
pub fn notice_mail() -> Box<dyn FnMut()> {
    composed("en", || Content::Changed { occurred_at: 1_767_323_045_000 })
}

/// The signature of a webhook.
pub fn webhook() -> Box<dyn FnMut()> {
    let secrets = Secrets::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
    call(WEBHOOK, move |body| secrets.sign("evt_0af7651916cd43dd8448eb211c80319c", 1_767_323_045, body))
}

fn composed(language: &'static str, content: fn() -> Content<'static>) -> Box<dyn FnMut()> {
    let (composer, to) = (mail::composer(), Email::parse(ADDRESS).expect("an address"));
    let locale = composer.locale(Some(language), None).clone();
    call("AABcdEFGhiJKlmNOpqRStuVW.1", move |job_id| {
        let mail = Mail { job_id, to: &to, locale: &locale, now: 1_767_323_045_000, content: content() };
        composer.compose(&mail).expect("it can be composed")
    })
}
