//! Which messages mails use.

use std::collections::BTreeSet;

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
