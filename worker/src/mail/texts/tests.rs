//! Which messages mails use.

use std::collections::BTreeSet;

use super::Texts;
use crate::mail::{compose::samples, templates::BUILT_IN};

#[test]
fn every_message_of_mails_is_used_and_every_used_one_is_there() {
    let mut used: BTreeSet<&str> = samples().iter().map(|(_, content)| content.names().0).collect();
    for (_, source) in BUILT_IN {
        used.extend(source.split("text(\"").skip(1).filter_map(|rest| rest.split('"').next()));
    }
    let english = entity::texts::LANGUAGES[0].text;
    let ids = english.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
    let there: BTreeSet<&str> = ids.filter(|id| id.starts_with("mail-")).collect();
    assert_eq!(used, there);
}

/// Found by the fuzzer: the library's parser panicked at the first of these.
#[test]
fn an_escape_that_is_cut_short_is_refused_with_its_line() {
    let mut texts = Texts::load(None).unwrap();
    for escape in [r#""\u0é""#, r#""\U01Fé00""#, r#""\ué""#, r#""\u00""#] {
        let error = texts.add("de", &format!("mail-a = A\nmail-b = {{ {escape} }}\n")).unwrap_err();
        assert!(error.starts_with("line 2: "), "{escape}: {error}");
    }
    texts.add("de", r#"mail-a = { "\u00e9\U01F600" } C:\users, \é"#).unwrap();
}
