//! The operator's own templates and texts.

use std::fs;

use super::*;

pub(super) fn with(files: &[(&str, &str)]) -> Result<Composer, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let settings = settings(&[("REKEY_MAIL_TEMPLATES", folder.path().to_str().unwrap())]).unwrap();
    Composer::new(settings).map_err(|error| error.to_string())
}

#[test]
fn an_override_replaces_a_template_and_a_text() {
    let files = [("send_code.txt", "CODE {{ code }} {{ link }}"), ("en.ftl", "mail-code-subject = Hello { $service }")];
    let raw = compose(&with(&files).unwrap(), "j", "en", code());
    assert!(raw.contains("\r\nSubject: Hello Tom & \"Co\"\r\n"), "{raw}");
    let text = bodies(&raw).0;
    assert!(text.starts_with("CODE 7K3M-9QXT https://app.example/#/reset/"), "{text}");
}

#[test]
fn a_new_catalogue_is_a_new_language_and_falls_back_to_english() {
    let composer = with(&[("nl.ftl", "mail-code-subject = Wachtwoord opnieuw instellen")]).unwrap();
    let raw = compose(&composer, "j", "nl-BE", code());
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(message.subject(), Some("Wachtwoord opnieuw instellen"));
    assert!(bodies(&raw).0.starts_with("We received a request"));
}

#[test]
fn a_broken_override_is_refused_by_its_file() {
    for (name, content) in [
        ("send_code.txt", "{{ code"),
        ("send_code.txt", "{{ code }} {{ link }} {{ email }}"),
        ("send_code.txt", "{{ code }} {{ link }} {{ text(\"no-such\") }}"),
        ("send_code.txt", "{{ code }} {{ link }} {{ text(\"mail-code-minutes\") }}"),
        ("send_code.txt", "no code: {{ link }}"),
        ("send_code.txt", "no link: {{ code }}"),
        ("send_code.html", "<p>{{ link }}</p>"),
        (
            "send_code.txt",
            "{{ code }} {{ link }}{% for a in range(999) %}{% for b in range(999) %}.{% endfor %}{% endfor %}",
        ),
        ("changed_notice.html", "{{ code }}"),
        ("second_factor.txt", "ask somebody"),
        ("second_factor.html", "<p>{{ contact.text }}</p>"),
        ("second_factor.txt", "{{ contact.text }} {{ code }}"),
        ("layout.html", "{{ nothing }}"),
        ("sendcode.txt", "x"),
        ("en.ftl", "mail-code-subject = { $nothing }"),
        ("en.ftl", "mail-code-intro = { $minutes }"),
        ("en.ftl", "mail-code-subject"),
        ("de.ftl", "mail-changed-subject = { $code }"),
        ("zh-CN.ftl", "mail-code-minutes = { nowhere }"),
        ("no language.ftl", "a = b"),
    ] {
        let error = with(&[(name, content)]).err().unwrap_or_else(|| panic!("{name} {content} passes"));
        assert!(error.split(": ").next().unwrap().ends_with(name), "{name} {content}: {error}");
    }
}

#[test]
fn an_unreadable_folder_is_refused() {
    let settings = settings(&[("REKEY_MAIL_TEMPLATES", "/nowhere/at/all")]).unwrap();
    assert!(Composer::new(settings).err().unwrap().to_string().starts_with("/nowhere/at/all: cannot be read"));
}
