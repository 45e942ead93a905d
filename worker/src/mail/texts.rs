//! The words of mails, one Fluent catalogue a language.

use std::{collections::BTreeMap, fs, path::Path};

use entity::{
    locale::{ENGLISH, Locale, is_tag},
    settings::SettingError,
    texts::{LANGUAGES, Language},
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

/// A catalogue is a few kilobytes; more is a mistake, such as the wrong folder.
pub(super) const MAX_OVERRIDE_OCTETS: u64 = 256 * 1024;

/// All catalogues.
pub(super) struct Texts {
    bundles: BTreeMap<Locale, FluentBundle<FluentResource>>,
}

impl Texts {
    /// The built-in texts, and those of a folder (`en.ftl`, `de.ftl`) over them, message by message.
    ///
    /// # Errors
    /// For a file that cannot be read or does not parse, by its name.
    pub(super) fn load(folder: Option<&Path>) -> Result<Self, SettingError> {
        let mut texts = Self { bundles: BTreeMap::new() };
        for Language { tag, text, .. } in &LANGUAGES {
            // The page's messages stand last, and are not for us.
            let mails = text.split_once("\npage-").map_or(*text, |(before, _)| before);
            texts.add(tag, mails).map_err(|problem| SettingError::new(format!("{tag}.ftl (built in)"), problem))?;
        }
        let Some(folder) = folder else { return Ok(texts) };
        for (name, text) in read_folder(folder, "ftl")? {
            let tag = name.trim_end_matches(".ftl");
            let named = |problem: String| SettingError::new(folder.join(&name).display().to_string(), problem);
            if !is_tag(tag) || tag.contains('_') {
                return Err(named("is not named after a language, such as de.ftl or pt-BR.ftl".into()));
            }
            texts.add(tag, &text).map_err(named)?;
        }
        Ok(texts)
    }

    /// Adds the messages of a catalogue, in the place of those that are there.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and the line.
    pub(super) fn add(&mut self, tag: &str, text: &str) -> Result<(), String> {
        check_escapes(text)?;
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| match errors.first() {
            Some(error) => format!("line {}: {error}", line(text, error.pos.start)),
            None => "does not parse".to_owned(),
        })?;
        let known = self.bundles.keys().find(|locale| locale.as_str().eq_ignore_ascii_case(tag)).cloned();
        let locale = known.unwrap_or_else(|| Locale::new(tag));
        if !self.bundles.contains_key(&locale) {
            let language = tag.parse().map_err(|_| "is not named after a language".to_owned())?;
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Isolation marks are invisible characters that would be copied with a code.
            bundle.set_use_isolating(false);
            self.bundles.insert(locale.clone(), bundle);
        }
        if let Some(bundle) = self.bundles.get_mut(&locale) {
            bundle.add_resource_overriding(resource);
        }
        Ok(())
    }

    /// The languages, English among them.
    pub(super) fn locales(&self) -> Vec<Locale> {
        self.bundles.keys().cloned().collect()
    }

    /// One message in a language, else in English.
    ///
    /// # Errors
    /// What is wrong with it: unknown everywhere, or an argument it names is not given.
    pub(super) fn get(&self, locale: &str, id: &str, values: &[(String, String)]) -> Result<String, String> {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            // Numbers choose plural forms; FluentValue tells them from texts.
            let value = match value.parse::<u32>() {
                Ok(number) if number.to_string() == *value => FluentValue::from(number),
                _ => FluentValue::from(value.as_str()),
            };
            arguments.set(name.as_str(), value);
        }
        for tag in [locale, ENGLISH] {
            let Some(bundle) = self.bundles.get(&Locale::new(tag)) else { continue };
            let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
            return match errors.first() {
                None => Ok(text),
                Some(error) => Err(format!("message {id} of {tag}: {error}")),
            };
        }
        Err(format!("there is no message {id}"))
    }
}

/// The line of a place, the first being 1; 0 for a place within a character.
fn line(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.matches('\n').count() + 1)
}

/// Refuses an escape (`\u0041`, `\U01F600`) that a character of several octets cuts short: fluent-syntax 0.12 panics at it
/// where it wants to say what is wrong. Outside of quotes it would be no escape, and is refused all the same.
fn check_escapes(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('\\') {
        let digits = match text.as_bytes().get(at + 1) {
            Some(b'u') => 4,
            Some(b'U') => 6,
            _ => continue,
        };
        let mut rest = text[at + 2..].chars().take(digits).skip_while(char::is_ascii_hexdigit);
        if rest.next().is_some_and(|c| !c.is_ascii()) {
            return Err(format!("line {}: an escape that is not of {digits} hexadecimal digits", line(text, at)));
        }
    }
    Ok(())
}

/// Names and texts of a folder's files with this extension, by name.
pub(super) fn read_folder(folder: &Path, extension: &str) -> Result<Vec<(String, String)>, SettingError> {
    let unreadable = |path: &Path, error: std::io::Error| {
        SettingError::new(path.display().to_string(), format!("cannot be read: {error}"))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        if path.extension().is_none_or(|found| found != extension) {
            continue;
        }
        let size = fs::metadata(&path).map_err(|error| unreadable(&path, error))?.len();
        if size > MAX_OVERRIDE_OCTETS {
            return Err(SettingError::new(path.display().to_string(), "is larger than 256 KiB"));
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        files.push((name, text));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
