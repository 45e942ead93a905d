//! Whole mails, as the recipient gets them.

use entity::settings::Source;
use mail_parser::MessageParser;

use super::{message::message_id, *};

mod brand;
mod dkim;
mod languages;
mod overrides;
mod stencils;

const NOW: i64 = 1_767_323_045_000;
const WHEN: &str = "2026-01-02\u{a0}03:04\u{a0}UTC";

fn settings(more: &[(&str, &str)]) -> Result<ComposeSettings, SettingError> {
    let given = [
        ("REKEY_MAIL_FROM", "Ex <no-reply@example.com>"),
        ("REKEY_HTTP_PUBLIC_URL", "https://app.example"),
        ("REKEY_SERVICE_NAME", "Tom & \"Co\""),
    ];
    let given = given.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).chain(more);
    let given = given.map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    ComposeSettings::read(&Source::from_parts(None, given).unwrap())
}

fn composer(more: &[(&str, &str)]) -> Composer {
    Composer::new(settings(more).unwrap()).unwrap()
}

fn code() -> Content<'static> {
    Content::Code { shown: "7K3M-9QXT", challenge_id: "AABcdEFGhiJKlmNOpqRStuVW", minutes_left: 9 }
}

fn compose(composer: &Composer, job_id: &str, language: &str, content: Content<'_>) -> String {
    let to = Email::parse("some_one+tag@example.org").unwrap();
    let mail = Mail { job_id, to: &to, locale: composer.locale(Some(language), None), now: NOW, content };
    composer.compose(&mail).unwrap().text
}

fn bodies(raw: &str) -> (String, String) {
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    (message.body_text(0).unwrap().into_owned(), message.body_html(0).unwrap().into_owned())
}

#[test]
fn the_english_code_mail() {
    let raw = compose(&composer(&[]), "job-1", "en", code());
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    let head: Vec<&str> = head.lines().filter(|line| !line.contains("boundary")).collect();
    assert_eq!(
        head,
        [
            "Message-ID: <job-1@example.com>",
            "Date: Fri, 02 Jan 2026 03:04:05 +0000",
            "From: Ex <no-reply@example.com>",
            "To: some_one+tag@example.org",
            "Subject: Reset your password",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;",
            "Content-Language: en",
            "Auto-Submitted: auto-generated",
            "Content-Transfer-Encoding: 7bit",
        ]
    );
    let (text, html) = bodies(&raw);
    let expected = "\
We received a request to reset the password of your Tom & \"Co\" account. Enter
this code to continue:

    7K3M-9QXT

The code works once and expires in 9 minutes.

Or use this link, on this device or another:

https://app.example/#/reset/AABcdEFGhiJKlmNOpqRStuVW/7K3M9QXT

If you did not ask for this, you can ignore this mail";
    assert!(text.replace("\r\n", "\n").starts_with(expected), "{text}");
    assert!(html.contains(">7K3M-9QXT</span>") && html.contains("Tom &amp; &quot;Co&quot;"), "{html}");
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">"));
}

#[test]
fn the_chinese_code_mail() {
    let raw = compose(&composer(&[]), "job-1", "zh-Hans", code());
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(message.subject(), Some("忘记密码验证"));
    let (text, html) = bodies(&raw);
    for part in [&text, &html] {
        assert!(part.contains("您的验证码为：") && part.contains("7K3M-9QXT") && part.contains("9 分钟"), "{part}");
    }
    assert!(html.contains("<html lang=\"zh-CN\" dir=\"ltr\">"));
}

#[test]
fn r38_the_notice_has_the_time_and_no_secret() {
    let composer = composer(&[]);
    for (language, subject) in [("en", "Your password was changed"), ("zh-CN", "您的密码已修改")] {
        let raw = compose(&composer, "job-1", language, Content::Changed { occurred_at: NOW });
        assert_eq!(MessageParser::default().parse(raw.as_bytes()).unwrap().subject(), Some(subject));
        let (text, html) = bodies(&raw);
        assert!(text.contains(WHEN) && html.contains(WHEN));
        assert!(!html.contains("href") && !text.contains("http"), "a notice has no link to fake");
    }
}

#[test]
fn r63_mails_are_ascii_without_remote_images_and_the_subject_without_the_code() {
    let composer = composer(&[]);
    for locale in composer.locales() {
        for (_, content) in samples() {
            let raw = compose(&composer, "j", locale.as_str(), content);
            assert!(raw.is_ascii() && raw.lines().all(|line| line.len() <= 998));
            assert!(raw.contains("\r\nAuto-Submitted: auto-generated\r\n"));
            let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
            assert!(!message.subject().unwrap().contains("7K3M"));
            let (_, html) = bodies(&raw);
            for loaded in ["<img", "src=", "url(", "@import", "<link", "<script"] {
                assert!(!html.contains(loaded), "{loaded}");
            }
        }
    }
}

#[test]
fn r62_a_job_id_cannot_write_headers() {
    let composer = composer(&[]);
    for id in ["a\r\nBcc: x@y.z", "a> <b", "", "é", &"a".repeat(65), "a@b", "a.b"] {
        let raw = compose(&composer, id, "en", code());
        let line = raw.lines().find(|line| line.starts_with("Message-ID: ")).unwrap();
        assert!(line.starts_with("Message-ID: <x.") && line.ends_with("@example.com>"), "{line}");
        assert!(!raw.contains("Bcc"));
    }
    assert_eq!(message_id("a", "h"), message_id("a", "h"), "a duplicate has the same id");
    assert_ne!(message_id("a.", "h"), message_id("a@", "h"));
}

#[test]
fn r62_a_name_cannot_write_headers() {
    for (name, value) in [
        ("REKEY_SERVICE_NAME", "x\r\nBcc: a@b.c"),
        ("REKEY_MAIL_FROM", "x\r\nBcc: a@b.c <no-reply@example.com>"),
        ("REKEY_MAIL_FROM", "no-reply"),
        ("REKEY_MAIL_FROM", "a@b.c, d@e.f"),
        ("REKEY_MAIL_FROM", "a@bücher.example"),
    ] {
        let error = settings(&[(name, value)]).err().unwrap().to_string();
        assert!(error.starts_with(name), "{error}");
    }
    let raw = compose(&composer(&[("REKEY_MAIL_FROM", "示例 <no-reply@example.com>")]), "j", "en", code());
    assert!(raw.is_ascii() && raw.contains("\r\nFrom: =?utf-8?b?"));
}

#[test]
fn one_minute_is_one() {
    let composer = composer(&[]);
    let content = Content::Code { shown: "0000-0001", challenge_id: "c", minutes_left: 1 };
    assert!(bodies(&compose(&composer, "j", "en", content)).0.contains("expires in one minute."));
}

#[test]
fn digits_keep_their_zeros() {
    let content = Content::Code { shown: "000042", challenge_id: "c", minutes_left: 1000 };
    let (text, html) = bodies(&compose(&composer(&[]), "j", "en", content));
    assert!(text.contains("\n    000042\r\n") || text.contains("\n    000042\n"), "{text}");
    assert!(html.contains("/c/000042"));
}
