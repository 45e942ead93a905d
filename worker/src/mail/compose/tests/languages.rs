//! All mails in every language, whole.

use crate::mail::wrap::{COLUMNS, width};

use super::*;

const LINK: &str = "https://app.example/#/reset/AABcdEFGhiJKlmNOpqRStuVW/7K3M9QXT";

#[test]
fn every_language_has_whole_mails() {
    let composer = composer(&[("REKEY_SERVICE_SUPPORT", "help@example.com")]);
    assert_eq!(composer.locales().len(), entity::texts::LANGUAGES.len());
    let mut subjects = std::collections::BTreeSet::new();
    for language in &entity::texts::LANGUAGES {
        for (name, content) in samples() {
            let (is_code, is_changed) =
                (matches!(content, Content::Code { .. }), matches!(content, Content::Changed { .. }));
            let raw = compose(&composer, "j", language.tag, content);
            assert!(raw.contains(&format!("\r\nContent-Language: {}\r\n", language.tag)));
            let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
            let what = format!("{name} in {}", language.tag);
            assert!(subjects.insert(message.subject().unwrap().to_owned()), "{what}: the subject is another's");
            let (text, html) = bodies(&raw);
            let attributes = format!("lang=\"{}\" dir=\"{}\"", language.tag, language.direction().as_str());
            assert_eq!(html.matches(&attributes).count(), 2, "{what}: for Gmail the table says it, too");
            assert!(html.contains("href=\"mailto:help@example.com\"") && text.contains(" help@example.com"), "{what}");
            assert!(!html.contains("{ $") && !html.contains("{{") && html.len() < 100 * 1024, "{what}");
            if is_code {
                let lines: Vec<&str> = text.lines().collect();
                assert!(lines.contains(&"    7K3M-9QXT") && lines.contains(&LINK), "{what}: alone on their lines");
                assert!(html.contains(">7K3M-9QXT</span>"), "{what}");
                assert_eq!(html.matches(&format!("href=\"{LINK}\"")).count(), 2, "{what}");
                assert!(html.contains(&format!(">{LINK}</a>")), "{what}");
            } else if is_changed {
                assert!(text.contains(WHEN) && html.contains(&format!(">{WHEN}</span>")), "{what}");
            } else {
                let asked = "href=\"mailto:accounts@example.com\" dir=\"ltr\"";
                assert!(text.contains(" accounts@example.com") && html.contains(asked), "{what}");
                assert!(!html.contains("/#/") && !text.contains("/#/"), "{what}: it leads nowhere");
            }
            let wide = text.lines().find(|line| width(line) > COLUMNS);
            assert_eq!(wide, None, "{what}");
        }
    }
}

#[test]
fn arabic_is_mirrored_and_its_code_is_not() {
    let html = bodies(&compose(&composer(&[]), "j", "ar", code())).1;
    assert!(html.contains("text-align:right") && !html.contains("text-align:left"));
    assert!(html.contains("<td class=\"code\" dir=\"ltr\"") && html.contains("<p dir=\"ltr\""));
    let html = bodies(&compose(&composer(&[]), "j", "en", code())).1;
    assert!(html.contains("text-align:left") && !html.contains("text-align:right"));
}

#[test]
fn every_plural_form_is_the_languages_own() {
    let composer = composer(&[]);
    let minutes = |language: &str, minutes_left: u32| {
        let content = Content::Code { shown: "0000-0001", challenge_id: "c", minutes_left };
        let text = bodies(&compose(&composer, "j", language, content)).0;
        text.split("0000-0001").nth(1).unwrap().trim().lines().next().unwrap().to_owned()
    };
    for (language, number, words) in [
        ("ru", 1, "1 минуту."),
        ("ru", 3, "3 минуты."),
        ("ru", 11, "11 минут."),
        ("ru", 21, "21 минуту."),
        ("ar", 1, "دقيقة واحدة."),
        ("ar", 2, "دقيقتين."),
        ("ar", 9, "9 دقائق."),
        ("ar", 11, "11 دقيقة."),
        ("de", 1, "einer Minute ab."),
        ("fr", 1, "1\u{a0}minute."),
        ("fr", 2, "2\u{a0}minutes."),
    ] {
        let line = minutes(language, number);
        assert!(line.ends_with(words), "{language} {number}: {line}");
    }
}

#[test]
fn every_tag_lands_where_it_can_be_read() {
    let composer = composer(&[]);
    for (tag, language) in [
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("zh", "zh-CN"),
        ("zh-SG", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("zh-Hant", "zh-CN"),
        ("de-AT", "de"),
        ("es_MX", "es"),
        ("ar-EG", "ar"),
        ("nl", "en"),
    ] {
        assert_eq!(composer.locale(Some(tag), None).as_str(), language, "{tag}");
    }
    let chosen = |account, hint| composer.locale(account, hint).as_str();
    assert_eq!(chosen(Some("zh-TW"), Some("ja")), "ja", "simplified characters are the last that is tried");
    assert_eq!(chosen(Some("zh-HK"), Some("en")), "en");
}
