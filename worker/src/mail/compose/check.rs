//! One of each mail, rendered at start: a template or a text that is broken is found before anybody waits for a mail.

use std::{path::Path, sync::LazyLock};

use entity::{brand::Support, settings::SettingError};

use super::{ComposeError, Composer, Content, Parts, escape_link};

/// One of each mail with invented values, by the name of its template.
#[must_use]
pub fn samples() -> [(&'static str, Content<'static>); 3] {
    static CONTACT: LazyLock<Support> =
        LazyLock::new(|| Support { href: "mailto:accounts@example.com".into(), text: "accounts@example.com".into() });
    let code = Content::Code { shown: "7K3M-9QXT", challenge_id: "AABcdEFGhiJKlmNOpqRStuVW", minutes_left: 9 };
    // 2026-01-02 03:04:05 UTC
    let changed = Content::Changed { occurred_at: 1_767_323_045_000 };
    [("send_code", code), ("changed_notice", changed), ("second_factor", Content::SecondFactor { contact: &CONTACT })]
}

impl Composer {
    /// Renders samples of everything; broken built-in mails fail here too, in our own tests.
    pub(super) fn check(&self, folder: Option<&Path>) -> Result<(), SettingError> {
        let named = |file: String| match folder {
            Some(folder) => folder.join(file).display().to_string(),
            None => format!("{file} (built in)"),
        };
        for locale in &self.locales {
            for (name, content) in samples() {
                let parts = self.parts(locale, &content).map_err(|error| match error {
                    ComposeError::Template(error) if self.templates.is_overridden(&error.template) => {
                        SettingError::new(named(error.template), format!("in {}: {}", locale.as_str(), error.problem))
                    }
                    other => SettingError::new(named(format!("{}.ftl", locale.as_str())), other.to_string()),
                })?;
                if let Some((file, problem)) = self.lacks(&content, &parts) {
                    return Err(SettingError::new(named(format!("{name}.{file}")), problem));
                }
                let names_code = matches!(content, Content::Code { shown, .. } if parts.subject.contains(shown));
                if names_code || parts.subject.is_empty() {
                    let file = named(format!("{}.ftl", locale.as_str()));
                    return Err(SettingError::new(file, "the subject is empty or names the code"));
                }
            }
        }
        Ok(())
    }

    /// The part of a mail that leaves out what the mail is for, and what that is.
    fn lacks(&self, content: &Content<'_>, parts: &Parts) -> Option<(&'static str, &'static str)> {
        let (in_text, in_html, problem) = match content {
            Content::Code { shown, challenge_id, .. } => {
                let link = self.link.fill(challenge_id, shown);
                let in_text = parts.text.contains(shown) && parts.text.contains(&link);
                let in_html = parts.html.contains(shown) && parts.html.contains(&escape_link(&link));
                (in_text, in_html, "the code mail lacks the code or the link")
            }
            Content::SecondFactor { contact } => {
                let in_html = parts.html.contains(&escape_link(&contact.href));
                (parts.text.contains(&contact.text), in_html, "the mail does not say whom to ask")
            }
            Content::Changed { .. } => return None,
        };
        [("txt", in_text), ("html", in_html)].into_iter().find(|(_, has)| !has).map(|(file, _)| (file, problem))
    }
}
