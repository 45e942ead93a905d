//! Settings: defaults, then `rekey.toml`, then the environment; read once, refused by name.
//!
//! No library of the field reads `REKEY_HTTP_PUBLIC_URL` as `http.public_url` without guessing where a section ends,
//! and their errors print the value. Every setting is in one [`catalogue`], so a misspelt name is refused, whichever
//! program starts first, and the README's table is checked against it.

pub mod catalogue;
mod mode;
mod network;
mod value;

use std::{collections::BTreeMap, env, fmt, fs, path::Path};

pub use catalogue::{CATALOGUE, Setting};
pub use mode::Mode;
pub use network::{check_public_url, is_loopback};
pub use value::{FromSetting, List};

use crate::keyring::Keyring;

/// Secrets that stand in samples and manuals, and therefore protect nothing.
const SAMPLE_SECRETS: [&str; 1] = ["change-me-change-me-change-me-change-me"];

/// Every setting that was given, as text, and where it came from.
pub struct Source {
    given: BTreeMap<&'static str, Given>,
}

struct Given {
    text: String,
    /// How the operator knows it: `REKEY_HTTP_LISTEN`, or `http.listen in rekey.toml`.
    origin: String,
}

/// A setting that cannot be used. Its text names the setting and says what would do; a secret's value is never in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingError {
    name: String,
    problem: String,
}

impl SettingError {
    /// An error about the setting of that name (an environment variable, or a key and its file).
    #[must_use]
    pub fn new(name: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { name: name.into(), problem: problem.into() }
    }

    /// An error about the setting with this dotted key, named by its environment variable.
    #[must_use]
    pub fn of(key: &str, problem: impl Into<String>) -> Self {
        Self::new(catalogue::variable(key), problem)
    }
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.problem)
    }
}

impl std::error::Error for SettingError {}

impl Source {
    /// Reads `rekey.toml` (the file that `REKEY_CONFIG` names, else the one in the working directory, if there is
    /// one) and the environment.
    ///
    /// # Errors
    /// For a file that cannot be read or is no TOML, and for any name that is not in the catalogue.
    pub fn load() -> Result<Self, SettingError> {
        let named = env::var("REKEY_CONFIG").ok();
        let path = Path::new(named.as_deref().unwrap_or("rekey.toml"));
        let file = if named.is_some() || path.exists() {
            let origin = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| SettingError::new(&origin, error.to_string()))?;
            Some((origin, text))
        } else {
            None
        };
        let variables = env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok().filter(|name| name.starts_with("REKEY_"))?;
            Some((name, value.into_string().ok()))
        });
        Self::from_parts(file.as_ref().map(|(origin, text)| (origin.as_str(), text.as_str())), variables)
    }

    /// The same from given parts: a file's name and text, and variables, `None` for one that is not Unicode.
    ///
    /// # Errors
    /// As [`Source::load`].
    pub fn from_parts(
        file: Option<(&str, &str)>,
        variables: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Result<Self, SettingError> {
        let mut given = BTreeMap::new();
        if let Some((origin, text)) = file {
            read_toml(origin, text, &mut given)?;
        }
        let mut seen = BTreeMap::<&str, String>::new();
        for (name, value) in variables {
            let Some((setting, from_file)) = catalogue::by_variable(&name)? else { continue };
            if let Some(other) = seen.insert(setting.key, name.clone()) {
                return Err(SettingError::new(name, format!("{other} is set as well: keep one of the two")));
            }
            let value = value.ok_or_else(|| SettingError::new(&name, "is not valid UTF-8"))?;
            let text = if from_file {
                let text = fs::read_to_string(&value)
                    .map_err(|e| SettingError::new(&name, format!("cannot read the file: {e}")))?;
                text.trim_end_matches(['\r', '\n']).to_owned()
            } else {
                value
            };
            given.insert(setting.key, Given { text, origin: name });
        }
        // An empty variable is how shells and compose files say "not set".
        given.retain(|_, given: &mut Given| !given.text.is_empty());
        Ok(Self { given })
    }

    /// The value of a setting, or its default.
    ///
    /// # Errors
    /// If it does not parse, or has no default and was not given.
    pub fn get<T: FromSetting>(&self, key: &str) -> Result<T, SettingError> {
        self.optional(key)?.ok_or_else(|| SettingError::of(key, "is needed and not set"))
    }

    /// The value of a setting, its default, or nothing.
    ///
    /// # Errors
    /// If it does not parse.
    pub fn optional<T: FromSetting>(&self, key: &str) -> Result<Option<T>, SettingError> {
        let setting = catalogue::by_key(key);
        let (text, origin) = match self.given.get(setting.key) {
            Some(given) => (given.text.as_str(), given.origin.clone()),
            None if setting.default.is_empty() => return Ok(None),
            None => (setting.default, catalogue::variable(key)),
        };
        let shown = if setting.secret { String::new() } else { format!("{text:?} ") };
        T::from_setting(text)
            .map(Some)
            .map_err(|expected| SettingError::new(origin, format!("{shown}is not {expected}")))
    }

    /// Whether the operator gave this setting, rather than leaving it to its default.
    #[must_use]
    pub fn is_given(&self, key: &str) -> bool {
        self.given.contains_key(catalogue::by_key(key).key)
    }

    /// The keys of `secret`.
    ///
    /// # Errors
    /// If there is no secret, one is under 32 bytes, or it is one that stands in a sample.
    pub fn keyring(&self) -> Result<Keyring, SettingError> {
        let secrets: List<String> = self.get("secret")?;
        if secrets.0.iter().any(|secret| SAMPLE_SECRETS.contains(&secret.as_str())) {
            return Err(SettingError::of("secret", "is the sample's: make one with `openssl rand -base64 32`"));
        }
        Keyring::new(&secrets.0).map_err(|error| SettingError::of("secret", error.to_string()))
    }
}

fn read_toml(origin: &str, text: &str, given: &mut BTreeMap<&'static str, Given>) -> Result<(), SettingError> {
    // The parser's own message quotes the line, which may be a secret's: its place is enough.
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text[..span.start].lines().count().max(1));
        SettingError::new(origin, format!("is no valid TOML near line {line}"))
    })?;
    flatten(origin, "", &table, given)
}

fn flatten(
    origin: &str,
    section: &str,
    table: &toml::Table,
    given: &mut BTreeMap<&'static str, Given>,
) -> Result<(), SettingError> {
    for (name, value) in table {
        let key = if section.is_empty() { name.clone() } else { format!("{section}.{name}") };
        let named = || SettingError::new(format!("{key} in {origin}"), "");
        if let toml::Value::Table(inner) = value {
            flatten(origin, &key, inner, given)?;
            continue;
        }
        let (setting, from_file) = catalogue::by_file_key(&key)
            .ok_or_else(|| SettingError { problem: "is no setting of Rekey".into(), ..named() })?;
        let text = toml_text(value).ok_or_else(|| SettingError {
            problem: "is neither a text, a number, a boolean nor a list of texts".into(),
            ..named()
        })?;
        let text = if from_file {
            let text = fs::read_to_string(&text)
                .map_err(|e| SettingError { problem: format!("cannot read the file: {e}"), ..named() })?;
            text.trim_end_matches(['\r', '\n']).to_owned()
        } else {
            text
        };
        given.insert(setting.key, Given { text, origin: named().name });
    }
    Ok(())
}

fn toml_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Array(items) => {
            items.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests;
