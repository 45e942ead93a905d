//! A catalogue of the operator's.

use super::texts::Texts;

/// The first line is the language, the rest its messages. Whatever they are, texts come out or a reason, and what was
/// there before stays.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (tag, catalogue) = text.split_once('\n').unwrap_or(("en", text));
    if !crate::locale::is_tag(tag) || tag.contains('_') {
        return;
    }
    let mut texts = Texts::load(None).expect("the built-in ones parse");
    let before = texts.locales();
    assert_eq!(before.len(), crate::texts::LANGUAGES.len());
    let added = texts.add(tag, catalogue);
    assert!(before.iter().all(|locale| texts.locales().contains(locale)));
    assert!(texts.locales().len() <= before.len() + 1);
    let values = [("service", "Example"), ("minutes", "9"), ("when", "now")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    for id in ["mail-code-subject", "mail-code-minutes", "mail-changed-subject"] {
        let told = texts.get(tag, id, &values);
        assert_eq!(told, texts.get(tag, id, &values));
        assert!(added.is_ok() || !before.iter().any(|locale| locale.as_str() == tag) || told.is_ok());
    }
    assert!(texts.get(tag, "there is no such message", &values).is_err());
}
